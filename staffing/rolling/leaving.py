"""What is finished leaves, and what it burned of periods that go on is carried as ``spent``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from staffing.rolling.shift import Shift
from staffing.scenario.expand import Expanded
from staffing.scenario.history import Fact, burns
from staffing.scenario.records import Task

Money = Mapping[tuple[str, str], Fraction]
"""Amounts of budgets, by ("client" or "project", id)."""
Unit = str | int
"""What stays or leaves as a whole: all rows of a task, by its id, or a row of an occurrence, by its number."""


@dataclass(frozen=True, slots=True)
class Leaving:
    """What does not come along.

    Attributes
    ----------
    tasks
        Tasks that leave.
    rows
        Rows of ``worked`` that leave, by number.
    carried
        What these rows burned of the period in which the new horizon begins, in whole cents.
    """

    tasks: frozenset[str]
    rows: frozenset[int]
    carried: Money


def leaving(
    before: Expanded, facts: Sequence[Fact], shift: Shift, kept: Collection[str], named: Collection[str] = ()
) -> Leaving:
    """Return what leaves the scenario: tasks done or cancelled, and the hours of occurrences that are over.

    Parameters
    ----------
    before
        The scenario before, its horizon long enough.
    facts
        Its rows of ``worked``, in their order.
    kept
        Occurrences that began before the new first week and go on.
    named
        Tasks that stay whatever was worked, as they are named elsewhere.

    Notes
    -----
    What was worked from the new first week on is part of the new plan, so it stays, with its task. A task stays, too,
    while the lag after it holds others back.

    ``spent`` has whole cents. Where hours that leave burn a fraction of one in a period that goes on, they stay until
    that period is over: nothing is rounded. The last hours of a placeholder stay as well, for whoever worked is hired.
    """
    repeating = {task.id for task in before.scenario.tasks if task.repeat is not None}
    stay = {fact.task for fact in facts if fact.day >= shift.new} | _awaited(before) | set(named)
    tasks = {job.id for job in before.jobs.values() if job.task == job.id and job.done and job.id not in stay}
    units: dict[int, Unit] = {}
    for number, fact in enumerate(facts):
        if fact.task not in repeating:
            units |= {number: fact.task} if fact.task in tasks else {}
        elif fact.job not in kept and fact.day < shift.new and not _to_come(before, fact.job, shift):
            units[number] = number
    burned = list(_burned(before, facts, shift))
    units = _without(units, _last_of_hired(before, facts, units))
    units = _without(units, _with_fractions(before, units, burned))
    held = {fact.task for number, fact in enumerate(facts) if number not in units} | stay
    tasks |= {task.id for task in before.scenario.tasks if _is_over(task, before, shift)}
    carried = _sum({key: money} for number, key, money in burned if number in units)
    return Leaving(frozenset(tasks - held), frozenset(units), carried)


def _without(units: Mapping[int, Unit], staying: Collection[Unit]) -> dict[int, Unit]:
    return {number: unit for number, unit in units.items() if unit not in staying}


def _to_come(before: Expanded, job: str, shift: Shift) -> bool:
    """Whether a job is an occurrence that begins in the new horizon."""
    return job in before.jobs and int(job.rpartition("@")[2]) > shift.by


def _is_over(task: Task, before: Expanded, shift: Shift) -> bool:
    """Whether a repeat has no occurrence any more."""
    if task.repeat is None:
        return False
    until = task.repeat.until
    return task.cancelled or (until is not None and before.scenario.week(until) <= shift.by)


def _awaited(before: Expanded) -> set[str]:
    """Return finished tasks after which others may not begin yet."""
    return {
        task
        for job in before.jobs.values()
        if not job.done
        for task, lag in job.after
        if task in before.finished and before.finished[task] + lag > before.from_week
    }


def _burned(before: Expanded, facts: Sequence[Fact], shift: Shift) -> Iterator[tuple[int, tuple[str, str], Fraction]]:
    """Yield what each row burns of the periods in which the new horizon begins; all others are over."""
    goes_on = {
        key: next(period.name for period in periods if shift.by + 1 in period.weeks)
        for key, periods in before.budgets.items()
    }
    numbers = {id(fact): number for number, fact in enumerate(facts)}
    for burn in burns(before, facts):
        key = (burn.what, burn.owner)
        if burn.period == goes_on[key]:
            yield numbers[id(burn.fact)], key, burn.money


def _with_fractions(
    before: Expanded, units: Mapping[int, Unit], burned: Iterable[tuple[int, tuple[str, str], Fraction]]
) -> set[Unit]:
    """Return the units that burn fractions of a cent, of clients whose hours burn some all together."""
    clients: dict[str, dict[Unit, list[Money]]] = defaultdict(lambda: defaultdict(list))
    for number, key, money in burned:
        if number in units:
            client = key[1] if key[0] == "client" else before.projects[key[1]].client
            clients[client][units[number]].append({key: money})
    found: set[Unit] = set()
    for of_client in clients.values():
        if not _whole(_sum(money for burned in of_client.values() for money in burned)):
            found |= {unit for unit, burned in of_client.items() if not _whole(_sum(burned))}
    return found


def _sum(amounts: Iterable[Money]) -> Money:
    total: dict[tuple[str, str], Fraction] = defaultdict(Fraction)
    for burned in amounts:
        for key, money in burned.items():
            total[key] += money
    return dict(total)


def _whole(amounts: Money) -> bool:
    return all((money * 100).denominator == 1 for money in amounts.values())


def _last_of_hired(before: Expanded, facts: Sequence[Fact], units: Mapping[int, Unit]) -> set[Unit]:
    """Return the unit of the last hours of each placeholder of whom no other hours stay.

    A row of an occurrence by somebody whose fixed price burns is passed over: it would burn that price once more.
    """
    by_cost = before.scenario.budget_basis == "cost"
    tasks = {task.id: task for task in before.scenario.tasks}
    staying = {fact.staff for number, fact in enumerate(facts) if number not in units}
    found: set[Unit] = set()
    for number in sorted(units, key=lambda number: facts[number].day, reverse=True):
        fact = facts[number]
        priced = by_cost and any(fact.staff in before.copies[name] for name in tasks[fact.task].estimates)
        if (
            before.people[fact.staff].placeholder
            and fact.staff not in staying
            and not (priced and isinstance(units[number], int))
        ):
            staying.add(fact.staff)
            found.add(units[number])
    return found
