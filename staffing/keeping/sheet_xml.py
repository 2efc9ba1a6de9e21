"""The XML of a sheet, with the place of every row and cell, so that a few cells change and all other bytes stay.

To write the XML anew would lose what only spreadsheets know: names that extensions depend on, comments, formats.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from staffing.keeping.change import UnusualFileError

_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPE = re.compile("_x[0-9A-Fa-f]{4}_")
_SPANS = re.compile(rb'\s+spans="[^"]*"')


@dataclass(slots=True)
class CellXml:
    """A cell: its bytes, whether it holds anything, and the number of its style."""

    column: int
    start: int
    style: str | None
    end: int = 0
    filled: bool = False
    formula: str | None = None
    """Its kind of formula, ``normal``, ``shared`` or ``array``; None without one."""


@dataclass(slots=True)
class RowXml:
    """A row: its bytes, where its tag ends, and its cells by column."""

    number: int
    start: int
    tag_end: int
    end: int = 0
    cells: dict[int, CellXml] = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        """Whether anything stands in it."""
        return any(cell.filled for cell in self.cells.values())


class SheetXml:
    """A sheet whose cells can be changed.

    Parameters
    ----------
    xml
        The part of the workbook, as it stands.

    Raises
    ------
    UnusualFileError
        Where it has no rows, or cells without their names.
    """

    def __init__(self, xml: bytes) -> None:
        self.xml = xml
        self.rows: dict[int, RowXml] = {}
        self.styles: list[tuple[int, int, str]] = []
        """Styles of whole columns: first, last, style."""
        self.prefix = b""
        self.data: tuple[int, int, int] | None = None
        """Where the tag around the rows begins and ends, and where what is in it ends."""
        self.dimension: tuple[int, int] | None = None
        self.lost_formula = False
        """Whether a value was put in the place of a formula."""
        self._cells: dict[int, dict[int, bytes]] = {}
        self._filled: set[int] = set()
        _Reader(self).read()

    def style_of(self, row: int, column: int) -> str | None:
        """Return the style of a cell: its own, or that of its column."""
        found = self.rows.get(row)
        cell = found.cells.get(column) if found else None
        if cell is not None and cell.style is not None:
            return cell.style
        return next((style for first, last, style in self.styles if first <= column <= last), None)

    @property
    def last_filled(self) -> int:
        """The last row in which anything stands, or is put; 0 if there is none."""
        return max([*self._filled, *(row.number for row in self.rows.values() if row.filled)], default=0)

    def put(self, row: int, column: int, value: str | None, kind: str = "text", style: str | None = None) -> None:
        """Put a value into a cell, a text or a number; None clears it. A style that it has stays.

        Raises
        ------
        UnusualFileError
            Where a formula stands there that others share.
        """
        found = self.rows.get(row)
        old = found.cells.get(column) if found else None
        if old is not None and old.formula is not None:
            if old.formula != "normal":
                raise UnusualFileError
            self.lost_formula = True
        style = old.style if old is not None and old.style is not None else style
        p = self.prefix.decode()
        name = f'r="{letters(column)}{row}"' + (f' s="{style}"' if style is not None else "")
        if value is None:
            cell = f"<{p}c {name}/>"
        elif kind == "number":
            cell = f"<{p}c {name}><{p}v>{value}</{p}v></{p}c>"
        else:
            text = f'<{p}t xml:space="preserve">{_escaped(value)}</{p}t>'
            cell = f'<{p}c {name} t="inlineStr"><{p}is>{text}</{p}is></{p}c>'
        self._cells.setdefault(row, {})[column] = cell.encode("ascii", "xmlcharrefreplace")
        if value is not None:
            self._filled.add(row)

    def changed(self) -> bytes:
        """Return the XML of the sheet with the new cells in it."""
        if self.data is None or not self._cells:
            return self.xml
        start, tag_end, end = self.data
        numbers = sorted(self.rows)
        spans: list[tuple[int, int, bytes]] = []
        for number, cells in sorted(self._cells.items()):
            if number in self.rows:
                spans.append((self.rows[number].start, self.rows[number].end, self._row(self.rows[number], cells)))
            else:
                at = next((self.rows[later].start for later in numbers[bisect_right(numbers, number) :]), end)
                spans.append((at, at, self._new_row(number, cells)))
        if self.xml[start:tag_end].endswith(b"/>"):  # an empty list of rows
            opened = self.xml[start : tag_end - 2].rstrip() + b">"
            rows = b"".join(new for _, _, new in spans)
            spans = [(start, tag_end, opened + rows + b"</" + self.prefix + b"sheetData>")]
        return _spliced(self.xml, [*self._area(), *spans])

    def _row(self, row: RowXml, cells: Mapping[int, bytes]) -> bytes:
        tag = _SPANS.sub(b"", self.xml[row.start : row.tag_end])
        tag = tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag
        old = {column: self.xml[cell.start : cell.end] for column, cell in row.cells.items()}
        inside = b"".join(cell for _, cell in sorted({**old, **cells}.items()))
        return tag + inside + b"</" + self.prefix + b"row>"

    def _new_row(self, number: int, cells: Mapping[int, bytes]) -> bytes:
        inside = b"".join(cell for _, cell in sorted(cells.items()))
        return b'<%srow r="%d">%s</%srow>' % (self.prefix, number, inside, self.prefix)

    def _area(self) -> Iterator[tuple[int, int, bytes]]:
        """Yield the new area of the sheet and where it stands in the XML, if the sheet names its area."""
        if self.dimension is not None:
            columns = [column for row in self.rows.values() for column in row.cells]
            columns += [column for cells in self._cells.values() for column in cells]
            rows = [*self.rows, *self._cells]
            area = f"{letters(min(columns))}{min(rows)}:{letters(max(columns))}{max(rows)}".encode()
            first, last = self.dimension
            yield first, last, re.sub(rb'ref="[^"]*"', b'ref="' + area + b'"', self.xml[first:last])


def _spliced(xml: bytes, spans: list[tuple[int, int, bytes]]) -> bytes:
    made, at = [], 0
    for first, last, new in spans:
        made += [xml[at:first], new]
        at = last
    return b"".join([*made, xml[at:]])


def _escaped(text: str) -> str:
    """Return a text with everything escaped that XML or a spreadsheet would misread."""
    return _ESCAPE.sub(r"_x005F\g<0>", escape(text))


class _Reader:
    """Notes where rows and cells stand."""

    def __init__(self, sheet: SheetXml) -> None:
        self.sheet = sheet
        self.parser: Any = expat.ParserCreate()
        self.parser.StartElementHandler = self.begin
        self.parser.EndElementHandler = self.end
        self.row: RowXml | None = None
        self.cell: CellXml | None = None
        self.number = 0

    def read(self) -> None:
        try:
            self.parser.Parse(self.sheet.xml, True)
        except (expat.ExpatError, ValueError):
            raise UnusualFileError from None
        if self.sheet.data is None:
            raise UnusualFileError

    def tag_end(self, at: int) -> int:
        found = _TAG.match(self.sheet.xml, at)
        if found is None:
            raise UnusualFileError
        return found.end()

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        prefix, _, name = tag.rpartition(":")
        at = self.parser.CurrentByteIndex
        if name == "sheetData":
            self.sheet.data = (at, self.tag_end(at), self.tag_end(at))
            self.sheet.prefix = f"{prefix}:".encode() if prefix else b""
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.row = RowXml(self.number, at, self.tag_end(at))
        elif name == "c" and self.row is not None:
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            if reference is None:
                raise UnusualFileError
            self.cell = CellXml(column_number(reference[1]), at, attributes.get("s"))
        elif name in ("v", "is", "f") and self.cell is not None:
            self.cell.filled = True
            if name == "f":
                self.cell.formula = attributes.get("t", "normal")
        elif name == "col" and "style" in attributes:
            self.sheet.styles.append((int(attributes["min"]), int(attributes["max"]), attributes["style"]))
        elif name == "dimension":
            self.sheet.dimension = (at, self.tag_end(at))

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        at = self.parser.CurrentByteIndex
        if name == "sheetData" and self.sheet.data is not None:
            start, tag_end, _ = self.sheet.data
            self.sheet.data = (start, tag_end, at)
        elif name == "row" and self.row is not None:
            self.row.end = self.closed(self.row.start, at)
            self.sheet.rows[self.row.number] = self.row
            self.row = None
        elif name == "c" and self.cell is not None and self.row is not None:
            self.cell.end = self.closed(self.cell.start, at)
            self.row.cells[self.cell.column] = self.cell
            self.cell = None

    def closed(self, start: int, at: int) -> int:
        """Return where an element ends, given the place of its closing tag, if it has one."""
        end = self.tag_end(start)
        return end if self.sheet.xml.endswith(b"/>", 0, end) else self.sheet.xml.index(b">", at) + 1


def letters(column: int) -> str:
    """Return the letters of a column, as spreadsheets name it.

    >>> letters(1), letters(28), column_number("AB")
    ('A', 'AB', 28)
    """
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """Return the number of a column, counted from 1."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
