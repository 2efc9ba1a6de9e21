"""What waits, by reason, and what is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from staffing.console.names import task_of
from staffing.console.tasks import late_alike, waiting_alike
from staffing.plan.records import Reason, TaskResult
from staffing.report.language import name
from staffing.report.names import Told

MOST_OPEN = 40
"""Tasks that wait in the open; beyond, each reason is folded."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits, or those occurrences of it that wait for the same reason.

    Attributes
    ----------
    whose
        Client and project, as far as they are known.
    hours
        What is left of it; None where that is not known.
    due
        The weeks in which it is due, or that occurrences are of.
    """

    id: Markup
    task: Markup
    whose: Markup
    times: int
    hours: float | None
    due: Markup
    value: float


@dataclass(frozen=True, slots=True)
class Because:
    """The tasks that wait for one reason, the highest value first."""

    reason: Markup
    tasks: int
    value: float
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A task delivered after it was due, or occurrences of one that are as late and of the same people."""

    task: Markup
    whose: Markup
    times: int
    owners: Markup
    due: Markup
    last_week: Markup
    weeks_late: int


def waiting(told: Told) -> tuple[Because, ...]:
    """Return the waiting tasks, grouped by reason, the highest value first."""
    by_reason: defaultdict[Reason | None, list[list[TaskResult]]] = defaultdict(list)
    for results in waiting_alike(told.plan):
        by_reason[results[0].reason].append(results)
    found = [_because(told, reason, families) for reason, families in by_reason.items()]
    return tuple(sorted(found, key=lambda group: -group.value))


def _because(told: Told, reason: Reason | None, families: list[list[TaskResult]]) -> Because:
    return Because(
        reason=told.say(f"reason_{reason}") if reason is not None else Markup("–"),
        tasks=sum(map(len, families)),
        value=sum(result.value for results in families for result in results),
        rows=tuple(_waiting(told, [result.task for result in results], results) for results in families),
    )


def _waiting(told: Told, ids: list[str], results: list[TaskResult]) -> Waiting:
    return Waiting(
        id=name(task_of(ids[0])),
        task=told.work(ids[0]),
        whose=told.say.listed(told.whose(ids[0])),
        times=len(ids),
        hours=told.effort(ids),
        due=told.due(ids),
        value=sum(result.value for result in results),
    )


def late(told: Told) -> tuple[Late, ...]:
    """Return the late tasks, the latest first."""
    return tuple(_late(told, [result.task for result in results], results) for results in late_alike(told.plan))


def _late(told: Told, ids: list[str], results: list[TaskResult]) -> Late:
    last = sorted({result.last_week for result in results if result.last_week is not None})
    return Late(
        task=told.work(ids[0]),
        whose=told.say.listed(told.whose(ids[0])),
        times=len(ids),
        owners=told.persons(results[0].owners),
        due=told.weeks_listed([week - results[0].weeks_late for week in last]),
        last_week=told.weeks_listed(last),
        weeks_late=results[0].weeks_late,
    )
