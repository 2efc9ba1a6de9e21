"""Lexicographic search: goal after goal, each within the limits of those before it.

Of the time left, each goal gets a share; what it does not use is for the next ones. Once a goal's turn is over, the
objective reached, worsened by the goal's tolerance, is its limit in all later turns. Time that no goal has used goes to
a proof of those that are not proven, where the problem is not large. In the end the hours are tidied.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from staffing.plan.goals import worsened
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal, GoalEntry
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.counting import Counting
from staffing.solving.context import ProgressReport, SearchContext
from staffing.solving.cp.model import Model
from staffing.solving.earlier import Earlier
from staffing.solving.goals import Term
from staffing.solving.hires import with_fewest_hires
from staffing.solving.limits import Clock, Deadline, Limits, Progress
from staffing.solving.lns.tidy import Tidying
from staffing.solving.musts import needed_by_musts, with_most_musts
from staffing.solving.objectives import Objectives, terms_of, trivial_bound
from staffing.solving.portfolio import Portfolio
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.single_model import SingleModel
from staffing.solving.solution import Solution
from staffing.solving.tuning import TUNING
from staffing.solving.turn import GoalTurn


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a goal was reached at its turn."""

    goal: Goal
    best: Fraction
    bound: Fraction
    limit: Fraction
    bounded: bool
    """Whether the bound says something."""


@dataclass(frozen=True)
class SearchResult:
    """What a search found.

    Attributes
    ----------
    solution
        The plan, by index.
    goals
        How far each goal was reached; none where there is no plan.
    plans
        Plans found on the way.
    stopped
        Whether the caller stopped the search.
    changes_at_first
        Changes of the plan with which their turn began; None where they are no goal.
    """

    solution: Solution
    goals: tuple[Reached, ...]
    plans: int
    stopped: bool
    changes_at_first: Fraction | None = None


@dataclass(frozen=True, slots=True)
class _Turn:
    """A goal's turn: the plans before and after, the objective then, its bound, and the limit that later goals keep."""

    term: Term
    before: Solution
    after: Solution
    best: int
    bound: int
    limit: Fraction

    @property
    def most(self) -> int:
        """The greatest objective that keeps the limit."""
        return self.term.most(self.limit)

    @property
    def reached(self) -> Reached:
        """How far the goal was reached."""
        term = self.term
        best, bound = (term.measure(amount * term.sign) for amount in (self.best, self.bound))
        return Reached(term.goal, best, bound, self.limit, term.bounded(self.best, self.bound))


class LexicographicSearch:
    """Optimises the goals of a problem, in order.

    Parameters
    ----------
    problem
        What is planned.
    goals
        Most important first.
    empty_plan
        By goal: its exact measure in the empty plan, which holds all that is constant (salaries, history).
    baseline
        The plan that changes are counted against.
    repaired
        Plans that keep much of it: where the search for fewest changes may begin.
    limits, clock
        Time and threads; the clock may have begun before.
    stop
        Set by the caller to end the search.
    progress
        Called with reports.
    extend
        Adds constraints to the model before the search: then the whole problem is one model, and only CP-SAT is asked.
    """

    def __init__(
        self,
        problem: Problem,
        goals: Sequence[GoalEntry],
        empty_plan: Mapping[Goal, Fraction],
        *,
        baseline: Earlier,
        repaired: Sequence[Solution] = (),
        limits: Limits,
        clock: Clock | None = None,
        stop: threading.Event,
        progress: Callable[[Progress], None] | None = None,
        extend: Callable[[Model], None] | None = None,
    ) -> None:
        clock = clock or Clock(limits)
        self.context = SearchContext(
            problem=problem,
            terms=terms_of(problem, [entry.goal for entry in goals], empty_plan, baseline),
            objectives=Objectives(problem, baseline, hires_as_told=extend is not None),
            baseline=baseline,
            repaired=tuple(repaired),
            limits=limits,
            clock=clock,
            build_seconds=clock.used,
            stop=stop,
            report=ProgressReport(clock, progress),
        )
        self.single_model = SingleModel(self.context, extend)
        self._kernel = Kernel(self.context)
        self.extended = extend is not None
        self._goals = goals
        self._kept: list[tuple[Goal, int]] = []
        """The goals reached so far, or held from the start, each with the most that its objective may be."""

    def best_of(self, solutions: Sequence[Solution]) -> Solution:
        """Return the best of some plans, goal by goal."""
        context = self.context
        context.report.plans += len(solutions)
        return min(solutions, key=lambda plan: [context.objectives.of(term, plan) for term in context.terms])

    def run(self, start: Solution | None, *, to_the_end: bool = False) -> SearchResult:
        """Optimise every goal, then tidy.

        Parameters
        ----------
        start
            A plan to begin with; None if none is known, and then one is sought first.
        to_the_end
            Whether proofs of goals that are not proven are sought in the time that is left.
        """
        context = self.context
        solution = self.single_model.any_plan() if start is None else start
        if solution is None:
            return SearchResult(Solution({}), (), 0, stopped=True)
        held = list(self._kept)
        turns = self._pursued([], solution)
        for number in range(len(turns) if to_the_end and self.single_model.affordable and not self.extended else 0):
            best = turns[number].best
            if best - turns[number].bound > context.limits.gap * abs(best):
                turns = self._pursued_again(turns, number, held)
        return SearchResult(
            self._tidied(turns[-1].after if turns else solution),
            tuple(turn.reached for turn in turns),
            context.report.plans,
            context.stop.is_set(),
            next((self._measure(turn.term, turn.before) for turn in turns if turn.term.goal == "changes"), None),
        )

    def _pursued(self, turns: Sequence[_Turn], solution: Solution) -> list[_Turn]:
        """Return these turns and those of the goals that are left, the first of which begins with a plan."""
        found = list(turns)
        for number in range(len(turns), len(self.context.terms)):
            term, deadline = self.context.terms[number], self._deadline(number)
            after, bound = self._optimise(term, self._best_start(term, solution), deadline)
            found.append(self._turn(number, solution, after, bound))
            self.keep(term, found[-1].most)
            solution = after
        return found

    def _pursued_again(self, turns: list[_Turn], number: int, held: Sequence[tuple[Goal, int]]) -> list[_Turn]:
        """Seek a proof of a goal in the time that is left; where its plan becomes better, later goals follow anew."""
        known, clock = turns[number], self.context.clock
        left = clock.left - self._tidy_seconds
        if left < TUNING.last_proof_least_share * self.context.limits.seconds or self.context.stop.is_set():
            return turns
        self._kept, self.single_model = [], SingleModel(self.context, None)
        for goal, most in (*held, *((turn.term.goal, turn.most) for turn in turns[:number])):
            self._keep(goal, most)
        deadline = clock.within(TUNING.last_proof_share * left)
        after, bound = self.single_model.prove(
            known.term, known.after, known.bound, deadline, limits=self.context.limits, stop=self.context.stop
        )
        turn = self._turn(number, known.before, after, bound)
        if turn.best >= known.best:
            return [*turns[:number], replace(known, bound=bound), *turns[number + 1 :]]
        self.keep(turn.term, turn.most)
        return self._pursued([*turns[:number], turn], after)

    def _turn(self, number: int, before: Solution, after: Solution, bound: int) -> _Turn:
        term = self.context.terms[number]
        best = self.context.objectives.of(term, after)
        limit = worsened(term.goal, term.measure(term.sign * best), Fraction(self._goals[number].tolerance))
        return _Turn(term, before, after, best, bound, limit)

    def hold(self, goal: Goal, limit: Fraction) -> None:
        """Hold a goal within a limit from the start, whatever its place; the plan to begin with must keep it."""
        for term in self.context.terms:
            if term.goal == goal:
                self.keep(term, term.most(limit))

    def keep(self, term: Term, limit: int) -> None:
        """Hold the objective of a goal at or below a limit from now on."""
        self._keep(term.goal, limit)

    def _keep(self, goal: Goal, limit: int) -> None:
        self._kept.append((goal, limit))
        self.single_model.keep(goal, limit)

    def _deadline(self, number: int) -> Deadline:
        """Return when the turn of a goal ends, by the share of the time left that it gets."""
        left = [entry.goal for entry in self._goals[number:]]
        if left[0] == "must" and len(left) > 1:
            share = TUNING.must_share
        elif "changes" in left[1:] and self.context.baseline.jobs:
            share = TUNING.before_changes_share
        else:
            slow = left[0] == "net_value" and self.context.very_large
            share = max(TUNING.slow_share if slow else TUNING.least_share, 2 / (len(left) + 1))
        clock = self.context.clock
        return clock.within((clock.left - self._tidy_seconds) * share)

    @property
    def _tidy_seconds(self) -> float:
        """Seconds kept for tidying."""
        limit = self.context.limits.seconds
        return max(TUNING.tidy_share * limit, min(TUNING.tidy_least_seconds, TUNING.tidy_most_share * limit))

    def _best_start(self, term: Term, solution: Solution) -> Solution:
        """Return the best plan for a goal among the one found so far and the repaired baseline."""
        objective, terms = self.context.objectives.of, {one.goal: one for one in self.context.terms}

        def valid(plan: Solution) -> bool:
            return all(objective(terms[goal], plan) <= limit for goal, limit in self._kept)

        return min([solution, *filter(valid, self.context.repaired)], key=lambda plan: objective(term, plan))

    def _optimise(self, term: Term, start: Solution, deadline: Deadline) -> tuple[Solution, int]:
        """Return the best plan found for a goal, and the bound of its objective."""
        context, best = self.context, self.context.objectives.of(term, start)
        bound = trivial_bound(context.problem, term, context.baseline)
        if best <= bound or context.stop.is_set() or deadline.over:
            return start, bound
        counting = Counting(PairColumns(context.problem, self._kernel.state), self._kept)
        counted = counting.bound(term.goal)
        bound = bound if counted is None else max(bound, counted)
        context.clock.spent += counting.work
        if best <= bound:
            return start, bound
        if self.extended:
            return self.single_model.prove(term, start, bound, deadline, limits=context.limits, stop=context.stop)
        if term.goal == "must" and not self._kept and len(needed_by_musts(context.problem)) < len(context.problem.jobs):
            return with_most_musts(context, self._kernel, term, start, bound, deadline)
        start, bound = with_fewest_hires(context, counting, term, start, bound, deadline)
        turn = GoalTurn(context, term, self._kept, start, bound, deadline)
        return Portfolio(turn, self.single_model, self._kernel).run()

    def _tidied(self, solution: Solution) -> Solution:
        """Return the plan with tidy hours; with constraints of a script, by the model that alone knows them."""
        context, deadline = self.context, self.context.clock.within(self._tidy_seconds)
        if deadline.over:
            return solution
        if self.extended:
            return solution if context.stop.is_set() else self.single_model.tidied(solution, deadline)
        return Tidying(context, solution, deadline).run()

    def _measure(self, term: Term, solution: Solution) -> Fraction:
        """Return the exact measure of a goal in a plan."""
        return term.measure(term.sign * self.context.objectives.of(term, solution))
