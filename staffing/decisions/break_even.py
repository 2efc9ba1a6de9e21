"""At which value of a number does one scenario overtake another? The range is halved, and its ends are proven."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from time import perf_counter

from staffing.decisions.crossing import BreakEven, Point
from staffing.decisions.given import Effort
from staffing.decisions.paths import UNITS, Path
from staffing.decisions.turning import remarks, sentence
from staffing.errors import ScenarioError
from staffing.plan.goals import worse
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.amounts import json_number, plain
from staffing.scenario.findings import listed
from staffing.scenario.records import GOALS, MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.limits import Progress
from staffing.solving.solve import solve

TIMES = 4
"""Without an end the range goes from nothing to so many times what is."""
QUICK = 1.0
"""Seconds of a first look at a plan; it often tells already which scenario is better."""
SHARE, FOR_PROOF = 0.25, 0.2
"""Of the time left, what one value may take; of all the time, what is kept to prove the plans at both ends."""


def break_even(
    first: Scenario,
    second: Scenario,
    path: str,
    goal: Goal,
    low: float | Decimal | None = None,
    high: float | Decimal | None = None,
    *,
    time_limit: float = 10.0,
    workers: int | None = None,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> BreakEven:
    """Find the value of a number at which the second scenario overtakes the first, or falls behind it.

    Both are solved at values of the range, up to the goal asked for: goals after it do not count. A scenario is better
    if its plan reaches more of the goal; where both reach the same, the first is kept, for the second has not overtaken
    it. The range is halved between two values at which different ones are better, until these lie side by side: a step
    of the grid apart for hours, a cent for money, 0.001 for factors and shares, 1 for counts. So one change-over is
    found. Where there are several in the range, it may be any of them; where the same scenario is better at both ends,
    the present value and those that cut the range into four are looked at too, and no others.

    Parameters
    ----------
    first, second
        The scenarios.
    path
        The number: ``switching``, or list, id and field, such as ``staff.omid.cost_rate`` or ``clients.nova.budget``;
        with ``*`` in the id, such as ``tasks.*.hours``, the value is a factor that multiplies the number of each entry.
        It changes in both scenarios, or in the one that has it.
    goal
        What is compared; a goal of both scenarios.
    low, high
        The range; from nothing to four times the greater present value if not given (a share to 1). It ends earlier
        where the format allows no more.
    time_limit
        Seconds for the answer; then it is the bracket known.
    workers, seed
        Of the searches, as for :func:`staffing.solve`.
    stop
        When set, the answer is the bracket known.

    Returns
    -------
    BreakEven
        ``low`` and ``high``, and which scenario is better at each.

    Raises
    ------
    ScenarioError
        Where there is no such number or goal, or no value of the range is allowed.
    """
    began = perf_counter()
    where = Path.of(path)
    where.check((first, second))
    _check_goal(goal, (first, second))
    span = _Span.of(where, (first, second), low, high)
    effort = Effort(time_limit, stop or threading.Event())
    search = _Search((_up_to(first, goal), _up_to(second, goal)), where, goal, span, effort, workers, seed)
    below, above = search.run()
    points = tuple(search.points[tick] for tick in sorted(search.points))
    beside = abs(search.tick_of(above) - search.tick_of(below)) <= 1
    answer = BreakEven(
        scenario=first.name,
        fingerprint=first.fingerprint,
        path=path,
        goal=goal,
        first=search.names[0],
        second=search.names[1],
        unit=where.unit,
        present=(_present(where, first), _present(where, second)),
        points=points,
        low_point=below,
        high_point=above,
        proven=below.proven and above.proven and (beside or below.winner == above.winner),
        text="",
        seconds=round(perf_counter() - began, 3),
    )
    return replace(answer, text=sentence(answer), remarks=(*span.remarks, *remarks(answer)))


def _check_goal(goal: str, scenarios: tuple[Scenario, ...]) -> None:
    if goal not in GOALS:
        raise ScenarioError(f'"{goal}" is no goal: {listed(GOALS, "or")}')
    for scenario in scenarios:
        names = [entry.goal for entry in scenario.goals]
        if goal == "changes":
            raise ScenarioError("changes are counted against a baseline, and nothing is re-planned here")
        if goal not in names:
            raise ScenarioError(f'{goal} is no goal of "{scenario.name}": its goals are {listed(names)}')


def _up_to(scenario: Scenario, goal: Goal) -> Scenario:
    """Return a scenario without the goals after one."""
    names = [entry.goal for entry in scenario.goals]
    return scenario.replace(goals=scenario.goals[: names.index(goal) + 1])


def _present(path: Path, scenario: Scenario) -> Number | None:
    value = path.present(scenario)
    return None if value is None else json_number(value)


# the range


@dataclass(frozen=True)
class _Span:
    """The range, in steps of the number.

    Attributes
    ----------
    unit
        What a step is.
    low, high
        Its ends, in steps.
    present
        Values of the scenarios within it, in steps.
    remarks
        Where it ends earlier than was asked for, and why.
    """

    unit: Decimal
    low: int
    high: int
    present: tuple[int, ...]
    remarks: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        path: Path,
        scenarios: tuple[Scenario, Scenario],
        low: float | Decimal | None,
        high: float | Decimal | None,
    ) -> _Span:
        """Return the range asked for, or the default one, as far as the format allows it."""
        unit = UNITS[path.unit] if path.unit != "hours" else min(scenario.step for scenario in scenarios)
        now = [value for scenario in scenarios if (value := path.present(scenario)) is not None]
        most = max(now, default=Decimal(0)) * TIMES
        if path.field == "target_utilisation" and not path.scales:
            most = Decimal(1)
        if high is None and not most:
            is_now = f"is {plain(now[0])}" if now else "has no single value"
            raise ScenarioError(f"{path.text} {is_now} in both scenarios: say how far to look, with --to")
        bottom = (Decimal(0) if low is None else Decimal(str(low))) / unit
        top = (most if high is None else Decimal(str(high))) / unit
        first = int(bottom.to_integral_value(ROUND_CEILING))
        last = int(top.to_integral_value(ROUND_FLOOR))
        if first > last:
            raise ScenarioError(f"the range of {path.text} is empty: it goes up, in steps of {plain(unit)}")
        inside = [int(value / unit) for value in now]
        span = cls(unit, first, last, tuple(tick for tick in dict.fromkeys(inside) if first < tick < last))
        return span._allowed(path, scenarios, told=(low is not None, high is not None))

    def _allowed(self, path: Path, scenarios: tuple[Scenario, Scenario], told: tuple[bool, bool]) -> _Span:
        """Return the part of the range that the format allows."""

        def wrong(tick: int) -> str | None:
            try:
                for scenario in scenarios:
                    path.changed(scenario, self.value(tick))
            except ScenarioError as error:
                return error.errors[0].message
            return None

        right = next((tick for tick in (self.high, *self.present, self.low) if wrong(tick) is None), None)
        if right is None:
            raise ScenarioError(f"no value of {path.text} is allowed: {wrong(self.high)}")
        ends, remarks = [self.low, self.high], []
        for side in (0, 1):
            said = wrong(ends[side])
            if said is not None:
                bad, good = ends[side], right
                while abs(good - bad) > 1:
                    middle = (good + bad) // 2
                    good, bad = (good, middle) if wrong(middle) else (middle, bad)
                ends[side] = good
                if told[side]:
                    remarks.append(f"The range ends at {plain(self.value(good))}: {wrong(bad)}.")
        present = tuple(tick for tick in self.present if ends[0] < tick < ends[1])
        return replace(self, low=ends[0], high=ends[1], present=present, remarks=tuple(remarks))

    def value(self, tick: int) -> Decimal:
        """Return the number at a step."""
        return Decimal(plain(tick * self.unit))

    @property
    def probes(self) -> Iterator[int]:
        """Where to look if the same scenario is better at both ends."""
        yield from self.present
        yield from ((self.low * (4 - part) + self.high * part) // 4 for part in (2, 1, 3))


# the search


@dataclass(frozen=True)
class _Reached:
    """How far a scenario reaches the goal: its plan, and what no plan can beat, where that is known."""

    plan: Plan
    value: Number
    bound: Number | None
    proven: bool


@dataclass
class _Search:
    """Both scenarios at one value after the other."""

    scenarios: tuple[Scenario, Scenario]
    path: Path
    goal: Goal
    span: _Span
    effort: Effort
    workers: int | None
    seed: int

    def __post_init__(self) -> None:
        first, second = (scenario.name for scenario in self.scenarios)
        self.names = (first, second if second != first else f"{second} (2)")
        self.points: dict[int, Point] = {}
        self._known: dict[str, _Reached] = {}
        self._halving = self.effort.part(1 - FOR_PROOF)

    def run(self) -> tuple[Point, Point]:
        """Return the ends of the bracket, or of the range where nothing turns."""
        ends = self.span.low, self.span.high
        for tick in dict.fromkeys(ends):
            self._look(tick)
        probes = iter([tick for tick in dict.fromkeys(self.span.probes) if ends[0] < tick < ends[1]])
        while True:
            low, high = self._turn() or ends
            turns = self.points[low].winner != self.points[high].winner
            middle = (low + high) // 2 if turns and high - low > 1 else None if turns else next(probes, None)
            if middle is not None and not self._halving.over:
                self._look(middle)
            elif self.effort.over or not self._proved(low, high):
                return self.points[low], self.points[high]

    def tick_of(self, point: Point) -> int:
        """Return the value of a point in steps."""
        return next(tick for tick, one in self.points.items() if one.value == point.value)

    def _turn(self) -> tuple[int, int] | None:
        """Return the lowest two values side by side, of those looked at, at which different ones are better."""
        pairs = pairwise(sorted(self.points))
        return next((pair for pair in pairs if self.points[pair[0]].winner != self.points[pair[1]].winner), None)

    def _proved(self, *ticks: int) -> bool:
        """Prove the plans at some values; return whether that changed which scenario is better."""
        before = [self.points[tick].winner for tick in ticks]
        for place, tick in enumerate(ticks):
            self._look(tick, self.effort.part(1 / (len(ticks) - place)), until_proven=True)
        return before != [self.points[tick].winner for tick in ticks]

    def _look(self, tick: int, effort: Effort | None = None, *, until_proven: bool = False) -> None:
        """Solve both scenarios at a value, until it is decided which is better, or both plans are proven."""
        effort = effort or self._halving.part(SHARE)
        cases = [self.path.changed(scenario, self.span.value(tick)) for scenario in self.scenarios]
        for case in cases:
            if case.fingerprint not in self._known:
                self._solve(case, min(QUICK, effort.clock.left / 4))
        for patient in (False, True):
            for case, other in sorted(zip(cases, reversed(cases), strict=True), key=lambda pair: self._open(pair[0])):
                if not (self._is_proven(case) or effort.over) and (until_proven or not self._decided(*cases)):
                    left = effort.clock.left
                    rival = None if until_proven else self._known[other.fingerprint]
                    self._solve(case, left if patient else left / 2, rival)
        self.points[tick] = self._point(tick, *(self._known[case.fingerprint] for case in cases))

    def _solve(self, case: Scenario, seconds: float, rival: _Reached | None = None) -> None:
        """Solve a scenario; with a rival no longer than until it is decided which is better."""
        halt = threading.Event()

        def look(seen: Progress) -> None:
            decided = seen.goal == self.goal and rival is not None and self._apart(seen.value, seen.bound, rival)
            if decided or self.effort.stop.is_set():
                halt.set()

        plan = solve(case, time_limit=seconds, workers=self.workers, seed=self.seed, progress=look, stop=halt)
        *earlier, last = plan.goals
        sure = all(result.proven for result in earlier)
        found = _Reached(plan, last.value, last.bound if sure else None, sure and last.proven)
        self._known[case.fingerprint] = self._best(found, self._known.get(case.fingerprint))

    def _best(self, found: _Reached, before: _Reached | None) -> _Reached:
        """Return what is known after one more search: the better plan, and the tighter bound."""
        if before is None or found.proven:
            return found
        better = before if worse(self.goal, found.value, before.value) or before.proven else found
        bounds = [bound for bound in (found.bound, before.bound) if bound is not None]
        tight = min if self.goal in MAXIMISED else max
        return replace(better, bound=tight(bounds) if bounds else None)

    def _open(self, case: Scenario) -> float:
        """Return what orders scenarios, that of which least is known first."""
        known = self._known[case.fingerprint]
        return float("-inf") if known.bound is None else -abs(float(known.value) - float(known.bound))

    def _is_proven(self, case: Scenario) -> bool:
        return self._known[case.fingerprint].proven

    def _decided(self, first: Scenario, second: Scenario) -> bool:
        one, other = self._known[first.fingerprint], self._known[second.fingerprint]
        return (one.proven and other.proven) or self._apart(one.value, one.bound, other)

    def _apart(self, value: Number | None, bound: Number | None, rival: _Reached) -> bool:
        """Whether no plan of one scenario is as good as a plan that the other has."""
        ahead = rival.bound is not None and value is not None and worse(self.goal, rival.bound, value)
        return ahead or (bound is not None and worse(self.goal, bound, rival.value))

    def _point(self, tick: int, first: _Reached, second: _Reached) -> Point:
        wins = worse(self.goal, first.value, second.value)
        return Point(
            value=json_number(self.span.value(tick)),
            first=first.value,
            second=second.value,
            winner=self.names[1] if wins else self.names[0],
            proven=first.proven and second.proven,
            decided=(first.proven and second.proven) or self._apart(first.value, first.bound, second),
            plans=(first.plan, second.plan),
        )
