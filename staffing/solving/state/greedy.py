"""A first plan at once: one job after the other, each given to whoever delivers it best.

Every rule holds at every moment; nothing placed is moved again. The search begins from the best of a few such plans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.earlier import Earlier
from staffing.solving.solution import Solution
from staffing.solving.state.plan import PlanState
from staffing.solving.state.tables import Guide, guide

WEIGHTS: dict[str, float] = {"cost": 1.0, "late": 2.0**40, "hire": 2.0**30, "contact": 1e-3, "week": 1e-6}
"""On time above all; then people who are there; then the cost; then known to the client; then early."""


def never() -> bool:
    """Return False: there is no hurry."""
    return False


def greedy_guide(problem: Problem, **more: float) -> Guide:
    """Return the guide of first plans."""
    return guide(np.zeros((len(problem.people), problem.weeks)), **WEIGHTS, **more)


def constructed(problem: Problem, jobs: Iterable[int], *, hiring: bool) -> Solution:
    """Return a plan made by placing jobs in this order, each after those that come before it.

    Parameters
    ----------
    problem
        What is planned.
    jobs
        Numbers of jobs.
    hiring
        Whether placeholders may be given work.
    """
    return _construct(PlanState(problem), jobs, hiring=hiring)


def _construct(plan: PlanState, jobs: Iterable[int], *, hiring: bool, over: Callable[[], bool] = never) -> Solution:
    plan.load({})
    plan.bar(plan.problem.placeholders, not hiring)
    _insert_all(plan, plan.problem.in_order(jobs), greedy_guide(plan.problem), over)
    return plan.solution()


def repaired(problem: Problem, baseline: Earlier, over: Callable[[], bool] = never) -> list[Solution]:
    """Keep of a baseline the hours that are still possible, put back near what is not, and then add the rest.

    Once time is `over`, what is still possible is kept, and no more is placed.

    Returns
    -------
    list of Solution
        The plan without the rest, and with it; none where the baseline has nothing to keep.
    """
    if not baseline.cells:
        return []
    plan, weights = PlanState(problem, baseline), greedy_guide(problem, again=1.0)
    ranked = list(problem.in_order(by_density(problem, range(len(problem.jobs)))))
    for musts in (True, False):  # what must be done, first of all
        mine = [job for job in ranked if problem.jobs[job].must == musts and baseline.jobs.get(job)]
        for job in mine:
            plan.insert_as_planned(job)
        _insert_all(plan, problem.in_order(mine) if musts else mine, weights, over)
    kept = plan.solution()
    _insert_all(plan, ranked, weights, over)
    return [kept, plan.solution()]


def completed(problem: Problem, solution: Solution, baseline: Earlier) -> Solution:
    """Return a plan with whatever else fits, the densest first."""
    plan = PlanState.of(problem, solution, baseline)
    _insert_all(plan, problem.in_order(by_density(problem, range(len(problem.jobs)))), greedy_guide(problem))
    return plan.solution()


def _insert_all(plan: PlanState, jobs: Iterable[int], weights: Guide, over: Callable[[], bool] = never) -> None:
    for job in jobs:
        if over():
            return
        if job not in plan.cells:
            plan.insert(job, weights)


def by_density(problem: Problem, among: Collection[int]) -> list[int]:
    """Return jobs in order: `must` first, then by value per hour needed, then by window."""

    def rank(job: int) -> tuple[bool, float, int, int]:
        data = problem.jobs[job]
        return (not data.must, -data.value / min(pair.need for pair in data.pairs), data.last, data.first)

    return sorted(among, key=rank)


def first_plans(problem: Problem, over: Callable[[], bool] = never) -> list[Solution]:
    """Construct a few plans: with and without hires, only what must be done, and nothing.

    Once time is `over`, no more is placed: where nothing is compiled yet, a very large plan takes minutes.
    """
    ranked = by_density(problem, range(len(problem.jobs)))
    musts = [job for job in ranked if problem.jobs[job].must]
    plan, plans = PlanState(problem), [Solution({})]
    for hiring in sorted({False, any(person.hire for person in problem.people)}):
        plans.append(_construct(plan, ranked, hiring=hiring, over=over))
        if musts:
            plans.append(_construct(plan, musts, hiring=hiring, over=over))
    return plans
