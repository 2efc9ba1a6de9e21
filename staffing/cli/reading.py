"""Scenarios and plans, read and talked about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from staffing.cli.recognising import refuse_others
from staffing.cli.talk import warn
from staffing.errors import Mistake, ScenarioError

if TYPE_CHECKING:
    from staffing.plan.plan import Plan
    from staffing.scenario.scenario import Scenario

_FORMAT = "staffing-plan/"


def read_scenario(path: Path) -> Scenario:
    """Read a scenario and say its warnings.

    Raises
    ------
    InputError
        With every mistake in it, or with what the file is instead.
    """
    refuse_others(path, "a scenario")
    if is_plan(path):
        raise ScenarioError([Mistake("this is a plan; a scenario is asked for", file=str(path))])
    from staffing.loading import read

    loaded = read(path)
    warn(loaded.warnings)
    if loaded.scenario is None:
        raise ScenarioError(loaded.errors)
    return loaded.scenario


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises
    ------
    InputError
        If it is not a plan.
    """
    refuse_others(path, "a plan")
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
