"""The goal `must` where it comes first: sought among `must` jobs, and those before them, as if there were no others.

What else there is can wait, and takes nothing away. So the problem is small even where the whole is very large, and
what is proven of it holds for the whole.
"""

from __future__ import annotations

from dataclasses import replace

from staffing.problem.problem import Problem
from staffing.solving.context import SearchContext
from staffing.solving.goals import Term
from staffing.solving.limits import Deadline
from staffing.solving.objectives import Objectives
from staffing.solving.portfolio import Portfolio
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.single_model import SingleModel
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.greedy import completed
from staffing.solving.tuning import TUNING
from staffing.solving.turn import GoalTurn


def needed_by_musts(problem: Problem) -> list[int]:
    """Return the `must` jobs and all that comes before them."""
    return sorted(problem.in_order(number for number, job in enumerate(problem.jobs) if job.must))


def with_most_musts(
    context: SearchContext, kernel: Kernel, term: Term, start: Solution, bound: int, deadline: Deadline
) -> tuple[Solution, int]:
    """Return the plan with the most `must` work that is found, and the bound.

    Parameters
    ----------
    context, kernel
        What is planned, and for compiled code.
    term, start, bound, deadline
        The goal, the best plan known, its bound, and when its turn ends.
    """
    whole = context.problem
    jobs = needed_by_musts(whole)
    numbers = {job: number for number, job in enumerate(jobs)}
    problem, baseline = whole.among(jobs), context.baseline.among(numbers)
    alone = replace(
        context,
        problem=problem,
        baseline=baseline,
        repaired=(),
        objectives=Objectives(problem, baseline, hires_as_told=False),
    )
    known = with_hires(
        problem,
        {(numbers[job], person, week): steps for (job, person, week), steps in start.steps.items() if job in numbers},
    )
    turn = GoalTurn(alone, term, (), known, bound, deadline)
    found, bound = Portfolio(turn, SingleModel(alone, most_cells=TUNING.must_model_cells), kernel.of(alone)).run()
    if alone.objectives.of(term, found) >= context.objectives.of(term, start):
        return start, bound
    steps = {(jobs[job], person, week): steps for (job, person, week), steps in found.steps.items()}
    return completed(whole, with_hires(whole, steps), context.baseline), bound
