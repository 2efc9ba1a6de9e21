"""Reading CSV with the place of every cell: commas, semicolons or tabs, as spreadsheets of any country write it."""

from __future__ import annotations

import codecs
import pathlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice

from staffing.errors import ScenarioError
from staffing.files.notes import Notes
from staffing.files.tables_cells import Cell, Sheet, text_cell
from staffing.files.text import read_content, refused
from staffing.files.tree import MAX_VALUES, TOO_MANY

_DELIMITERS = (",", ";", "\t")
_DECIMAL_COMMA = {",": False, ";": True, "\t": None}
"""Semicolons stand where commas are decimal; spreadsheets of any country write tabs."""
_DEEP = 20
_WIDE = 500
"""Rows and columns in which heads are looked for."""
_WIDEST = 16_384
"""Most columns, as of a spreadsheet."""
_IN_QUOTES = re.compile('"[^"]*+"')
_SEP = re.compile(r"sep=(?P<delimiter>[,;\t])\r?\n", re.IGNORECASE)


def csv_sheet(path: pathlib.Path, is_head: Callable[[str], bool] = bool, whole: bool = True) -> Sheet:
    """Read a CSV file.

    Parameters
    ----------
    path
        A file in UTF-8, or in UTF-16 with its mark.
    is_head
        Tells whether a text can stand in the first row. The delimiter is the one that gives most of those.
    whole
        Whether all of it is wanted; else no more than shows whether there is anything.

    Raises
    ------
    ScenarioError
        Where it is not text, or a quote is not closed.
    """
    notes = Notes(str(path))
    text = _decoded(path)
    start, delimiter = 0, None
    if told := _SEP.match(text):
        start, delimiter = told.end(), told["delimiter"]
    delimiter = delimiter or max(_DELIMITERS, key=lambda one: _fit(text, one, is_head, notes))
    bare = text if text.count(delimiter) + text.count("\n") <= MAX_VALUES else _IN_QUOTES.sub("", text)
    if bare.count(delimiter) + bare.count("\n") > MAX_VALUES:  # reported before any time is spent on reading
        notes.stop(notes.place(None, None), TOO_MANY)
    rows: list[Sequence[Cell | None]] = []
    count = 0
    for row in _records(text, start, delimiter, notes):
        rows.append(row)
        count += len(row)
        if len(row) > _WIDEST:
            message = f"this row has too many columns: at most {_WIDEST:,} are allowed"
            notes.stop(next((cell.place for cell in row if cell), notes.place(None, None)), message)
        if count > MAX_VALUES:
            notes.stop(notes.place(None, None), TOO_MANY)
        if not whole and any(row):
            break
    return Sheet(path.stem, notes.place(None, None), rows, decimal_comma=_DECIMAL_COMMA[delimiter])


def _decoded(path: pathlib.Path) -> str:
    content = read_content(path)
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        message = 'this file is not UTF-8 text: in a spreadsheet, save it as "CSV UTF-8"'
        raise refused(path, message, content.count(b"\n", 0, error.start) + 1) from None
    if "\0" in text:
        raise refused(path, "this file is not text: CSV in UTF-8 is allowed")
    return text


def _fit(text: str, delimiter: str, is_head: Callable[[str], bool], notes: Notes) -> tuple[int, int]:
    """Return how well a delimiter fits, as (heads, cells) of the best row: the first one, or heads below a title."""
    rows = (row for row in _records(text, 0, delimiter, notes) if any(row))
    best = (0, 0)
    with suppress(ScenarioError):  # mistakes are reported once the delimiter is known
        for number, row in enumerate(islice(rows, 1 if is_head is bool else _DEEP)):
            heads = sum(1 for cell in row[:_WIDE] if cell and is_head(str(cell.value)))
            if number == 0 or heads > 1:
                best = max(best, (heads, len(row)))
    return best


def _records(text: str, start: int, delimiter: str, notes: Notes) -> Iterator[list[Cell | None]]:
    field = re.compile(
        rf'[ ]*"(?P<quoted>(?:[^"]|"")*+)"[ ]*(?={delimiter}|[\r\n]|\Z)|(?P<bare>(?! *")[^{delimiter}\r\n]*+)'
    )
    line, line_start, at = 1 + text.count("\n", 0, start), start, start
    row: list[Cell | None] = []
    while at < len(text):
        place = notes.place(line, at - line_start + 1)
        found = field.match(text, at)
        if found is None:
            notes.stop(
                place, 'a quote opens here and is not closed, or text follows it: a quote in a text is written ""'
            )
        quoted = found["quoted"]
        row.append(text_cell(quoted.replace('""', '"') if quoted is not None else found["bare"], place))
        if quoted is not None and "\n" in found[0]:
            line += found[0].count("\n")
            line_start = at + found[0].rindex("\n") + 1
        at = found.end()
        if len(row) > _WIDEST:  # enough to judge it by, and to refuse it
            yield row
            return
        mark = text[at : at + 1]
        at += 1 + (text[at : at + 2] == "\r\n")
        if mark != delimiter:
            yield row
            row, line, line_start = [], line + 1, at
    if row:
        yield row
