"""Reading a folder of CSV files as a scenario."""

from __future__ import annotations

import os
import pathlib
from functools import partial

from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_columns import COLUMNS
from staffing.files.tables_heads import is_head
from staffing.files.text import refused
from staffing.files.tree import Tree


def csv_folder_tree(path: pathlib.Path) -> Tree:
    """Read the tables of a folder: settings.csv, roles.csv, staff.csv, clients.csv, projects.csv, tasks.csv.

    Other .csv files are mistakes unless their names begin with ``_``; files of other kinds are none of its business,
    except a table that was saved as .txt or .tsv.

    Raises
    ------
    ScenarioError
        With what cannot be read.
    """
    try:
        files = sorted(file for file in path.iterdir() if _is_table(file))
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "it is no folder"
        raise refused(path, f"this folder cannot be read: {reason}") from None
    names = {file: normal(file.stem) for file in files}
    sheets = [csv_sheet(file, partial(is_head, name), whole=name in COLUMNS) for file, name in names.items()]
    return tables_tree(sheets, str(path))


def _is_table(file: pathlib.Path) -> bool:
    """Tell whether a file is read; a table by its name is, whatever it is, so that nothing is lost in silence."""
    if file.name.startswith(("_", ".")):
        return False
    suffix, known = file.suffix.lower(), normal(file.stem) in COLUMNS
    return known if suffix in (".tsv", ".txt") else suffix == ".csv" and (known or file.is_file())
