"""What waits, by reason, and what is late."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from staffing.console.names import task_of
from staffing.plan.records import Reason, TaskResult
from staffing.report.language import name
from staffing.report.names import Told

MOST_OPEN = 40
"""Tasks that wait in the open; beyond, each reason is folded."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits, or those occurrences of it that wait for the same reason."""

    id: Markup
    task: Markup
    times: int
    value: float


@dataclass(frozen=True, slots=True)
class Because:
    """The tasks that wait for one reason, dearest first."""

    reason: Markup
    tasks: int
    value: float
    rows: tuple[Waiting, ...]


@dataclass(frozen=True, slots=True)
class Late:
    """A task delivered after it was due."""

    task: Markup
    owners: Markup
    due: int
    last_week: int
    weeks_late: int


def waiting(told: Told) -> tuple[Because, ...]:
    """Group what waits by its reason, the dearest first."""
    by_reason: defaultdict[Reason | None, list[TaskResult]] = defaultdict(list)
    for result in told.plan.results:
        if result.state == "waiting":
            by_reason[result.reason].append(result)
    found = [_because(told, reason, results) for reason, results in by_reason.items()]
    return tuple(sorted(found, key=lambda group: -group.value))


def _because(told: Told, reason: Reason | None, results: list[TaskResult]) -> Because:
    alike: defaultdict[str, list[TaskResult]] = defaultdict(list)
    for result in results:
        alike[task_of(result.task)].append(result)
    rows = [
        Waiting(name(id_), told.task(several[0].task), len(several), sum(result.value for result in several))
        for id_, several in alike.items()
    ]
    return Because(
        reason=told.say(f"reason_{reason}") if reason is not None else Markup("–"),
        tasks=len(results),
        value=sum(result.value for result in results),
        rows=tuple(sorted(rows, key=lambda row: -row.value)),
    )


def late(told: Told) -> tuple[Late, ...]:
    """List what is late, the latest first."""
    found = [
        Late(
            told.task(result.task),
            told.persons(result.owners),
            due=result.last_week - result.weeks_late,
            last_week=result.last_week,
            weeks_late=result.weeks_late,
        )
        for result in told.plan.results
        if result.state == "late" and result.last_week is not None
    ]
    return tuple(sorted(found, key=lambda row: -row.weeks_late))
