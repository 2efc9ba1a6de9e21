"""Writing a scenario by the suffix of the file, and reading it back before anybody relies on it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from staffing.errors import OutputError, ScenarioError
from staffing.loading import load
from staffing.plan.writing import told, write_whole
from staffing.scenario.scenario import Scenario
from staffing.writing.csv_folder import csv_files
from staffing.writing.data import plain_data
from staffing.writing.folder import write_folder
from staffing.writing.formats import FOLDER, format_of
from staffing.writing.texts import json_text, toml_text, yaml_text
from staffing.writing.workbook import workbook

Content = bytes | Mapping[str, bytes]
"""What a file holds, or the files of a folder by name."""

_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    ".yaml": yaml_text,
    ".yml": yaml_text,
    ".toml": toml_text,
    ".json": json_text,
}


def write_scenario(scenario: Scenario, path: Path, form: str | None = None) -> None:
    """Write a scenario whole, or not at all.

    Parameters
    ----------
    scenario
        The scenario; what it extended is part of it.
    path
        Where to. In a folder that exists, its tables are replaced all together and other files are let be.
    form
        One of :data:`~staffing.writing.formats.FORMATS`; by the suffix of the path if not given.

    Raises
    ------
    OutputError
        Where the file cannot be written, or the format cannot hold what the scenario says.
    """
    form = form or format_of(str(path))
    content = scenario_content(scenario, form)
    _check(scenario, content, path, form)
    write_content(content, path)


def scenario_content(scenario: Scenario, form: str) -> Content:
    """Return the content that a scenario is written as in a format.

    Raises
    ------
    OutputError
        Where the format cannot hold what the scenario says.
    """
    if form == FOLDER:
        return csv_files(plain_data(scenario, system="gregorian"))  # CSV carries Gregorian dates
    data = plain_data(scenario)
    return workbook(data) if form == ".xlsx" else _TEXTS[form](data).encode()


def write_content(content: Content, path: Path) -> None:
    """Write a file, or the tables of a folder, whole or not at all.

    Raises
    ------
    OutputError
        Where that cannot be done.
    """
    if isinstance(content, bytes):
        write_whole(path, content)
    else:
        write_folder(path, content)


def _check(scenario: Scenario, content: Content, path: Path, form: str) -> None:
    """Raise an error if what would be written does not read back as the same scenario."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ("scenario" if form == FOLDER else f"scenario{form}")
        with told(path):
            _copy(content, copy)
        try:
            back = load(copy)
            same = back.fingerprint == scenario.fingerprint and plain_data(back) == plain_data(scenario)
            why = "it would come back as another scenario"
        except ScenarioError as error:
            same, why = False, error.errors[0].message
    if not same:
        what = "a folder of CSV files" if form == FOLDER else f"a file {form}"
        raise OutputError(f"{path} cannot be written: {what} cannot hold this scenario: {why}")


def _copy(content: Content, path: Path) -> None:
    """Write a file into a place where nobody else looks."""
    if isinstance(content, bytes):
        path.write_bytes(content)
        return
    path.mkdir()
    for name, file in content.items():
        (path / name).write_bytes(file)
