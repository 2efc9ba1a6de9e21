"""A scenario as plain data, as short as a planner would write it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from staffing.scenario.dates import FIRST_GREGORIAN_YEAR, System, show_date, year_and_month
from staffing.scenario.records import (
    BUILT_IN_ROLES,
    After,
    Budget,
    DaysOff,
    GoalEntry,
    Overtime,
    Placeholder,
    Record,
    Role,
)
from staffing.scenario.scenario import Scenario

_SHORT = {Budget: "amount", Overtime: "hours", After: "task", GoalEntry: "goal"}
"""The one field that a bare value stands for."""


class Day(str):
    """A date as text; ``date`` is the day."""

    date: dt.date

    def __new__(cls, date: dt.date, system: System) -> Day:
        """Return a day as text in a calendar, or in the other one where its year would be misread."""
        wanted: System = system
        if date.year < FIRST_GREGORIAN_YEAR:
            wanted = "jalali"
        elif year_and_month(date, "jalali")[0] >= FIRST_GREGORIAN_YEAR:
            wanted = "gregorian"
        day = super().__new__(cls, show_date(date, wanted))
        day.date = date
        return day

    @property
    def gregorian(self) -> bool:
        """Whether it is written in the Gregorian calendar."""
        return self == self.date.isoformat()


def plain_data(scenario: Scenario, system: System | None = None) -> dict[str, Any]:
    """Return a scenario as nested dicts and lists of text, booleans, numbers and days.

    What stands at its default is left out, and short forms are used where they say the same.

    Parameters
    ----------
    scenario
        The scenario.
    system
        The calendar of dates; that of the scenario if not given.
    """
    return {"name": scenario.name, **_Writer(system or scenario.calendar.system).record(scenario)}


def plain_record(record: Record, system: System) -> dict[str, Any]:
    """Return one record of a scenario in the same way as `plain_data`."""
    return _Writer(system).record(record)


class _Writer:
    def __init__(self, system: System) -> None:
        self.system = system

    def record(self, record: Record, defaults: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the fields of a record that differ from its defaults."""
        data: dict[str, Any] = {}
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if value != (defaults or {}).get(name, info.get_default(call_default_factory=True)):
                data[info.alias or name] = self.field(name, value)
        return data

    def field(self, name: str, value: Any) -> Any:
        """Return a field as plain data; roles and skills have short forms of their own."""
        if name == "roles" and isinstance(value, Mapping):  # those of a task are names
            return self.roles(value)
        if name == "skills" and all(level == 1 for level in value.values()):
            return list(value)
        return self.value(value)

    def value(self, value: Any) -> Any:
        """Return any value as plain data."""
        if isinstance(value, Record):
            return self.short(value)
        if isinstance(value, Mapping):
            return {key: self.value(child) for key, child in value.items()}
        if isinstance(value, tuple):
            return [self.value(child) for child in value]
        return Day(value, self.system) if isinstance(value, dt.date) else value

    def short(self, record: Record) -> Any:
        """Return a record as plain data, as a single value where that says the same."""
        data = self.record(record)
        if isinstance(record, DaysOff) and record.since == record.to:
            return data["from"]
        if isinstance(record, Placeholder) and not data:
            return True
        key = _SHORT.get(type(record))
        return data[key] if key is not None and list(data) == [key] else data

    def roles(self, roles: Mapping[str, Role]) -> dict[str, Any]:
        """Return roles as changes of the two built-in ones."""
        found = {name: self.record(role, BUILT_IN_ROLES.get(name)) for name, role in roles.items()}
        return {name: data for name, data in found.items() if data or name not in BUILT_IN_ROLES}
