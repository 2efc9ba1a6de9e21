"""What stands in a plan file, as bytes: read only if it is a file of a size that plans have."""

from __future__ import annotations

from pathlib import Path
from stat import S_ISDIR, S_ISREG

from staffing.errors import Mistake, PlanError

MAX_BYTES = 50_000_000
"""Most that is read: 150 people with 3,000 tasks in a year take some 8 MB."""


def content(path: Path) -> bytes:
    """Return the bytes of a file, and no more than the limit even if it grows meanwhile.

    Raises
    ------
    PlanError
        Where it cannot be read, is no file (a pipe or a device may never end), or is too large.
    """
    try:
        about = path.stat()
        if not (S_ISREG(about.st_mode) or S_ISDIR(about.st_mode)):  # opening a folder says what it is
            raise refused(path, "This is not a file: a pipe or a device is not read, save the plan to a file first.")
        if about.st_size <= MAX_BYTES:
            with path.open("rb") as file:
                found = file.read(MAX_BYTES + 1)
            if len(found) <= MAX_BYTES:
                return found
    except FileNotFoundError:
        raise refused(path, "There is no such file.") from None
    except (OSError, ValueError) as error:  # a name with a NUL in it is a ValueError
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(path, f"The file cannot be read: {reason}.") from None
    raise refused(path, f"The file is larger than {MAX_BYTES // 1_000_000} MB, the most a plan file may have.")


def refused(path: Path, message: str) -> PlanError:
    """Return an error about a file as a whole."""
    return PlanError([Mistake(message, file=str(path))])
