"""A scenario with other rows of ``worked``, written as a copy of the file that it comes from.

Only these rows and ``as_of`` change; comments, colours, sheets and columns of the user's own stay. The copy is read
back before anybody relies on it. A file that nothing can be put into, or that is to be of another format, is written
anew.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from staffing.errors import OutputError, ScenarioError
from staffing.files.read import READERS
from staffing.files.text import read_content
from staffing.files.tree import Tree
from staffing.keeping.change import Change, UnusualFileError, change_of
from staffing.keeping.csv_folder import changed_folder
from staffing.keeping.json_file import changed_json
from staffing.keeping.toml_file import changed_toml
from staffing.keeping.workbook import changed_workbook
from staffing.keeping.yaml_file import changed_yaml
from staffing.loading import load
from staffing.scenario.scenario import Scenario
from staffing.writing.data import Day
from staffing.writing.formats import FOLDER, format_of
from staffing.writing.write import Content, write_content, write_scenario

_ALIKE = {".yml": ".yaml"}
_TEXTS: Mapping[str, Callable[[str, Change], str]] = {
    ".yaml": changed_yaml,
    ".toml": changed_toml,
    ".json": changed_json,
}
_ANEW = (
    "the scenario is written anew, and what is no part of it, such as comments, colours and notes, is left out: "
    "its file is written in a way that nothing can be put into"
)


@dataclass(frozen=True, slots=True)
class _Edited:
    """What a file becomes, and what its user should know of it."""

    content: Content
    notes: tuple[str, ...] = ()


def write_worked(scenario: Scenario, source: Path, target: Path, form: str | None = None) -> tuple[str, ...]:
    """Write a copy of a scenario's file with its new ``worked`` rows and ``as_of``, whole or not at all.

    Parameters
    ----------
    scenario
        The scenario as it is to be: that of the file but for these.
    source
        The file it was read from.
    target
        Where to.
    form
        The format; by the suffix of the target if not given.

    Returns
    -------
    tuple of str
        What could not be kept, or what to look at, each in one sentence.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    form = form or format_of(str(target))
    old = format_of(str(source))
    if _ALIKE.get(form, form) != _ALIKE.get(old, old):
        write_scenario(scenario, target, form)
        return ()
    try:
        tree = READERS[old](source)
        place = _base_of(source, tree)
        checked = _edited(scenario, source, tree, _settings(scenario, str(place) if place else None))
        if not _comes_back(scenario, checked.content, form):
            raise UnusualFileError
        edited = checked
        if place is not None:
            edited = _edited(scenario, source, tree, _settings(scenario, _from_target(place, target, form)))
    except UnusualFileError:
        write_scenario(scenario, target, form)
        return (_ANEW,)
    write_content(edited.content, target)
    return edited.notes


def _base_of(source: Path, tree: Tree) -> Path | None:
    """Return the path of the file that a file extends; None if it extends none."""
    base = tree.data.get("extends")
    if not isinstance(base, str):
        return None
    return Path(os.path.abspath((source if source.is_dir() else source.parent) / base))


def _from_target(base: Path, target: Path, form: str) -> str:
    """Return the path of a base as it must stand in the target."""
    try:
        return Path(os.path.relpath(base, target if form == FOLDER else target.parent)).as_posix()
    except ValueError:  # on another drive
        return str(base)


def _settings(scenario: Scenario, extends: str | None) -> dict[str, str]:
    assert scenario.as_of is not None
    settings: dict[str, str] = {"as_of": Day(scenario.as_of, scenario.calendar.system)}
    return settings | ({"extends": extends} if extends is not None else {})


def _edited(scenario: Scenario, source: Path, tree: Tree, settings: dict[str, str]) -> _Edited:
    form = format_of(str(source))
    change = change_of(tree, scenario.worked, settings, scenario.calendar.system)
    if form == FOLDER:
        assert scenario.as_of is not None
        gregorian = {**settings, "as_of": Day(scenario.as_of, "gregorian")}  # as CSV carries dates
        return _Edited(changed_folder(source, tree, change_of(tree, scenario.worked, gregorian, "gregorian")))
    if form == ".xlsx":
        return _Edited(*changed_workbook(source, tree, change))
    content = read_content(source)
    text = content.decode("utf-8-sig")
    mark = content[: len(content) - len(text.encode())]
    return _Edited(mark + _TEXTS[_ALIKE.get(form, form)](text, change).encode())


def _comes_back(scenario: Scenario, content: Content, form: str) -> bool:
    """Return whether what would be written reads back as the same scenario."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / ("scenario" if form == FOLDER else f"scenario{form}")
        write_content(content, copy)
        try:
            return load(copy).fingerprint == scenario.fingerprint
        except (ScenarioError, OutputError):
            return False
