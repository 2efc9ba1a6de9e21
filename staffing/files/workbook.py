"""Reading an Excel workbook as a scenario."""

from __future__ import annotations

import datetime as dt
import pathlib
from typing import Any

from staffing.errors import Mistake, ScenarioError
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_cells import Cell, Sheet, text_cell
from staffing.files.tables_columns import COLUMNS
from staffing.files.text import refused
from staffing.files.tree import Place, Tree, label
from staffing.files.workbook_check import Flaw, checked_workbook
from staffing.scenario.amounts import Written, plain

_MAX_SHEETS = 100
_MERGED = "cells are merged here: unmerge them, so that every row has its own"


def workbook_tree(path: pathlib.Path) -> Tree:
    """Read the sheets of a workbook: settings, roles, staff, clients, projects, tasks.

    Raises
    ------
    ScenarioError
        With what cannot be read, each mistake with its sheet and cell.
    """
    return tables_tree(_sheets(path), str(path))


def workbook_sheets(path: pathlib.Path) -> list[tuple[Sheet, list[Mistake]]]:
    """Read the sheets of a workbook that is no scenario, each with its cells that cannot be read.

    Raises
    ------
    ScenarioError
        Where it is no workbook, or a broken one.
    """
    flaws = checked_workbook(path).flaws
    return [
        (
            sheet,
            [
                _place(path, label(sheet.name), row, column).mistake(text)
                for row, column, text in flaws.get(sheet.name, [])
            ],
        )
        for sheet in _sheets(path)
    ]


def _sheets(path: pathlib.Path) -> list[Sheet]:
    checked = checked_workbook(path)
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(checked.content) as book:
            names = [name for name in book.sheet_names if not name.strip().startswith("_")]
            if len(names) > _MAX_SHEETS:
                raise refused(path, f"this workbook has too many sheets: at most {_MAX_SHEETS} are allowed")
            return [_sheet(book, name, path, checked.flaws.get(name, [])) for name in names]
    except ScenarioError:
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        # whatever it is, a panic of the library too, it comes of what stands in the file
        raise refused(path, "this workbook is broken: open it in a spreadsheet and save it again") from None


def _sheet(book: Any, name: str, path: pathlib.Path, flaws: list[Flaw]) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    shown = label(name)
    if normal(name) in COLUMNS:
        merged = [(row + 1, column + 1, _MERGED) for (row, column), _ in sorted(sheet.merged_cell_ranges or ())[:1]]
        if wrong := flaws + merged:
            raise ScenarioError([_place(path, shown, row, column).mistake(text) for row, column, text in sorted(wrong)])
    rows = [
        [_cell(value, _place(path, shown, line, column)) for column, value in enumerate(row, 1)]
        for line, row in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    return Sheet(name, _place(path, shown), rows)


def _place(path: pathlib.Path, sheet: str, row: int | None = None, column: int | None = None) -> Place:
    return Place(str(path), row, column, sheet)


def _cell(value: Any, place: Place) -> Cell | None:
    if isinstance(value, str):
        return text_cell(value, place)
    if isinstance(value, bool):
        return Cell(value, place)
    if isinstance(value, int | float):
        return Cell(_number(value), place)
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    return Cell(value, place) if isinstance(value, dt.date) else Cell(str(value), place)


def _number(value: float) -> Written:
    """Read a number as the spreadsheet shows it, to 15 digits: 0.1 + 0.2 is 0.3."""
    return Written(plain(Written(f"{value:.15g}")))
