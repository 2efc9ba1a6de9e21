"""A scenario from one format into another."""

from __future__ import annotations

import os
from pathlib import Path

from staffing.errors import OutputError
from staffing.loading import load
from staffing.scenario.scenario import Scenario
from staffing.writing.formats import FOLDER, FORMATS, format_of
from staffing.writing.write import write_scenario


def convert(scenario: Scenario | str | os.PathLike[str], target: str | os.PathLike[str]) -> Scenario:
    """Write a scenario in the format that a path says, over what stands there.

    Parameters
    ----------
    scenario
        A scenario, or the file or folder of one. What it extends becomes part of it; nothing is lost but comments.
    target
        Ends in .yaml, .toml, .json or .xlsx, or is a folder for CSV files, without a suffix or with a slash at its end.

    Returns
    -------
    Scenario
        What was written.

    Raises
    ------
    ScenarioError
        With every mistake of a file that is read.
    OutputError
        Where the target cannot be written, is the file itself, or says no format.
    """
    if not isinstance(scenario, Scenario) and Path(scenario).resolve() == Path(target).resolve():
        raise OutputError(f"{scenario} is named twice: the target must not overwrite the scenario")
    found = scenario if isinstance(scenario, Scenario) else load(scenario)
    save(found, target)
    return found


def save(scenario: Scenario, target: str | os.PathLike[str]) -> None:
    """Write a scenario in the format that a path says."""
    form = format_of(os.fspath(target))
    if form not in FORMATS:
        known = ", ".join(suffix for suffix in FORMATS if suffix != FOLDER)
        raise OutputError(
            f"{target} does not say what to write: a scenario is saved as {known}, or without a suffix as a folder of "
            "CSV files"
        )
    write_scenario(scenario, Path(target), form)
