"""The best plan of a re-plan with at most some changes, or the fewest changes that hold some goals."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, MONEY_GOALS, goals_of
from staffing.plan.records import GoalResult
from staffing.scenario.records import MAXIMISED, Goal, GoalEntry
from staffing.solving.case import Case
from staffing.solving.cp.model import Model
from staffing.solving.limits import Clock, Progress
from staffing.solving.solution import Solution
from staffing.solving.solve import goal_results, metadata
from staffing.solving.state.greedy import first_plans
from staffing.solving.tuning import TUNING


@dataclass(frozen=True)
class Found:
    """The best plan that a search found with at most some changes."""

    solution: Solution
    facts: Facts
    results: Mapping[Goal, GoalResult]
    solver: Mapping[str, Any]
    lead: tuple[Fraction, ...]
    """What it reaches of the goals that changes are made for; less is better."""
    rest: tuple[Fraction, ...]
    """The same of the other goals."""
    changes: int
    most: int | None
    """The changes that it might have had; None for as many as it took."""

    def proven(self, goals: Sequence[Goal]) -> bool:
        """Whether no plan is better by some goals, within the changes that it might have had."""
        return all(self.results[goal].proven for goal in goals)


class Calm:
    """Seeks plans by their numbers of changes; each search begins with what those before it have found.

    Parameters
    ----------
    case
        The re-plan.
    clock
        The time of all searches.
    stop
        Set, a search gives what it has.
    progress
        Called again and again while a search runs.
    """

    def __init__(
        self, case: Case, clock: Clock, stop: threading.Event, progress: Callable[[Progress], None] | None = None
    ) -> None:
        self.case, self.clock, self.stop = case, clock, stop
        self._progress = progress
        goals = [entry.goal for entry in goals_of(case.scenario, has_baseline=True)]
        self.lead = lead(goals)
        """The goals that changes are made for, most important first."""
        self.rest = tuple(goal for goal in goals if goal not in (*self.lead, "changes"))
        self.large = case.presolved.cells > TUNING.question_cells
        """Whether the whole is no single model for CP-SAT alone."""
        self.found: list[Found] = []
        first = clock.first_plans()
        self._repaired = case.repaired(first)
        self._starts = [*first_plans(case.presolved, lambda: first.over), *self._repaired]

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self.stop.is_set() or self.clock.left <= 0

    @property
    def best(self) -> Found:
        """The best plan of all; of several the one with the fewest changes."""
        return min(self.found, key=lambda found: (found.lead, found.changes, found.rest))

    def fewest(self, share: float, held: Mapping[Goal, Fraction] = MappingProxyType({})) -> Found:
        """Seek the fewest changes that hold some goals within limits that the best plan keeps."""
        known = [self.best.solution] if held else self._starts
        return self._seek(("changes", *self.lead, *self.rest), share, known, None, held)

    def most_for(self, most: int, share: float) -> Found:
        """Seek the best plan with at most some changes, of which there is one."""
        known = [found.solution for found in self.found if found.changes <= most]
        held: dict[Goal, Fraction] = {"changes": Fraction(most)}
        return self._seek((*self.lead, "changes", *self.rest), share, known, most, held)

    def free(self, share: float) -> Found:
        """Seek the best plan, with as many changes as it takes."""
        known = [*(found.solution for found in self.found), *self._starts]
        return self._seek((*self.lead, "changes", *self.rest), share, known)

    def _tell(self, progress: Progress) -> None:
        if self._progress is not None:
            self._progress(replace(progress, seconds_left=self.clock.left))

    def _seek(
        self,
        goals: Sequence[Goal],
        share: float,
        known: Sequence[Solution],
        most: int | None = None,
        held: Mapping[Goal, Fraction] = MappingProxyType({}),
    ) -> Found:
        """Seek the best plan by some goals, beginning with the best of some plans, in a share of the time left."""
        clock = Clock(replace(self.clock.limits, seconds=share * self.clock.left))
        entries = [GoalEntry(goal=goal) for goal in goals]
        extend = None if self.large else _as_it_is
        search = self.case.search(
            entries, clock, self.stop, repaired=() if extend else self._repaired, progress=self._tell, extend=extend
        )
        for goal, limit in held.items():
            search.hold(goal, limit)
        outcome = search.run(search.best_of(known))
        self.clock.spent += clock.spent
        facts = self.case.facts(outcome.solution)

        def reached(among: Sequence[Goal]) -> tuple[Fraction, ...]:
            return tuple(-measure if goal in MAXIMISED else measure for goal, measure in measured(facts, among))

        changes = int(MEASURES["changes"](facts))
        found = Found(
            solution=outcome.solution,
            facts=facts,
            results={result.goal: result for result in goal_results(outcome, facts)},
            solver=metadata(self.case, search, outcome),
            lead=reached(self.lead),
            rest=reached(self.rest),
            changes=changes,
            most=changes if goals[0] == "changes" else most,
        )
        self.found.append(found)
        return found


def lead(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """Return the goals that changes are made for: those before `changes`, if any but `must`; else up to money."""
    before = goals[: goals.index("changes")]
    if set(before) - {"must"}:
        return tuple(before)
    others = [goal for goal in goals if goal != "changes"]
    ends = [number for number, goal in enumerate(others) if goal in MONEY_GOALS]
    return tuple(others[: ends[0] + 1] if ends else others)


def measured(facts: Facts, goals: Sequence[Goal]) -> Iterator[tuple[Goal, Fraction]]:
    """Yield what some goals measure."""
    for goal in goals:
        yield goal, MEASURES[goal](facts)


def _as_it_is(model: Model) -> None:
    """Add nothing: that a model is asked for has CP-SAT alone plan the whole."""
