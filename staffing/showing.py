"""How scenarios, plans and answers show themselves in a notebook, and are saved in formats of other programs.

What draws and writes them sits above them, and imports point one way. So the package says here who does, and a plan
asks for it by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

Thing = Literal["scenario", "plan", "comparison", "answer"]
_DRAWN: dict[Thing, Callable[[Any], str]] = {}
_WRITTEN: dict[tuple[Thing, str], Callable[[Any, Any], None]] = {}


def drawn_by(thing: Thing, draw: Callable[[Any], str]) -> None:
    """Register what draws scenarios, plans or answers as HTML."""
    _DRAWN[thing] = draw


def html(thing: Thing, shown: object) -> str:
    """Return a scenario, a plan or an answer as HTML; all text in it is escaped."""
    return _DRAWN[thing](shown)


def written_by(thing: Thing, suffix: str, write: Callable[[Any, Any], None]) -> None:
    """Register what writes scenarios or plans into files of a suffix; an empty suffix is for all others."""
    _WRITTEN[thing, suffix] = write


def suffixes(thing: Thing) -> tuple[str, ...]:
    """Return the suffixes that registered writers write."""
    return tuple(suffix for known, suffix in _WRITTEN if known == thing)


def write(thing: Thing, suffix: str, shown: object, path: object) -> None:
    """Write a scenario or a plan into a file of a suffix."""
    _WRITTEN[thing, suffix](shown, path)
