"""What no plan does is left out before the search: weeks too soon, owners without room, work that no budget pays.

A task begins no sooner than all before it can have ended, each by whoever ends it soonest with nothing else to do. It
is delivered by nobody who lacks the room from then on, or who would burn more of a budget than is left of it once all
that comes before is delivered by those who burn least.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from staffing.problem.problem import JobData, Pair, Problem
from staffing.solving.cp.model import most_in_week


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


def narrowed(problem: Problem) -> Problem:
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
    return _Narrowing(problem).problem()


class _Narrowing:
    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._jobs = list(problem.jobs)
        self._budgets = _budgets(problem)
        self._before: list[frozenset[int]] = [frozenset()] * len(self._jobs)
        """All that comes before each job."""
        self._burn = [0] * len(self._jobs)
        """The least that each job burns of a budget."""
        self._end = [0] * len(self._jobs)
        """The first week in which each job can end."""

    def problem(self) -> Problem:
        for job in _in_order(self._jobs):
            self._narrow(job)
        possible = [job for job, data in enumerate(self._jobs) if data.pairs]
        return replace(self._problem, jobs=tuple(self._jobs)).among(possible)

    def _narrow(self, job: int) -> None:
        data = self._jobs[job]
        first = max([data.first, *(self._end[before] + lag for before, lag in data.after)])
        if first > data.last or not all(self._jobs[before].pairs for before, _ in data.after):
            self._jobs[job] = replace(data, pairs=())
            return
        data = replace(data, first=first)
        self._before[job] = frozenset().union(*({before} | self._before[before] for before, _ in data.after))
        pairs = self._paid(job, data, self._with_room(data))
        data = self._jobs[job] = replace(data, pairs=tuple(pairs))
        if pairs:
            self._burn[job] = self._least_burn(data)
            self._end[job] = self._soonest_end(data)

    def _with_room(self, data: JobData) -> Sequence[Pair]:
        """Return the pairs that have room for a job: alone, or if several may share it, together."""
        if data.max_owners == 1:
            return [pair for pair in data.pairs if self._end_by(data, [pair]) is not None]
        return data.pairs if self._end_by(data, data.pairs) is not None else ()

    def _soonest_end(self, data: JobData) -> int:
        """Return the first week in which a job, whose owners have room for it, can end."""
        shares = [[pair] for pair in data.pairs] if data.max_owners == 1 else [data.pairs]
        ends = [self._end_by(data, pairs) for pairs in shares]
        return min(end for end in ends if end is not None)

    def _end_by(self, data: JobData, pairs: Sequence[Pair]) -> int | None:
        """Return the first week in which some people together end a job; None if they lack the room for it."""
        alone = data.max_owners == 1
        left = pairs[0].need if alone else data.effort
        for week in data.weeks:
            for pair in pairs:
                left -= (1 if alone else pair.power) * most_in_week(self._problem, data, pair, week)
            if left <= 0:
                return week
        return None

    # budgets

    def _burns(self, pair: Pair) -> int:
        """Return what an owner burns of a budget for all of a job, in units of money."""
        if self._problem.price_burns and pair.price is not None:
            return pair.price
        return pair.need * self._problem.people[pair.person].burn

    def _least_burn(self, data: JobData) -> int:
        """Return the least that all of a job burns, whoever delivers it, in units of money."""
        if data.max_owners == 1:
            return min(map(self._burns, data.pairs))
        return min(data.effort * self._problem.people[pair.person].burn // pair.power for pair in data.pairs)

    def _paid(self, job: int, data: JobData, pairs: Sequence[Pair]) -> Sequence[Pair]:
        """Return those of some owners whom every budget can pay, beside all that comes before the job."""
        for budget in self._budgets.get(job, ()):
            before = self._before[job] & budget.jobs
            first = min([data.first, *(self._jobs[other].first for other in before)])
            last = max([data.last, *(self._jobs[other].last for other in before)])
            left = budget.left(first, last)
            if left is None:
                continue
            left -= sum(self._burn[other] for other in before)
            if data.max_owners == 1:
                pairs = [pair for pair in pairs if self._burns(pair) <= max(0, left)]
            elif pairs and self._least_burn(replace(data, pairs=tuple(pairs))) > max(0, left):
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


def _in_order(jobs: Sequence[JobData]) -> list[int]:
    """Return jobs in an order in which each comes after its predecessors."""
    order: dict[int, None] = {}
    for job in range(len(jobs)):
        stack = [job]
        while stack:
            open_ = [before for before, _ in jobs[stack[-1]].after if before not in order]
            if open_:
                stack += open_
            else:
                order.setdefault(stack.pop())
    return list(order)
