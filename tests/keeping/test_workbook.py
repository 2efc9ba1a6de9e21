"""In a workbook only cells of two sheets change; what a library would lose stays byte for byte."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it carries no types
from tables.sheets import rezipped

from staffing.cli.init import STARTERS
from staffing.files.workbook import workbook_sheets
from staffing.keeping.change import UnusualFileError
from staffing.keeping.package import Package
from staffing.keeping.sheet_xml import SheetXml, column_number, letters

from .worlds import noted, put

DAY = dt.date(2026, 1, 6)
FIRST, SECOND = "build ann 2026-01-06 8", "build ann 2026-01-07 7"
MORE = "build ann 2026-01-08 1.5"
_Add = Callable[[Any, dict[str, Any]], None]


def nothing(book: Any, sheets: dict[str, Any]) -> None:
    """Add nothing."""


def team(path: Path, add: _Add = nothing, heads: bool = True, rows: Iterable[tuple[Any, ...]] = ()) -> Path:
    """Write a workbook the way an agency does, with colours, a comment and a formula."""
    with xlsxwriter.Workbook(path) as book:
        day, red, bold = (
            book.add_format(form) for form in ({"num_format": "dd/mm/yy"}, {"bg_color": "#FF0000"}, {"bold": True})
        )
        sheets = {name: book.add_worksheet(name) for name in ("settings", "staff", "clients", "tasks")}
        lines = ([("key", "value")] if heads else []) + [("start", dt.date(2026, 1, 5)), ("weeks", 8)]
        for number, (key, value) in enumerate(lines):
            sheets["settings"].write(number, 0, key, bold)
            if isinstance(value, dt.date):
                sheets["settings"].write_datetime(number, 1, value, day)
            else:
                sheets["settings"].write(number, 1, value)
        sheets["staff"].write_row(0, 0, ("id", "role", "_phone"), bold)
        sheets["staff"].write_row(1, 0, ("ann", "project_manager", "0123"), red)
        sheets["staff"].write_comment("A2", "part-time from May on")
        sheets["clients"].write_column(0, 0, ("id", "nova"))
        sheets["tasks"].write_row(0, 0, ("id", "kind", "client", "hours"))
        sheets["tasks"].write_row(1, 0, ("build", "tactical", "nova"))
        sheets["tasks"].write_formula(1, 3, "=80*2", None, 160)
        if rows:
            sheets["worked"] = sheet = book.add_worksheet("Worked")
            for number, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if isinstance(value, dt.date):
                        sheet.write_datetime(number, column, value, day)
                    elif isinstance(value, str) and value.startswith("="):
                        sheet.write_formula(number, column, value, None, 1)
                    elif value is not None:
                        sheet.write(number, column, value)
        add(book, sheets)
    return path


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def cells(path: Path, name: str) -> list[tuple[Any, ...]]:
    """Read the rows of a sheet, those without anything too."""
    found = next(sheet for sheet, _ in workbook_sheets(path) if sheet.name == name)
    return [tuple(cell and str(cell.value) for cell in row) for row in found.rows]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "team.xlsx"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.xlsx"


ROWS = (
    ("Task", "Staff", "Date", "Hours", "_note", "_twice"),
    ("build", "ann", dt.date(2025, 12, 30), 2, "before", "=D2*2"),
    ("build", "ann", DAY, 9, "rain", "=D3*2"),
    ("build", "ann", dt.date(2026, 1, 9), 7, None, "=D4*2"),
    ("build", "ann", dt.date(2026, 1, 10), 7, "gone?", None),
)
BEFORE = "build ann 2025-12-30 2"


def test_a_sheet_is_made_and_all_else_stays_byte_for_byte(source: Path, out: Path) -> None:
    put(team(source), out, FIRST, SECOND)
    assert cells(out, "worked") == [
        ("task", "staff", "date", "hours"),
        ("build", "ann", "2026-01-06", "8"),
        ("build", "ann", "2026-01-07", "7"),
    ]
    assert cells(out, "settings")[-1] == ("as_of", "2026-02-02")
    old, new = parts(source), parts(out)
    assert {name for name in new if old.get(name) != new[name]} == {
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "[Content_Types].xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet5.xml",
    }
    assert old.keys() <= new.keys()


def test_days_are_days_and_heads_look_like_the_others(source: Path, out: Path) -> None:
    put(team(source), out, FIRST)
    package = Package(out)
    (day,) = package.day_styles()
    sheet = parts(out)["xl/worksheets/sheet5.xml"].decode()
    assert f'<c r="C2" s="{day}"><v>46028</v></c>' in sheet
    head = SheetXml(parts(out)["xl/worksheets/sheet2.xml"]).style_of(1, 1)
    assert f'<c r="A1" s="{head}" t="inlineStr">' in sheet  # as the heads of staff
    assert re.search(rf'<c r="B4" s="{day}"><v>46055</v></c>', parts(out)["xl/worksheets/sheet1.xml"].decode())


def test_formulas_are_asked_to_be_reckoned_anew(source: Path, out: Path) -> None:
    put(team(source), out, FIRST)
    assert b'<calcPr fullCalcOnLoad="1"' in parts(out)["xl/workbook.xml"]
    rezipped(source, lambda name, xml: re.sub(rb"<calcPr[^>]*>", b"", xml))
    put(source, out, FIRST)
    assert b'</sheets><calcPr fullCalcOnLoad="1"/>' in parts(out)["xl/workbook.xml"]


def test_rows_are_mended_dropped_and_added_beside_notes_and_formulas(source: Path, out: Path) -> None:
    team(source, rows=ROWS)
    put(source, out, BEFORE, FIRST, SECOND, MORE)
    assert cells(out, "Worked") == [
        ("Task", "Staff", "Date", "Hours", "_note", "_twice"),
        ("build", "ann", "2025-12-30", "2", "before", "1"),
        ("build", "ann", "2026-01-06", "8", "rain", "1"),  # mended
        ("build", "ann", "2026-01-07", "7", None, "1"),  # in the place of one that is gone
        (None, None, None, None, "gone?", None),  # a note is never put beside other work
        ("build", "ann", "2026-01-08", "1.5", None, None),
    ]
    assert parts(out)["xl/worksheets/sheet5.xml"].count(b"<f>") == 3
    put(out, out.with_name("again.xlsx"), BEFORE, FIRST, SECOND, MORE)
    assert parts(out.with_name("again.xlsx")) == parts(out)


def test_a_table_of_the_spreadsheet_grows_with_its_rows(source: Path, out: Path) -> None:
    def add(book: Any, sheets: dict[str, Any]) -> None:
        heads = [{"header": head} for head in ROWS[0]]
        sheets["worked"].add_table(0, 0, len(ROWS) - 1, len(heads) - 1, {"columns": heads})

    put(team(source, add, rows=ROWS), out, BEFORE, FIRST, SECOND, MORE)
    assert parts(out)["xl/tables/table1.xml"].count(b'ref="A1:F6"') == 2


def test_a_column_that_is_missing_is_put_behind_the_others(source: Path, out: Path) -> None:
    team(source, rows=[("task", "staff", "week", "hours", "_note"), ("build", "ann", 1, 8, "rain")])
    put(source, out, "build ann 1 8", FIRST)
    assert cells(out, "Worked") == [
        ("task", "staff", "week", "hours", "_note", "date"),
        ("build", "ann", "1", "8", "rain", None),
        ("build", "ann", None, "8", None, "2026-01-06"),
    ]


def test_a_sheet_with_heads_alone_is_filled(source: Path, out: Path) -> None:
    put(team(source, rows=[("task", "staff", "date", "hours")]), out, FIRST)
    assert cells(out, "Worked")[1:] == [("build", "ann", "2026-01-06", "8")]
    put(team(source, lambda book, sheets: book.add_worksheet("worked")), out, FIRST, "build ann 2 8")
    assert cells(out, "worked") == [
        ("task", "staff", "date", "week", "hours"),
        ("build", "ann", "2026-01-06", None, "8"),
        ("build", "ann", None, "2", "8"),
    ]


def test_all_rows_may_go(source: Path, out: Path) -> None:
    put(team(source, rows=ROWS), out)
    assert [row[:4] for row in cells(out, "Worked")[1:]] == [(None,) * 4] * 4
    put(team(source), out)
    assert [sheet.name for sheet, _ in workbook_sheets(out)] == ["settings", "staff", "clients", "tasks"]


@pytest.mark.parametrize("heads", [True, False])
def test_the_day_is_set_where_it_stands_or_comes_last(source: Path, out: Path, heads: bool) -> None:
    put(team(source, heads=heads), out)
    assert cells(out, "settings")[-3:] == [("start", "2026-01-05"), ("weeks", "8"), ("as_of", "2026-02-02")]

    def add(book: Any, sheets: dict[str, Any]) -> None:
        sheets["settings"].write_row(6, 0, ("As of", "2026-01-12"), book.add_format({"num_format": "@"}))

    put(team(source, add, heads), out)
    assert cells(out, "settings")[-1] == ("As of", "2026-02-02")  # as text, as its user has it
    assert b"<v>46055</v>" not in parts(out)["xl/worksheets/sheet1.xml"]


def test_the_starter_workbook_is_filled(source: Path, out: Path) -> None:
    content = STARTERS[".xlsx"]()
    assert isinstance(content, bytes)
    source.write_bytes(content)
    put(source, out, "nova-plan sara 2026-01-06 8")
    assert cells(out, "worked")[1] == ("nova-plan", "sara", "2026-01-06", None, "8")
    old, new = parts(source), parts(out)
    assert len([name for name in new if old.get(name) != new[name]]) <= 3


def test_a_jalali_scenario_has_its_days_as_text(source: Path, out: Path) -> None:
    def add(book: Any, sheets: dict[str, Any]) -> None:
        sheets["settings"].write_row(3, 0, ("calendar.system", "jalali"))
        sheets["settings"].right_to_left()

    put(team(source, add), out, FIRST)
    assert cells(out, "worked")[1][2] == "1404-10-16"
    assert b'rightToLeft="1"' in parts(out)["xl/worksheets/sheet5.xml"]


def test_days_of_a_macintosh_are_counted_from_1904(source: Path, out: Path) -> None:
    with xlsxwriter.Workbook(source, {"date_1904": True}) as book:
        for name, rows in (
            ("settings", (("start", "2026-01-05"), ("weeks", 8))),
            ("staff", (("id", "role"), ("ann", "project_manager"))),
            ("clients", (("id",), ("nova",))),
            ("tasks", (("id", "kind", "client", "hours"), ("build", "tactical", "nova", 160))),
            ("worked", (("task", "staff", "date", "hours"), ("build", "ann", DAY, 8))),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    form = book.add_format({"num_format": 14}) if isinstance(value, dt.date) else None
                    sheet.write(number, column, value, form) if form is None else sheet.write_datetime(
                        number, column, value, form
                    )
    put(source, out, FIRST, SECOND)
    assert cells(out, "worked")[2][2] == "2026-01-07"


def test_formulas_that_look_at_the_rows_are_told(source: Path, out: Path) -> None:
    def add(book: Any, sheets: dict[str, Any]) -> None:
        book.add_worksheet("_sum").write_formula("A1", "=SUM(Worked!D:D)", None, 25)

    (note,) = noted(team(source, add, rows=ROWS), out, FIRST)[0]
    assert note.startswith("formulas that look at worked or settings have their old results until")


def test_pivot_tables_and_signatures_are_told(source: Path, out: Path) -> None:
    team(source)
    with zipfile.ZipFile(source, "a") as packed:
        packed.writestr("xl/pivotTables/pivotTable1.xml", "<pivotTableDefinition/>")
        packed.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    notes, _ = noted(source, out, FIRST)
    assert notes == (
        "pivot tables show the old hours until they are refreshed",
        "the file was signed, and the signature does not hold any more",
    )
    assert "xl/pivotTables/pivotTable1.xml" in parts(out)


def test_a_formula_that_is_replaced_leaves_the_order_of_reckoning(source: Path, out: Path) -> None:
    team(source, rows=[("task", "staff", "date", "hours"), ("build", "ann", DAY, "=1*1")])
    with zipfile.ZipFile(source, "a") as packed:
        packed.writestr("xl/calcChain.xml", '<calcChain><c r="D2" i="5"/></calcChain>')
    link = b'<Relationship Id="rId99" Type="calcChain" Target="calcChain.xml"/></Relationships>'
    kind = b'<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    rezipped(
        source,
        lambda name, xml: (
            xml.replace(b"</Relationships>", link)
            if name == "xl/_rels/workbook.xml.rels"
            else xml.replace(b"</Types>", kind)
        ),
    )
    put(source, out, FIRST)
    assert not [name for name, part in parts(out).items() if "calcChain" in name or b"calcChain" in part]
    put(source, out, "build ann 2026-01-06 1")
    assert "xl/calcChain.xml" in parts(out)


def test_a_formula_that_others_share_is_not_torn_out(source: Path, out: Path) -> None:
    team(source, rows=[("task", "staff", "date", "hours"), ("build", "ann", DAY, "=1*1")])
    rezipped(source, lambda name, xml: xml.replace(b"<f>1*1</f>", b'<f t="shared" ref="D2:D3" si="0">1*1</f>'))
    (note,) = noted(source, out, FIRST)[0]
    assert "is written anew" in note


def test_prefixes_of_names_are_kept(source: Path, out: Path) -> None:
    def prefixed(name: str, xml: bytes) -> bytes:
        if not name.startswith("xl/worksheets/sheet"):
            return xml
        xml = xml.replace(
            b'xmlns="http://schemas.openxmlformats.org/s', b'xmlns:x="http://schemas.openxmlformats.org/s'
        )
        return re.sub(rb"<(/?)(?!\?|/)(\w)", rb"<\1x:\2", xml)

    rezipped(team(source, rows=ROWS), prefixed)
    put(source, out, BEFORE, FIRST, SECOND, MORE)
    assert b"<x:is><x:t" in parts(out)["xl/worksheets/sheet5.xml"]


def test_a_workbook_put_together_strangely_is_written_anew(source: Path, out: Path) -> None:
    rezipped(team(source), lambda name, xml: xml.replace(b"</Types>", b"</Types >") if name[0] == "[" else xml)
    put(source, out, FIRST)
    rezipped(source, lambda name, xml: b"<Types/>" if name[0] == "[" else xml)
    (note,) = noted(source, out, FIRST)[0]
    assert "is written anew" in note


# ---------------------------------------------------------------------- the XML of a sheet

SHEET = (
    b'<worksheet xmlns="a"><dimension ref="A1:B2"/><cols><col min="2" max="3" style="4"/></cols><sheetData>'
    b'<row r="2" spans="1:2" ht="20"><c r="A2" s="1"/><c r="B2"><v>1</v></c></row><row r="5"/></sheetData></worksheet>'
)


def test_rows_and_cells_are_found_with_their_styles() -> None:
    sheet = SheetXml(SHEET)
    assert (sorted(sheet.rows), sheet.last_filled) == ([2, 5], 2)
    assert [sheet.style_of(2, column) for column in (1, 2, 3, 4)] == ["1", "4", "4", None]


def test_cells_are_put_in_their_order() -> None:
    sheet = SheetXml(SHEET)
    sheet.put(5, 3, "c")
    sheet.put(3, 1, "2.5", "number", "7")
    sheet.put(2, 1, "a <&> ترا _x0041_")
    sheet.put(2, 2, None)
    sheet.put(9, 28, "z")
    made = sheet.changed().decode()
    assert sheet.last_filled == 9
    assert '<dimension ref="A2:AB9"/>' in made
    rows = re.findall(r'<row r="(\d)"([^>]*)>(.*?)</row>', made)
    assert [row[:2] for row in rows] == [("2", ' ht="20"'), ("3", ""), ("5", ""), ("9", "")]
    assert rows[0][2] == (
        '<c r="A2" s="1" t="inlineStr"><is><t xml:space="preserve">a &lt;&amp;&gt; &#1578;&#1585;&#1575; '
        '_x005F_x0041_</t></is></c><c r="B2"/>'
    )
    assert rows[1][2] == '<c r="A3" s="7"><v>2.5</v></c>'


def test_nothing_put_is_nothing_changed() -> None:
    assert SheetXml(SHEET).changed() == SHEET


@pytest.mark.parametrize("empty", ["<sheetData/>", "<sheetData></sheetData>", "<sheetData />"])
def test_a_sheet_without_rows_gets_them(empty: str) -> None:
    sheet = SheetXml(f"<worksheet>{empty}</worksheet>".encode())
    sheet.put(1, 1, "1", "number")
    assert sheet.changed() == b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize("xml", ["", "<worksheet/>", "<worksheet><sheetData><row><c/></row></sheetData></worksheet>"])
def test_what_is_no_sheet_is_refused(xml: str) -> None:
    with pytest.raises(UnusualFileError):
        SheetXml(xml.encode())


def test_columns_have_names_and_numbers() -> None:
    assert [letters(number) for number in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]
    assert [column_number(name) for name in ("A", "Z", "AA", "AAA")] == [1, 26, 27, 703]
