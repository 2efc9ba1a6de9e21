"""An earlier plan read for a re-plan: what is history, what is to change as little as may be, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from staffing.errors import Mistake, PlanError
from staffing.plan.actuals import Key, family, worked_tasks
from staffing.plan.answer import Answer
from staffing.plan.baseline import DELIVERED, Stint, baseline_tasks, stints
from staffing.plan.doubled import refuse_doubled
from staffing.plan.facts import Cell
from staffing.plan.matching import matched
from staffing.plan.numbers import exact
from staffing.plan.records import Baseline, BaselineTask
from staffing.scenario.amounts import plain
from staffing.scenario.dates import first_day, week_of
from staffing.scenario.expand import Expanded

MOST_NAMED = 5
BEGUN = "a task that was begun keeps its id"
LEFT = "whoever has left stays, with an end"
BEFORE = "done and spent can count them"


@dataclass(frozen=True, slots=True)
class EarlierPlan:
    """What a re-plan takes from an earlier plan.

    Attributes
    ----------
    baseline
        What it delivered: every task once, as its hours say.
    history
        Hours by task, person and week of the scenario, all of them before the week the re-plan begins from.
    kept
        The other hours, of the weeks from there on: what was planned, as far as the scenario has its people and tasks.
    warnings
        Records that do not agree with the hours, and hours that are left out.
    """

    baseline: Baseline
    history: Mapping[Cell, Fraction]
    kept: Mapping[Cell, Fraction]
    warnings: tuple[Mistake, ...]
    planned: Mapping[Key, Fraction]
    """Its hours by task, a repeating one being one, and person; those worked before its horizon too."""
    begun: frozenset[str]
    """Tasks on which it had hours before the day from which on is planned."""


def read_earlier(plan: Answer, expanded: Expanded, from_week: int | None) -> EarlierPlan:
    """Read an earlier plan for a re-plan of a scenario.

    Parameters
    ----------
    plan
        Any plan, whatever was changed in it.
    expanded
        The scenario that is planned again, without history.
    from_week
        First week of new hours; what the plan says of the weeks before is history. None where nothing of it is, because
        the scenario itself tells what was worked.

    Raises
    ------
    PlanError
        Where a record can be read in two ways or has hours that are none, no task is one of the scenario, or hours
        would count twice, as history and as ``done`` or ``spent``.
    """
    read, told = stints(plan)
    tasks, differing = baseline_tasks(plan, read)
    start = expanded.scenario.start
    past = [stint for stint in read if from_week is not None and _week(stint, expanded) < from_week]
    _refuse_stranger(plan, [task.task for task in tasks], past, expanded)
    ids = _ids(plan, tasks, expanded)
    history = _hours(past, ids, expanded)
    refuse_doubled(plan, history, expanded)
    left_out = tuple(_left_out(past, ids, expanded))
    over = expanded.scenario.as_of or first_day(from_week or 1, start)
    first = from_week or expanded.scenario.first_open_week
    return EarlierPlan(
        baseline=Baseline(plan.fingerprint, tuple(replace(task, task=ids[task.task]) for task in tasks)),
        history=history,
        kept=_hours([stint for stint in read if _week(stint, expanded) >= first], ids, expanded),
        warnings=(*told, *differing, *left_out),
        planned=_planned(plan, read),
        begun=frozenset(family(stint.entry.task) for stint in read if stint.entry.week_start < over),
    )


def planned_before(expanded: Expanded, earlier: EarlierPlan | None) -> dict[Key, Fraction] | None:
    """Return the hours of an earlier plan on the tasks that were begun, or should have been."""
    if earlier is None:
        return None
    begun = worked_tasks(expanded) | earlier.begun
    return {key: hours for key, hours in earlier.planned.items() if key[0] in begun and key[1] in expanded.people}


def _planned(plan: Answer, read: Iterable[Stint]) -> dict[Key, Fraction]:
    """Add up the hours of a plan by task and person; what was worked leads over the hours that it has of it."""
    known = plan.context is not None and bool(plan.context.work)
    found = {(one.task, one.staff): exact(one.worked) for one in (plan.context.work if plan.context else ())}
    for stint in read:
        if not (known and stint.history):
            key = (family(stint.entry.task), stint.entry.staff)
            found[key] = found.get(key, Fraction(0)) + stint.hours
    return found


def _ids(plan: Answer, tasks: Sequence[BaselineTask], expanded: Expanded) -> dict[str, str]:
    """Return the scenario's id of each task of the plan."""
    ids = [task.task for task in tasks]
    dated = plan.context is not None or plan.assigned
    return matched(ids, plan.start, expanded) if dated else {id_: id_ for id_ in ids}


def _hours(read: Iterable[Stint], ids: Mapping[str, str], expanded: Expanded) -> dict[Cell, Fraction]:
    found: dict[Cell, Fraction] = {}
    for stint in read:
        task, person = ids[stint.entry.task], stint.entry.staff
        week = _week(stint, expanded)
        if 1 <= week <= expanded.weeks and task in expanded.jobs and person in expanded.people:
            found[task, person, week] = found.get((task, person, week), Fraction(0)) + stint.hours
    return found


def _week(stint: Stint, expanded: Expanded) -> int:
    return week_of(stint.entry.week_start, expanded.scenario.start)


def _left_out(past: Sequence[Stint], ids: Mapping[str, str], expanded: Expanded) -> Iterator[Mistake]:
    """Yield a mistake for past hours that cannot be history of this scenario, by the first reason that holds."""
    tasks, people, early = [], [], []
    start = expanded.scenario.start
    families = {job.task for job in expanded.jobs.values()}
    for stint in past:
        id_, before = ids[stint.entry.task], _week(stint, expanded) < 1
        if id_ not in expanded.jobs and not (before and id_.partition("@")[0] in families):
            tasks.append(stint)
        elif stint.entry.staff not in expanded.people:
            people.append(stint)
        elif before:
            early.append(stint)
    for lost, names, why, remedy in (
        (tasks, (stint.entry.task for stint in tasks), "belong to no task of the scenario", BEGUN),
        (people, (stint.entry.staff for stint in people), "are of nobody in the scenario's staff", LEFT),
        (early, (stint.entry.task for stint in early), f"lie before the scenario's start, {start}", BEFORE),
    ):
        if lost:
            hours = f"{plain(total(lost))} hours of the baseline are left out, for they {why}"
            yield Mistake(f"{hours}: {named(names)}; {remedy}.", "allocations")


def total(read: Iterable[Stint]) -> Fraction:
    """Return the sum of hours."""
    return sum((stint.hours for stint in read), Fraction(0))


def named(ids: Iterable[str]) -> str:
    """Return ids in one text, each once: the first few by name, of the rest the number."""
    found = list(dict.fromkeys(ids))
    more = len(found) - MOST_NAMED
    return ", ".join(found[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _refuse_stranger(plan: Answer, tasks: Iterable[str], past: Sequence[Stint], expanded: Expanded) -> None:
    """Raise an error for a plan that shares no task with a scenario; occurrences count as their repeating task."""
    known = dict.fromkeys(job.task for job in expanded.jobs.values())
    said = dict.fromkeys(task.partition("@")[0] for task in tasks)
    if known and known.keys().isdisjoint(said):
        lost = f", and its {plain(total(past))} hours of history would be lost" if past else ""
        raise PlanError(
            f'This plan of "{plan.scenario}" is no baseline for the scenario: none of its tasks '
            f"({named(said) or 'none'}) is one of the scenario's ({named(known)}){lost}."
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an earlier plan delivered a task, in weeks of the scenario; all before its start count as week 1."""

    owners: frozenset[str]
    first: int
    last: int


def deliveries(baseline: Baseline, expanded: Expanded) -> dict[str, Delivery | None]:
    """Return how an earlier plan delivered each task that is present and was not done; None where it waited.

    This is the one reading of a baseline: the goal `changes` is searched and measured by it. A record that stands twice
    is read once.
    """
    found: dict[str, Delivery | None] = {}
    done: set[str] = set()
    for task in baseline.tasks:
        if task.task not in expanded.jobs or task.task in found or task.task in done:
            continue
        days = [day for day in (task.first_day, task.last_day) if day is not None]
        if task.state == "done":
            done.add(task.task)
        elif task.state in DELIVERED and days:
            first, last = (max(1, week_of(day, expanded.scenario.start)) for day in (days[0], days[-1]))
            found[task.task] = Delivery(frozenset(task.owners), first, last)
        else:
            found[task.task] = None
    return found
