"""What people write by habit where a number or a date is asked, and what they mean by it.

Nothing here makes a wrong value right: it finds the words of the remedy.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from staffing.scenario.dates import parse_date

_LONGEST = 40
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_UNIT = r"[$€£¥₹﷼]|(?-i:[A-Z]{3})|تومان|ریال"
_CORE = re.compile(
    rf"(?:(?:{_UNIT})\s*)?(?P<core>[+-]?[0-9.,٫٬'’\s]*[0-9])\s*"
    rf"(?:(?P<percent>[%٪])|{_UNIT}|h|hrs?|hours?|std\.?|stunden|ساعت)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::[0-5][0-9])?")
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(
    r"([+-]?[1-9][0-9]{0,2})((?P<mark>[.,٬'’\s])[0-9]{3}(?:(?P=mark)[0-9]{3})*)(?:(?!(?P=mark))[.,٫]([0-9]+))?"
)
_PLAIN = re.compile(r"([+-]?[0-9]*)(?:[.,٫]([0-9]+))?")

_SPAN = re.compile(
    r"(?P<first>[0-9]{1,4}(?P<mark>[-/.])\s?[0-9]{1,2}(?P=mark)\s?[0-9]{1,4})"
    r"\s*(?:\.\.+|…|-|–|—|/|:|to|until|bis|تا)\s*"
    r"(?P<last>[0-9]{1,4}(?P=mark)\s?[0-9]{1,2}(?P=mark)\s?[0-9]{1,4})",
    re.IGNORECASE,
)
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]*)?)?Z?")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]\s?([0-9]{1,2})[-/.]\s?([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})\.?[ -]([^\W\d_]{3,9})\.?,?[ -]([0-9]{4})")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_OTHER_MONTHS = {"mär": 3, "mrz": 3, "mai": 5, "okt": 10, "dez": 12}
_SERIAL = 5
_SERIALS = range(20_000, 80_000)
"""Numbers that spreadsheets keep dates as, from 1954 to 2119."""


def two_readings(text: str) -> tuple[Decimal, Decimal] | None:
    """Return the two numbers a text can stand for, if its mark may separate thousands or decimals; None otherwise.

    >>> two_readings("1.200"), two_readings("0.500"), two_readings("1.20")
    ((Decimal('1200'), Decimal('1.200')), None, None)
    """
    core, percent = _core(text)
    if not _TWO_WAYS.fullmatch(core):
        return None
    whole = Decimal(re.sub("[.,]", "", core))
    return (whole / 100, whole / 100_000) if percent else (whole, Decimal(core.replace(",", ".")))


def meant_number(text: str) -> Decimal | None:
    """Return the number that a text stands for, written with a unit, digit groups or a decimal comma; None if unclear.

    >>> meant_number("80%"), meant_number("1,008.5"), meant_number("8:30"), meant_number("much")
    (Decimal('0.8'), Decimal('1008.5'), Decimal('8.5'), None)
    """
    core, percent = _core(text)
    if clock := _CLOCK.fullmatch(text.strip().translate(_DIGITS)):
        return (Decimal(int(clock[1])) + Decimal(int(clock[2])) / 60).quantize(Decimal("0.0001")).normalize()
    if found := _GROUPED.fullmatch(core):
        whole, decimals = found[1] + re.sub(r"[^0-9]", "", found[2]), found[4]
    elif (found := _PLAIN.fullmatch(core)) and any(char.isdigit() for char in core):
        whole, decimals = found[1], found[2]
    else:
        return None
    number = Decimal(f"{whole or 0}.{decimals or 0}" if whole not in ("+", "-") else f"{whole}0.{decimals or 0}")
    return (number / 100 if percent else number).normalize()


def _core(text: str) -> tuple[str, bool]:
    """Return a number's text without its unit, and whether the unit was percent."""
    found = _CORE.fullmatch(text.strip().translate(_DIGITS)) if len(text) <= _LONGEST else None
    return (found["core"], bool(found["percent"])) if found else ("", False)


def meant_dates(text: str) -> tuple[str, ...]:
    """Return the days that a text can stand for, written ``YYYY-MM-DD`` in their own calendar: none, one or two.

    >>> meant_dates("13.03.2026"), meant_dates("1405/02/10"), meant_dates("05/03/2026"), meant_dates("46100")
    (('2026-03-13',), ('1405-02-10',), ('2026-03-05', '2026-05-03'), ('2026-03-19',))
    """
    if len(text) > _LONGEST:
        return ()
    bare = text.strip().translate(_DIGITS)
    if time := _TIME.search(bare):
        bare = bare[: time.start()]
    if _is_serial(bare):
        return ((dt.date(1899, 12, 30) + dt.timedelta(int(bare))).isoformat(),)
    return _days(bare)


def date_remedy(text: str) -> str:
    """Return the end of a sentence on how the date is written that a text seems to be; "" if it seems none.

    >>> date_remedy("13.03.2026"), date_remedy("soon")
    ('; write 2026-03-13', '')
    """
    if meant_span(text):
        return "; one date is allowed here"
    days = " or ".join(meant_dates(text))
    if days and _is_serial(text.strip().translate(_DIGITS)):
        return f"; a spreadsheet keeps {days} as this number: write {days}"
    return f"; write {days}" if days else ""


def _is_serial(text: str) -> bool:
    return text.isdecimal() and len(text) == _SERIAL and int(text) in _SERIALS


def _days(text: str) -> tuple[str, ...]:
    if found := _YEAR_FIRST.fullmatch(text):
        year, second, third = (part for part in found.groups() if part)
        return _written(year, second, third) or _written(year, third, second)
    if found := _YEAR_LAST.fullmatch(text):
        first, mark, second, year = found.groups()
        if mark == ".":  # nobody writes the month before the day with dots
            return _written(year if len(year) == 4 else f"20{year}", second, first)
        return tuple(dict.fromkeys(_written(year, second, first) + _written(year, first, second)))
    if found := _DAY_MONTH.fullmatch(text):
        return _written(found[3], _month(found[2]), found[1])
    if found := _MONTH_DAY.fullmatch(text):
        return _written(found[3], _month(found[1]), found[2])
    return ()


def _month(name: str) -> str:
    short = name.casefold()[:3]
    return str(_MONTHS.index(short) + 1 if short in _MONTHS else _OTHER_MONTHS.get(short, 0))


def _written(year: str, month: str, day: str) -> tuple[str, ...]:
    """Return a day as text, if there is such a day."""
    text = f"{year}-{int(month):02d}-{int(day):02d}"
    try:
        parse_date(text)
    except ValueError:
        return ()
    return (text,)


def meant_span(text: str) -> tuple[str, str] | None:
    """Return the first and the last day of a span written in one text; None if it holds no clear span.

    >>> meant_span("2026-01-19 - 2026-01-23"), meant_span("2026-01-19")
    (('2026-01-19', '2026-01-23'), None)
    """
    found = _SPAN.fullmatch(text.strip().translate(_DIGITS)) if len(text) <= _LONGEST else None
    if found is None:
        return None
    first, last = meant_dates(found["first"]), meant_dates(found["last"])
    return (first[0], last[0]) if len(first) == len(last) == 1 else None
