"""Tidying: hours in the earliest weeks and the fewest allocations, with every goal as it is."""

from __future__ import annotations

from staffing.solving.context import SearchContext
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.variables import Terms
from staffing.solving.goals import GOALS
from staffing.solving.limits import Deadline
from staffing.solving.lns.subproblem import Subproblem, freed
from staffing.solving.solution import Solution
from staffing.solving.state.plan import PlanState
from staffing.solving.tuning import TUNING


def untidiness(model: Model) -> Terms:
    """Return the sum that tidying minimises: steps × weeks first, allocations after."""
    terms: Terms = []
    for (job, person, week), (var, factor) in model.hours.items():
        terms.append((var, factor * week * (model.problem.weeks + 1)))
        terms.append((model.used(job, person, week), 1))
    return terms


def tidied_by_person(context: SearchContext, solution: Solution, deadline: Deadline) -> Solution:
    """Return a plan with the hours of one person after the other tidied, as long as there is time."""
    plan = PlanState.of(context.problem, solution, context.baseline)
    for person in range(len(context.problem.people)):
        if deadline.over or context.stop.is_set():
            break
        own = sorted(job for job in plan.jobs_of(person) if {who for who, _ in plan.cells[job]} == {person})
        if own:
            subproblem = freed(plan, context.baseline, own, {person})
            tidy = _tidied(context, subproblem, min(TUNING.tidy_person_seconds, deadline.left))
            for job in own:
                plan.remove(job)
            for job in own:
                plan.place(job, tidy.get(job, subproblem.before[job]))
    return plan.solution()


def _tidied(context: SearchContext, subproblem: Subproblem, seconds: float) -> dict[int, dict[tuple[int, int], int]]:
    """Return the tidy hours by job; none where no better were found."""
    model = build_model(subproblem.problem)
    for term in context.terms:
        terms = GOALS[term.goal].objective(model, subproblem.baseline)
        model.at_most(terms, model.evaluate(terms, subproblem.hint))
    for var in model.delivered.values():
        model.cp.add(var == 1)
    found = run(
        model, untidiness(model), subproblem.hint, context.limits, context.clock, seconds, stop=context.stop, quick=True
    )
    return subproblem.by_job(found.steps or {})
