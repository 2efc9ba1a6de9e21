"""``staffing convert``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.loading import load
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve
from staffing.writing.bookings import bookings_of

from .conftest import SCENARIO, Command


@pytest.mark.parametrize("name", ["b.yaml", "b.toml", "b.json", "b.xlsx", "b", "b.v2/"])
def test_a_scenario_is_the_same_in_another_format(
    name: str, scenario_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command("convert", scenario_file, f"{tmp_path}/{name}")
    assert (done.exit_code, done.stdout) == (0, "")
    assert load(tmp_path / name).fingerprint == load(scenario_file).fingerprint
    assert load(tmp_path / name).name == "Nova"


def test_what_is_extended_becomes_part_of_it(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    change = tmp_path / "change.yaml"
    change.write_text("extends: nova.yaml\nremove: {tasks: [brief]}", encoding="utf-8")
    staffing_command("convert", change, tmp_path / "b.xlsx")
    scenario_file.unlink()
    assert [task.id for task in load(tmp_path / "b.xlsx").tasks] == ["plan"]
    assert load(tmp_path / "b.xlsx").name == "change"


def test_nothing_is_overwritten_unless_forced(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "notes.md").write_text("mine")
    (folder / "tasks.txt").write_text("an older table")
    assert "--force overwrites it" in staffing_command("convert", scenario_file, folder).stderr
    assert staffing_command("convert", scenario_file, folder, "--force").exit_code == 0
    assert (folder / "notes.md").read_text() == "mine"
    assert not (folder / "tasks.txt").exists()
    assert load(folder).fingerprint == load(scenario_file).fingerprint


def test_a_scenario_does_not_overwrite_itself(scenario_file: Path, staffing_command: Command) -> None:
    assert staffing_command("convert", scenario_file, scenario_file, "--force").exit_code == 2


def test_a_file_is_no_folder(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    (tmp_path / "b").write_text("")
    done = staffing_command("convert", scenario_file, tmp_path / "b", "--force")
    assert done.exit_code == 1
    assert "is a file, not a folder" in done.stderr


def test_a_wrong_scenario_writes_nothing(tmp_path: Path, staffing_command: Command) -> None:
    (tmp_path / "a.yaml").write_text("weeks: 0")
    assert staffing_command("convert", tmp_path / "a.yaml", tmp_path / "b.json").exit_code == 1
    assert not (tmp_path / "b.json").exists()


def test_what_a_format_cannot_hold_is_refused(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    text = scenario_file.read_text(encoding="utf-8")
    scenario_file.write_text(text.replace("name: Nova Water", 'name: "null"'), encoding="utf-8")
    done = staffing_command("convert", scenario_file, tmp_path / "b.toml")
    assert done.exit_code == 1
    assert "clients.0.name is the text null" in done.stderr
    assert staffing_command("convert", scenario_file, tmp_path / "b.xlsx").exit_code == 0
    assert load(tmp_path / "b.xlsx").clients[0].name == "null"


def test_a_day_that_means_never_is_written_in_every_format(
    scenario_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    scenario_file.write_text(SCENARIO.replace("cost_rate: 40}", "cost_rate: 40, end: 9999-12-31}"), encoding="utf-8")
    for name in ("never.yaml", "never.toml", "never.json", "never.xlsx", "never/"):
        assert staffing_command("convert", scenario_file, tmp_path / name).exit_code == 0
        assert load(tmp_path / name).staff[0].end == dt.date(9999, 12, 31)


BOOKED = """
bookings:
  - {task: brief, staff: omid, week: 2, hours: 8}
"""


def test_a_plan_s_hours_become_bookings(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    """Planned again with them, the plan is the same; what is promised already is written once."""
    scenario_file.write_text(scenario_file.read_text(encoding="utf-8") + BOOKED, encoding="utf-8")
    plan = tmp_path / "plan.json"
    assert staffing_command("solve", scenario_file, "-o", plan, "--deterministic").exit_code == 0
    folder = tmp_path / "team"
    staffing_command("convert", scenario_file, folder)
    done = staffing_command("convert", plan, folder / "bookings.csv", "--force")
    assert done.stderr == f"{folder}/bookings.csv written: 2 bookings\n"
    assert (folder / "bookings.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "task,staff,date,week,hours",
        "plan,sara,2026-01-05,,12",
        "brief,omid,2026-01-12,,8",
    ]
    assert staffing_command("solve", folder, "-o", tmp_path / "again.json", "--deterministic").exit_code == 0
    again = Plan.load(tmp_path / "again.json")
    assert [(entry.task, entry.staff, entry.week, entry.fixed) for entry in again.assigned] == [
        ("plan", "sara", 1, True),
        ("brief", "omid", 2, True),
    ]


def test_what_is_over_is_no_booking(tmp_path: Path) -> None:
    world = Scenario.model_validate(
        {
            "start": "2026-01-05",
            "weeks": 2,
            "as_of": "2026-01-07",
            "staff": [{"id": "omid", "role": "project_manager", "weekly_hours": 10}],
            "clients": [{"id": "nova"}],
            "tasks": [{"id": "a", "kind": "tactical", "client": "nova", "hours": 12, "billable": False}],
            "worked": [{"task": "a", "staff": "omid", "date": "2026-01-05", "hours": 3}],
            "bookings": [{"task": "a", "staff": "omid", "week": 1, "hours": 2}],
        }
    )
    plan = solve(world, deterministic=True, time_limit=5)
    assert [(row["date"], row["hours"]) for row in bookings_of(plan)] == [
        ("2026-01-07", 2),
        ("2026-01-07", 4),
        ("2026-01-12", 3),
    ]


@pytest.mark.parametrize(
    ("source", "target", "why"), [("nova.yaml", "b.csv", "only a plan"), ("plan.json", "b.yaml", "a plan becomes")]
)
def test_plans_and_scenarios_are_written_as_what_they_can_be(
    source: str, target: str, why: str, scenario_file: Path, plan_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    from_ = scenario_file if source == "nova.yaml" else plan_file
    done = staffing_command("convert", from_, tmp_path / target)
    assert done.exit_code == 2
    assert why in done.stderr
