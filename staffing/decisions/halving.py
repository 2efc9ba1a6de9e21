"""Two scenarios at one value of a number after the other, until two values side by side differ in which is better."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from itertools import pairwise

from staffing.decisions.crossing import Point
from staffing.decisions.given import Effort
from staffing.decisions.paths import Path
from staffing.decisions.span import Span
from staffing.plan.goals import worse
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.amounts import json_number
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.limits import Progress
from staffing.solving.solve import solve

QUICK = 1.0
"""Seconds of a first look at a plan; it often tells already which scenario is better."""
SHARE, FOR_PROOF = 0.25, 0.2
"""Of the time left, what one value may take; of all the time, what is kept to prove the plans at both ends."""


@dataclass(frozen=True)
class _Reached:
    """How far a scenario reaches the goal: its plan, and what no plan can beat, where that is known.

    Attributes
    ----------
    sure
        Whether the goals before it are proven: only then does what is reached of it say what the best plan reaches.
    """

    plan: Plan
    value: Number
    bound: Number | None
    sure: bool
    proven: bool

    @classmethod
    def by(cls, plan: Plan) -> _Reached:
        """Return how far a plan reaches the last of its goals."""
        *earlier, last = plan.goals
        sure = all(result.proven for result in earlier)
        return cls(plan, last.value, last.bound if sure else None, sure, sure and last.proven)

    @property
    def key(self) -> list[Number]:
        """What orders plans, the best first: what the goals before reached at their turns, and this one in the end."""
        *earlier, last = self.plan.goals
        amounts = [*((result.goal, result.best) for result in earlier), (last.goal, last.value)]
        return [-amount if goal in MAXIMISED else amount for goal, amount in amounts]


@dataclass
class Halving:
    """Both scenarios at one value after the other."""

    scenarios: tuple[Scenario, Scenario]
    path: Path
    goal: Goal
    span: Span
    effort: Effort
    workers: int | None
    seed: int

    def __post_init__(self) -> None:
        first, second = (scenario.name for scenario in self.scenarios)
        self.names = (first, second if second != first else f"{second} (2)")
        self.cases: dict[int, tuple[Scenario, Scenario]] = {}
        self._known: dict[str, _Reached] = {}
        self._halving = self.effort.part(1 - FOR_PROOF)

    def run(self) -> tuple[int, int]:
        """Return the ends of the bracket, or of the range where nothing turns."""
        ends = self.span.low, self.span.high
        for tick in dict.fromkeys(ends):
            self._look(tick)
        probes = iter([tick for tick in dict.fromkeys(self.span.probes) if ends[0] < tick < ends[1]])
        while True:
            low, high = self._turn() or ends
            turns = self.point(low).winner != self.point(high).winner
            middle = (low + high) // 2 if turns and high - low > 1 else None if turns else next(probes, None)
            if middle is not None and not self._halving.over:
                self._look(middle)
            elif self.effort.over or not self._proved(low, high):
                return self._turn() or ends

    @property
    def points(self) -> dict[int, Point]:
        """All values looked at, the lowest first, by what is known by now of both scenarios."""
        return {tick: self.point(tick) for tick in sorted(self.cases)}

    def _turn(self) -> tuple[int, int] | None:
        """Return the lowest two values side by side, of those looked at, at which different ones are better."""
        pairs = pairwise(self.points.items())
        return next(((low, high) for (low, one), (high, other) in pairs if one.winner != other.winner), None)

    def _proved(self, *ticks: int) -> bool:
        """Prove the plans at some values; return whether that changed which scenario is better somewhere."""
        before = [point.winner for point in self.points.values()]
        for place, tick in enumerate(ticks):
            self._look(tick, self.effort.part(1 / (len(ticks) - place)), until_proven=True)
        return before != [point.winner for point in self.points.values()]

    def _look(self, tick: int, effort: Effort | None = None, *, until_proven: bool = False) -> None:
        """Solve both scenarios at a value, until it is decided which is better, or both plans are proven."""
        effort = effort or self._halving.part(SHARE)
        first, second = (self.path.changed(scenario, self.span.value(tick)) for scenario in self.scenarios)
        begins = self._nearest(tick)
        self.cases[tick] = first, second
        for case in (first, second):
            if case.fingerprint not in self._known:
                self._solve(case, min(QUICK, effort.clock.left / 4), begins)
        for patient in (False, True):
            for case, other in sorted(((first, second), (second, first)), key=lambda pair: self._open(pair[0])):
                if not (self._is_proven(case) or effort.over) and (until_proven or not self._decided(first, second)):
                    left, known = effort.clock.left, [self._known[one.fingerprint].plan for one in (case, other)]
                    rival = None if until_proven else self._known[other.fingerprint]
                    self._solve(case, left if patient else left / 2, [*known, *begins], rival)

    def _nearest(self, tick: int) -> list[Plan]:
        """Return the plans of both scenarios at the nearest value looked at, to begin a search from."""
        if not self.cases:
            return []
        cases = self.cases[min(self.cases, key=lambda known: abs(known - tick))]
        return [self._known[case.fingerprint].plan for case in cases]

    def _solve(self, case: Scenario, seconds: float, begin: list[Plan], rival: _Reached | None = None) -> None:
        """Solve a scenario; with a rival no longer than until it is decided which is better."""
        halt = threading.Event()

        def look(seen: Progress) -> None:
            decided = seen.goal == self.goal and rival is not None and self._apart(seen.value, seen.bound, rival)
            if decided or self.effort.stop.is_set():
                halt.set()

        plan = solve(
            case, time_limit=seconds, workers=self.workers, seed=self.seed, begin=begin, progress=look, stop=halt
        )
        self._known[case.fingerprint] = self._best(_Reached.by(plan), self._known.get(case.fingerprint))

    def _best(self, found: _Reached, before: _Reached | None) -> _Reached:
        """Return what is known after one more search: the better plan, and the tighter bound."""
        if before is None or found.proven:
            return found
        better = before if before.proven or before.key < found.key else found
        bounds = [bound for bound in (found.bound, before.bound) if bound is not None]
        tight = min if self.goal in MAXIMISED else max
        return replace(better, bound=tight(bounds) if bounds else None, sure=found.sure or before.sure)

    def _open(self, case: Scenario) -> float:
        """Return what orders scenarios, that of which least is known first."""
        known = self._known[case.fingerprint]
        return float("-inf") if known.bound is None else -abs(float(known.value) - float(known.bound))

    def _is_proven(self, case: Scenario) -> bool:
        return self._known[case.fingerprint].proven

    def _decided(self, first: Scenario, second: Scenario) -> bool:
        one, other = self._known[first.fingerprint], self._known[second.fingerprint]
        return (one.proven and other.proven) or self._apart(one.value if one.sure else None, one.bound, other)

    def _apart(self, value: Number | None, bound: Number | None, rival: _Reached) -> bool:
        """Whether no plan of one scenario, as good by the goals before, is as good as a plan that the other has."""
        ahead = rival.bound is not None and value is not None and worse(self.goal, rival.bound, value)
        return ahead or (bound is not None and rival.sure and worse(self.goal, bound, rival.value))

    def point(self, tick: int) -> Point:
        """Return both scenarios at a value looked at."""
        first, second = (self._known[case.fingerprint] for case in self.cases[tick])
        wins = worse(self.goal, first.value, second.value)
        return Point(
            value=json_number(self.span.value(tick)),
            first=first.value,
            second=second.value,
            winner=self.names[1] if wins else self.names[0],
            proven=first.proven and second.proven,
            decided=self._decided(*self.cases[tick]),
            plans=(first.plan, second.plan),
        )
