"""Rebuilding plans: compiled, because it is done a hundred thousand times a second.

Compiled code is kept beside the source and used again. What is kept tells only whether its own file has changed since,
not one that it takes constants or functions from: so all that is older than any file of the package is dropped.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def _drop_what_is_older(folder: Path) -> None:
    """Drop compiled code that is older than the newest source file."""
    newest = max(path.stat().st_mtime for path in folder.glob("*.py"))
    for kept in (folder / "__pycache__").glob("*.nb[ci]"):
        if kept.stat().st_mtime < newest:
            with suppress(OSError):  # somebody else's, or gone already
                kept.unlink()


_drop_what_is_older(Path(__file__).parent)
