"""Taking the text out of a file, if it is one."""

from __future__ import annotations

import contextlib
import os
import pathlib
import stat
from collections.abc import Iterator

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
    """Return the bytes of a file, once its kind and size are checked.

    Parameters
    ----------
    path
        A file. Devices and pipes, which may never end or never begin, are refused without waiting.

    Raises
    ------
    ScenarioError
        Where there is no such file, it cannot be read, or is too large.
    """
    try:
        # without waiting: of a pipe that nobody writes to, opening alone would never end
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with _closing(handle):
            about = os.fstat(handle)
            if not stat.S_ISREG(about.st_mode):
                raise refused(path, "this is not a file")
            if about.st_size > MAX_BYTES:
                raise _too_large(path)
            with os.fdopen(handle, "rb", closefd=False) as file:
                content = file.read(MAX_BYTES + 1)  # it may have grown since
    except (FileNotFoundError, NotADirectoryError):
        raise refused(path, "there is no such file") from None
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = os.strerror(error.errno).lower() if isinstance(error, OSError) and error.errno else "a wrong name"
        raise refused(path, f"this file cannot be read: {reason}") from None
    if len(content) > MAX_BYTES:
        raise _too_large(path)
    return content


@contextlib.contextmanager
def _closing(handle: int) -> Iterator[None]:
    try:
        yield
    finally:
        os.close(handle)


def _too_large(path: pathlib.Path) -> ScenarioError:
    return refused(path, f"this file is too large: at most {MAX_BYTES // 1_000_000} MB are allowed")


def refused(path: pathlib.Path, message: str, line: int | None = None) -> ScenarioError:
    """Return an error about a file as a whole."""
    return ScenarioError([Mistake(message, "", str(path), line)])
