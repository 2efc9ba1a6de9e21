"""Time and threads of a search, and what its caller is told."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field

from staffing.errors import StaffingError
from staffing.plan.records import Number
from staffing.scenario.records import Goal
from staffing.solving.tuning import TUNING


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and with what a search may run.

    Attributes
    ----------
    seconds
        Wall-clock time, or its deterministic stand-in.
    gap
        Relative distance between value and bound at which a goal is good enough.
    workers
        Threads.
    seed
        Of the random numbers.
    deterministic
        Whether the same input gives the same plan: one worker, and CP-SAT's deterministic time instead of the clock.
    """

    seconds: float = 60.0
    gap: float = 0.0
    workers: int = 1
    seed: int = 0
    deterministic: bool = False


def checked_limits(time_limit: float, gap: float, workers: int | None, seed: int, *, deterministic: bool) -> Limits:
    """Return the limits a caller asks for; raise an error for numbers that mean nothing."""
    for name, sound, allowed in (
        ("time_limit", 0 <= time_limit < 1e9, "seconds, 0 or more"),
        ("gap", 0 <= gap < 1e9, "a share, 0 or more"),
        ("workers", workers is None or 1 <= workers <= 1000, "a number of threads, 1 to 1000"),
        ("seed", 0 <= seed < 2**31, "a whole number, 0 or more, below 2147483648"),
    ):
        if not sound:
            raise StaffingError(f"{name} is out of range: {allowed}")
    return Limits(time_limit, gap, workers or os.cpu_count() or 1, seed, deterministic)


@dataclass
class Clock:
    """The time a solve has used, and what is left of it for the search."""

    limits: Limits
    begun: float = field(default_factory=time.monotonic)
    spent: float = 0.0
    """Deterministic seconds spent."""
    reserved: float = 0.0
    """Seconds at the end that are not the search's: reasons and the audit need them."""

    @property
    def used(self) -> float:
        """Seconds since the beginning; they go on after the limit."""
        return self.spent if self.limits.deterministic else time.monotonic() - self.begun

    @property
    def end(self) -> float:
        """When the search ends, in seconds used."""
        return max(0.0, self.limits.seconds - self.reserved)

    @property
    def left(self) -> float:
        """Seconds left for the search, at least 0."""
        return max(0.0, self.end - self.used)

    def within(self, seconds: float) -> Deadline:
        """Return the deadline so many seconds from now, or the end of the search if that comes first."""
        return Deadline(self, min(self.used + seconds, self.end))

    def first_plans(self) -> Deadline:
        """Return by when first plans are to be there: a share of the time, but time enough for the usual ones."""
        return Deadline(self, self.used + max(TUNING.first_plans_seconds, TUNING.first_plans_share * self.left))


@dataclass(frozen=True, slots=True)
class Deadline:
    """A point in time by which a part of the search ends: once reached, it stays reached.

    Attributes
    ----------
    clock
        The clock it is read on.
    end
        When it is, in seconds used.
    """

    clock: Clock
    end: float

    @property
    def left(self) -> float:
        """Seconds left, at least 0."""
        return max(0.0, self.end - self.clock.used)

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self.clock.used >= self.end


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a search stands.

    Attributes
    ----------
    goal
        The goal in work.
    value, bound
        The best value found so far, and what no plan can better; None while there is none, or a bound that says
        nothing.
    gap
        Distance between the two, relative to the value; None while there is none.
    plans
        Plans found so far.
    seconds_left
        Of the time limit.
    compiling
        Whether the code of the search is being compiled, once after installing; until then it goes slower.
    """

    goal: Goal
    value: Number | None
    bound: Number | None
    gap: float | None
    plans: int
    seconds_left: float
    compiling: bool = False
