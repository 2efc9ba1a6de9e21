"""Taking a workbook apart: a zip of XML files, of which the few that are read are kept.

The library that reads workbooks takes the word of a file for much: for how many strings it holds, for what its
bytes mean, for where a part stands. So the parts are found here in the way it finds them, and each is looked at
before it is handed on: plain XML in UTF-8, of a size that can be held.
"""

from __future__ import annotations

import codecs
import io
import pathlib
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from staffing.files.text import read_content, refused

MAX_UNPACKED = 60_000_000
"""Most bytes of XML."""
BROKEN = "this is not a workbook, or a broken one: a workbook .xlsx is allowed"
UNUSUAL = "this workbook is written in an unusual way: open it in a spreadsheet and save it again"

_MAX_LISTING = 2_000_000
"""Most bytes of a part that only lists others."""
_MAX_SHEETS = 100
_PIECE = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_DECLARED = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)""")
_ENTITY = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)")
_UTF_8 = {b"utf-8", b"utf8", b"us-ascii", b"ascii"}


@dataclass(frozen=True, slots=True)
class Part:
    """A sheet as the workbook lists it.

    Attributes
    ----------
    name
        The name that people read.
    file
        The part that holds it.
    hidden
        Whether it is hidden.
    """

    name: str
    file: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Package:
    """A workbook taken apart.

    Attributes
    ----------
    sheets
        The sheets that are read: those whose names do not begin with ``_``.
    parts
        What there is to read, by the names of the parts in lower case.
    folder
        Where the parts of the workbook stand.
    """

    sheets: tuple[Part, ...]
    parts: Mapping[str, bytes]
    folder: str

    def packed(self) -> io.BytesIO:
        """Return the parts packed again, uncompressed: what was checked is what is opened."""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as plain:
            for name, xml in self.parts.items():
                plain.writestr(name, xml)
        made.seek(0)
        return made


def package(path: pathlib.Path) -> Package:
    """Take a workbook apart.

    Raises
    ------
    ScenarioError
        In one sentence, where it is no workbook, is broken, encrypted or too large.
    """
    content = read_content(path)
    if content.startswith(_OLE):
        raise refused(path, "this workbook is encrypted, or of the old kind .xls: save it as .xlsx without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = dict(_unpacked(packed, path))
        return _package(parts, path)
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, OSError, LookupError, ValueError):
        raise refused(path, BROKEN) from None
    except NotImplementedError:  # a way of packing that zipfile does not know
        raise refused(path, UNUSUAL) from None
    except RuntimeError:  # what zipfile raises for a password
        raise refused(path, "this workbook is encrypted: save it without a password") from None


def _unpacked(packed: zipfile.ZipFile, path: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """Yield the XML of each part. A zip's directory may lie about sizes; reading by the piece stops at what it says."""
    wanted = [part for part in packed.infolist() if part.filename.lower().endswith((".xml", ".rels"))]
    names = [part.filename.replace("\\", "/").lower() for part in wanted]
    if sum(part.file_size for part in wanted) > MAX_UNPACKED:
        raise refused(path, f"this workbook is too large: at most {MAX_UNPACKED // 10**6} MB unpacked are allowed")
    if len(set(names)) < len(names):
        raise refused(path, UNUSUAL)
    for name, part in zip(names, wanted, strict=True):
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refused(path, UNUSUAL)
        with packed.open(part) as file:
            pieces = []
            while piece := file.read(_PIECE):
                pieces.append(piece)
        yield name, b"".join(pieces)


def _package(parts: Mapping[str, bytes], path: pathlib.Path) -> Package:
    """Return the parts that are read, each checked."""
    top = "_rels/.rels"
    kept = {top: _sound(parts[top], path)}
    folder = _folder(kept[top], path)
    book, links = f"{folder}workbook.xml", f"{folder}_rels/workbook.xml.rels"
    kept |= {name: _sound(parts[name], path) for name in (book, links)}
    sheets = _sheets(kept[book], kept[links], folder, path)
    listed = [f"{folder}sharedstrings.xml", f"{folder}styles.xml", *(sheet.file for sheet in sheets)]
    for name in listed[:2]:
        if name in parts:
            kept[name] = _sound(parts[name], path)
    kept |= {name: _sound(parts[name], path) for name in listed[2:]}
    return Package(sheets, kept, folder)


def _sound(xml: bytes, path: pathlib.Path) -> bytes:
    """Return the XML, or raise an error for what different readers would read in different ways."""
    declared = _DECLARED.match(xml)
    if declared and declared[1].lower() not in _UTF_8:
        raise refused(path, UNUSUAL)
    # entities, comments and CDATA; UTF-16
    if b"<!" in xml or _ENTITY.search(xml) or xml.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refused(path, UNUSUAL)
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(xml), _PIECE):  # by the piece, as text may take four times the room
        decoder.decode(xml[start : start + _PIECE])
    decoder.decode(b"", final=True)
    return xml


def _elements(xml: bytes, name: str, path: pathlib.Path) -> list[dict[str, str]]:
    """Return the attributes of all elements of a name, whatever the namespaces are called."""
    if len(xml) > _MAX_LISTING:
        raise refused(path, f"this workbook is too large: at most {_MAX_LISTING // 10**6} MB of names are allowed")
    found: list[dict[str, str]] = []

    def start(element: str, attributes: dict[str, str]) -> None:
        if _local(element) == name:
            found.append({_local(key): value for key, value in attributes.items()})

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = start
    parser.Parse(xml, True)
    return found


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _folder(links: bytes, path: pathlib.Path) -> str:
    """Return the folder of the main part of a package."""
    targets = [
        link.get("Target", "")
        for link in _elements(links, "Relationship", path)
        if link.get("Type", "").endswith("/relationships/officeDocument")
    ]
    before, slash, _ = targets[-1].rpartition("/")
    return f"{before}{slash}".removeprefix("/").lower()


def _sheets(book: bytes, links: bytes, folder: str, path: pathlib.Path) -> tuple[Part, ...]:
    """Return the sheets that are read, each with the part that holds it."""
    files = {link.get("Id"): link.get("Target", "") for link in _elements(links, "Relationship", path)}
    found = []
    for sheet in _elements(book, "sheet", path):
        if (name := sheet.get("name", "")).strip().startswith("_"):
            continue
        target = files[sheet["id"]]
        file = target[1:] if target.startswith("/") else folder + target
        found.append(Part(name, file.lower(), sheet.get("state", "visible") != "visible"))
    if len(found) > _MAX_SHEETS:
        raise refused(path, f"this workbook has too many sheets: at most {_MAX_SHEETS} are allowed")
    if len({sheet.name for sheet in found}) < len(found):
        raise refused(path, UNUSUAL)
    return tuple(found)
