"""Names that people read, for the ids a plan is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from staffing.plan.obstacles.records import Because
from staffing.plan.records import TaskContext

if TYPE_CHECKING:
    from staffing.plan.answer import Answer


class Names:
    """Names of a plan's people, clients, projects and tasks, and what each task is; the id where no name is known.

    Parameters
    ----------
    plan
        The plan; one read from a file alone may have no context, and then ids are shown.
    """

    def __init__(self, plan: Answer) -> None:
        self._plan = plan
        self._context = plan.context

    @cached_property
    def _people(self) -> dict[str, str]:
        return _telling((entry.id, entry.name) for entry in self._context.people) if self._context else {}

    @cached_property
    def _clients(self) -> dict[str, str]:
        return _telling((entry.id, entry.name) for entry in self._context.clients) if self._context else {}

    @cached_property
    def _projects(self) -> dict[str, str]:
        return _telling((entry.id, entry.name) for entry in self._context.projects) if self._context else {}

    @cached_property
    def _tasks(self) -> dict[str, TaskContext]:
        return {entry.id: entry for entry in self._context.tasks} if self._context else {}

    @cached_property
    def _worked_for(self) -> dict[str, str]:
        return {entry.task: entry.client for entry in self._plan.assigned}

    def person(self, id_: str) -> str:
        """Name of a person."""
        return self._people.get(id_, id_)

    def people(self, ids: Iterable[str]) -> str:
        """Names of people, side by side."""
        return ", ".join(self.person(id_) for id_ in ids)

    def client(self, id_: str) -> str:
        """Name of a client."""
        return self._clients.get(id_, id_)

    def task(self, id_: str) -> str:
        """Name of a task, or of the repeating task it is an occurrence of."""
        return self._tasks[id_].name if id_ in self._tasks else id_

    def work(self, id_: str) -> str:
        """Name of a task without the name of its client, which stands beside it."""
        return self.beside(self.task(id_), self.about(id_).client)

    def beside(self, name: str, client_id: str | None) -> str:
        """Shorten the name of a task that begins with the name of its client."""
        client = self.client(client_id) if client_id is not None else ""
        rest = name.removeprefix(client)
        short = rest.lstrip(" :–—-")
        return short if client and rest != name and short and not rest[0].isalnum() else name

    def project(self, id_: str) -> str:
        """Name of a project."""
        return self._projects.get(id_, id_)

    def about(self, task: str) -> TaskContext:
        """Return what is known of a task: its client, project and kind, what is left of it, and when it is due."""
        known = self._tasks.get(task, TaskContext(task, task))
        return known if known.client is not None else replace(known, client=self._worked_for.get(task))

    def because(self, task: str) -> Because | None:
        """Return why a task waits; None where the plan does not say it by what is in the way."""
        return self._because.get(task)

    @cached_property
    def _because(self) -> dict[str, Because]:
        return {entry.task: entry for entry in self._context.because} if self._context else {}

    def whose(self, task: str) -> tuple[str, str]:
        """Names of the client and the project of a task; an empty text where there is none, or it is not known."""
        about = self.about(task)
        return (
            self.client(about.client) if about.client is not None else "",
            self.project(about.project) if about.project is not None else "",
        )


def task_of(id_: str) -> str:
    """Return the id of the task that an occurrence ``ID@WEEK`` comes from; any other id is returned as it is."""
    return id_.partition("@")[0]


def _telling(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return a name for each id that no other id has."""
    named = dict(entries)
    often = Counter(named.values())
    return {id_: name if often[name] == 1 else f"{name} ({id_})" for id_, name in named.items()}
