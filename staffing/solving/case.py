"""A scenario with its past, and its problem: what is planned in a call, or again and again in one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from staffing.plan.earlier import EarlierPlan
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.confidence import at_confidence
from staffing.scenario.expand import Expanded
from staffing.scenario.records import GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.model import Model
from staffing.solving.earlier import Earlier, earlier_of
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Clock, Deadline, Progress
from staffing.solving.past import with_past
from staffing.solving.presolve import presolve
from staffing.solving.ruin.annealer import load_kept
from staffing.solving.solution import Solution, drafted
from staffing.solving.state.greedy import repaired


@dataclass(frozen=True)
class Case:
    """A scenario with its past, and its problem before and after presolve."""

    scenario: Scenario
    expanded: Expanded
    earlier: EarlierPlan | None
    from_week: int | None
    options: Mapping[str, Any]
    """What a plan tells of how it was asked for."""
    whole: Problem
    presolved: Problem

    @classmethod
    def of(
        cls,
        scenario: Scenario,
        baseline: Plan | None,
        from_week: int | None,
        keep: Collection[str],
        confidence: float | None = None,
    ) -> Case:
        """Return the case of a call; the parameters are those of :func:`staffing.solve`."""
        earlier, expanded = with_past(at_confidence(scenario, confidence), baseline, from_week, keep)
        whole = build(expanded)
        said = {"keep": list(keep)} if keep else {}
        options = said if confidence is None else {**said, "confidence": confidence}
        return cls(scenario, expanded, earlier, from_week, options, whole, presolve(whole))

    @property
    def baseline(self) -> Baseline | None:
        """What the earlier plan delivered."""
        return None if self.earlier is None else self.earlier.baseline

    @cached_property
    def by_index(self) -> Earlier:
        """The earlier plan by index."""
        return earlier_of(self.presolved, self.expanded, self.earlier)

    def repaired(self, first: Deadline) -> list[Solution]:
        """Return plans that keep much of the earlier plan, made by a deadline."""
        load_kept(self.presolved)
        return repaired(self.presolved, self.by_index, lambda: first.over)

    def facts(self, solution: Solution) -> Facts:
        """Return the facts of a solution."""
        return Facts(self.expanded, drafted(self.presolved, solution), self.baseline)

    def search(
        self,
        goals: Sequence[GoalEntry],
        clock: Clock,
        stop: threading.Event,
        *,
        repaired: Sequence[Solution],
        progress: Callable[[Progress], None] | None = None,
        extend: Callable[[Model], None] | None = None,
    ) -> LexicographicSearch:
        """Return a search for some goals, ready to run, which may go on from repaired plans.

        One that is extended begins without a plan, as none is known to be one.
        """
        nothing = self.facts(Solution({}))
        load_kept(self.presolved)
        return LexicographicSearch(
            self.presolved,
            goals,
            {goal: measure(nothing) for goal, measure in MEASURES.items()},
            baseline=self.by_index,
            repaired=repaired,
            limits=clock.limits,
            clock=clock,
            stop=stop,
            progress=progress,
            extend=extend,
        )
