"""A bound at every size, by Lagrangian relaxation.

Capacities, limits on kinds of work, budgets and the goals kept, A·x ≤ b, are no longer constraints: they get prices
λ ≥ 0. What is left falls apart into components of jobs tied by precedence and one-owner rules, and each is solved
exactly. By weak duality

    L(λ) = min over x of  f(x) + λ·(A·x − b)  ≤  f(x*)

is a bound on the goal f of every plan, whatever the prices; the ascent looks for prices at which it is high. The final
bound is computed in whole numbers. Placeholders are hired where their hours are worth it at these prices, each alone.
Switching and numbers of clients are left out, which can only make the bound weaker, never wrong. (Prices for switching
were tried: where jobs may be split between weeks and people, each serves a third of three clients a week, and nobody
switches. The relaxation gains less than a thousandth by them.)

Source: M. L. Fisher, The Lagrangian relaxation method for solving integer programming problems, Management Science 27
(1981).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import ceil

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.arrays import BoolArray, FloatArray
from staffing.solving.bound.ascent import Ascent
from staffing.solving.bound.branches import Branches
from staffing.solving.bound.columns import PairColumns, sums_by
from staffing.solving.bound.components import Ties
from staffing.solving.bound.constraints import PricedConstraints
from staffing.solving.bound.costs import WindowCosts
from staffing.solving.bound.forced import delivered
from staffing.solving.bound.linear import LINEAR
from staffing.solving.bound.trees import TreePrograms
from staffing.solving.bound.windows import JobWindows
from staffing.solving.state.tables import State
from staffing.solving.tuning import TUNING

WORK_OF_CELL = 10
"""What an evaluation takes for each (job, person, week) beside its windows, in (pair, window, week)."""
FINEST = 2.0**20
"""The finest unit of exact prices: this many are a unit of the goal."""
EXACT = 2.0**52
"""No sum of the exact evaluation may exceed this: up to it floats hold whole numbers exactly."""


class LagrangianDual:
    """The dual function of a problem, and the best prices found.

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
    state
        The problem in tables, with the empty plan, where they are at hand.
    compiled
        Whether compiled code is at hand, and may be used: its sums differ from others in the last digits.

    Attributes
    ----------
    ascent
        How far the prices are sought.
    """

    def __init__(
        self,
        problem: Problem,
        goal: Goal,
        kept: Sequence[tuple[Goal, int]],
        *,
        must_all: bool,
        state: State | None = None,
        compiled: bool = False,
    ) -> None:
        self.problem = problem
        self.columns = columns = PairColumns(problem, state, compiled=compiled)
        held = [(name, most) for name, most in kept if name in LINEAR and not (must_all and name == "must")]
        timed = "lateness" in (goal, *(name for name, _ in held))
        ties = Ties(problem, columns)
        self.windows = JobWindows(problem, columns, ties, timed=timed)
        self.branches = Branches(columns, ties)
        self.costs = WindowCosts(columns, self.windows)
        self.programs = TreePrograms(problem.weeks, self.branches, self.costs, _forced(problem, dict(kept), must_all))
        self.constraints = PricedConstraints(problem, columns, self.branches, goal, held)
        worth, start = self.constraints.start()
        self.ascent = Ascent(start, self.constraints.scale, worth)

    @property
    def best_prices(self) -> FloatArray:
        """The prices with the highest bound so far."""
        return self.ascent.best_prices

    @property
    def by_week(self) -> FloatArray:
        """What a step of each person in each week is worth, at the best prices: those of their capacities."""
        return self.best_prices[: len(self.problem.people) * self.problem.weeks]

    @property
    def size(self) -> int:
        """How much work an evaluation is, in (pair, window, week)."""
        return int(self.windows.work + WORK_OF_CELL * len(self.columns.week))

    def evaluate(self, prices: FloatArray, unit: float = 1.0) -> tuple[float, FloatArray]:
        """Return the bound L(λ), and a subgradient of it: by row, how far the relaxed plan overruns it.

        The goal is multiplied by `unit`, and so is the bound. With whole prices and a whole unit, all sums are whole.
        """
        constraints = self.constraints
        at = constraints.costs(prices, unit)
        bound, solution = self.programs.solve(self.costs.table(at), at.group_owner)
        hours, there = constraints.hours_at_hand(at, prices)
        rest = slice(constraints.first_budget, None)
        bound += hours - float(prices[rest] @ constraints.right[rest])
        overtime = np.where((at.overtime < 0) & np.repeat(there, self.problem.weeks), constraints.overtime, 0.0)
        return bound, constraints.overrun(solution.work(self.costs, at), overtime, there)

    def reduced_costs(self) -> FloatArray:
        """Return, by pair of the jobs in order, how much the bound rises at the best prices if the pair must deliver.

        For a job of a one-owner group: the least cost of a branch in which the person owns the group, less that of the
        component. For another: the cost of the pair, less the cheapest of its job, in the window where they differ
        least. To both comes what hiring the person costs beyond what their hours are worth. A plan within g of the
        bound uses no pair whose reduced cost exceeds g.
        """
        branches, programs, constraints = self.branches, self.programs, self.constraints
        at = constraints.costs(self.best_prices)
        table = self.costs.table(at)
        by_branch, _ = programs.branch_costs(table, at.group_owner)
        above = by_branch - np.minimum.reduceat(by_branch, programs.component_start)[branches.component]
        by_owner = np.full(len(branches.group_owners) + 1, np.inf)
        np.minimum.at(by_owner, branches.choice, above[branches.branch_of_choice])
        owner = branches.group_owner_of_pair  # -1 where there is no group
        delivering = np.where(owner >= 0, by_owner[owner], self.costs.reduced_costs(table))
        hire = np.maximum(0.0, constraints.cost_of_hours(at, self.best_prices)) * constraints.placeholder
        return np.asarray(delivering + hire[self.columns.person], dtype=float)

    def ascend(self, target: int, spent: Callable[[int], float], until: float = 1.0) -> int | None:
        """Look for prices with a high bound; a later call goes on where this one ended, as if there had been one.

        Parameters
        ----------
        target
            Sign × the amount of the best plan known: no bound is higher.
        spent
            Asked after each step, with the number of steps taken: the share of the time of all calls that is spent.
        until
            The share at which this call ends; 1 is the last.

        Returns
        -------
        int or None
            The bound, exact; None where no prices can be reckoned with exactly.
        """
        if not len(self.columns.job):
            return None
        ascent, share = self.ascent, 0.0
        while ascent.best < target and not ascent.over and share < until:
            ascent.step(*self.evaluate(ascent.prices))
            share = max(ascent.steps / TUNING.price_most_steps, spent(ascent.steps))
            ascent.end_step(target, share)
        return self._exact_bound(self.best_prices)

    def _exact_bound(self, prices: FloatArray) -> int | None:
        """Return the bound at prices rounded down to whole multiples of the finest unit that fits; None if none does.

        The goal and the prices are multiplied by the same unit, so L is a whole multiple of 1 ÷ unit.
        """
        limit = EXACT / (4 * self._magnitude(prices))
        unit = FINEST
        while unit > 1 and unit > limit:
            unit /= 2
        if unit > limit:
            return None
        bound, _ = self.evaluate(np.floor(prices * unit), unit)
        bound -= int(self.columns.is_shared.sum())  # margin, as the order of shared hours is found in floats
        return None if np.isinf(bound) else ceil(bound / unit)

    def _magnitude(self, prices: FloatArray) -> float:
        """Return a limit of all sums of an evaluation, in either direction."""
        constraints, columns = self.constraints, self.columns
        at = constraints.costs(prices)
        by_pair = sums_by(columns.pair, at.step * columns.most, len(columns.job)) + np.abs(at.owning)
        found = 1 + 2 * float(prices @ np.abs(constraints.right))
        found += float(prices[: len(constraints.overtime)] @ constraints.overtime)
        found += float(np.maximum.reduceat(by_pair, columns.first_pair[np.unique(columns.job)]).sum())
        found += float(np.repeat(constraints.goal.overtime, self.problem.weeks) @ constraints.overtime)
        return found + float(at.hired.sum()) + at.late * float(self.windows.late.sum())


def _forced(problem: Problem, kept: Mapping[Goal, int], must_all: bool) -> BoolArray:
    """Return, by job, whether every plan that counts delivers it: it must be, or something after it must."""
    musts = {number for number, job in enumerate(problem.jobs) if job.must and must_all}
    forced = set(problem.in_order([*musts, *delivered(problem, kept)]))
    return np.array([job in forced for job in range(len(problem.jobs))], dtype=bool)
