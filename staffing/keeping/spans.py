"""Changing a text in a few places."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int, str]
"""From, up to, and what stands there instead."""


def spliced(text: str, spans: Iterable[Span]) -> str:
    """Return a text with some spans replaced; the line endings of the new texts are those of the text.

    What begins at the same place is put in the order given.

    >>> spliced("a: 1\\nb: 2\\n", [(3, 4, "9"), (10, 10, "c: 3\\n")])
    'a: 9\\nb: 2\\nc: 3\\n'
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    made: list[str] = []
    at = 0
    for start, end, new in sorted(spans, key=lambda span: span[:2]):
        made += [text[at:start], new.replace("\n", line_end)]
        at = max(at, end)
    return "".join([*made, text[at:]])


def line_start(text: str, at: int) -> int:
    """Return where the line begins that holds a place."""
    return text.rfind("\n", 0, at) + 1


def next_line(text: str, at: int) -> int:
    """Return where the next line begins; the end of the text after the last one."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1
