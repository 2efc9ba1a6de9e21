"""Parts of the sentences that say a change."""

from __future__ import annotations

from fractions import Fraction

from staffing.plan import figures


def number(amount: Fraction | float) -> str:
    """Return an amount as people read it."""
    return figures.number(float(amount))


def count(amount: Fraction | float, thing: str) -> str:
    """Return how many there are of a thing.

    >>> count(1, "hour"), count(2.5, "hour")
    ('1 hour', '2.5 hours')
    """
    return f"{number(amount)} {thing if amount == 1 else f'{thing}s'}"


def whose(name: str) -> str:
    """Return a name in the genitive.

    >>> whose("Nova"), whose("Dental Plus")
    ("Nova's", "Dental Plus'")
    """
    return f"{name}'" if name.endswith("s") else f"{name}'s"
