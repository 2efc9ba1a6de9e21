"""Timesheets of Harvest, Toggl and others."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from staffing.errors import InputError
from staffing.timesheets.column_map import ColumnMap, read_column_map
from staffing.timesheets.timesheet import Entry, read_timesheet, unreadable

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


PLAIN = {"staff": "Who", "date": "Day", "hours": "Time", "client": "Client", "task": "Job", "billable": "Bill"}
HEAD = "Who,Day,Time,Client,Job,Bill\n"
AS_OF = dt.date(2026, 2, 2)


def flaws(tmp_path: Path, rows: str, head: str = HEAD, **columns: Any) -> list[str]:
    """What cannot be read, without the folder."""
    found = unreadable(entries(tmp_path, head + rows, **{**PLAIN, **columns}), AS_OF)
    return [str(flaw).replace(f"{tmp_path}/", "") for flaw in found]


def test_everything_that_cannot_be_read_is_told_with_its_place(tmp_path: Path) -> None:
    rows = 'omid,someday,"1,008",nova,brief,maybe\nomid,,2,nova,brief,yes\n'
    assert flaws(tmp_path, rows) == [
        'hours.csv:2:6: Day: "someday" cannot be read as a day: 2026-01-13, 13.1.2026 and 13 Jan 2026 are allowed',
        'hours.csv:2:14: Time: "1,008" can be read in two ways, as 1008 and as 1.008: write 1008 or 1.008',
        'hours.csv:2:33: Bill: "maybe" says neither yes nor no: yes and no are allowed, '
        "or tell it as billable_yes or billable_no by --map",
        "hours.csv:3: Day: no day is given",
    ]


def test_semicolons_tell_that_decimals_have_a_comma(tmp_path: Path) -> None:
    head = HEAD.replace(",", ";")
    assert [one.hours for one in entries(tmp_path, head + "omid;6.1.2026;1,008;;;\n", **PLAIN)] == [Fraction("1.008")]
    (flaw,) = flaws(tmp_path, "omid;6.1.2026;1.008;;;\n", head)
    assert "as 1008 and as 1.008: write 1008 or 1,008" in flaw


def test_decimals_that_part_a_row_are_no_hours(tmp_path: Path) -> None:
    assert flaws(tmp_path, "omid,2026-01-06,7,5,nova,brief,yes\n")[-1] == (
        'hours.csv:2:32: "yes" stands beyond the last column: put a cell with a comma in quotes'
    )


def test_days_that_are_not_counted_need_not_be_read(tmp_path: Path) -> None:
    found = entries(tmp_path, HEAD + "omid,2026-02-02,many,,,\nomid,2026-01-02,many,,,\n", **PLAIN)
    assert unreadable(found, AS_OF, since=dt.date(2026, 1, 5)) == []
    assert len(unreadable(found, AS_OF)) == 1


@pytest.mark.parametrize(
    "row",
    [
        "Total,,7.5,,,",
        "Total Omid Rad:,,7.5,,,",
        ",,7.5,,,",
        ",Summe,7.5,,,",
        "Omid,Total,7.5,,,",
        "جمع کل,,many,,,maybe",
    ],
)
def test_a_total_is_no_work(tmp_path: Path, row: str) -> None:
    (entry,) = entries(tmp_path, f"{HEAD}{row}\n", **PLAIN)
    assert "a total" in entry.no_work
    assert unreadable([entry], AS_OF) == []


@pytest.mark.parametrize("row", ["Total,someday,7.5,,,", ",someday,7.5,,,", "Omid,,7.5,,,"])
def test_a_day_that_cannot_be_read_makes_no_total(tmp_path: Path, row: str) -> None:
    (entry,) = entries(tmp_path, f"{HEAD}{row}\n", **PLAIN)
    assert (entry.no_work, len(entry.unread)) == ("", 1)


def test_a_row_without_hours_is_no_work(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, HEAD + "omid,2026-01-06,,nova,brief,\n", **PLAIN)
    assert (entry.no_work, entry.unread) == ("no hours are given", ())


def test_a_blank_beside_words_is_taken_for_yes(tmp_path: Path) -> None:
    rows = "omid,2026-01-06,1,nova,brief,no\nomid,2026-01-06,1,nova,brief,\n"
    assert [entry.billable for entry in entries(tmp_path, HEAD + rows, **PLAIN)] == [False, True]


def test_further_words_for_billable_stand_in_the_map(tmp_path: Path) -> None:
    words = {"billable_yes": "Retainer", "billable_no": ["internal", "pitch"]}
    rows = "".join(f"omid,2026-01-06,1,nova,brief,{word}\n" for word in ("retainer", "INTERNAL", "Pitch"))
    assert [one.billable for one in entries(tmp_path, HEAD + rows, **PLAIN, **words)] == [True, False, False]


@pytest.mark.parametrize(
    ("column", "hours"),
    [
        ("Minutes", 1.5),
        ("Duration (min)", 1.5),
        ("Seconds", Fraction(1, 40)),
        ("Time", 90),
        ("Hours (min. 1)", 90),
        ("Time(s)", 90),
    ],
)
def test_the_name_of_a_column_tells_what_it_counts(tmp_path: Path, column: str, hours: Fraction | float) -> None:
    (entry,) = entries(tmp_path, f"a,b,{column}\nomid,2026-01-06,90\n", staff="a", date="b", hours=column)
    assert entry.hours == hours


def test_a_column_that_is_read_may_not_be_there_twice(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        entries(tmp_path, "Who,Day,Time,time,Client,Job,Job,Bill\nomid,2026-01-06,6,2,nova,brief,,yes\n", **PLAIN)
    assert [str(error).replace(f"{tmp_path}/", "") for error in refused.value.errors] == [
        'hours.csv:1:14: there are two columns "time": one is allowed, so rename the other',
        'hours.csv:1:30: there are two columns "Job": one is allowed, so rename the other',
    ]


def test_a_column_that_is_not_read_may_be_there_twice(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, "Who,Day,Tag,Time,Tag\nomid,2026-01-06,a,6,b\n", staff="Who", date="Day", hours="Time")
    assert entry.hours == 6


def test_titles_may_stand_above_the_names_of_the_columns(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path, f"Hours of January,,,,,\n\n{HEAD}omid,2026-01-06,6,,,\n", **PLAIN)
    assert (entry.hours, entry.line) == (Fraction(6), 4)


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
    assert not any("extends" in one for one in told)
    assert any(one.startswith('map.yaml:3:14: date_format: "ydm" is not allowed') for one in told)
    with pytest.raises(InputError, match="a column map is a file"):
        read_column_map(tmp_path / "map.csv")
