"""Cells of tables: what stands in them, and how text is kept from being taken for something else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from staffing.errors import Mistake
from staffing.files.tree import Place
from staffing.scenario.amounts import Written

Value: TypeAlias = str | Written | bool | dt.date
"""What stands in a cell; a date with a time of day is a :class:`datetime.datetime`."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a text begins with that a spreadsheet would run."""
ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#SPILL!", "#VALUE!"})
"""What a spreadsheet writes where a formula failed; in CSV, and where values were pasted, as text."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that is not blank.

    Attributes
    ----------
    value
        What stands in it; text without blanks around it.
    place
        Where it stands.
    literal
        Whether an apostrophe makes it text as it is: never null, blanks around it kept.
    """

    value: Value
    place: Place
    literal: bool = False


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook, or one CSV file.

    Attributes
    ----------
    name
        The name of the sheet, or of the file without its suffix.
    place
        Where the sheet as a whole stands.
    rows
        Rows from the first; None is a blank cell.
    decimal_comma
        Whether ``0,5`` is a half, as a European spreadsheet writes it beside semicolons; None where text may be
        written in either way, and ``1.200`` can be a thousand and more.
    warnings
        What is read, but surely not meant.
    """

    name: str
    place: Place
    rows: Sequence[Sequence[Cell | None]]
    decimal_comma: bool | None = False
    warnings: Sequence[Mistake] = ()


def text_cell(raw: str, place: Place) -> Cell | None:
    """Return a cell with a text; None where the text is blank.

    An apostrophe before text that needs it (see :func:`guarded`) is taken off.
    """
    if raw.startswith("'") and needs_guard(raw[1:]):
        return Cell(raw[1:], place, literal=True)
    text = raw.strip()
    return Cell(text, place) if text else None


def needs_guard(text: str, formulas: bool = True) -> bool:
    """Return whether a spreadsheet would change a text on the way into a cell and back.

    Parameters
    ----------
    text
        The text of a cell.
    formulas
        Whether a spreadsheet would run it if it looks like a formula, as in CSV.
    """
    bare = text.lstrip("'")
    return (
        bare in ("", "null")
        or bare in ERRORS
        or text != text.strip()
        or bare != bare.lstrip()
        or (formulas and bare[0] in FORMULA)
    )


def guarded(text: str, formulas: bool) -> str:
    """Return a text with an apostrophe before it where a spreadsheet would change it otherwise.

    >>> guarded("=1+1", formulas=True), guarded("null", formulas=False), guarded("Nova", formulas=True)
    ("'=1+1", "'null", 'Nova')
    """
    apostrophes = len(text) - len(text.lstrip("'"))
    return f"'{text}" if needs_guard(text, formulas or apostrophes > 0) else text
