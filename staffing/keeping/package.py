"""A workbook as the zip of parts that it is: parts are read, changed or added, and all others copied byte for byte."""

from __future__ import annotations

import io
import pathlib
import posixpath
import re
import zipfile
import zlib
from xml.etree import ElementTree

from staffing.files.text import read_content
from staffing.keeping.change import UnusualFileError

_MOST = 500_000_000
"""Most bytes of all parts, unpacked."""
_SPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_DAYS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
"""Formats of days that every spreadsheet knows by number."""
_AFTER_SHEETS = ("sheets", "functionGroups", "externalReferences", "definedNames")
"""What may stand before the settings of reckoning."""


class Package:
    """A workbook whose parts can be changed.

    Raises
    ------
    UnusualFileError
        Where it is not put together as spreadsheets do.
    """

    def __init__(self, path: pathlib.Path) -> None:
        try:
            with zipfile.ZipFile(io.BytesIO(read_content(path))) as packed:
                self.infos = packed.infolist()
                if sum(info.file_size for info in self.infos) > _MOST:
                    raise UnusualFileError
                self.parts = {info.filename: packed.read(info) for info in self.infos}
            self.book = next(name for name in self.parts if name.rpartition("/")[2] == "workbook.xml")
            self.links = ElementTree.fromstring(self.parts[_rels(self.book)])
            self.tree = ElementTree.fromstring(self.parts[self.book])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, RuntimeError, StopIteration):
            raise UnusualFileError from None
        except (ElementTree.ParseError, NotImplementedError):
            raise UnusualFileError from None
        if len(self.parts) != len(self.infos):
            raise UnusualFileError

    def sheets(self) -> dict[str, str]:
        """Return the part of each sheet by the sheet's name."""
        targets = {link.get("Id"): self._target(self.book, link.get("Target", "")) for link in self.links}
        found = self.tree.iter(f"{_SPACE}sheet")
        return {sheet.get("name", ""): targets.get(sheet.get(f"{{{_LINKS}}}id"), "") for sheet in found}

    def tables(self, sheet: str) -> list[str]:
        """Return the parts of the tables (as spreadsheets use the word) that lie on a sheet."""
        if _rels(sheet) not in self.parts:
            return []
        links = ElementTree.fromstring(self.parts[_rels(sheet)])
        tables = (link.get("Target", "") for link in links if link.get("Type", "").endswith("/table"))
        return [self._target(sheet, target) for target in tables]

    @staticmethod
    def _target(part: str, target: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(part), target) if target[:1] != "/" else target[1:])

    def day_styles(self) -> frozenset[str]:
        """Return the numbers of the cell styles that show a number as a day."""
        part = next((name for name in self.parts if name.rpartition("/")[2] == "styles.xml"), None)
        if part is None:
            return frozenset()
        tree = ElementTree.fromstring(self.parts[part])
        own = {form.get("numFmtId"): form.get("formatCode", "") for form in tree.iter(f"{_SPACE}numFmt")}
        cells = tree.find(f"{_SPACE}cellXfs")
        styles = [] if cells is None else [style.get("numFmtId", "0") for style in cells]
        return frozenset(
            str(number)
            for number, form in enumerate(styles)
            if (form.isdecimal() and int(form) in _DAYS) or _shows_day(own.get(form, ""))
        )

    @property
    def first_day(self) -> int:
        """Number of the day that days are counted from: 0, or 1462 in a workbook of the 1904 date system."""
        settings = self.tree.find(f"{_SPACE}workbookPr")
        return 1462 if settings is not None and settings.get("date1904") in ("1", "true") else 0

    def add_worked(self, xml: bytes) -> str:
        """Add a sheet after the others and return its part."""
        folder = posixpath.dirname(self.book)
        number = next(n for n in range(1, 10_000) if f"{folder}/worksheets/sheet{n}.xml" not in self.parts)
        part = f"{folder}/worksheets/sheet{number}.xml".lstrip("/")
        self.parts[part] = xml
        link = next(f"rId{n}" for n in range(1, 10_000) if all(one.get("Id") != f"rId{n}" for one in self.links))
        ids = [int(sheet.get("sheetId", "0")) for sheet in self.tree.iter(f"{_SPACE}sheet")]
        entry = f' xmlns:r="{_LINKS}" name="worked" sheetId="{max(ids, default=0) + 1}" r:id="{link}"/>'
        self._insert(self.book, "sheets", "sheet" + entry)
        kind = f' Id="{link}" Type="{_LINKS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        self._insert(_rels(self.book), "Relationships", "Relationship" + kind)
        self._insert("[Content_Types].xml", "Types", f'Override PartName="/{part}" ContentType="{_SHEET_TYPE}"/>')
        return part

    def _insert(self, part: str, around: str, entry: str) -> None:
        """Insert an element at the end of its parent, with the parent's prefix."""
        found = re.search(rb"</(\w+:)?" + around.encode() + rb"\s*>", self.parts.get(part, b""))
        if found is None:
            raise UnusualFileError
        prefix, xml = found[1] or b"", self.parts[part]
        self.parts[part] = xml[: found.start()] + b"<" + prefix + entry.encode() + xml[found.start() :]

    def reckon_when_opened(self) -> None:
        """Make spreadsheets calculate all formulas again when they open the workbook."""
        xml = self.parts[self.book]
        if found := re.search(rb"<(?:\w+:)?calcPr\b[^>]*>", xml):
            tag = re.sub(rb'\s+fullCalcOnLoad="[^"]*"', b"", found[0])
            tag = re.sub(rb"(<(?:\w+:)?calcPr)", rb'\1 fullCalcOnLoad="1"', tag)
            self.parts[self.book] = xml[: found.start()] + tag + xml[found.end() :]
            return
        for around in reversed(_AFTER_SHEETS):
            if found := re.search(rb"</(\w+:)?" + around.encode() + rb"\s*>", xml):
                tag = b"<" + (found[1] or b"") + b'calcPr fullCalcOnLoad="1"/>'
                self.parts[self.book] = xml[: found.end()] + tag + xml[found.end() :]
                return

    def forget_order(self) -> None:
        """Remove the calculation order of formulas, which names one that is gone; spreadsheets create it again."""
        for part in [name for name in self.parts if name.rpartition("/")[2] == "calcChain.xml"]:
            del self.parts[part]
            self._leave_out(_rels(self.book), b"Relationship", rb'Target="[^"]*calcChain\.xml"')
            self._leave_out("[Content_Types].xml", b"Override", rb'PartName="[^"]*calcChain\.xml"')

    def _leave_out(self, part: str, name: bytes, marked: bytes) -> None:
        self.parts[part] = re.sub(rb"<(?:\w+:)?" + name + rb"\b[^>]*" + marked + rb"[^>]*/>", b"", self.parts[part])

    def content(self) -> bytes:
        """Return the workbook, its parts packed again."""
        made = io.BytesIO()
        old = {info.filename: info for info in self.infos}
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for name, part in self.parts.items():
                info = old.get(name, zipfile.ZipInfo(name))
                kind = info.compress_type if name in old else zipfile.ZIP_DEFLATED
                copy = zipfile.ZipInfo(name, info.date_time)
                copy.external_attr = info.external_attr
                packed.writestr(copy, part, kind)
        return made.getvalue()


def _rels(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")


def _shows_day(form: str) -> bool:
    """Return whether a number format shows days: it has a y or a d outside quotes and brackets."""
    return re.search("[yd]", re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form).casefold()) is not None
