"""The library does what the command does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

import staffing
from staffing.loading import from_mapping

from .worlds import COLUMNS, HEAD, WORLD

MAP = {"staff": "Who", "date": "Day", "hours": "Hours", "client": "Client", "project": "Project", "task": "Task"}


@pytest.fixture
def timesheet(tmp_path: Path) -> Path:
    path = tmp_path / "hours.csv"
    path.write_text(HEAD + "omid,2026-01-06,,,brief,2\nomid,2026-01-07,,,brief,?\n", encoding="utf-8")
    return path


def test_the_columns_are_told_in_code_or_by_a_file(timesheet: Path) -> None:
    scenario = from_mapping(WORLD)
    (timesheet.parent / "map.yaml").write_text(str(MAP), encoding="utf-8")
    for columns in (COLUMNS, MAP, timesheet.parent / "map.yaml", str(timesheet.parent / "map.yaml")):
        found = staffing.actuals(scenario, timesheet, as_of="1404-10-17", columns=columns, since=dt.date(2026, 1, 5))
        assert [(row.task, row.staff, float(row.hours)) for row in found.rows] == [("brief", "omid", 2.0)]
        assert (found.scenario.as_of, found.covered and found.covered.last) == (
            dt.date(2026, 1, 7),
            dt.date(2026, 1, 6),
        )
        assert [remark.reason for remark in found.remarks] == ["outside the days that are counted"]


def test_rows_that_cannot_be_read_are_refused_or_passed_over(timesheet: Path) -> None:
    scenario = from_mapping(WORLD)
    with pytest.raises(staffing.InputError, match="cannot be read as hours"):
        staffing.actuals(scenario, timesheet, as_of="2026-02-02", columns=MAP)
    found = staffing.actuals(scenario, str(timesheet), as_of="2026-02-02", columns=MAP, skip_unreadable=True)
    assert (len(found.rows), len(found.remarks)) == (1, 1)


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ({"as_of": "soon"}, '"soon" is not a date'),
        ({"as_of": "2026-02-02", "since": "2026-02-02"}, "since, 2026-02-02, is not before as_of, 2026-02-02"),
        ({"as_of": "2026-02-02", "columns": {"person": "Who"}}, "person"),
        ({"as_of": "2026-02-02"}, "tell its columns staff, date, hours by --map"),
    ],
)
def test_what_is_asked_wrongly_is_told(timesheet: Path, days: dict[str, str], says: str) -> None:
    with pytest.raises(staffing.InputError, match=says):
        staffing.actuals(from_mapping(WORLD), timesheet, **days)  # type: ignore[arg-type]
