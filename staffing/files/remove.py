"""Taking entries out of a scenario, with their work and every reference to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from staffing.errors import Mistake, ScenarioError
from staffing.files.tree import Tree, without
from staffing.scenario.amounts import Misread, occurrence
from staffing.scenario.directory import Directory
from staffing.scenario.findings import Speller
from staffing.scenario.paths import LISTS, Path, id_of, label, name_of


def remove(base: Tree, changes: Tree) -> Tree:
    """Remove from the base what the changes ask for.

    Removing a client removes its projects and tasks, removing a project its tasks. A removed id leaves every
    reference with a warning; so does an id the base does not have.

    Raises
    ------
    ScenarioError
        Where ``remove`` is not a mapping of staff, clients, projects, tasks to lists of ids.
    """
    asked = _asked(changes)
    gone = {kind: set(names) for kind, names in asked.items()}
    dropped: set[Path] = set()
    speller = Speller()
    directories = {kind: Directory.written(kind, base.data, speller) for kind in LISTS}
    warnings = [
        changes.mistake(
            path, f"the scenario that is changed has no {label(name)} to remove{directories[kind].remedy(name)}"
        )
        for kind, names in asked.items()
        for name, path in names.items()
        if all(id_of(entry) != name for _, entry in _entries(base, kind))
    ]
    for kind in ("staff", "clients", "projects", "tasks"):
        for path, entry in _entries(base, kind):
            if id_of(entry) in gone[kind] or _belongs_to(entry, kind, gone):
                dropped.add(path)
                gone[kind].add(id_of(entry) or "")
    gone["staff"] |= _copies(base, gone["staff"])
    for link in _links(base):
        if link.name in gone[link.kind] and link.path[:2] not in dropped:
            dropped.add(link.path)
            warnings.append(base.mistake(link.path, f"{label(link.name)} is removed, and so leaves this"))
    for name, paths in _booked_by(base, gone).items():
        dropped.update(path[:2] for path in paths)
        leave = "booking leaves" if len(paths) == 1 else f"{len(paths)} bookings leave"
        warnings.append(base.mistake(paths[0], f"{label(name)} is removed, and so its {leave}, too"))
    if kept := list(_worked_by(base, changes, asked, gone)):
        raise ScenarioError(kept)
    return replace(without(base, frozenset(dropped)), warnings=(*base.warnings, *warnings))


def _booked_by(base: Tree, gone: dict[str, set[str]]) -> dict[str, list[Path]]:
    """Return the bookings of what is removed, each under the first id that they lose."""
    found: dict[str, list[Path]] = {}
    known: set[Path] = set()
    for path, kind, name in _rows(base, "bookings"):
        if name in gone[kind] and path[:2] not in known:
            known.add(path[:2])
            found.setdefault(name, []).append(path)
    return found


def _rows(base: Tree, key: str) -> Iterator[tuple[Path, str, str]]:
    """Yield what rows of hours refer to: where, of which list, and the id."""
    rows = base.data.get(key)
    for index, row in enumerate(rows) if isinstance(rows, list) else ():
        for kind, field in (("staff", "staff"), ("tasks", "task")):
            if isinstance(row, dict) and (name := name_of(row.get(field))) is not None:
                yield (key, index, field), kind, occurrence(name)[0]


def _worked_by(
    base: Tree, changes: Tree, asked: dict[str, dict[str, Path]], gone: dict[str, set[str]]
) -> Iterator[Mistake]:
    """Yield a mistake for what cannot be removed since hours of it were worked, which every budget would lose.

    It is told where it is asked for, or, if it would go with its client, project or placeholder, where its hours stand.
    """
    found: dict[tuple[str, str], Path] = {}
    for path, kind, name in _rows(base, "worked"):
        if name in gone[kind]:
            found.setdefault((kind, name), path)
    for (kind, name), path in found.items():
        instead = "end, the last day of employment" if kind == "staff" else "cancelled: true"
        message = f"{label(name)} has worked hours and cannot be removed: say {instead}, instead"
        asked_for = asked[kind].get(name)
        yield base.mistake(path, message) if asked_for is None else changes.mistake(asked_for, message)


def _asked(changes: Tree) -> dict[str, dict[str, Path]]:
    """Return what ``remove`` asks for: for each list the ids, and where they stand."""
    asked: dict[str, dict[str, Path]] = {kind: {} for kind in LISTS}
    wanted = changes.data.get("remove")
    wrong: list[Mistake] = []
    if wanted is not None and not isinstance(wanted, dict):
        wrong.append(changes.mistake(("remove",), f"remove is a mapping of {', '.join(LISTS)} to lists of ids"))
    for kind, names in wanted.items() if isinstance(wanted, dict) else ():
        path: Path = ("remove", kind)
        if kind not in LISTS:
            message = f"{label(kind)} cannot be removed: {', '.join(LISTS)} are allowed"
            wrong.append(changes.mistake(path, message, key=True))
        elif names is not None and not isinstance(names, list):
            message = names.wrong if isinstance(names, Misread) else "this is not a list of ids"
            wrong.append(changes.mistake(path, message))
        for index, value in enumerate(names) if kind in LISTS and isinstance(names, list) else ():
            if (name := name_of(value)) is None:
                wrong.append(changes.mistake((*path, index), "this is not an id"))
            else:
                asked[kind].setdefault(name, (*path, index))
    if wrong:
        raise ScenarioError(wrong)
    return asked


def _entries(tree: Tree, kind: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    entries = tree.data.get(kind)
    for index, entry in enumerate(entries) if isinstance(entries, list) else ():
        if isinstance(entry, dict):
            yield (kind, index), entry


def _belongs_to(entry: dict[str, Any], kind: str, gone: dict[str, set[str]]) -> bool:
    """Return whether an entry is work of a removed client or project."""
    client, project = name_of(entry.get("client")), name_of(entry.get("project"))
    return (kind in {"projects", "tasks"} and client in gone["clients"]) or (
        kind == "tasks" and project in gone["projects"]
    )


def _copies(base: Tree, removed: set[str]) -> set[str]:
    """Return the ids ``id-2``, ``id-3``, ... of the copies of the removed placeholders."""
    staff = list(_entries(base, "staff"))
    copies: set[str] = set()
    for _, entry in staff:
        placeholder = entry.get("placeholder")
        count = placeholder.get("count") if isinstance(placeholder, dict) else None
        name = id_of(entry)
        if name in removed and isinstance(count, int | float | Decimal) and count >= 2:
            copies.update(f"{name}-{number}" for number in range(2, int(min(count, 100)) + 1))
    return copies - {id_of(entry) or "" for _, entry in staff}


@dataclass(frozen=True, slots=True)
class _Link:
    """A reference from one entry to another."""

    path: Path
    kind: str
    name: str


def _links(base: Tree) -> Iterator[_Link]:
    """Yield every reference that can be removed from its entry."""
    for path, client in _entries(base, "clients"):
        yield from _named(client.get("owners"), (*path, "owners"), "staff")
        yield from _named(client.get("exclude"), (*path, "exclude"), "staff")
    for path, task in _entries(base, "tasks"):
        yield from _named({"owner": task.get("owner")}, path, "staff")
        yield from _named(task.get("only"), (*path, "only"), "staff")
        yield from _named(task.get("except"), (*path, "except"), "staff")
        after = task.get("after")
        if isinstance(after, list):
            first = [entry.get("task") if isinstance(entry, dict) else entry for entry in after]
            yield from _named(first, (*path, "after"), "tasks")
        estimates = task.get("estimates")
        if isinstance(estimates, dict):
            yield from (_Link((*path, "estimates", name), "staff", name) for name in estimates)


def _named(names: object, path: Path, kind: str) -> Iterator[_Link]:
    """Yield the references among the values of a mapping or a list."""
    values = names.items() if isinstance(names, dict) else enumerate(names) if isinstance(names, list) else ()
    for key, value in values:
        if (name := name_of(value)) is not None:
            yield _Link((*path, key), kind, name)
