"""Timesheets of Harvest, Toggl and others."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from staffing.actuals.column_map import ColumnMap, read_column_map
from staffing.actuals.timesheet import Entry, read_day, read_hours, read_timesheet
from staffing.errors import InputError

HARVEST = """\
Date,Client,Project,Project Code,Task,Notes,Hours,Hours Rounded,Billable?,Invoiced?,Approved?,First Name,Last Name,\
Roles,Employee?,Billable Rate,Billable Amount,Cost Rate,Cost Amount,Currency,External Reference URL
2026-01-06,Nova Water,Web site,NW-1,Brief,"Kick-off, twice",1.25,1.5,Yes,No,No,Omid,Rad,PM,Yes,90,112.5,30,37.5,EUR,
"""
TOGGL = """\
User,Email,Client,Project,Task,Description,Billable,Start date,Start time,End date,End time,Duration,Tags,Amount (EUR)
Omid Rad,omid@example.com,Nova Water,Web site,,Brief,No,2026-01-06,09:00:00,2026-01-06,10:15:00,01:15:00,,0
"""
TOGGL_NOW = """\
"Description","Billable","Duration","Member","Email","Project","Client","Tags","Start date","Start time"
"Brief","Yes","1:15:00","Omid Rad","omid@example.com","Web site","Nova Water","-","2026-01-06","09:00:00"
"""


def entries(tmp_path: Path, content: str, **columns: Any) -> list[Entry]:
    path = tmp_path / "hours.csv"
    path.write_text(content, encoding="utf-8-sig")
    return read_timesheet(path, ColumnMap.model_validate(columns))


@pytest.mark.parametrize(
    ("content", "billable", "task"),
    [(HARVEST, True, ("Brief", "Kick-off, twice")), (TOGGL, False, ("Brief",)), (TOGGL_NOW, True, ("Brief",))],
)
def test_a_detailed_report_is_known_by_its_columns(
    tmp_path: Path, content: str, billable: bool, task: tuple[str, ...]
) -> None:
    (entry,) = entries(tmp_path, content)
    assert (entry.staff, entry.hours, entry.day) == ("Omid Rad", Fraction(5, 4), dt.date(2026, 1, 6))
    assert (entry.client, entry.project[0], entry.task) == (("Nova Water",), "Web site", task)
    assert (entry.billable, entry.line) == (billable, 2)


def test_a_map_tells_other_columns_and_some_of_known_ones(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, "Person;Day;Zeit\nOmid;6.1.2026;1,5\n", staff="Person", date="Day", hours="Zeit")
    assert (entry.staff, entry.hours, entry.day) == ("Omid", Fraction(3, 2), dt.date(2026, 1, 6))
    (entry,) = entries(tmp_path, HARVEST, task="Project Code")
    assert entry.task == ("NW-1",)


@pytest.mark.parametrize(
    ("content", "columns", "says"),
    [
        ("a,b\n1,2\n", {}, "hours.csv:1: this is neither a detailed report of Harvest nor one of Toggl"),
        ("a,b\n1,2\n", {"staff": "a", "date": "b"}, "tell its columns hours by --map (it has a, b)"),
        (HARVEST, {"task": "Ticket"}, "the column map names columns that are not here: Ticket"),
        ("", {}, "neither"),
    ],
)
def test_columns_that_are_missing_are_said(tmp_path: Path, content: str, columns: Any, says: str) -> None:
    with pytest.raises(InputError) as refused:
        entries(tmp_path, content, **columns)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("days", "day"),
    [("06/01/2026 31/01/2026", 6), ("01/06/2026 01/31/2026", 6), ("05/05/2026", 5), ("6.1.2026", 6), ("2026/01/06", 6)],
)
def test_the_order_of_days_and_months_is_found_out(tmp_path: Path, days: str, day: int) -> None:
    rows = "".join(f"omid,{one},1\n" for one in days.split())
    found = entries(tmp_path, f"a,b,c\n{rows}", staff="a", date="b", hours="c")[0].day
    assert found is not None
    assert found.day == day


def test_days_that_can_be_read_in_two_ways_are_refused(tmp_path: Path) -> None:
    columns = {"staff": "a", "date": "b", "hours": "c"}
    with pytest.raises(InputError, match="days such as 01/02/2026 can be read in two ways"):
        entries(tmp_path, "a,b,c\nomid,01/02/2026,1\n", **columns)
    (entry,) = entries(tmp_path, "a,b,c\nomid,01/02/2026,1\n", **columns, date_format="dmy")
    assert entry.day == dt.date(2026, 2, 1)


@pytest.mark.parametrize("text", ["", "2026-13-01", "1/2/26", "yesterday", "2026-01/06"])
def test_what_is_no_day(text: str) -> None:
    assert read_day(text, "dmy") is None


def test_days_of_the_persian_calendar_and_with_a_time() -> None:
    assert read_day("۱۴۰۴/۱۰/۱۵", "ymd") == read_day("2026-01-05T09:00:00Z", "ymd") == dt.date(2026, 1, 5)


@pytest.mark.parametrize("text", ["", "-1", "1:75", "1,234", "abc", "1e3", "nan"])
def test_what_are_no_hours(text: str) -> None:
    assert read_hours(text) is None


def test_a_column_map_is_a_small_file(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("staff: [First, Last]\nhours: Zeit\nnames: {tasks: {Kick-off: brief}}\n")
    columns = read_column_map(path)
    assert (columns.staff, columns.hours, columns.names.tasks) == (("First", "Last"), ("Zeit",), {"Kick-off": "brief"})


def test_a_wrong_column_map_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "map.yaml"
    path.write_text("staff: Who\nhuors: Zeit\ndate_format: ydm\n")
    with pytest.raises(InputError) as refused:
        read_column_map(path)
    told = [str(error).replace(f"{tmp_path}/", "") for error in refused.value.errors]
    assert any(one.startswith('map.yaml:2:1: huors: "huors" is not a known key') for one in told)
    assert any(one.startswith('map.yaml:3:14: date_format: "ydm" is not allowed') for one in told)
    with pytest.raises(InputError, match="a column map is a file"):
        read_column_map(tmp_path / "map.csv")
