"""Changes to tables: cells, rows and columns; as CSV, or as sheets of a workbook and the parts of its zip."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from random import Random
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from . import texts
from .trees import NASTY

Grid = list[list[Any]]
_ATTRIBUTES = ("99999999999", "-1", "0", "", "A1048576", "XFD1048576", "ZZZZ9", "1e9", "utf-99", "x", "4294967296")


def grid_of(content: bytes) -> Grid:
    """Read a sound CSV file."""
    return [list(row) for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))]


def changed(random: Random, grid: Grid) -> Grid:
    """Change a few cells, or a row or a column."""
    grid = [list(row) for row in grid]
    for _ in range(random.choice([1, 1, 2, 3, 6])):
        if not grid:
            break
        row = random.choice(grid)
        at = random.randrange(len(row)) if row else 0
        match random.randrange(9):
            case 0:
                grid.insert(random.randint(0, len(grid)), list(row))
            case 1:
                grid.remove(row)
            case 2:
                grid.insert(random.randint(0, len(grid)), [random.choice(NASTY)] * random.choice([0, 1, 3, 40]))
            case 3:
                for other in grid:
                    del other[at : at + 1]
            case 4:
                for other in grid:
                    other.insert(random.randint(0, 2), other[at] if at < len(other) else "")
            case 5:
                row[at : at + 1] = [row[random.randrange(len(row))]] if row else []
            case _:
                row[at : at + 1] = [random.choice(NASTY)]
    return grid


def as_csv(random: Random, grid: Grid) -> bytes:
    """Write a grid as some spreadsheet would."""
    buffer = io.StringIO()
    writer = csv.writer(
        buffer,
        delimiter=random.choice(",,,,,;\t"),
        quoting=random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        lineterminator=random.choice(["\r\n", "\n"]),
    )
    writer.writerows([[_text(cell) for cell in row] for row in grid])
    return buffer.getvalue().encode(random.choice(["utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16"]), errors="replace")


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell)


def as_workbook(random: Random, sheets: dict[str, Grid]) -> bytes:
    """Write grids as sheets: texts, numbers, booleans, days and formulas, some merged, hidden or filtered."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "nan_inf_to_errors": True, "strings_to_urls": False})
    day = book.add_format({"num_format": random.choice(["yyyy-mm-dd", "[h]:mm", "0%", "mmm yy", "hh:mm"])})
    odd = random.choice([0.0, 0.0, 0.002, 0.02])  # how many cells are of an odd kind
    for name, grid in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(grid):
            for column, cell in enumerate(cells):
                if random.random() < odd:
                    _write_oddly(random, sheet, row, column, day)
                else:
                    _write(sheet, row, column, cell)
        if random.random() < 0.03:
            sheet.merge_range(random.randint(0, 2), 0, random.randint(3, 5), random.randint(1, 3), "merged")
        if random.random() < 0.1:
            sheet.set_row(random.randint(0, 3), options={"hidden": True})
        if random.random() < 0.1:
            sheet.autofilter(0, 0, random.randint(1, 9), random.randint(0, 9))
    book.close()
    return made.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Any) -> None:
    text = _text(cell)[:32_000].encode("utf-8", errors="replace").decode()
    if text.replace(".", "", 1).isdecimal() and text.isascii() and len(text) < 15:
        sheet.write_number(row, column, float(text))
    elif text:
        sheet.write_string(row, column, text)


def _write_oddly(random: Random, sheet: Any, row: int, column: int, day: Any) -> None:
    match random.randrange(3):
        case 0:
            value = random.choice([0, "", "#N/A", "x", 1e300, True])
            sheet.write_formula(row, column, "=" + random.choice(["1/0", "A1", "10/3", "B2&C3"]), day, value)
        case 1:
            number = random.choice([0, -1, 0.5, 1.25, 46_000, 46_000.75, 2_958_466, 1e15, 1e308])
            sheet.write_number(row, column, number, day)
        case _:
            sheet.write_boolean(row, column, random.random() < 0.5)


def zip_changed(random: Random, content: bytes) -> bytes:
    """Change the parts of a workbook, or the zip around them."""
    if random.random() < 0.1:
        return texts.changed(random, content)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    for _ in range(random.choice([1, 1, 2, 4])):
        name = random.choice([*parts, *(name for name in parts if name.startswith("xl/") for _ in range(2))])
        match random.randrange(8):
            case 0:
                del parts[name]
            case 1:
                parts[name] = parts[random.choice([*parts])]
            case 2:
                parts[name + random.choice(["", "x", "/../a.xml"])] = parts[name]
            case 3:
                parts[name] = texts.changed(random, parts[name])
            case _:
                parts[name] = _attribute(random, parts[name])
        if not parts:
            break
    made = io.BytesIO()
    method = random.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED, zipfile.ZIP_BZIP2])
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return made.getvalue()


def _attribute(random: Random, part: bytes) -> bytes:
    """Change one attribute of XML."""
    name = random.choice([rb"[\w:]+", rb"encoding|[uU]nique\w+|count|ref|r|s|t|\w*[iI]d|Target|name|val|numFmtId"])
    found = [*re.finditer(rb"\b(?:" + name + rb')="([^"]*)"', part)]
    if not found:
        return texts.changed(random, part)
    start, end = random.choice(found).span(1)
    value = random.choice([*_ATTRIBUTES, str(random.choice(NASTY))[:300]])
    return part[:start] + value.encode("utf-8", errors="replace").replace(b'"', b"&quot;") + part[end:]
