"""The weeks of a made-up agency, and its dates as people write them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

ENOUGH = 3
"""Weeks that a month must have inside the horizon for a monthly task to occur in it."""


@dataclass(frozen=True)
class Weeks:
    """The horizon: weeks are counted from 1."""

    start: dt.date
    count: int

    def monday(self, week: float) -> str:
        """Return the first day of a week."""
        return self._day(week, 0)

    def friday(self, week: float) -> str:
        """Return the fifth day of a week, on which things are due."""
        return self._day(week, 4)

    def _day(self, week: float, day: int) -> str:
        return (self.start + dt.timedelta(days=7 * (int(week) - 1) + day)).isoformat()

    @cached_property
    def months(self) -> dict[tuple[int, int], int]:
        """Weeks of each month, by year and month of their first day."""
        days = (self.start + dt.timedelta(days=7 * week) for week in range(self.count))
        return Counter((day.year, day.month) for day in days)

    @cached_property
    def monthly(self) -> int:
        """How often a monthly task occurs."""
        return sum(weeks >= ENOUGH for weeks in self.months.values())

    @cached_property
    def last_of_months(self) -> str | None:
        """`until` of monthly tasks; None where the last month has weeks enough."""
        last = list(self.months.values())[-1]
        return None if last >= ENOUGH or self.monthly == 0 else self.friday(self.count - last)
