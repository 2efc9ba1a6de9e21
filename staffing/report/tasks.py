"""What waits, by what is in its way, and what is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.console.tasks import late_alike, waiting_alike
from staffing.plan.names import task_of
from staffing.plan.records import TaskResult
from staffing.report.answers.document import Record
from staffing.report.answers.explain import Entry, by_task
from staffing.report.language import name
from staffing.report.names import Told
from staffing.report.obstacles import why

MOST_OPEN = 40
"""Tasks that wait in the open; beyond, each reason is folded."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task that waits, or those occurrences of it that wait for the same thing.

    Attributes
    ----------
    whose
        Client and project, as far as they are known.
    hours
        What is left of it; None where that is not known.
    due
        The weeks in which it is due, or that occurrences are of.
    why
        What is in the way, in a sentence; None where the plan does not say it.
    obstacles
        All that is in the way, where an answer says it.
    help
        The cheapest change with which it would be delivered, where an answer says it.
    """

    id: Markup
    task: Markup
    whose: Markup
    times: int
    hours: float | None
    due: Markup
    value: float
    why: Markup | None
    obstacles: tuple[Markup, ...] = ()
    help: Markup | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """The tasks that wait for one reason, the highest value first."""

    reason: Markup
    tasks: int
    value: float
    rows: tuple[Waiting, ...]

    @property
    def told(self) -> bool:
        """Whether the plan says of any of them what is in the way."""
        return any(row.why is not None or row.obstacles for row in self.rows)


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


def waiting(told: Told, answers: Sequence[Record] = ()) -> tuple[Because, ...]:
    """Return the waiting tasks, grouped by reason, the highest value first.

    Parameters
    ----------
    told
        The plan.
    answers
        What was answered of it; what they say of tasks that wait stands beside these.
    """
    explained = by_task(told, answers)
    by_reason: defaultdict[str | None, list[list[TaskResult]]] = defaultdict(list)
    for results in waiting_alike(told.plan):
        by_reason[told.word_of(results[0])].append(results)
    found = [_because(told, reason, families, explained) for reason, families in by_reason.items()]
    return tuple(sorted(found, key=lambda group: -group.value))


def _because(told: Told, word: str | None, families: list[list[TaskResult]], explained: Mapping[str, Entry]) -> Because:
    return Because(
        reason=told.say(word) if word is not None else Markup("–"),
        tasks=sum(map(len, families)),
        value=sum(result.value for results in families for result in results),
        rows=tuple(_waiting(told, results, explained.get(results[0].task)) for results in families),
    )


def _waiting(told: Told, results: list[TaskResult], explained: Entry | None) -> Waiting:
    ids = [result.task for result in results]
    return Waiting(
        id=name(task_of(ids[0])),
        task=told.work(ids[0]),
        whose=told.say.listed(told.whose(ids[0])),
        times=len(ids),
        hours=told.effort(ids),
        due=told.due(ids),
        value=sum(result.value for result in results),
        why=why(told, results),
        obstacles=explained.obstacles if explained is not None else (),
        help=explained.help if explained is not None else None,
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
