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
    assert "no person is called so (lines 3, 4)" in done.stderr
    assert "3.00" in done.stderr
    assert "\x1b" not in done.stderr
    assert "done of 1 tasks, spent of 1 budgets" in done.stderr
    after = load(tmp_path / "b.xlsx")
    assert (float(after.tasks[0].done), after.name) == (2.0, "Nova")
    assert after.clients[0].budget is not None
    assert after.clients[0].budget.spent == 200


def test_the_day_may_be_persian_and_the_names_mapped(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    columns = tmp_path / "map.yaml"
    columns.write_text('names: {staff: {"Nobody\\e[31m": omid}, tasks: {"=1+1": brief}}', encoding="utf-8")
    done = staffing_command(
        "actuals", scenario_file, timesheet, "--as-of", "1404-10-17", "-o", tmp_path / "b.yaml", "--map", columns
    )
    assert done.exit_code == 0
    assert load(tmp_path / "b.yaml").tasks[1].done == 1.5


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
    assert [float(task.done) for task in load(tmp_path / "b.yaml").tasks] == [2, 0]


def test_of_many_rows_that_cannot_be_read_the_first_are_told(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    row = "Omid,Nova Water,,,Brief,Yes,2026-01-07,?\n"
    timesheet.write_text(HOURS.splitlines(keepends=True)[0] + row * 1234, encoding="utf-8")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    lines = done.stderr.splitlines()
    assert (done.exit_code, len(lines)) == (1, 51)
    assert "1,184 more cells cannot be read: nothing is written" in lines[-1]


def test_a_total_that_corrections_leave_below_nothing_is_told(
    scenario_file: Path, timesheet: Path, tmp_path: Path, staffing_command: Command
) -> None:
    row = "Omid,Nova Water,,,Brief,Yes,2026-01-07,-1h 30m\n"
    timesheet.write_text(HOURS.splitlines(keepends=True)[0] + row, encoding="utf-8")
    done = staffing_command("actuals", scenario_file, timesheet, "--as-of", "2026-01-12", "-o", tmp_path / "b.yaml")
    assert done.exit_code == 0
    assert "-1.50" in done.stderr
    assert "done of task brief is 0" in done.stderr
