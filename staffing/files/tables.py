"""Tables as a scenario: the sheets of a workbook, or the files of a folder, become one tree.

``settings`` has a row for each key, every other table a row for each entry. A dot in a column's name leads into a
nested mapping; a blank cell is not given; the text ``null`` is null. Columns whose name begins with ``_`` are notes
of the planner's own, and not read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from staffing.files.notes import Notes
from staffing.files.tables_cells import ERRORS, Cell, Sheet
from staffing.files.tables_columns import COLUMNS, is_known, kind_of
from staffing.files.tables_heads import Column, columns, is_below_a_title, normal, shown
from staffing.files.tables_lists import Wrong
from staffing.files.tree import Place, Tree
from staffing.scenario.amounts import Misread
from staffing.scenario.findings import Speller, meant
from staffing.scenario.paths import Path, label, name_of

__all__ = ["normal", "tables_tree"]


def tables_tree(sheets: Sequence[Sheet], file: str) -> Tree:
    """Read tables.

    Parameters
    ----------
    sheets
        The tables; those whose names begin with ``_`` are left out already.
    file
        The workbook or folder, as the user named it.

    Raises
    ------
    ScenarioError
        With every table and column that cannot be read.
    """
    notes = Notes(file)
    notes.value((), notes.place(None, None))
    data: dict[str, Any] = {}
    tables = _tables(sheets, notes)
    if not tables:
        notes.wrong((), notes.place(None, None), f"no table of a scenario is here: {_allowed()} are allowed")
    for name in COLUMNS:  # settings first, whatever the order of the sheets
        if name in tables:
            _READ.get(name, _entries)(_Table(name, tables[name], notes), data)
    hidden = tuple(warning for table in tables.values() for warning in table.warnings)
    return replace(notes.tree(data), warnings=hidden)


def _allowed() -> str:
    return ", ".join(COLUMNS)


def _tables(sheets: Sequence[Sheet], notes: Notes) -> dict[str, Sheet]:
    """Return the tables by name; an unknown sheet with nothing in it, such as Sheet1, is passed over."""
    found: dict[str, Sheet] = {}
    speller = Speller()
    for sheet in sheets:
        name = normal(sheet.name)
        if name in found:
            notes.wrong((), sheet.place, f"there are two tables {name}: one is allowed")
        elif name in COLUMNS:
            found[name] = sheet
        elif any(cell for row in sheet.rows for cell in row):
            near = meant(speller.nearest(name, list(COLUMNS)))
            message = (
                f'"{label(sheet.name)}" is not a known table: {_allowed()} are allowed, or a name that begins with _'
            )
            notes.wrong((), sheet.place, message + near)
    return found


class _Table:
    """One table while it is read."""

    def __init__(self, name: str, sheet: Sheet, notes: Notes) -> None:
        self.name, self.sheet, self.notes = name, sheet, notes
        self.rows = [row for row in sheet.rows if any(row)]

    def columns(self) -> Mapping[int, Column]:
        """Take the header row out of the rows and return its columns; none where the first row is no header."""
        if not self.rows or is_below_a_title(self.name, self.rows, self.notes):
            self.rows = []
            return {}
        return columns(self.name, self.rows.pop(0), self.rows, self.notes)

    def put(self, data: dict[str, Any], path: Path, column: Column, cell: Cell) -> None:
        """Put the value of a cell where the name of its column leads."""
        *parts, last = column.name.split(".")
        for part in parts:
            path = (*path, part)
            self.mark(path, column.place, cell.place)
            inner = data.setdefault(part, {})
            if not isinstance(inner, dict):
                self.clash(path, column, cell)
                return
            data = inner
        path = (*path, last)
        if last in data:
            self.clash(path, column, cell)
            return
        self.mark(path, column.place, cell.place)
        data[last] = self.value(column.name, path, cell)

    def clash(self, path: Path, column: Column, cell: Cell) -> None:
        """Note that a value is already given."""
        self.notes.wrong(path, cell.place, f'"{label(column.name)}" is given already: once is allowed')

    def mark(self, path: Path, key: Place, value: Place) -> None:
        """Note where a value and its key stand."""
        self.notes.key_places.setdefault(path, key)
        if path not in self.notes.places:
            self.notes.value(path, value)

    def value(self, column: str, path: Path, cell: Cell) -> Any:
        """Read a cell."""
        if cell.value == "null" and not cell.literal:
            return None
        if cell.value in ERRORS and not cell.literal:
            self.notes.wrong(path, cell.place, f"{cell.value} stands here, the error of a formula: mend it")
            return None
        try:
            return kind_of(self.name, column).read(cell.value, self.sheet.decimal_comma)
        except Wrong as wrong:
            return Misread(str(cell.value), str(wrong))


def _settings(table: _Table, data: dict[str, Any]) -> None:
    """Read the table of keys and values; the row with their names may be missing."""
    if table.rows and is_below_a_title(table.name, table.rows, table.notes):
        return
    first = table.rows[0] if table.rows else ()
    heads = [normal(shown(cell)) if cell else "" for cell in first]
    notes: set[int] = set()
    if heads[:2] == ["key", "value"]:
        notes = {index for index, name in enumerate(heads) if name.startswith("_")}
        table.rows.pop(0)
    for row in table.rows:
        key, value = (*row, None, None)[:2]
        extra = next((cell for index, cell in enumerate(row) if cell and index > 1 and index not in notes), None)
        if extra:
            table.notes.wrong((), extra.place, "a key has one value, and this stands beside it")
        if key is None or value is None:
            if value is not None:
                table.notes.wrong((), value.place, "this value has no key beside it")
            continue
        name = normal(shown(key))
        if name in COLUMNS and name != "settings":
            table.notes.wrong((), key.place, f"{name} is no setting: it has a table of its own")
        else:
            table.put(data, (), Column(name, key.place), value)


def _entries(table: _Table, data: dict[str, Any]) -> None:
    """Read a table of entries, one a row."""
    named = table.columns()
    told: set[str] = set()
    found: list[dict[str, Any]] = []
    for row in table.rows:
        if not (cells := _read_cells(table, row, named, told)):
            continue
        entry: dict[str, Any] = {}
        path: Path = (table.name, len(found))
        at = cells[0][1].place
        table.notes.value(path, Place(at.file, at.line, None, at.sheet))
        for column, cell in cells:
            table.put(entry, path, column, cell)
        found.append(entry)
    if found:
        table.mark((table.name,), table.sheet.place, table.sheet.place)
        data[table.name] = found


def _roles(table: _Table, data: dict[str, Any]) -> None:
    """Read the table of roles, each by its id."""
    named = table.columns()
    told: set[str] = set()
    found: dict[str, Any] = {}
    for row in table.rows:
        cells = dict(_read_cells(table, row, named, told))
        id_ = next((cell for column, cell in cells.items() if column.name == "id"), None)
        name = name_of(id_.value) if id_ else None
        if not cells:
            continue
        if id_ is None or name is None or name in found:
            at = next(iter(cells.values())).place
            message = "a role has an id" if name is None else f"{label(name)} is given twice: once is allowed"
            table.notes.wrong(("roles",), at, message)
            continue
        path: Path = ("roles", name)
        table.mark(path, id_.place, id_.place)
        found[name] = {}
        for column, cell in cells.items():
            if cell is not id_:
                table.put(found[name], path, column, cell)
    if found:
        table.mark(("roles",), table.sheet.place, table.sheet.place)
        data["roles"] = found


def _read_cells(
    table: _Table, row: Sequence[Cell | None], columns: Mapping[int, Column], told: set[str]
) -> list[tuple[Column, Cell]]:
    """Return the cells of a row with their columns; of a column that is not known, only the first in the table."""
    found = []
    for index, column in columns.items():
        cell = row[index] if index < len(row) else None
        if cell is None or column.name in told:
            continue
        if not is_known(table.name, column.name):
            told.add(column.name)
        found.append((column, cell))
    return found


_READ = {"settings": _settings, "roles": _roles}
