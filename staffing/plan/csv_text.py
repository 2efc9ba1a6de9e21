"""CSV as every table of ours is written: no cell ends its row before its time, and none is run by a spreadsheet."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from staffing.files.tables_cells import FORMULA
from staffing.scenario.amounts import plain

_QUOTED = re.compile(r'[",;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]|^\s|\s$')
"""A quote, whatever some program takes for the end of a cell or of a row, and blanks that some take off."""


def inert(text: str) -> str:
    """Return a text with an apostrophe before it if a spreadsheet would take it for a formula, even after blanks.

    >>> inert("=1+1"), inert("a=1")
    ("'=1+1", 'a=1')
    """
    return f"'{text}" if text.startswith(FORMULA) or text.lstrip().startswith(FORMULA) else text


def csv_text(rows: Iterable[Iterable[object]], guard: Callable[[str], str] = inert, end: str = "\n") -> str:
    """Return rows as CSV.

    Parameters
    ----------
    rows
        Cells of text, numbers, truth values and dates, or lists of texts; None is a blank cell.
    guard
        What keeps a text from being taken for something else.
    end
        What ends a row.
    """
    return "".join(",".join(_cell(cell, guard) for cell in row) + end for row in rows)


def _cell(value: object, guard: Callable[[str], str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | Decimal):
        return plain(value)
    if isinstance(value, float):
        return repr(float(value))
    if isinstance(value, dt.date):
        return value.isoformat()
    text = guard("; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text
