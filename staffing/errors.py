"""What can go wrong, and how it is said.

::

    StaffingError                 everything this package raises on purpose
    ├── InputError                the input is wrong; carries one Mistake for each thing to mend
    │   ├── ScenarioError         ... in a scenario
    │   └── PlanError             ... in a plan file
    ├── OutputError               a result could not be written
    └── InternalError             a bug of ours: a plan that fails its own audit

    StaffingWarning               what is legal but surely not meant, told by Python's own warnings
    └── SchedulerWarning          what a cluster was asked for and this machine does

A :class:`Mistake` is one sentence that says where, what is wrong and what is allowed.
Warnings use the same record: they are legal, but surely not meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to mend in an input.

    Attributes
    ----------
    message
        One sentence: what is wrong and what is allowed.
    path
        Where in the tree, as a planner would say it: ``tasks[3].due`` or ``tasks[nova-plan].due``; "" for the whole.
    file
        The file it stands in, as the user named it; None for input that came from code.
    line, column
        Counted from 1, in a workbook row and column; None where the input has no lines.
    sheet
        The sheet of a workbook; None in other files.
    """

    message: str
    path: str = ""
    file: str | None = None
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    def __str__(self) -> str:
        if self.sheet is None:
            where = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        else:
            where = f"{self.file}: {self.sheet}{_cell(self.line, self.column)}"
        return ": ".join(part for part in (where, self.path, self.message) if part)


def _cell(row: int | None, column: int | None) -> str:
    """Return a cell's name as in a spreadsheet, after the mark that follows its sheet; less if less is known.

    >>> _cell(7, 3), _cell(7, 28), _cell(7, None), _cell(None, None)
    ('!C7', '!AB7', ' row 7', '')
    """
    if row is None:
        return ""
    return f" row {row}" if column is None else f"!{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """Return the letters of a column, counted from 1, as in a spreadsheet.

    >>> column_letters(3), column_letters(28)
    ('C', 'AB')
    """
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


class StaffingError(Exception):
    """Everything this package raises on purpose."""


class InputError(StaffingError):
    """The input is wrong.

    Attributes
    ----------
    errors
        Every :class:`Mistake` found, in the order of the file.
    """

    def __init__(self, errors: Sequence[Mistake] | str) -> None:
        self.errors: tuple[Mistake, ...] = (Mistake(errors),) if isinstance(errors, str) else tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class ScenarioError(InputError):
    """A scenario cannot be read, or breaks the rules of its format."""


class PlanError(InputError):
    """A plan file cannot be read, or is not a plan."""


class OutputError(StaffingError):
    """A result could not be written."""


class InternalError(StaffingError):
    """A bug of ours, such as a plan that fails its own audit; the message names the file to report."""


class StaffingWarning(UserWarning):
    """Something is legal but surely not meant, such as a baseline whose records do not agree."""


class SchedulerWarning(StaffingWarning):
    """What the workers of a Dask scheduler were asked for is planned on this machine."""
