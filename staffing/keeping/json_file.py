"""Putting rows of ``worked`` into a JSON text."""

from __future__ import annotations

import json
import re

from staffing.keeping.change import Change, UnusualFileError
from staffing.keeping.spans import spliced
from staffing.writing.texts import inline

_BLANK = re.compile(r"[ \t\r\n]*")


def changed_json(text: str, change: Change) -> str:
    """Return a JSON scenario with new values for a few keys; all other text stays as it is.

    Raises
    ------
    UnusualFileError
        Where it is no mapping.
    """
    places, end = _values(text)
    new = {key: inline(value, ".json") for key, value in change.settings.items()}
    if change.worked or "worked" in places:
        rows = ",\n    ".join(inline(change.data(row), ".json") for row in change.worked)
        new["worked"] = f"[\n    {rows}\n  ]" if rows else "[]"
    spans = [(*places[key], value) for key, value in new.items() if key in places]
    missing = "".join(f",\n  {inline(key, '.json')}: {value}" for key, value in new.items() if key not in places)
    return spliced(text, [*spans, (end, end, missing)])


def _values(text: str) -> tuple[dict[str, tuple[int, int]], int]:
    """Return where the values of the outermost mapping stand, and where the last of them ends."""
    decoder = json.JSONDecoder()
    found: dict[str, tuple[int, int]] = {}
    at = end = _mark(text, 0, "{")
    try:
        while True:
            key, at = decoder.raw_decode(text, _skip(text, at))
            start = _skip(text, _mark(text, at, ":"))
            _, end = decoder.raw_decode(text, start)
            found[key] = (start, end)
            if not text.startswith(",", at := _skip(text, end)):
                return found, end
            at += 1
    except (ValueError, TypeError, RecursionError):
        raise UnusualFileError from None


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _mark(text: str, at: int, mark: str) -> int:
    at = _skip(text, at)
    if not text.startswith(mark, at):
        raise UnusualFileError
    return at + 1
