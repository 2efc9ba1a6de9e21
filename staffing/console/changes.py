"""What a re-plan changed: from whom and when, to whom and when, and why."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffing.console.numbers import count, number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import WHY, WHY_GAIN, WHY_OF_TASK
from staffing.plan.names import Names, task_of
from staffing.plan.records import Change
from staffing.scenario.dates import week_of

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

MOST_ROWS = 15
"""Rows of the table that is part of a summary."""


def changes_table(plan: Plan, page: Page) -> Table:
    """Every task that is not as in the baseline, in the scenario's order."""
    told = _told(plan)
    title = f"What changed: {count(len(told), 'task')}"
    if not told and plan.baseline is None:
        title = "What changed: nothing to compare with, for the plan has no baseline"
    elif not told and any(result.goal == "changes" and result.value for result in plan.goals):
        title = "What changed: the plan file does not say; solve it again to know"
    return _table(plan, page, [[change] for change in told], title)


def changes_in_short(plan: Plan, page: Page) -> Table:
    """The same table in short: occurrences with the same changes share a row, and the number of rows is limited."""
    alike: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in _told(plan):
        alike[fare_alike(change)].append(change)
    rows = list(alike.values())
    hidden = len(rows) - MOST_ROWS
    note = f"and {count(hidden, 'more row')}: staffing show PLAN --table changes" if hidden > 0 else ""
    title = f"What changed: {count(sum(map(len, rows)), 'task')}"
    return _table(plan, page, rows[:MOST_ROWS], title, note)


def price_of_calm(plan: Plan) -> list[str]:
    """Return in one sentence how much changed, and what was given up to change no more; [] without a baseline."""
    goals = {result.goal: result for result in plan.goals}
    changes = goals.get("changes")
    if plan.baseline is None or changes is None:
        return []
    text = f"Against the baseline: {count(int(changes.value), 'change')}"
    found = plan.solver.get("changes_at_first")
    more = isinstance(found, int | float) and found > changes.value
    for goal in ("value", "net_value"):
        result = goals.get(goal)
        if result is None or plan.goals.index(result) > plan.goals.index(changes) or result.value >= result.best:
            continue
        less, word = number(result.best - result.value), goal.replace("_", " ")
        share = f"{_fine((result.best - result.value) / abs(result.best))} of {word}" if result.best else word
        text += f"; {share} ({less} of {number(result.best)}) was given up for it"
        text += f", where the plan of the best {word} has {number(found)}" if more else ""
        return [f"{text}."]
    return [f"{text} instead of {number(found)} at no loss." if more else f"{text}."]


def _fine(share: float) -> str:
    """Return a share as percent, a small one with a decimal."""
    return percent(share) if share >= 0.095 else f"{100 * share:.1f}%"


def _told(plan: Plan) -> Sequence[Change]:
    return plan.context.changes if plan.context is not None else ()


def fare_alike(change: Change) -> tuple[object, ...]:
    """Return what is the same of occurrences that fare alike."""
    same = (
        change.was,
        change.now,
        change.was_owners,
        change.owners,
        _moved(change),
        change.why,
        change.about,
        change.gain,
    )
    return (task_of(change.task), *same)


def _moved(change: Change) -> tuple[int | None, int | None]:
    """Return by how many days a task begins and ends later; None where it is delivered in just one plan."""
    pairs = ((change.was_first_day, change.first_day), (change.was_last_day, change.last_day))
    first, last = (None if was is None or now is None else (now - was).days for was, now in pairs)
    return first, last


def _table(plan: Plan, page: Page, rows: Sequence[Sequence[Change]], title: str, note: str = "") -> Table:
    names = Names(plan)
    start = plan.start
    columns = [Column("task"), Column("name"), Column("weeks"), Column("from"), Column("weeks"), Column("to")]
    return Table(
        title,
        (*columns, Column("why", prose=True)),
        tuple(
            (
                clip(task_of(alike[0].task) if len(alike) > 1 else alike[0].task, page.name_width),
                clip(names.task(alike[0].task), page.name_width),
                _weeks([(one.was_first_day, one.was_last_day) for one in alike], start),
                clip(names.people(alike[0].was_owners), page.name_width // 2) or alike[0].was,
                _weeks([(one.first_day, one.last_day) for one in alike], start),
                clip(names.people(alike[0].owners), page.name_width // 2) or alike[0].now,
                why(alike[0], names),
            )
            for alike in rows
        ),
        note=note,
    )


def _weeks(days: Sequence[tuple[dt.date | None, dt.date | None]], start: dt.date) -> str:
    """Return weeks by number: ``3``, ``3-5``; of several occurrences the first and last of all."""
    weeks = [week_of(day, start) for pair in days for day in pair if day is not None]
    if not weeks:
        return ""
    times = f" ({len(days)}×)" if len(days) > 1 else ""
    span = str(min(weeks)) if min(weeks) == max(weeks) else f"{min(weeks)}-{max(weeks)}"
    return span + times


def why(change: Change, names: Names) -> str:
    """Return in words why a task differs from the baseline."""
    if change.about is None and change.why == "capacity":
        return "the people who may do it lack the hours"
    about = "" if change.about is None else change.about
    if about:
        about = names.task(about) if change.why in WHY_OF_TASK else names.person(about)
    if change.gain is not None and change.why in WHY_GAIN:
        return WHY_GAIN[change.why].format(about, gain=number(change.gain))
    return WHY[change.why].format(about)
