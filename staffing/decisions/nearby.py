"""The tasks nearest to some others: those that stand in their way, or could."""

from __future__ import annotations

from collections.abc import Collection

from staffing.problem.problem import Problem
from staffing.solving.state.plan import PlanState


def nearest(plan: PlanState, wanted: Collection[int], size: int, *, waiting: bool) -> list[int]:
    """Return some jobs and those nearest to them, by number.

    Near are tasks in a row with them, of their one-owner groups and budgets, and the work of those who could do them,
    in their weeks.

    Parameters
    ----------
    plan
        The plan in work.
    wanted
        The jobs.
    size
        How many to return, about; all of `wanted` are among them.
    waiting
        Whether others may be among them that the plan does not deliver.
    """
    problem = plan.problem
    row = _in_a_row(problem, wanted)
    people = {pair.person for job in row for pair in problem.jobs[job].pairs}
    budgets = {budget for job in row for budget in problem.budgets_of.get(job, ())}
    first = min((problem.jobs[job].first for job in row), default=0)
    last = max((problem.jobs[job].last for job in row), default=-1)

    def far(job: int) -> tuple[int, int]:
        data = problem.jobs[job]
        owners = {person for person, _ in plan.cells.get(job, ())} or {pair.person for pair in data.pairs}
        amid = data.last >= first and data.first <= last
        shares = 2 * bool(owners & people and amid) + bool(budgets.intersection(problem.budgets_of.get(job, ())))
        overlap = min(last, data.last) - max(first, data.first)
        return -shares, -overlap

    able = (job for job, data in enumerate(problem.jobs) if data.pairs and (job in plan.cells or waiting))
    others = sorted((job for job in able if job not in row), key=far)
    return sorted({*row, *others[: max(0, size - len(row))]})


def _in_a_row(problem: Problem, wanted: Collection[int]) -> set[int]:
    """Return jobs with what comes before and after them, and what shares their one owner."""
    row = set(wanted)
    for job in wanted:
        row |= problem.predecessors[job]
        row |= {later for later in range(len(problem.jobs)) if job in problem.predecessors[later]}
    groups = {group for job in row for group in problem.groups_of.get(job, ())}
    return row.union(*(problem.one_owner[group].jobs for group in groups))
