"""Workbooks and calendars from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar
from python_calamine import CalamineWorkbook

from staffing.cli.group import staffing
from staffing.plan.plan import Plan

SCENARIO = "start: 2026-01-05\nweeks: 1\nstaff: [{id: sara, role: account_manager}]\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(staffing, [str(argument) for argument in arguments])


@pytest.fixture
def plan_file(plan: Plan, tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    plan.save(file)
    return file


def test_a_plan_is_written_in_every_form_at_once(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def solve(_scenario: object, **_given: Any) -> Plan:
        return plan

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    (tmp_path / "nova.yaml").write_text(SCENARIO, encoding="utf-8")
    outputs = [tmp_path / f"plan{suffix}" for suffix in (".json", ".csv", ".xlsx", ".ics")]
    done = run("solve", tmp_path / "nova.yaml", *(word for path in outputs for word in ("-o", path)))
    assert done.exit_code == 0
    assert done.stderr == "".join(f"{path} written\n" for path in outputs)
    assert Plan.load(outputs[0]) == plan
    assert "Schedule" in CalamineWorkbook.from_path(outputs[2]).sheet_names
    assert len(Calendar.from_ical(outputs[3].read_bytes()).walk("VEVENT")) == len(plan.assigned)


def test_one_persons_calendar_goes_to_stdout(plan_file: Path) -> None:
    done = run("show", plan_file, "--ics", "سارا")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert len(Calendar.from_ical(done.stdout_bytes).walk("VEVENT")) == 2


def test_someone_unknown_is_wrong_input(plan_file: Path) -> None:
    done = run("show", plan_file, "--ics", "sarah")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "did you mean sara?" in done.stderr


@pytest.mark.parametrize("more", [["--format", "json"], ["--table", "people"]])
def test_a_calendar_is_no_table(more: list[str], plan_file: Path) -> None:
    assert run("show", plan_file, "--ics", "sara", *more).exit_code == 2
