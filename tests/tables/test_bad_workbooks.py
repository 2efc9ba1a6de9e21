"""Broken and hostile workbooks are refused in one sentence, soon, and in little memory."""

from __future__ import annotations

import io
import re
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from .sheets import SMALL, rezipped, told, workbook

SHEET = "xl/worksheets/sheet2.xml"
UNUSUAL = "this workbook is written in an unusual way: open it in a spreadsheet and save it again"
NO_NAME = "this stands in a column without a name: name it in the first row, or begin its name with _ for notes"


def changed(path: Path, old: bytes, new: bytes, name: str = SHEET) -> Path:
    """Write a small workbook with a part changed."""

    def change(part: str, xml: bytes) -> bytes:
        return re.sub(old, lambda _: new, xml, count=1) if part == name else xml

    return rezipped(workbook(path, SMALL), change)


def bomb(path: Path) -> Path:
    return changed(path, b"</sheetData>", b"</sheetData>" + b" " * 300_000_000)


def lying_bomb(path: Path) -> Path:
    """Write a workbook whose directory says that the largest part is small."""
    content = bytearray(bomb(path).read_bytes())
    at = content.index(b"PK\x01\x02")
    while content[at : at + 4] == b"PK\x01\x02":
        size, name, extra, comment = struct.unpack_from("<xxxxIHHH", content, at + 20)
        if size > 1_000_000:
            struct.pack_into("<I", content, at + 24, 1000)
        at += 46 + name + extra + comment
    path.write_bytes(content)
    return path


def many_cells(path: Path) -> Path:
    row = b"<row>" + b'<c r="A1"/>' * 1_000_000 + b"</row>"
    return changed(path, b"<sheetData>", b"<sheetData>" + row)


def far_cell(path: Path) -> Path:
    return changed(path, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def nameless_cells(path: Path) -> Path:
    return changed(path, b'<c r="A1"', b"<c")


def entities(path: Path) -> Path:
    return changed(path, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet')


STRINGS = "xl/sharedStrings.xml"


def counted(path: Path) -> Path:
    """Write a workbook that claims to have more texts than memory can hold."""
    return changed(path, b'uniqueCount="[0-9]*"', b'uniqueCount="99999999999"', STRINGS)


def counted_in_another_way(path: Path) -> Path:
    return changed(path, b"<sst [^>]*>", b"<x:sst uniqueCount = '9999999999999999999999999'>", STRINGS)


def many_texts(path: Path) -> Path:
    return changed(path, b"</sst>", b"<si/>" * 1_000_001 + b"</sst>", STRINGS)


def many_tags(path: Path) -> Path:
    return changed(path, b"<sheetData>", b"<a/>" * 5_000_001 + b"<sheetData>")


def many_merged(path: Path) -> Path:
    merged = b'<mergeCell ref="A1"/>' * 100_001
    return changed(path, b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")


def many_names(path: Path) -> Path:
    return changed(path, b"<sheets>", b"<a>" * 1_000_000 + b"<sheets>", "xl/workbook.xml")


def far_cells_of_many_sheets(path: Path) -> Path:
    """Each sheet has an area that would be allowed, all together not."""
    far = b'<row r="400000"><c r="J400000"><v>1</v></c></row></sheetData>'
    book = workbook(path, {**SMALL, "ideas": ((1,),)})
    return rezipped(book, lambda part, xml: xml.replace(b"</sheetData>", far) if "worksheets" in part else xml)


def twice(path: Path) -> Path:
    """A part twice, in capitals and small letters."""
    content = workbook(path, SMALL)
    with zipfile.ZipFile(content, "a") as file:
        file.writestr("XL/Workbook.xml", "<a/>")
    return path


def no_such_part(path: Path) -> Path:
    return changed(path, b'Target="worksheets/sheet2.xml"', b'Target="elsewhere.xml"', "xl/_rels/workbook.xml.rels")


def half(path: Path) -> Path:
    content = workbook(path, SMALL).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def damaged(path: Path) -> Path:
    content = bytearray(workbook(path, SMALL).read_bytes())
    content[200:260] = bytes(60)
    path.write_bytes(content)
    return path


def broken_xml(path: Path) -> Path:
    return changed(path, b"</sheetData>", b"</she")


def no_sheets(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("hello.xml", "<a/>")
    return path


def encrypted(path: Path) -> Path:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000))
    return path


def with_a_password(path: Path) -> Path:
    content = workbook(path, SMALL).read_bytes()
    found = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for match in re.finditer(mark, content):
            found[match.start() + at] |= 1
    path.write_bytes(found)
    return path


def text(path: Path) -> Path:
    path.write_text("id,role\n")
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


CASES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "bomb": (bomb, "at most 60 MB unpacked"),
    "lying bomb": (lying_bomb, "broken one"),
    "many cells": (many_cells, "at most 500,000 cells"),
    "far cell": (far_cell, "the cell XFD1048576 stands far away"),
    "nameless cells": (nameless_cells, "an unusual way"),
    "entities": (entities, "an unusual way"),
    "counted": (counted, "an unusual way"),
    "counted in another way": (counted_in_another_way, "an unusual way"),
    "many texts": (many_texts, "at most 1,000,000 texts"),
    "many tags": (many_tags, "at most 500,000 cells"),
    "many merged": (many_merged, "at most 500,000 cells"),
    "many names": (many_names, "at most 2 MB of names"),
    "far cells of many sheets": (far_cells_of_many_sheets, "stands far away"),
    "twice": (twice, "an unusual way"),
    "no such part": (no_such_part, "broken one"),
    "half": (half, "broken one"),
    "damaged": (damaged, "broken"),
    "broken xml": (broken_xml, "broken"),
    "no sheets": (no_sheets, "broken one"),
    "encrypted": (encrypted, "encrypted"),
    "with a password": (with_a_password, "encrypted"),
    "text": (text, "not a workbook"),
    "empty": (empty, "not a workbook"),
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return the workbook of a case, written once, for bombs take long to pack."""
    return cache(lambda name: CASES[name][0](tmp_path_factory.mktemp("book") / "team.xlsx"))


@pytest.mark.parametrize("name", CASES)
def test_it_is_refused_in_one_sentence(name: str, book: Callable[[str], Path]) -> None:
    (mistake,) = told(book(name))
    assert mistake.startswith("team.xlsx: ")
    assert CASES[name][1] in mistake


READ = """
import pathlib, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (500_000_000, 500_000_000))
from staffing.errors import ScenarioError
from staffing.files.workbook import workbook_tree
start = time.process_time()
try:
    workbook_tree(pathlib.Path(sys.argv[1]))
except ScenarioError:
    print(time.process_time() - start)
"""


@pytest.mark.parametrize(
    "name",
    ["bomb", "lying bomb", "many cells", "far cell", "counted", "many texts", "many tags", "many merged", "many names"],
)
def test_it_is_refused_in_two_seconds_and_500_mb(name: str, book: Callable[[str], Path]) -> None:
    """Measured in a process of its own, in seconds of its processor."""
    done = subprocess.run([sys.executable, "-c", READ, str(book(name))], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert float(done.stdout) < 2


PARTS = ("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", SHEET, STRINGS, "xl/styles.xml")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("encoding", ["nan", "utf-16", "utf-7", "windows-1252", "ebcdic"])
def test_another_encoding_is_refused_in_every_part(tmp_path: Path, part: str, encoding: str) -> None:
    path = changed(tmp_path / "team.xlsx", b'encoding="UTF-8"', f'encoding="{encoding}"'.encode(), part)
    assert told(path) == [f"team.xlsx: {UNUSUAL}"]


@pytest.mark.parametrize("part", PARTS)
def test_what_is_not_utf_8_is_refused_in_every_part(tmp_path: Path, part: str) -> None:
    path = rezipped(workbook(tmp_path / "team.xlsx", SMALL), lambda name, xml: xml + b"\xff" if name == part else xml)
    (mistake,) = told(path)
    assert "broken" in mistake


def test_a_part_that_is_not_read_may_be_written_in_any_way(tmp_path: Path) -> None:
    path = changed(tmp_path / "team.xlsx", b'encoding="UTF-8"', b'encoding="nan"', "docProps/app.xml")
    assert told(path) == []


@pytest.mark.parametrize(
    "cell",
    [
        b"<c r=\"A2\" t='e'><v>#REF!</v></c>",
        b'<c r="A2"><v><![CDATA[5]]></v></c>',
        b'<c r="A2"><v>5<!-- or -->6</v></c>',
        b'<c r="A2"><v>&five;</v></c>',
        b'<c r="A2"><v>5</v><f>2+3</f></c>',
        b'<c r="A2"><v>5</v><v>6</v></c>',
        b'<c r="A2" t="s"><v>-1</v></c>',
        b'<c r="A2" s="1"><v>nan</v></c>',
    ],
)
def test_a_cell_that_would_be_read_wrongly_in_silence_is_refused(tmp_path: Path, cell: bytes) -> None:
    path = changed(tmp_path / "team.xlsx", rb'<c r="A2"[^>]*><v>[0-9]*</v></c>', cell)
    assert told(path) == [f"team.xlsx: {UNUSUAL}"]


@pytest.mark.parametrize("space", ["xmlns:r", "xmlns:q"])
@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (b'<c r="A2" t="e"><v>#REF!</v></c>', "an error stands here in place of a value: mend it"),
        (b'<c r="A2" t="e"><f>NA()</f><v>#N/A</v></c>', "this formula gives an error: mend it"),
        (b'<c r="A2" t="e"><f>NA()</f><v>#SPILL!</v></c>', "this formula gives an error: mend it"),
        (b'<c r="A2"><f>1+1</f></c>', "this formula has no result yet: open the workbook in a spreadsheet and save it"),
    ],
)
def test_a_strict_workbook_is_looked_at_as_any_other(
    tmp_path: Path, cell: bytes, says: str, strict: bool, space: str
) -> None:
    path = changed(tmp_path / "team.xlsx", rb'<c r="A2"[^>]*><v>[0-9]*</v></c>', cell)
    head = b"http://schemas.openxmlformats.org/"

    def change(_: str, xml: bytes) -> bytes:
        if strict:
            xml = xml.replace(head + b"spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            xml = xml.replace(head + b"officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument")
        prefix = space.partition(":")[2].encode()
        return xml.replace(b"xmlns:r=", b"xmlns:" + prefix + b"=").replace(b" r:id=", b" " + prefix + b":id=")

    assert told(rezipped(path, change)) == [f"team.xlsx: staff!A2: {says}"]


def test_a_date_of_a_strict_workbook_is_a_date(tmp_path: Path) -> None:
    path = changed(
        tmp_path / "team.xlsx", b"</row></sheetData>", b'<c r="C2" t="d"><v>2026-01-05</v></c></row></sheetData>'
    )
    assert told(path) == [f"team.xlsx: staff!C2: staff: {NO_NAME}"]


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (b'<c r="A2"><f>1+1</f></c>', "this formula has no result yet: open the workbook in a spreadsheet and save it"),
        (
            b'<c r="A2"><f>1+1</f><v></v></c>',
            "this formula has no result yet: open the workbook in a spreadsheet and save it",
        ),
        (b'<c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "this formula gives an error: mend it"),
    ],
)
def test_a_formula_without_a_result_is_told_with_its_cell(tmp_path: Path, cell: bytes, says: str) -> None:
    path = changed(tmp_path / "team.xlsx", rb'<c r="A2"[^>]*><v>[0-9]*</v></c>', cell)
    assert told(path) == [f"team.xlsx: staff!A2: {says}"]


def test_an_empty_result_is_blank_and_a_result_is_read(tmp_path: Path) -> None:
    path = changed(
        tmp_path / "team.xlsx",
        rb'<c r="A2"[^>]*><v>[0-9]*</v></c>',
        b'<c r="A2" t="str"><f>"sa"&amp;"ra"</f><v>sara</v></c><c r="C2" t="str"><f>""</f><v></v></c>',
    )
    assert told(path) == []


def test_a_flaw_in_a_sheet_that_is_not_read_is_none(tmp_path: Path) -> None:
    book = workbook(tmp_path / "team.xlsx", {**SMALL, "_sums": ((1,),)})

    def change(part: str, xml: bytes) -> bytes:
        return xml.replace(b"<v>1</v>", b"<f>1+1</f>") if part == "xl/worksheets/sheet3.xml" else xml

    assert told(rezipped(book, change)) == []


def test_a_panic_of_the_library_is_a_broken_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Panic(BaseException):
        pass

    def panic(_: io.BytesIO) -> Any:
        raise Panic

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", panic, raising=True)
    (mistake,) = told(workbook(tmp_path / "team.xlsx", SMALL))
    assert "this workbook is broken" in mistake


def test_what_is_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    path = rezipped(workbook(tmp_path / "team.xlsx", SMALL), lambda _, xml: xml, zipfile.ZIP_BZIP2)
    assert told(path) == [f"team.xlsx: {UNUSUAL}"]
