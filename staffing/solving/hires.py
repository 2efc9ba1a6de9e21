"""A plan with no more hires than counting asks for, sought first of all where these have hardly an hour to spare.

Search that moves a few tasks at a time does not find such a plan, as everybody's weeks have to be full. CP-SAT does,
once it is told how much of a week may be left free: what those hired have, less what must be worked, is the most for
all of them together, and so for each.
"""

from __future__ import annotations

import numpy as np

from staffing.solving.arrays import IntArray
from staffing.solving.bound.counting import Counting, most_hired
from staffing.solving.context import SearchContext
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.goals import GOALS, Term
from staffing.solving.limits import Deadline
from staffing.solving.solution import Solution, with_hires
from staffing.solving.tuning import TUNING


def with_fewest_hires(
    context: SearchContext, counting: Counting, term: Term, start: Solution, bound: int, deadline: Deadline
) -> tuple[Solution, int]:
    """Return a plan with no more hires than are counted, if one is found, and the bound, raised if there is none.

    Parameters
    ----------
    context
        What is planned.
    counting
        What was counted for the goal.
    term, start, bound
        The goal, the best plan known, and the bound that was counted.
    deadline
        When the turn of the goal ends.
    """
    problem, objective = context.problem, context.objectives.of
    cover = counting.cover
    if term.goal != "cost" or cover is None or problem.cells > TUNING.hires_cells:
        return start, bound
    pay, most = bound - counting.hired, counting.hired
    until = context.clock.within(TUNING.hires_share * deadline.left)
    while _cost_of_hires(context, start) > most and not (until.over or context.stop.is_set()):
        model = _model(context, counting, most)
        if model is None:
            break
        found = run(model, [], None, context.limits, context.clock, until.left, stop=context.stop)
        context.report.plans += found.plans
        if found.steps is not None:
            plan = with_hires(problem, found.steps)
            return (plan if objective(term, plan) < objective(term, start) else start), max(bound, pay + most)
        if not found.infeasible:
            break
        cover.rows.append((dict(enumerate(cover.costs)), most + 1))
        most = max(most + 1, counting.solved(cover))
        bound = max(bound, pay + most)
    return start, bound


def _cost_of_hires(context: SearchContext, plan: Solution) -> int:
    return sum(context.problem.people[one].hired_cost for one in plan.hired)


def _model(context: SearchContext, counting: Counting, most: int) -> Model | None:
    """Return a model of all that is kept with hires of at most a cost; None where they may leave whole weeks free."""
    problem, forced = context.problem, counting.forced
    spare = _spare(counting, most)
    room = counting.columns.room[None]
    if not (spare < room.max(axis=0)).any():
        return None
    model = build_model(problem)
    for goal, limit in counting.kept:
        model.at_most(GOALS[goal].objective(model, context.baseline), limit)
    for job in forced.last:
        model.cp.add(model.delivered[job] == 1)
    hires = {one: var for one in problem.placeholders if (var := model.hired(one)) is not None}
    model.at_most([(var, problem.people[one].hired_cost) for one, var in hires.items()], most)
    for (person, week), jobs in model.at.items():
        most_left, free = int(room[person, week]), int(spare[week])
        if free < most_left:
            worked = [(var, -factor) for var, factor in (model.hours[job, person, week] for job in jobs)]
            if person in hires:
                model.at_most([*worked, (hires[person], most_left)], free)
            else:
                model.at_most(worked, free - most_left)
    return model


def _spare(counting: Counting, most: int) -> IntArray:
    """Return, by week, the most steps left free of those who are there and of hires of at most a cost."""
    people = counting.problem.people
    room = counting.columns.room[None]
    dear = [number for number, person in enumerate(people) if person.hire and person.hired_cost]
    demand = counting.demand
    assert demand is not None
    weeks = {int(first): number for number, (first, last) in enumerate(demand.spans) if first == last}
    found = room.sum(axis=0) - room[dear].sum(axis=0)
    for week in range(counting.problem.weeks):
        found[week] += most_hired(((int(room[one, week]), people[one].hired_cost) for one in dear), most)
        if week in weeks:
            found[week] -= demand.needs[:, weeks[week]].sum()
    return np.asarray(found)
