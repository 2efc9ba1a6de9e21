"""A file of another kind than is asked for is told by its kind, in one sentence with what to do."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from staffing.cli.recognising import recognised
from staffing.exports.calendar import write_calendar
from staffing.exports.workbook import write_workbook
from staffing.plan.plan import Plan
from staffing.report.page import save

from .conftest import SCENARIO, Command

TOGGL = "User,Client,Project,Task,Description,Billable,Start date,Duration\nSara,Nova,,,Plan,Yes,2026-01-06,02:00:00\n"
MAP = "staff: Person\ndate: Day\nhours: Hours\nnames: {staff: {Sara K.: sara}}\n"


@pytest.fixture
def desk(tmp_path: Path, plan: Plan, staffing_command: Command, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file of each kind, and in it we are."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "nova.yaml").write_text(SCENARIO, encoding="utf-8")
    for target in ("team.xlsx", "team.toml", "team.json", "team/"):
        assert staffing_command("convert", "nova.yaml", target).exit_code == 0
    plan.save("plan.json")
    (tmp_path / "answer.json").write_text('{"format": "staffing-answer/1", "question": "hire"}', encoding="utf-8")
    plan.save("plan.csv")
    write_workbook(plan, Path("plan.xlsx"))
    write_calendar(plan, Path("plan.ics"))
    save([plan], Path("plan.html"))
    (tmp_path / "toggl.csv").write_text(TOGGL, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "what-if.yaml").write_text("extends: nova.yaml\nweeks: 4\n", encoding="utf-8")
    return tmp_path


KINDS = {
    "nova.yaml": "a scenario",
    "what-if.yaml": "a scenario",
    "team.xlsx": "a scenario",
    "team.toml": "a scenario",
    "team.json": "a scenario",
    "team": "a scenario",
    "team/tasks.csv": "one table of a scenario",
    "plan.json": "a plan",
    "answer.json": "an answer",
    "plan.xlsx": "the workbook of a plan",
    "plan.csv": "a plan's hours as CSV",
    "plan.ics": "a calendar",
    "plan.html": "a page",
    "toggl.csv": "a timesheet",
    "map.yaml": "a column map",
    "old.xls": "a workbook of another kind",
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_known(name: str, desk: Path) -> None:
    assert recognised(desk / name) == KINDS[name]


@pytest.mark.parametrize(
    ("command", "kinds"),
    [
        ("show {}", {"a plan"}),
        ("report {} -o r.html", {"a plan", "an answer"}),
        ("audit nova.yaml {}", {"a plan"}),
        ("solve nova.yaml --baseline {}", {"a plan"}),
        ("solve {}", {"a scenario"}),
        ("validate {}", {"a scenario"}),
        ("convert {} other.yaml", {"a scenario", "a plan"}),
        ("audit {} plan.json", {"a scenario"}),
        ("compare {} plan.json", {"a scenario", "a plan"}),
        ("actuals {} toggl.csv --as-of 2026-02-02 -o other.yaml", {"a scenario"}),
        ("actuals nova.yaml {} --as-of 2026-02-02 -o other.yaml", {"a timesheet", "a plan's hours as CSV"}),
    ],
)
def test_every_command_says_what_a_file_is_and_what_to_do(
    command: str, kinds: set[str], desk: Path, staffing_command: Command
) -> None:
    for name, kind in KINDS.items():
        if kind in kinds:
            continue
        done = staffing_command(*command.format(name).split())
        assert (done.exit_code, done.stdout) == (1, ""), name
        assert done.stderr.startswith(f"{name}: this is {kind}; a "), name
        assert " is asked for: " in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("command", "remedy"),
    [
        ("show team.xlsx", "`staffing solve team.xlsx -o plan.json` makes one"),
        ("show answer.json", "`staffing report PLAN answer.json -o report.html` shows it on a page"),
        ("report plan.xlsx -o r.html", "name the file .json that `staffing solve SCENARIO -o plan.json` writes"),
        ("solve plan.json", "name the file that it was made from; `staffing show plan.json` shows the plan"),
        ("compare plan.html", "name what it was made from, or the file .json of the plan"),
        ("validate team/tasks.csv", "name its folder, team"),
        (
            "actuals toggl.csv nova.yaml --as-of 2026-02-02 -o other.yaml",
            "the scenario comes first, as in `staffing actuals SCENARIO toggl.csv`",
        ),
        ("solve old.xls", "save it as .xlsx in a spreadsheet"),
        ("validate map.yaml", "the option --map of `staffing actuals` takes it"),
    ],
)
def test_the_remedy_can_be_typed(command: str, remedy: str, desk: Path, staffing_command: Command) -> None:
    assert staffing_command(*command.split()).stderr.endswith(f": {remedy}\n")


def test_hours_of_a_plan_are_a_timesheet_where_a_map_tells_its_columns(desk: Path, staffing_command: Command) -> None:
    (desk / "hours.yaml").write_text("{staff: staff, date: week_start, hours: hours, task: task}", encoding="utf-8")
    done = staffing_command(
        *["actuals", "nova.yaml", "plan.csv", "--map", "hours.yaml", "--as-of", "2026-02-02", "-o", "other.yaml"]
    )
    assert done.exit_code == 0, done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.json", b""),
        ("a.json", b'{"allocations": [], "start": 1, "weeks": 2}'),
        ("notes.txt", b"remember the milk"),
        ("broken.xlsx", b"PK\x03\x04 and no more"),
        ("noise.bin", bytes(range(256))),
    ],
)
def test_what_is_not_sure_is_left_to_its_reader(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    assert recognised(tmp_path / name) is None


def test_workbooks_of_other_making_and_what_is_no_file_are_left_to_their_reader(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("xl/workbook.xml", '<sheets><sheet name="Sheet1" sheetId="1"/></sheets>')
    assert recognised(tmp_path / "a.xlsx") is None
    assert recognised(tmp_path) is None
    assert recognised(tmp_path / "missing.yaml") is None
    assert recognised(Path("/dev/zero")) is None
    assert recognised(tmp_path / "a\0b.yaml") is None


def test_a_workbook_too_large_to_be_one_is_not_opened(tmp_path: Path) -> None:
    with open(tmp_path / "a.xlsx", "wb") as file:
        file.write(b"PK")
        file.truncate(30_000_000)
    assert recognised(tmp_path / "a.xlsx") is None
