"""Text from files, made safe to print and to line up."""

from __future__ import annotations

import textwrap
import unicodedata

_KEPT = frozenset({"\u200c", "\u200d"})  # the joiners that Persian and emoji are written with
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
_BLANKED = {"Cc", "Cs", "Zl", "Zp"}
_DROPPED = {"Cf"}

WITH_ISOLATES = _KEPT | {FIRST_STRONG_ISOLATE, POP_ISOLATE}
"""What a line that is put together of clean, isolated names keeps."""


def clean(text: str, keep: frozenset[str] = _KEPT) -> str:
    """Replace what could move the cursor, change a colour or turn the line around.

    >>> clean("Nova\\x1b[31m\\tLtd")
    'Nova [31m Ltd'
    """
    return "".join(char if char in keep else _safe(char) for char in text)


def _safe(char: str) -> str:
    category = unicodedata.category(char)
    if category in _BLANKED:
        return " "
    return "" if category in _DROPPED else char


def clip(text: str, width: int) -> str:
    """Clean a text and shorten it to `width` columns of a terminal."""
    from rich.cells import cell_len, set_cell_size

    text = clean(text)
    return text if cell_len(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def wrap(text: str, width: int) -> str:
    """Clean a text and break it between words into lines of so many columns."""
    return "\n".join(clip(line, width) for line in textwrap.wrap(clean(text), width, break_long_words=False))


def is_right_to_left(text: str) -> bool:
    """Whether a text has letters that are written from right to left."""
    return any(unicodedata.bidirectional(char) in {"R", "AL"} for char in text)


def isolate(text: str) -> str:
    """Keep a right-to-left text from reordering the columns beside it.

    Source: Unicode Bidirectional Algorithm (UAX #9), explicit directional isolates.
    """
    return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}" if is_right_to_left(text) else text
