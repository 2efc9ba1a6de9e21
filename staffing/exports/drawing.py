"""Sheets drawn into a workbook; the only place that knows the library that writes one."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

from staffing.exports.sheets import Cell, Look, Row, Sheet, Side
from staffing.exports.text import cell_text

CREATED = dt.datetime(2000, 1, 1)
"""When every workbook says it was made, so that the same plan gives the same bytes."""
A4 = 9
_HEAT = {
    "type": "3_color_scale",
    "min_type": "num",
    "mid_type": "num",
    "max_type": "num",
    "min_value": 0,
    "mid_value": 1,
    "max_value": 1.0001,  # anything above full capacity has another colour at once
    "min_color": "#FFFFFF",
    "mid_color": "#7FBDB2",
    "max_color": "#F2A65A",
}
_BARS = {
    "type": "data_bar",
    "min_type": "num",
    "max_type": "num",
    "min_value": 0,
    "max_value": 1,
    "bar_color": "#9DC3E6",
    "bar_solid": True,
}
_SHADES = {"heat": _HEAT, "bars": _BARS}


def drawn(sheets: Sequence[Sheet], title: str, right_to_left: bool) -> bytes:
    """Draw sheets into a workbook.

    Parameters
    ----------
    sheets
        What is drawn, in order.
    title
        What the file's properties and the head of every printed page say.
    right_to_left
        Whether the first column stands on the right.

    Returns
    -------
    bytes
        The workbook; the same sheets give the same bytes.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": cell_text(title, 250), "created": CREATED})
    drawing = _Drawing(book, start="right" if right_to_left else "left")
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        drawing.draw(page, sheet)
        _set_up_print(page, sheet, title)
        if right_to_left:
            page.right_to_left()
    book.close()
    return out.getvalue()


class _Drawing:
    """A workbook being drawn: each look is one format of it, and texts stand where reading starts."""

    def __init__(self, book: Any, start: Side) -> None:
        self._book = book
        self._start = start
        self._formats: dict[tuple[Look, bool], Any] = {}

    def draw(self, page: Any, sheet: Sheet) -> None:
        for column, width in enumerate(sheet.widths):
            page.set_column(column, column, width)
        for number, height in sheet.heights.items():
            page.set_row(number, height)
        for number, row in enumerate(sheet.rows):
            self._row(page, number, row)
        for shade in sheet.shades:
            area = (1, shade.first_column, shade.last_row, shade.last_column)
            page.conditional_format(*area, _SHADES[shade.form])
        if sheet.filtered is not None:
            page.freeze_panes(1, sheet.kept)
            page.repeat_rows(0)
        if sheet.filtered:
            page.autofilter(0, 0, sheet.filtered, len(sheet.widths) - 1)

    def _row(self, page: Any, number: int, row: Row) -> None:
        for column, cell in enumerate(row):
            if cell is not None:
                self._cell(page, number, column, cell)

    def _cell(self, page: Any, row: int, column: int, cell: Cell) -> None:
        """Write a cell by the type of its value: nothing is ever guessed from what a text looks like."""
        look = self._format(cell.look, isinstance(cell.value, str))
        if cell.value is None:
            page.write_blank(row, column, None, look)
        elif isinstance(cell.value, str):
            page.write_string(row, column, cell.value, look)
        elif isinstance(cell.value, dt.date):
            page.write_datetime(row, column, cell.value, look)
        else:
            page.write_number(row, column, cell.value, look)

    def _format(self, look: Look, is_text: bool) -> Any:
        """Return the workbook format of a look, made once; texts are indented, away from a number beside them."""
        if (look, is_text) not in self._formats:
            placed = replace(look, align=self._start, indent=1) if is_text and look.align is None else look
            properties = {name: value for name, value in asdict(placed).items() if value is not None}
            self._formats[look, is_text] = self._book.add_format(properties)
        return self._formats[look, is_text]


def _set_up_print(page: Any, sheet: Sheet, title: str) -> None:
    """Set the print layout: landscape, fitted to the paper's width, the plan's name above and page numbers below."""
    page.set_landscape()
    page.set_paper(A4)
    page.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    page.fit_to_pages(sheet.pages_wide, sheet.pages_high or 0)
    page.set_header(f"&L{_in_margin(title)}&R{sheet.name}")
    page.set_footer("&R&P / &N")
    if sheet.pages_wide > 1:
        page.repeat_columns(0, sheet.kept - 1)


def _in_margin(title: str) -> str:
    """Return a name for a page margin, where an ampersand begins a code: it is doubled, and a joiner follows it.

    A margin takes in 255 characters, codes and all.
    """
    return cell_text(title, 75).replace("&", "&&\u200c")
