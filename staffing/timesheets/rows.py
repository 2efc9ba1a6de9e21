"""The rows of a timesheet, CSV or workbook, beneath the row that names its columns."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from staffing.errors import InputError, Mistake
from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal
from staffing.files.tables_cells import Cell, Sheet
from staffing.files.tree import Place
from staffing.files.workbook import workbook_sheets
from staffing.timesheets.column_map import READ, ColumnMap, columns_of, refuse_twice
from staffing.timesheets.durations import WORDS, Mark, Unit

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_MOST_TITLES = 20
"""Rows that may stand above the names of the columns."""
_Cells = Sequence[Cell | None]
_normal = lru_cache(1_000)(normal)
"""A timesheet asks for the same few columns in every row."""
_LONG_WORDS: dict[Unit, frozenset[str]] = {
    unit: frozenset(word for word in words if len(word) > 2) for unit, words in WORDS.items()
}


@dataclass(frozen=True)
class Row:
    """A row, by the names of its columns.

    Attributes
    ----------
    cells
        Its cells that are not blank.
    place
        Where it stands.
    surplus
        A cell beyond the last column, as where a comma parts the decimals of a number; None where there is none.
    """

    cells: dict[str, Cell]
    place: Place
    surplus: Cell | None

    def found(self, columns: Sequence[str]) -> tuple[Cell, ...]:
        """Return the cells of these columns that are not blank."""
        return tuple(cell for column in columns if (cell := self.cells.get(_normal(column))))

    def texts(self, columns: Sequence[str]) -> tuple[str, ...]:
        """Return the texts in these columns."""
        return tuple(str(cell.value) for cell in self.found(columns))

    def joined(self, columns: Sequence[str]) -> str:
        """Return the texts in these columns as one text."""
        return " ".join(self.texts(columns))

    def at(self, columns: Sequence[str]) -> Place:
        """Return the place of these columns in the row; that of the row where they are blank."""
        return next((cell.place for cell in self.found(columns)), self.place)


@dataclass(frozen=True)
class Table:
    """A timesheet whose columns are known.

    Attributes
    ----------
    place
        Where it stands as a whole.
    columns
        The columns that are read.
    rows
        Its rows that are not blank.
    mark
        What stands before decimals in its texts.
    unit
        What its hours count where they have no unit, by the name of the column.
    """

    place: Place
    columns: ColumnMap
    rows: tuple[Row, ...]
    mark: Mark
    unit: Unit


def read_table(path: pathlib.Path, given: ColumnMap) -> Table:
    """Read the rows of a timesheet; of a workbook, those of the first sheet that has the columns.

    Raises
    ------
    InputError
        Where the file cannot be read, its columns are not known or there twice, or cells of them have no value.
    """
    sheets = _sheets(path)
    likeliest: tuple[int, _Cells] = (0, ())
    for sheet, flaws in sheets:
        rows = [row for row in sheet.rows if any(row)]
        for at, heads in enumerate(rows[:_MOST_TITLES]):
            try:
                columns = columns_of(heads, given, _start(heads, path))
            except InputError:  # raised again below, for the row that is likeliest to name columns
                likeliest = max(likeliest, (sum(map(bool, heads)), heads), key=lambda one: one[0])
                continue
            return _table(sheet, flaws, columns, heads, rows[at + 1 :])
    columns_of(likeliest[1], given, _start(likeliest[1], path))
    raise AssertionError("a row without the columns is refused")


def _sheets(path: pathlib.Path) -> Sequence[tuple[Sheet, Sequence[Mistake]]]:
    return workbook_sheets(path) if path.suffix.lower() in _WORKBOOKS else [(csv_sheet(path), [])]


def _start(row: _Cells, path: pathlib.Path) -> Place:
    """Return the place where a row begins."""
    cell = next((cell for cell in row if cell), None)
    return Place(cell.place.file, cell.place.line, None, cell.place.sheet) if cell else Place(str(path), 1)


def _table(sheet: Sheet, flaws: Sequence[Mistake], columns: ColumnMap, heads: _Cells, rows: Sequence[_Cells]) -> Table:
    refuse_twice(heads, columns)
    names = [normal(str(cell.value)) if cell else "" for cell in heads]
    read = {normal(column) for one in READ for column in getattr(columns, one)}
    wanted = {index for index, name in enumerate(names, 1) if name in read}
    first = next((cell.place.line or 0 for cell in heads if cell), 0)
    if wrong := [flaw for flaw in flaws if flaw.column in wanted and (flaw.line or 0) > first]:
        raise InputError(wrong)
    mark: Mark = "" if sheet.place.sheet is not None else "," if sheet.decimal_comma else "."
    return Table(sheet.place, columns, tuple(_rows(names, rows)), mark, _unit(columns.hours))


def _rows(names: Sequence[str], rows: Sequence[_Cells]) -> Iterator[Row]:
    for row in rows:
        first = next(cell for cell in row if cell)
        cells = {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
        surplus = next((cell for cell in row[len(names) :] if cell), None)
        yield Row(cells, Place(first.place.file, first.place.line, None, first.place.sheet), surplus)


def _unit(columns: Sequence[str]) -> Unit:
    """Return the unit that a column such as ``Duration (min)`` counts; hours where the name does not say it."""
    words = set(re.findall(r"[^\W\d_]+", " ".join(columns).casefold()))
    found = [unit for unit, known in _LONG_WORDS.items() if words & known]
    return found[0] if found else "hours"
