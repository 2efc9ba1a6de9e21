"""A plan file changed in one place: the audit notices, and says where."""

import json
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from plan.test_plan_file import some_plan
from plan.worlds import facts, omid, plan, replanned, sara, scenario, task

from staffing.auditing import audit, warnings
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

Change = Callable[[dict[str, Any]], object]

WORLD: Scenario = scenario(
    name="نوا & <b>zeta</b>",
    tasks=[task("a"), task("b", hours=41), task("c", only=[]), task("d", kind="strategic", hours=1)],
    staff=[sara(), omid(overtime=4), omid(id="pm", placeholder=True)],
    clients=[{"id": "nova", "name": "Nova", "budget": 9000}],
    calendar={"holidays": ["2026-01-10"]},
)


def found(tmp_path: Path, change: Change) -> list[str]:
    """Change the document of the plan, and return what the audit finds: the rule or part of each violation."""
    document = some_plan().as_document()
    change(document)
    (tmp_path / "plan.json").write_text(json.dumps(document))
    violations = audit(WORLD, Plan.load(tmp_path / "plan.json"))
    assert all(str(violation).endswith(".") for violation in violations)
    return [violation.rule for violation in violations]


def test_an_honest_plan_has_no_violation(tmp_path: Path) -> None:
    assert audit(WORLD, some_plan()) == []
    assert warnings(WORLD, some_plan()) == []
    assert found(tmp_path, lambda plan: None) == []


def test_what_is_missing_claims_nothing(tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: (plan.pop("context"), plan.pop("metrics"), plan.pop("solver"))) == []


GOAL_FIELDS = [("value", 1e9), ("best", -1), ("bound", 1e9), ("limit", -1), ("proven", False)]


@pytest.mark.parametrize("number", range(6))
@pytest.mark.parametrize(("key", "value"), GOAL_FIELDS)
def test_each_field_of_a_goal(number: int, key: str, value: Any, tmp_path: Path) -> None:
    # value (the second goal) is the only one maximised: what is worse for others is better there
    flipped = {"bound": -1, "limit": 1e9, "best": 1, "value": 1}.get(key, value) if number == 1 else value
    assert "goals" in found(tmp_path, lambda plan: plan["goals"][number].update({key: flipped}))


@pytest.mark.parametrize("number", range(6))
def test_a_goal_is_not_bounded_only_if_it_is_not_proven(number: int, tmp_path: Path) -> None:
    claims = {"bound": None}
    assert found(tmp_path, lambda plan: plan["goals"][number].update(claims)) == ["goals"]

    def honest(plan: dict[str, Any]) -> None:
        plan["goals"][number].update(claims, proven=False)
        plan["status"] = "feasible"

    assert found(tmp_path, honest) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan["goals"].pop(),
        lambda plan: plan["goals"].reverse(),
        lambda plan: plan["goals"].pop(3),  # changes stands in a re-plan's list
        lambda plan: plan["goals"].append(plan["goals"][0]),
    ],
)
def test_the_list_of_goals(change: Change, tmp_path: Path) -> None:
    assert "goals" in found(tmp_path, change)


def test_the_status(tmp_path: Path) -> None:
    assert "status" in found(tmp_path, lambda plan: plan.update(status="feasible"))


@pytest.mark.parametrize(
    ("number", "key", "value"),
    [
        (0, "task", "nothing"),
        (0, "state", "late"),
        (0, "owners", ["sara"]),
        (0, "owners", ["pm", "pm"]),
        (0, "first_week", 2),
        (0, "last_week", 3),
        (0, "weeks_late", 1),
        (0, "hours", 6.0),
        (0, "value", 21),
        (0, "reason", "capacity"),
        (2, "state", "delivered"),
        (2, "reason", "capacity"),
        (2, "reason", None),
    ],
)
def test_each_field_of_a_task(number: int, key: str, value: Any, tmp_path: Path) -> None:
    assert "tasks" in found(tmp_path, lambda plan: plan["tasks"][number].update({key: value}))


@pytest.mark.parametrize(
    "change", [lambda plan: plan["tasks"].pop(), lambda plan: plan["tasks"].append(plan["tasks"][0])]
)
def test_every_task_stands_once(change: Change, tmp_path: Path) -> None:
    assert found(tmp_path, change) == ["tasks"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("task", "nothing"),
        ("task", "d"),
        ("client", "zeta"),
        ("kind", "strategic"),
        ("staff", "nobody"),
        ("staff", "omid"),
        ("week", 5),
        ("week", 3),
        ("week_start", "2026-01-13"),
        ("hours", 6.1),
        ("hours", 0.0),
        ("hours", -6.0),
        ("hours", 6.25),
        ("fixed", True),
    ],
)
def test_each_field_of_an_allocation(key: str, value: Any, tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: plan["allocations"][1].update({key: value}))


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan["allocations"].pop(),
        lambda plan: plan["allocations"].append(plan["allocations"][1]),
        lambda plan: plan["allocations"][0].update(fixed=False),
        lambda plan: plan["allocations"][0].update(hours=5.0),
    ],
)
def test_the_list_of_allocations(change: Change, tmp_path: Path) -> None:
    assert found(tmp_path, change)


def test_hours_are_read_as_the_decimals_they_are_written_as() -> None:
    """0.1, 0.2 and 0.3333 hours are all of 0.6333; of a week of 0.25 hours 0.3333 are 0.0833 too many."""
    world = scenario(tasks=[task("a", hours=0.6333)], staff=[omid(overtime=4, weekly_hours=0.25)])
    worked = {("a", "omid", 1): "0.1", ("a", "omid", 2): "0.2", ("a", "omid", 3): "0.3333"}
    history = {cell: Fraction(hours) for cell, hours in worked.items()}
    found = plan(facts(replan(world.expanded, history, 4), {}, baseline=Baseline("", ())))
    assert [entry.state for entry in found.results] == ["done"]
    assert (found.metrics["planned_hours"], found.metrics["overtime_hours"]) == (0.6333, 0.0833)
    assert audit(world, found) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda plan: plan["overtime"][0].update(staff="sara"),
        lambda plan: plan["overtime"][0].update(week=2),
        lambda plan: plan["overtime"][0].update(hours=2.0),
        lambda plan: plan["overtime"].clear(),
        lambda plan: plan["overtime"].append({"staff": "sara", "week": 1, "hours": 0.0}),
        lambda plan: plan["overtime"].append(plan["overtime"][0]),
    ],
)
def test_overtime(change: Change, tmp_path: Path) -> None:
    assert set(found(tmp_path, change)) == {"overtime"}


@pytest.mark.parametrize(
    ("hired", "rule"), [([], "hiring"), (["pm", "pm"], "hired"), (["pm", "sara"], "hiring"), (["pm", "x"], "hiring")]
)
def test_hired(hired: list[str], rule: str, tmp_path: Path) -> None:
    assert rule in found(tmp_path, lambda plan: plan.update(hired=hired))


@pytest.mark.parametrize("days", [[], ["2026-01-11"], ["2026-01-10", "2026-01-10"]])
def test_holidays(days: list[str], tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: plan.update(holidays=days)) == ["holidays"]


def leaves(tree: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Paths of all values that are neither mapping nor list."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else None
    return [path] if inner is None else [leaf for key, value in inner for leaf in leaves(value, (*path, key))]


def at(tree: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        tree = tree[key]
    return tree


DOCUMENT = some_plan().as_document()


@pytest.mark.parametrize("path", leaves(DOCUMENT["metrics"]), ids=str)
def test_each_number_of_the_metrics(path: tuple[Any, ...], tmp_path: Path) -> None:
    def change(plan: dict[str, Any]) -> None:
        holder = at(plan["metrics"], path[:-1])
        holder[path[-1]] = "other" if isinstance(holder[path[-1]], str) else (holder[path[-1]] or 0) + 1

    assert found(tmp_path, change) == ["metrics"]
    assert found(tmp_path, lambda plan: at(plan["metrics"], path[:-1]).pop(path[-1])) == ["metrics"]


def test_a_measure_of_our_own_is_nothing_a_plan_has() -> None:
    happy = replace(some_plan(), metrics={**some_plan().metrics, "happiness": 1})
    assert [str(violation) for violation in audit(WORLD, happy)] == ["metrics: happiness is nothing a plan has."]


def test_numbers_that_are_not_finite_are_violations() -> None:
    honest = some_plan()
    goals = (replace(honest.goals[0], best=float("nan")), *honest.goals[1:])
    assert [violation.rule for violation in audit(WORLD, replace(honest, goals=goals))] == ["goals"]


@pytest.mark.parametrize(
    "change",
    [
        lambda context: context.update(start="2026-01-06"),
        lambda context: context.update(currency="EUR"),
        lambda context: context.update(system="jalali"),
        lambda context: context["people"][0].update(name="Sarah"),
        lambda context: context["people"][0]["capacity"].__setitem__(0, 39.0),
        lambda context: context["clients"].clear(),
        lambda context: context["tasks"][0].update(name="A"),
        lambda context: context["tasks"][0].update(effort=1.5),
        lambda context: context["costs"].__setitem__(0, 1),
    ],
)
def test_context(change: Change, tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: change(plan["context"])) == ["context"]


def test_the_baseline_tells_what_changed(tmp_path: Path) -> None:
    assert "goals" in found(tmp_path, lambda plan: plan["baseline"]["tasks"][3].update(owners=["pm"]))
    assert "goals" in found(tmp_path, lambda plan: plan["baseline"]["tasks"][3].update(last_day="2026-01-05"))


def test_without_its_baseline_nothing_is_fixed(tmp_path: Path) -> None:
    assert "allocations" in found(tmp_path, lambda plan: plan.update(baseline=None))


def test_another_fingerprint_is_a_warning(tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: plan.update(fingerprint="0")) == []
    other = scenario(name="other")
    assert len(warnings(other, some_plan())) == 1
    assert audit(other, some_plan())  # nothing fits, and nothing is raised


def test_a_solver_section_that_says_nonsense_of_its_first_week(tmp_path: Path) -> None:
    for nonsense in ("2", True, 0, -1, None, 2.0):
        assert found(tmp_path, lambda plan: plan["solver"].update(from_week=nonsense)) == []  # noqa: B023
    assert "window" in found(tmp_path, lambda plan: plan["solver"].update(from_week=10**15))


def test_a_limit_may_be_worsened_by_the_tolerance_alone(tmp_path: Path) -> None:
    world = scenario(tasks=[task("a", value=1000)], goals=[{"goal": "value", "tolerance": 0.02}])
    document = plan(facts(world, {("a", "omid", 1): 10})).as_document()

    def audited(limit: float) -> list[str]:
        document["goals"][1]["limit"] = limit
        (tmp_path / "plan.json").write_text(json.dumps(document))
        return [violation.rule for violation in audit(world, Plan.load(tmp_path / "plan.json"))]

    assert audited(980) == []
    assert audited(990) == ["goals"]
    assert audited(900) == []  # the best may have become better later


def test_an_unproven_plan_is_feasible_and_its_tasks_wait_unproven(tmp_path: Path) -> None:
    world = scenario(tasks=[task("a"), task("b")])
    document = plan(facts(world, {("a", "omid", 1): 10})).as_document()
    document["goals"][1].update(bound=40, proven=False)
    document["status"] = "feasible"

    def audited(reason: str) -> list[str]:
        document["tasks"][1]["reason"] = reason
        (tmp_path / "plan.json").write_text(json.dumps(document))
        return [violation.rule for violation in audit(world, Plan.load(tmp_path / "plan.json"))]

    assert [audited(reason) for reason in ("not_proven", "capacity", "budget", "limits")] == [[], [], [], []]
    assert [audited(reason) for reason in ("not_chosen", "no_window")] == [["tasks"], ["tasks"]]


def test_the_week_after_the_last_fixed_one_is_the_first_of_a_replan() -> None:
    world = scenario(tasks=[task("a")])
    before = plan(facts(world, {("a", "omid", 1): 10})).as_baseline()
    again = replanned(world, {("a", "omid", 2): 4}, from_week=3)
    assert audit(world, plan(facts(again, {("a", "omid", 3): 6}, baseline=before))) == []
    early = plan(facts(again, {("a", "omid", 2): 6}, baseline=before))
    assert {"allocations", "window"} <= {violation.rule for violation in audit(world, early)}


def test_what_a_context_of_an_earlier_version_leaves_out_is_no_violation(tmp_path: Path) -> None:
    def earlier(plan: dict[str, Any]) -> None:
        context = plan["context"]
        for key in ("projects", "budgets", "costs", "revenues"):
            del context[key]
        context["tasks"] = [{"id": task["id"], "name": task["name"]} for task in context["tasks"]]

    assert found(tmp_path, earlier) == []
