"""The scenario as a whole."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated

from pydantic import Field

from staffing.scenario.calendars import public_holidays
from staffing.scenario.dates import WEEKDAYS, first_day, week_of
from staffing.scenario.expand import Expanded, expand
from staffing.scenario.records import Client, Listed, Project, Settings, Staff, Task


class Scenario(Settings):
    """What a planner writes: people, clients, budgets, work and weeks, as one frozen record.

    Raises
    ------
    ScenarioError
        Where entries do not fit together: an unknown reference, a cycle, a missing bill rate.
    """

    staff: Annotated[tuple[Staff, ...], Listed, Field(min_length=1)]
    """The people, and placeholders for people."""
    clients: Annotated[tuple[Client, ...], Listed] = ()
    """The clients."""
    projects: Annotated[tuple[Project, ...], Listed] = ()
    """The projects."""
    tasks: Annotated[tuple[Task, ...], Listed] = ()
    """The tasks."""

    @cached_property
    def workdays(self) -> tuple[str, ...]:
        """The calendar's working days."""
        if self.calendar.workdays is not None:
            return self.calendar.workdays
        if self.calendar.country == "IR" or self.calendar.system == "jalali":
            return ("sat", "sun", "mon", "tue", "wed")
        return WEEKDAYS[:5]

    @cached_property
    def holidays(self) -> frozenset[dt.date]:
        """Public and further holidays inside the horizon."""
        last = first_day(self.weeks + 1, self.start)
        days = {day for day in self.calendar.holidays if self.start <= day < last}
        if self.calendar.country is not None:
            days |= public_holidays(self.calendar.country, self.calendar.subdivision, self.start, self.weeks)
        return frozenset(days)

    @cached_property
    def expanded(self) -> Expanded:
        """The scenario as the rules see it: defaults filled, repeats and placeholder copies written out."""
        return expand(self)

    def week(self, point: int | dt.date) -> int:
        """Week of a point in time; may lie outside the horizon for a date."""
        return point if isinstance(point, int) else week_of(point, self.start)
