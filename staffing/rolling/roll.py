"""The same work from a later first week."""

from __future__ import annotations

import datetime as dt
import warnings
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from staffing.errors import InputError, InternalError, StaffingWarning
from staffing.rolling.begun import Begun, begun_before, comes_again, next_month, rest_of
from staffing.rolling.leaving import Leaving, leaving
from staffing.rolling.remarks import Remark, remarks
from staffing.rolling.same import differences
from staffing.rolling.shift import Shift, lengthened, shift_to
from staffing.scenario.amounts import occurrence
from staffing.scenario.bookings import open_bookings
from staffing.scenario.dates import first_day, parse_date, show_date
from staffing.scenario.expand import Expanded, expand
from staffing.scenario.history import Fact, facts_of, worked_facts
from staffing.scenario.records import Booking, Client, Project, Repeat, Task, Worked
from staffing.scenario.scenario import Scenario

_Holder = TypeVar("_Holder", Client, Project)
_Row = TypeVar("_Row", Worked, Booking)


@dataclass(frozen=True, slots=True)
class Rolled:
    """What came of rolling on.

    Attributes
    ----------
    scenario
        The same work from the later first week.
    left
        Tasks that are finished and do not come along.
    carried
        What rows of ``worked`` that left burned of periods that go on, by ("client" or "project", id).
    remarks
        What a manager should know: work that is not carried, or goes on in another way.
    """

    scenario: Scenario
    left: tuple[str, ...]
    carried: Mapping[tuple[str, str], Fraction]
    remarks: tuple[Remark, ...]


def roll(scenario: Scenario, to: dt.date | str, weeks: int | None = None) -> Scenario:
    """Return the same work from a later first week.

    Week numbers and repeats keep their dates. What is finished leaves: what it burned of periods that go on is
    ``spent`` from then on. What is not finished comes along with what was worked on it. Open effort of every task, and
    what is left of every budget, are the same to the cent; that is checked before anything is returned.

    Parameters
    ----------
    scenario
        The scenario, with what was worked before `to`.
    to
        First day of the new week 1: that of a later week of the scenario, or the day after its last. A date, or a text
        ``YYYY-MM-DD``.
    weeks
        Weeks of the new horizon; as many as before if not given.

    Warns
    -----
    StaffingWarning
        For work that is not carried, such as occurrences whose weeks are over, or goes on in another way.

    Raises
    ------
    InputError
        Where `to` is no such day, or days before it are not over.
    """
    rolled = roll_on(scenario, to, weeks)
    for remark in rolled.remarks:
        warnings.warn(str(remark), StaffingWarning, stacklevel=2)
    return rolled.scenario


def roll_on(scenario: Scenario, to: dt.date | str, weeks: int | None = None) -> Rolled:
    """Roll on as :func:`roll` does, and return what came of it instead of warning.

    Raises
    ------
    InputError
        Where `to` is no first day of a week of the scenario, or days before it are not over.
    InternalError
        Where open effort or budgets would not be the same: a bug of ours.
    """
    shift = shift_to(scenario, _day(to), weeks)
    before = lengthened(scenario, shift).expanded
    facts = list(worked_facts(before))
    promised = [(before.scenario.bookings[at], fact) for at, fact in open_bookings(before) if fact.day >= shift.new]
    to_come = {fact.job for fact in facts if fact.day >= shift.new} | {fact.job for _, fact in promised}
    begun = list(begun_before(before, shift, to_come))
    kept = {entry.job.id: entry.becomes for entry in begun if entry.becomes is not None}
    gone = leaving(before, facts, shift, kept, {fact.task for _, fact in promised})
    fields: dict[str, Any] = {
        "start": shift.new,
        "weeks": shift.weeks,
        "as_of": before.scenario.as_of,
        "clients": tuple(_carrying(client, "client", before, gone, shift) for client in scenario.clients),
        "projects": tuple(
            _pointing(_carrying(project, "project", before, gone, shift), shift) for project in scenario.projects
        ),
        "tasks": tuple(_tasks(before, begun, gone, shift)),
        "bookings": (),
    }
    fields["worked"] = _rows(before, fields, facts, kept, gone, shift)
    fields["bookings"] = _promised(before, fields, promised, kept, shift)
    new = scenario.replace(**fields)
    if differing := differences(scenario, new):
        raise InternalError(
            "internal error, a bug of ours: rolling on would not keep the work as it is, so nothing is written; please "
            f"report it with the scenario: {'; '.join(differing[:3])}"
        )
    left = tuple(task.id for task in scenario.tasks if task.id in gone.tasks)
    return Rolled(new, left, gone.carried, tuple(remarks(before, begun, new, shift)))


def _day(to: dt.date | str) -> dt.date:
    try:
        return parse_date(to) if isinstance(to, str) else to
    except ValueError as error:
        raise InputError(str(error)) from None


def _carrying(holder: _Holder, what: str, before: Expanded, gone: Leaving, shift: Shift) -> _Holder:
    """Return a client or project whose budget has burned what leaves."""
    if holder.budget is None:
        return holder
    spent = next(period.spent for period in before.budgets[what, holder.id] if shift.by + 1 in period.weeks)
    cents = (spent + gone.carried.get((what, holder.id), Fraction(0))) * 100
    amount = Decimal(int(cents)) / 100
    if amount == holder.budget.spent:
        return holder
    return holder.model_copy(update={"budget": holder.budget.model_copy(update={"spent": amount})})


def _pointing(project: Project, shift: Shift) -> Project:
    points = shift.points(project)
    return project.model_copy(update=points) if points else project


def _tasks(before: Expanded, begun: Sequence[Begun], gone: Leaving, shift: Shift) -> Iterator[Task]:
    """Yield the tasks that come along, each with the rests of its occurrences that have begun."""
    by_task: dict[str, list[Begun]] = defaultdict(list)
    for entry in begun:
        by_task[entry.job.task].append(entry)
    for task in before.scenario.tasks:
        own = by_task[task.id]
        if task.id not in gone.tasks:
            changed: dict[str, Any] = dict(shift.points(task))
            if any(after.task in gone.tasks for after in task.after):
                changed["after"] = tuple(after for after in task.after if after.task not in gone.tasks)
            if task.repeat is not None:
                changed["repeat"] = _repeat(task, task.repeat, own, before, shift)
            yield task.model_copy(update=changed) if changed else task
        for entry in own:
            if entry.becomes is not None and entry.becomes != f"{task.id}@1":
                rest = rest_of(task, entry, before, shift)
                yield rest.model_copy(
                    update={"after": tuple(after for after in rest.after if after.task not in gone.tasks)}
                )


def _repeat(task: Task, repeat: Repeat, begun: Sequence[Begun], before: Expanded, shift: Shift) -> Repeat:
    """Return a repeat from the new first week; what is over does not come again in the rest of its month."""
    over = any(
        entry.becomes is None and not entry.job.done and comes_again(task, entry.first, before.scenario, shift)
        for entry in begun
    )
    shifted = shift.repeat(repeat)
    return shifted.model_copy(update={"since": next_month(before.scenario, shift)}) if over else shifted


def _rows(
    before: Expanded,
    fields: Mapping[str, Any],
    facts: Sequence[Fact],
    kept: Mapping[str, str],
    gone: Leaving,
    shift: Shift,
) -> tuple[Worked, ...]:
    """Return the rows that come along; a row of a repeat names its occurrence where its date would tell another."""
    rows: list[Worked] = []
    jobs: list[str | None] = []
    for number, (row, fact) in enumerate(zip(before.scenario.worked, facts, strict=True)):
        if number not in gone.rows:
            job = _later(fact, before, kept, shift)
            by_date = job is None or ("@" in job and occurrence(row.task)[1] is None)
            rows.append(shift.row(row, fact.task if job is None or by_date else job))
            jobs.append(job)
    return _named(rows, jobs, before, {**fields, "worked": ()})


def _promised(
    before: Expanded,
    fields: Mapping[str, Any],
    promised: Sequence[tuple[Booking, Fact]],
    kept: Mapping[str, str],
    shift: Shift,
) -> tuple[Booking, ...]:
    """Return the bookings that come along, named as rows of worked are; what is behind the horizon waits for it."""
    rows: list[Booking] = []
    jobs: list[str | None] = []
    for row, fact in promised:
        behind = (fact.day - shift.new).days // 7 >= shift.weeks
        job = fact.task if behind else _later(fact, before, kept, shift)
        if job is not None:
            by_date = "@" in job and occurrence(row.task)[1] is None
            rows.append(shift.row(row, fact.task if by_date else job))
            jobs.append(None if behind else job)
    return _named(rows, jobs, before, fields)


def _named(
    rows: Sequence[_Row], jobs: Sequence[str | None], before: Expanded, fields: Mapping[str, Any]
) -> tuple[_Row, ...]:
    """Return rows that name their occurrence where their date alone would mean another."""
    read = facts_of(expand(before.scenario.model_copy(update=dict(fields))), rows)
    return tuple(
        row if job is None or fact.job == job else row.model_copy(update={"task": job})
        for row, fact, job in zip(rows, read, jobs, strict=True)
    )


def _later(fact: Fact, before: Expanded, kept: Mapping[str, str], shift: Shift) -> str | None:
    """Return the job that hours belong to in the new horizon; None for those of an occurrence that it does not have."""
    if fact.job in kept:
        return kept[fact.job]
    if fact.job == fact.task:
        return fact.task
    first = occurrence(fact.job)[1]
    if first is None or first <= shift.by or fact.job not in before.jobs:
        return None
    if first - shift.by > shift.weeks:
        day = show_date(first_day(first, shift.old), before.scenario.calendar.system)
        raise InputError(
            f"{shift.weeks} weeks are too few: hours were worked on {fact.task} for its occurrence of {day}, "
            f"which would be behind the horizon: at least {first - shift.by} weeks are needed"
        )
    return f"{fact.task}@{first - shift.by}"
