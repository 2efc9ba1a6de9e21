"""Days as people and their tools write them.

>>> for text in ("2026-01-13", "2026/01/13", "20260113", "13.1.26", "13 Jan 2026", "Jan 13, 2026", "13-Jan-26"):
...     print(f"{text:12}", read_day(text))
2026-01-13   2026-01-13
2026/01/13   2026-01-13
20260113     2026-01-13
13.1.26      2026-01-13
13 Jan 2026  2026-01-13
Jan 13, 2026 2026-01-13
13-Jan-26    2026-01-13

In other languages and in the Solar Hijri calendar, with weekdays and with a time of day, which are left out:

>>> for text in ("13. Januar 2026", "1er février 2026", "۱۳ دی ۱۴۰۴", "۱۴۰۴/۱۰/۱۵", "Tue, 13 Jan 2026 9:00 AM"):
...     print(read_day(text))
2026-01-13
2026-02-01
2026-01-03
2026-01-05
2026-01-13

Where the year does not come first, the order of day and month is told, or found out from all days of a timesheet:

>>> print(read_day("1/5/2026", "mdy"), read_day("5/1/26", "dmy"), find_order(["1/5/2026", "1/31/2026"]))
2026-01-05 2026-01-05 mdy
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from staffing.scenario.dates import FIRST_GREGORIAN_YEAR, parse_date
from staffing.scenario.paths import label
from staffing.timesheets.durations import western
from staffing.timesheets.months import is_weekday, month_of

_TIME = re.compile(
    r"(?:[T,]\s*|\s+|,\s+)(?:at |um |à )?[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?"
    r"\s*(?:[ap]\.?m\.?|uhr|h)?\s*(?:z|utc|gmt|[+-][0-9]{2}:?[0-9]{2})?\Z",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"([0-9]{1,4})\s*([-/.])\s*([0-9]{1,2})\s*\2\s*([0-9]{1,4})")
_WHOLE = re.compile(r"((?:1[3-9]|2[0-9])[0-9]{2})([0-9]{2})([0-9]{2})")
_WORDS = re.compile(r"[0-9]+|[^\W\d_]+(?:[\u200c\u0300-\u036f]*[^\W\d_]+)*")
_PARTED = re.compile(r"[\s,./-]*(?:(?:st|nd|rd|th|er|ère|º|ª|de|del|of|\.)\b|[\s,./-])*", re.IGNORECASE)
_SERIAL = re.compile(r"[3-7][0-9]{4}(?:\.[0-9]+)?")
_PERSIAN = re.compile("[۰-۹]")
_DAY_ZERO = dt.date(1899, 12, 30)
"""From which spreadsheets count days."""
_FIRST_SHORT_YEAR = 20
"""Years of two digits before it, such as 04, may be meant for another century, calendar or place."""
_LONGEST = 60
_ALLOWED = "2026-01-13, 13.1.2026 and 13 Jan 2026 are allowed"
ORDERS = ("dmy", "mdy", "ymd")


def read_day(text: str, order: str | None = None) -> dt.date:
    """Read a day; a time of day after it is left out. A year of two digits is one of this century.

    Parameters
    ----------
    text
        What stands there.
    order
        ``dmy``, ``mdy`` or ``ymd`` where it is not the year, in four digits, that comes first; None where it is
        not known. Points part day, month and year in this order if no other is told.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what is allowed.

    >>> read_day("46035")
    Traceback (most recent call last):
    ValueError: "46035" is the number a spreadsheet keeps for 2026-01-13: format the cell as a date
    """
    body = _body(text)
    if found := _NUMBERS.fullmatch(body) or _WHOLE.fullmatch(body):
        year, month, day = _in_order(found, order, text)
    else:
        year, month, day = _named(body, text)
    return _date(year, month, day, text)


def find_order(days: Iterable[str], told: str | None = None) -> str | None:
    """Return whether days or months come first in dates where the year does not.

    Raises
    ------
    ValueError
        Where the days leave it open, or are written in several orders, with a sentence that says so.
    """
    if told:
        return told
    found = [(day, possible) for day in dict.fromkeys(days) if (possible := _readings(day))]
    orders = [order for order in ORDERS if all(order in possible for _, possible in found)]
    if not orders:
        several = sorted({min(possible): day for day, possible in found if len(possible) == 1}.values())
        shown = " and ".join(label(day) for day in several[:2]) or label(found[0][0])
        raise ValueError(f"days such as {shown} stand in different orders: tell date_format, dmy or mdy, by --map")
    doubtful = next((day for day, possible in found if len({possible[order] for order in orders}) > 1), None)
    if doubtful is not None:
        raise ValueError(
            f"days such as {label(doubtful)} can be read in two ways: tell date_format, {' or '.join(orders)}, by --map"
        )
    return orders[0] if found else None


def _readings(text: str) -> dict[str, dt.date]:
    """Return the dates a text may mean, by order of day and month; none where it is clear, or is no date at all."""
    found = _NUMBERS.fullmatch(_body(text))
    if found is None or len(found[1]) > 2 or found[2] == ".":
        return {}
    readings = {}
    for order in ORDERS:
        if order == "ymd" and (found[2] != "-" or len(found[4]) > 2):
            continue
        try:
            readings[order] = read_day(text, order)
        except ValueError:
            continue
    return readings


def _body(text: str) -> str:
    """Return a text without the time of day and the weekday."""
    body = western(text.strip())
    if len(body) > _LONGEST:
        return ""
    body = _TIME.sub("", body).rstrip(" .,،")
    first = re.match(r"[^\W\d_][^\s\d,]*(?:\s+شنبه)?", body)
    if first and is_weekday(first[0]) and len(re.findall(r"[0-9]+", body)) + len(_months(body, first.end())) >= 3:
        return body[first.end() :].lstrip(" .,،")
    return body


def _months(body: str, start: int) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", body[start:]) if month_of(word)]


def _in_order(found: re.Match[str], order: str | None, text: str) -> tuple[str, str, str]:
    """Return year, month and day of a date written in numbers."""
    if len(found[1]) == 4:
        year, month, day = found.groups()[0], *found.groups()[-2:]
        return year, month, day
    first, mark, second, third = found.groups()
    if mark == "." and order != "mdy" and not (order == "ymd" and len(third) <= 2):
        order = "dmy"
    if order == "dmy":
        return third, second, first
    if order == "mdy":
        return third, first, second
    if order == "ymd" and len(third) <= 2:
        return first, second, third
    raise _unreadable(text)


def _named(body: str, text: str) -> tuple[str, str, str]:
    """Return year, month and day of a date whose month has a name."""
    words = _split(body)
    kinds = "".join("n" if word.isdecimal() else "m" if month_of(word) else "?" for word in words)
    if kinds == "nmn":
        first, month, last = words
        return (first, month, last) if len(first) == 4 else (last, month, first)
    if kinds == "mnn":
        month, day, year = words
        return year, month, day
    if _SERIAL.fullmatch(body):
        meant = _DAY_ZERO + dt.timedelta(days=int(float(body)))
        raise ValueError(f'"{label(body)}" is the number a spreadsheet keeps for {meant}: format the cell as a date')
    raise _unreadable(text)


def _split(body: str) -> list[str]:
    """Return the numbers and words that a date consists of; none where anything else stands in it."""
    words: list[str] = []
    at = 0
    while at < len(body):
        word = _WORDS.match(body, at)
        if word is None:
            return []
        words.append(word[0])
        parted = _PARTED.match(body, word.end())
        at = parted.end() if parted else word.end()
    return words


def _date(year: str, month: str, day: str, text: str) -> dt.date:
    """Return the date of year, month and day, by the calendar of the month's name or else of the year."""
    name = None if month.isdecimal() else month_of(month)
    if len(year) <= 2:
        if len(year) == 1 or int(year) < _FIRST_SHORT_YEAR or _PERSIAN.search(text) or (name and name[1]):
            raise ValueError(f'the year of "{label(text.strip())}" cannot be told: write it with four digits')
        year = f"20{year}"
    jalali = int(year) < FIRST_GREGORIAN_YEAR
    if len(year) != 4 or len(day) > 2 or (name is not None and name[1] != jalali):
        raise _unreadable(text)
    try:
        return parse_date(f"{year}-{name[0] if name else int(month):02d}-{int(day):02d}")
    except ValueError:
        raise _unreadable(text) from None


def _unreadable(text: str) -> ValueError:
    return ValueError(f'"{label(text.strip())}" cannot be read as a day: {_ALLOWED}')
