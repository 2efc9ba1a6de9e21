"""The formats a scenario is written in; light, so that a command can name them before it does anything."""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = "/"
"""Stands for a folder of CSV files, which has no suffix."""
FORMATS = (".yaml", ".yml", ".toml", ".json", ".xlsx", FOLDER)
"""What can be written, by suffix."""


def format_of(path: str) -> str:
    """Return the suffix that says how a path is written; a folder has none, ends with a slash, or is one already.

    >>> format_of("team.XLSX"), format_of("team"), format_of("team.v2/")
    ('.xlsx', '/', '/')
    """
    return FOLDER if path.endswith(("/", "\\")) or os.path.isdir(path) else Path(path).suffix.lower() or FOLDER
