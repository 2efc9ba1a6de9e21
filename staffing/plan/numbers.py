"""How exact numbers are reported: the only place where a plan rounds."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from staffing.plan.records import Number

CENT = Fraction(1, 100)
RATIO = Fraction(1, 10_000)


def rounded(value: Fraction, unit: Fraction) -> Fraction:
    """Round to a unit, ties away from zero.

    >>> rounded(Fraction("-0.005"), CENT), rounded(Fraction("0.0149"), CENT)
    (Fraction(-1, 100), Fraction(1, 100))
    """
    units = floor(abs(value) / unit + Fraction(1, 2))
    return (units if value >= 0 else -units) * unit


def number(value: Fraction) -> Number:
    """Give a number as an int where it is whole, else as the nearest float."""
    return int(value) if value.denominator == 1 else float(value)


def money(value: Fraction) -> Number:
    """Give an amount of money, rounded to 0.01, ties away from zero."""
    return number(rounded(value, CENT))


def ratio(value: Fraction) -> float:
    """Give a ratio, rounded to 4 decimals, ties away from zero."""
    return float(rounded(value, RATIO))
