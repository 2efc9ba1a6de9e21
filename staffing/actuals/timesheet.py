"""Reading a timesheet: one entry a row, what cannot be read kept with its reason."""

from __future__ import annotations

import datetime as dt
import pathlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from staffing.actuals.column_map import ColumnMap, columns_of
from staffing.errors import InputError, Mistake
from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal
from staffing.files.tables_cells import Cell
from staffing.files.tables_lists import DIGITS
from staffing.files.tree import label
from staffing.scenario.dates import parse_date

_DAY = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?:[T ].*)?")
_CLOCK = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2}))?")
_DECIMAL = re.compile(r"\d{1,6}(?:[.,]\d{1,2}|\.\d*)?")
_NO = frozenset({"no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Entry:
    """Work of one person on one day.

    Attributes
    ----------
    line
        Where it stands in the timesheet.
    staff
        The person's name.
    client, project, task
        Names that may tell what it was for, the likeliest first; none where the timesheet does not say.
    billable
        False where the timesheet says that it is not.
    hours, day
        None where they cannot be read.
    written
        The day and hours as they stand there.
    """

    line: int
    staff: str
    client: tuple[str, ...]
    project: tuple[str, ...]
    task: tuple[str, ...]
    billable: bool
    hours: Fraction | None
    day: dt.date | None
    written: str


def read_timesheet(path: pathlib.Path, given: ColumnMap) -> list[Entry]:
    """Read a timesheet.

    Parameters
    ----------
    path
        A CSV file.
    given
        The user's own column map.

    Raises
    ------
    InputError
        Where its columns are not known, or its days can be read in two ways.
    """
    sheet = csv_sheet(path)
    rows = [row for row in sheet.rows if any(row)]
    heads = [normal(str(cell.value)) if cell else "" for cell in rows[0]] if rows else []
    columns = columns_of([head for head in heads if head], given, str(path))
    records = [_Row(dict(zip(heads, row, strict=False))) for row in rows[1:]]
    order = columns.date_format or _order([row.joined(columns.date) for row in records], path)
    return [_entry(row, columns, order) for row in records]


class _Row:
    """A row by the names of its columns."""

    def __init__(self, cells: dict[str, Cell | None]) -> None:
        self.cells = cells
        self.line = next((cell.place.line or 0 for cell in cells.values() if cell), 0)

    def texts(self, columns: Sequence[str]) -> tuple[str, ...]:
        found = (self.cells.get(normal(column)) for column in columns)
        return tuple(str(cell.value) for cell in found if cell)

    def joined(self, columns: Sequence[str]) -> str:
        return " ".join(self.texts(columns))


def _entry(row: _Row, columns: ColumnMap, order: str) -> Entry:
    day, hours = row.joined(columns.date), row.joined(columns.hours)
    return Entry(
        row.line,
        row.joined(columns.staff),
        row.texts(columns.client),
        row.texts(columns.project),
        row.texts(columns.task),
        row.joined(columns.billable).casefold() not in _NO,
        read_hours(hours),
        read_day(day, order),
        f"{day}, {hours}",
    )


def read_hours(text: str) -> Fraction | None:
    """Read hours, decimal or by the clock; None if they cannot be read.

    >>> read_hours("7,5"), read_hours("01:20:00"), read_hours("-1")
    (Fraction(15, 2), Fraction(4, 3), None)
    """
    western = text.strip().translate(DIGITS)
    if clock := _CLOCK.fullmatch(western):
        hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        return Fraction(hours * 3600 + minutes * 60 + seconds, 3600) if minutes < 60 and seconds < 60 else None
    return Fraction(western.replace(",", ".")) if _DECIMAL.fullmatch(western) else None


def read_day(text: str, order: str) -> dt.date | None:
    """Read a day, year first or in the given order; a time of day after it is left out. None if it is none.

    >>> read_day("1404-10-15", "dmy"), read_day("5.1.2026", "ymd"), read_day("1/5/2026", "mdy")
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 5), datetime.date(2026, 1, 5))
    """
    found = _DAY.fullmatch(text.strip().translate(DIGITS))
    if found is None:
        return None
    first, sign, second, third = found.groups()
    if len(first) == 4:
        year, month, day = first, second, third
    elif sign == "." or order == "dmy":
        day, month, year = first, second, third
    elif order == "mdy":
        month, day, year = first, second, third
    else:
        return None
    try:
        return parse_date(f"{int(year):04d}-{int(month):02d}-{int(day):02d}") if len(year) == 4 else None
    except ValueError:
        return None


def _order(days: Sequence[str], path: pathlib.Path) -> str:
    """Find out whether days or months come first, where the year does not."""
    found = [match for day in days if (match := _DAY.fullmatch(day.strip().translate(DIGITS)))]
    doubtful = [match for match in found if len(match[1]) < 4 and match[2] != "."]
    months_first = all(int(match[1]) <= 12 for match in doubtful)
    days_first = all(int(match[3]) <= 12 for match in doubtful)
    if doubtful and months_first and days_first and any(match[1] != match[3] for match in doubtful):
        message = (
            f"days such as {label(doubtful[0][0])} can be read in two ways: tell date_format, dmy or mdy, by --map"
        )
        raise InputError([Mistake(message, "", str(path))])
    return "ymd" if not doubtful else "mdy" if months_first else "dmy"
