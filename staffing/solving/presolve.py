"""What no plan does is left out before the search: weeks too soon, owners without room, work that no budget pays.

A task begins no sooner than all before it can have ended, each by whoever ends it soonest with nothing else to do. It
is delivered by nobody who lacks the room from then on, or who would burn more of a budget than is left of it once all
that comes before is delivered by those who burn least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from staffing.problem.alone import burn, least_burn, soonest_end
from staffing.problem.problem import JobData, Pair, Problem


@dataclass(frozen=True, slots=True)
class _Budget:
    """The periods of a client's or project's budget, for the same jobs."""

    jobs: frozenset[int]
    periods: list[tuple[frozenset[int], int]]

    def left(self, first: int, last: int) -> int | None:
        """Return the most that may burn in some weeks, in units of money; None where some of them have no limit."""
        weeks = range(first, last + 1)
        concerned = [(inside, left) for inside, left in self.periods if not inside.isdisjoint(weeks)]
        if not all(any(week in inside for inside, _ in concerned) for week in weeks):
            return None
        alone = [left for inside, left in concerned if inside.issuperset(weeks)]
        return min([*alone, sum(max(0, left) for _, left in concerned)])


def presolve(problem: Problem) -> Problem:
    """Return the same problem with fewer jobs, weeks and owners, but the same plans.

    Parameters
    ----------
    problem
        What is planned.

    Returns
    -------
    Problem
        Its jobs are numbered anew: those that cannot be delivered are left out.
    """
    return _Presolve(problem).run()


class _Presolve:
    """Goes through the jobs, predecessors first, and narrows what each of them may be."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._jobs = list(problem.jobs)
        self._budgets = _budgets(problem)
        self._burn = [0] * len(self._jobs)
        """The least that each job burns of a budget."""
        self._end = [0] * len(self._jobs)
        """The first week in which each job can end."""

    def run(self) -> Problem:
        for job in self._problem.in_order(range(len(self._jobs))):
            self._narrow(job)
        possible = [job for job, data in enumerate(self._jobs) if data.pairs]
        return replace(self._problem, jobs=tuple(self._jobs)).among(possible)

    def _narrow(self, job: int) -> None:
        """Narrow the window and the owners of a job; without owners it cannot be delivered."""
        data = self._jobs[job]
        first = max([data.first, *(self._end[before] + lag for before, lag in data.after)])
        if first > data.last or not all(self._jobs[before].pairs for before, _ in data.after):
            self._jobs[job] = replace(data, pairs=())
            return
        data = replace(data, first=first)
        ends = self._ends(data)
        able = [pair for pair in data.pairs if pair.person in ends]
        data = self._jobs[job] = replace(data, pairs=tuple(self._paid(job, data, able)))
        if data.pairs:
            self._burn[job] = least_burn(self._problem, data)
            self._end[job] = min(ends[pair.person] for pair in data.pairs)

    def _ends(self, data: JobData) -> dict[int, int]:
        """Return by owner with room for a job the first week it can end in, alone or with all who may share it."""
        groups = [[pair] for pair in data.pairs] if data.max_owners == 1 else [data.pairs]
        ends = [(group, soonest_end(self._problem, data, group)) for group in groups]
        return {pair.person: end for group, end in ends if end is not None for pair in group}

    def _paid(self, job: int, data: JobData, pairs: Sequence[Pair]) -> Sequence[Pair]:
        """Return those of some owners whom every budget can pay, beside all that comes before the job."""
        for budget in self._budgets.get(job, ()):
            before = self._problem.predecessors[job] & budget.jobs
            first = min([data.first, *(self._jobs[other].first for other in before)])
            last = max([data.last, *(self._jobs[other].last for other in before)])
            left = budget.left(first, last)
            if left is None:
                continue
            left -= sum(self._burn[other] for other in before)
            if data.max_owners == 1:
                pairs = [pair for pair in pairs if burn(self._problem, pair) <= max(0, left)]
            elif pairs and least_burn(self._problem, replace(data, pairs=tuple(pairs))) > max(0, left):
                pairs = ()
        return pairs


def _budgets(problem: Problem) -> dict[int, list[_Budget]]:
    """Return the budgets of each job."""
    by_jobs: dict[tuple[int, ...], _Budget] = {}
    for period in problem.budgets:
        budget = by_jobs.setdefault(period.jobs, _Budget(frozenset(period.jobs), []))
        budget.periods.append((period.weeks, period.left))
    found: dict[int, list[_Budget]] = {}
    for budget in by_jobs.values():
        for job in budget.jobs:
            found.setdefault(job, []).append(budget)
    return found
