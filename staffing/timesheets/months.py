"""Names of months in a few languages, whole or cut short, and of weekdays, which say nothing more."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from staffing.scenario.spelling import alike

_GREGORIAN = """
january february march april may june july august september october november december
januar februar märz april mai juni juli august september oktober november dezember
jänner feber mrz apr mai jun jul aug sept okt nov dez
janvier février mars avril mai juin juillet août septembre octobre novembre décembre
enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
januari februari maart april mei juni juli augustus september oktober november december
januari februari mrt april maj juni juli augusti september oktober november december
ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
"""
_JALALI = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
_WEEKDAYS = """
monday tuesday wednesday thursday friday saturday sunday tues thur thurs
montag dienstag mittwoch donnerstag freitag samstag sonntag sonnabend mo di mi do fr sa so
lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo
شنبه یکشنبه دوشنبه سهشنبه چهارشنبه پنجشنبه جمعه
"""
_LEAST = 3
"""Fewest letters of a name cut short."""
_REMEMBERED = 1_000
"""Words whose meaning is kept; a timesheet has the same few in every row."""


def _plain(word: str) -> str:
    """Return a word without accents and without what separates the parts of a Persian weekday."""
    bare = "".join(char for char in unicodedata.normalize("NFD", alike(word)) if not unicodedata.combining(char))
    return re.sub(r"[^\w]", "", bare)


_MONTHS = {
    (_plain(word), number) for line in _GREGORIAN.strip().splitlines() for number, word in enumerate(line.split(), 1)
}
_JALALI_MONTHS = {_plain(word): number for number, word in enumerate(_JALALI.split(), 1)} | {_plain("امرداد"): 5}
_DAYS = frozenset(map(_plain, _WEEKDAYS.split()))


@lru_cache(_REMEMBERED)
def month_of(word: str) -> tuple[int, bool] | None:
    """Return the number of a month, and whether it is one of the Solar Hijri calendar; None for any other word.

    >>> [month_of(word) for word in ("Jan", "mär.", "AOÛT", "دی", "jui", "ma")]
    [(1, False), (3, False), (8, False), (10, True), None, None]
    """
    name = _plain(word)
    if name in _JALALI_MONTHS:
        return _JALALI_MONTHS[name], True
    exact = {number for known, number in _MONTHS if known == name}
    found = exact or {number for known, number in _MONTHS if len(name) >= _LEAST and known.startswith(name)}
    return (found.pop(), False) if len(found) == 1 else None


@lru_cache(_REMEMBERED)
def is_weekday(word: str) -> bool:
    """Return whether a word is a weekday, whole or cut short.

    >>> [is_weekday(word) for word in ("Tue", "Di.", "سه‌شنبه", "Total", "")]
    [True, True, True, False, False]
    """
    name = _plain(word)
    return name in _DAYS or (len(name) >= _LEAST and any(day.startswith(name) for day in _DAYS))
