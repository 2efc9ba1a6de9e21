"""A bound at every size: prices for hours and money, and what each task would do if it met nothing but them.

Capacities, limits on kinds of work, budgets and the goals kept are given prices, and are no longer constraints
(Lagrangian relaxation). Every task is then alone: it waits, or takes the owner and the weeks that cost it least. By
weak duality the sum is a bound on every plan, whatever the prices; a subgradient method looks for good ones. The bound
itself is reckoned in whole numbers. Switching, numbers of clients, one-owner rules, precedence and hires are left out,
which can only make the bound weaker, never wrong.

Source: M. L. Fisher, The Lagrangian relaxation method for solving integer programming problems, Management Science
27 (1981); the steps are those of B. T. Polyak (1969).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.model import most_in_week

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
LINEAR: frozenset[Goal] = frozenset({"must", "value", "net_value", "cost", "overtime", "hours"})
"""Goals that are sums over owners, hours and overtime, and can be bounded or kept here."""
PATIENCE = 40
"""Steps without a better bound after which steps become half as long."""
PROGRESS = 1e-5
"""Share of the gap by which a bound must be better to count as such."""
SHORTEST = 1e-3
"""Steps shorter than this end the search for prices; the first is 1."""
MOST_STEPS = 3000
FINEST = 2**20
"""Prices are whole multiples of one part in this many, at the finest."""
NEVER = 2**40
"""The limit of a kind of work where there is none."""
ROOM = 2**61
"""No sum of the exact reckoning may exceed this."""


@dataclass(frozen=True)
class Sums:
    """A goal as sums: money or effort by owning, by step of work, and by step of overtime; the less, the better."""

    owning: Whole
    step: Whole
    overtime: Whole


class Prices:
    """The relaxation of a problem, in arrays; pairs are (job, person), in the order of jobs.

    Parameters
    ----------
    problem
        What is planned.
    goal
        The goal that is bounded.
    kept
        Goals before it, each with the most that sign × its amount may be.
    must_all
        Whether every `must` job is delivered in any plan that counts.
    """

    def __init__(self, problem: Problem, goal: Goal, kept: Sequence[tuple[Goal, int]], *, must_all: bool) -> None:
        self.problem = problem
        self.weeks = problem.weeks
        self._pairs()
        self._cells()
        self.goal = self._sums(goal)
        self.kept = [
            (self._sums(name), most) for name, most in kept if name in LINEAR and not (must_all and name == "must")
        ]
        forced = [job.must and must_all for job in problem.jobs]
        self.forced = np.array([forced[job] for job in self.jobs], dtype=bool)
        self.shared = [(job, problem.jobs[job]) for job in self.jobs if problem.jobs[job].max_owners > 1]
        self.is_shared = np.isin(self.job, [job for job, _ in self.shared])
        self._rows()

    def _pairs(self) -> None:
        problem = self.problem
        found: list[tuple[int, int, int, int, int]] = []
        for number, job in enumerate(problem.jobs):
            for pair in job.pairs:
                room = sum(most_in_week(problem, job, pair, week) for week in job.weeks)
                if job.max_owners > 1 or room >= pair.need:
                    found.append((number, pair.person, pair.need, pair.price or 0, int(pair.price is None)))
        columns = np.array(found, dtype=np.int64).reshape(-1, 5).T
        self.job, self.person, self.need, self.price, self.by_hour = columns
        self.jobs, self.begin = np.unique(self.job, return_index=True)
        self.span = max((len(job.weeks) for job in problem.jobs), default=1)

    def _cells(self) -> None:
        """Lay out the weeks of each pair: the most it may work in each, and which row of prices that is."""
        problem, size = self.problem, (len(self.job), self.span)
        self.most = np.zeros(size, dtype=np.int64)
        self.cell = np.zeros(size, dtype=np.int64)
        self.week = np.zeros(size, dtype=np.int64)
        room = np.array(
            [[person.most(week) for week in range(self.weeks)] for person in problem.people], dtype=np.int64
        )
        for row, (number, person, need) in enumerate(zip(self.job, self.person, self.need, strict=True)):
            job = problem.jobs[number]
            width = len(job.weeks)
            most = np.minimum(room[person, job.first : job.last + 1], need)
            limits = problem.people[person].limits.get(job.kind)
            if limits is not None:
                most = np.minimum(most, limits[job.first : job.last + 1])
            if job.pace is not None:
                most = np.minimum(most, job.pace)
            self.most[row, :width] = np.maximum(most, 0)
            self.week[row, :width] = np.arange(job.first, job.last + 1)
        self.cell = self.person[:, None] * self.weeks + self.week

    def _sums(self, goal: Goal) -> Sums:
        jobs, people = self.problem.jobs, self.problem.people
        zero, nobody = np.zeros(len(self.job), dtype=np.int64), np.zeros(len(people), dtype=np.int64)
        if goal == "must":
            return Sums(np.array([-jobs[j].effort * jobs[j].must for j in self.job], dtype=np.int64), zero, nobody)
        if goal == "overtime":
            return Sums(zero, zero, nobody + 1)
        if goal == "hours":
            return Sums(zero, zero + 1, nobody)
        value = np.array([jobs[j].value for j in self.job], dtype=np.int64)
        if goal == "value":
            return Sums(-value, zero, nobody)
        rate = np.array([person.hour_cost for person in people], dtype=np.int64)[self.person] * self.by_hour
        extra = np.array([person.overtime_cost for person in people], dtype=np.int64)
        return Sums(self.price - value if goal == "net_value" else self.price, rate, extra)

    def _rows(self) -> None:
        """Number the constraints that get prices: capacities, limits on kinds, budgets, goals kept."""
        problem = self.problem
        people = problem.people
        self.capacity = np.array([p.capacity for p in people], dtype=np.int64).ravel()
        self.extra = np.array([p.overtime for p in people], dtype=np.int64).ravel()
        kinds = np.array([job.kind == "tactical" for job in problem.jobs], dtype=np.int64)[self.job]
        limits = np.full((2, len(people), self.weeks), NEVER, dtype=np.int64)
        for number, person in enumerate(people):
            for kind, most in person.limits.items():
                limits[int(kind == "tactical"), number] = most
        self.limits = limits.ravel()
        self.limit_cell = kinds[:, None] * (len(people) * self.weeks) + self.cell
        self.budget_rows: list[tuple[Whole, npt.NDArray[np.bool_]]] = []
        rates = np.array([person.burn for person in people], dtype=np.int64)
        hourly = ~((self.by_hour == 0) & problem.price_burns)
        for period in problem.budgets:
            rows = np.flatnonzero(np.isin(self.job, period.jobs) & (rates[self.person] > 0) & hourly)
            inside = np.isin(self.week[rows], list(period.weeks)) & (self.most[rows] > 0)
            self.budget_rows.append((rows, inside))
        self.rates = rates[self.person]
        self.left = np.array([period.left for period in problem.budgets], dtype=np.int64)

    # the relaxation at some prices

    def evaluate(self, prices: list[Any], unit: int = 1) -> tuple[Any, list[Floats]]:
        """Give the bound at some prices, and how far each constraint is overrun by what the tasks then do.

        With whole prices, all sums are whole: prices and bound are then in parts of the unit of money.
        """
        capacity, limit, budget, goal = prices
        cost, owning, extra = self._costs(prices, unit)
        order = np.argsort(cost, axis=1, kind="stable")
        most = np.take_along_axis(self.most, order, axis=1)
        fill = np.clip(self.need[:, None] - (np.cumsum(most, axis=1) - most), 0, most)
        hours = np.zeros_like(fill)
        np.put_along_axis(hours, order, fill, axis=1)
        alone = (hours * cost).sum(axis=1) + owning
        self._sharing(alone, hours, cost, owning)
        best = np.minimum.reduceat(alone, self.begin)
        wanted = self.forced | (best < 0)
        bound = best[wanted].sum() + (np.minimum(0, extra) * self.extra).sum()
        bound -= (capacity * self.capacity).sum() + (budget * self.left).sum()
        bound -= (limit * np.where(self.limits < NEVER, self.limits, 0)).sum()
        bound -= sum((price * amount for price, (_, amount) in zip(goal, self.kept, strict=True)), 0)
        return bound, self._overrun(self._owners(alone, best, wanted), hours, extra)

    def _owners(self, alone: Any, best: Any, wanted: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Tell the pairs that are taken: of each job wanted the first of the cheapest, of a shared one all."""
        sizes = np.diff([*self.begin, len(alone)])
        cheapest = (np.repeat(best, sizes) == alone) & np.repeat(wanted, sizes)
        rows = np.flatnonzero(cheapest)
        taken = np.zeros(len(alone), dtype=bool)
        taken[rows[np.unique(self.job[rows], return_index=True)[1]]] = True
        taken[cheapest & self.is_shared] = True
        return taken

    def _costs(self, prices: list[Any], unit: int) -> tuple[Any, Any, Any]:
        """Give what a step costs by pair and week, what owning costs, and what overtime costs beyond its price."""
        capacity, limit, budget, goal = prices
        step, owning = unit * self.goal.step, unit * self.goal.owning
        extra = unit * self.goal.overtime
        for price, (sums, _) in zip(goal, self.kept, strict=True):
            step, owning, extra = step + price * sums.step, owning + price * sums.owning, extra + price * sums.overtime
        cost = step[:, None] + capacity[self.cell] + limit[self.limit_cell]
        for price, (rows, inside) in zip(budget, self.budget_rows, strict=True):
            if price:
                cost[rows] += np.where(inside, price * self.rates[rows][:, None], 0)
        return cost, owning, np.repeat(extra, self.weeks) - capacity

    def _sharing(self, alone: Any, hours: Any, cost: Any, owning: Any) -> None:
        """Let a shared task take the cheapest hours of all who may own it, by the effort they deliver."""
        for number, job in self.shared:
            rows = slice(*np.searchsorted(self.job, [number, number + 1]))
            power = np.array([pair.power for pair in job.pairs], dtype=np.int64)
            order = np.argsort((cost[rows] / power[:, None]).ravel(), kind="stable")
            effort = (self.most[rows] * power[:, None]).ravel()[order]
            covered = np.clip(job.effort - (np.cumsum(effort) - effort), 0, effort)
            steps = np.zeros(len(order), dtype=np.int64)
            steps[order] = covered // np.repeat(power, self.span)[order]  # rounded down: never too dear
            hours[rows] = steps.reshape(-1, self.span)
            alone[rows] = (hours[rows] * cost[rows]).sum() + owning[rows].min()

    def _overrun(self, taken: npt.NDArray[np.bool_], hours: Any, extra: Any) -> list[Floats]:
        """Give how far each constraint is overrun by the owners taken and their hours."""
        owners = np.flatnonzero(taken)
        load = np.bincount(self.cell[owners].ravel(), hours[owners].ravel(), len(self.capacity))
        worked = np.bincount(self.limit_cell[owners].ravel(), hours[owners].ravel(), len(self.limits))
        over = np.where(extra < 0, self.extra, 0)
        burned = np.array(
            [
                (hours[rows] * inside * (self.rates[rows] * taken[rows])[:, None]).sum()
                for rows, inside in self.budget_rows
            ]
        )
        by_owner = hours[owners].sum(axis=1)
        first = owners[np.unique(self.job[owners], return_index=True)[1]]
        reached = [
            sums.owning[first].sum()
            + (by_owner * sums.step[owners]).sum()
            + (over * np.repeat(sums.overtime, self.weeks)).sum()
            - most
            for sums, most in self.kept
        ]
        limited = np.where(self.limits < NEVER, worked - self.limits, 0)
        found = (load - over - self.capacity, limited, burned - self.left, np.array(reached))
        return [slope.astype(float) for slope in found]

    @property
    def size(self) -> int:
        """How many (job, person, week) there are."""
        return int(self.most.size)

    # looking for good prices

    def seek(self, target: int, go_on: Callable[[int], bool]) -> int | None:
        """Look for prices with a high bound.

        Parameters
        ----------
        target
            Sign × the amount of the best plan known: no bound is higher.
        go_on
            Asked after each step, with the number of steps taken.

        Returns
        -------
        int or None
            The bound, exact; None where no prices can be reckoned with exactly.
        """
        if not len(self.job):
            return None
        scale = [1.0, 1.0, float(max(1, self.rates.max())), 1.0]
        prices = [
            np.zeros(len(self.capacity)),
            np.zeros(len(self.limits)),
            np.zeros(len(self.left)),
            np.zeros(len(self.kept)),
        ]
        goal_scale = np.array([max(1, np.abs(sums.owning).max(), np.abs(sums.step).max()) for sums, _ in self.kept])
        best, best_prices, length, idle = -1e300, [price.copy() for price in prices], 1.0, 0
        steps = 0
        while True:
            bound, overrun = self.evaluate(prices)
            if bound > best + PROGRESS * abs(target - best):
                best, best_prices, idle = bound, [price.copy() for price in prices], 0
            else:
                idle += 1
                if idle >= PATIENCE:
                    length, idle = length / 2, 0
            steps += 1
            if length < SHORTEST or best >= target or steps == MOST_STEPS or not go_on(steps):
                return self._exact(best_prices)
            slopes = [overrun[0], overrun[1], overrun[2] / scale[2], overrun[3] / goal_scale]
            slopes = [
                np.where((price <= 0) & (slope < 0), 0, slope) for price, slope in zip(prices, slopes, strict=True)
            ]
            norm = sum(float((slope**2).sum()) for slope in slopes)
            if not norm:
                return self._exact(best_prices)
            stride = length * max(target - bound, 1e-6 * abs(target) + 1e-6) / norm
            prices = [
                np.maximum(0, price + stride * slope / by)
                for price, slope, by in zip(prices, slopes, (1.0, 1.0, scale[2], goal_scale), strict=True)
            ]

    def _exact(self, prices: list[Floats]) -> int | None:
        """Reckon the bound in whole numbers, at prices rounded down to the finest unit with room for the sums."""
        size = float(np.abs(self.goal.owning).max()) * len(self.jobs) + float((prices[0] * self.capacity).sum())
        size += float((prices[1] * np.where(self.limits < NEVER, self.limits, 0)).sum()) + float(
            (prices[2] * self.left).sum()
        )
        size += float(
            sum(
                price * (abs(most) + np.abs(sums.owning).sum())
                for price, (sums, most) in zip(prices[3], self.kept, strict=True)
            )
        )
        size += float(self.goal.step.max()) * float(self.need.max()) * len(self.jobs)
        unit = FINEST
        while unit > 1 and size * unit * 4 > ROOM:
            unit //= 2
        if size * 4 > ROOM:
            return None
        whole = [np.floor(price * unit).astype(np.int64) for price in prices]
        bound, _ = self.evaluate(whole, unit)
        return -(-int(bound) // unit)
