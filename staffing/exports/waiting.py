"""The waiting list as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.names import Names
from staffing.console.words import REASONS
from staffing.exports.sheets import Row, Sheet, amount, table, text

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("task", "id", "value", "why it waits", "code", "hours done")


def waiting_sheet(plan: Plan) -> Sheet:
    """List the tasks that the plan does not deliver, dearest first, each with its reason in plain words."""
    names = Names(plan)
    waiting = sorted((result for result in plan.results if result.state == "waiting"), key=lambda task: -task.value)
    rows: list[Row] = [
        (
            text(names.task(result.task)),
            text(result.task),
            amount(result.value),
            text(REASONS[result.reason] if result.reason else ""),
            text(result.reason or ""),
            amount(result.hours or None),
        )
        for result in waiting
    ]
    return table("Waiting", TITLES, rows, empty="Nothing waits.", kept=1)
