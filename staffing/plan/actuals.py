"""Planned against worked: for each task that is begun, and each person, what was planned, worked, is left, is over.

The occurrences of a repeating task are one. What was planned is what the earlier plan had, or else what the scenario
has: worked and left, without what goes beyond the hours of the task. An overrun is that of the task as a whole: who
takes over from somebody else overruns nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from staffing.plan.answer import Answer
from staffing.plan.numbers import RATIO, exact, rounded
from staffing.plan.records import Allocation, WorkContext
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded
from staffing.scenario.history import Fact, worked_facts

if TYPE_CHECKING:
    from pandas import DataFrame

ZERO = Fraction(0)
Key = tuple[str, str]
"""A task of the scenario, and a person."""


@dataclass(frozen=True, slots=True)
class Line:
    """Hours of one person on one begun task."""

    client: str
    project: str | None
    task: str
    name: str
    staff: str
    planned: float
    """Hours planned before."""
    worked: float
    """Hours worked so far."""
    left: float
    """Hours of this plan that are still to be worked."""
    over: float
    """This person's share of what the task takes more than was planned of it."""


def actuals(plan: Answer) -> DataFrame:
    """One row per begun task and person, overruns first: the fields of :class:`Line`."""
    import pandas as pd

    columns = [field.name for field in fields(Line)]
    rows = [tuple(getattr(line, column) for column in columns) for line in lines(plan)]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(columns[-4:], "float64"))


def lines(plan: Answer) -> list[Line]:
    """Return begun tasks by person, overruns first; without a context no overrun can be known."""
    found: dict[str, list[_Hours]] = {}
    for hours in _hours_of(plan):
        found.setdefault(hours.of.task, []).append(hours)
    told = [line for task in found.values() for line in _overrun(task)]
    return sorted(told, key=lambda line: -line.over)


@dataclass(frozen=True, slots=True)
class _Hours:
    """Exact hours of one person on one task."""

    of: WorkContext
    worked: Fraction
    left: Fraction
    planned: Fraction

    @property
    def excess(self) -> Fraction:
        """Hours beyond those planned of this person."""
        return max(ZERO, self.worked + self.left - self.planned)


def _overrun(people: Sequence[_Hours]) -> Iterator[Line]:
    """Yield the lines of a task, its overrun shared among those who exceed the hours planned of them."""
    over = max(ZERO, sum((one.worked + one.left - one.planned for one in people), ZERO))
    excess = sum((one.excess for one in people), ZERO)
    for one in people:
        share = one.excess * over / excess if excess else ZERO
        hours = map(_float, (one.planned, one.worked, one.left, share))
        yield Line(one.of.client, one.of.project, one.of.task, one.of.name, one.of.staff, *hours)


def _hours_of(plan: Answer) -> Iterator[_Hours]:
    left: dict[Key, Fraction] = {}
    for entry, worked in _parts(plan):
        key = (family(entry.task), entry.staff)
        if rest := exact(entry.hours) - worked:
            left[key] = left.get(key, ZERO) + rest
    known = plan.context.work if plan.context is not None and plan.context.work else tuple(_told_by_hours(plan))
    for one in known:
        worked, rest = exact(one.worked), left.pop((one.task, one.staff), ZERO)
        planned = worked + rest - exact(one.over) if one.planned is None else exact(one.planned)
        yield _Hours(one, worked, rest, planned)
    begun = {one.task: one for one in known}
    for (task, staff), rest in left.items():
        if task in begun:
            yield _Hours(replace(begun[task], staff=staff), ZERO, rest, rest if begun[task].planned is None else ZERO)


def _parts(plan: Answer) -> Iterator[tuple[Allocation, Fraction]]:
    """Yield each allocation with what of it was worked: fixed hours, but for those promised."""
    promises = plan.context.promised if plan.context is not None else ()
    promised = {(one.task, one.staff, one.week): exact(one.hours) for one in promises}
    for entry in plan.assigned:
        still = promised.get((entry.task, entry.staff, entry.week), ZERO)
        yield entry, max(ZERO, exact(entry.hours) - still) if entry.fixed else ZERO


def _told_by_hours(plan: Answer) -> Iterator[WorkContext]:
    """Yield what was worked, for a plan that knows nothing of past work but its hours."""
    names = {family(task.id): task.name for task in plan.context.tasks} if plan.context is not None else {}
    found: dict[tuple[str, str, str], Fraction] = {}
    for entry, worked in _parts(plan):
        if worked:
            key = (family(entry.task), entry.client, entry.staff)
            found[key] = found.get(key, ZERO) + worked
    for (task, client, staff), hours in found.items():
        yield WorkContext(task, client, None, names.get(task, task), staff, float(hours), 0.0)


def _float(hours: Fraction) -> float:
    return float(rounded(hours, RATIO))


def family(task: str) -> str:
    """Return the id of the task that an occurrence belongs to.

    >>> family("care@3"), family("build")
    ('care', 'build')
    """
    return task.partition("@")[0]


# ---------------------------------------------------------------------- what a plan remembers for it


def work(expanded: Expanded, planned: Mapping[Key, Fraction] | None) -> tuple[WorkContext, ...]:
    """Return the hours worked by task and person, in the scenario's order.

    Parameters
    ----------
    expanded
        The scenario with its history.
    planned
        Hours of an earlier plan on begun tasks; None without one.
    """
    worked, over = _history(expanded)
    keys = worked.keys() | (planned or {}).keys()
    clients = {project.id: project.client for project in expanded.projects.values()}
    return tuple(
        WorkContext(
            task=task.id,
            client=task.client or clients[task.project or ""],
            project=task.project,
            name=task.name or task.id,
            staff=person,
            worked=_float(worked.get((task.id, person), ZERO)),
            over=_float(over.get((task.id, person), ZERO)),
            planned=None if planned is None else _float(planned.get((task.id, person), ZERO)),
        )
        for task in expanded.scenario.tasks
        for person in expanded.people
        if (task.id, person) in keys
    )


def worked_tasks(expanded: Expanded) -> set[str]:
    """Return the tasks of the scenario that history has hours of."""
    return {task for task, _ in _history(expanded)[0]}


def _history(expanded: Expanded) -> tuple[dict[Key, Fraction], dict[Key, Fraction]]:
    """Return by task and person the hours worked, and those of them beyond the hours of the task."""
    worked: dict[Key, Fraction] = {}
    by_job: dict[str, dict[str, Fraction]] = {}
    for fact in _facts(expanded):
        key = (fact.task, fact.staff)
        worked[key] = worked.get(key, ZERO) + fact.hours
        hours = by_job.setdefault(fact.job, {})
        hours[fact.staff] = hours.get(fact.staff, ZERO) + fact.hours
    over: dict[Key, Fraction] = {}
    for job, people in by_job.items():
        if job in expanded.jobs:
            for person, beyond in _beyond(expanded, job, people).items():
                key = (expanded.jobs[job].task, person)
                over[key] = over.get(key, ZERO) + beyond
    return worked, over


def _facts(expanded: Expanded) -> Iterator[Fact]:
    if expanded.scenario.worked:
        yield from worked_facts(expanded)
        return
    for (job, person, week), hours in expanded.history.items():
        yield Fact(job, expanded.jobs[job].task, person, first_day(week, expanded.scenario.start), hours)


def _beyond(expanded: Expanded, id_: str, people: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Return each person's hours beyond the effort of a job: all that bring nothing, and a share of all others.

    over = max(0, effort worked + effort left by word of the planner − effort); each hour that brings effort bears the
    same share of it.
    """
    job = expanded.jobs[id_]
    task = next(task for task in expanded.scenario.tasks if task.id == job.task)
    asked = {copy: one.hours for name, one in task.estimates.items() for copy in expanded.copies[name]}
    whole = job.hours - Fraction(task.done)

    def effort(person: str) -> Fraction:
        if person in asked:
            return people[person] / Fraction(asked[person]) * whole
        return people[person] * expanded.people[person].productivity[job.kind]

    brought = {person: effort(person) for person in people}
    total = sum(brought.values(), ZERO)
    over = max(ZERO, total + (ZERO if job.left is None else job.left) - whole)
    return {
        person: hours * (min(over / total, Fraction(1)) if brought[person] else 1) for person, hours in people.items()
    }
