"""A change of a scenario as a file that extends it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from staffing.plan.writing import write_whole

SUFFIXES = (".yaml", ".yml", ".toml", ".json")
"""What a change is written as."""


def write_change(base: Path, patch: Mapping[str, Any], target: Path) -> None:
    """Write a What-if as a scenario that extends the one it changes, whole or not at all.

    Parameters
    ----------
    base
        The file or folder of the scenario.
    patch
        The changes.
    target
        Where to, in the format of its suffix.

    Raises
    ------
    OutputError
        Where it cannot be written.
    """
    from staffing.writing.texts import json_text, toml_text, yaml_text

    data = {"extends": _relative(base, target), **_exact(dict(patch))}
    texts = {".toml": toml_text, ".json": json_text}
    write_whole(target, texts.get(target.suffix.lower(), yaml_text)(data), encoding="utf-8")


def _relative(base: Path, target: Path) -> str:
    """Return the path of the scenario from the folder of the change; the whole path where they share no drive."""
    try:
        return Path(os.path.relpath(base.resolve(), target.resolve().parent)).as_posix()
    except ValueError:
        return base.resolve().as_posix()


def _exact(value: Any) -> Any:
    """Return plain values as the writers of scenarios take them: numbers as the decimals they are written as."""
    if isinstance(value, Mapping):
        return {key: _exact(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(one) for one in value]
    return Decimal(str(value)) if isinstance(value, float) else value
