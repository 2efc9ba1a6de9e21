"""What would more changes of an earlier plan gain? The most for at most 0, 1, 2, ... changes.

Changes are held at or below a number, and the goals are sought as ever. First the fewest changes of any plan, then the
best plan with as many as it takes; then numbers between the two. Each search begins with the best plan found before
that has no more changes, so that more changes are never worse. What a plan with a number of changes is bounded by
bounds no plan with more: its plan file claims no bounds.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from fractions import Fraction

from staffing.decisions.calm import Calm, Found, measured
from staffing.decisions.curve import Point, TradeOff
from staffing.decisions.price import Money
from staffing.plan.describe import describe
from staffing.plan.earlier import planned_before
from staffing.plan.goals import MONEY_GOALS, goals_of, unproven_goal, worsened
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.case import Case
from staffing.solving.limits import Clock, Progress, checked_limits
from staffing.solving.tuning import TUNING

FEW = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89)
"""Changes beyond the fewest that are tried first."""
ENDING = 5
"""Of the time that building took: kept to describe the points."""
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
    progress: Callable[[Progress], None] | None = None,
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
    progress
        Called again and again while it is sought.
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
    clock.reserved = min(ENDING * clock.used, clock.limits.seconds / 10)
    curve = _Curve(Calm(case, clock, stop or threading.Event(), progress))
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


class _Curve:
    """The plans found, by their numbers of changes."""

    def __init__(self, calm: Calm) -> None:
        self.calm = calm
        self.lead, self.found = calm.lead, calm.found
        self._entries = goals_of(calm.case.scenario, has_baseline=True)
        self._free: list[Found] = []
        """Those of searches for the best plan of all."""
        self._tried: set[int] = set()
        self._settled: set[int] = set()
        """Numbers of changes with which no plan is better than those found."""

    def draw(self) -> None:
        """Seek the fewest changes, the best plan of all, and what lies between the two; then once more the best."""
        first = self.calm.fewest(TUNING.trade_off_least_share)
        self._note(first, first.changes)
        self._seek_best()
        if self.calm.large:
            self._give_up_a_little()
        while not self.calm.over:
            between = [number for number in self._between if number not in self._tried]
            few = [self.least + step for step in FEW if self.least + step in between]
            if between:
                most, clock = (few or between)[0], self.calm.clock
                share = max(
                    1 / (1 + len(few)), min(1.0, TUNING.trade_off_point_share * clock.end / max(clock.left, 1e-6))
                )
                self._note(self.calm.most_for(most, share), most)
            elif self._worth_another_try:
                self._seek_best()
            else:
                break

    @property
    def _worth_another_try(self) -> bool:
        """Whether the best plan may be bettered, and there is time for it."""
        enough = self.calm.clock.left >= TUNING.trade_off_again_share * self.calm.clock.end
        return enough and not self.enough_proven and len(self._free) < TUNING.trade_off_tries

    def _seek_best(self) -> None:
        self._free.append(self.calm.free(TUNING.trade_off_free_share))
        self._note(self._free[-1], self._free[-1].changes)

    def _give_up_a_little(self) -> None:
        """Seek the fewest changes that hold most of the best plan: of large problems that finds more than limits do."""
        money = next((goal for goal in self.lead if goal in MONEY_GOALS), None)
        if money is None:
            return
        best = dict(measured(self.calm.best.facts, self.lead))
        before = {goal: best[goal] for goal in self.lead[: self.lead.index(money)]}
        for number, share in enumerate(CALMER):
            if self.calm.over or not self._between:
                break
            held = {**before, money: worsened(money, best[money], share)}
            found = self.calm.fewest(1 / (2 + len(CALMER) - number), held)
            self._note(found, found.changes)

    def _note(self, found: Found, most: int) -> None:
        """Note which numbers of changes a search has tried, and what it settled of them."""
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
    def enough_proven(self) -> bool:
        """Whether no plan is better than the best one, and none as good with fewer changes."""
        best = self.calm.best
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
        return range(self.least + 1, self.calm.best.changes)

    def points(self) -> tuple[Point, ...]:
        """Return the plans that no other one betters with as many changes or fewer, by their numbers of changes."""
        points: list[Found] = []
        for found in sorted(self.found, key=lambda found: (found.changes, found.lead, found.rest)):
            if not points or found.lead < points[-1].lead:
                points.append(found)
        return tuple(self._point(found) for found in points)

    def _point(self, found: Found) -> Point:
        others = (*self.lead, *self.calm.rest)
        proven = found.proven(others)
        at_best = {goal: found.results[goal].bound for goal in others} | self._bound(found)
        return Point(
            changes=found.changes,
            goals={entry.goal: found.results[entry.goal].value for entry in self._entries},
            money=Money.of(found.facts),
            proven=proven,
            at_best=None if proven else at_best,
            plan=self._plan(found),
        )

    def _bound(self, found: Found) -> dict[Goal, Number | None]:
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

    def _plan(self, found: Found) -> Plan:
        """Return a point's plan; what bounds it with so many changes bounds no plan with more, so it claims nothing."""
        return describe(
            found.facts,
            fingerprint=self.calm.case.scenario.fingerprint,
            goals=[unproven_goal(found.facts, entry) for entry in self._entries],
            status="feasible",
            reasons={},
            baseline=self.calm.case.baseline,
            planned=planned_before(self.calm.case.expanded, self.calm.case.earlier),
            solver=found.solver,
        )
