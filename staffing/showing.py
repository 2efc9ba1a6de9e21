"""How plans and comparisons show themselves in a notebook.

The page that draws them sits above them, and imports point one way. So the package says here who draws what,
and a plan asks for it by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

Thing = Literal["plan", "comparison"]
_DRAWN: dict[Thing, Callable[[Any], str]] = {}


def drawn_by(thing: Thing, draw: Callable[[Any], str]) -> None:
    """Say who draws plans, or comparisons, as HTML."""
    _DRAWN[thing] = draw


def html(thing: Thing, shown: object) -> str:
    """Draw a plan or a comparison as HTML; all text in it is escaped."""
    return _DRAWN[thing](shown)
