"""Sheets as frozen data: what stands in which cell and how it looks. They are drawn last, and once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Literal

from staffing.exports.text import cell_text

NARROW, WIDE = 7.0, 40.0
"""Widths of columns, in characters."""
WEEKS_A_PAGE = 27
"""Weeks that can still be read side by side on a printed page."""


Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, in the words of the writer's formats; None is the default.

    Texts stand by default where reading starts: on the left, or on the right of a sheet from right to left.
    """

    num_format: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    font_size: int | None = None
    font_color: str | None = None
    bg_color: str | None = None
    pattern: int | None = None
    align: Side | None = None
    indent: int | None = None
    valign: Literal["top", "vcenter"] | None = None
    text_wrap: bool | None = None
    top: int | None = None
    top_color: str | None = None


PLAIN = Look()
TITLE = Look(bold=True, font_size=18, font_color="#1F3A4D")
LEAD = Look(bold=True, font_size=12)
HEAD = Look(bold=True, font_color="#FFFFFF", bg_color="#1F3A4D", text_wrap=True, valign="top")
NOTE = Look(italic=True, font_color="#6B6B6B")
TOTAL = Look(bold=True, top=1)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a text is always text, never a formula or a link; None is an empty cell with a look."""

    value: str | float | dt.date | None
    look: Look = PLAIN


Row = tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Shade:
    """A range whose numbers show as colours: heat (a share of capacity) or bars (a share of a budget).

    It begins below the head. Rows and columns are counted from 0; the last ones are within.
    """

    form: Literal["heat", "bars"]
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook.

    Attributes
    ----------
    name
        What its tab says.
    rows
        Its cells, row by row.
    widths
        Widths of its columns, in characters.
    heights
        Heights of rows that are not as high as others, in points.
    filtered
        Rows of the table that begins in the first row, its head left out: it can be filtered, its head stays in
        view and is printed on every page. None for a sheet that is no table.
    kept
        Leading columns that stay in view.
    shades
        Ranges whose numbers show as colours.
    pages_wide, pages_high
        Printed pages side by side, and below each other; None for as many as it takes.
    """

    name: str
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    heights: Mapping[int, float] = field(default_factory=dict)
    filtered: int | None = None
    kept: int = 0
    shades: tuple[Shade, ...] = ()
    pages_wide: int = 1
    pages_high: int | None = None


def text(value: str, look: Look = PLAIN) -> Cell:
    """Return a cell with a text."""
    return Cell(cell_text(value), look)


def amount(value: float | None, look: Look = PLAIN) -> Cell | None:
    """Return a cell with hours or a count: thousands are separated, decimals shown where there are any."""
    return _number(value, look, "#,##0.##")


def money(value: float | None, look: Look = PLAIN) -> Cell | None:
    """Return a cell with an amount of money: thousands are separated, two decimals shown where there are any."""
    return _number(value, look, "#,##0.00")


def _number(value: float | None, look: Look, broken: str) -> Cell | None:
    if value is None:
        return None
    return Cell(value, _formed(look, "#,##0" if value == int(value) else broken))


@cache  # thousands of cells share a few looks
def _formed(look: Look, form: str) -> Look:
    return replace(look, num_format=form)


def share(value: float | None, look: Look = PLAIN, form: str = "0%") -> Cell | None:
    """Return a cell with a ratio, shown as a percentage."""
    return None if value is None else Cell(value, _formed(look, form))


def day(value: dt.date) -> Cell:
    """Return a cell with a real date, which a spreadsheet can calculate with."""
    return Cell(value, Look(num_format="yyyy-mm-dd", align="center"))


def head(titles: Sequence[str], rows: Sequence[Row]) -> Row:
    """Return the header row of a table, each title aligned like its column; a title may have several lines."""
    return tuple(
        Cell("\n".join(map(cell_text, title.split("\n"))), replace(HEAD, align=_side(column, rows)))
        for column, title in enumerate(titles)
    )


def _side(column: int, rows: Sequence[Row]) -> Side | None:
    """Return the alignment of a column, judged by its first cell with a value."""
    filled = (row[column] for row in rows if len(row) > column)
    cell = next((cell for cell in filled if cell is not None and cell.value is not None), None)
    if cell is None or cell.look.align is not None or isinstance(cell.value, str):
        return cell.look.align if cell is not None else None
    return "right"


def table(
    name: str,
    titles: Sequence[str],
    rows: Sequence[Row],
    *,
    below: Sequence[Row] = (),
    empty: str = "",
    kept: int = 0,
    shades: Sequence[Shade] = (),
    weeks: int = 0,
) -> Sheet:
    """Lay out a table that begins in the first row of its sheet.

    Parameters
    ----------
    name, titles, rows
        The tab, the heads of the columns and the rows.
    below
        Rows under the table that are no part of it: totals and notes. They do not widen columns.
    empty
        What a table without rows says.
    kept
        Leading columns that stay in view.
    shades
        Ranges whose numbers show as colours.
    weeks
        How many of the last columns are weeks, all of one width.
    """
    heads = head(titles, rows)
    widths = fitted([heads, *rows])
    first_week = len(titles) - weeks
    return Sheet(
        name,
        rows=(heads, *(rows or [(text(empty, NOTE),)]), *below),
        widths=widths[:first_week] + (max(widths[first_week:], default=NARROW),) * weeks,
        heights={0: 48 if weeks else 33},  # room for the buttons of filters below the words
        filtered=len(rows),
        kept=kept,
        shades=tuple(shades),
        pages_wide=max(1, -(-weeks // WEEKS_A_PAGE)),
    )


def fitted(rows: Iterable[Row]) -> tuple[float, ...]:
    """Return the width of each column: that of its widest cell, within limits."""
    widths: list[float] = []
    for row in rows:
        widths += [NARROW] * (len(row) - len(widths))
        for column, cell in enumerate(row):
            if cell is not None:
                widths[column] = max(widths[column], min(WIDE, _width(cell)))
    return tuple(widths)


def _width(cell: Cell) -> float:
    if isinstance(cell.value, str):
        # a head may wrap, between words; a button stands below it
        lines = cell.value.split() if cell.look.text_wrap else [cell.value]
        return max(map(len, lines), default=0) + 3
    if isinstance(cell.value, dt.date):
        return 12
    if cell.value is None or "%" in (cell.look.num_format or ""):
        return NARROW
    return len(f"{cell.value:,.2f}".rstrip("0").rstrip(".")) + 2
