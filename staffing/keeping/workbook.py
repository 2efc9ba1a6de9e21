"""Putting rows of ``worked`` into a workbook: cells of two sheets; all else stays byte for byte.

A workbook that a library reads and writes anew loses what the library does not know, such as pictures, charts, pivot
tables and the results of formulas, without which it could not be read again before a spreadsheet has opened it.
"""

from __future__ import annotations

import pathlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from staffing.files.tables import normal
from staffing.files.tables_cells import Sheet, guarded
from staffing.files.tables_columns import COLUMNS
from staffing.files.tree import Tree
from staffing.files.workbook import workbook_sheets
from staffing.keeping.change import Change
from staffing.keeping.package import Package
from staffing.keeping.sheet_xml import SheetXml
from staffing.scenario.amounts import plain
from staffing.writing.data import Day

_DAY_ZERO = 693_594
"""The ordinal of 1899-12-30, from which spreadsheets count days."""
_FIRST_DAY = 61
"""1900-03-01: before it, spreadsheets disagree about which number a day is."""
_NEW = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews>'
    '<sheetView {rtl}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    '</sheetView></sheetViews><cols><col min="1" max="5" width="16" customWidth="1"/></cols><sheetData/></worksheet>'
)
_LOOKS = re.compile(rb"<(?:\w+:)?f\b[^>]*>[^<]*\b(?:worked|settings)(?:'|&apos;)?!", re.IGNORECASE)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>]")
_TABLE = re.compile(rb'<(?:\w+:)?table\b[^>]*\sref="([A-Z]+[0-9]+:[A-Z]+)([0-9]+)"[^>]*>')
_STALE = "formulas that look at worked or settings have their old results until a spreadsheet opens and saves the file"
_PIVOTS = "pivot tables show the old hours until they are refreshed"
_SIGNED = "the file was signed, and the signature does not hold any more"


def changed_workbook(path: pathlib.Path, tree: Tree, change: Change) -> tuple[bytes, tuple[str, ...]]:
    """Return a workbook with other settings and rows, and notes on what the user should know of it.

    Raises
    ------
    UnusualFileError
        Where it is not put together as spreadsheets do.
    """
    sheets = {normal(sheet.name): sheet for sheet, _ in workbook_sheets(path)}
    book = _Book(Package(path), sheets, change)
    return book.changed(tree), tuple(book.notes())


class _Book:
    """A workbook while it is changed."""

    def __init__(self, package: Package, sheets: Mapping[str, Sheet], change: Change) -> None:
        self.package, self.sheets, self.change = package, sheets, change
        self.parts = {normal(name): part for name, part in package.sheets().items()}
        self.day_styles = package.day_styles()

    def changed(self, tree: Tree) -> bytes:
        """Change settings and rows."""
        self.edit("settings", self.settings)
        if "worked" not in self.parts and self.change.worked:
            self.parts["worked"] = self.package.add_worked(self.blank())
        if "worked" in self.parts:
            self.edit("worked", lambda sheet: self.worked(sheet, tree))
        if any(_FORMULA.search(self.xml(part)) for part in self.parts.values()):
            self.package.reckon_when_opened()
        return self.package.content()

    def notes(self) -> Iterator[str]:
        """Yield what to know of the file."""
        if any(_LOOKS.search(self.xml(part)) for part in self.parts.values()):
            yield _STALE
        if any("/pivotTables/" in part for part in self.package.parts):
            yield _PIVOTS
        if any(part.startswith("_xmlsignatures/") for part in self.package.parts):
            yield _SIGNED

    def xml(self, part: str) -> bytes:
        """Return the content of a part; no bytes if it is missing."""
        return self.package.parts.get(part, b"")

    def edit(self, name: str, change: Callable[[SheetXml], None]) -> None:
        """Change a sheet, and the table that lies on it with it."""
        part = self.parts.get(name, "")
        sheet = SheetXml(self.xml(part))
        before = sheet.last_filled
        change(sheet)
        self.package.parts[part] = sheet.changed()
        if sheet.lost_formula:
            self.package.forget_order()
        for table in self.package.tables(part):
            self.package.parts[table] = _longer(self.xml(table), before, sheet.last_filled)

    # ------------------------------------------------------------------ settings

    def settings(self, sheet: SheetXml) -> None:
        """Put values beside their keys; a key that is new comes last."""
        lines = self._keys()
        like = lines.get("start") or next(iter(lines.values()))
        for key, value in self.change.settings.items():
            line = lines.get(key)
            if line is None:
                line = max(sheet.last_filled, *lines.values()) + 1
                sheet.put(line, 1, key, style=sheet.style_of(like, 1))
                lines[key] = line
            self._put(sheet, line, 2, value, (sheet.style_of(line, 2), sheet.style_of(like, 2)))

    def _keys(self) -> dict[str, int]:
        """Return the number of the row of each key."""
        rows = [row for row in self.sheets["settings"].rows if row and row[0]]
        return {normal(str(row[0].value)): row[0].place.line or 0 for row in rows if row[0]}

    # ------------------------------------------------------------------ worked

    def blank(self) -> bytes:
        """Return the XML of a sheet without rows, right to left if the settings sheet is."""
        rtl = 'rightToLeft="1" ' if b'rightToLeft="1"' in self.xml(self.parts["settings"]) else ""
        return _NEW.format(rtl=rtl).encode()

    def worked(self, sheet: SheetXml, tree: Tree) -> None:
        """Change, remove and add rows; cells beside them stay as they are."""
        head, columns = self._head(sheet)
        number = len(tree.data.get("worked") or ())
        lines = [place.line or 0 for row in range(number) if (place := tree.place(("worked", row)))]
        for row, mended in self.change.mended.items():
            sheet.put(lines[row], columns["hours"], plain(mended.hours), "number")
        for row in self.change.dropped:
            for column in set(columns.values()) & sheet.rows[lines[row]].cells.keys():
                sheet.put(lines[row], column, None)
        dropped = sorted(lines[row] for row in self.change.dropped)
        room = self._room(sheet, dropped, max([head, *lines]), set(columns.values()))
        like = next((line for row, line in enumerate(lines) if row not in self.change.dropped), max(lines, default=0))
        for entry in self.change.added:
            line = next(room)
            for name, value in self.change.data(entry).items():
                styles = (sheet.style_of(line, columns[name]), sheet.style_of(like, columns[name]) if like else None)
                self._put(sheet, line, columns[name], value, styles)

    def _head(self, sheet: SheetXml) -> tuple[int, dict[str, int]]:
        """Return the header row and the columns by name; names that are missing are written into it."""
        rows = self.sheets["worked"].rows if "worked" in self.sheets else ()
        cells = next(([cell for cell in row if cell] for row in rows if any(row)), [])
        line = (cells[0].place.line or 1) if cells else 1
        columns = {normal(str(cell.value)): cell.place.column or 0 for cell in cells}
        found = {name: columns[name] for name in COLUMNS["worked"] if name in columns}
        style = sheet.style_of(line, found["task"]) if found else self._head_style()
        taken = [column for row in sheet.rows.values() for column, cell in row.cells.items() if cell.filled]
        for name in COLUMNS["worked"]:
            if name not in found and (name != "week" or any(row.week for row in self.change.added)):
                found[name] = max([*taken, *found.values()], default=0) + 1
                sheet.put(line, found[name], name, style=style)
        return line, found

    def _head_style(self) -> str | None:
        """Return the style of a header cell of another sheet."""
        for name in ("tasks", "staff", "settings"):
            if name in self.parts and (style := SheetXml(self.xml(self.parts[name])).style_of(1, 1)) is not None:
                return style
        return None

    @staticmethod
    def _room(sheet: SheetXml, dropped: Sequence[int], last: int, columns: Collection[int]) -> Iterator[int]:
        """Yield rows for entries: dropped ones without notes of the user's own, then those behind the last."""
        for line in dropped:
            cells = sheet.rows[line].cells.items()
            if not any(cell.filled and cell.formula is None for column, cell in cells if column not in columns):
                yield line
        while True:
            last += 1
            yield last

    def _put(self, sheet: SheetXml, line: int, column: int, value: object, styles: Sequence[str | None]) -> None:
        """Write a value into a cell: a day as a number if the cell shows it as a day, else as text."""
        found = sheet.rows.get(line)
        own = found.cells[column].style if found and column in found.cells else None
        if isinstance(value, Day):
            days = [style for style in styles if style in self.day_styles]
            style = own or next(iter([*days, *sorted(self.day_styles, key=int)]), None)
            number = value.date.toordinal() - _DAY_ZERO
            if style in self.day_styles and value.gregorian and number >= _FIRST_DAY:
                sheet.put(line, column, str(number - self.package.first_day), "number", style)
                return
        style = own or next((style for style in styles if style is not None), None)
        if isinstance(value, str):
            sheet.put(line, column, guarded(value, formulas=False), "text", style)
        else:
            sheet.put(line, column, plain(value), "number", style)  # type: ignore[arg-type]


def _longer(table: bytes, before: int, last: int) -> bytes:
    """Return a table part that also covers the added rows, if it covered all rows before."""
    found = _TABLE.search(table)
    if found is None or re.search(rb'totalsRowCount="[1-9]', found[0]) or not before <= int(found[2]) < last:
        return table
    old, new = (found[1] + number for number in (found[2], str(last).encode()))
    return table.replace(b'ref="' + old + b'"', b'ref="' + new + b'"')
