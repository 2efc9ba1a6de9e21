"""Reading a folder of CSV files as a scenario."""

from __future__ import annotations

import os
import pathlib
from functools import partial

from staffing.files.csv_text import csv_sheet
from staffing.files.tables import normal, tables_tree
from staffing.files.tables_cells import Sheet
from staffing.files.tables_columns import COLUMNS, is_known
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
    return tables_tree([table_sheet(file) for file in table_files(path)], str(path))


def table_files(path: pathlib.Path) -> list[pathlib.Path]:
    """Give the files of a folder that are read as tables.

    Raises
    ------
    ScenarioError
        Where the folder cannot be read.
    """
    try:
        return sorted(file for file in path.iterdir() if _is_table(file))
    except OSError as error:
        reason = os.strerror(error.errno).lower() if error.errno else "it is no folder"
        raise refused(path, f"this folder cannot be read: {reason}") from None


def table_sheet(file: pathlib.Path) -> Sheet:
    """Read one table of a folder.

    Raises
    ------
    ScenarioError
        Where it is not text, or a quote is not closed.
    """
    return csv_sheet(file, partial(_is_head, normal(file.stem)))


def _is_table(file: pathlib.Path) -> bool:
    suffix = file.suffix.lower()
    known = suffix == ".csv" or (suffix in (".tsv", ".txt") and normal(file.stem) in COLUMNS)
    return known and not file.name.startswith(("_", ".")) and file.is_file()


def _is_head(table: str, text: str) -> bool:
    """Tell whether a text may stand in the first row of a table."""
    name = normal(text)
    return (table == "settings" and name in ("key", "value")) or (table in COLUMNS and is_known(table, name))
