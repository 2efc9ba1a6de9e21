"""Lexicographic search: goal after goal, each within the limits of those before it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil

from staffing.plan.goals import reported, worsened
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal, GoalEntry
from staffing.solving.bound.changes import most_the_same
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import SolverRun, run
from staffing.solving.cp.terms import TERMS, Term, unit_of
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import Earlier
from staffing.solving.limits import Clock, Deadline, Limits, Progress
from staffing.solving.lns.tidy import tidied_by_person, untidiness
from staffing.solving.portfolio import Pursuit
from staffing.solving.ruin.rebuild import prepare
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.amounts import AMOUNTS
from staffing.solving.state.arrays import Whole, written
from staffing.solving.state.usage import Usage, usage_of

TIDY_SHARE = 0.05
"""Share of the time that is kept for tidying."""
MUST_SHARE = 0.25
"""Share of the time for `must`: it is mostly reached at once, and what it leaves open later goals may still reach."""
CALM_SHARE = 0.35
"""Share of the time for a goal before fewest changes are sought: a plan is there that need not be changed much."""
WHOLE = 15_000
"""Most (job, person, week) for which the whole problem is one model; larger ones are planned part by part."""


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
    again
        That plan, repaired: where the search for fewest changes may begin.
    limits, clock
        Time and threads; the clock may have begun before.
    door
        May add constraints of its own to the model before the search. The whole problem is then one model, whatever
        its size, and no part of it is planned alone.
    """

    def __init__(
        self,
        problem: Problem,
        goals: Sequence[GoalEntry],
        nothing: dict[Goal, Fraction],
        *,
        earlier: Earlier,
        again: Sequence[Solution] = (),
        limits: Limits,
        clock: Clock | None = None,
        stop: threading.Event,
        progress: Callable[[Progress], None] | None = None,
        door: Callable[[Model], None] | None = None,
    ) -> None:
        self.problem = problem
        self.goals = goals
        self.earlier = earlier
        self.again = again
        self.limits = limits
        self.clock = clock or Clock(limits)
        self.built = self.clock.used
        """Seconds that building the problem took: what else grows with the problem takes about as long."""
        self.stop = stop
        self.progress = progress
        self.plans = 0
        self.door = door
        self.cells = _cells(problem)
        self.whole = door is not None or self.cells <= WHOLE
        self.terms = [self._term(entry.goal, nothing[entry.goal]) for entry in goals]
        self.kept: list[tuple[Goal, int]] = []
        self.changes_at_first: Fraction | None = None
        """Changes of the plan with which their turn began."""
        self._model: Model | None = None
        self._sums: dict[Goal, Terms] = {}
        self._held = 0
        self._measured: tuple[Solution, Usage] | None = None
        """The plan measured last, and what it adds up to."""

    def _term(self, goal: Goal, nothing: Fraction) -> Term:
        unit = unit_of(self.problem, goal)
        return Term(goal, unit, nothing - unit * AMOUNTS[goal](Usage(self.problem), self.earlier))

    def amount(self, term: Term, solution: Solution) -> int:
        """Return sign × the amount of a goal: the less, the better."""
        measured = self._measured  # another thread may measure another plan meanwhile
        if measured is None or measured[0] is not solution:
            usage = usage_of(self.problem, solution)
            if self.door is not None:
                usage.hired_idle = solution.hired
            self._measured = measured = (solution, usage)
        return term.sign * AMOUNTS[term.goal](measured[1], self.earlier)

    def best_of(self, solutions: Sequence[Solution]) -> Solution:
        """Return the best of some plans, goal by goal."""
        self.plans += len(solutions)
        return min(solutions, key=lambda plan: [self.amount(term, plan) for term in self.terms])

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
            share = self._share(number)
            deadline = self.clock.within((self.clock.left - TIDY_SHARE * self.limits.seconds) * share)
            if entry.goal == "changes":
                self.changes_at_first = term.measure(self.amount(term, solution))
            solution = min([solution, *filter(self._keeps, self.again)], key=lambda plan: self.amount(term, plan))
            solution, bound = self._optimise(term, solution, deadline)
            best = term.measure(term.sign * self.amount(term, solution))
            limit = worsened(entry.goal, best, Fraction(entry.tolerance))
            reached.append(Reached(entry.goal, best, term.measure(bound * term.sign), limit))
            self.kept.append((entry.goal, term.most(limit)))
        if not self.stop.is_set():
            solution = self._tidy(solution)
        return Outcome(solution, tuple(reached), self.plans, self.stop.is_set())

    def _keeps(self, solution: Solution) -> bool:
        """Whether a plan keeps the limits of the goals so far."""
        return all(self.amount(term, solution) <= most for term, (_, most) in zip(self.terms, self.kept, strict=False))

    def _share(self, number: int) -> float:
        """Return the share of the time left that a goal gets."""
        left = [entry.goal for entry in self.goals[number:]]
        if left[0] == "must" and len(left) > 1:
            return MUST_SHARE
        return CALM_SHARE if "changes" in left[1:] and self.earlier.jobs else max(0.5, 2 / (len(left) + 1))

    @cached_property
    def arrays(self) -> Whole:
        """The problem in one array, for compiled code."""
        return written(self.problem, self.limits.seed, self.earlier)

    @cached_property
    def preparing(self) -> threading.Thread:
        """Compiles what rebuilding needs, beside the search: after installing that takes half a minute, once."""
        thread = threading.Thread(target=prepare, args=(self.arrays,), daemon=True)
        thread.start()
        return thread

    # the whole problem as one model

    @property
    def model(self) -> Model:
        """The model of the whole problem, with the goals so far kept within their limits."""
        if self._model is None:
            self._model = build_model(self.problem)
            if self.door is not None:
                self.door(self._model)
        for goal, most in self.kept[self._held :]:
            self._model.at_most(self._sum(self._model, goal), most)
        self._held = len(self.kept)
        return self._model

    def _sum(self, model: Model, goal: Goal) -> Terms:
        """Return sign × the amount of a goal in the model of the whole."""
        if goal not in self._sums:
            sign = next(term.sign for term in self.terms if term.goal == goal)
            self._sums[goal] = [(var, sign * factor) for var, factor in TERMS[goal](model, self.earlier)]
        return self._sums[goal]

    def _anything(self) -> Solution | None:
        found = run(self.model, [], None, self.limits, self.clock, self.clock.left, stop=self.stop)
        return None if found.steps is None else self._read(found)

    def _read(self, found: SolverRun) -> Solution:
        assert found.steps is not None
        return with_hires(self.problem, found.steps) if self.door is None else Solution(found.steps, found.hired)

    # one goal

    def _optimise(self, term: Term, start: Solution, deadline: Deadline) -> tuple[Solution, int]:
        """Return the best plan found for a goal, and a bound on sign × its amount."""
        low = self._trivial(term)
        if self.amount(term, start) <= low or self.stop.is_set() or deadline.over:
            return start, low
        if self.door is not None:
            return self.prove(term, start, low, deadline, self.limits, self.stop)
        return Pursuit(self, term, start, low, deadline).run()

    def prove(
        self, term: Term, start: Solution, low: int, deadline: Deadline, limits: Limits, stop: threading.Event
    ) -> tuple[Solution, int]:
        """Seek the best plan for a goal in the model of the whole; return it with a bound."""
        model = self.model
        objective = self._sum(model, term.goal)
        model.tighten()
        low = max(low, sum(f * (model.low(var) if f > 0 else model.high(var)) for var, f in objective))
        known = self.amount(term, start)
        if known <= low or deadline.over:
            return start, low
        found = run(
            model,
            objective,
            start,
            limits,
            self.clock,
            deadline.left,
            stop=stop,
            low=low,
            tell=lambda plans, best, bound: self.tell(
                term, plans, known if best is None else min(known, best), low if bound is None else max(low, bound)
            ),
        )
        self.plans += found.plans
        bound = low if found.bound is None else max(low, found.bound)
        if found.steps is not None:
            better = self._read(found)
            if self.amount(term, better) <= self.amount(term, start):
                start = better
        return start, bound

    def _trivial(self, term: Term) -> int:
        """Return a bound that takes no search: all delivered, at no cost, never late, unchanged where that can be."""
        jobs = self.problem.jobs
        if term.goal == "must":
            return -sum(job.effort for job in jobs if job.must)
        if term.goal in ("value", "net_value"):
            return -sum(job.value for job in jobs)
        if term.goal == "changes":
            return -most_the_same(self.problem, self.earlier)
        if term.goal == "balance":
            return max(ceil(-term.constant / term.unit), AMOUNTS["balance"](Usage(self.problem), self.earlier))
        return 0

    def _tidy(self, solution: Solution) -> Solution:
        """Tidy the hours without changing any goal: all at once, or of a large plan person by person."""
        deadline = self.clock.within(TIDY_SHARE * self.limits.seconds)
        if deadline.over:
            return solution
        if not self.whole:
            return tidied_by_person(self, solution, deadline)
        model = self.model
        for term in self.terms:
            model.at_most(self._sum(model, term.goal), self.amount(term, solution))
        delivered = {job for job, _, _ in solution.steps}
        for job, var in model.delivered.items():
            model.cp.add(var == int(job in delivered))
        limits = replace(self.limits, gap=0.0)
        found = run(model, untidiness(model), solution, limits, self.clock, deadline.left, stop=self.stop)
        return solution if found.steps is None else self._read(found)

    def tell(self, term: Term, plans: int, best: int | None, bound: float) -> None:
        """Report to the caller how a goal stands; amounts have the sign of what is minimised."""
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


def _cells(problem: Problem) -> int:
    """Return how many triples (job, person, week) a problem has."""
    return sum(len(job.pairs) * len(job.weeks) for job in problem.jobs)
