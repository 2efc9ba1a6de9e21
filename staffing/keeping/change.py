"""What of a file is to change: a few settings, and rows of ``worked``."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staffing.files.tree import Tree
from staffing.scenario.dates import System
from staffing.scenario.records import Worked
from staffing.writing.data import plain_record


class UnusualFileError(Exception):
    """A file is written in a way that allows no small changes, so that it has to be written anew."""


@dataclass(frozen=True, slots=True)
class Change:
    """What of a file is to change.

    Attributes
    ----------
    settings
        Values of keys outside the lists: text, and days as :class:`~staffing.writing.data.Day`.
    worked
        All rows as they are to be.
    mended
        Rows of the file, by number, whose hours alone change.
    dropped
        Rows of the file, by number, that go.
    added
        Rows that the file does not have.
    system
        The calendar that dates are written in.
    """

    settings: Mapping[str, str]
    worked: tuple[Worked, ...]
    mended: Mapping[int, Worked]
    dropped: frozenset[int]
    added: tuple[Worked, ...]
    system: System

    def data(self, row: Worked) -> dict[str, Any]:
        """Return a row as plain data."""
        return plain_record(row, self.system)


def change_of(tree: Tree, worked: Iterable[Worked], settings: Mapping[str, str], system: System) -> Change:
    """Return what changes between the rows that a file has and those that it is to have.

    Parameters
    ----------
    tree
        The file as it stands, nothing extended.
    worked
        All rows as they are to be.
    settings
        Values of keys outside the lists that are to change.
    system
        The calendar that dates are written in.
    """
    wanted = tuple(worked)
    lacking = Counter(map(_whole, wanted))
    open_: list[tuple[int, Worked]] = []
    for number, row in enumerate(rows_of(tree)):
        if lacking[_whole(row)]:
            lacking[_whole(row)] -= 1
        else:
            open_.append((number, row))
    new: dict[tuple[object, ...], list[Worked]] = defaultdict(list)
    for row in wanted:
        if lacking[_whole(row)]:
            lacking[_whole(row)] -= 1
            new[_key(row)].append(row)
    mended = {number: new[_key(row)].pop(0) for number, row in open_ if new.get(_key(row))}
    dropped = frozenset(number for number, _ in open_ if number not in mended)
    return Change(settings, wanted, mended, dropped, tuple(itertools.chain(*new.values())), system)


def rows_of(tree: Tree) -> Sequence[Worked]:
    """Read the rows that stand in a file."""
    rows = tree.data.get("worked") or []
    return [Worked.model_validate({key: value for key, value in row.items() if value is not None}) for row in rows]


def _key(row: Worked) -> tuple[object, ...]:
    return row.task, row.staff, row.date, row.week


def _whole(row: Worked) -> tuple[object, ...]:
    return (*_key(row), row.hours)
