"""The heads of a table: which row names the columns, and what each column is called."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from staffing.errors import column_letters
from staffing.files.notes import Notes
from staffing.files.tables_cells import Cell
from staffing.files.tables_columns import COLUMNS, is_known
from staffing.files.tree import Place
from staffing.scenario.paths import label, name_of

_DEEP = 20
_WIDE = 500
"""Rows and columns in which heads are looked for."""
_NO_NAME = "this stands in a column without a name: name it in the first row, or begin its name with _ for notes"

Row = Sequence[Cell | None]


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is read."""

    name: str
    place: Place


def normal(name: str) -> str:
    """Return the name of a table or column in the form by which it is known.

    >>> normal(" Weekly Hours "), normal("Budget . Amount")
    ('weekly_hours', 'budget.amount')
    """
    return re.sub(r"\s+", "_", re.sub(r"\s*\.\s*", ".", name.strip())).casefold()


def shown(cell: Cell) -> str:
    """Return the content of a cell as text."""
    return name_of(cell.value) or str(cell.value)


def is_head(table: str, text: str) -> bool:
    """Return whether a text names a column of a table."""
    name = normal(text)
    return name in ("key", "value") if table == "settings" else table in COLUMNS and is_known(table, name)


def is_below_a_title(table: str, rows: Sequence[Row], notes: Notes) -> bool:
    """Return whether the heads stand below the first row, and note this as one mistake for the whole table."""
    heads = next((row for row in rows[:_DEEP] if _known(table, row) > 1), None)
    if heads is None or heads is rows[0] or _known(table, rows[0]) > 1:
        return False
    first, place = (next(cell.place for cell in row if cell) for row in (rows[0], heads))
    message = f"the names of the columns stand in row {place.line}, below something else: delete the rows above them"
    notes.wrong((table,), first, message)
    return True


def _known(table: str, row: Row) -> int:
    """Return how many cells of a row name a column."""
    return sum(1 for cell in row[:_WIDE] if cell and is_head(table, shown(cell)))


def columns(table: str, heads: Row, rows: Sequence[Row], notes: Notes) -> Mapping[int, Column]:
    """Return the columns that a header row names, by position; those that are not read are missing."""
    found: dict[int, Column] = {}
    seen: dict[str, str] = {}
    named: set[int] = set()
    for index, cell in enumerate(heads):
        if cell is None:
            continue
        named.add(index)
        name = normal(shown(cell))
        if name in seen:
            message = f'there are two columns "{label(name)}", this one and {seen[name]}: rename one, or delete it'
            notes.wrong((table,), cell.place, message)
        elif not name.startswith("_"):
            found[index] = Column(name, cell.place)
            seen[name] = f"column {index + 1 if cell.place.sheet is None else column_letters(index + 1)}"
    for index in range(max((len(row) for row in rows), default=0)):
        cell = next((row[index] for row in rows if len(row) > index and row[index]), None)
        if cell is not None and index not in named:
            notes.wrong((table,), cell.place, _NO_NAME)
    return found
