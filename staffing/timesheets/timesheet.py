"""Reading a timesheet: one entry a row, and what cannot be read of it with its place and reason."""

from __future__ import annotations

import datetime as dt
import pathlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from staffing.errors import InputError, Mistake
from staffing.files.tables_cells import Cell
from staffing.files.tree import Place
from staffing.scenario.amounts import Written
from staffing.scenario.paths import label
from staffing.scenario.spelling import alike
from staffing.timesheets.billing import is_billable
from staffing.timesheets.column_map import ColumnMap
from staffing.timesheets.days import find_order, read_day
from staffing.timesheets.durations import read_duration
from staffing.timesheets.rows import Row, Table, read_table

_TOTAL = re.compile(
    r"\b(?:(?:sub)?totals?|sum|(?:gesamt|zwischen)?summe|gesamt|insgesamt|totale|(?:sub)?totaal|summa|suma|somme|toplam|razem|"
    r"جمع|مجموع|المجموع)\b"
)
_DAY_ZERO = dt.datetime(1899, 12, 31)
_FIRST_YEAR = 1905
"""Before it no day is meant in a workbook, but hours and minutes of more than a day."""
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Entry:
    """Work of one person on one day.

    Attributes
    ----------
    place
        Where it stands.
    staff
        The person's name.
    client, project, task
        Names that may tell what it was for, the likeliest first; none where the timesheet does not say.
    billable
        Whether the timesheet says that it is; None where what it says cannot be read.
    hours
        Less than 0 for a correction; None where they cannot be read.
    day
        None where it cannot be read.
    unread
        What of it cannot be read, each with its place and reason.
    no_work
        Why it is no work, as a total is none; "" if it is.
    """

    place: Place
    staff: str
    client: tuple[str, ...]
    project: tuple[str, ...]
    task: tuple[str, ...]
    billable: bool | None
    hours: Fraction | None
    day: dt.date | None
    unread: tuple[Mistake, ...] = ()
    no_work: str = ""

    @property
    def line(self) -> int:
        """The line, or the row of a sheet, that it stands in."""
        return self.place.line or 0

    def is_within(self, as_of: dt.date, since: dt.date | None) -> bool:
        """Return whether the entry lies before `as_of`, from `since` on; an entry without a day does."""
        return self.day is None or (self.day < as_of and (since is None or self.day >= since))


def read_timesheet(path: pathlib.Path, given: ColumnMap) -> list[Entry]:
    """Read a timesheet, every row of it.

    Parameters
    ----------
    path
        A CSV file or a workbook.
    given
        The user's own column map.

    Raises
    ------
    InputError
        Where its columns are not known, or its days can be read in two ways. A row that cannot be read raises
        nothing: :func:`unreadable` tells them.
    """
    table = read_table(path, given)
    try:
        order = find_order((row.joined(table.columns.date) for row in table.rows), table.columns.date_format)
    except ValueError as error:
        raise InputError([table.place.mistake(str(error))]) from None
    return [_Reading(row, table, order).entry() for row in table.rows]


def unreadable(entries: Sequence[Entry], as_of: dt.date, since: dt.date | None = None) -> list[Mistake]:
    """Return what cannot be read of the entries that count: those before `as_of`, from `since` on."""
    return [flaw for entry in entries if not entry.no_work and entry.is_within(as_of, since) for flaw in entry.unread]


class _Reading:
    """One row while it is read."""

    def __init__(self, row: Row, table: Table, order: str | None) -> None:
        self.row, self.table, self.order = row, table, order
        self.flaws: list[Mistake] = []

    def entry(self) -> Entry:
        """Read the row."""
        row, columns = self.row, self.table.columns
        day, hours, billable = self.day(), self.hours(), self.billable()
        if row.surplus:
            message = (
                f'"{label(str(row.surplus.value))}" stands beyond the last column: put a cell with a comma in quotes'
            )
            self.flaws.append(row.surplus.place.mistake(message))
        return Entry(
            row.place,
            row.joined(columns.staff),
            row.texts(columns.client),
            row.texts(columns.project),
            row.texts(columns.task),
            billable,
            hours,
            day,
            tuple(self.flaws),
            self.no_work(day),
        )

    def day(self) -> dt.date | None:
        """Read the day."""
        return self.read("date", lambda text: read_day(text, self.order), "no day is given")

    def hours(self) -> Fraction | None:
        """Read the hours; blank cells are no work, and no flaw."""
        cells = self.row.found(self.table.columns.hours)
        if not cells:
            return Fraction(0)
        if len(cells) == 1 and (kept := _kept(cells[0])) is not None:
            return kept
        mark = "." if isinstance(cells[0].value, Written) else self.table.mark
        return self.read("hours", lambda text: read_duration(text, mark, self.table.unit), "")

    def billable(self) -> bool | None:
        """Return whether the entry is billable: True where the row says nothing, None where it cannot be read."""
        columns = self.table.columns
        if not self.row.found(columns.billable):
            return True

        def known(text: str) -> bool:
            found = is_billable(text, columns.billable_yes, columns.billable_no)
            if found is None:
                lists = "billable_yes or billable_no"
                raise ValueError(
                    f'"{label(text)}" says neither yes nor no: yes and no are allowed, or tell it as {lists} by --map'
                )
            return found

        return self.read("billable", known, "")

    def read(self, name: str, reader: Callable[[str], _Read], blank: str) -> _Read | None:
        """Return what the cells of one kind say; None, with a mistake noted, where they cannot be read."""
        columns = getattr(self.table.columns, name)
        text = self.row.joined(columns)
        try:
            if not text:
                raise ValueError(blank)
            return reader(text)
        except ValueError as error:
            self.flaws.append(self.row.at(columns).mistake(str(error), label(" ".join(columns))))
            return None

    def no_work(self, day: dt.date | None) -> str:
        """Return why a row is no work: it is a total, or has no hours; "" if it is work."""
        columns = self.table.columns
        names = [self.row.joined(column) for column in (columns.staff, columns.date)]
        if day is None and all(not name or _is_total(name) for name in names):
            return "a total, or a row without person and day"
        if day is None and _is_total(names[1]):
            return "a total"
        return "" if self.row.found(columns.hours) else "no hours are given"


def _is_total(name: str) -> bool:
    return _TOTAL.search(alike(name)) is not None


def _kept(cell: Cell) -> Fraction | None:
    """Return hours above a day, which a workbook keeps as a date of 1900; None for any other cell."""
    if not isinstance(cell.value, dt.date) or cell.value.year >= _FIRST_YEAR:
        return None
    moment = cell.value if isinstance(cell.value, dt.datetime) else dt.datetime.combine(cell.value, dt.time())
    return Fraction(round((moment - _DAY_ZERO).total_seconds()), 3600)
