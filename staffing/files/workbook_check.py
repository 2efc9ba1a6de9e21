"""Looking at a workbook before it is opened, so that a bomb or a broken file is refused while that is cheap.

A workbook is a zip of XML files. It is taken apart here, with a limit on what comes out, and only its XML is put
together again, uncompressed: what was checked is what is opened. A sheet with two cells far apart would be opened
as all the cells between them, so cells are looked at as well; and formulas that were never reckoned, or failed,
which would read as blank cells.
"""

from __future__ import annotations

import io
import pathlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree

from staffing.files.text import read_content, refused

MAX_UNPACKED = 60_000_000
"""Most bytes of XML."""
MAX_CELLS = 500_000
"""Most cells of a sheet."""
MAX_AREA = 5_000_000
"""Most cells of the rectangle that a sheet is opened as."""

_PIECE = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_BROKEN = "this is not a workbook, or a broken one: a workbook .xlsx is allowed"
_UNUSUAL = "this workbook is written in an unusual way: open it in a spreadsheet and save it again"
_FAILED = "this formula gives an error: mend it"
_UNRECKONED = "this formula has no result yet: open the workbook in a spreadsheet and save it"

_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL = re.compile(
    rb'<(?:\w+:)?c\s+r="(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})"(?P<rest>(?:[^<>"]|"[^"<]*+")*+)>'
    rb"(?P<formula>\s*<(?:\w+:)?f[\s/>](?:[^<]*+</(?:\w+:)?f>)?\s*"
    rb"(?P<blank>(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>)?)?"
)
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

Flaw = tuple[int, int, str]
"""Row, column and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Workbook:
    """What is left of a workbook to open.

    Attributes
    ----------
    content
        Its XML as a zip, safe to open.
    flaws
        For each sheet, by name, the cells that would read as blank though they are not.
    """

    content: io.BytesIO
    flaws: Mapping[str, list[Flaw]]


def checked_workbook(path: pathlib.Path) -> Workbook:
    """Check a workbook, and give what is safe to open.

    Raises
    ------
    ScenarioError
        In one sentence, where it is no workbook, is broken, encrypted or too large, or has cells far apart.
    """
    content = read_content(path)
    if content.startswith(_OLE):
        raise refused(path, "this workbook is encrypted, or of the old kind .xls: save it as .xlsx without a password")
    made = io.BytesIO()
    parts: dict[str, list[Flaw]] = {}
    lists: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as plain:
            for name, xml in _unpacked(packed, path):
                parts[name] = _flaws(name, xml, path)
                plain.writestr(name, xml)
                lists |= {name.rpartition("/")[2]: xml} if "workbook.xml" in name else {}
        names = _names(lists["workbook.xml"], lists["workbook.xml.rels"])
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, SyntaxError, NotImplementedError):
        raise refused(path, _BROKEN) from None
    except RuntimeError:  # what zipfile raises for a password
        raise refused(path, "this workbook is encrypted: save it without a password") from None
    made.seek(0)
    found = {name: next((parts[part] for part in parts if part.endswith(file)), []) for name, file in names.items()}
    return Workbook(made, found)


def _unpacked(packed: zipfile.ZipFile, path: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """Unpack the XML. The directory of a zip may lie about sizes; reading by the piece stops where it says."""
    wanted = {part.filename: part for part in packed.infolist() if part.filename.lower().endswith((".xml", ".rels"))}
    if sum(part.file_size for part in wanted.values()) > MAX_UNPACKED:
        raise refused(path, f"this workbook is too large: at most {MAX_UNPACKED // 10**6} MB unpacked are allowed")
    for name, part in wanted.items():
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(path, _UNUSUAL)
        with packed.open(part) as file:
            pieces = []
            while piece := file.read(_PIECE):
                pieces.append(piece)
        yield name, b"".join(pieces)


def _flaws(name: str, xml: bytes, path: pathlib.Path) -> list[Flaw]:
    """Refuse a part that would be costly to open; give the cells of it that would be read wrongly."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(path, _UNUSUAL)
    if name.lower().endswith("calcchain.xml"):  # its cells are only names of cells
        return []
    count = sum(1 for _ in zip(_ANY_CELL.finditer(xml), range(MAX_CELLS + 1), strict=False))
    if count > MAX_CELLS:
        raise refused(path, f"this workbook is too large: at most {MAX_CELLS:,} cells of a sheet are allowed")
    flaws: list[Flaw] = []
    width = height = cells = 0
    for found in _CELL.finditer(xml):
        cells += 1
        rest = found["rest"]
        if rest.endswith(b"/"):
            continue
        row, column = int(found["row"]), _number(found["column"])
        width, height = max(width, column), max(height, row)
        if width * height > MAX_AREA:
            far = (found["column"] + found["row"]).decode()
            raise refused(path, f"the cell {far} stands far away from the others: clear what is around it")
        if b' t="e"' in rest:
            flaws.append((row, column, _FAILED))
        elif found["blank"] and b' t="str"' not in rest:  # which would be a formula that gives an empty text
            flaws.append((row, column, _UNRECKONED))
    if cells != count:
        raise refused(path, _UNUSUAL)
    return flaws


def _number(column: bytes) -> int:
    number = 0
    for letter in column:
        number = number * 26 + letter - ord("A") + 1
    return number


def _names(sheets: bytes, links: bytes) -> dict[str, str]:
    """Tell the file of each sheet, by its name."""
    files = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(links)}
    found = ElementTree.fromstring(sheets).iter(f"{_SPACE}sheet")
    return {sheet.get("name", ""): files[sheet.get(_LINK)].lstrip("/") for sheet in found}
