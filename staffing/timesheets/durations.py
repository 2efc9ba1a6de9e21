"""Durations as people and their tools write them, as exact hours.

>>> for text in (
...     "7.5", "7,5", ".5", "01:20:00", "1:30 h", "18:25 min", "36 sec", "90 min", "1h 30m", "1h05", "PT1H30M"
... ):
...     print(f"{text:9}", read_duration(text))
7.5       15/2
7,5       15/2
.5        1/2
01:20:00  4/3
1:30 h    3/2
18:25 min 221/720
36 sec    1/100
90 min    3/2
1h 30m    3/2
1h05      13/12
PT1H30M   3/2

Less than nothing is a correction:

>>> for text in ("-2.50", "−1:30", "(2.5)", "2.5-", "-1h 30m"):
...     print(f"{text:9}", read_duration(text))
-2.50     -5/2
−1:30     -3/2
(2.5)     -5/2
2.5-      -5/2
-1h 30m   -3/2

Digits of any script, words of the commonest languages, thousands, and what the cells ``[h]:mm`` of a workbook hold:

>>> for text in ("۷٫۵", "۱ ساعت و ۳۰ دقیقه", "یک ساعت و نیم", "2 Std. 15 Min.", "1½ h", "1,008.5", "1 day, 2:30:00"):
...     print(read_duration(text))
15/2
3/2
3/2
9/4
3/2
2017/2
53/2
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Literal

from staffing.scenario.paths import label

Mark = Literal[".", ",", ""]
"""What stands before decimals; "" where either may."""
Unit = Literal["hours", "minutes", "seconds"]

PER_HOUR: dict[Unit, int] = {"hours": 1, "minutes": 60, "seconds": 3600}
_MOST = 100_000
"""Most hours of one row, as of a task."""
_LONGEST = 60
"""Most letters of a duration."""
_ALLOWED = "1.5, 1:30, 1h 30m and 90 min are allowed"

_HOURS = """
h hr hrs hour hours std stunde stunden heure heures hora horas ora ore uur uren u timme timmar tim ч час часа часов
ساعت ساعات ساعة saat
"""
_MINUTES = """
m min mins minute minutes minuten minuto minutos minuti minuut minuter мин минута минуты минут دقیقه دقيقة دقائق
dk dakika
"""
_SECONDS = """
s sec secs second seconds sek sekunde sekunden seconde secondes segundo segundos secondo secondi sekunder
сек секунд ثانیه ثانية sn saniye
"""
WORDS: dict[Unit, tuple[str, ...]] = {
    "hours": tuple(_HOURS.split()),
    "minutes": tuple(_MINUTES.split()),
    "seconds": tuple(_SECONDS.split()),
}


def _any(words: tuple[str, ...]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + r")\.?"


_H, _M, _S = (_any(words) for words in WORDS.values())
_NUMBER = r"(?:[0-9]+(?:[.,' ][0-9]+)*|[.,][0-9]+)"
_CLOCK = re.compile(rf"([0-9]{{1,6}}):([0-9]{{2}})(?::([0-9]{{2}})(?:[.,]([0-9]+))?)?(?:\s*(?:({_H})|({_M})))?")
_PIECE = re.compile(rf"({_NUMBER})\s*(?:({_H})|({_M})|({_S}))(?![^\W\d_])")
_JOINT = re.compile(r"\s*(?:,|(?:and|und|et|y|e|en|och|و)\b)?\s*(?=.)")
_HALF_WORDED = re.compile(rf"([0-9]{{1,6}})\s*{_H}\s*([0-5][0-9])")
_ISO = re.compile(r"pt(?:([0-9.,]+)h)?(?:([0-9.,]+)m)?(?:([0-9.,]+)s)?")
_CELL = re.compile(r"(-?[0-9]{1,6}) days?, ([0-9]{1,2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:(?P<group>[.,' ])[0-9]{3})(?:(?P=group)[0-9]{3})*(?:(?!(?P=group))[.,][0-9]*)?")
_DECIMAL = re.compile(r"[0-9]+|[0-9]+[.,][0-9]*|[.,][0-9]+")
_TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")

_SIGNS = str.maketrans("−–‐‑’٬،٫\u00a0\u202f\u2009يك", "----'',.   یک")
_PARTS = {"½": ".5", "¼": ".25", "¾": ".75"}
_PERSIAN_NUMBERS = "یک دو سه چهار پنج شش هفت هشت نه ده"
_PERSIAN = {word: str(number) for number, word in enumerate(_PERSIAN_NUMBERS.split(), 1)}
_PERSIAN_HALVES = (
    (re.compile(r"([0-9]+)\s*(ساعت|دقیقه)\s*و\s*نیم\Z"), r"\1.5 \2"),
    (re.compile(r"([0-9]+)\s*و\s*نیم\b"), r"\1.5"),
    (re.compile(r"\bنیم\b"), "0.5"),
)


def read_duration(text: str, mark: Mark = ".", unit: Unit = "hours") -> Fraction:
    """Return the exact hours that a text stands for; less than 0 for a correction.

    Parameters
    ----------
    text
        What stands there.
    mark
        What stands before decimals where it stands. A number with three digits after the other mark, such as
        ``1,008`` beside ``7.5``, is not guessed.
    unit
        What a number without a unit counts.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what is allowed.

    >>> read_duration("1,008")
    Traceback (most recent call last):
    ValueError: "1,008" can be read in two ways, as 1008 and as 1.008: write 1008 or 1.008
    >>> read_duration("18:25", unit="minutes")
    Traceback (most recent call last):
    ValueError: "18:25" in a column of minutes can be read in two ways: write 18:25 h or 18:25 min
    """
    body, negative = _unsigned(text)
    mark = "." if "٫" in text else mark
    hours = _cell(body, negative)
    if hours is None:
        hours = _clock(body, text, unit)
    if hours is None:
        hours = _worded(body, text, mark)
    if hours is None:
        hours = _amount(body, text, mark) / PER_HOUR[unit]
    if abs(hours) > _MOST:
        raise ValueError(f'"{label(text)}" is too much for one row: at most {_MOST:,} hours are allowed')
    return -hours if negative else hours


def western(text: str) -> str:
    """Return a text with the digits of any script as 0 to 9.

    >>> western("۱۲:٣٠"), western("１２")
    ('12:30', '12')
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _unsigned(text: str) -> tuple[str, bool]:
    """Return a text with common signs and no minus sign, and whether it had one: before, after or around it."""
    body = western(text).translate(_SIGNS).casefold().strip()
    if len(body) > _LONGEST:
        raise _unreadable(text)
    for part, decimals in _PARTS.items() if not body.isascii() else ():
        body = re.sub(rf"([0-9]*)\s*{part}", rf"\g<1>{decimals}", body)
    negative = len(body) > 2 and body[0] + body[-1] == "()"
    body = body[1:-1].strip() if negative else body
    if not negative and not _CELL.fullmatch(body) and (body.startswith("-") or body.endswith("-")):
        negative, body = True, (body[1:] if body.startswith("-") else body[:-1]).strip()
    elif not negative:
        body = body.removeprefix("+").strip()
    return body, negative


def _cell(body: str, negative: bool) -> Fraction | None:
    """Return the hours of a cell ``[h]:mm`` above a day or below 0, which is kept as ``-1 day, 22:30:00``."""
    found = None if negative else _CELL.fullmatch(body)
    if found is None:
        return None
    days, hours, minutes, seconds = map(int, found.groups())
    return Fraction(days * 86400 + hours * 3600 + minutes * 60 + seconds, 3600)


def _clock(body: str, text: str, unit: Unit) -> Fraction | None:
    """Return the hours of a time such as 1:30 or 1:30:15; None for any other text."""
    found = _CLOCK.fullmatch(body)
    if found is None:
        return None
    first, second, third, decimals, hours, minutes = found.groups()
    if unit != "hours" and not hours and not minutes:
        shown = label(text.strip())
        raise ValueError(
            f'"{shown}" in a column of {unit} can be read in two ways: write {shown} h or {shown} min'
            if third is None
            else f'"{shown}" cannot be read as {unit}: write {shown} h, or the {unit}'
        )
    if int(second) > 59 or int(third or 0) > 59 or (minutes and third):
        raise _unreadable(text)
    if minutes:
        return Fraction(int(first) * 60 + int(second), 3600)
    rest = Fraction(int(decimals), 10 ** len(decimals)) if decimals else 0
    return (int(first) * 3600 + int(second) * 60 + int(third or 0) + rest) / Fraction(3600)


def _worded(body: str, text: str, mark: Mark) -> Fraction | None:
    """Return the hours of amounts with units, the largest first, or in ISO 8601; only the last may have decimals."""
    if iso := _ISO.fullmatch(body):
        pieces = [(number, rank) for rank, number in enumerate(iso.groups()) if number]
        mark = "." if "." in body else ","  # which the standard never puts before thousands
    elif short := _HALF_WORDED.fullmatch(body):
        return int(short[1]) + Fraction(int(short[2]), 60)
    else:
        pieces = _pieces(_persian(body))
    if not pieces:
        return None
    ranks = [rank for _, rank in pieces]
    if ranks != sorted(set(ranks)) or not all(number.isdigit() for number, _ in pieces[:-1]):
        raise _unreadable(text)
    return sum((_amount(number, text, mark) / 60**rank for number, rank in pieces), Fraction(0))


def _pieces(body: str) -> list[tuple[str, int]]:
    """Return the amounts and units of a text in pairs; none where anything else stands there."""
    found: list[tuple[str, int]] = []
    at = 0
    while at < len(body):
        piece = _PIECE.match(body, at)
        if piece is None:
            return []
        found.append((piece[1], next(rank for rank in range(3) if piece[rank + 2])))
        joint = _JOINT.match(body, piece.end())
        at = joint.end() if joint else piece.end()
    return found


def _persian(body: str) -> str:
    """Return a text with Persian number words up to ten, and halves, in digits."""
    body = " ".join(_PERSIAN.get(word, word) for word in body.split())
    for pattern, digits in _PERSIAN_HALVES:
        body = pattern.sub(digits, body)
    return body


def _amount(body: str, text: str, mark: Mark) -> Fraction:
    """Return the number that a text stands for, with thousands separators or without."""
    doubtful = _TWO_READINGS.fullmatch(body)
    if doubtful and doubtful[1] != mark:
        digits, shown = body.replace(doubtful[1], ""), label(text.strip())
        ways = f"{digits} and as {body.replace(',', '.')}"
        remedy = f"write {digits} or {body.replace(doubtful[1], mark)}" if mark else "make the cell a number"
        raise ValueError(f'"{shown}" can be read in two ways, as {ways}: {remedy}')
    if _DECIMAL.fullmatch(body):
        return Fraction(body.replace(",", "."))
    if found := _GROUPED.fullmatch(body):
        return Fraction(body.replace(found["group"], "").replace(",", "."))
    raise _unreadable(text)


def _unreadable(text: str) -> ValueError:
    return ValueError(f'"{label(text.strip())}" cannot be read as hours: {_ALLOWED}')
