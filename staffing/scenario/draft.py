"""The records of a scenario together, each sound by itself."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import Annotated

from pydantic import Field

from staffing.scenario.calendars import public_holidays
from staffing.scenario.dates import WEEKDAYS, first_day, week_of
from staffing.scenario.records import Booking, Client, Listed, Project, Settings, Staff, Task, Worked


class Draft(Settings):
    """What a scenario says, each entry by itself: how they fit together is not checked yet."""

    staff: Annotated[tuple[Staff, ...], Listed, Field(json_schema_extra={"minItems": 1})]
    """The people, and placeholders for people."""
    clients: Annotated[tuple[Client, ...], Listed] = ()
    """The clients."""
    projects: Annotated[tuple[Project, ...], Listed] = ()
    """The projects."""
    tasks: Annotated[tuple[Task, ...], Listed] = ()
    """The tasks."""
    worked: Annotated[tuple[Worked, ...], Listed] = ()
    """What was worked before as_of: facts from timesheets."""
    bookings: Annotated[tuple[Booking, ...], Listed] = ()
    """Hours promised, which no plan moves."""

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

    @property
    def tells_worked(self) -> bool:
        """Whether the scenario itself says what history is, so that an earlier plan need not."""
        return self.as_of is not None or bool(self.worked)

    @property
    def first_open_week(self) -> int:
        """First week in which something new may be planned; beyond the horizon where as_of is."""
        return 1 if self.as_of is None else max(1, week_of(self.as_of, self.start))

    def week(self, point: int | dt.date) -> int:
        """Week of a point in time; may lie outside the horizon for a date."""
        return point if isinstance(point, int) else week_of(point, self.start)
