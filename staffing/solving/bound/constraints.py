"""What gets a price in a relaxation: capacities, limits on kinds of work, budgets, and the goals kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.bound.components import Nodes
from staffing.solving.bound.windows import Floats, Options, Whole, added

LINEAR: frozenset[Goal] = frozenset({"must", "value", "net_value", "lateness", "cost", "overtime", "hours"})
"""Goals that are sums over owners, windows, hours and overtime, and can be bounded or kept here."""


@dataclass(frozen=True)
class Sums:
    """A goal as sums: money or effort by owning, by step of work, by step of overtime; the less, the better."""

    owning: Floats
    step: Floats
    overtime: Floats
    late: float = 0.0
    """By weight × weeks late."""


def sums_of(problem: Problem, options: Options, goal: Goal) -> Sums:
    """Return a goal as sums, by pair and by person."""
    jobs, people = problem.jobs, problem.people
    zero, nobody = np.zeros(len(options.job)), np.zeros(len(people))
    if goal == "must":
        effort = np.array([-job.effort * job.must for job in jobs], dtype=float)
        return Sums(effort[options.job], zero, nobody)
    if goal == "lateness":
        late = np.array([job.weight * job.late for job in jobs], dtype=float)
        return Sums(late[options.job], zero, nobody, 1.0)
    if goal == "overtime":
        return Sums(zero, zero, nobody + 1)
    if goal == "hours":
        return Sums(zero, zero + 1, nobody)
    value = np.array([job.value for job in jobs], dtype=float)[options.job]
    if goal == "value":
        return Sums(-value, zero, nobody)
    rate = np.array([person.hour_cost for person in people], dtype=float)[options.person] * options.by_hour
    extra = np.array([person.overtime_cost for person in people], dtype=float)
    price = options.price.astype(float)
    return Sums(price - value if goal == "net_value" else price, rate, extra)


class Priced:
    """The constraints Σ use ≤ right that get prices, in one list: capacities, limits, budgets, goals kept.

    Attributes
    ----------
    right
        By constraint.
    size
        By constraint: how much of it a step of work usually takes, to give steps of prices their measure.
    """

    def __init__(
        self, problem: Problem, options: Options, goal: Goal, kept: Sequence[tuple[Goal, int]], nodes: Nodes
    ) -> None:
        self.problem, self.options = problem, options
        self.goal = sums_of(problem, options, goal)
        self.kept = [sums_of(problem, options, name) for name, _ in kept]
        people, weeks = problem.people, problem.weeks
        self.overtime = np.array([who.overtime for who in people], dtype=float).ravel()
        capacity = np.array([who.capacity for who in people], dtype=float).ravel()
        self.load_row = options.person[options.pair] * weeks + options.week
        self._limits(len(capacity))
        self.first_budget = len(capacity) + len(self._limit_right)
        budgets = [period.left for period in problem.budgets]
        self._burns()
        self.first_kept = self.first_budget + len(budgets)
        self.first_own = self.first_kept + len(kept)
        self._own(nodes)
        none = np.zeros(len(self.room))
        self.right = np.concatenate([capacity, self._limit_right, budgets, [most for _, most in kept], none])
        self.size = np.ones(len(self.right))
        self.size[self.first_budget : self.first_kept] = max(1, *(who.burn for who in people), 1)
        for number, sums in enumerate(self.kept):
            self.size[self.first_kept + number] = self._usual(sums)

    def _usual(self, sums: Sums) -> float:
        """Return what a step of work usually adds to a goal, either way."""
        found = max(float(sums.overtime.max(initial=0)), sums.late / 10)
        if len(self.options.job):
            found = max(found, float((np.abs(sums.owning) / np.maximum(1, self.options.need) + sums.step).mean()))
        return max(found, 1e-3)

    def _limits(self, first: int) -> None:
        """Number the limits on kinds, and list the cells that have one."""
        problem, options = self.problem, self.options
        row = np.full((2, len(problem.people), problem.weeks), -1, dtype=np.int64)
        right: list[int] = []
        for number, who in enumerate(problem.people):
            for kind, most in who.limits.items():
                row[int(kind == "tactical"), number] = np.arange(first + len(right), first + len(right) + len(most))
                right += most
        self._limit_right = np.array(right, dtype=float)
        rows = row[options.kind[options.job][options.pair], options.person[options.pair], options.week]
        self.limited = np.flatnonzero(rows >= 0)
        self.limit_row = rows[self.limited]

    def _burns(self) -> None:
        """Set the lists of what burns: cell, budget, and money a step."""
        problem, options = self.problem, self.options
        rate = np.array([who.burn for who in problem.people], dtype=float)[options.person]
        if problem.price_burns:
            rate = rate * options.by_hour
        cells, rows = [], []
        for number, period in enumerate(problem.budgets):
            pairs = np.isin(options.job, period.jobs)
            inside = np.isin(np.arange(problem.weeks), list(period.weeks))
            found = np.flatnonzero(pairs[options.pair] & inside[options.week] & (rate[options.pair] > 0))
            cells.append(found)
            rows.append(np.full(len(found), self.first_budget + number))
        none = np.zeros(0, dtype=np.int64)
        self.burn_cell: Whole = np.concatenate([none, *cells])
        self.burn_row: Whole = np.concatenate([none, *rows])
        self.burn = rate[options.pair[self.burn_cell]]

    def start(self) -> tuple[float, Floats]:
        """Return what a step of work is usually worth, and prices to begin with.

        The tasks that are worth most by step fill all capacity; the last of them gives the price of every hour.
        """
        options, goal = self.options, self.goal
        prices = np.zeros(len(self.right))
        worth = self._usual(goal)
        if not len(options.job):
            return worth, prices
        need = np.maximum(1, options.need)
        density = -goal.owning / need - goal.step
        order = np.lexsort((-density, options.job))
        order = order[np.diff(options.job[order], prepend=-1) > 0]
        order = order[np.argsort(-density[order])]
        fits = np.cumsum(need[order]) <= self.right[: len(self.overtime)].sum()
        last = density[order[min(int(fits.sum()), len(order) - 1)]]
        prices[: len(self.overtime)] = 0.0 if fits.all() else max(0.0, float(last))
        return worth, prices

    def _own(self, nodes: Nodes) -> None:
        """Number the rows that hold the hours of each choice, in each week, to what its person can work."""
        problem, options, weeks = self.problem, self.options, self.problem.weeks
        room = np.zeros((len(nodes.choices), weeks))
        for (group, person), number in nodes.choices.items():
            who = problem.people[person]
            room[number] = [who.most(week) for week in range(weeks)]
            kinds = {problem.jobs[job].kind for job in problem.one_owner[group].jobs}
            if len(kinds) == 1 and (limits := who.limits.get(kinds.pop())) is not None:
                room[number] = np.minimum(room[number], limits)
        self.room = np.maximum(0, room).ravel()
        choice = nodes.choice_of_pair[options.pair]
        self.owned = np.flatnonzero(choice >= 0)
        self.own_row = self.first_own + (choice * weeks + options.week)[self.owned]

    def owning_groups(self, prices: Floats) -> Floats:
        """Return by choice what its room is worth."""
        worth: Floats = (prices[self.first_own :] * self.room).reshape(-1, self.problem.weeks).sum(axis=1)
        return worth

    def lateness(self, prices: Floats, unit: float) -> float:
        """Return what it costs to be late, by weight × weeks."""
        kept = zip(prices[self.first_kept : self.first_own], self.kept, strict=True)
        return unit * self.goal.late + sum(float(price) * sums.late for price, sums in kept)

    def costs(self, prices: Floats, unit: float) -> tuple[Floats, Floats, Floats]:
        """Return the cost of a step by cell, of owning by pair, and of overtime by (person, week) beyond its price."""
        options = self.options
        step, owning, extra = unit * self.goal.step, unit * self.goal.owning, unit * self.goal.overtime
        for price, sums in zip(prices[self.first_kept : self.first_own], self.kept, strict=True):
            step, owning, extra = step + price * sums.step, owning + price * sums.owning, extra + price * sums.overtime
        cost = step[options.pair]
        cost += prices[self.load_row]
        cost[self.limited] += prices[self.limit_row]
        cost[self.owned] += prices[self.own_row]
        if len(self.burn_cell):
            cost += added(self.burn_cell, prices[self.burn_row] * self.burn, len(cost))
        return cost, owning, np.repeat(extra, self.problem.weeks) - prices[: len(self.overtime)]

    def use(self, first: Whole, hours: Floats, over: Floats, late: float) -> Floats:
        """Return by constraint how much of it is used.

        Parameters
        ----------
        first
            A pair of each job delivered.
        hours
            Steps worked, by cell.
        over
            Steps of overtime, by (person, week).
        late
            Weight × weeks late.
        """
        count = len(self.right)
        found = added(self.load_row, hours, count)
        found[: len(over)] -= over
        found += added(self.limit_row, hours[self.limited], count)
        if len(self.burn_cell):
            found += added(self.burn_row, self.burn * hours[self.burn_cell], count)
        by_pair = added(self.options.pair, hours, len(self.options.job))
        extra = over.reshape(-1, self.problem.weeks).sum(axis=1)
        for number, sums in enumerate(self.kept):
            found[self.first_kept + number] = (
                sums.owning[first].sum() + by_pair @ sums.step + extra @ sums.overtime + late * sums.late
            )
        return found

    def own_use(self, hours: Floats) -> Floats:
        """Return by choice and week the steps worked beyond the room, given the steps by cell of leading choices."""
        return added(self.own_row - self.first_own, hours[self.owned], len(self.room)) - self.room
