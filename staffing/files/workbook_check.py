"""Looking at a workbook before it is opened, so that a bomb or a broken file is refused while that is cheap.

A sheet with two cells far apart would be opened as all the cells between them, and as many strings would be
reserved as the list of strings says it has, so both are looked at. Besides, formulas that were never reckoned, or
failed, would read as blank cells, and nobody would see that a row is hidden.
"""

from __future__ import annotations

import io
import pathlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from staffing.files.text import refused
from staffing.files.workbook_parts import UNUSUAL, package

MAX_CELLS = 500_000
"""Most cells of a workbook."""
MAX_AREA = 5_000_000
"""Most cells of the rectangles that its sheets are opened as."""
MAX_STRINGS = 1_000_000
"""Most texts of a workbook."""
_MAX_MERGED = 100_000
_MAX_TAGS = 10 * MAX_CELLS

_TOGETHER = "cells are merged here: unmerge them, so that every row has its own"
_FAILED = "this formula gives an error: mend it"
_ERROR = "an error stands here in place of a value: mend it"
_UNRECKONED = "this formula has no result yet: open the workbook in a spreadsheet and save it"

_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL = re.compile(
    rb'<(?:\w+:)?c\s+r="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})"(?P<rest>(?:\s++[\w:]++="[^"<]*+")*+\s*+/?+)>'
    rb"(?P<formula>\s*<(?:\w+:)?f[\s/>](?:[^<]*+</(?:\w+:)?f>)?\s*"
    rb"(?P<blank>(?:<(?:\w+:)?v(?:\s[^<>]*)?/>|<(?:\w+:)?v(?:\s[^<>]*)?>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>)?)?"
)
_MISREAD = re.compile(
    rb"</(?:\w+:)?v>\s*+<(?:\w+:)?[fv][\s/>]"  # a value before its formula, or two
    rb"|<(?:\w+:)?v/>\s*+<(?:\w+:)?[fv][\s/>]"
    rb'|\st="s"[^<>]*+>\s*+<(?:\w+:)?v>(?!\d++<)'  # a text that is no number in the list of texts
    rb"|<(?:\w+:)?v>\s*+[+-]?(?:nan|inf)",
    re.IGNORECASE,
)
_ROW = re.compile(rb'<(?:\w+:)?row\s[^<>]*?\bhidden="(?:1|true)"[^<>]*>')
_ROW_NUMBER = re.compile(rb'\sr="([0-9]{1,7})"')
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_STRINGS_SAID = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["']\s*\+?([0-9]*)""")
_STRINGS = re.compile(rb"<(?:\w+:)?sst(?:\s[^<>]*)?>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell[\s/>](?:[^<>]*?\bref="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})[:"])?')

Flaw = tuple[int, int, str]
"""Row, column and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a sheet.

    Attributes
    ----------
    flaws
        The cells that would read as blank though they are not, and the first that is merged with others.
    hidden
        Whether the sheet is hidden.
    hidden_rows
        Numbers of the rows that are hidden, by a filter or by hand.
    """

    flaws: tuple[Flaw, ...] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is left of a workbook to open.

    Attributes
    ----------
    content
        Its XML as a zip, safe to open.
    sheets
        What was seen of each sheet that is read, by its name.
    """

    content: io.BytesIO
    sheets: Mapping[str, Look]


def checked_workbook(path: pathlib.Path) -> Workbook:
    """Check a workbook and return what is safe to open.

    Raises
    ------
    ScenarioError
        In one sentence, where it is no workbook, is broken, encrypted or too large, or has cells far apart.
    """
    taken = package(path)
    _check_strings(taken.parts.get(f"{taken.folder}sharedstrings.xml", b""), path)
    size = _Size(path)
    sheets = {
        sheet.name: Look(size.flaws(taken.parts[sheet.file]), sheet.hidden, _hidden_rows(taken.parts[sheet.file]))
        for sheet in taken.sheets
    }
    return Workbook(taken.packed(), sheets)


def _check_strings(xml: bytes, path: pathlib.Path) -> None:
    """Raise an error for too many texts, or a list that claims more than it holds, as memory is reserved for them."""
    count = sum(1 for _ in zip(_STRING.finditer(xml), range(MAX_STRINGS + 1), strict=False))
    if count > MAX_STRINGS:
        raise refused(path, f"this workbook is too large: at most {MAX_STRINGS:,} texts are allowed")
    for start in _STRINGS.findall(xml):
        # 20 digits are more than any machine can hold
        if any(int(said[:20] or 0) > MAX_STRINGS for said in _STRINGS_SAID.findall(start)):
            raise refused(path, UNUSUAL)


class _Size:
    """How much of what a workbook may hold its sheets have taken."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path, self.cells, self.area = path, 0, 0

    def flaws(self, xml: bytes) -> tuple[Flaw, ...]:
        """Return the cells of a sheet that would be read wrongly; raise an error if it would be costly to open."""
        left = MAX_CELLS - self.cells
        count = sum(1 for _ in zip(_ANY_CELL.finditer(xml), range(left + 1), strict=False))
        merged = [found for found, _ in zip(_MERGED.finditer(xml), range(_MAX_MERGED + 1), strict=False)]
        if count > left or len(merged) > _MAX_MERGED or xml.count(b"<") > _MAX_TAGS:
            raise refused(self.path, f"this workbook is too large: at most {MAX_CELLS:,} cells are allowed")
        self.cells += count
        places = [(int(found["row"]), _number(found["column"]), _TOGETHER) for found in merged if found["row"]]
        flaws: list[Flaw] = sorted(places)[:1]
        width = height = cells = 0
        for found in _CELL.finditer(xml):
            cells += 1
            rest = found["rest"]
            if rest.endswith(b"/"):
                continue
            row, column = int(found["row"]), _number(found["column"])
            width, height = max(width, column), max(height, row)
            if width * height > MAX_AREA - self.area:
                far = (found["column"] + found["row"]).decode()
                raise refused(self.path, f"the cell {far} stands far away from the others: clear what is around it")
            if b' t="e"' in rest:
                flaws.append((row, column, _FAILED if found["formula"] else _ERROR))
            elif found["blank"] and b' t="str"' not in rest:  # which would be a formula that gives an empty text
                flaws.append((row, column, _UNRECKONED))
        self.area += width * height
        if cells != count or _MISREAD.search(xml):
            raise refused(self.path, UNUSUAL)
        return tuple(sorted(flaws))


def _hidden_rows(xml: bytes) -> frozenset[int]:
    if b"hidden=" not in xml:
        return frozenset()
    numbers = (_ROW_NUMBER.search(row) for row in _ROW.findall(xml))
    return frozenset(int(number[1]) for number in numbers if number)


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number
