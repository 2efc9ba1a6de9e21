"""Edits that people make in a plan file by hand, at random."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import Any

VALUES: dict[str, list[Any]] = {
    "hours": [0, 0.0, -2, 0.1, 0.3333, 1 / 3, 3.3, 4, 6.25, 40, 1e9, 1e-7, 100_000],
    "week": [1, 2, 3, 4, 156],
    "week_start": ["2026-01-05", "2026-01-12", "2026-01-19", "2025-12-29", "2026-01-06"],
    "staff": ["sara", "omid", "pm", "pm-2", "nobody"],
    "task": ["a", "b", "c", "d", "r@1", "r@2", "nothing", "r"],
    "client": ["nova", "zeta", "none"],
    "kind": ["strategic", "tactical"],
    "fixed": [True, False],
    "state": ["delivered", "late", "waiting", "done"],
    "owners": [[], ["sara"], ["omid"], ["omid", "omid"], ["sara", "omid"], ["nobody"]],
    "first_week": [None, 1, 2, 3, 9],
    "last_week": [None, 1, 2, 3, 9],
    "first_day": [None, "2026-01-05", "2026-01-19", "2026-01-07", "2020-01-01"],
    "last_day": [None, "2026-01-05", "2026-01-19", "2026-01-07", "2036-01-01"],
    "reason": [None, "capacity"],
    "start": ["2026-01-05", "2026-01-12", "2026-01-01"],
}
LISTS = ("allocations", "tasks", "hired", "overtime", "goals", "baseline.tasks", "context.people")


def edited(document: dict[str, Any], chance: Random) -> dict[str, Any]:
    """Return a plan file with one to four edits: records taken out, written twice, moved or changed, or fields."""
    found = deepcopy(document)
    for _ in range(chance.choice((1, 1, 2, 4))):
        chance.choice((_edit_list, _edit_list, _edit_list, _edit_field, _edit_top))(found, chance)
    return found


def _edit_list(document: dict[str, Any], chance: Random) -> None:
    name = chance.choice(LISTS[:2] * 4 + LISTS)
    entries: Any = document
    for part in name.split("."):
        entries = (entries or {}).get(part)
    if not entries:
        return
    number = chance.randrange(len(entries))
    what = chance.choice(("delete", "twice", "shuffle", "change", "change", "change", "swap"))
    if what == "delete":
        del entries[number]
    elif what == "twice":
        entries.append(deepcopy(entries[number]))
    elif what == "shuffle":
        chance.shuffle(entries)
    elif isinstance(entries[number], dict):
        fields = [field for field in entries[number] if field in VALUES]
        for field in chance.sample(fields, min(len(fields), chance.choice((1, 1, 2)))):
            other = chance.choice(entries)[field] if what == "swap" else chance.choice(VALUES[field])
            entries[number][field] = other


def _edit_field(document: dict[str, Any], chance: Random) -> None:
    """Change one field of every allocation or every task, as search and replace does."""
    name = chance.choice(("allocations", "tasks"))
    if not document[name]:
        return
    field = chance.choice([field for field in document[name][0] if field in VALUES])
    old, new = chance.choice(document[name])[field], chance.choice(VALUES[field])
    for entry in document[name]:
        if entry[field] == old:
            entry[field] = new


def _edit_top(document: dict[str, Any], chance: Random) -> None:
    key = chance.choice(("context", "metrics", "solver", "baseline", "allocations", "tasks", "from_week", "start"))
    if key == "from_week":
        document["solver"] = {"from_week": chance.choice((1, 2, 3, 9, None, "2"))}
    elif key == "start":
        if document.get("context"):
            document["context"]["start"] = chance.choice(VALUES["start"])
    else:
        document[key] = {"context": None, "metrics": {}, "solver": {}, "baseline": None}.get(key, [])
