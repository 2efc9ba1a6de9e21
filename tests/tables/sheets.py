"""Small tables written the way people and programs write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]  # it carries no types

from staffing.files.read import read_tree
from staffing.loading import read

Rows = Sequence[Sequence[Any]]
SETTINGS: Rows = (("key", "value"), ("start", "2026-01-05"), ("weeks", 4))
STAFF: Rows = (("id", "role"), ("sara", "account_manager"))
SMALL: Mapping[str, Rows] = {"settings": SETTINGS, "staff": STAFF}
"""The least that is a scenario."""


def workbook(path: Path, sheets: Mapping[str, Rows], more: Callable[[Any], None] = lambda book: None) -> Path:
    """Write a workbook with the values given, None being a blank cell; `more` may add what it likes."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        date = book.add_format({"num_format": "dd/mm/yy"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    if hasattr(value, "isoformat"):
                        sheet.write_datetime(row, column, value, date)
                    elif value is not None:
                        sheet.write(row, column, value)
        more(book)
    return path


def folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write a folder of files."""
    path.mkdir(exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def rezipped(path: Path, change: Callable[[str, bytes], bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Change the parts of a workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    path.write_bytes(made.getvalue())
    return path


def told(path: Path) -> list[str]:
    """Read a scenario that is wrong, and return its mistakes without the folder they stand in."""
    return [str(error).replace(f"{path.parent}/", "") for error in read(path).errors]


def tree(path: Path) -> dict[str, Any]:
    """Read the tree of a scenario."""
    return read_tree(path).data
