"""Reading an Excel workbook as a scenario."""

from __future__ import annotations

import datetime as dt
import pathlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from staffing.errors import Mistake, ScenarioError
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_cells import Cell, Sheet, text_cell
from staffing.files.tables_columns import COLUMNS
from staffing.files.text import refused
from staffing.files.tree import Place, Tree
from staffing.files.workbook_check import Look, checked_workbook
from staffing.scenario.amounts import Written, plain
from staffing.scenario.findings import listed
from staffing.scenario.paths import label

_Taken = TypeVar("_Taken")
_FEW = 5
"""Most hidden rows that are named."""


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

    def take(book: Any, name: str, look: Look) -> tuple[Sheet, list[Mistake]]:
        at = Place(str(path), sheet=label(name))
        return Sheet(name, at, list(_rows(book, name, at))), _flaws(look, at)

    return _read(path, take)


def _sheets(path: pathlib.Path) -> list[Sheet]:
    return _read(path, lambda book, name, look: _sheet(book, name, Place(str(path), sheet=label(name)), look))


def _read(path: pathlib.Path, take: Callable[[Any, str, Look], _Taken]) -> list[_Taken]:
    """Return what is wanted of each sheet of a workbook that has been checked."""
    checked = checked_workbook(path)
    from python_calamine import CalamineWorkbook

    try:
        with CalamineWorkbook.from_filelike(checked.content) as book:
            return [take(book, name, look) for name, look in checked.sheets.items()]
    except ScenarioError:
        raise
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | MemoryError):
            raise
        # whatever it is, a panic of the library too, it comes of what stands in the file
        raise refused(path, "this workbook is broken: open it in a spreadsheet and save it again") from None


def _sheet(book: Any, name: str, at: Place, look: Look) -> Sheet:
    """Read a table of a scenario whole; of any other sheet, only whether it has any content."""
    known = normal(name) in COLUMNS
    if look.flaws and known:
        raise ScenarioError(_flaws(look, at))
    if look.flaws:
        return Sheet(name, at, [[Cell(text, at)] for _, _, text in look.flaws[:1]])
    rows: list[Sequence[Cell | None]] = []
    for row in _rows(book, name, at):
        rows.append(row)
        if not known and any(row):
            break
    return Sheet(name, at, rows, None, _hidden(look, rows, at) if known else ())


def _flaws(look: Look, at: Place) -> list[Mistake]:
    return [replace(at, line=row, column=column).mistake(text) for row, column, text in look.flaws]


def _rows(book: Any, name: str, at: Place) -> Iterator[Sequence[Cell | None]]:
    for line, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
        yield _row(values, at, line) if any(value != "" for value in values) else ()


def _row(values: Sequence[Any], sheet: Place, line: int) -> list[Cell | None]:
    return [
        None if value == "" else _cell(value, Place(sheet.file, line, column, sheet.sheet))
        for column, value in enumerate(values, 1)
    ]


def _hidden(look: Look, rows: Sequence[Sequence[Cell | None]], sheet: Place) -> tuple[Mistake, ...]:
    """Return a remark for whatever is hidden in a sheet but read all the same."""
    numbers = [line for line, row in enumerate(rows, 1) if line in look.hidden_rows and any(row)]
    told = []
    if look.hidden and sum(map(any, rows)) > 1:  # more than heads
        told.append(
            sheet.mistake("this sheet is hidden, and read all the same: begin its name with _ if it is not meant")
        )
    if numbers:
        few = [*map(str, numbers[:_FEW]), *([f"{len(numbers) - _FEW} more"] if len(numbers) > _FEW else [])]
        what = f"row {few[0]} is" if len(numbers) == 1 else f"rows {listed(few)} are"
        told.append(
            replace(sheet, line=numbers[0]).mistake(
                f"{what} hidden, by a filter or by hand, and read all the same: delete what is not meant"
            )
        )
    return tuple(told)


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
    """Return a number as the spreadsheet shows it, to 15 digits: 0.1 + 0.2 is 0.3."""
    return Written(plain(Written(f"{value:.15g}")))
