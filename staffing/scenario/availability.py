"""When somebody can be planned: hours and days of each week, of the whole week and of what is left of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from staffing.scenario.amounts import down
from staffing.scenario.calendars import day_off_dates
from staffing.scenario.dates import WEEKDAYS, first_day
from staffing.scenario.draft import Draft
from staffing.scenario.records import Staff


@dataclass(frozen=True, slots=True)
class Availability:
    """The weeks of one person, counted from 0: ``capacity[0]`` is week 1."""

    capacity: tuple[Fraction, ...]
    """Hours that can be planned in each week, on the grid, those of days that are over included."""
    room: tuple[Fraction, ...]
    """The same without the days that are over: what new hours may take."""
    available_days: tuple[int, ...]
    """Days of each week on which this person works and that are not over."""
    contract: tuple[Fraction, ...]
    """Contract hours of each week: holidays and time off are paid, so they count."""


def availability(member: Staff, scenario: Draft) -> Availability:
    """Return the availability of a person, week by week.

    capacity = down(Σ over available days of weekly hours on that day × target utilisation ÷ workdays a week);
    room and available days leave out the days before ``as_of``;
    contract = Σ over workdays within employment of weekly hours on that day ÷ workdays a week.
    """
    step, share = Fraction(scenario.step), Fraction(member.target_utilisation)
    weeks = list(_weeks(member, scenario))
    return Availability(
        capacity=tuple(down(planned * share, step) for planned, _, _, _ in weeks),
        room=tuple(down(open_ * share, step) for _, open_, _, _ in weeks),
        available_days=tuple(days for _, _, days, _ in weeks),
        contract=tuple(paid for _, _, _, paid in weeks),
    )


def exact_room(member: Staff, scenario: Draft) -> tuple[Fraction, ...]:
    """Return the hours of each week that new hours may take, not yet rounded down to the grid."""
    return tuple(open_ * Fraction(member.target_utilisation) for _, open_, _, _ in _weeks(member, scenario))


def _weeks(member: Staff, scenario: Draft) -> Iterator[tuple[Fraction, Fraction, int, Fraction]]:
    """Yield for each week the contract hours of available days, of those not over, their number, and hours paid."""
    workdays = {WEEKDAYS.index(day) for day in member.workdays or scenario.workdays}
    off = day_off_dates(member.time_off, scenario.start, scenario.weeks) | scenario.holidays
    as_of = scenario.as_of or dt.date.min
    first_contract, changes = _contracts(member, scenario)
    for week in range(1, scenario.weeks + 1):
        planned = open_ = paid = Fraction(0)
        days = 0
        begins = first_day(week, scenario.start)
        for day in (begins + dt.timedelta(days=number) for number in range(7)):
            if day.weekday() not in workdays or not _employed(member, day):
                continue
            hours = next((hours for since, hours in reversed(changes) if since <= day), first_contract) / len(workdays)
            paid += hours
            if day in off:
                continue
            planned += hours
            if day >= as_of:
                open_ += hours
                days += 1
        yield planned, open_, days, paid


def _contracts(member: Staff, scenario: Draft) -> tuple[Fraction, list[tuple[dt.date, Fraction]]]:
    """Return the weekly hours at first, and what they change to from which days on, in order."""
    of_role = Fraction(scenario.roles[member.role].weekly_hours)
    if isinstance(member.weekly_hours, tuple):
        return of_role, sorted((change.since, Fraction(change.hours)) for change in member.weekly_hours)
    return of_role if member.weekly_hours is None else Fraction(member.weekly_hours), []


def _employed(member: Staff, day: dt.date) -> bool:
    return not ((member.start and day < member.start) or (member.end and day > member.end))
