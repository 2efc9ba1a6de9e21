"""The kinds of values a scenario is written in: exact numbers, text, dates, points in time.

Numbers are kept as :class:`decimal.Decimal`, never as floats, and reckoned with as
:class:`fractions.Fraction`, so that 7 ÷ 0.7 is 10 and not 10.000000000000002.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from staffing.scenario.dates import parse_date
from staffing.scenario.slips import date_remedy, meant_number, two_readings
from staffing.scenario.spelling import invisible_in

MAX_HOURS = Decimal(100_000)
MAX_MONEY = Decimal(10) ** 12
MAX_COUNT = 156
_LONG = 12
"""More digits than anybody writes by hand."""


def choice(words: str) -> BeforeValidator:
    """Accept one of the given words, and say which they are and which is nearest where another stands."""
    allowed = words.split()

    def check(value: object) -> object:
        if isinstance(value, str) and value in allowed:
            return value
        near = difflib.get_close_matches(value, allowed, 1) if isinstance(value, str) else []
        meant = f"; did you mean {near[0]}?" if near else ""
        raise refuse("choice", f"{shown(value)} is not allowed: {' or '.join(allowed)}{meant}")

    return BeforeValidator(check)


class Written(Decimal):
    """A number as it stands in a file, with the text it was written in.

    The text matters where a planner writes digits for a name: the id ``007`` is not ``7``.
    """

    text: str

    def __new__(cls, text: str) -> Self:
        """Read a decimal number; raise :class:`decimal.InvalidOperation` where the text is none."""
        number = super().__new__(cls, text)
        number.text = text
        return number


class Misread(str):
    """A text that could not be taken apart as its field asks, with a sentence that says what is wrong with it.

    It stands where the value would, so that it is told beside all other mistakes.
    """

    __slots__ = ("wrong",)
    wrong: str

    def __new__(cls, text: str, wrong: str) -> Self:
        """Keep a text and what is wrong with it."""
        kept = super().__new__(cls, text)
        kept.wrong = wrong
        return kept


def refuse(kind: str, message: str) -> PydanticCustomError:
    """Return the error that says in one sentence what is wrong with a value and what is allowed."""
    return PydanticCustomError(kind, "{message}", {"message": message})


def shown(value: object) -> str:
    """Return a wrong value as text for a message, short enough to read."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = value.text if isinstance(value, Written) else str(value)
    text = text if len(text) <= 40 else text[:37] + "..."
    return f'"{text}"' if isinstance(value, str) else text


def plain(number: Decimal | Fraction | int) -> str:
    """Return a number as a decimal text without trailing zeros and without an exponent.

    >>> plain(Decimal("40.50")), plain(Decimal("1E+3")), plain(Fraction(1, 4))
    ('40.5', '1000', '0.25')
    """
    if isinstance(number, Fraction):
        number = Decimal(number.numerator) / Decimal(number.denominator)
    text = format(Decimal(number), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _to_decimal(value: object, allowed: str) -> Decimal:
    if isinstance(value, str):
        raise refuse("number", _no_number(value, allowed))
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | Fraction):
        raise refuse("number", f"{shown(value)} is not a number: {allowed}")
    if isinstance(value, Fraction):
        value = Decimal(value.numerator) / Decimal(value.denominator)
    try:
        number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        raise refuse("number", f"{shown(value)} is not a number: {allowed}") from None
    if not number.is_finite():
        raise refuse("number", f"{shown(value)} is not a finite number: {allowed}")
    return number


def _no_number(text: str, allowed: str) -> str:
    """Return why a text is no number, and how the number it seems to stand for is written."""
    if both := two_readings(text):
        first, second = map(plain, both)
        return f"{shown(text)} can be read in two ways, as {first} and as {second}: write the one that is meant"
    meant = meant_number(text)
    if meant is None:
        return f"{shown(text)} is not a number: {allowed}"
    quotes = ", without quotes" if text.strip() == plain(meant) else ""
    return f"{shown(text)} is not a number: {allowed}; write {plain(meant)}{quotes}"


def _rounded(number: Decimal, decimals: int, low: Decimal, high: Decimal) -> str:
    """Return how to round a number that has too many decimals; "" where rounding is no remedy."""
    near = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    reckoned = len(number.as_tuple().digits) > _LONG
    if not low < near <= high or not (decimals or reckoned):
        return ""
    return f"; round it to {plain(near)}" + (f", in a formula by =ROUND(..., {decimals})" if reckoned else "")


def json_number(number: Decimal) -> int | float:
    """Return a number as JSON libraries write it: an int where it is whole, else a float."""
    return int(number) if number == int(number) else float(number)


InJson = PlainSerializer(json_number, return_type=int | float, when_used="json")


def _number(low: Decimal, high: Decimal, decimals: int, *, above: bool = False) -> Any:
    """Return the type of an exact number from `low` (above it, if `above`) to `high`."""
    allowed = f"{'more than' if above else 'at least'} {plain(low)}, at most {plain(high)}, " + (
        f"with at most {decimals} decimals" if decimals else "a whole number"
    )

    def check(value: object) -> Decimal:
        number = _to_decimal(value, allowed)
        if number < low or number > high or (above and number == low):
            raise refuse("range", f"{shown(value)} is out of range: {allowed}")
        if number != round(number, decimals):
            raise refuse("decimals", f"{shown(value)} is too fine: {allowed}{_rounded(number, decimals, low, high)}")
        return Decimal(plain(number))

    schema: dict[str, Any] = {
        "type": "number" if decimals else "integer",
        ("exclusiveMinimum" if above else "minimum"): int(low),
        "maximum": int(high),
    }
    return (
        BeforeValidator(check),
        InJson,
        WithJsonSchema(schema),
    )


Hours = Annotated[Decimal, *_number(Decimal(0), MAX_HOURS, 4)]
PositiveHours = Annotated[Decimal, *_number(Decimal(0), MAX_HOURS, 4, above=True)]
Rate = Annotated[Decimal, *_number(Decimal(0), MAX_MONEY, 4)]
Money = Annotated[Decimal, *_number(Decimal(0), MAX_MONEY, 2)]
Productivity = Annotated[Decimal, *_number(Decimal(0), MAX_HOURS, 4)]
Premium = Annotated[Decimal, *_number(Decimal(1), MAX_HOURS, 4)]
Share = Annotated[Decimal, *_number(Decimal(0), Decimal(1), 4, above=True)]
Tolerance = Annotated[Decimal, *_number(Decimal(0), Decimal(1), 4)]


def _whole(low: int, high: int) -> Any:
    decimal_check = _number(Decimal(low), Decimal(high), 0)[0]

    def check(value: object) -> int:
        return int(decimal_check.func(value))

    return (
        BeforeValidator(check),
        WithJsonSchema({"type": "integer", "minimum": low, "maximum": high}),
    )


Count = Annotated[int, *_whole(0, MAX_COUNT)]
PositiveCount = Annotated[int, *_whole(1, MAX_COUNT)]
Copies = Annotated[int, *_whole(1, 100)]
Level = PositiveCount


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise refuse("flag", f"{shown(value)} is neither true nor false")
    return value


Flag = Annotated[bool, BeforeValidator(_flag)]


def _text(value: object) -> str:
    if isinstance(value, Written):
        return value.text
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise refuse("text", f"{shown(value)} is not text")
    return value


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"]})]


def is_id(text: str) -> bool:
    """Return whether a text is an id: letters of any script, digits, ``_ - .``, beginning with a letter or digit."""
    kinds = [unicodedata.category(char) for char in text]
    return (
        bool(text)
        and (kinds[0][0] == "L" or kinds[0] == "Nd")
        and all(kind[0] in "LM" or kind == "Nd" or char in "_-." for kind, char in zip(kinds, text, strict=True))
    )


def _id(value: str) -> str:
    if not is_id(value):
        unseen = invisible_in(value)
        holds = f"it holds the invisible {unseen}; " if unseen else ""
        raise refuse(
            "id",
            f"{shown(value)} is not an id: {holds}letters, digits, _ - and . are allowed, beginning with a letter "
            "or digit",
        )
    return value


Id = Annotated[Text, AfterValidator(_id)]
"""A name that other entries refer to."""

_OCCURRENCE = re.compile(r"(?P<task>.+)@(?P<week>\d{1,3})")


def occurrence(name: str) -> tuple[str, int | None]:
    """Return the task and the first week in the name of an occurrence; None for the week where none is named.

    >>> occurrence("nova-call@3"), occurrence("nova-call")
    (('nova-call', 3), ('nova-call', None))
    """
    found = _OCCURRENCE.fullmatch(name)
    return (found["task"], int(found["week"])) if found else (name, None)


def _work(value: str) -> str:
    _id(occurrence(value)[0])
    return value


Work = Annotated[Text, AfterValidator(_work)]
"""A task, or an occurrence ``ID@WEEK`` of a repeating one."""


def _date(value: object) -> dt.date:
    if isinstance(value, dt.datetime):
        raise refuse("date", f"{shown(value)} has a time of day: a date is YYYY-MM-DD")
    if isinstance(value, dt.date):
        value = value.isoformat()
    if isinstance(value, Written):
        value = value.text
    if not isinstance(value, str):
        raise refuse("date", f"{shown(value)} is not a date: a date is YYYY-MM-DD")
    try:
        return parse_date(value)
    except ValueError as error:
        raise refuse("date", f"{error}{date_remedy(value)}") from None


Date = Annotated[
    dt.date,
    BeforeValidator(_date),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}),
]


def _point(value: object) -> int | dt.date:
    """Read a point in time: a whole number is a week, anything else a date."""
    if isinstance(value, bool):
        raise refuse("point", f"{shown(value)} is neither a week number nor a date YYYY-MM-DD")
    if isinstance(value, int | float | Decimal):
        number = _to_decimal(value, "a week number or a date YYYY-MM-DD")
        if number != number.to_integral_value() or not -(10**6) < number < 10**6:
            raise refuse("point", f"{shown(value)} is neither a week number nor a date YYYY-MM-DD")
        return int(number)
    return _date(value)


PointInTime = Annotated[
    int | dt.date,
    BeforeValidator(_point),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}]}
    ),
]


def up(hours: Fraction, step: Fraction) -> Fraction:
    """Return hours rounded up to the grid."""
    return ceil(hours / step) * step


def down(hours: Fraction, step: Fraction) -> Fraction:
    """Return hours rounded down to the grid."""
    return floor(hours / step) * step
