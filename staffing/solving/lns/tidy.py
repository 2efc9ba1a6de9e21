"""Tidying: hours in the earliest weeks and the fewest allocations, with every goal as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.scenario.records import MAXIMISED
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.terms import TERMS
from staffing.solving.cp.variables import Terms
from staffing.solving.limits import Deadline
from staffing.solving.lns.subproblem import part
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.amounts import handed_over
from staffing.solving.state.usage import Cells, Usage, usage_of

if TYPE_CHECKING:
    from staffing.solving.lexicographic import Search

SECONDS = 0.3
"""Most time for the hours of one person."""


def untidiness(model: Model) -> Terms:
    """Return the sum that tidying minimises: steps × weeks first, allocations after."""
    terms: Terms = []
    for (job, person, week), (var, factor) in model.hours.items():
        terms.append((var, factor * week * (model.problem.weeks + 1)))
        terms.append((model.used(job, person, week), 1))
    return terms


def tidied_by_person(search: Search, solution: Solution, deadline: Deadline) -> Solution:
    """Tidy the hours of one person after the other, as long as there is time."""
    usage = usage_of(search.problem, solution)
    for person in range(len(search.problem.people)):
        if deadline.over or search.stop.is_set():
            break
        own = sorted(job for job in usage.jobs_of[person] if {who for who, _ in usage.cells[job]} == {person})
        if own:
            _tidy(search, usage, person, own, min(SECONDS, deadline.left))
    return with_hires(search.problem, usage.steps())


def _tidy(search: Search, usage: Usage, person: int, own: list[int], seconds: float) -> None:
    before: dict[int, Cells] = {job: usage.remove(job) for job in own}
    model = build_model(part(usage, own, {person}))
    numbers = {job: number for number, job in enumerate(own)}
    hint = with_hires(
        model.problem, {(numbers[job], *cell): steps for job, cells in before.items() for cell, steps in cells.items()}
    )
    earlier = search.earlier.of_part(numbers, handed_over(usage, search.earlier))
    for entry in search.goals:
        sign = -1 if entry.goal in MAXIMISED else 1
        terms = [(var, sign * factor) for var, factor in TERMS[entry.goal](model, earlier)]
        model.at_most(terms, model.evaluate(terms, hint))
    for var in model.delivered.values():
        model.cp.add(var == 1)
    found = run(model, untidiness(model), hint, search.limits, search.clock, seconds, stop=search.stop, quick=True)
    after: dict[int, dict[tuple[int, int], int]] = {}
    for (number, who, week), steps in (found.steps or {}).items():
        after.setdefault(own[number], {})[who, week] = steps
    for job in own:
        usage.place(job, after.get(job, before[job]))
