"""Text from files, made safe for a cell."""

from __future__ import annotations

from functools import lru_cache

from staffing.console.text import clean

MOST = 32_767
"""Most characters of a cell, as a spreadsheet counts them: in units of UTF-16."""
_NO_CHARACTERS = {0xFFFE, 0xFFFF}


@lru_cache(maxsize=4096)  # the same few names stand in thousands of cells
def cell_text(text: str, most: int = MOST) -> str:
    """Clean a text, drop characters that XML does not allow, and cut it to the length of a cell.

    >>> cell_text("Nova\\u202e\\x00Ltd\\uffff"), cell_text("twelve weeks", 7)
    ('Nova Ltd', 'twelve…')
    """
    safe = "".join(char for char in clean(text) if ord(char) & 0xFFFF not in _NO_CHARACTERS)
    units = safe.encode("utf-16-le")
    if len(units) <= 2 * most:
        return safe
    return units[: 2 * (most - 1)].decode("utf-16-le", errors="ignore") + "…"
