"""What the README, the reference beside the scenarios and the guide for contributors say is so.

Their code runs, their commands exist, their links lead somewhere, and they leave no field out.
"""

import csv
import datetime as dt
import re
import shlex
import shutil
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner
from plan.worlds import facts, plan
from pydantic import BaseModel
from ruamel.yaml import YAML

from staffing.cli.failures import DONE, INTERNAL, INTERRUPTED, NO, USAGE, WRONG_INPUT
from staffing.cli.group import COMMANDS, staffing
from staffing.decisions.given import Effort, Given
from staffing.decisions.trial import Trial, Wish
from staffing.loading import load
from staffing.plan.document import PlanFile
from staffing.plan.plan import Plan
from staffing.plan.records import Reason, State
from staffing.scenario.records import (
    GOALS,
    After,
    Booking,
    Budget,
    Calendar,
    Client,
    DaysOff,
    Estimate,
    GoalEntry,
    HoursByKind,
    HoursFrom,
    HoursRange,
    Overtime,
    OwnerByKind,
    Placeholder,
    Project,
    Record,
    Repeat,
    Role,
    Staff,
    Task,
    Worked,
)
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
REFERENCE = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
BOTH = README + "\n" + REFERENCE
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def blocks(language: str, text: str = BOTH) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)


def marked(name: str) -> str:
    """Return the block of YAML in the reference that follows a mark."""
    (block,) = re.findall(rf"<!-- {name} -->\n```yaml\n(.*?)```", REFERENCE, flags=re.DOTALL)
    return str(block)


def shell_lines() -> list[str]:
    lines = [re.split("[#>]", line)[0] for block in blocks("sh") for line in block.splitlines()]
    return [part.strip() for line in lines for part in line.split("&&") if part.strip()]


def spans() -> list[str]:
    """Return what stands as code within the text."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", BOTH, flags=re.MULTILINE | re.DOTALL))


def tables() -> dict[str, list[list[str]]]:
    """Return the rows of each table, by the head of its first column without the marks of code."""
    found: dict[str, list[list[str]]] = {}
    for table in re.findall(r"(?:^\|.*\|\n)+", BOTH, flags=re.MULTILINE):
        head, _, *rows = ([cell.strip() for cell in line.strip("|").split(" | ")] for line in table.splitlines())
        name = head[0].strip(" |").replace("`", "")
        assert not name or name not in found, f"two tables begin with {name}"
        found[name] = rows
    return found


TABLES = tables()


def named(table: str) -> list[str]:
    """Name what the first column of a table tells of."""
    return [word for row in TABLES[table] for word in re.findall(r"`([^`]+)`", row[0])]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the scenarios of the project, and the one that ``staffing init`` writes."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    staffing(["init", "scenario.yaml"], standalone_mode=False)
    return tmp_path


def test_the_python_blocks_run_one_after_the_other(home: Path) -> None:
    readme, reference = types.ModuleType("readme"), types.ModuleType("reference")
    for script, text in ((readme, README), (reference, REFERENCE)):
        assert blocks("python", text)
        for block in blocks("python", text):
            exec(compile(block, script.__name__, "exec"), script.__dict__)
    assert readme.plans[1].metrics["delivered_value"] > readme.plans[0].metrics["delivered_value"]
    assert reference.before.status == reference.after.status == reference.own.status == "optimal"


def test_whom_the_first_scenario_needs_is_as_told(home: Path) -> None:
    """Each line costs the plan without hires and the contracts of eight weeks, and delivers all on time."""
    base = load("scenarios/one-am.yaml")
    given = Given.of(base, plan(facts(base, {})))
    alone, *hired = TABLES["hires, at most"]
    assert amount(alone[4]) == given.facts.cost  # her salary, whatever she does
    for row in hired:
        contracts = [
            (int(hours), int(week)) for hours, week in re.findall(r"(\d+) hours a week from week (\d+)", row[1])
        ]
        staff = [
            {
                "id": f"pm-{number}",
                "role": "project_manager",
                "pay": "salary",
                "target_utilisation": 0.8,
                "weekly_hours": hours,
                "start": str(base.start + dt.timedelta(days=7 * (week - 1))),
            }
            for number, (hours, week) in enumerate(contracts)
        ]
        world = base.patch({"staff": staff})
        wish = Wish({job.id: job.due for job in world.expanded.jobs.values()})
        found = Trial(given, world, wish).fits(Effort(60))
        assert found.solution is not None
        assert [amount(row[2]), amount(row[3])] == [len(world.expanded.jobs), 980]
        assert amount(row[4]) == given.facts.cost + sum(39 * hours * (9 - week) for hours, week in contracts)


def amount(text: str) -> int:
    return int(text.replace(",", ""))


def timesheet(file: Path, plan: Path, until: str) -> None:
    """Write what Harvest would export, had everybody worked as planned, a tenth more on each task."""
    answer = Plan.load(plan)
    assert answer.context is not None
    people, clients, tasks = (
        {one.id: one.name for one in listed}
        for listed in (answer.context.people, answer.context.clients, answer.context.tasks)
    )
    rows = [
        [entry.week_start, clients[entry.client], tasks[entry.task], people[entry.staff], "", entry.hours * 1.1, "Yes"]
        for entry in answer.assigned
        if entry.week_start < dt.date.fromisoformat(until)
    ]
    heads = ["Date", "Client", "Task", "First Name", "Last Name", "Hours", "Billable?"]
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([heads, *rows])


def test_the_monthly_round_runs_as_it_stands(home: Path) -> None:
    """Two weeks of January, all of January, and February: each plan begins where the hours end."""
    (block,) = re.findall(r"<!-- the round -->\n```sh\n(.*?)```", README, flags=re.DOTALL)
    runner = CliRunner()
    assert runner.invoke(staffing, ["init", "team.xlsx"]).exit_code == 0
    for line in block.splitlines():
        _, *arguments = shlex.split(line, comments=True)
        if arguments[0] == "actuals":
            timesheet(home / arguments[2], home / "january.json", arguments[4])
        ended = runner.invoke(staffing, [*arguments, *(["--time-limit", "5"] if arguments[0] == "solve" else [])])
        assert ended.exit_code == 0, ended.output
    february = Plan.load(home / "february.json")
    assert february.start == dt.date(2026, 2, 2)
    assert {entry.week_start for entry in february.assigned if not entry.fixed} >= {dt.date(2026, 2, 2)}


def test_the_sweeps_run_as_they_stand(home: Path) -> None:
    """With less time for each run; the cluster is started by the tests of sweeps."""
    sweep, longer = marked("a sweep"), marked("a longer sweep")
    for file, text in (("sweep.yaml", sweep), ("longer.yaml", longer.replace("base.yaml", "scenarios/am-pm.yaml"))):
        (home / file).write_text(re.sub(r"time_limit: \d+", "time_limit: 0.1", text), encoding="utf-8")
    lines = [line for line in shell_lines() if line.startswith("staffing sweep") and "--scheduler" not in line]
    assert len(lines) == 2
    for line in (*lines, "staffing sweep longer.yaml --dry-run"):
        ended = CliRunner().invoke(staffing, shlex.split(line)[1:])
        assert ended.exit_code == 0, ended.output
    assert ended.stdout.startswith("27 runs, 27 of them different")
    assert "<svg" in (home / "sweep.html").read_text(encoding="utf-8")


def test_a_change_that_is_held_delivers_what_was_asked_for(home: Path) -> None:
    """Change 1 for the call goes to the pitch, unless the call is ``must``."""
    (home / "studio.yaml").write_text(STUDIO, encoding="utf-8")
    for line in ("solve studio.yaml -o plan.json", "explain studio.yaml plan.json --task call --write 1 more.yaml"):
        ended = CliRunner().invoke(staffing, line.split())
        assert ended.exit_code == 0, ended.output
    assert "value delivered +12" in ended.stdout
    written, held = (home / "more.yaml").read_text(encoding="utf-8"), marked("a change held")
    (home / "held.yaml").write_text(held, encoding="utf-8")
    read = YAML(typ="safe").load
    assert read(written) | {"tasks": [{"id": "call", "must": True}]} == read(held)
    for name, waiting, value in (("more", "call", 104), ("held", "pitch", 92)):
        made = solve(load(f"{name}.yaml"), time_limit=10)
        assert [result.task for result in made.results if result.state == "waiting"] == [waiting]
        assert made.metrics["delivered_value"] == value


STUDIO = """\
start: 2026-01-05
weeks: 1
staff: [{id: omid, name: Omid, role: project_manager, cost_rate: 39}]
clients: [{id: nova}]
tasks:
  - {id: brief, kind: tactical, client: nova, hours: 40}
  - {id: call, kind: tactical, client: nova, hours: 6}
  - {id: pitch, kind: tactical, client: nova, hours: 6, priority: high}
"""


def test_the_mistakes_shown_are_the_ones_reported(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "bad.yaml").write_text(BAD, encoding="utf-8")
    assert staffing(["validate", "bad.yaml"], standalone_mode=False) == WRONG_INPUT
    (shown,) = blocks("text")
    assert set(shown.splitlines()) <= set(capsys.readouterr().err.splitlines())


BAD = """\
start: 2026-01-05
weeks: 4
staff:
  - {id: sara, role: acount_manager}
clients: [{id: nova, name: Nova}]
tasks:
  - {id: plan, kind: strategic, client: nova, hours: 12, due: 2026-02-30}
"""


@pytest.mark.parametrize("mark", ["install", "test"])
def test_both_set_up_commands_are_marked_and_checked(mark: str) -> None:
    assert len(re.findall(rf"^<!-- ci: {mark} -->\n```sh\n[^\n]+\n```$", README, flags=re.MULTILINE)) == 1
    assert f"$(readme {mark})" in CI


def test_the_workflow_calls_the_checks() -> None:
    workflow = YAML(typ="safe").load(ROOT / ".github" / "workflows" / "ci.yml")
    (job,) = workflow["jobs"].values()
    assert [step.get("run") for step in job["steps"]].count("bash .ci/run") == 1


def parameters() -> Iterator[tuple[str, click.Parameter]]:
    context = click.Context(staffing)
    yield from (("", parameter) for parameter in staffing.get_params(context))
    for name in COMMANDS:
        command = staffing.get_command(context, name)
        assert command is not None
        yield from ((name, parameter) for parameter in command.get_params(context))


def row_of(command: str) -> str:
    """Return what the table of commands says of a command, with what it says of several."""
    rows = {row[0].strip("`"): " ".join(row) for row in TABLES["command"]}
    own = " ".join(row for head, row in rows.items() if head.split()[:2] == ["staffing", command])
    shared = [rows[name] for name in ("the search", "an answer") if f"and {name}" in own]
    return " ".join((own, *shared, rows["everywhere"]))


def test_every_command_has_its_row() -> None:
    rows = [row[0].strip("`").split() for row in TABLES["command"]]
    assert [words[1] for words in rows if words[0] == "staffing"] == list(COMMANDS)


@pytest.mark.parametrize(("command", "parameter"), [*parameters()], ids=lambda value: getattr(value, "name", value))
def test_every_option_and_argument_is_told_in_the_row_of_its_command(command: str, parameter: click.Parameter) -> None:
    told = row_of(command)
    if isinstance(parameter, click.Option):
        words = [*parameter.opts, *getattr(parameter.type, "choices", ())]
    else:
        words = [parameter.make_metavar(click.Context(staffing)).strip("[].")]
    assert [word for word in words if not re.search(rf"(?<![\w-]){word}(?![\w-])", told)] == []


def commands() -> list[str]:
    """Return the command lines of both that are whole, without placeholders in capitals."""
    lines = [*shell_lines(), *spans()]
    return [line for line in lines if line.startswith("staffing ") and not re.search(r"[A-Z]{2}|\[", line)]


@pytest.mark.parametrize("line", [*dict.fromkeys(commands())])
def test_command_lines_can_be_typed_as_they_stand(line: str) -> None:
    _, name, *arguments = shlex.split(line)
    if name == "--version" or arguments == ["--help"]:
        return
    command = staffing.get_command(click.Context(staffing), name)
    assert command is not None
    if arguments:
        command.make_context(name, arguments)


def test_every_example_has_its_row() -> None:
    named = [re.fullmatch(r"\[(.+)\]\(\1\)", row[0]) for row in TABLES["example"]]
    examples = {path.name for path in (ROOT / "scenarios").iterdir()} - {"README.md"}
    assert sorted(match[1] for match in named if match) == sorted(examples)


def test_scenarios_named_exist_and_the_readme_names_each() -> None:
    assert {path for path in re.findall(r"\bscenarios/[\w-]+\.\w+", BOTH) if not (ROOT / path).is_file()} == set()
    examples = {path.relative_to(ROOT).as_posix() for path in (ROOT / "scenarios").iterdir()}
    assert set(re.findall(r"\bscenarios/[\w-]+\.\w+", README)) == examples


def anchors(file: Path) -> set[str]:
    """Return the anchors of a text's heads, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


GUIDES = ["README.md", "scenarios/README.md", ".github/CONTRIBUTING.md"]


@pytest.mark.parametrize("name", GUIDES)
def test_links_lead_to_files_and_heads_that_exist(name: str) -> None:
    file = ROOT / name
    links = re.findall(r"\]\((?!https://)([^)#\s]*)(?:#([^)\s]+))?\)", file.read_text(encoding="utf-8"))
    assert links
    for path, head in links:
        target = file.parent / path if path else file
        assert target.exists(), path
        assert not head or head in anchors(target), f"{path}#{head}"


@pytest.mark.parametrize("name", GUIDES)
def test_paths_named_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    ours = r"(?<![\w/.-])(?:staffing|tests|benchmarks|scenarios|\.ci|\.github)/[\w./-]*[\w/]"
    assert {path for path in re.findall(ours, text) if not (ROOT / path).exists()} == set()


def test_the_guide_names_every_package_and_modules_that_exist() -> None:
    """Names without a package are modules of the solving core."""
    guide = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    solving = ROOT / "staffing" / "solving"
    modules = re.findall(r"`((?:(?:cp|state|ruin|lns|bound)/)?\w+\.py)`", guide)
    assert modules
    assert [name for name in modules if not (solving / name).is_file()] == []
    parts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "staffing").iterdir() if path.name[0] not in "._"}
    named = set(re.findall(r"`(staffing/[\w./]+)`", guide))
    assert parts - named == {"staffing/py.typed"}


def fields(*records: type[BaseModel]) -> list[str]:
    return [field.alias or name for record in records for name, field in record.model_fields.items()]


@pytest.mark.parametrize(
    ("table", "record", "further"),
    [
        ("scenario", Scenario, {"extends", "remove"}),
        ("calendar", Calendar, set()),
        ("a role", Role, set()),
        ("a person in staff", Staff, set()),
        ("a client", Client, set()),
        ("a project", Project, set()),
        ("a task", Task, set()),
        ("a row of worked", Worked, set()),
        ("a row of bookings", Booking, set()),
    ],
)
def test_tables_tell_each_field_of_a_record_and_no_other(
    table: str, record: type[BaseModel], further: set[str]
) -> None:
    assert sorted(named(table)) == sorted({*fields(record), *further})


@pytest.mark.parametrize(
    ("table", "field", "record"),
    [
        ("a person in staff", "weekly_hours", HoursFrom),
        ("a person in staff", "overtime", Overtime),
        ("a person in staff", "time_off", DaysOff),
        ("a person in staff", "limits", HoursByKind),
        ("a person in staff", "placeholder", Placeholder),
        ("a client", "budget", Budget),
        ("a client", "owners", OwnerByKind),
        ("a task", "hours", HoursRange),
        ("a task", "after", After),
        ("a task", "repeat", Repeat),
        ("a task", "estimates", Estimate),
    ],
)
def test_rows_tell_the_fields_inside(table: str, field: str, record: type[BaseModel]) -> None:
    (row,) = (" ".join(row) for row in TABLES[table] if f"`{field}`" in row[0])
    assert [name for name in fields(record) if f"`{name}`" not in row] == []


def test_no_record_is_forgotten() -> None:
    """One that is added needs a place in the reference, and above."""
    told = {Calendar, Role, Staff, Client, Project, Task, GoalEntry, HoursFrom, Overtime, DaysOff, HoursByKind}
    told |= {Placeholder, Budget, OwnerByKind, After, Repeat, Estimate, Worked, Booking, HoursRange}
    found: set[Any] = set(Record.__subclasses__())
    ours = {record for record in found if record.__module__ == Record.__module__}
    assert {record for record in ours if not issubclass(Scenario, record)} == told


def test_goals_reasons_states_and_keys_of_a_plan_are_told() -> None:
    assert sorted(named("goals: names, or {goal, tolerance}")) == sorted(GOALS)
    assert named("reason") == list(get_args(Reason))
    assert set(named("key")) == set(fields(PlanFile)) - {"format"}
    assert all(f"`{state}`" in BOTH for state in get_args(State))


def test_exit_codes_are_told() -> None:
    codes = [int(row[0]) for row in TABLES["exit code"]]
    assert codes == [DONE, WRONG_INPUT, USAGE, NO, INTERNAL, INTERRUPTED]
