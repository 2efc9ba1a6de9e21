"""How exact numbers are reported, and read again: the only place where a plan rounds."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from math import floor

from staffing.plan.records import Number

CENT = Fraction(1, 100)
RATIO = Fraction(1, 10_000)


def rounded(value: Fraction, unit: Fraction) -> Fraction:
    """Return a number rounded to a unit, ties away from zero.

    >>> rounded(Fraction("-0.005"), CENT), rounded(Fraction("0.0149"), CENT)
    (Fraction(-1, 100), Fraction(1, 100))
    """
    units = floor(abs(value) / unit + Fraction(1, 2))
    return (units if value >= 0 else -units) * unit


def written(number: Number) -> Fraction:
    """Return a reported number as the decimal it is written as, not as the binary fraction that stands for it.

    >>> written(0.1), Fraction(0.1) == written(0.1)
    (Fraction(1, 10), False)
    """
    return Fraction(str(number))


@lru_cache(65_536)  # a plan has many hours, and few that differ
def exact(hours: Number) -> Fraction:
    """Return hours of a plan as the decimal they are written as, to at most 4 decimals.

    >>> exact(0.1), exact(0.1 + 0.2), exact(12)
    (Fraction(1, 10), Fraction(3, 10), Fraction(12, 1))
    """
    return rounded(written(hours), RATIO)


def number(value: Fraction) -> Number:
    """Return a number as an int where it is whole, else as the nearest float."""
    return int(value) if value.denominator == 1 else float(value)


def money(value: Fraction) -> Number:
    """Return an amount of money, rounded to 0.01, ties away from zero."""
    return number(rounded(value, CENT))


def ratio(value: Fraction) -> float:
    """Return a ratio, rounded to 4 decimals, ties away from zero."""
    return float(rounded(value, RATIO))


def shared_out(amounts: Sequence[Fraction]) -> list[Fraction]:
    """Return parts rounded to 0.01 that add up to their rounded sum: the largest remainders are rounded up.

    >>> [float(part) for part in shared_out([Fraction(10, 3)] * 3)]
    [3.34, 3.33, 3.33]
    """
    cents = [amount / CENT for amount in amounts]
    whole = [floor(part) for part in cents]
    missing = int(rounded(sum(amounts, Fraction(0)), CENT) / CENT) - sum(whole)
    most_first = sorted(range(len(cents)), key=lambda index: whole[index] - cents[index])
    for index in most_first[:missing]:
        whole[index] += 1
    return [part * CENT for part in whole]
