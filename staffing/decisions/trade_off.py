"""What would more changes of an earlier plan gain? The most for at most 0, 1, 2, ... changes.

Changes are held at or below a number, and the goals are sought as ever. First the fewest changes of any plan, then the
best plan with as many as it takes; then numbers between the two. Each search begins with the best plan found before
that has no more changes, so that more changes are never worse.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from staffing.decisions.curve import Point, TradeOff
from staffing.decisions.price import Money
from staffing.decisions.trial import as_it_is
from staffing.plan.describe import describe
from staffing.plan.earlier import planned_before
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, MONEY_GOALS, goals_of, reported, worsened
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, Number
from staffing.scenario.records import MAXIMISED, Goal, GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.case import Case
from staffing.solving.limits import Clock, checked_limits
from staffing.solving.solution import Solution
from staffing.solving.solve import goal_results, metadata
from staffing.solving.state.greedy import first_plans
from staffing.solving.tuning import TUNING

FEW = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
"""Changes beyond the fewest that are tried first."""
CALMER = (Fraction(1, 200), Fraction(1, 50), Fraction(2, 25))
"""Shares of the best value, or cost, that are given up for fewer changes, to see how few these are."""


def trade_off(
    scenario: Scenario,
    baseline: Plan,
    *,
    from_week: int | None = None,
    keep: Collection[str] = (),
    time_limit: float = 10.0,
    gap: float = 0.0,
    workers: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    stop: threading.Event | None = None,
) -> TradeOff:
    """Say what more changes of an earlier plan would gain.

    Parameters
    ----------
    scenario
        What is planned now.
    baseline, from_week, keep
        The earlier plan, and what of it stays whatever is gained, as in :func:`staffing.solve`.
    time_limit
        Seconds for all of it; what is known by then is the answer.
    gap, workers, seed, deterministic
        As in :func:`staffing.solve`.
    stop
        When set, what is known by then is the answer.

    Returns
    -------
    TradeOff
        From the fewest changes that can be to those after which more gain nothing; small re-plans are proven.

    Raises
    ------
    ScenarioError
        Where the numbers are too large to plan exactly.
    PlanError
        Where the baseline can be read in two ways, or has no task of the scenario.
    """
    clock = Clock(checked_limits(time_limit, gap, workers, seed, deterministic=deterministic))
    case = Case.of(scenario, baseline, from_week, keep)
    clock.reserved = TUNING.ending_factor * clock.used
    curve = _Curve(case, clock, stop or threading.Event())
    curve.draw()
    points = curve.points()
    return TradeOff(
        scenario=scenario.name,
        fingerprint=scenario.fingerprint,
        seconds=round(clock.used, 3),
        points=points,
        sought=curve.lead,
        least=points[0].changes,
        least_proven=curve.least_proven,
        enough=points[-1].changes,
        enough_proven=curve.enough_proven,
        complete=curve.complete,
    )


@dataclass(frozen=True)
class _Found:
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


class _Curve:
    """The plans found, by their numbers of changes."""

    def __init__(self, case: Case, clock: Clock, stop: threading.Event) -> None:
        self.case, self.clock, self.stop = case, clock, stop
        self.entries = goals_of(case.scenario, has_baseline=True)
        goals = [entry.goal for entry in self.entries]
        self.lead = lead(goals)
        self.rest = tuple(goal for goal in goals if goal not in (*self.lead, "changes"))
        self.found: list[_Found] = []
        self._free: list[_Found] = []
        """Those of searches for the best plan of all."""
        self._starts = [*first_plans(case.presolved), *case.repaired]
        self._tried: set[int] = set()
        self._settled: set[int] = set()
        """Numbers of changes with which no plan is better than those found."""

    def draw(self) -> None:
        """Seek the fewest changes, the best plan of all, and what lies between the two; then once more the best."""
        first = self._seek(("changes", *self.lead, *self.rest), TUNING.trade_off_least_share)
        self._note(first, first.changes)
        self._seek_best()
        if self._large:
            self._seek_calm()
        while not self.stop.is_set() and self.clock.left > 0:
            between = [number for number in self._between if number not in self._tried]
            few = [self.least + step for step in FEW if self.least + step in between]
            if between:
                most = (few or between)[0]
                self._note(self._seek((*self.lead, "changes", *self.rest), 1 / (1 + len(few)), most), most)
            elif self.enough_proven or self.clock.left < TUNING.trade_off_again_share * self.clock.end:
                break
            else:
                self._seek_best()

    def _seek_best(self) -> None:
        found = self._seek((*self.lead, "changes", *self.rest), TUNING.trade_off_free_share)
        self._free.append(found)
        self._note(found, found.changes)

    def _seek_calm(self) -> None:
        """Seek the fewest changes that hold most of the best plan: of large problems that finds more than limits do."""
        best = dict(_measured(self.best.facts, self.lead))
        money = next((number for number, goal in enumerate(self.lead) if goal in MONEY_GOALS), None)
        for number, given_up in enumerate(CALMER if money is not None else ()):
            if self.stop.is_set() or self.clock.left <= 0 or self.best.changes <= self.least + 1:
                break
            goal = self.lead[money]
            held = {one: best[one] for one in self.lead[:money]} | {goal: worsened(goal, best[goal], given_up)}
            share = 1 / (2 + len(CALMER) - number)
            found = self._seek(("changes", *self.lead, *self.rest), share, held=held)
            self._note(found, found.changes)

    def _note(self, found: _Found, most: int) -> None:
        """Note which numbers of changes a search has tried, and what it settled of them."""
        self.found.append(found)
        self._tried.add(most)
        if found.proven(self.lead):
            same = range(found.changes, most + 1)
            self._tried.update(same)
            self._settled.update(same)

    # what is known

    @property
    def least(self) -> int:
        """The fewest changes of any plan found."""
        return min(found.changes for found in self.found)

    @property
    def least_proven(self) -> bool:
        """Whether no plan has fewer."""
        first = self.found[0]
        return self.least == first.changes and first.proven(["changes"])

    @property
    def best(self) -> _Found:
        """The best plan of all; of several the one with the fewest changes."""
        return min(self.found, key=lambda found: (found.lead, found.changes, found.rest))

    @property
    def enough_proven(self) -> bool:
        """Whether no plan is better than the best one, and none as good with fewer changes."""
        best = self.best
        if not any(free.proven(self.lead) and free.lead == best.lead for free in self._free):
            return False
        alike = [one for one in self.found[1:] if one.lead == best.lead and one.changes == best.changes]
        fewest = any(one.proven(["changes"]) for one in alike) or best.changes - 1 in self._settled
        return fewest or (best.changes == self.least and self.least_proven)

    @property
    def complete(self) -> bool:
        """Whether every number of changes is settled, from the fewest to those after which more gain nothing."""
        return self.least_proven and self.enough_proven and self._settled.issuperset(self._between)

    @property
    def _between(self) -> range:
        return range(self.least + 1, self.best.changes)

    def points(self) -> tuple[Point, ...]:
        """Return the plans that no other one betters with as many changes or fewer, by their numbers of changes."""
        points: list[_Found] = []
        for found in sorted(self.found, key=lambda found: (found.changes, found.lead, found.rest)):
            if not points or found.lead < points[-1].lead:
                points.append(found)
        return tuple(self._point(found) for found in points)

    def _point(self, found: _Found) -> Point:
        goals = [entry.goal for entry in self.entries]
        proven = found.proven([*self.lead, *self.rest])
        at_best = {goal: found.results[goal].bound for goal in (*self.lead, *self.rest)} | self._bound(found)
        return Point(
            changes=found.changes,
            goals={goal: found.results[goal].value for goal in goals},
            money=Money.of(found.facts),
            proven=proven,
            at_best=None if proven else at_best,
            plan=self._plan(found),
        )

    def _bound(self, found: _Found) -> dict[Goal, Number | None]:
        """Return the tightest bound of the first goal not proven, by all searches that might have as many changes.

        The goals before it are proven to be the same there; later goals hang on what is reached of this one.
        """
        for number, goal in enumerate(self.lead):
            if not found.results[goal].proven:
                bounds = [
                    other.results[goal].bound
                    for other in self.found
                    if (other.most is None or other.most >= found.changes)
                    and other.lead[:number] == found.lead[:number]
                    and other.proven(self.lead[:number])
                ]
                known = [bound for bound in bounds if bound is not None]
                return {goal: (min if goal in MAXIMISED else max)(known, default=None)}
        return {}

    def _plan(self, found: _Found) -> Plan:
        """Return a point's plan; what bounds it with so many changes bounds no plan with more, so it claims nothing."""
        goals = [
            replace(
                found.results[entry.goal],
                best=found.results[entry.goal].value,
                bound=None,
                limit=reported(entry.goal, worsened(entry.goal, measure, Fraction(entry.tolerance))),
                proven=False,
            )
            for entry in self.entries
            for measure in [MEASURES[entry.goal](found.facts)]
        ]
        return describe(
            found.facts,
            fingerprint=self.case.scenario.fingerprint,
            goals=goals,
            status="feasible",
            reasons={},
            baseline=self.case.baseline,
            planned=planned_before(self.case.expanded, self.case.earlier),
            solver=found.solver,
        )

    # one search

    @property
    def _large(self) -> bool:
        return self.case.presolved.cells > TUNING.question_cells

    def _seek(
        self,
        goals: Sequence[Goal],
        share: float,
        most: int | None = None,
        held: Mapping[Goal, Fraction] = MappingProxyType({}),
    ) -> _Found:
        """Seek the best plan with at most some changes, or with as many as it takes, in a share of the time left."""
        clock = Clock(replace(self.clock.limits, seconds=share * self.clock.left))
        entries = [GoalEntry(goal=goal) for goal in goals]
        search = self.case.search(entries, clock, self.stop, extend=None if self._large else as_it_is)
        for goal, limit in held.items():
            search.hold(goal, limit)
        if most is not None:
            search.hold("changes", Fraction(most))
        if held:
            known = [self.best.solution]
        elif most is not None:
            known = [found.solution for found in self.found if found.changes <= most]
        else:
            known = [*(found.solution for found in self.found), *self._starts]
        outcome = search.run(search.best_of(known))
        self.clock.spent += clock.spent
        facts = self.case.facts(outcome.solution)

        def reached(among: Sequence[Goal]) -> tuple[Fraction, ...]:
            return tuple(-measure if goal in MAXIMISED else measure for goal, measure in _measured(facts, among))

        return _Found(
            solution=outcome.solution,
            facts=facts,
            results={result.goal: result for result in goal_results(outcome, facts)},
            solver=metadata(self.case, search, outcome),
            lead=reached(self.lead),
            rest=reached(self.rest),
            changes=(changes := int(MEASURES["changes"](facts))),
            most=changes if goals[0] == "changes" else most,
        )


def lead(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """Return the goals that changes are made for: those before `changes`, if any but `must`; else up to money."""
    before = goals[: goals.index("changes")]
    if set(before) - {"must"}:
        return tuple(before)
    others = [goal for goal in goals if goal != "changes"]
    ends = [number for number, goal in enumerate(others) if goal in MONEY_GOALS]
    return tuple(others[: ends[0] + 1] if ends else others)


def _measured(facts: Facts, goals: Sequence[Goal]) -> Iterator[tuple[Goal, Fraction]]:
    for goal in goals:
        yield goal, MEASURES[goal](facts)
