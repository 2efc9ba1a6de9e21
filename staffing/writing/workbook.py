"""A scenario as an Excel workbook that helps to fill it: choices, comments, frozen heads.

Whatever stands in a name is text: nothing is a formula, nothing a link.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from staffing.errors import OutputError
from staffing.files.tables_cells import guarded
from staffing.files.tables_columns import COLUMNS, DATE, NUMBER, POINT, TEXT
from staffing.scenario.amounts import plain
from staffing.writing.about import REFERENCES, about, choices, is_required
from staffing.writing.data import Day
from staffing.writing.tables import Table, tables

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_LONGEST = 32_767
"""Most characters of a cell."""
_FIRST_DAY = dt.date(1900, 3, 1)
"""Before it, spreadsheets disagree about which number a day is."""
_ROOM = 500
"""Rows below the last entry that have choices too."""


def workbook(data: Mapping[str, Any]) -> bytes:
    """Return the workbook of a scenario as bytes.

    Raises
    ------
    OutputError
        Where a text is longer than a cell may be.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

    made = io.BytesIO()
    persian = data.get("calendar", {}).get("system") == "jalali"
    with xlsxwriter.Workbook(made, _OPTIONS) as book:
        book.set_properties({"created": dt.datetime(2000, 1, 1)})  # the same workbook for the same scenario
        formats = _Formats(book)
        for name, rows in tables(data).items():
            sheet = book.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            sheet.fit_to_pages(1, 0)
            if persian:
                sheet.right_to_left()
            (_settings if name == "settings" else _entries)(_Sheet(sheet, name, formats), rows)
    return made.getvalue()


class _Formats:
    def __init__(self, book: Any) -> None:
        head = {"bold": True, "bottom": 1, "valign": "top"}
        self.head = book.add_format({**head, "bg_color": "#E8EEF4"})
        self.needed = book.add_format({**head, "bg_color": "#FFE9B8"})
        self.text = book.add_format({"num_format": "@", "valign": "top"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left", "valign": "top"})
        self.left = book.add_format({"align": "left", "valign": "top"})
        self.quiet = book.add_format({"font_color": "#5A5A5A", "text_wrap": True, "valign": "top"})


class _Sheet:
    """A sheet in the making."""

    def __init__(self, sheet: Any, name: str, formats: _Formats) -> None:
        self.sheet, self.name, self.formats = sheet, name, formats

    def put(self, row: int, column: int, value: Any) -> None:
        """Write a cell."""
        if isinstance(value, Day) and value.gregorian and value.date >= _FIRST_DAY:
            self.sheet.write_datetime(row, column, value.date, self.formats.day)
        elif isinstance(value, int | Decimal) and Decimal(f"{float(value):.15g}") == value:
            self.sheet.write_number(row, column, float(value), self.formats.left if self.name == "settings" else None)
        elif value is not None:
            self.text(row, column, value if isinstance(value, str) else plain(value))

    def text(self, row: int, column: int, value: str) -> None:
        """Write a text as it is."""
        text = guarded(value, formulas=False)
        if len(text) > _LONGEST:
            raise OutputError(f"{self.name}: a text of {len(text):,} characters is longer than a cell of a workbook")
        self.sheet.write_string(row, column, text, self.formats.text)

    def choose(self, first: int, last: int, index: int, name: str) -> None:
        """Add a list of the allowed words to a column's cells."""
        words, table = choices(self.name, name), REFERENCES.get(name)
        if words:
            self.sheet.data_validation(first, index, last, index, {"validate": "list", "source": list(words)})
        elif table:
            # as long as the list of ids is now, so that no blank lines are offered
            ids = f"=OFFSET({table}!$A$2,0,0,MAX(1,COUNTA({table}!$A$2:$A$5000)),1)"
            rule = {"validate": "list", "source": ids, "error_type": "warning"}
            self.sheet.data_validation(first, index, last, index, rule)


def _settings(made: _Sheet, rows: Table) -> None:
    """Write the settings, each with a description, most without a value."""
    values = {row["key"]: row["value"] for row in rows}
    made.sheet.write_row(0, 0, ("key", "value", "_about"), made.formats.head)
    made.sheet.freeze_panes(1, 0)
    for column, width in enumerate((22, 32, 90)):
        made.sheet.set_column(column, column, width)
    keys = [key for key in COLUMNS["settings"] if key != "extends" and not key.startswith("remove.")]
    for row, key in enumerate(keys, 1):
        made.text(row, 0, key)
        made.put(row, 1, values.get(key))
        made.choose(row, row, 1, key)
        made.sheet.write_string(row, 2, about("settings", key), made.formats.quiet)


def _entries(made: _Sheet, rows: Table) -> None:
    """Write a table of entries."""
    sheet, formats = made.sheet, made.formats
    sheet.freeze_panes(1, 1)
    for index, (name, kind) in enumerate(COLUMNS[made.name].items()):
        needed = name == "id" or is_required(made.name, name)
        sheet.write_string(0, index, name, formats.needed if needed else formats.head)
        sheet.write_comment(0, index, about(made.name, name), {"x_scale": 1.6})
        cells = {NUMBER: None, DATE: formats.day, POINT: None}.get(kind, formats.text)
        width = 30 if name == "name" else max(10, len(name) + 2, 16 if kind in (TEXT, DATE) else 0)
        sheet.set_column(index, index, width, cells)
        made.choose(1, len(rows) + _ROOM, index, name)
        for number, row in enumerate(rows, 1):
            made.put(number, index, row.get(name))
