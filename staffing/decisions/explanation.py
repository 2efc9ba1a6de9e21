"""The answer to why tasks wait, or are late: what is in their way."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from staffing import showing
from staffing.errors import OutputError
from staffing.plan.csv_text import csv_text
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.records import Reason, State
from staffing.plan.writing import write_whole

if TYPE_CHECKING:
    from pandas import DataFrame

FORMAT = "staffing-answer/1"
COLUMNS = (
    *("task", "times", "client", "project", "state", "reason", "why"),
    *("kind", "staff", "weeks", "budget", "period", "after", "needed", "left", "text"),
)
"""The columns of the frame, one row for each obstacle; `after` is the task that comes first."""
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


@dataclass(frozen=True)
class Explanation:
    """Why tasks wait, or are late.

    Attributes
    ----------
    scenario, fingerprint
        What was asked of.
    tasks
        What waits, the most valuable first; then what is late.
    projects
        The projects of these tasks that have waiting ones.
    more
        How many entries were left out.
    seconds
        What it took.
    """

    scenario: str
    fingerprint: str
    tasks: tuple[Explained, ...]
    projects: tuple[Standing, ...] = ()
    more: int = 0
    seconds: float = 0.0

    question: Literal["explain"] = "explain"

    @property
    def frame(self) -> DataFrame:
        """One row for each obstacle: task, client, project, state, reason, why, kind, staff, ..., text."""
        import pandas as pd

        return pd.DataFrame(self._rows(), columns=list(COLUMNS)).convert_dtypes()

    def _rows(self) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = []
        for entry in self.tasks:
            head = (
                *(entry.task, len(entry.tasks), entry.client, entry.project, entry.state),
                *(entry.reason, entry.why),
            )
            blank = (None,) * (len(COLUMNS) - len(head))
            rows += [(*head, *(getattr(said.obstacle, name) for name in _FIRST), said.text) for said in entry.obstacles]
            rows += [] if entry.obstacles else [(*head, *blank)]
        return rows

    def as_document(self) -> dict[str, Any]:
        """Return the answer as plain values, in the order of its file."""
        return {
            "format": FORMAT,
            "question": self.question,
            "scenario": self.scenario,
            "fingerprint": self.fingerprint,
            "plan_gain": None,
            "seconds": self.seconds,
            "projects": [
                {name: _plain(getattr(standing, name)) for name in Standing.__slots__} for standing in self.projects
            ],
            "tasks": [
                {
                    "task": entry.task,
                    "tasks": list(entry.tasks),
                    **{name: getattr(entry, name) for name in ("client", "project", "state", "reason", "why", "fits")},
                    "obstacles": [said.as_document() for said in entry.obstacles],
                }
                for entry in self.tasks
            ],
            "more": self.more,
        }

    def to_json(self) -> str:
        """Return the text of the answer's file."""
        return json.dumps(self.as_document(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    def to_csv(self) -> str:
        """Return the rows of the frame as CSV."""
        weeks = COLUMNS.index("weeks")
        rows = ((*row[:weeks], [str(week) for week in row[weeks] or ()], *row[weeks + 1 :]) for row in self._rows())
        return csv_text([COLUMNS, *rows])

    def save(self, path: str | Path) -> None:
        """Write the answer by the suffix of the file, .json or .csv, whole or not at all.

        Raises
        ------
        OutputError
            Where the file cannot be written, or its name ends in neither.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".json":
            write_whole(target, self.to_json(), encoding="utf-8")
        elif suffix == ".csv":
            write_whole(target, self.to_csv(), encoding="utf-8-sig")
        else:
            raise OutputError(f"{target} does not say what to write: an answer is saved as .json or .csv")

    def __repr__(self) -> str:
        """Return in one line how much is explained."""
        waiting = sum(len(entry.tasks) for entry in self.tasks if entry.state == "waiting")
        late = sum(len(entry.tasks) for entry in self.tasks if entry.state == "late")
        return f"<Explanation of {self.scenario!r}: {waiting} waiting, {late} late>"

    def _repr_html_(self) -> str:
        return showing.html("explanation", self)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
