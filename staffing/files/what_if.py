"""What-if: one scenario as a change of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from staffing.files.remove import remove
from staffing.files.tables_lists import NULL
from staffing.files.tree import ADDED, Copy, Tree, without, without_nulls
from staffing.scenario.paths import LISTS, Path, id_of, name_of

_SHORT_FORMS = {
    ("clients", "budget"): "amount",
    ("projects", "budget"): "amount",
    ("staff", "overtime"): "hours",
    ("tasks", "hours"): "likely",
}
"""What a bare value means, in the list and field where it stands for a mapping."""


def change(base: Tree, changes: Tree) -> Tree:
    """Change a scenario.

    Mappings merge key by key; staff, clients, projects and tasks merge by ``id``, new entries coming last;
    days off and skills add to the base's; everything else replaces, and null takes a field back to its default. Where
    null stands first in days off or skills, the base's are gone. ``remove`` acts on the base first.

    Parameters
    ----------
    base
        The scenario to change.
    changes
        Written like a scenario, with ``remove`` where wanted.

    Returns
    -------
    Tree
        Its places point at the file that gave each value; its warnings are those of both trees and of ``remove``.

    Raises
    ------
    ScenarioError
        Where ``remove`` is not a mapping of lists of ids.
    """
    base = remove(base, changes)
    changes = without(changes, frozenset({("extends",), ("remove",)}))
    merge = _Merge(base, changes)
    data = merge.mapping(base.data, (), changes.data, (), ())
    merged = Tree(data, merge.made.places, merge.made.key_places, base.warnings + changes.warnings)
    return without_nulls(merged)


class _Merge:
    """A change in the making."""

    def __init__(self, base: Tree, changes: Tree) -> None:
        self.base, self.changes, self.made = base, changes, Copy()

    def mapping(self, old: dict[str, Any], old_path: Path, new: dict[str, Any], new_path: Path, to: Path) -> Any:
        """Merge key by key."""
        self.made.mark(self.changes, new_path, to)
        merged: dict[str, Any] = {}
        for key in [*old, *(key for key in new if key not in old)]:
            here = (*to, key)
            before, after = (*old_path, key), (*new_path, key)
            if key not in new:
                self.made.mark_key(self.base, before, here)
                merged[key] = self.made.take(self.base, old[key], before, here)
            elif new[key] is not None:
                self.made.mark_key(self.changes, after, here)
                merged[key] = self.value(old.get(key), before, new[key], after, here)
        return merged

    def value(self, old: Any, old_path: Path, new: Any, new_path: Path, to: Path) -> Any:
        """Merge two values of one field, or let the new one replace the old."""
        if isinstance(new, dict) and isinstance(old := _lifted(old, to), dict) and not _is_added(to):
            return self.mapping(old, old_path, new, new_path, to)
        if isinstance(new, list) and isinstance(old, list | None) and len(to) == 1 and to[0] in LISTS:
            return self.entries(old or [], old_path, new, new_path, to)
        if _is_added(to):
            return self.added(old, old_path, new, new_path, to)
        return self.made.take(self.changes, new, new_path, to)

    def added(self, old: Any, old_path: Path, new: Any, new_path: Path, to: Path) -> Any:
        """Add days off or skills to the base's; null in first place removes those of the base."""
        emptied, fresh = _parts(new, new_path)
        _, kept = _parts(None if emptied else old, old_path)
        if fresh is None or kept is None or (to[2] == "skills" and not all(map(_is_skill, (*kept, *fresh)))):
            return self.made.take(self.changes, new, new_path, to)  # not what it should be, for checks to judge
        self.made.mark(self.changes, new_path, to)
        if to[2] == "skills" and not all(part.key is None for part in (*kept, *fresh)):
            return self.levels([*((self.base, part) for part in kept), *((self.changes, part) for part in fresh)], to)
        known = {_same(part.value) for part in kept}
        parts = [(self.base, part) for part in kept]
        parts += [(self.changes, part) for part in fresh if _same(part.value) not in known]
        return [self.made.take(tree, part.value, part.path, (*to, at)) for at, (tree, part) in enumerate(parts)]

    def levels(self, parts: list[tuple[Tree, _Part]], to: Path) -> dict[str, Any]:
        """Return skills as a mapping to levels: a bare name is level 1; a skill named again has the new level."""
        found: dict[str, Any] = {}
        for tree, part in parts:
            name = part.key if part.key is not None else str(name_of(part.value))
            here = (*to, name)
            self.made.mark_key(tree, part.path, here)
            found[name] = self.made.take(tree, part.value if part.key is not None else 1, part.path, here)
        return found

    def entries(self, old: list[Any], old_path: Path, new: list[Any], new_path: Path, to: Path) -> list[Any]:
        """Merge lists by id, in the order of the base; entries that the base does not have come last."""
        partners: dict[str, int] = {}
        for index, entry in enumerate(new):
            if (name := id_of(entry)) is not None:
                partners.setdefault(name, index)
        merged: list[Any] = []
        taken: set[int] = set()
        for index, entry in enumerate(old):
            here, before = (*to, index), (*old_path, index)
            partner = partners.pop(id_of(entry) or "", None)
            if partner is None:
                merged.append(self.made.take(self.base, entry, before, here))
            else:
                merged.append(self.mapping(entry, before, new[partner], (*new_path, partner), here))
                taken.add(partner)
        for index, entry in enumerate(new):
            if index not in taken:
                here, after = (*to, len(merged)), (*new_path, index)
                merged.append(
                    self.mapping({}, after, entry, after, here)
                    if isinstance(entry, dict)
                    else self.made.take(self.changes, entry, after, here)
                )
        return merged


@dataclass(frozen=True, slots=True)
class _Part:
    """One of several days off or skills: in a mapping with its key."""

    key: str | None
    value: Any
    path: Path


def _is_added(path: Path) -> bool:
    """Whether a path leads to days off or skills of an entry of a list."""
    return len(path) == 3 and path[0] in LISTS and path[2] in ADDED


def _parts(value: Any, path: Path) -> tuple[bool, list[_Part] | None]:
    """Return whether null stands first, and the days off or skills one by one; None if neither list nor mapping."""
    if value is None:
        return False, []
    if isinstance(value, dict):
        emptied = next(iter(value.items()), None) == (NULL, None)
        return emptied, [
            _Part(key, child, (*path, key))
            for number, (key, child) in enumerate(value.items())
            if number or not emptied
        ]
    if not isinstance(value, list):
        return False, None
    emptied = value[:1] == [None]
    return emptied, [_Part(None, child, (*path, n)) for n, child in enumerate(value) if n or not emptied]


def _is_skill(part: _Part) -> bool:
    """Whether a part is a skill with its level, or the bare name of one."""
    return part.key is not None or name_of(part.value) is not None


def _same(value: Any) -> str:
    """Return a day off or a skill in one form, whichever way it is written."""
    if isinstance(value, dict):
        return f"{value.get('from')}..{value.get('to')}"
    text = name_of(value) or str(value)
    return f"{text}..{text}"


def _lifted(value: Any, path: Path) -> Any:
    """Return the long form of a short one, such as ``budget: 1000``, where the change has the long form."""
    if value is None or isinstance(value, dict | list) or len(path) != 3:
        return value
    key = _SHORT_FORMS.get((str(path[0]), str(path[2])))
    return {key: value} if key else value
