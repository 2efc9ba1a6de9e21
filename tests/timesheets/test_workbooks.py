"""Timesheets that are workbooks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

from staffing.errors import InputError
from staffing.timesheets.column_map import ColumnMap
from staffing.timesheets.timesheet import Entry, read_timesheet, unreadable

COLUMNS = ColumnMap(staff=("Who",), date=("Day",), hours=("Time",))
HEAD = ("Who", "Day", "Time")
DAY = dt.date(2026, 1, 6)
ELAPSED, CLOCK, DATE = "[h]:mm", "h:mm", "yyyy-mm-dd"
_Value = tuple[Any, str | None]


def written(path: Path, sheets: dict[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook; a pair is a value and its format."""
    with xlsxwriter.Workbook(path / "hours.xlsx") as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    value, form = cell if isinstance(cell, tuple) else (cell, None)
                    style = book.add_format({"num_format": form}) if form else None
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, column, value, style)
                    else:
                        sheet.write(number, column, value, style)
    return path / "hours.xlsx"


def entry(path: Path, hours: Any, day: Any = (DAY, DATE)) -> Entry:
    """Read the only row of a workbook."""
    (found,) = read_timesheet(written(path, {"Sheet1": [HEAD, ("omid", day, hours)]}), COLUMNS)
    return found


@pytest.mark.parametrize(
    ("hours", "read"),
    [
        (1.5, Fraction(3, 2)),
        ((1.5 / 24, ELAPSED), Fraction(3, 2)),
        ((80 / 60 / 24, ELAPSED), Fraction(4, 3)),
        ((26.5 / 24, ELAPSED), Fraction(53, 2)),
        ((-1.5 / 24, ELAPSED), Fraction(-3, 2)),
        ((1.5 / 24, CLOCK), Fraction(3, 2)),
        ((26.5 / 24, CLOCK), Fraction(53, 2)),  # shown as 2:30
        ((1.0, CLOCK), Fraction(24)),
        (1.008, Fraction("1.008")),  # a number has one reading
        (-2.5, Fraction(-5, 2)),
        ("18:25 min", Fraction(1105, 3600)),
        ("1,5", Fraction(3, 2)),
    ],
)
def test_hours_are_numbers_times_or_texts(tmp_path: Path, hours: Any, read: Fraction) -> None:
    assert (entry(tmp_path, hours).hours, entry(tmp_path, hours).day) == (read, DAY)


@pytest.mark.parametrize("day", [(dt.datetime(2026, 1, 6, 9, 30), DATE), "2026-01-06", "6 Jan 2026", "۱۶ دی ۱۴۰۴"])
def test_days_are_dates_or_texts(tmp_path: Path, day: Any) -> None:
    assert entry(tmp_path, 1, day).day == DAY


@pytest.mark.parametrize(
    ("hours", "day", "says"),
    [
        ("1.008", (DAY, DATE), 'Sheet1!C2: Time: "1.008" can be read in two ways, as 1008 and as 1.008: make the cell'),
        ("1,008", (DAY, DATE), "make the cell a number"),
        ((DAY, DATE), (DAY, DATE), 'Sheet1!C2: Time: "2026-01-06" cannot be read as hours'),
        (True, (DAY, DATE), '"True" cannot be read as hours'),
        (1, 46028, 'Sheet1!B2: Day: "46028" is the number a spreadsheet keeps for 2026-01-06'),
    ],
)
def test_what_cannot_be_read_is_told_with_its_cell(tmp_path: Path, hours: Any, day: Any, says: str) -> None:
    (flaw,) = unreadable([entry(tmp_path, hours, day)], dt.date(2026, 2, 2))
    assert says in str(flaw)


def test_the_first_sheet_that_has_the_columns_is_read(tmp_path: Path) -> None:
    sheets: dict[str, Sequence[Sequence[Any]]]
    sheets = {"About": [("Hours of", "January")], "Empty": [], "Rows": [HEAD, ("omid", "2026-01-06", 2)], "Old": [HEAD]}
    (found,) = read_timesheet(written(tmp_path, sheets), COLUMNS)
    assert (found.hours, found.place.sheet, found.line) == (Fraction(2), "Rows", 2)


def test_where_no_sheet_has_them_the_likeliest_row_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, {"Sheet1": [("Hours of January",), ("Who", "When", "Time")]})
    with pytest.raises(InputError, match=r"Sheet1 row 2: the column map names columns that are not here: Day"):
        read_timesheet(path, COLUMNS)
    with pytest.raises(InputError, match=r"by --map \(it has none\)"):
        read_timesheet(written(tmp_path, {"Sheet1": []}), ColumnMap())


def test_a_column_twice_is_refused_though_another_sheet_has_it_once(tmp_path: Path) -> None:
    path = written(tmp_path, {"Sheet1": [(*HEAD, "Time"), ("omid", "2026-01-06", 6, 2)], "Sheet2": [HEAD]})
    with pytest.raises(InputError, match=r'Sheet1!D1: there are two columns "Time"'):
        read_timesheet(path, COLUMNS)


def test_a_failed_formula_is_no_blank(tmp_path: Path) -> None:
    path = tmp_path / "hours.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEAD, "Note"))
        sheet.write_row(1, 0, ("omid", "2026-01-06"))
        sheet.write_formula(1, 2, "=A1/0", None, "#DIV/0!")
        sheet.write_formula(1, 3, "=A1/0", None, "#DIV/0!")  # in a column that is not read
    with pytest.raises(InputError) as refused:
        read_timesheet(path, COLUMNS)
    (error,) = refused.value.errors
    assert str(error).endswith("Sheet1!C2: this formula gives an error: mend it")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hours.xlsx").write_text("Who,Day,Time\n")
    with pytest.raises(InputError, match="not a workbook"):
        read_timesheet(tmp_path / "hours.xlsx", COLUMNS)
