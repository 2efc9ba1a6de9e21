"""Days on which nobody, or somebody, does not work."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable

from staffing.scenario.records import DaysOff


def public_holidays(country: str, subdivision: str | None, start: dt.date, weeks: int) -> frozenset[dt.date]:
    """Return the public holidays of a country inside the horizon.

    Source: the ``holidays`` package, its public category, with the days observed in place of others.

    Raises
    ------
    ValueError
        For a country or subdivision that is not known, with the nearest that is.
    """
    import holidays

    supported = holidays.list_supported_countries()
    if country not in supported:
        near = difflib.get_close_matches(country.upper(), list(supported), 1)
        meant = f"; did you mean {near[0]}?" if near else ""
        raise ValueError(f'"{country}" is no country with known public holidays: an ISO code such as DE or IR{meant}')
    if subdivision is not None and subdivision not in supported[country]:
        allowed = ", ".join(supported[country]) or "none is known"
        raise ValueError(f'"{subdivision}" is no subdivision of {country} with its own holidays: {allowed}')
    end = start + dt.timedelta(weeks=weeks)
    days = holidays.country_holidays(country, subdiv=subdivision, years=range(start.year, end.year + 1))
    return frozenset(day for day in days if start <= day < end)


def day_off_dates(time_off: Iterable[DaysOff], start: dt.date, weeks: int) -> frozenset[dt.date]:
    """Return the days inside the horizon that lie in any of the spans."""
    last = start + dt.timedelta(days=7 * weeks - 1)
    return frozenset(
        dt.date.fromordinal(day)
        for span in time_off
        for day in range(max(span.since, start).toordinal(), min(span.to, last).toordinal() + 1)
    )
