"""A first plan at once: one task after the other, each given to whoever delivers it best.

Every rule holds at every moment; nothing placed is moved again. The search begins from the best of a few such plans.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from staffing.problem.problem import Problem
from staffing.solving.earlier import Earlier, delivers
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.placing import Placing
from staffing.solving.state.usage import Usage


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
    usage = Usage(problem)
    placing = Placing(usage, hiring=hiring)
    for job in in_order(problem, jobs):
        placing.place(job)
    return with_hires(problem, usage.steps())


def in_order(problem: Problem, jobs: Iterable[int]) -> list[int]:
    """Return jobs in the order given, each after its predecessors, which are added."""
    found: dict[int, None] = {}
    for job in jobs:
        stack = [job]
        while stack:
            top = stack[-1]
            open_ = [before for before, _ in problem.jobs[top].after if before not in found]
            if open_:
                stack += open_
            else:
                found.setdefault(stack.pop())
    return list(found)


def repaired(problem: Problem, earlier: Earlier) -> list[Solution]:
    """Keep of an earlier plan the hours that are still possible, put back near what is not, and then add the rest.

    Returns
    -------
    list of Solution
        The plan without the rest, and with it; none where the earlier plan has nothing to keep.
    """
    if not earlier.cells:
        return []
    usage = Usage(problem)
    placing = Placing(usage, hiring=True)
    ranked = in_order(problem, by_merit(problem, range(len(problem.jobs))))
    for musts in (True, False):  # what must be done, first of all
        mine = [job for job in ranked if problem.jobs[job].must == musts and earlier.jobs.get(job)]
        for job in mine:
            if (cells := earlier.cells.get(job)) and delivers(problem, job, cells):
                placing.put(job, cells)
        for job in in_order(problem, mine) if musts else mine:
            if job not in usage.cells:
                placing.place(job)
    kept = with_hires(problem, usage.steps())
    for job in ranked:
        if job not in usage.cells:
            placing.place(job)
    return [kept, with_hires(problem, usage.steps())]


def by_merit(problem: Problem, among: Collection[int]) -> list[int]:
    """Return jobs in order: `must` first, then by value per hour needed, then by window."""

    def merit(job: int) -> tuple[bool, float, int, int]:
        data = problem.jobs[job]
        return (not data.must, -data.value / min(pair.need for pair in data.pairs), data.last, data.first)

    return sorted(among, key=merit)


def first_plans(problem: Problem) -> list[Solution]:
    """Construct a few plans: with and without hires, only what must be done, and nothing."""
    ranked = by_merit(problem, range(len(problem.jobs)))
    musts = [job for job in ranked if problem.jobs[job].must]
    plans = [Solution({})]
    for hiring in sorted({False, any(person.hire for person in problem.people)}):
        plans.append(constructed(problem, ranked, hiring=hiring))
        if musts:
            plans.append(constructed(problem, musts, hiring=hiring))
    return plans
