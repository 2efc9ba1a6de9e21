"""What a re-plan changed, as a sheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from staffing.console.changes import why
from staffing.exports.sheets import Cell, Row, Sheet, day, table, text
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("task", "id", "was", "from", "first week", "last week", "is", "to", "first week", "last week", "why", "code")


def changes_sheet(plan: Plan) -> Sheet:
    """Return a sheet of the tasks that differ from the baseline: who and when before, who and when now, and why."""
    names = Names(plan)
    rows: list[Row] = [
        (
            text(names.task(change.task)),
            text(change.task),
            text(change.was),
            text(names.people(change.was_owners)),
            _day(change.was_first_day),
            _day(change.was_last_day),
            text(change.now),
            text(names.people(change.owners)),
            _day(change.first_day),
            _day(change.last_day),
            text(why(change, names)),
            text(change.why),
        )
        for change in (plan.context.changes if plan.context is not None else ())
    ]
    return table("Changes", TITLES, rows, empty="Nothing changed.", kept=1)


def _day(value: dt.date | None) -> Cell | None:
    return None if value is None else day(value)
