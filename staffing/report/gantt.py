"""The schedule: a Gantt chart for each client, drawn as a table so that anybody can read its cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from staffing.plan.names import task_of
from staffing.plan.records import Allocation, TaskResult
from staffing.report.heat import WIDEST
from staffing.report.names import Told
from staffing.scenario.records import Kind

_NO_PROJECT = Markup("")
MOST_OPEN = 150
"""Rows that are open at once; beyond, each client is folded."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some weeks of a row: hours of work, or a gap where hours are None."""

    weeks: int
    hours: float | None = None
    late: bool = False
    fixed: bool = False
    promised: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A task, or the occurrences of a repeating one, and its owner; on that owner's own page, its client.

    `project` is what rows are grouped by; empty where there is none, and on somebody's own page.
    """

    task: Markup
    other: Markup
    kind: Kind
    hours: float
    weeks_late: int
    pieces: tuple[Piece, ...]
    project: Markup = _NO_PROJECT


@dataclass(frozen=True, slots=True)
class Frame:
    """The weeks of a chart, and over them the months.

    Attributes
    ----------
    dense
        Whether weeks are too many for a number in each: those in a row are then one bar with its sum.
    """

    weeks: tuple[int, ...]
    months: tuple[tuple[str, int], ...]
    dense: bool


@dataclass(frozen=True, slots=True)
class Schedule:
    """The work for a client."""

    client: Markup
    hours: dict[Kind, float]
    tasks: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Gantt:
    """The schedule of every client, whether each is folded, and which of its marks are in it."""

    schedules: tuple[Schedule, ...]
    frame: Frame
    folded: bool
    any_late: bool
    any_fixed: bool
    any_promised: bool


def gantt(told: Told) -> Gantt:
    """Draw the schedule of every client that has work in the plan."""
    results = {result.task: result for result in told.plan.results}
    by_client: defaultdict[str, list[Allocation]] = defaultdict(list)
    for entry in told.plan.assigned:
        by_client[entry.client].append(entry)
    order = [named.id for named in told.plan.context.clients] if told.plan.context is not None else sorted(by_client)
    known = [*order, *sorted(by_client.keys() - set(order))]
    whole = frame(told, tuple(told.weeks), dense=len(told.weeks) > WIDEST)
    schedules = tuple(_schedule(told, id_, by_client[id_], results, whole) for id_ in known if id_ in by_client)
    return Gantt(
        schedules,
        frame=whole,
        folded=sum(len(schedule.bars) for schedule in schedules) > MOST_OPEN,
        any_late=any(piece.late for schedule in schedules for bar in schedule.bars for piece in bar.pieces),
        any_fixed=any(entry.fixed and not told.plan.is_promised(entry) for entry in told.plan.assigned),
        any_promised=any(told.plan.is_promised(entry) for entry in told.plan.assigned),
    )


def frame(told: Told, weeks: tuple[int, ...], *, dense: bool = False) -> Frame:
    """Return the weeks of a chart with the months above them."""
    months = groupby(told.say.month(told.weeks[week]) for week in weeks)
    return Frame(weeks, tuple((month, len(list(days))) for month, days in months), dense)


def _schedule(
    told: Told, client: str, entries: Sequence[Allocation], results: dict[str, TaskResult], whole: Frame
) -> Schedule:
    rows: defaultdict[tuple[str, str], list[Allocation]] = defaultdict(list)
    hours: dict[Kind, float] = {"strategic": 0.0, "tactical": 0.0}
    for entry in entries:
        rows[task_of(entry.task), entry.staff].append(entry)
        hours[entry.kind] += entry.hours
    bars = [
        replace(bar(told, row, results, whole, told.person(row[0].staff)), project=_project(told, row[0].task))
        for row in sorted(rows.values(), key=lambda row: _place(told, row[0].task))
    ]
    return Schedule(told.client(client), hours, len({entry.task for entry in entries}), tuple(bars))


def _project(told: Told, task: str) -> Markup:
    project = told.about(task).project
    return told.project(project) if project is not None else _NO_PROJECT


def _place(told: Told, task: str) -> int:
    """Return the position of a task's rows: tasks of a project are together, after those of no project."""
    projects = [project.id for project in told.plan.context.projects] if told.plan.context is not None else []
    project = told.about(task).project
    return projects.index(project) if project in projects else -1


def bar(told: Told, entries: Sequence[Allocation], results: dict[str, TaskResult], inside: Frame, other: Markup) -> Bar:
    """Draw the hours of one person on one task, or on the occurrences of a repeating one."""
    late = (results[entry.task].weeks_late for entry in entries if entry.task in results)
    return Bar(
        task=told.work(entries[0].task),
        other=other,
        kind=entries[0].kind,
        hours=sum(entry.hours for entry in entries),
        weeks_late=max(late, default=0),
        pieces=tuple(_pieces(told, entries, results, inside)),
    )


def _pieces(
    told: Told, entries: Sequence[Allocation], results: dict[str, TaskResult], inside: Frame
) -> Iterator[Piece]:
    """Yield the gaps and the work of a row; where weeks are many, successive weeks of work are one piece."""
    work: dict[int, Piece] = {}
    for entry in entries:
        known = work.get(entry.week, Piece(1, 0.0))
        late = known.late or _after_due(entry, results.get(entry.task))
        promised = told.plan.is_promised(entry)
        work[entry.week] = Piece(
            1,
            (known.hours or 0.0) + entry.hours,
            late,
            known.fixed or (entry.fixed and not promised),
            known.promised or promised,
        )
    alike = [work.get(week, Piece(1)) for week in inside.weeks]
    for worked, run in groupby(alike, lambda one: one.hours is not None and (one.late, one.fixed, one.promised)):
        pieces = list(run)
        if worked and not inside.dense:
            yield from pieces
        else:
            hours = sum(piece.hours or 0.0 for piece in pieces) if worked else None
            yield replace(pieces[0], weeks=len(pieces), hours=hours)


def _after_due(entry: Allocation, result: TaskResult | None) -> bool:
    """Whether work lies in a week after the one its task is due in."""
    if result is None or not result.weeks_late or result.last_week is None:
        return False
    return entry.week > result.last_week - result.weeks_late
