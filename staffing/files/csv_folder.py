"""Reading a folder of CSV files as a scenario."""

from __future__ import annotations

import os
import pathlib
from functools import partial

from staffing.errors import ScenarioError
from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_cells import Sheet
from staffing.files.tables_columns import COLUMNS
from staffing.files.tables_heads import is_head
from staffing.files.text import refused
from staffing.files.tree import Tree

UNFINISHED = ".staffing-unfinished"
"""Stands in a folder as long as its tables are partly old and partly new."""
_BROKEN_OFF = (
    "writing this folder was broken off, or is going on: its tables are not all of one writing; "
    f"write it again with --force, or make them right and delete {UNFINISHED} in it"
)
_TRIES = 5
_State = dict[pathlib.Path, tuple[int, ...] | None]


def csv_folder_tree(path: pathlib.Path) -> Tree:
    """Read the tables of a folder: settings.csv, roles.csv, staff.csv, clients.csv, projects.csv, tasks.csv.

    Other .csv files are mistakes unless their names begin with ``_``; files of other kinds are none of its business,
    except a table that was saved as .txt or .tsv. Where the tables become others while they are read, they are read
    again.

    Raises
    ------
    ScenarioError
        With what cannot be read, and where the tables are not of one writing.
    """
    for _ in range(_TRIES):
        before = _state(path)
        try:
            sheets = [table_sheet(file) for file in before]
        except ScenarioError:
            if _state(path) == before:
                raise
            continue
        if _state(path) == before:
            return tables_tree(sheets, str(path))
    raise refused(path, "this folder is being written: read it again when that is done")


def table_files(folder: pathlib.Path) -> list[pathlib.Path]:
    """Return the files of a folder that are read as its tables, by name.

    Raises
    ------
    OSError
        Where the folder cannot be read.
    """
    return sorted(file for file in folder.iterdir() if _is_table(file))


def table_sheet(file: pathlib.Path) -> Sheet:
    """Read one table of a folder.

    Raises
    ------
    ScenarioError
        Where it is not text, or a quote is not closed.
    """
    name = normal(file.stem)
    return csv_sheet(file, partial(is_head, name), whole=name in COLUMNS)


def _state(path: pathlib.Path) -> _State:
    """Return the tables of a folder, each with what changes when it is written.

    Raises
    ------
    ScenarioError
        Where the folder cannot be read, or its tables are not of one writing.
    """
    try:
        state = {file: _state_of(file) for file in table_files(path)}
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "it is no folder"
        raise refused(path, f"this folder cannot be read: {reason}") from None
    if os.path.lexists(path / UNFINISHED):
        raise refused(path, _BROKEN_OFF)
    return state


def _state_of(file: pathlib.Path) -> tuple[int, ...] | None:
    try:
        now = file.stat()
    except OSError:  # it went away just now, or cannot be read: whoever reads it will say
        return None
    return now.st_ino, now.st_size, now.st_mtime_ns


def _is_table(file: pathlib.Path) -> bool:
    """Return whether a file is read; one named as a table always is, so that nothing is skipped in silence."""
    if file.name.startswith(("_", ".")):
        return False
    suffix, known = file.suffix.lower(), normal(file.stem) in COLUMNS
    return known if suffix in (".tsv", ".txt") else suffix == ".csv" and (known or file.is_file())
