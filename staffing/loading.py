"""From a file, or data in code, to a checked scenario."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from staffing.errors import Mistake, ScenarioError
from staffing.files import Tree, read_tree, tree_of
from staffing.files.tree import without_nulls
from staffing.scenario.checks_warnings import warnings as odd
from staffing.scenario.findings import FromCode, in_order, told
from staffing.scenario.scenario import Scenario
from staffing.scenario.schema import schema

__all__ = ["Loaded", "from_mapping", "load", "read", "schema", "warnings"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of reading a scenario.

    Attributes
    ----------
    scenario
        The scenario; None where there are errors.
    errors
        Every mistake, in the order of the file.
    warnings
        What is legal but surely not meant, in the order of the file; only known where there are no errors.
    files
        What was read: the file or folder itself, what it extends, what that extends, and so on. Empty for data from
        code, and where one of them cannot be read.
    """

    scenario: Scenario | None
    errors: tuple[Mistake, ...]
    warnings: tuple[Mistake, ...] = ()
    files: tuple[pathlib.Path, ...] = ()


def load(path: str | os.PathLike[str]) -> Scenario:
    """Read a scenario file.

    Parameters
    ----------
    path
        A .yaml, .toml, .json or .xlsx file, or a folder of CSV files; what it extends is read too.

    Raises
    ------
    ScenarioError
        With every mistake, each with file, line and column (or sheet and cell), path and what is allowed.
    """
    return _sound(read(path))


def from_mapping(data: Mapping[str, Any]) -> Scenario:
    """Return a scenario made from data in code, written as in a file: None is a field left at its default.

    Raises
    ------
    ScenarioError
        With every mistake, each with its path.
    """
    return _sound(_read(lambda: without_nulls(tree_of(data))))


def read(path: str | os.PathLike[str]) -> Loaded:
    """Read a scenario file, and return its errors and warnings instead of raising them."""
    return _read(lambda: read_tree(path))


def warnings(scenario: Scenario | str | os.PathLike[str]) -> list[Mistake]:
    """Return warnings of what is legal but surely not meant.

    Parameters
    ----------
    scenario
        A scenario, or the file or folder of one: then each warning has its place.

    Raises
    ------
    ScenarioError
        With every mistake of a file that is read.
    """
    if isinstance(scenario, Scenario):
        data = scenario.model_dump(by_alias=True, exclude_unset=True)
        return list(told(in_order(odd(scenario), data), FromCode(data)))
    loaded = read(scenario)
    _sound(loaded)
    return list(loaded.warnings)


def _sound(loaded: Loaded) -> Scenario:
    if loaded.scenario is None:
        raise ScenarioError(loaded.errors)
    return loaded.scenario


def _read(tree_from: Callable[[], Tree]) -> Loaded:
    files: tuple[pathlib.Path, ...] = ()
    try:
        tree = tree_from()
        files = tree.files
        scenario = Scenario.model_validate(tree.data, context=tree)
    except ScenarioError as error:
        return Loaded(None, error.errors, files=files)
    return Loaded(scenario, (), (*tree.warnings, *told(in_order(odd(scenario), tree.data), tree)), files)
