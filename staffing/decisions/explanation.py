"""The answer to why tasks wait, or are late: what is in their way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.decisions.candidate import Candidate
from staffing.decisions.conflict import Conflict
from staffing.decisions.repairs.records import AsItIs, Repair
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.records import Reason, State

COLUMNS = (
    *("task", "times", "client", "project", "state", "reason", "why"),
    *("kind", "staff", "weeks", "budget", "period", "after", "needed", "left", "text"),
    *("rule", "price", "proven", "moves", "amount", "unit"),
)
"""The columns of the frame: a row for each obstacle, change that would help, candidate and fact of a conflict.

`after` is the task that comes first; a change has its kind, and an `amount`.
"""
_NOTHING_PRICED = (None,) * 6
_FIRST = ("kind", "staff", "weeks", "budget", "period", "task", "needed", "left")


@dataclass(frozen=True, slots=True)
class Said:
    """An obstacle, and the sentence that says it."""

    obstacle: Obstacle
    text: str

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values; what only some kinds have is left out of the others."""
        one = self.obstacle
        more = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in _FIRST}
        return {
            **{name: getattr(one, name) for name in _FIRST},
            "weeks": list(one.weeks),
            **{name: value for name, value in more.items() if value},
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Explained:
    """A task, or occurrences of one that wait for the same thing.

    Attributes
    ----------
    tasks
        Their ids.
    name
        What they are called.
    client, project
        Whose they are, by id.
    client_name, project_name
        The same by name.
    state, reason
        What becomes of them, and the reason that the plan file gives.
    value
        What they are worth together.
    why
        The most telling of all that is in the way, in a sentence.
    fits
        Somebody who has room for it, where nothing is in the way.
    obstacles
        What is in the way whoever does it; then what is in the way of each who may do it, the nearest first.
    candidates
        Where they were asked for: everybody, the present owner first; for "why not" one of them.
    as_it_is
        How they are delivered, or on time, with nothing changed; None where they cannot be, or nobody asked.
    repairs
        The least change of each kind with which they are, the cheapest first.
    searched
        Whether any was searched for.
    """

    tasks: tuple[str, ...]
    name: str
    client: str
    project: str | None
    client_name: str
    project_name: str
    state: State
    reason: Reason | None
    value: float
    why: str
    fits: str | None
    obstacles: tuple[Said, ...]
    candidates: tuple[Candidate, ...] | None = None
    as_it_is: AsItIs | None = None
    repairs: tuple[Repair, ...] = ()
    searched: bool = False

    @property
    def task(self) -> str:
        """Id of the first of them."""
        return self.tasks[0]


@dataclass(frozen=True, slots=True)
class Standing:
    """A project some of whose tasks wait, as one.

    Attributes
    ----------
    project, client
        Ids.
    delivered, tasks
        How many of its tasks are delivered or done, and how many it has.
    waiting
        Those that wait, in the scenario's order.
    text
        All of it in a line.
    """

    project: str
    client: str
    delivered: int
    tasks: int
    waiting: tuple[str, ...]
    text: str


@dataclass(frozen=True, kw_only=True)
class Explanation(Answer):
    """Why tasks wait, or are late.

    Attributes
    ----------
    tasks
        What waits, the most valuable first; then what is late.
    projects
        The projects of these tasks that have waiting ones.
    more
        How many entries were left out.
    conflict
        Where it was asked for: what must work that waits is in conflict with.
    """

    tasks: tuple[Explained, ...]
    projects: tuple[Standing, ...] = ()
    more: int = 0
    conflict: Conflict | None = None

    question: ClassVar[str] = "explain"
    columns: ClassVar[tuple[str, ...]] = COLUMNS

    def rows(self) -> list[tuple[Any, ...]]:
        """Return the rows: task, client, project, state, reason, why, kind, staff, ..., text, and what was searched."""
        rows: list[tuple[Any, ...]] = []
        for entry in self.tasks:
            head = (
                *(entry.task, len(entry.tasks), entry.client, entry.project, entry.state),
                *(entry.reason, entry.why),
            )
            blank = (None,) * (len(COLUMNS) - len(head))
            said = ((*(getattr(one.obstacle, name) for name in _FIRST), one.text) for one in entry.obstacles)
            rows += [(*head, *own, *_NOTHING_PRICED) for own in said]
            rows += [] if entry.obstacles or entry.candidates else [(*head, *blank)]
            rows += [(*head, *_row(repair.as_row())[len(head) :]) for repair in entry.repairs]
            rows += [(*head, *_row(one.as_row())[len(head) :]) for one in entry.candidates or ()]
        rows += [] if self.conflict is None else [_row(fact.as_row()) for fact in self.conflict.facts]
        return rows

    def body(self) -> dict[str, Any]:
        """Return the projects and the tasks."""
        return {
            "projects": [
                {name: _plain(getattr(standing, name)) for name in Standing.__slots__} for standing in self.projects
            ],
            "tasks": [
                {
                    "task": entry.task,
                    "tasks": list(entry.tasks),
                    "name": entry.name,
                    **{name: getattr(entry, name) for name in ("client", "project", "state", "reason", "why", "fits")},
                    "client_name": entry.client_name,
                    "project_name": entry.project_name,
                    "obstacles": [said.as_document() for said in entry.obstacles],
                    **_asked(entry),
                    "as_it_is": None if entry.as_it_is is None else entry.as_it_is.as_document(),
                    "repairs": [repair.as_document() for repair in entry.repairs],
                    "searched": entry.searched,
                }
                for entry in self.tasks
            ],
            "more": self.more,
            **({} if self.conflict is None else self.conflict.as_document()),
        }

    @property
    def changes(self) -> tuple[Repair, ...]:
        """All repairs, in the order in which they are numbered from 1."""
        return tuple(repair for entry in self.tasks for repair in entry.repairs)

    def __repr__(self) -> str:
        """Return in one line how much is explained."""
        waiting = sum(len(entry.tasks) for entry in self.tasks if entry.state == "waiting")
        late = sum(len(entry.tasks) for entry in self.tasks if entry.state == "late")
        return f"<Explanation of {self.scenario!r}: {waiting} waiting, {late} late>"


def _row(cells: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(cells.get(name) for name in COLUMNS)


def _asked(entry: Explained) -> dict[str, Any]:
    """Return what is only there where it was asked for."""
    if entry.candidates is None:
        return {}
    return {"candidates": [candidate.as_document() for candidate in entry.candidates]}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
