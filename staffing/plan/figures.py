"""Numbers and weeks as people read them."""

from __future__ import annotations

from collections.abc import Sequence


def number(value: float | None) -> str:
    """Return hours, values or money as text: thousands separated, at most two decimals, no trailing zeros.

    >>> number(12400.5), number(3.0), number(None)
    ('12,400.5', '3', '-')
    """
    if value is None:
        return "-"
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def in_weeks(weeks: Sequence[int]) -> str:
    """Return weeks as a part of a sentence: one, two, or a first and a last; of several spans the first and the last.

    >>> in_weeks([3]), in_weeks([3, 4]), in_weeks([3, 4, 5])
    ('week 3', 'weeks 3 and 4', 'weeks 3 to 5')
    """
    if len(weeks) == 1:
        return f"week {weeks[0]}"
    return f"weeks {weeks[0]} {'and' if len(weeks) == 2 else 'to'} {weeks[-1]}" if weeks else ""
