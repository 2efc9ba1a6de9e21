"""Dates, weeks, months and quarters in the Gregorian and the Solar Hijri (Jalali) calendar.

A date is written ``YYYY-MM-DD``. A year below 1700 is Solar Hijri. Everything past this module is a
Gregorian :class:`datetime.date`; the Solar Hijri calendar comes back only in what months and quarters are
and in how dates are shown.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from persiantools.jdatetime import JalaliDate

System = Literal["gregorian", "jalali"]
Span = Literal["horizon", "month", "quarter", "week"]

_jalali: Any = JalaliDate  # its constructors carry no types
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FIRST_GREGORIAN_YEAR = 1700

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse_date(text: str) -> dt.date:
    """Read a date; a year below 1700 is Solar Hijri.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what is allowed.

    >>> parse_date("1404-10-15"), parse_date("2026-01-05")
    (datetime.date(2026, 1, 5), datetime.date(2026, 1, 5))
    """
    shown = text if len(text) <= 40 else text[:37] + "..."
    match = _DATE.fullmatch(text.strip().translate(_WESTERN_DIGITS))
    if match is None:
        raise ValueError(f'"{shown}" is not a date: a date is YYYY-MM-DD')
    year, month, day = (int(part) for part in match.groups())
    try:
        if year < FIRST_GREGORIAN_YEAR:
            return _gregorian(year, month, day)
        return dt.date(year, month, day)
    except ValueError:
        system = "Solar Hijri" if year < FIRST_GREGORIAN_YEAR else "Gregorian"
        raise ValueError(f'"{shown}" is no day of the {system} calendar: a date is YYYY-MM-DD') from None


def _gregorian(year: int, month: int, day: int) -> dt.date:
    gregorian: dt.date = _jalali(year, month, day).to_gregorian()
    return gregorian


_WESTERN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")


def show_date(day: dt.date, system: System = "gregorian") -> str:
    """Return a date as ``YYYY-MM-DD`` in the given calendar.

    >>> show_date(dt.date(2026, 1, 5), "jalali")
    '1404-10-15'
    """
    shown = _in(system, day)
    return f"{shown.year:04d}-{shown.month:02d}-{shown.day:02d}"


def year_and_month(day: dt.date, system: System) -> tuple[int, int]:
    """Year and month a day lies in."""
    shown = _in(system, day)
    return shown.year, shown.month


def _in(system: System, day: dt.date) -> Any:
    """Return a day in a calendar; a day outside its range, such as 9999-12-31 for "never", stays Gregorian."""
    if system == "gregorian":
        return day
    try:
        return _jalali(day)
    except ValueError:
        return day


def week_of(day: dt.date, start: dt.date) -> int:
    """Week that a day lies in: floor((day − start) ÷ 7) + 1; may be 0, negative or beyond the horizon."""
    return (day - start).days // 7 + 1


def first_day(week: int, start: dt.date) -> dt.date:
    """First day of a week counted from 1."""
    return start + dt.timedelta(weeks=week - 1)


def period_of(week: int, start: dt.date, span: Span, system: System) -> str:
    """Return the name of the period a week belongs to: that of its first day.

    ``2026-01`` is a month, ``2026-Q1`` a quarter, ``week 3`` a week, ``horizon`` the whole.
    """
    return period_at(first_day(week, start), start, span, system)


def period_at(day: dt.date, start: dt.date, span: Span, system: System) -> str:
    """Return the name of the period a day lies in."""
    if span == "horizon":
        return "horizon"
    if span == "week":
        return f"week {week_of(day, start)}"
    year, month = year_and_month(day, system)
    return f"{year:04d}-{month:02d}" if span == "month" else f"{year:04d}-Q{(month + 2) // 3}"
