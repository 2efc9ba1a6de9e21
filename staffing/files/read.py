"""Reading a scenario: by its format, with what it extends, down to one tree."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from staffing.errors import Mistake, ScenarioError
from staffing.files.csv_folder import csv_folder_tree
from staffing.files.json_text import json_tree
from staffing.files.text import read_text, refused
from staffing.files.toml_text import toml_tree
from staffing.files.tree import MAX_DEPTH, TOO_DEEP, Tree, without, without_nulls
from staffing.files.what_if import change
from staffing.files.workbook import workbook_tree
from staffing.files.yaml_text import yaml_tree
from staffing.scenario.paths import label

Reader: TypeAlias = Callable[[pathlib.Path], Tree]
"""Reads one file, or folder, as it stands: nothing extended, nothing removed."""


def _from_text(read: Callable[[str, str], Tree]) -> Reader:
    return lambda path: read(read_text(path), str(path))


READERS: dict[str, Reader] = {
    ".yaml": _from_text(yaml_tree),
    ".yml": _from_text(yaml_tree),
    ".toml": _from_text(toml_tree),
    ".json": _from_text(json_tree),
    ".xlsx": workbook_tree,
    "/": csv_folder_tree,
}
"""The reader for each suffix, in lower case; ``"/"`` is a folder."""


def read_tree(path: str | os.PathLike[str]) -> Tree:
    """Read a scenario file.

    Follows ``extends`` from file to file, applies the changes of each, takes fields that are null back to their
    defaults, and names the scenario after the file where the file itself does not.

    Parameters
    ----------
    path
        A .yaml, .yml, .toml, .json or .xlsx file, or a folder of CSV files.

    Raises
    ------
    ScenarioError
        With every mistake found.
    """
    chain = _chain(pathlib.Path(path))
    files = tuple(one for one, _ in chain)
    file, tree = chain[0]
    _, result = chain.pop()
    while chain:
        _, changes = chain.pop()
        result = change(result, changes)
    own_name = "name" in tree.data and tree.data["name"] is not None
    inherited = set() if own_name else {"name"}
    result = without(result, frozenset((key,) for key in {"extends", "remove"} | inherited if key in result.data))
    if not own_name:
        result = replace(result, data={"name": _name(file), **result.data})
    return replace(without_nulls(result), files=files)


def _name(path: pathlib.Path) -> str:
    """Return a scenario's name: that of its file or folder."""
    return path.resolve().name if path.is_dir() else path.stem


def tree_of(mapping: Mapping[str, Any]) -> Tree:
    """Return a tree of data from code; it has no places.

    Numbers and dates are left as they are; null and ``remove`` too, for :func:`~staffing.files.what_if.change`.

    Raises
    ------
    ScenarioError
        Where it is nested too deep, holds itself, or has ``extends``, which only a file can have.
    """
    data = _plain(mapping, 1)
    if "extends" in data:
        raise ScenarioError([Mistake("only a scenario in a file extends another", "extends")])
    return Tree(data)


def _plain(value: Any, depth: int) -> Any:
    if isinstance(value, Mapping | list | tuple):
        if depth > MAX_DEPTH:
            raise ScenarioError(TOO_DEEP)
        if isinstance(value, Mapping):
            return {"null" if key is None else str(key): _plain(child, depth + 1) for key, child in value.items()}
        return [_plain(child, depth + 1) for child in value]
    return value


def _chain(path: pathlib.Path) -> list[tuple[pathlib.Path, Tree]]:
    """Read a file and what it extends, and what that extends, and so on."""
    chain: list[tuple[pathlib.Path, Tree]] = []
    seen: dict[str, pathlib.Path] = {}
    while True:
        tree = _read_one(path) if not chain else _read_base(path, chain[-1][1])
        chain.append((path, tree))
        seen[os.path.realpath(path)] = path
        base = tree.data.get("extends")
        if base is None:
            if "remove" in tree.data and tree.data["remove"] is not None:
                message = "remove works on the scenario that extends names, and there is no extends"
                raise ScenarioError([tree.mistake(("remove",), message, key=True)])
            return chain
        if not isinstance(base, str) or not base or "\0" in base:
            raise ScenarioError([tree.mistake(("extends",), "extends is the path of another scenario, as text")])
        path = (path if path.is_dir() else path.parent) / base  # a folder's paths begin in it, where its files lie
        if os.path.realpath(path) in seen:
            files = " extends ".join(str(file) for file in [*seen.values(), path])
            raise ScenarioError([tree.mistake(("extends",), f"the scenarios extend each other in a circle: {files}")])


def _read_base(path: pathlib.Path, asking: Tree) -> Tree:
    """Read what a tree extends; a mistake about that file as a whole has the place of ``extends`` in the tree."""
    try:
        return _read_one(path)
    except ScenarioError as error:
        raise ScenarioError([_where_asked(mistake, path, asking) for mistake in error.errors]) from None


def _where_asked(mistake: Mistake, path: pathlib.Path, asking: Tree) -> Mistake:
    if mistake.line is not None or mistake.sheet is not None:
        return mistake
    return asking.mistake(("extends",), f"{label(str(path), 200)} cannot be extended: {mistake.message}")


def _read_one(path: pathlib.Path) -> Tree:
    suffix = "/" if os.path.isdir(path) else path.suffix.lower()
    if suffix not in READERS:
        suffixes = ", ".join(known for known in READERS if known != "/")
        what = f"a file {suffix or 'without a suffix'} is not read"
        raise refused(path, f"{what}: a scenario is a file {suffixes} or a folder of CSV files")
    return READERS[suffix](path)
