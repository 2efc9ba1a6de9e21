"""What-if: one scenario as a change of another."""

from __future__ import annotations

from typing import Any

from staffing.files.remove import remove
from staffing.files.tree import LISTS, Copy, Path, Tree, id_of, without, without_nulls

_SHORT_FORMS = {("clients", "budget"): "amount", ("projects", "budget"): "amount", ("staff", "overtime"): "hours"}
"""What a bare value means, in the list and field where it stands for a mapping."""


def change(base: Tree, changes: Tree) -> Tree:
    """Change a scenario.

    Mappings merge key by key; staff, clients, projects and tasks merge by ``id``, new entries coming last;
    everything else replaces, and null takes a field back to its default. ``remove`` acts on the base first.

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
        if isinstance(new, dict) and isinstance(old := _lifted(old, to), dict):
            return self.mapping(old, old_path, new, new_path, to)
        if isinstance(new, list) and isinstance(old, list) and len(to) == 1 and to[0] in LISTS:
            return self.entries(old, old_path, new, new_path, to)
        return self.made.take(self.changes, new, new_path, to)

    def entries(self, old: list[Any], old_path: Path, new: list[Any], new_path: Path, to: Path) -> list[Any]:
        """Merge by id, in the order of the base; what has no partner there comes last, for checks to judge."""
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
                merged.append(self.made.take(self.changes, entry, (*new_path, index), (*to, len(merged))))
        return merged


def _lifted(value: Any, path: Path) -> Any:
    """Write a short form out, such as ``budget: 1000``, where the change has the long one."""
    if value is None or isinstance(value, dict | list) or len(path) != 3:
        return value
    key = _SHORT_FORMS.get((str(path[0]), str(path[2])))
    return {key: value} if key else value
