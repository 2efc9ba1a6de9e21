"""Lexicographic search: goal after goal, each within the limits of those before it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from staffing.plan.goals import reported, worsened
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal, GoalEntry
from staffing.solving.engine import Clock, Limits, run
from staffing.solving.model import Model, Terms
from staffing.solving.progress import Progress
from staffing.solving.rules import RULES
from staffing.solving.solution import Solution, with_hires
from staffing.solving.terms import TERMS, Earlier, Term

NEVER_NEGATIVE: frozenset[Goal] = frozenset({"must", "lateness", "overtime", "hours", "contacts", "balance", "changes"})
TIDY_SHARE = 0.05
"""Share of the time that is kept for tidying."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a goal was reached at its turn."""

    goal: Goal
    best: Fraction
    bound: Fraction
    limit: Fraction


@dataclass(frozen=True)
class Outcome:
    """The plan found, by index, how far each goal was reached, and the plans seen on the way."""

    solution: Solution
    goals: tuple[Reached, ...]
    plans: int
    stopped: bool


def build_model(problem: Problem) -> Model:
    """Write a problem with all its rules."""
    model = Model(problem)
    for rule in RULES.values():
        rule(model)
    return model


class Search:
    """Optimises the goals of a problem, in order.

    Parameters
    ----------
    problem
        What is planned.
    goals
        Most important first.
    nothing
        By goal: its exact measure in the empty plan, which holds all that is constant (salaries, history).
    earlier
        The plan that changes are counted against.
    limits
        Time and threads.
    door
        May add constraints of its own to the model before the search.
    """

    def __init__(
        self,
        problem: Problem,
        goals: Sequence[GoalEntry],
        nothing: dict[Goal, Fraction],
        *,
        earlier: Earlier,
        limits: Limits,
        stop: threading.Event,
        progress: Callable[[Progress], None] | None = None,
        door: Callable[[Model], None] | None = None,
    ) -> None:
        self.problem = problem
        self.goals = goals
        self.limits = limits
        self.clock = Clock(limits)
        self.stop = stop
        self.progress = progress
        self.model = build_model(problem)
        self.plans = 0
        self.own_hires = door is not None
        if door is not None:
            door(self.model)
        self.terms = [self._term(entry.goal, nothing[entry.goal], earlier) for entry in goals]

    def _term(self, goal: Goal, nothing: Fraction, earlier: Earlier) -> Term:
        terms, unit = TERMS[goal](self.model, earlier)
        at_nothing = self.model.evaluate(terms, Solution({}))
        return Term(goal, terms, unit, nothing - unit * at_nothing)

    def best_of(self, solutions: Sequence[Solution]) -> Solution:
        """Give the best of some plans, goal by goal."""
        self.plans += len(solutions)
        return min(
            solutions, key=lambda plan: [term.sign * self.model.evaluate(term.terms, plan) for term in self.terms]
        )

    def run(self, start: Solution | None) -> Outcome:
        """Optimise every goal, then tidy.

        Parameters
        ----------
        start
            A plan to begin with; None if none is known, and then one is sought first.
        """
        solution = self._anything() if start is None else start
        if solution is None:
            return Outcome(Solution({}), (), 0, stopped=True)
        reached = []
        for number, (entry, term) in enumerate(zip(self.goals, self.terms, strict=True)):
            left = len(self.goals) - number
            seconds = self.clock.left * (1 - TIDY_SHARE) * 2 / (left + 1)
            solution, bound = self._optimise(term, solution, seconds)
            best = term.measure(self.model.evaluate(term.terms, solution))
            limit = worsened(entry.goal, best, Fraction(entry.tolerance))
            reached.append(Reached(entry.goal, best, term.measure(bound * term.sign), limit))
            self._keep(term, limit)
        if not self.stop.is_set():
            solution = self._tidy(solution)
        return Outcome(solution, tuple(reached), self.plans, self.stop.is_set())

    def _anything(self) -> Solution | None:
        found = run(self.model, [], None, self.limits, self.clock, self.clock.left, stop=self.stop)
        return None if found.steps is None else self._read(found.steps, found.hired)

    def _read(self, steps: dict[tuple[int, int, int], int], hired: frozenset[int]) -> Solution:
        return Solution(steps, hired) if self.own_hires else with_hires(self.problem, steps)

    def _optimise(self, term: Term, start: Solution, seconds: float) -> tuple[Solution, int]:
        """Give the best plan for a goal, and a bound on sign × the sum of its terms."""
        objective = [(var, term.sign * factor) for var, factor in term.terms]
        amount = term.sign * self.model.evaluate(term.terms, start)
        low = self._trivial(term, objective)
        if amount <= low or self.stop.is_set():
            return start, low
        found = run(
            self.model,
            objective,
            start,
            self.limits,
            self.clock,
            seconds,
            stop=self.stop,
            low=low,
            tell=lambda plans, best, bound: self._tell(term, plans, best, low if bound is None else max(low, bound)),
        )
        self.plans += found.plans
        bound = low if found.bound is None else max(low, found.bound)
        if found.steps is not None:
            better = self._read(found.steps, found.hired)
            if term.sign * self.model.evaluate(term.terms, better) <= amount:
                start = better
        return start, bound

    def _trivial(self, term: Term, objective: Terms) -> int:
        """Give a bound that costs nothing: what the variables' domains, or the goal's nature, allow."""
        low = sum(factor * (self.model.low(var) if factor > 0 else self.model.high(var)) for var, factor in objective)
        if term.goal in NEVER_NEGATIVE:
            low = max(low, ceil(-term.constant / term.unit))
        return low

    def _keep(self, term: Term, limit: Fraction) -> None:
        """Hold a goal within its limit from now on."""
        amount = (limit - term.constant) / term.unit
        most = floor(amount) if term.sign > 0 else -ceil(amount)
        self.model.at_most([(var, term.sign * factor) for var, factor in term.terms], most)

    def _tidy(self, solution: Solution) -> Solution:
        """Move hours to the earliest weeks, in the fewest allocations, without changing any goal."""
        for term in self.terms:
            amount = term.sign * self.model.evaluate(term.terms, solution)
            self.model.at_most([(var, term.sign * factor) for var, factor in term.terms], amount)
        for job, var in self.model.delivered.items():
            self.model.cp.add(var == int(any(cell[0] == job for cell in solution.steps)))
        weeks = self.problem.weeks
        untidy: Terms = []
        for (job, person, week), (var, factor) in self.model.hours.items():
            untidy.append((var, factor * week * (weeks + 1)))
            untidy.append((self.model.used(job, person, week), 1))
        seconds = min(self.clock.left, TIDY_SHARE * self.limits.seconds)
        found = run(self.model, untidy, solution, replace(self.limits, gap=0.0), self.clock, seconds, stop=self.stop)
        return solution if found.steps is None else self._read(found.steps, found.hired)

    def _tell(self, term: Term, plans: int, best: int | None, bound: float) -> None:
        if self.progress is None:
            return
        value = None if best is None else term.measure(term.sign * best)
        limit = term.measure(term.sign * round(bound))
        gap = None if value is None else float(abs(value - limit) / max(abs(value), Fraction(1, 100)))
        self.progress(
            Progress(
                term.goal,
                None if value is None else reported(term.goal, value),
                reported(term.goal, limit),
                gap,
                self.plans + plans,
                self.clock.left,
            )
        )
