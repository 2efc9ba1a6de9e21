"""A scenario as it was written: plain values, and the place each of them stands in."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from staffing.errors import Mistake
from staffing.scenario.paths import Path, friendly

ADDED = ("time_off", "skills")
"""Fields of these entries to which a what-if adds, unless null stands first."""
MAX_DEPTH = 100
"""Most levels of mappings and lists inside each other."""
MAX_VALUES = 1_000_000
"""Most values of one tree, aliases written out."""
TOO_DEEP = f"this is nested too deep: at most {MAX_DEPTH} levels are allowed"
TOO_MANY = f"this holds too many values: at most {MAX_VALUES:,} are allowed, aliases written out"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file.

    Attributes
    ----------
    file
        The file, as the user named it.
    line, column
        Counted from 1, in a workbook row and column; None where only the file is known.
    sheet
        The sheet of a workbook; None in other files.
    """

    file: str
    line: int | None = None
    column: int | None = None
    sheet: str | None = None

    def mistake(self, message: str, path: str = "") -> Mistake:
        """Return a mistake at this place."""
        return Mistake(message, path, self.file, self.line, self.column, self.sheet)


@dataclass(frozen=True)
class Tree:
    """Plain values with their places.

    Attributes
    ----------
    data
        Nested dicts, lists, text, true and false, None, and numbers as :class:`~staffing.scenario.amounts.Written`.
    places
        Where the values stand.
    key_places
        Where the keys of mappings stand, by the path of the value they name.
    warnings
        What is legal, but surely not meant.
    files
        The files and folders it was read from: the one asked for, then what it extends, and so on.
    """

    data: dict[str, Any]
    places: Mapping[Path, Place] = field(default_factory=dict)
    key_places: Mapping[Path, Place] = field(default_factory=dict)
    warnings: tuple[Mistake, ...] = ()
    files: tuple[pathlib.Path, ...] = ()

    def place(self, path: Path) -> Place | None:
        """Return the place of a value, or else of the nearest value around it that has one."""
        for end in range(len(path), -1, -1):
            if (found := self.places.get(path[:end])) is not None:
                return found
        return None

    def key_place(self, path: Path) -> Place | None:
        """Return the place of a value's key, or else of the value."""
        return self.key_places.get(path) or self.place(path)

    def mistake(self, path: Path, message: str, key: bool = False) -> Mistake:
        """Return a mistake about a value, or with `key` about the key that names it."""
        place = self.key_place(path) if key else self.place(path)
        named = friendly(path, self.data)
        if place is None:
            return Mistake(message, named)
        return place.mistake(message, named)


def without(tree: Tree, dropped: frozenset[Path]) -> Tree:
    """Return a tree without the values at the given paths; what follows in a list moves up."""
    if not dropped:
        return tree
    copy = Copy()
    data = copy.take(tree, tree.data, (), (), dropped)
    return replace(tree, data=data, places=copy.places, key_places=copy.key_places)


def without_nulls(tree: Tree) -> Tree:
    """Return a tree without the fields that are null, which means left at their defaults."""
    found: list[Path] = []

    def look(value: object, path: Path) -> None:
        if isinstance(value, dict):
            found.extend((*path, key) for key, child in value.items() if child is None)
        children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, child in children:
            if isinstance(child, dict | list):
                look(child, (*path, key))

    look(tree.data, ())
    return without(tree, frozenset(found))


class Copy:
    """A tree in the making, whose values keep the places they came from."""

    def __init__(self) -> None:
        self.places: dict[Path, Place] = {}
        self.key_places: dict[Path, Place] = {}

    def take(self, tree: Tree, value: Any, path: Path, to: Path, dropped: frozenset[Path] = frozenset()) -> Any:
        """Copy the value that stands at `path` of a tree to the path `to`, without the dropped paths in it."""
        self.mark(tree, path, to)
        if isinstance(value, dict):
            kept = {}
            for key, child in value.items():
                if (*path, key) not in dropped:
                    self.mark_key(tree, (*path, key), (*to, key))
                    kept[key] = self.take(tree, child, (*path, key), (*to, key), dropped)
            return kept
        if isinstance(value, list):
            entries: list[Any] = []
            for index, child in enumerate(value):
                if (*path, index) not in dropped:
                    entries.append(self.take(tree, child, (*path, index), (*to, len(entries)), dropped))
            return entries
        return value

    def mark(self, tree: Tree, path: Path, to: Path) -> None:
        """Note that the value now at `to` stands where `path` of a tree does."""
        if (place := tree.place(path)) is not None:
            self.places[to] = place

    def mark_key(self, tree: Tree, path: Path, to: Path) -> None:
        """Note that the key now at `to` stands where the key at `path` of a tree does."""
        if (place := tree.key_places.get(path)) is not None:
            self.key_places[to] = place
