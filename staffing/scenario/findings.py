"""What a check finds, by its path in the scenario, before anybody knows the file and line it stands in."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from pydantic import BaseModel

from staffing.errors import Mistake
from staffing.scenario.paths import Path, friendly, inside, label


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend, or to think about.

    Attributes
    ----------
    path
        The way to the value it is about.
    message
        One sentence: what is wrong and what is allowed.
    key
        Whether it is about the key that names the value, not the value.
    """

    path: Path
    message: str
    key: bool = False


@runtime_checkable
class Places(Protocol):
    """Whatever knows where the values of a scenario stand."""

    def mistake(self, path: Path, message: str, key: bool = False) -> Mistake:
        """Return a mistake about a value, or with `key` about the key that names it."""


@dataclass(frozen=True, slots=True)
class FromCode:
    """Places of a scenario that stands in no file: paths only."""

    data: object

    def mistake(self, path: Path, message: str, key: bool = False) -> Mistake:  # noqa: ARG002
        """Return a mistake without a file."""
        return Mistake(message, friendly(path, self.data))


def told(findings: Iterable[Finding], places: Places) -> list[Mistake]:
    """Return findings as mistakes with their places, in the order of the files, else in the order found."""
    mistakes = [places.mistake(finding.path, finding.message, finding.key) for finding in findings]
    files = {file: number for number, file in enumerate(dict.fromkeys((one.file, one.sheet) for one in mistakes))}
    return sorted(mistakes, key=lambda one: (files[one.file, one.sheet], one.line or 0, one.column or 0))


def in_order(findings: Iterable[Finding], data: object) -> list[Finding]:
    """Return findings sorted by where their values stand in the data."""
    return sorted(findings, key=lambda finding: _rank(finding.path, data))


def _rank(path: Path, data: object) -> tuple[int, ...]:
    """Return the position of a value in the data; a value deep inside an entry ranks with its field."""
    rank = []
    for part in path[:3]:
        keys = (
            list(data)
            if isinstance(data, Mapping)
            else list(type(data).model_fields)
            if isinstance(data, BaseModel)
            else []
        )
        rank.append(part if isinstance(part, int) else keys.index(part) if part in keys else -1)
        data = inside(data, part)
    return tuple(rank)


class Speller:
    """Finds the nearest of the words that are known.

    It gives up after many words, so that a file with thousands of mistakes is told as fast as one with a few.
    """

    _AMONG = 1_000

    def __init__(self) -> None:
        self._effort = 50_000

    def nearest(self, word: str, known: Collection[str]) -> str | None:
        """Return the known word nearest to `word`; None if none is near."""
        if self._effort <= 0 or len(word) > 100:
            return None
        self._effort -= 1 + len(known) // 20
        among = {name.casefold(): name for name in known}
        low = word.casefold()
        if len(among) > self._AMONG:
            among = {name: among[name] for name in among if name[0] == low[:1]}
        if low in among or len(among) > self._AMONG:
            return among.get(low)
        self._effort -= len(among)
        found = difflib.get_close_matches(low, among, 1)
        return among[found[0]] if found else None


def meant(nearest: str | None) -> str:
    """Return a question whether the nearest word was meant."""
    return "" if nearest is None else f"; did you mean {label(nearest)}?"


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Return words as a list in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return f" {joint} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""
