"""Taking the text out of a file, if it is one."""

from __future__ import annotations

import os
import pathlib

from staffing.errors import Mistake, ScenarioError

MAX_BYTES = 20_000_000
"""Largest file that is read."""


def read_text(path: pathlib.Path) -> str:
    """Read a file as UTF-8 text, with or without a byte order mark.

    Raises
    ------
    ScenarioError
        Where there is no such file, it cannot be read, is empty or too large, or is not text.
    """
    content = read_content(path)
    if not content.strip():
        raise refused(path, "this file is empty: a scenario is allowed")
    if b"\0" in content:
        raise refused(path, "this file is not text: UTF-8 text is allowed")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise refused(path, "this file is not UTF-8 text: save it in the encoding UTF-8", line) from None


def read_content(path: pathlib.Path) -> bytes:
    """Read a file as it is.

    Raises
    ------
    ScenarioError
        Where there is no such file, it cannot be read, or is too large.
    """
    try:
        if not path.exists():
            raise refused(path, "there is no such file")
        if not path.is_file():
            raise refused(path, "this is not a file")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else "a wrong name"
        raise refused(path, f"this file cannot be read: {reason}") from None
    if len(content) > MAX_BYTES:
        raise refused(path, "this file is too large: at most 20 MB are allowed")
    return content


def refused(path: pathlib.Path, message: str, line: int | None = None) -> ScenarioError:
    """Make the error about a file as a whole."""
    return ScenarioError([Mistake(message, "", str(path), line)])
