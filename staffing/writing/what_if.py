"""A change of a scenario as a file that extends it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from staffing.errors import OutputError, ScenarioError
from staffing.loading import load
from staffing.plan.writing import write_whole
from staffing.scenario.scenario import Scenario
from staffing.writing.texts import json_text, toml_text, yaml_text

_TEXTS: dict[str, Callable[[Mapping[str, Any]], str]] = {
    ".yaml": yaml_text,
    ".yml": yaml_text,
    ".toml": toml_text,
    ".json": json_text,
}
WHAT_IFS = tuple(_TEXTS)
"""What a change is written as, by suffix."""


def write_what_if(base: Path, scenario: Scenario, change: Mapping[str, Any], target: Path) -> None:
    """Write a change of a scenario into a file, in the format of its suffix.

    Parameters
    ----------
    base
        The file or folder of the scenario.
    scenario
        What is read from there.
    change
        The change, as :meth:`Scenario.patch` takes it.
    target
        Where to write; it says where the base lies from there.

    Raises
    ------
    OutputError
        Where it cannot be written, or would not be read as this change.
    """
    where = _path(base, target)
    content = _TEXTS[target.suffix.lower()]({"extends": where, **_plain(change)})
    write_whole(target, content, encoding="utf-8")
    try:
        same = load(target).fingerprint == scenario.patch(change).fingerprint
    except ScenarioError as error:
        raise OutputError(f"{target} cannot be read again: {error.errors[0].message}") from None
    if not same:
        raise OutputError(f"{target} would be read as another change: {base} is not what it was")


def _path(base: Path, target: Path) -> str:
    """Return where the base lies from the folder of the target."""
    try:
        return Path(os.path.relpath(base.resolve(), target.resolve().parent)).as_posix()
    except ValueError:  # on another drive
        return base.resolve().as_posix()


def _plain(value: Any) -> Any:
    """Return values as they are written: numbers to the digit."""
    if isinstance(value, Mapping):
        return {key: _plain(child) for key, child in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(child) for child in value]
    return Decimal(str(value)) if isinstance(value, float) else value
