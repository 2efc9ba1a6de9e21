"""The values of a number that a question looks at: a range in steps, as far as the format allows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from staffing.decisions.paths import UNITS, Path
from staffing.errors import ScenarioError
from staffing.scenario.amounts import plain
from staffing.scenario.scenario import Scenario

TIMES = 4
"""Without an end the range goes from nothing to so many times what is."""


@dataclass(frozen=True)
class Span:
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
    ) -> Span:
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

    def _allowed(self, path: Path, scenarios: tuple[Scenario, Scenario], told: tuple[bool, bool]) -> Span:
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
