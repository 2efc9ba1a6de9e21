"""Scenarios and plans, read and talked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from staffing.cli.apart import keep_apart
from staffing.cli.talk import warn
from staffing.errors import Mistake, ScenarioError

if TYPE_CHECKING:
    from staffing.plan.plan import Plan
    from staffing.scenario.scenario import Scenario

_FORMAT = "staffing-plan/"


def read_scenario(path: Path, outputs: Sequence[Path] = ()) -> Scenario:
    """Read a scenario and say its warnings.

    Parameters
    ----------
    path
        The scenario.
    outputs
        What will be written: nothing that the scenario extends, directly or not, may be among it.

    Raises
    ------
    ScenarioError
        With every mistake in it.
    click.UsageError
        If an output would overwrite what the scenario extends.
    """
    if is_plan(path):
        raise ScenarioError([Mistake("this is a plan; a scenario is asked for", file=str(path))])
    from staffing.loading import read

    loaded = read(path)
    keep_apart(outputs, loaded.files[1:], by=path)
    warn(loaded.warnings)
    if loaded.scenario is None:
        raise ScenarioError(loaded.errors)
    return loaded.scenario


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises
    ------
    PlanError
        If it is not a plan.
    """
    from staffing.plan.plan import Plan

    return Plan.load(path)


def is_plan(path: Path) -> bool:
    """Tell a plan from a scenario by what is in the file."""
    if path.suffix.lower() != ".json" or not path.is_file():
        return False
    try:
        tree = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):  # the reader of scenarios says what is wrong, and where
        return False
    return isinstance(tree, dict) and str(tree.get("format", "")).startswith(_FORMAT)
