"""An answer as its file has it: plain values, read leniently, for files are written by programs of many ages."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from staffing.decisions.answer import FORMAT
from staffing.errors import InputError, Mistake
from staffing.plan.content import content

KEYS: Mapping[str, tuple[str, ...]] = {
    "explain": ("tasks", "conflict", "candidates"),
    "hire": ("sets", "ladder", "short_of"),
    "worth": ("hours", "budgets", "deadlines"),
    "break-even": ("low", "high", "path"),
    "trade-off": ("points",),
    "sweep": ("runs",),
    "risk": ("tasks", "people", "budgets", "money"),
}
"""The questions whose answers a page shows, and what an answer to each has at least one of."""
SINGLE = frozenset({"short_of", "low", "high", "path", "money"})
"""Those of them that are no lists."""
_FAMILY = FORMAT.partition("/")[0]


@dataclass(frozen=True)
class Record:
    """Values by key; whatever is missing, or is of another kind than it should be, is not there."""

    values: Mapping[str, Any]

    def __contains__(self, key: str) -> bool:
        """Whether there is a value that is not null."""
        return self.values.get(key) is not None

    def text(self, key: str) -> str:
        """Return a text; "" where there is none."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> float | None:
        """Return a number."""
        return _number(self.values.get(key))

    def whole(self, key: str) -> int | None:
        """Return a whole number, such as a week."""
        number = self.number(key)
        return int(number) if number is not None and number == int(number) else None

    def flag(self, key: str) -> bool:
        """Return whether something is said to be so."""
        return self.values.get(key) is True

    def amounts(self, key: str) -> dict[str, float]:
        """Return numbers by name, such as differences by goal."""
        value = self.values.get(key)
        pairs = value.items() if isinstance(value, Mapping) else ()
        return {str(name): number for name, given in pairs if (number := _number(given)) is not None}

    def records(self, key: str) -> tuple[Record, ...]:
        """Return a list of records."""
        value = self.values.get(key)
        return tuple(Record(one) for one in value if isinstance(one, Mapping)) if isinstance(value, list) else ()

    def record(self, key: str) -> Record:
        """Return a record; an empty one where there is none."""
        value = self.values.get(key)
        return Record(value if isinstance(value, Mapping) else {})

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.values.get(key)
        return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers, such as weeks."""
        value = self.values.get(key)
        numbers = map(_number, value) if isinstance(value, list) else ()
        return tuple(int(number) for number in numbers if number is not None)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return value if abs(value) < 1e15 and math.isfinite(value) else None


def read(path: Path) -> Record:
    """Read an answer.

    Raises
    ------
    InputError
        With one sentence, where the file is none.
    """
    try:
        tree = json.loads(content(path))
    except (ValueError, RecursionError):
        raise _refused(path, "it is not JSON") from None
    if not isinstance(tree, dict) or not is_answer(tree):
        raise _refused(path, f'it does not say "format": "{FORMAT}"')
    if tree["format"] != FORMAT:
        raise _refused(path, f"it is of the format {_shown(tree['format'])}, and {FORMAT} is read")
    return checked(tree, path)


def is_answer(tree: object) -> bool:
    """Return whether plain values are an answer, or mean to be one."""
    return isinstance(tree, dict) and str(tree.get("format", "")).startswith(f"{_FAMILY}/")


def checked(tree: Mapping[str, Any], path: Path | None = None) -> Record:
    """Return a document as a record.

    Raises
    ------
    InputError
        With one sentence, where it is no answer that a page can show.
    """
    question = tree.get("question")
    if not isinstance(question, str) or question not in KEYS:
        known = ", ".join(KEYS)
        raise _refused(path, f'its "question" is {_shown(question)}, and a page shows answers to {known}', "on a page")
    if not any(tree.get(key) is not None for key in KEYS[question]):
        keys = " nor ".join(f'"{key}"' for key in KEYS[question])
        raise _refused(path, f'of an answer to "{question}" it has {"neither " if " nor " in keys else "no "}{keys}')
    for key in KEYS[question]:
        if key not in SINGLE and not isinstance(tree.get(key) or [], list):
            raise _refused(path, f'"{key}" is no list')
    return Record(tree)


def _refused(path: Path | None, what: str, where: str = "") -> InputError:
    sentence = f"this is no answer {where}".rstrip() + f": {what}"
    return InputError([Mistake(sentence, file=None if path is None else str(path))])


def _shown(value: object) -> str:
    if not isinstance(value, str):
        return "missing" if value is None else "no text"
    return f'"{value[:40]}"'
