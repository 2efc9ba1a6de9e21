"""A scenario as its checks see it: entries by id, and who may do what, also where references lead nowhere."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal, TypeVar

from staffing.scenario.directory import Directory
from staffing.scenario.draft import Draft
from staffing.scenario.expand import copy_ids
from staffing.scenario.findings import Speller
from staffing.scenario.records import Budget, Client, Project, Role, Staff, Task

Entry = TypeVar("Entry", Staff, Client, Project, Task)


@dataclass(frozen=True)
class View:
    """Entries by id; of entries with the same id, the first.

    Attributes
    ----------
    draft
        The scenario.
    others
        For each list and for roles, ids of entries that cannot be read; None if the whole list cannot.
    """

    draft: Draft
    others: Mapping[str, frozenset[str] | None] = field(default_factory=dict)
    speller: Speller = field(default_factory=Speller)

    @cached_property
    def staff(self) -> dict[str, Staff]:
        """The staff entry of each id, those of placeholder copies included."""
        return {copy: member for member in self.draft.staff for copy in copy_ids(member)} | _by_id(self.draft.staff)

    @cached_property
    def clients(self) -> dict[str, Client]:
        """Clients by id."""
        return _by_id(self.draft.clients)

    @cached_property
    def projects(self) -> dict[str, Project]:
        """Projects by id."""
        return _by_id(self.draft.projects)

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """Tasks by id."""
        return _by_id(self.draft.tasks)

    def ids(self, kind: str) -> Collection[str] | None:
        """Return the ids that may be named; None if they cannot be known."""
        others = self.others.get(kind, frozenset())
        if others is None:
            return None
        own: Collection[str] = self.draft.roles if kind == "roles" else getattr(self, kind)
        return own if not others else {*own, *others}

    def directory(self, kind: str) -> Directory | None:
        """Return the entries that may be named, by id and by name; None if they cannot be known."""
        if kind not in self._directories:
            known = self.ids(kind)
            listed = {} if kind == "roles" else {entry.id: entry.name for entry in getattr(self.draft, kind)}
            self._directories[kind] = (
                None if known is None else Directory(kind, {id_: listed.get(id_) for id_ in known}, self.speller)
            )
        return self._directories[kind]

    @cached_property
    def _directories(self) -> dict[str, Directory | None]:
        return {}

    def role(self, member: Staff) -> Role | None:
        """Return the role of a person; None if it is not known."""
        return self.draft.roles.get(member.role)

    def own(self, member: Staff, what: Literal["bill_rate", "strategic", "tactical"]) -> Decimal | None:
        """Return a value of a person, or else of the person's role; None if the role is not known."""
        value: Decimal | None = getattr(member, what)
        role = self.role(member)
        return value if value is not None else None if role is None else getattr(role, what)

    def client(self, task: Task) -> Client | None:
        """Return the client of a task; None if it is not known."""
        project = self.projects.get(task.project or "")
        return self.clients.get(task.client or (project.client if project else ""))

    def budgets(self, task: Task) -> list[Budget]:
        """Return the budgets that a task may burn."""
        holders = (self.client(task), self.projects.get(task.project or ""))
        return [holder.budget for holder in holders if holder is not None and holder.budget is not None]

    def allowed(self, task: Task, member: Staff) -> bool:
        """Whether a person, or any copy of a placeholder, is allowed to own a task, able or not."""
        copies = set(copy_ids(member))
        client = self.client(task)
        owner = task.owner or (getattr(client.owners, task.kind) if client else None)
        barred = {*task.exclude, *(client.exclude if client else ())}
        return (
            (owner is None or owner in copies)
            and (task.only is None or not copies.isdisjoint(task.only))
            and (task.roles is None or member.role in task.roles)
            and member.id not in barred
            and not copies <= barred
            and all(member.skills.get(skill, 0) >= level for skill, level in task.skills.items())
        )

    def able(self, task: Task, member: Staff) -> bool:
        """Whether a person has a productivity on a task, or an estimate for it."""
        return bool(self.own(member, task.kind)) or not task.estimates.keys().isdisjoint(copy_ids(member))


def _by_id(entries: Iterable[Entry]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for entry in entries:
        found.setdefault(entry.id, entry)
    return found


def is_done(task: Task) -> bool:
    """Whether nothing is left of a task, as far as its own fields say: what was worked is another matter."""
    return task.cancelled or (task.done >= task.likely if task.left is None else not task.left)
