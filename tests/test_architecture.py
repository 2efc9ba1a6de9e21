"""The house: imports point one way, and what belongs together is there whole."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from plan.worlds import scenario, task

import staffing
from staffing.auditing.rules import CHECKS
from staffing.auditing.violation import RULES as WORDS
from staffing.plan.goals import MEASURES
from staffing.problem.build import build
from staffing.scenario.records import GOALS
from staffing.solving.bound.linear import LINEAR
from staffing.solving.cp.rules import RULES
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.goals import Usual
from staffing.solving.ruin.destroy import ANY, BUSIEST, CHANGED, FURTHER, LATE, OVERTIME, WAITING
from staffing.solving.state.ledger import MEASURED
from staffing.solving.state.rows import Sums, Weights

TESTS = Path(__file__).parent
PACKAGE = Path(staffing.__file__).parent
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}

FLOORS: tuple[tuple[str, ...], ...] = (
    ("errors", "showing", "starting"),
    ("scenario",),
    ("files",),
    ("loading",),
    ("rolling",),
    ("problem",),
    ("plan",),
    ("writing",),
    ("keeping",),
    ("timesheets",),
    ("auditing",),
    ("solving",),
    ("decisions",),
    ("frames",),
    ("comparing",),
    ("sweeping",),
    ("console", "report"),
    ("exports",),
    ("cli",),
    ("__init__", "__main__"),
)
"""Lowest first; a module imports from its own floor and those below."""
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}
UPWARD = {("scenario/scenario.py", "staffing.files")}
"""``Scenario.patch`` is what-if, a matter of files, offered where a user looks for it."""
LONG = {"scenario/records.py": 590}
"""Modules that may be longer than others: the whole format."""


UNPRICED = {
    "contacts": "whoever owns several jobs of a client counts once: no sum over jobs",
    "balance": "the highest of all people: no sum over jobs",
    "changes": "a repeat that changes hands counts once; `bound/changes.py` bounds it by counting",
}
"""Goals that the Lagrangian dual does not bound, and why."""


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for name, path in MODULES.items():
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def _imports(tree: ast.Module) -> Iterator[str]:
    """Every module a module names in an import, wherever that stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module != "staffing":
                yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _top(name: str) -> str:
    """Return the part of the package that a module, or a dotted name, belongs to."""
    return name.removesuffix(".py").split("/")[0]


def _floor(part: str) -> int:
    """Return the floor of a part; a name of the package itself stands on the top floor."""
    return FLOOR.get(part, FLOOR["__init__"])


def test_every_part_of_the_package_has_its_floor() -> None:
    assert {_top(name) for name in MODULES} <= FLOOR.keys()


def test_imports_point_one_way() -> None:
    upward = set()
    for name, tree in _trees():
        for imported in _imports(tree):
            package, _, rest = imported.partition(".")
            part = rest.split(".")[0]
            if package == "staffing" and _floor(part) > _floor(_top(name)):
                upward.add((name, f"staffing.{part}"))
    assert upward == UPWARD


def test_only_the_room_of_cp_sat_knows_the_solver() -> None:
    """`solving/solve.py` names it, for its version alone, which a plan tells; that takes no import."""
    knowing = {name for name, tree in _trees() for module in _imports(tree) if module.split(".")[0] == "ortools"}
    assert knowing
    assert {Path(name).parent.as_posix() for name in knowing} == {"solving/cp"}
    naming = {name for name, path in MODULES.items() if "('ortools')" in path.read_text(encoding="utf-8")}
    assert {name for name in naming if _top(name) == "solving"} == {"solving/solve.py"}


def test_the_solver_never_sees_pydantic() -> None:
    assert not [
        name
        for name, tree in _trees()
        if _top(name) in ("problem", "solving") and any(module.split(".")[0] == "pydantic" for module in _imports(tree))
    ]


def test_every_rule_is_a_constraint_a_check_and_two_test_files_of_one_word() -> None:
    assert {letter: rule.__name__ for letter, rule in RULES.items()} == {letter: word for word, letter in WORDS.items()}
    assert set("WEQCKNOBPMHF") == RULES.keys()
    assert CHECKS.keys() == WORDS.keys()
    for letter, rule in RULES.items():
        assert (rule.__doc__ or "").startswith(f"{letter}: ")
        assert next(TESTS.glob(f"audit*/test_{rule.__name__}.py"), None), rule.__name__
        assert (TESTS / "solving" / "rules" / f"test_{rule.__name__}.py").exists(), rule.__name__


def test_every_goal_is_a_term_a_measure_and_has_tests_of_its_word() -> None:
    assert set(GOALS) == RECORDS.keys() == MEASURES.keys()
    measured = (TESTS / "plan" / "test_goals.py").read_text(encoding="utf-8")
    for goal in GOALS:
        assert RECORDS[goal].name == RECORDS[goal].term.__name__ == MEASURES[goal].__name__ == goal
        assert RECORDS[goal].term.__doc__
        assert MEASURES[goal].__doc__
        assert (TESTS / "solving" / "goals" / f"test_{goal}.py").exists(), goal
        assert re.search(rf"\b{goal}\b", measured), goal


def test_every_goal_is_known_to_every_part_of_the_search() -> None:
    """The ledger has its sums, the problem its unit, insertion its weights; it is one of those its target is for."""
    problem = build(scenario(tasks=[task("a", must=True, estimates={"omid": {"hours": 8, "price": 90}})]).expanded)
    kept = set(Sums.__annotations__) | {"busiest"}
    assert set(MEASURED) <= kept
    for name, record in RECORDS.items():
        assert record.sums, name
        assert record.sums.keys() <= set(MEASURED), name
        assert all(record.sums.values()), name
        assert record.unit_in(problem) > 0, name
        assert record.weights(Usual.of(problem)).keys() <= Weights.__annotations__.keys(), name
        assert record.scale(problem) > 0, name
    assert set().union(*(record.sums for record in RECORDS.values())) == set(MEASURED), "a sum that no goal reads"
    targets = {WAITING, LATE, FURTHER, OVERTIME, BUSIEST, ANY, CHANGED}
    assert {record.target for record in RECORDS.values()} == targets, "a target that no goal has"
    waiting = {name for name, record in RECORDS.items() if record.target == WAITING}
    assert waiting == {"must", "value", "net_value"}, "what is lost by what waits, and by nothing else"


def test_every_goal_is_bounded_by_prices_or_it_is_said_why_not() -> None:
    assert RECORDS.keys() - UNPRICED.keys() == LINEAR


@pytest.mark.parametrize("start", ["import staffing", "import staffing.__main__ as main; main.main()"])
def test_starting_up_loads_neither_the_solver_nor_pandas(start: str) -> None:
    code = (
        "import sys; sys.argv = ['staffing', '--help']\n"
        f"try:\n    {start}\nexcept SystemExit as leave:\n    assert not leave.code, leave.code\n"
        "heavy = {'ortools', 'pandas', 'numpy'} & sys.modules.keys()\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


def test_python_dash_m_is_the_command() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "staffing", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert "Usage: staffing" in done.stdout
    assert not re.search(r"\| +(ortools|pandas)\b", done.stderr)


def test_no_module_is_too_long() -> None:
    lines = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
    assert {name: count for name, count in lines.items() if count > LONG.get(name, 400)} == {}
    assert all(lines[name] > 400 for name in LONG), "an exception that is none any more"


def test_no_module_of_the_solving_core_is_too_long() -> None:
    lines = {
        name: len(path.read_text(encoding="utf-8").splitlines())
        for name, path in MODULES.items()
        if _top(name) == "solving"
    }
    assert {name: count for name, count in lines.items() if count > 300} == {}


def test_no_function_of_the_solving_core_is_too_long() -> None:
    lines = {
        f"{name}:{function.name}": _lines(function)
        for name, tree in _trees()
        if _top(name) == "solving"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
    }
    assert {name: count for name, count in lines.items() if count > 40} == {}


def _lines(function: ast.FunctionDef) -> int:
    """Return how many lines a function has, from its `def` to its last, docstring aside."""
    first = function.body[0]
    documented = ast.get_docstring(function) is not None
    docstring = (first.end_lineno or 0) - first.lineno + 1 if documented else 0
    return (function.end_lineno or 0) - function.lineno + 1 - docstring


def test_nothing_depends_on_where_it_lies() -> None:
    places = re.compile(r"(?<![\w.:/])/(home|root|work|tmp|usr|opt|var|etc|mnt|Users)/|[A-Za-z]:\\\\")
    assert [name for name, path in MODULES.items() if places.search(path.read_text(encoding="utf-8"))] == []
