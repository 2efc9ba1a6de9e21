"""Scenarios and plans, read and talked about."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from staffing.cli.apart import keep_apart
from staffing.cli.recognising import recognised, refuse_others
from staffing.cli.talk import warn
from staffing.errors import InputError, Mistake, PlanError, ScenarioError

if TYPE_CHECKING:
    from staffing.plan.plan import Plan
    from staffing.report.answers.document import Record
    from staffing.scenario.scenario import Scenario

_FORMAT = "staffing-plan/"
_OF_PLANS = frozenset({"format", "allocations", "fingerprint", "metrics"})
"""Keys of plans; a file that has one may be a plan that was changed by hand."""


def read_scenario(path: Path, outputs: Sequence[Path] = ()) -> Scenario:
    """Read a scenario and print its warnings.

    Parameters
    ----------
    path
        The scenario.
    outputs
        What will be written: nothing that the scenario extends, directly or not, may be among it.

    Raises
    ------
    InputError
        With every mistake in it, or with what the file is instead.
    click.UsageError
        If an output would overwrite what the scenario extends.
    """
    refuse_others(path, "a scenario")
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
    InputError
        If it is not a plan.
    """
    refuse_others(path, "a plan")
    from staffing.plan.plan import Plan

    return Plan.load(path)


def read_baseline(path: Path, scenario: Scenario, from_week: int | None) -> Plan:
    """Read a plan as the baseline of a re-plan, and print what in it does not agree, or is left out.

    Raises
    ------
    PlanError
        If it is not a plan, or none that a re-plan of this scenario could begin from.
    """
    plan = read_plan(path)
    from staffing.plan.earlier import read_earlier

    try:
        told = read_earlier(plan, scenario.expanded, None if scenario.tells_worked else from_week or 1).warnings
    except PlanError as error:
        raise PlanError([replace(mistake, file=str(path)) for mistake in error.errors]) from None
    warn(replace(mistake, file=str(path)) for mistake in told)
    return plan


def read_answer(path: Path) -> Record:
    """Read an answer that a page shows.

    Raises
    ------
    InputError
        If it is none.
    """
    from staffing.report.answers.document import read

    return read(path)


def read_shown(path: Path) -> Plan | Record:
    """Read what a page shows: a plan, or an answer.

    Raises
    ------
    InputError
        If it is neither.
    """
    tree = _tree(path)
    if isinstance(tree, dict):
        if str(tree.get("format", "")).startswith("staffing-answer/"):
            return read_answer(path)
        if not tree.keys() & _OF_PLANS and recognised(path) is None:
            raise InputError([Mistake('this is neither a plan nor an answer: it has no "format"', file=str(path))])
    return read_plan(path)


def is_plan(path: Path) -> bool:
    """Return whether a file holds a plan, judged by its content."""
    tree = _tree(path, _FORMAT)
    return isinstance(tree, dict) and str(tree.get("format", "")).startswith(_FORMAT)


def _tree(path: Path, having: str = "") -> object:
    """Return the content of a file of JSON that has a word in it; None of any other file."""
    if path.suffix.lower() != ".json":
        return None
    from staffing.plan.content import content

    try:
        text = content(path)
        # a large scenario is not parsed only to see that it is none
        tree: object = json.loads(text) if having.encode() in text else None
    except (PlanError, ValueError, RecursionError):  # the reader of scenarios says what is wrong, and where
        return None
    return tree
