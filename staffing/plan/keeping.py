"""What a re-plan keeps of its baseline: the hours of some tasks, people or clients, held as if they were promised."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from fractions import Fraction

from staffing.errors import StaffingError
from staffing.plan.facts import ZERO, Cell
from staffing.scenario.amounts import occurrence
from staffing.scenario.bookings import is_kept, with_bookings
from staffing.scenario.expand import Expanded
from staffing.scenario.findings import Speller, meant
from staffing.scenario.paths import label
from staffing.scenario.scenario import Scenario


def check_names(scenario: Scenario, names: Iterable[str]) -> None:
    """Raise an error for names of which there is no task, occurrence, person or client.

    Raises
    ------
    StaffingError
        With the ids that are nearest.
    """
    expanded = scenario.unbooked
    tasks = [task.id for task in scenario.tasks]
    known = [*tasks, *expanded.people, *expanded.copies, *expanded.clients]
    for name in names:
        if name in known or name in expanded.jobs:
            continue
        near = meant(Speller().nearest(occurrence(name)[0], list(dict.fromkeys(known))))
        what = f'there is no task, person or client "{label(name)}" whose hours could be kept'
        if occurrence(name)[0] in tasks:
            what, near = f"{label(occurrence(name)[0])} has no occurrence {label(name)} whose hours could be kept", ""
        raise StaffingError(what + near)


def with_kept(expanded: Expanded, planned: Mapping[Cell, Fraction], names: Collection[str]) -> Expanded:
    """Return a scenario with its bookings, and what is kept of an earlier plan beside them.

    Parameters
    ----------
    expanded
        The scenario with its history, and without bookings.
    planned
        Hours of the earlier plan by job, person and week.
    names
        Tasks, people and clients of which the hours are kept; a task that is done keeps none.

    Notes
    -----
    Of hours that are booked or were worked in the same week, only what the plan has more is kept.
    """
    booked = with_bookings(expanded)
    kept = {}
    for cell, hours in planned.items():
        job, person, week = cell
        if week >= expanded.from_week and is_kept(expanded, names, job, person) and not expanded.jobs[job].done:
            more = hours - expanded.history.get(cell, ZERO) - booked.promises.hours.get(cell, ZERO)
            if more > 0:
                kept[cell] = more
    return with_bookings(expanded, kept) if kept else booked


def keeping_nothing(expanded: Expanded, names: Iterable[str]) -> list[str]:
    """Return the names of which nothing is promised, so that nothing was kept."""
    cells = expanded.promises.hours
    return [name for name in names if not any(is_kept(expanded, [name], job, person) for job, person, _ in cells)]
