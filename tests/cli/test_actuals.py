"""``staffing actuals``."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.loading import load

from .conftest import Command

HOURS = """\
User,Client,Project,Task,Description,Billable,Start date,Duration
سارا,Nova Water,,,Account plan,Yes,2026-01-06,02:00:00
Nobody\x1b[31m,Nova Water,,,=1+1,Yes,2026-01-06,01:30:00
Nobody\x1b[31m,Nova Water,,,=1+1,Yes,2026-01-07,01:30:00
"""


@pytest.fixture
def timesheet(tmp_path: Path) -> Path:
    file = tmp_path / "toggl.csv"
    file.write_text(HOURS, encoding="utf-8")
    return file


def test_hours_go_into_a_scenario_and_the_rest_is_listed(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.xlsx")
    assert (done.exit_code, done.stdout) == (0, "")
    said = " ".join(done.stderr.split())
    assert "no person is called so; tell who it is under names.staff in the map (lines 3, 4)" in said
    assert "3.00" in said
    assert "\x1b" not in done.stderr
    assert said.endswith(
        "b.xlsx written: as_of 2026-01-12, 1 row (2 hours) in worked of 2026-01-06 to 2026-01-11, in place of 0 rows "
        "(0 hours)"
    )
    after = load(tmp_path / "b.xlsx")
    assert [(row.task, row.staff, str(row.date), float(row.hours)) for row in after.worked] == [
        ("plan", "sara", "2026-01-06", 2.0)
    ]
    assert (str(after.as_of), after.name, float(after.tasks[0].done)) == ("2026-01-12", "Nova", 0.0)


def test_the_day_may_be_persian_and_the_names_mapped(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    columns = tmp_path / "map.yaml"
    columns.write_text('names: {staff: {"Nobody\\e[31m": omid}, tasks: {"=1+1": brief}}', encoding="utf-8")
    done = staffing_command(
        "actuals", scenario_file, timesheet, "--as-of", "1404-10-17", "-o", tmp_path / "b.yaml", "--map", columns
    )
    assert done.exit_code == 0
    assert [(row.task, float(row.hours)) for row in load(tmp_path / "b.yaml").worked] == [("plan", 2.0), ("brief", 1.5)]


def test_the_copy_of_a_text_keeps_its_comments(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    scenario_file.write_text(scenario_file.read_text(encoding="utf-8") + "# the end\n", encoding="utf-8")
    for out in ("b.yaml", "c.yaml"):
        staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / out)
    after = (tmp_path / "b.yaml").read_text(encoding="utf-8")
    assert "# the end\n" in after
    assert [line for line in after.splitlines() if line not in scenario_file.read_text(encoding="utf-8")] == [
        "as_of: 2026-01-12",
        "worked:",
        "  - {task: plan, staff: sara, date: 2026-01-06, hours: 2}",
    ]
    assert (tmp_path / "c.yaml").read_text(encoding="utf-8") == after


def test_a_file_that_nothing_can_be_put_into_is_written_anew_and_that_is_told(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    scenario_file.write_text(
        "{start: 2026-01-05, weeks: 3, staff: [{id: sara, name: سارا, role: account_manager, bill_rate: 1}], "
        "clients: [{id: nova}], tasks: [{id: plan, name: Account plan, client: nova, kind: strategic, hours: 12}]}",
        encoding="utf-8",
    )
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert done.exit_code == 0
    assert "b.yaml: the scenario is written anew, and what is no part of it" in done.stderr
    assert len(load(tmp_path / "b.yaml").worked) == 1


def test_a_day_to_begin_on_is_before_the_day_to_end_on(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command(
        "actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "--since", "2026-01-12", "-o", tmp_path / "b.yaml"
    )
    assert done.exit_code == 2
    assert "--since 2026-01-12 is not before --as-of 2026-01-12" in done.stderr


def test_nothing_to_remark_is_not_remarked(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    timesheet.write_text("\n".join(HOURS.splitlines()[:2]), encoding="utf-8")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert "Rows to look at" not in done.stderr


def test_an_input_is_not_overwritten(scenario_file: Path, timesheet: Path, staffing_command: Command) -> None:
    done = staffing_command(
        "actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", scenario_file, "--force"
    )
    assert done.exit_code == 2


def test_a_wrong_day_is_a_matter_of_usage(scenario_file: Path, timesheet: Path, staffing_command: Command) -> None:
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "soon", "-o", "b.yaml")
    assert done.exit_code == 2
    assert "a date is YYYY-MM-DD" in done.stderr


def test_a_timesheet_of_an_unknown_tool_is_wrong_input(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    timesheet.write_text("a,b\n1,2\n")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert done.exit_code == 1
    assert "--map" in done.stderr
    assert not (tmp_path / "b.yaml").exists()


@pytest.fixture
def unread(timesheet: Path) -> Path:
    """A timesheet with a row that cannot be read."""
    row = "Omid,Nova Water,,,Brief,Yes,2026-01-07,18:25 PM\n"
    timesheet.write_text("".join(HOURS.splitlines(keepends=True)[:2]) + row, encoding="utf-8")
    return timesheet


def test_nothing_is_written_where_a_row_cannot_be_read(
    scenario_file: Path, unread: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command("actuals", scenario_file, unread, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert (done.exit_code, done.stdout) == (1, "")
    mistake, remedy = done.stderr.splitlines()
    assert '"18:25 PM" cannot be read as hours: 1.5, 1:30, 1h 30m and 90 min are allowed' in mistake
    assert "toggl.csv:3:40: Duration: " in mistake
    assert remedy.endswith("nothing is written: mend these rows, or pass them over by --skip-unreadable")
    assert not (tmp_path / "b.yaml").exists()


def test_rows_that_cannot_be_read_are_listed_and_passed_over_where_that_is_asked(
    scenario_file: Path, unread: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command(
        "actuals", scenario_file, unread, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml", "--skip-unreadable"
    )
    assert done.exit_code == 0
    assert "cannot be read as hours" in done.stderr
    assert "(line 3)" in " ".join(done.stderr.split())
    assert [row.task for row in load(tmp_path / "b.yaml").worked] == ["plan"]


def test_of_many_rows_that_cannot_be_read_the_first_are_told(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    row = "Omid,Nova Water,,,Brief,Yes,2026-01-07,?\n"
    timesheet.write_text(HOURS.splitlines(keepends=True)[0] + row * 1234, encoding="utf-8")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    lines = done.stderr.splitlines()
    assert (done.exit_code, len(lines)) == (1, 51)
    assert "1,184 more cells cannot be read: nothing is written" in lines[-1]


def test_a_correction_of_more_than_there_is_is_told(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    row = "Omid,Nova Water,,,Brief,Yes,2026-01-07,-1h 30m\n"
    timesheet.write_text("".join(HOURS.splitlines(keepends=True)[:2]) + row, encoding="utf-8")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert done.exit_code == 0
    assert "-1.50" in done.stderr
    assert "1.5 hours of a correction are not taken off" in done.stderr
