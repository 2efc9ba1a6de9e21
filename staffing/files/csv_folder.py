"""Reading a folder of CSV files as a scenario."""

from __future__ import annotations

import os
import pathlib
from functools import partial

from staffing.errors import ScenarioError
from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_columns import COLUMNS, is_known
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
            sheets = [csv_sheet(file, partial(_is_head, normal(file.stem))) for file in before]
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


def _state(path: pathlib.Path) -> _State:
    """Tell the tables of a folder, and what changes when one of them is written.

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
    suffix = file.suffix.lower()
    known = suffix == ".csv" or (suffix in (".tsv", ".txt") and normal(file.stem) in COLUMNS)
    return known and not file.name.startswith(("_", ".")) and file.is_file()


def _is_head(table: str, text: str) -> bool:
    """Tell whether a text may stand in the first row of a table."""
    name = normal(text)
    return (table == "settings" and name in ("key", "value")) or (table in COLUMNS and is_known(table, name))
