"""From the allocations of a plan file back to a draft, noting what no draft could be."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import isfinite

from staffing.auditing.violation import Violation, show
from staffing.plan.baseline import began_from, confidence_of, kept_names
from staffing.plan.draft import Draft
from staffing.plan.facts import Cell
from staffing.plan.numbers import exact
from staffing.plan.plan import Plan
from staffing.plan.records import Allocation
from staffing.scenario.bookings import is_kept, with_bookings
from staffing.scenario.confidence import at_confidence
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario


@dataclass
class Reading:
    """What the allocations of a plan say, and what is wrong with them."""

    history: dict[Cell, Fraction] = field(default_factory=dict)
    promised: dict[Cell, Fraction] = field(default_factory=dict)
    new: dict[Cell, Fraction] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)


def read_allocations(scenario: Scenario, plan: Plan) -> tuple[Expanded, Draft, list[Violation]]:
    """Rebuild the scenario with the plan's history, and the draft of its new hours.

    Parameters
    ----------
    scenario
        The scenario, with what it says was worked.
    plan
        Any plan file, whatever it says.

    Notes
    -----
    Allocations that name what the scenario does not have, or have no hours, are violations and left out. Hours off the
    grid and cells that stand twice are violations and counted. The week a re-plan began from is the solver's
    `from_week`, or else the week after the last fixed one that is not said to be promised. Where the scenario says what
    was worked, that is the history, and fixed allocations say the same. Fixed hours from that week on are promised: by
    bookings of the scenario, or as the solver's `keep` says of the baseline's. Uncertain hours are those of the
    confidence that the plan was made with.
    """
    scenario = at_confidence(scenario, confidence_of(plan))
    if scenario.tells_worked:
        return _beside_worked(scenario, plan)
    expanded = scenario.expanded
    from_week = began_from(plan, expanded.weeks)
    keeps = kept_names(plan)
    reading = Reading()
    for entry in plan.assigned:
        unusable = list(_unknown(expanded, entry))
        cell = entry.task, entry.staff, entry.week
        promised = entry.fixed and entry.week >= from_week
        if promised and not unusable:
            promised = cell in expanded.promises.hours or is_kept(expanded, keeps, *cell[:2])
        reading.violations += unusable or (() if promised else _odd(expanded, plan, entry, from_week))
        if promised:
            reading.violations += _as_planned(expanded, entry)
        if not unusable:
            fixed = reading.promised if promised else reading.history if entry.week < from_week else reading.new
            side = fixed if entry.fixed else reading.new
            if cell in side or (not promised and (cell in reading.history or cell in reading.new)):
                reading.violations.append(_violation(entry, "stands twice"))
            side[cell] = side.get(cell, Fraction(0)) + exact(entry.hours)
    unbooked = scenario.unbooked
    if reading.history or from_week > 1:
        unbooked = replan(unbooked, reading.history, from_week)
        expanded = with_bookings(unbooked)
    return _with_kept(unbooked, expanded, keeps, reading), _draft(plan, reading), reading.violations


def _with_kept(unbooked: Expanded, expanded: Expanded, keeps: Collection[str], reading: Reading) -> Expanded:
    """Return the scenario with the baseline's hours that the plan says it kept, promised beside the bookings."""
    more = {
        cell: hours - expanded.promises.hours.get(cell, Fraction(0))
        for cell, hours in reading.promised.items()
        if is_kept(expanded, keeps, *cell[:2]) and hours > expanded.promises.hours.get(cell, Fraction(0))
    }
    return with_bookings(unbooked, more) if more else expanded


def _draft(plan: Plan, reading: Reading) -> Draft:
    return Draft(reading.new, frozenset(plan.hired), reading.promised)


def _beside_worked(scenario: Scenario, plan: Plan) -> tuple[Expanded, Draft, list[Violation]]:
    """Read new hours, and compare fixed ones with what the scenario says was worked."""
    expanded, reading = scenario.expanded, Reading()
    for entry in plan.assigned:
        unusable = list(_unknown(expanded, entry))
        reading.violations += unusable or _as_planned(expanded, entry)
        if not unusable:
            side = reading.history if entry.fixed else reading.new
            cell = entry.task, entry.staff, entry.week
            if cell in side:
                reading.violations.append(_violation(entry, "stands twice"))
            side[cell] = side.get(cell, Fraction(0)) + exact(entry.hours)
    keeps = kept_names(plan)
    for cell in {**expanded.history, **reading.history}:
        worked, said = expanded.history.get(cell, Fraction(0)), reading.history.get(cell, Fraction(0))
        task, staff, week = cell
        can_be_promised = cell in expanded.promises.hours or is_kept(expanded, keeps, task, staff)
        if said > worked and week >= expanded.from_week and can_be_promised:
            reading.promised[cell] = said - worked
        elif worked != said:
            what = f"{show(said)} fixed hours of {staff} on {task} in week {week}, where {show(worked)} were worked"
            reading.violations.append(Violation("allocations", f"There are {what}.", task, staff, week))
    expanded = _with_kept(scenario.unbooked, expanded, keeps, reading)
    return expanded, _draft(plan, reading), reading.violations


def _violation(entry: Allocation, what: str) -> Violation:
    message = f"The allocation of {entry.task} to {entry.staff} in week {entry.week} {what}."
    return Violation("allocations", message, entry.task, entry.staff, entry.week)


def _unknown(expanded: Expanded, entry: Allocation) -> Iterator[Violation]:
    """Yield what keeps an allocation from being read at all."""
    if entry.task not in expanded.jobs:
        yield _violation(entry, "names a task that the scenario does not have")
    if entry.staff not in expanded.people:
        yield _violation(entry, "names a person that the scenario does not have")
    if not 1 <= entry.week <= expanded.weeks:
        yield _violation(entry, f"lies outside the horizon of {expanded.weeks} weeks")
    if not (isfinite(entry.hours) and exact(entry.hours) > 0):
        yield _violation(entry, f"has {entry.hours} hours; hours are above 0")


def _odd(expanded: Expanded, plan: Plan, entry: Allocation, from_week: int) -> Iterator[Violation]:
    """Yield what an allocation of a re-plan must not say, or says differently from the scenario."""
    if entry.fixed and plan.baseline is None:
        yield _violation(entry, "is fixed, which takes a baseline")
    if entry.fixed and entry.week >= from_week:
        yield _violation(entry, f"is fixed, though the re-plan began from week {from_week}")
    yield from _as_planned(expanded, entry)


def _as_planned(expanded: Expanded, entry: Allocation) -> Iterator[Violation]:
    """Yield what an allocation says differently from the scenario."""
    job = expanded.jobs[entry.task]
    monday = first_day(entry.week, expanded.scenario.start)
    if not entry.fixed and exact(entry.hours) % expanded.step:
        yield _violation(entry, f"has {entry.hours} hours, off the grid of {float(expanded.step)}")
    if entry.client != job.client:
        yield _violation(entry, f"is for client {entry.client}; the task is for {job.client}")
    if entry.kind != job.kind:
        yield _violation(entry, f"is {entry.kind}; the task is {job.kind}")
    if entry.week_start != monday:
        yield _violation(entry, f"begins on {entry.week_start}; that week begins on {monday}")
