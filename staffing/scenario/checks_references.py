"""Do all names lead somewhere: ids, references, and the order of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from staffing.scenario.amounts import occurrence
from staffing.scenario.directory import role_meant
from staffing.scenario.expand import copy_ids
from staffing.scenario.findings import Finding
from staffing.scenario.paths import LISTS, Path, label
from staffing.scenario.records import Booking, Client, Task, Worked
from staffing.scenario.view import View

_FEW = 8


def duplicate_ids(view: View) -> Iterator[Finding]:
    """Each id once in its list; the copies of a placeholder count as staff."""
    for kind in LISTS:
        seen: set[str] = set()
        for number, entry in enumerate(getattr(view.draft, kind)):
            if entry.id in seen:
                yield Finding((kind, number, "id"), f'"{label(entry.id)}" is an id for the second time: ids are unique')
            seen.add(entry.id)
    of_copies = {copy: member.id for member in view.draft.staff for copy in copy_ids(member)[1:]}
    for number, member in enumerate(view.draft.staff):
        if member.id in of_copies:
            owner = of_copies[member.id]
            message = f'"{label(member.id)}" is also the id of a copy of the placeholder {label(owner)}: ids are unique'
            yield Finding(("staff", number, "id"), message)


def unknown_references(view: View) -> Iterator[Finding]:
    """Every reference names an entry."""
    for path, kind, name in _references(view):
        directory = view.directory(kind)
        if directory is not None and name not in directory.names:
            roles = view.directory("roles") if kind == "staff" else None
            role = None if roles is None else role_meant(path, name, roles)
            if path[-2:-1] == ("roles",) and name in view.staff:
                role = f'there is no role "{label(name)}": it is a person; say only: [{label(name)}]'
            message = role or directory.missing(name, _KEPT.get(kind, "") if path[0] == "worked" else "")
            yield Finding(path, message, "estimates" in path)


_KEPT = {
    "tasks": " (one that is given up stays, with cancelled: true)",
    "staff": " (somebody who left stays, with end, the last day)",
}
"""What was taken out of the scenario, though it was worked."""


def _references(view: View) -> Iterator[tuple[Path, str, str]]:
    for number, member in enumerate(view.draft.staff):
        yield ("staff", number, "role"), "roles", member.role
    for number, client in enumerate(view.draft.clients):
        yield from _of_client(("clients", number), client)
    for number, project in enumerate(view.draft.projects):
        yield ("projects", number, "client"), "clients", project.client
    for number, task in enumerate(view.draft.tasks):
        yield from _of_task(("tasks", number), task)
    yield from _of_rows("worked", view.draft.worked)
    yield from _of_rows("bookings", view.draft.bookings)


def _of_rows(key: str, rows: Sequence[Worked | Booking]) -> Iterator[tuple[Path, str, str]]:
    for number, row in enumerate(rows):
        yield (key, number, "task"), "tasks", occurrence(row.task)[0]
        yield (key, number, "staff"), "staff", row.staff


def _of_client(at: Path, client: Client) -> Iterator[tuple[Path, str, str]]:
    for kind, name in client.owners:
        if name is not None:
            yield (*at, "owners", kind), "staff", name
    for number, name in enumerate(client.exclude):
        yield (*at, "exclude", number), "staff", name


def _of_task(at: Path, task: Task) -> Iterator[tuple[Path, str, str]]:
    for key, kind in (("client", "clients"), ("project", "projects"), ("owner", "staff")):
        if (name := getattr(task, key)) is not None:
            yield (*at, key), kind, name
    for number, after in enumerate(task.after):
        yield (*at, "after", number), "tasks", after.task
    for key, names in (("only", task.only or ()), ("except", task.exclude)):
        for number, name in enumerate(names):
            yield (*at, key, number), "staff", name
    for number, name in enumerate(task.roles or ()):
        yield (*at, "roles", number), "roles", name
    for name in task.estimates:
        yield (*at, "estimates", name), "staff", name


def after_repeating(view: View) -> Iterator[Finding]:
    """A repeating task may not come first: which of its occurrences would?"""
    for number, task in enumerate(view.draft.tasks):
        for place, after in enumerate(task.after):
            first = view.tasks.get(after.task)
            if first is not None and first.repeat is not None:
                message = f"{label(first.id)} repeats, and only a task that does not can come before another"
                yield Finding(("tasks", number, "after", place), message)


def circles(view: View) -> Iterator[Finding]:
    """No task comes after itself.

    Depth first along ``after``, without recursion: a task met again while it is still open closes a circle.
    It stops after a hundred, as nobody reads more.
    """
    yield from islice(_circles(view), 100)


def _circles(view: View) -> Iterator[Finding]:
    numbers: dict[str, int] = {}
    for number, task in enumerate(view.draft.tasks):
        numbers.setdefault(task.id, number)
    finished: set[str] = set()
    for start in numbers:
        trail: dict[str, Iterator[tuple[int, str]]] = {}
        name: str | None = None if start in finished else start
        while name is not None or trail:
            if name is not None:
                trail[name] = iter([(place, after.task) for place, after in enumerate(view.tasks[name].after)])
            current = next(reversed(trail))
            name = None
            for place, first in trail[current]:
                if first in trail:
                    yield Finding(("tasks", numbers[current], "after", place), _circle(list(trail), first))
                elif first in numbers and first not in finished:
                    name = first
                    break
            else:
                finished.add(current)
                del trail[current]


def _circle(trail: list[str], first: str) -> str:
    around = [label(name) for name in islice(trail, trail.index(first), None)]
    shown = around if len(around) <= _FEW else [*around[: _FEW - 2], "...", around[-1]]
    return f"no task can wait for itself: {' after '.join([*shown, around[0]])}"
