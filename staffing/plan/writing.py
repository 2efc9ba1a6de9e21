"""Files are written whole or not at all.

What is new is written beside its place, under a short name that no other write has, and moved there in one step:
whoever reads, and whatever breaks off, finds the old content or the new. A file that is replaced keeps its mode and,
where that may be, its owner; a new one gets what the umask leaves. A link stays, and what it leads to is written, also
where that is not there yet. What is no file, such as a pipe or a device, holds nothing that could be kept, and is
written to directly.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from staffing.errors import OutputError


def write_whole(path: Path, content: str | bytes, encoding: str = "utf-8") -> None:
    """Write a file whole, or leave what stood there as it was.

    Raises
    ------
    OutputError
        In one sentence, where that cannot be done.
    """
    data = content.encode(encoding) if isinstance(content, str) else content
    with told(path):
        put(path, data)


def check_writable(path: Path) -> None:
    """Raise an error, before any work, if a file cannot be written; this begins to write, and then stops.

    Raises
    ------
    OutputError
        In one sentence, where it cannot: its folder is missing or closed, it is a folder or write-protected, or its
        name is too long.
    """
    with told(path):
        if _is_stream(path):
            _check_permission(path)
        else:
            with staged(path, b""):
                return


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Raise an error with one sentence where a path cannot be written within the block.

    Raises
    ------
    OutputError
        For what the system refuses, and for a name that it has no room for.
    """
    try:
        yield
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise OutputError(f"{path} cannot be written: {reason}") from error


def put(path: Path, data: bytes) -> None:
    """Write a file whole, or leave what stood there as it was.

    Raises
    ------
    OSError
        Where that cannot be done.
    """
    if _is_stream(path):
        _pour(path, data)
    else:
        with staged(path, data) as move:
            move()


@contextmanager
def staged(path: Path, data: bytes) -> Iterator[Callable[[], None]]:
    """Write a file beside its place and yield the function that moves it there in one step.

    Without that step everything is as it was before.

    Raises
    ------
    OSError
        Where that cannot be done.
    """
    place = Path(os.path.realpath(path))
    old = _standing(place)
    if not place.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, f"the folder {place.parent} does not exist")
    part = place.with_name(f".staffing-{secrets.token_hex(8)}.part")
    try:
        _fill(part, data, old)
        yield lambda: os.replace(part, place)
    finally:
        if os.path.lexists(part):
            part.unlink()


def _standing(place: Path) -> os.stat_result | None:
    """Return the status of the file that would be replaced; None where there is none."""
    try:
        old = os.stat(place)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not stat.S_ISREG(old.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder" if stat.S_ISDIR(old.st_mode) else "it is no file")
    _check_permission(place)
    return old


def _check_permission(path: Path) -> None:
    """Raise an error for a read-only file, even if its folder allows to replace it."""
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "it is write-protected")


def _fill(part: Path, data: bytes, old: os.stat_result | None) -> None:
    """Write a new file to the disk, with the mode and, where allowed, the owner of the file it replaces."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(part, flags, 0o666 if old is None else stat.S_IRUSR | stat.S_IWUSR)
    with open(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(handle)  # a disk that is full may say so only now, and a power cut must not leave an empty file
    if old is None:
        return
    if hasattr(os, "chown"):
        for user, group in ((-1, old.st_gid), (old.st_uid, -1)):
            with suppress(OSError):  # only root may change the owner of a file
                os.chown(part, user, group)
    os.chmod(part, stat.S_IMODE(old.st_mode))


def _is_stream(path: Path) -> bool:
    """Return whether something is there that is written to but not kept: a pipe, a terminal, another device."""
    try:
        mode = os.stat(path).st_mode
    except OSError:  # whoever writes there will say why
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _pour(path: Path, data: bytes) -> None:
    """Write into a pipe or a device; raise an error for a pipe that nobody reads instead of waiting for it."""
    handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    with open(handle, "wb") as stream:
        os.set_blocking(handle, True)
        stream.write(data)
