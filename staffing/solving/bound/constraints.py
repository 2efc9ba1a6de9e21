"""The constraints that get prices: capacities, limits on kinds of work, hours of group owners, budgets, goals kept.

Each is a row Σ use ≤ right, with a price λ ≥ 0. The prices join the costs of what a plan decides (see `lagrangian`).
To price another rule, return its entries and right sides from one more method, and name it in `PricedConstraints`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import KINDS, Goal
from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.branches import Branches
from staffing.solving.bound.columns import PairColumns, sums_by
from staffing.solving.bound.linear import LinearFunction, linear_goal, weighted_sum

LATE = 0.1
"""About how much weight × weeks late a step of work decides on."""
LEAST = 1e-3
"""The least that a step of work is taken to add to a goal."""


@dataclass(frozen=True)
class Entries:
    """Entries of the constraint matrix: how much of a row a step in a cell uses."""

    cell: IntArray
    row: IntArray
    use: FloatArray


@dataclass(frozen=True)
class LagrangianCosts:
    """The coefficients of the Lagrangian: what a plan costs, with the price of all it uses."""

    step: FloatArray
    """By cell: a step of work."""
    owning: FloatArray
    """By pair: owning the job."""
    overtime: FloatArray
    """By (person, week): a step of overtime, less the price of the capacity it adds."""
    late: float
    """A unit of weight × weeks late."""
    group_owner: FloatArray
    """By group owner: minus the price of all the hours they have, as these are there for the group."""
    hired: FloatArray
    """By person: being hired."""


@dataclass(frozen=True)
class RelaxedWork:
    """What the relaxed plan does."""

    pairs: IntArray
    """A pair for each job delivered."""
    hours: FloatArray
    """By cell: steps of work."""
    group_hours: FloatArray
    """By cell: steps in the cheapest branch of its group owner, whether that branch is chosen or not."""
    late: float
    """Weight × weeks late."""


class PricedConstraints:
    """All rows, in the order: capacity, kind limits, budgets, goals kept, group owners.

    Attributes
    ----------
    right, scale
        By row: the right side, and how much of the row a step of work usually uses.
    overtime
        By (person, week): most steps of overtime.
    first_own
        The first row of a group owner.
    placeholder
        By person: whether they are there only if hired.
    """

    def __init__(
        self, problem: Problem, columns: PairColumns, branches: Branches, goal: Goal, kept: Sequence[tuple[Goal, int]]
    ) -> None:
        self.problem, self.columns, self.branches = problem, columns, branches
        self.goal = linear_goal(problem, columns, goal)
        self.kept = [linear_goal(problem, columns, name) for name, _ in kept]
        self.overtime = np.array([who.overtime for who in problem.people], dtype=float).ravel()
        capacity, steps = self._capacity()
        limits, limited = self._kind_limits(len(steps))
        self.placeholder = np.array([who.hire for who in problem.people], dtype=bool)
        limited_rows = [problem.weeks * len(who.limits) for who in problem.people]
        people = np.arange(len(problem.people))
        self._person = np.concatenate([np.repeat(people, problem.weeks), np.repeat(people, limited_rows)])
        """By row of capacity and kind limits: whose it is."""
        budget_row = len(steps) + len(limited)
        budgets, left = self._budgets(budget_row)
        self.first_budget = budget_row
        self.first_kept = budget_row + len(left)
        self.first_own = self.first_kept + len(kept)
        group_owners, self.room = self._group_owners(self.first_own)
        self.entries = (capacity, limits, group_owners, budgets)
        most = [amount for _, amount in kept]
        self.right = np.concatenate([steps, limited, left, most, np.zeros(len(self.room))])
        self.scale = np.ones(len(self.right))
        self.scale[budget_row : self.first_kept] = max([1, *(who.burn for who in problem.people)])
        self.scale[self.first_kept : self.first_own] = [self._usual(function) for function in self.kept]

    # the rows

    def _capacity(self) -> tuple[Entries, FloatArray]:
        """C: by (person, week), steps − overtime ≤ capacity."""
        columns = self.columns
        right = np.array([who.capacity for who in self.problem.people], dtype=float).ravel()
        row = columns.person[columns.pair] * self.problem.weeks + columns.week
        return Entries(np.arange(len(row)), row, np.ones(len(row))), right

    def _kind_limits(self, first: int) -> tuple[Entries, FloatArray]:
        """K: by (person, kind, week) with a limit, steps of the kind ≤ limit."""
        problem, columns = self.problem, self.columns
        numbers = np.full((len(KINDS), len(problem.people), problem.weeks), -1, dtype=np.int64)
        right: list[int] = []
        for person, who in enumerate(problem.people):
            for kind, most in who.limits.items():
                numbers[KINDS.index(kind), person] = first + len(right) + np.arange(len(most))
                right += most
        row = numbers[columns.kind[columns.job][columns.pair], columns.person[columns.pair], columns.week]
        cell = np.flatnonzero(row >= 0)
        return Entries(cell, row[cell], np.ones(len(cell))), np.array(right, dtype=float)

    def _budgets(self, first: int) -> tuple[Entries, FloatArray]:
        """B: by budget period, what its jobs burn in its weeks ≤ what is left."""
        problem, columns = self.problem, self.columns
        rate = np.array([who.burn for who in problem.people], dtype=float)[columns.person]
        if problem.price_burns:
            rate = rate * columns.by_hour
        cells, rows = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for number, period in enumerate(problem.budgets):
            burns = np.isin(columns.job, period.jobs) & (rate > 0)
            inside = np.isin(np.arange(problem.weeks), list(period.weeks))
            cells.append(np.flatnonzero(burns[columns.pair] & inside[columns.week]))
            rows.append(np.full(len(cells[-1]), first + number))
        cell, row = np.concatenate(cells), np.concatenate(rows)
        left = np.array([period.left for period in problem.budgets], dtype=float)
        return Entries(cell, row, rate[columns.pair[cell]]), left

    def _group_owners(self, first: int) -> tuple[Entries, FloatArray]:
        """O: by (group owner, week), steps on the group's jobs − room × [owns the group] ≤ 0; return also the room."""
        problem, columns, weeks = self.problem, self.columns, self.problem.weeks
        room = np.zeros((len(self.branches.group_owners), weeks))
        for (group, person), number in self.branches.group_owners.items():
            kinds = {problem.jobs[job].kind for job in problem.one_owner[group].jobs}
            room[number] = columns.room[kinds.pop() if len(kinds) == 1 else None][person]
        owner = self.branches.group_owner_of_pair[columns.pair]
        cell = np.flatnonzero(owner >= 0)
        row = first + (owner * weeks + columns.week)[cell]
        return Entries(cell, row, np.ones(len(cell))), np.maximum(0, room).ravel()

    # what prices make of them

    def costs(self, prices: FloatArray, unit: float = 1.0) -> LagrangianCosts:
        """Return the coefficients of unit × goal + Σ price × use, row by row."""
        columns = self.columns
        kept = zip(prices[self.first_kept : self.first_own].tolist(), self.kept, strict=True)
        total = weighted_sum([(unit, self.goal), *kept])
        step = total.step[columns.pair]
        for entries in self.entries:
            columns.add_products(step, entries.cell, prices, entries.row, entries.use)
        overtime = np.repeat(total.overtime, self.problem.weeks) - prices[: len(self.overtime)]
        credit = (prices[self.first_own :] * self.room).reshape(-1, self.problem.weeks).sum(axis=1)
        return LagrangianCosts(step, total.owning, overtime, total.late, -credit, total.hired)

    def cost_of_hours(self, at: LagrangianCosts, prices: FloatArray) -> FloatArray:
        """Return, by person, the cost of their hours being there at some prices; below 0 where they are worth more.

        The hours are worth Σ price × right − Σ overtime × min(0, its cost); a placeholder has to be hired for them.
        """
        weeks, count = self.problem.weeks, len(self.problem.people)
        extra = np.minimum(0.0, at.overtime) * self.overtime
        by_row = prices[: len(self._person)] * self.right[: len(self._person)]
        worth = sums_by(self._person, by_row, count) - extra.reshape(count, weeks).sum(axis=1)
        return np.asarray(at.hired * self.placeholder - worth, dtype=float)

    def hours_at_hand(self, at: LagrangianCosts, prices: FloatArray) -> tuple[float, BoolArray]:
        """Return the least cost of hours being there at some prices, and whose they are: of all but idle placeholders.

        A placeholder is hired where their hours are worth more than that costs.
        """
        cost = self.cost_of_hours(at, prices)
        there = ~self.placeholder | (cost < 0)
        return float(cost[there].sum()), there

    def overrun(self, work: RelaxedWork, overtime: FloatArray, there: BoolArray) -> FloatArray:
        """Return, by row, use − right, given also the steps of overtime by (person, week), and whose hours are there.

        Rows of group owners count the cheapest branch of each, chosen or not, so that each finds its own prices.
        """
        capacity, limits, group_owners, budgets = self.entries
        count, first = len(self.right), self.first_own
        found, own = np.zeros((2, count))
        for entries in (capacity, limits, budgets):
            self.columns.add_products(found, entries.row, work.hours, entries.cell, entries.use)
        self.columns.add_products(own, group_owners.row, work.group_hours, group_owners.cell, group_owners.use)
        found[: len(overtime)] -= overtime
        by_pair = sums_by(self.columns.pair, work.hours, len(self.columns.job))
        by_person = overtime.reshape(-1, self.problem.weeks).sum(axis=1)
        found[self.first_kept : first] = [
            goal.owning[work.pairs].sum()
            + by_pair @ goal.step
            + by_person @ goal.overtime
            + work.late * goal.late
            + goal.hired[there].sum()
            for goal in self.kept
        ]
        found -= self.right
        idle = np.flatnonzero(~there[self._person])
        found[idle] += self.right[idle]
        found[first:] = own[first:] - self.room
        return found

    # where prices begin

    def start(self) -> tuple[float, FloatArray]:
        """Return what a step of work is usually worth, and prices to begin with.

        The tasks that are worth most by step fill all capacity; the last of them gives the price of every hour.
        """
        columns, goal = self.columns, self.goal
        prices = np.zeros(len(self.right))
        worth = self._usual(goal)
        if not len(columns.job):
            return worth, prices
        need = np.maximum(1, columns.need)
        density = -goal.owning / need - goal.step
        order = np.lexsort((-density, columns.job))
        order = order[np.diff(columns.job[order], prepend=-1) > 0]
        order = order[np.argsort(-density[order])]
        fits = np.cumsum(need[order]) <= self.right[: len(self.overtime)].sum()
        last = density[order[min(int(fits.sum()), len(order) - 1)]]
        prices[: len(self.overtime)] = 0.0 if fits.all() else max(0.0, float(last))
        return worth, prices

    def _usual(self, goal: LinearFunction) -> float:
        """Return what a step of work usually adds to a goal, either way."""
        found = max(float(goal.overtime.max(initial=0)), goal.late * LATE)
        if len(self.columns.job):
            found = max(found, float((np.abs(goal.owning) / np.maximum(1, self.columns.need) + goal.step).mean()))
        return max(found, LEAST)
