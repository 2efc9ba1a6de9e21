"""Files are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from staffing.errors import OutputError


def write_whole(path: Path, content: str | bytes, encoding: str = "utf-8") -> None:
    """Write a file beside its place and move it there in one step, so that nobody ever reads half of it.

    Raises
    ------
    OutputError
        In one sentence, where that cannot be done; what stood there before still does.
    """
    data = content.encode(encoding) if isinstance(content, str) else content
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            beside.write_bytes(data)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror or error}") from error
