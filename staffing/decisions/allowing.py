"""The change of a scenario that lets somebody own a task whom rules forbid it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from staffing.decisions.against import Forbidden
from staffing.decisions.candidate import Allowing
from staffing.decisions.given import Given
from staffing.errors import ScenarioError
from staffing.plan.names import Names
from staffing.scenario.expand import Job, Person
from staffing.scenario.findings import listed
from staffing.scenario.scenario import Scenario


def allowing(
    given: Given, names: Names, jobs: Sequence[Job], person: Person, rules: Sequence[Forbidden]
) -> tuple[Scenario, Allowing] | None:
    """Return the scenario with the change, and the change itself, its price left open.

    None where no such change is enough: what forbids it is no rule on who may do the task.
    """
    if not all(one.rule in _CHANGES for one in rules):
        return None
    change = _Change(given, names, jobs[0], person)
    for one in rules:
        _CHANGES[one.rule](change, one)
    try:
        scenario = given.scenario.patch(change.patch)
    except ScenarioError:  # as where work is billed and the person has no bill rate
        return None
    return scenario, Allowing(len(rules), change.patch, None, proven=False, text=f"If {listed(change.told)}")


class _Change:
    """A What-if, put together rule by rule."""

    def __init__(self, given: Given, names: Names, job: Job, person: Person) -> None:
        self.job = job
        self.person = person
        self.name = names.person(person.id)
        self.task = next(task for task in given.scenario.tasks if task.id == job.task)
        self.client = next(client for client in given.scenario.clients if client.id == job.client)
        self.client_name = names.client(job.client)
        copies = given.facts.expanded.copies
        self.entry = next(member.id for member in given.scenario.staff if person.id in copies[member.id])
        """The entry of the staff that the person comes from."""
        self.alike = frozenset(name for name, people in copies.items() if person.id in people)
        """What names the person: their id, and that of the placeholder they are a copy of."""
        self.patch: dict[str, Any] = {}
        self.told: list[str] = []

    def set(self, what: str, id_: str, **fields: Any) -> None:
        entries = self.patch.setdefault(what, [])
        entry = next((one for one in entries if one["id"] == id_), None)
        if entry is None:
            entries.append(entry := {"id": id_})
        entry.update(fields)


def _skill(change: _Change, rule: Forbidden) -> None:
    assert rule.skill is not None
    level = change.job.skills[rule.skill]
    staff = change.patch.setdefault("staff", [])
    skills = staff[0].get("skills", {}) if staff else {}
    change.set("staff", change.entry, skills={**skills, rule.skill: level})
    change.told.append(f"{change.name} had the skill {rule.skill}{f' at level {level}' if level > 1 else ''}")


def _kind(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    change.set("staff", change.entry, **{change.job.kind: 1})
    change.told.append(f"{change.name} did {change.job.kind} work, an hour in an hour")


def _only(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    change.set("tasks", change.task.id, only=[*(change.task.only or ()), change.person.id])
    change.told.append(f"{change.name} were among the people that the task is for")


def _except(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    left = [name for name in change.task.exclude if name not in change.alike]
    change.set("tasks", change.task.id, **{"except": left})
    change.told.append(f"{change.name} were not excepted from the task")


def _exclude(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    left = [name for name in change.client.exclude if name not in change.alike]
    change.set("clients", change.client.id, exclude=left)
    change.told.append(f"{change.name} might work for {change.client_name}")


def _owner(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    shared = {"max_owners": None} if change.task.max_owners is not None else {}
    change.set("tasks", change.task.id, owner=change.person.id, **shared)
    change.told.append(f"the task had {change.name} as its owner")


def _role(change: _Change, rule: Forbidden) -> None:  # noqa: ARG001  as of all rules
    change.set("tasks", change.task.id, roles=[*(change.task.roles or ()), change.person.role])
    change.told.append(f"the task were for the role {change.person.role}, too")


_CHANGES: dict[str, Callable[[_Change, Forbidden], None]] = {
    "skill": _skill,
    "kind": _kind,
    "only": _only,
    "except": _except,
    "exclude": _exclude,
    "owner": _owner,
    "role": _role,
}
"""By rule: what is changed so that it no longer forbids."""
