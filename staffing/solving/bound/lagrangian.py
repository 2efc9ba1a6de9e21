"""A bound at every size: prices for hours and money, and what tied tasks would do if they met nothing but them.

Capacities, limits on kinds of work, budgets and the goals kept are given prices, and are no longer constraints
(Lagrangian relaxation). What is left falls apart into bundles of tasks tied by precedence and one-owner rules, each
of which waits, or takes the owners and weeks that cost it least. By weak duality the sum is a bound on every plan,
whatever the prices; a subgradient method looks for good ones. The bound itself is reckoned in whole numbers.
Switching, numbers of clients and hires are left out, which can only make the bound weaker, never wrong. (Prices for
switching were tried: where jobs may be split between weeks and people, each serves a third of three clients a week, and
nobody switches. The relaxation gains less than a thousandth by them.)

Sources: M. L. Fisher, The Lagrangian relaxation method for solving integer programming problems, Management Science
27 (1981); the steps are those of J. Duchi, E. Hazan and Y. Singer, Adaptive subgradient methods, JMLR 12 (2011).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.bound.components import tie
from staffing.solving.bound.constraints import LINEAR, Priced
from staffing.solving.bound.trees import Trees
from staffing.solving.bound.windows import Flags, Floats, Options, added

MEMORY = 0.8
"""Share of a direction that comes from those before it."""
LENGTH = 0.6
"""The first steps of prices, in parts of what a step of work is usually worth."""
AGAIN = 0.5
"""How much shorter steps are in each pass than in the one before."""
KEPT = 0.03
"""What each pass keeps of how much prices were overrun in those before it."""
FIRST_PASS = 400
"""Steps of the first pass."""
GROWTH = 3
"""How much longer each pass is than the one before."""
MOST_STEPS = 2000
"""Most steps of all passes."""
STRETCH = 1.5
"""How much longer than planned a pass may be that takes all the time that is left."""
TRIED = 10
"""Steps after which it is known how many there is time for."""
LEAST_GAIN = 1e-3
"""What a pass must gain, in parts of the gap that is left, for another to be worth its time."""
WORK_OF_CELL = 10
"""What the rest of a step of prices takes for each (job, person, week), in (owner, window, week)."""
FINEST = 2.0**20
"""Prices are whole multiples of one part in this many, at the finest."""
ROOM = 2.0**52
"""No sum of the exact reckoning may exceed this: up to it floats hold whole numbers exactly."""


class Prices:
    """The relaxation of a problem.

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

    Attributes
    ----------
    over
        Whether looking on for prices is no longer worth its time.
    """

    def __init__(self, problem: Problem, goal: Goal, kept: Sequence[tuple[Goal, int]], *, must_all: bool) -> None:
        self.problem = problem
        self.options = Options(problem)
        held = [(name, most) for name, most in kept if name in LINEAR and not (must_all and name == "must")]
        timed = "lateness" in (goal, *(name for name, _ in held))
        forced = _forced(problem, must_all)
        self.trees = Trees(problem, self.options, tie(problem, self.options), forced, timed=timed)
        self.priced = Priced(problem, self.options, goal, held, self.trees.nodes)
        worth, self.prices = self.priced.start()
        self.length = LENGTH * worth
        self.squares, self.direction = np.zeros((2, len(self.prices)))
        self.best = self.best_before = -np.inf
        self.best_prices = self.prices
        self.steps, self.at, self.most = 0, 0, FIRST_PASS
        self.over = False

    @property
    def by_week(self) -> Floats:
        """What a step of each person in each week is worth, at the best prices so far."""
        return self.best_prices[: len(self.problem.people) * self.problem.weeks]

    def regrets(self) -> Floats:
        """Return by pair how much worse the bound is, at the best prices, for plans in which it delivers its job.

        Pairs are those of the jobs in order. A plan that reaches the bound less some amount has no owner with a greater
        regret (reduced costs); of a job tied to others this is told only by its one-owner group, and within windows.
        """
        nodes, prices = self.trees.nodes, self.best_prices
        cost, owning, _ = self.priced.costs(prices, 1.0)
        table = self.trees.tables.table(cost, owning, self.priced.lateness(prices, 1.0))
        cases, _ = self.trees.cases(table, self._rooms(prices))
        least = np.full(len(nodes.choices) + 1, np.inf)
        worse = cases - np.minimum.reduceat(cases, self.trees.case_starts)[nodes.bundle]
        np.minimum.at(least, nodes.choice, worse[nodes.case_of_choice])
        least[-1] = 0.0
        return np.asarray(np.maximum(least[nodes.choice_of_pair], self.trees.tables.regrets(table)), dtype=float)

    @property
    def size(self) -> int:
        """How much work a step of prices is, in (owner, window, week)."""
        return int(self.trees.tables.work + WORK_OF_CELL * len(self.options.week))

    def evaluate(self, prices: Floats, unit: float = 1.0) -> tuple[float, Floats]:
        """Return the bound at some prices, and by constraint how far the tasks then overrun it.

        With whole prices, all sums are whole: prices and bound are then in parts of the unit of money.
        """
        priced = self.priced
        cost, owning, extra = priced.costs(prices, unit)
        table = self.trees.tables.table(cost, owning, priced.lateness(prices, unit))
        bound, taken = self.trees.solve(table, self._rooms(prices))
        over = np.where(extra < 0, priced.overtime, 0.0)
        bound += float(over @ extra) - float(prices @ priced.right)
        first, hours, own = self.trees.tables.hours(taken, cost, owning)
        overrun = priced.use(first, hours, over, self.trees.tables.lateness(taken)) - priced.right
        overrun[priced.first_own :] = priced.own_use(own)
        return bound, overrun

    def _rooms(self, prices: Floats) -> Floats:
        """Return by case what the room of its choices is worth, as a negative cost."""
        nodes = self.trees.nodes
        rooms = self.priced.owning_groups(prices)
        return -added(nodes.case_of_choice, rooms[nodes.choice], len(nodes.bundle))

    # looking for good prices

    def seek(self, target: int, spent: Callable[[int], float], until: float = 1.0) -> int | None:
        """Look for prices with a high bound; a later call goes on where this one ended, as if there had been one.

        Each price has a step of its own, the shorter the more it has been overrun before (AdaGrad), along directions
        that remember those before them. Steps become shorter in the course of a pass, down to nothing; the next pass
        begins at the best prices, all but forgets how far they were overrun, and is longer. A pass that gains hardly
        anything is the last; so is one that would leave little time for another, and it takes all that is left.

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
        if not len(self.options.job):
            return None
        share = 0.0
        while self.best < target and not self.over and share < until:
            self._step()
            share = max(self.steps / MOST_STEPS, spent(self.steps))
            if self.at >= self.most:
                self._turn(target)
            if self.at == 0 or self.steps == TRIED:
                self._plan(share)
        return self._exact(self.best_prices)

    def _step(self) -> None:
        """Evaluate the next prices, and set those that follow them."""
        size, prices = self.priced.size, self.prices
        bound, overrun = self.evaluate(prices)
        if bound > self.best:
            self.best, self.best_prices = bound, prices
        slope = overrun / size
        slope[(prices <= 0) & (slope < 0)] = 0
        self.direction = MEMORY * self.direction + (1 - MEMORY) * slope
        self.squares += slope**2
        self.steps += 1
        self.at += 1
        stride = self.length * (1 - self.at / self.most) / np.sqrt(np.maximum(self.squares, 1e-12))
        self.prices = np.maximum(0, prices + stride * self.direction / size)

    def _turn(self, target: int) -> None:
        """Begin another pass, unless the one that ends has gained too little."""
        self.over = self.best - self.best_before < LEAST_GAIN * (target - self.best)
        self.best_before, self.prices = self.best, self.best_prices
        self.direction = np.zeros(len(self.prices))
        self.at, self.most = 0, GROWTH * self.most
        self.length *= AGAIN
        self.squares *= KEPT

    def _plan(self, share: float) -> None:
        """Let a pass take all the time that is left, where another after it would not be a whole one."""
        left = self.steps * (1 - share) / max(share, 1e-9)
        if left < STRETCH * (self.most - self.at):
            self.most = self.at + max(1, round(left))

    def _exact(self, prices: Floats) -> int | None:
        """Return the bound in whole numbers, at prices rounded down to the finest unit that fits; None if none does."""
        priced, options = self.priced, self.options
        cost, owning, _ = priced.costs(prices, 1.0)
        by_pair = added(options.pair, cost * options.most, len(owning)) + np.abs(owning)
        size = 1 + 2 * float(prices @ np.abs(priced.right)) + float(prices[: len(priced.overtime)] @ priced.overtime)
        size += float(np.maximum.reduceat(by_pair, options.first_pair[np.unique(options.job)]).sum())
        size += float(np.repeat(priced.goal.overtime, self.problem.weeks) @ priced.overtime)
        size += priced.lateness(prices, 1.0) * float(self.trees.tables.late.sum())
        unit = FINEST
        while unit > 1 and 4 * size * unit > ROOM:
            unit /= 2
        if 4 * size * unit > ROOM:
            return None
        bound, _ = self.evaluate(np.floor(prices * unit), unit)
        bound -= int(self.options.is_shared.sum())  # margin, as the order of shared hours is found in floats
        return None if np.isinf(bound) else ceil(bound / unit)


def _forced(problem: Problem, must_all: bool) -> Flags:
    """Return by job whether every plan that counts delivers it; what comes before such a job is delivered too."""
    forced = np.array([job.forced or (job.must and must_all) for job in problem.jobs], dtype=bool)
    open_ = [int(job) for job in np.flatnonzero(forced)]
    while open_:
        for before, _ in problem.jobs[open_.pop()].after:
            if not forced[before]:
                forced[before] = True
                open_.append(before)
    return forced
