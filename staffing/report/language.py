"""How the page speaks: words, digits, dates and direction, in English or in Persian."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from staffing.console import numbers
from staffing.console.text import clean
from staffing.report.words import ENGLISH
from staffing.report.words_persian import PERSIAN
from staffing.scenario.dates import FIRST_GREGORIAN_YEAR, System, show_date

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

LONGEST_NAME = 80
"""Letters of a name that are shown: enough to know it again, and a page of 3000 long names stays small."""

LONGEST_SENTENCE = 600
"""Letters of a sentence from a file that are shown."""

_PERSIAN_DIGITS = str.maketrans("0123456789,.%", "۰۱۲۳۴۵۶۷۸۹٬٫٪")
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_JALALI_MONTHS = (
    *("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور"),
    *("مهر", "آبان", "آذر", "دی", "بهمن", "اسفند"),
)
_JALALI_QUARTERS = ("بهار", "تابستان", "پاییز", "زمستان")
_LEFT_TO_RIGHT, _END = "\u2066", "\u2069"


@dataclass(frozen=True)
class Language:
    """Words, digits and dates of a page.

    Attributes
    ----------
    code
        As HTML's ``lang`` has it: ``en`` or ``fa``.
    direction
        As HTML's ``dir`` has it.
    system
        The calendar that dates are shown in.
    words
        Every sentence by its key, with its gaps in braces.
    """

    code: str
    direction: Literal["ltr", "rtl"]
    system: System
    words: Mapping[str, str]

    def __call__(self, key: str, **gaps: object) -> Markup:
        """Return a sentence of the language; values for its gaps are escaped unless they are markup already."""
        return Markup(self.words[key]).format(**gaps)

    def count(self, things: str, how_many: float) -> str:
        """Return a number with the things it counts: ``1 task``, ``3 tasks``."""
        if how_many == 1:
            return self.words[f"few_{things}"]
        return self.words[f"many_{things}"].format(n=self.number(how_many))

    def number(self, value: float | None) -> str:
        """Return hours, values or money as text."""
        return self._digits(numbers.number(value)) if value is not None else "–"

    def exact(self, value: float | None) -> str:
        """Return a value with all its decimals, up to six: a factor of 1.003."""
        if value is None:
            return "–"
        return self._digits(f"{value:,.6f}".rstrip("0").rstrip("."))

    def money(self, value: float | None, currency: Markup) -> Markup:
        """Return money as text with its currency, if it has one."""
        return Markup("{} {}").format(self.number(value), currency) if currency else Markup(self.number(value))

    def percent(self, ratio: float | None) -> str:
        """Return a ratio as text, in whole percent."""
        return self._digits(numbers.percent(ratio)) if ratio is not None else "–"

    def signed(self, difference: float) -> str:
        """Return a difference as text; its sign comes before the digits in either writing direction."""
        text = self._digits(f"{'+' if difference > 0 else ''}{numbers.number(difference)}").replace("-", "−")
        return f"{_LEFT_TO_RIGHT}{text}{_END}" if self.direction == "rtl" else text

    def day(self, day: dt.date) -> str:
        """Return a date with its year: ``5 Jan 2026``, ``۱۵ دی ۱۴۰۴``."""
        return f"{self.day_and_month(day)} {self._digits(show_date(day, self.system)[:-6])}"

    def day_and_month(self, day: dt.date) -> str:
        """Return a date without its year: ``5 Jan``."""
        return f"{self._digits(str(int(show_date(day, self.system)[-2:])))} {self.month(day)}"

    def month(self, day: dt.date) -> str:
        """Return the name of the month of a day."""
        months = _JALALI_MONTHS if self.system == "jalali" else _ENGLISH_MONTHS
        return months[int(show_date(day, self.system)[-5:-3]) - 1]

    def period(self, period: str) -> str:
        """Return a period's name: ``2026-01`` is Jan 2026, ``week 3`` is week 3; others are returned as they are."""
        if period == "horizon":
            return self.words["whole_plan"]
        if period.startswith("week "):
            return self.words["week_n"].format(n=self._digits(period.removeprefix("week ")))
        year, _, part = period.partition("-")
        if year.isdecimal() and (int(year) < FIRST_GREGORIAN_YEAR) == (self.system == "jalali"):
            if part.isdecimal() and 1 <= int(part) <= 12:
                months = _JALALI_MONTHS if self.system == "jalali" else _ENGLISH_MONTHS
                return f"{months[int(part) - 1]} {self._digits(year)}"
            if part in ("Q1", "Q2", "Q3", "Q4"):
                quarter = _JALALI_QUARTERS[int(part[1]) - 1] if self.system == "jalali" else part
                return f"{quarter} {self._digits(year)}"
        return self._digits(clean(period)[:LONGEST_NAME])

    def role(self, role: str) -> Markup:
        """Return a role's name: the built-in ones in words, others as the scenario names them."""
        text = self.words.get(f"role_{role}", role.replace("_", " "))
        return name(text[:1].upper() + text[1:])

    def capital(self, sentence: Markup) -> Markup:
        """Return a sentence with a capital first letter, unless it begins with a name."""
        return Markup(sentence[:1].upper()) + sentence[1:] if sentence[:1] not in ("&", "<") else sentence

    def english(self, sentence: str) -> Markup:
        """Return a sentence that is English whatever the language of the page, safe as names are."""
        cleaned = clean(sentence[:LONGEST_SENTENCE]).strip()
        if self.code == "en" or not cleaned:
            return Markup.escape(cleaned)
        return Markup('<span lang="en" dir="ltr">{}</span>').format(cleaned)

    def listed(self, parts: Iterable[object], between: str = "comma") -> Markup:
        """Return parts with the separator `between`: a "semicolon" where parts have commas of their own."""
        return Markup(self.words[between]).join(Markup.escape(part) for part in parts)

    def _digits(self, text: str) -> str:
        return text.translate(_PERSIAN_DIGITS) if self.code == "fa" else text


ENGLISH_PAGE = Language("en", "ltr", "gregorian", ENGLISH)
PERSIAN_PAGE = Language("fa", "rtl", "jalali", PERSIAN)


def language_of(plan: Plan) -> Language:
    """Return the language of a plan: Persian where its calendar is Solar Hijri, else English."""
    if plan.context is not None and plan.context.system == "jalali":
        return PERSIAN_PAGE
    return ENGLISH_PAGE


def name(text: str) -> Markup:
    """Return a name from a file that is safe anywhere: escaped, without control characters, isolated, not too long."""
    return Markup("<bdi>{}</bdi>").format(plain(text))


def plain(text: str) -> str:
    """Return a name shortened and without characters that change the writing direction."""
    cleaned = clean(text[: 4 * LONGEST_NAME]).strip()
    return cleaned if len(cleaned) <= LONGEST_NAME else f"{cleaned[: LONGEST_NAME - 1].rstrip()}…"
