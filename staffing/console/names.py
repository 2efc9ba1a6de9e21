"""Names that people read, for the ids a plan is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


class Names:
    """Names of a plan's people, clients and tasks; the id where the plan does not know the name.

    Parameters
    ----------
    plan
        The plan; one read from a file alone may have no context, and then ids are shown.
    """

    def __init__(self, plan: Plan) -> None:
        self._context = plan.context

    @cached_property
    def _people(self) -> dict[str, str]:
        return _telling((entry.id, entry.name) for entry in self._context.people) if self._context else {}

    @cached_property
    def _clients(self) -> dict[str, str]:
        return _telling((entry.id, entry.name) for entry in self._context.clients) if self._context else {}

    @cached_property
    def _tasks(self) -> dict[str, str]:
        return {entry.id: entry.name for entry in self._context.tasks} if self._context else {}

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
        return self._tasks.get(id_, id_)


def task_of(id_: str) -> str:
    """Give the task that an occurrence ``ID@WEEK`` comes from; any other task is its own."""
    return id_.partition("@")[0]


def _telling(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each id a name that no other has."""
    named = dict(entries)
    often = Counter(named.values())
    return {id_: name if often[name] == 1 else f"{name} ({id_})" for id_, name in named.items()}
