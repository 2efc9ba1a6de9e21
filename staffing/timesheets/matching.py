"""From the names in a timesheet to the ids of a scenario."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from staffing.errors import InputError, Mistake
from staffing.scenario.findings import Speller
from staffing.scenario.paths import label
from staffing.scenario.records import Task
from staffing.scenario.scenario import Scenario
from staffing.scenario.spelling import alike
from staffing.timesheets.column_map import Names
from staffing.timesheets.timesheet import Entry

_OCCURRENCE = re.compile(r"@\d+\Z")


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry was for.

    Attributes
    ----------
    staff
        The person; None if nobody, or more than one, is called so.
    client, project
        What it was for, as far as it is known.
    task
        The task; None if none, or more than one, is called so.
    reason
        Why the person or the task is not known; "" if both are.
    """

    staff: str | None
    client: str | None
    project: str | None
    task: Task | None
    reason: str


class Matcher:
    """Finds people, clients, projects and tasks by id, by name and by the names a user gives.

    Capitals, blanks, invisible signs and the Arabic forms of Persian letters make no difference.

    Raises
    ------
    InputError
        Where a name is given for an id that the scenario does not have.
    """

    def __init__(self, scenario: Scenario, names: Names) -> None:
        self.scenario = scenario
        self.tasks = {task.id: task for task in scenario.tasks}
        self.projects = {project.id: project for project in scenario.projects}
        people = ((person.id, person.name) for person in scenario.expanded.people.values())
        self._staff = _index("staff", people, names.staff)
        self._clients = _index("clients", _named(scenario.clients), names.clients)
        self._projects = _index("projects", _named(scenario.projects), names.projects)
        self._tasks = _index("tasks", _named(scenario.tasks), names.tasks)
        self._speller = Speller()
        self._people_named = [person.name or id_ for id_, person in scenario.expanded.people.items()]
        self._tasks_named = [task.name or task.id for task in scenario.tasks]

    def match(self, entry: Entry) -> Match:
        """Return what an entry was for."""
        people = _found(self._staff, (entry.staff,))
        staff = people[0] if len(people) == 1 else None
        clients = _found(self._clients, entry.client)
        client = clients[0] if len(clients) == 1 else None
        projects = _found(self._projects, entry.project, lambda id_: client in (None, self.projects[id_].client))
        project = projects[0] if len(projects) == 1 else None
        names = tuple(name for text in entry.task for name in dict.fromkeys((text, _OCCURRENCE.sub("", text))))
        tasks = _found(self._tasks, names, lambda id_: self._fits(self.tasks[id_], client, project))
        task = self.tasks[tasks[0]] if len(tasks) == 1 else None
        if task is not None:
            project = task.project or project
            client = task.client or (self.projects[task.project].client if task.project else client)
        elif project is not None:
            client = self.projects[project].client
        return Match(staff, client, project, task, self._why(people, tasks, entry))

    def _why(self, people: tuple[str, ...], tasks: tuple[str, ...], entry: Entry) -> str:
        """Return what is not known, the person before the task, with the nearest name there is."""
        for ids, what, said, known in (
            (people, "person", (entry.staff,) if entry.staff else (), self._people_named),
            (tasks, "task", entry.task, self._tasks_named),
        ):
            if len(ids) > 1:
                return f"more than one {what} is called so: {', '.join(ids)}"
            if not ids:
                near = next(filter(None, (self._speller.nearest(word, known) for word in said)), None)
                nearly = "" if near is None else f", the nearest is {label(near)}"
                return f"no {what} is called so{nearly}" if said else f"no {what} is named"
        return ""

    def _fits(self, task: Task, client: str | None, project: str | None) -> bool:
        own = task.client or (self.projects[task.project].client if task.project else None)
        return client in (None, own) and (project is None or task.project in (None, project))


def _named(entries: Iterable[object]) -> Iterable[tuple[str, str | None]]:
    return ((getattr(entry, "id", ""), getattr(entry, "name", None)) for entry in entries)


def _index(
    kind: str, entries: Iterable[tuple[str, str | None]], given: Mapping[str, str]
) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Return three ways to find ids, the surest first: names given by the user, ids, names."""
    ids: dict[str, tuple[str, ...]] = {}
    names: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for id_, name in entries:
        known.add(id_)
        ids[alike(id_)] = (*ids.get(alike(id_), ()), id_)
        names[alike(name or id_)] = (*names.get(alike(name or id_), ()), id_)
    for name, id_ in given.items():
        if id_ not in known:
            message = f"{label(name)} stands for {label(id_)}, which the scenario does not have"
            raise InputError([Mistake(message, f"names.{kind}")])
    return {alike(name): (id_,) for name, id_ in given.items()}, ids, names


def _found(
    index: tuple[dict[str, tuple[str, ...]], ...], names: Iterable[str], fits: Callable[[str], bool] = lambda _: True
) -> tuple[str, ...]:
    """Return the ids that the first of the names to lead anywhere leads to."""
    for name in names:
        for ids in index:
            if found := tuple(id_ for id_ in ids.get(alike(name), ()) if fits(id_)):
                return found
    return ()
