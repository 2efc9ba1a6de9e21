"""A timesheet into a scenario: its hours become rows of ``worked``, its last day ``as_of``."""

from __future__ import annotations

import datetime as dt
import os
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staffing.errors import InputError, Mistake
from staffing.files.read import tree_of
from staffing.scenario.dates import parse_date
from staffing.scenario.records import Worked
from staffing.scenario.scenario import Scenario
from staffing.timesheets.column_map import ColumnMap, column_map, read_column_map
from staffing.timesheets.count import Counter, Remark
from staffing.timesheets.cover import Covered, before_rows, covered_days, dropped, merged, refuse_loss
from staffing.timesheets.matching import Matcher
from staffing.timesheets.timesheet import Entry, read_timesheet, unreadable

_MOST = 50
"""Most cells that are told one by one."""


@dataclass(frozen=True, slots=True)
class Actuals:
    """What came of a timesheet.

    Attributes
    ----------
    scenario
        The scenario with what was worked, and `as_of`.
    rows
        What the timesheet says: one row for each task, person and day.
    remarks
        What is not counted, or not as everybody would expect.
    covered
        The days whose rows of ``worked`` are the timesheet's now; None if it has none.
    replaced
        The rows that stood there before.
    """

    scenario: Scenario
    rows: tuple[Worked, ...]
    remarks: tuple[Remark, ...]
    covered: Covered | None
    replaced: tuple[Worked, ...]


def actuals(
    scenario: Scenario,
    timesheet: str | os.PathLike[str],
    *,
    as_of: dt.date | str,
    since: dt.date | str | None = None,
    columns: ColumnMap | Mapping[str, Any] | str | os.PathLike[str] | None = None,
    skip_unreadable: bool = False,
) -> Actuals:
    """Bring the hours of a timesheet into a scenario.

    Parameters
    ----------
    scenario
        The scenario as it was planned.
    timesheet
        A detailed report of Harvest or Toggl, or any other .csv or .xlsx whose columns are told.
    as_of
        The first day that is not counted, and from which on is planned. It never moves back: a later one stays.
    since
        The first day that is counted: rows of ``worked`` from it up to `as_of` are replaced. If it is not given, those
        from the first day on which the timesheet has hours.
    columns
        The columns of the timesheet and names it has for ids: a file, or the same in code.
    skip_unreadable
        List rows that cannot be read among the remarks, and pass them over.

    Raises
    ------
    InputError
        Where the timesheet cannot be read, or may be meant in two ways.
    """
    day, first = _day(as_of), None if since is None else _day(since)
    if first is not None and first >= day:
        raise InputError(f"since, {first}, is not before as_of, {day}: no day would be counted")
    given = _columns(columns)
    path = pathlib.Path(timesheet)
    matcher = Matcher(scenario, given.names)
    entries = read_timesheet(path, given)
    if not skip_unreadable and (flaws := unreadable(entries, day, first)):
        raise InputError(_few(flaws, path))
    return count(scenario, entries, matcher, day, first)


def count(
    scenario: Scenario, entries: Sequence[Entry], matcher: Matcher, as_of: dt.date, since: dt.date | None = None
) -> Actuals:
    """Count the entries of a timesheet into a scenario.

    Parameters
    ----------
    scenario
        The scenario as it was planned.
    entries
        The rows of the timesheet.
    matcher
        Finds what they were for.
    as_of
        The first day that is not counted.
    since
        The first day that is counted; all days if not given.

    Raises
    ------
    InputError
        Where it may be that the timesheet is of other days than those whose hours would go.
    """
    counter = Counter(scenario, as_of, since)
    rows = counter.count(entries, matcher)
    days = sorted({entry.day for entry in entries if entry.day is not None and counter.covers(entry)})
    covered = covered_days(days, as_of, since)
    remarks = [*counter.remarks, *before_rows(scenario, rows)]
    if covered is not None:
        if since is None:
            refuse_loss(scenario, rows, days, covered)
        remarks += dropped(scenario, rows, covered)
    later = scenario.as_of if scenario.as_of is not None and scenario.as_of > as_of else as_of
    if later > as_of:
        remarks.append(Remark("", "", f"as_of stays {later}, which is after {as_of}: it does not move back"))
    worked = merged(scenario.worked, rows, covered, scenario.start)
    replaced = tuple(row for row in scenario.worked if covered is not None and covered.has(row, scenario.start))
    return Actuals(scenario.replace(as_of=later, worked=tuple(worked)), rows, tuple(remarks), covered, replaced)


def _day(day: dt.date | str) -> dt.date:
    try:
        return parse_date(day) if isinstance(day, str) else day
    except ValueError as error:
        raise InputError(str(error)) from None


def _columns(given: ColumnMap | Mapping[str, Any] | str | os.PathLike[str] | None) -> ColumnMap:
    if isinstance(given, ColumnMap):
        return given
    if isinstance(given, Mapping):
        return column_map(tree_of(given))
    return ColumnMap() if given is None else read_column_map(pathlib.Path(given))


def _few(flaws: list[Mistake], timesheet: pathlib.Path) -> list[Mistake]:
    """Return the first cells that cannot be read, and one entry on what to do about all of them."""
    more = f"{len(flaws) - _MOST:,} more cells cannot be read: " if len(flaws) > _MOST else ""
    remedy = "nothing is written: mend these rows, or pass them over by --skip-unreadable"
    return [*flaws[:_MOST], Mistake(more + remedy, file=str(timesheet))]
