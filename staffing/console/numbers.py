"""Numbers as people read them."""

from __future__ import annotations

from staffing.plan.figures import number

__all__ = ["count", "money", "number", "percent", "signed"]


def signed(difference: float) -> str:
    """Return a difference as text, with its sign.

    >>> signed(1250), signed(-3), signed(0)
    ('+1,250', '-3', '0')
    """
    return f"{'+' if difference > 0 else ''}{number(difference)}"


def money(value: float | None, currency: str) -> str:
    """Return money as text with its currency, if it has one."""
    return f"{number(value)} {currency}".strip()


def percent(ratio: float | None) -> str:
    """Return a ratio as whole percent; a ratio above 0 is never 0%, and one below 1 never 100%.

    >>> percent(0.95), percent(1.041), percent(0.001), percent(0.999), percent(None)
    ('95%', '104%', '1%', '99%', '-')
    """
    if ratio is None:
        return "-"
    whole = round(100 * ratio)
    if ratio > 0 and whole == 0:
        whole = 1
    if ratio < 1 and whole == 100:
        whole = 99
    return f"{whole}%"


def count(how_many: int, one: str, many: str | None = None) -> str:
    """Return a number of things as text.

    >>> count(1, "task"), count(3, "task"), count(2, "person", "people")
    ('1 task', '3 tasks', '2 people')
    """
    return f"{how_many:,} {one if how_many == 1 else many or one + 's'}"
