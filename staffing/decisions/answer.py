"""What all answers have in common: a file that begins alike, a table, and how they are saved."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from staffing import showing
from staffing.errors import OutputError
from staffing.plan.csv_text import csv_text
from staffing.plan.records import Number
from staffing.plan.writing import write_whole
from staffing.scenario.records import Goal

if TYPE_CHECKING:
    from pandas import DataFrame

FORMAT = "staffing-answer/1"


@dataclass(frozen=True, kw_only=True)
class Answer(ABC):
    """An answer to a question asked of a scenario.

    Attributes
    ----------
    scenario, fingerprint
        What was asked of.
    plan_gain
        By goal, what a plan of the unchanged scenario, found by the way, gains on the plan given; None where none was.
    seconds
        What it took.
    """

    scenario: str
    fingerprint: str
    plan_gain: Mapping[Goal, Number] | None = None
    seconds: float = 0.0

    question: ClassVar[str]
    columns: ClassVar[tuple[str, ...]]
    """The columns of the table."""

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of this answer's table, where they are not the same for all."""
        return self.columns

    @abstractmethod
    def rows(self) -> Sequence[Sequence[Any]]:
        """Return the rows of the table; weeks and ids in one cell are tuples."""

    @abstractmethod
    def body(self) -> dict[str, Any]:
        """Return as plain values what only answers to this question have."""

    @property
    def frame(self) -> DataFrame:
        """The table."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(self.heads)).convert_dtypes()

    def as_document(self) -> dict[str, Any]:
        """Return the answer as plain values, in the order of its file."""
        return {
            "format": FORMAT,
            "question": self.question,
            "scenario": self.scenario,
            "fingerprint": self.fingerprint,
            "plan_gain": None if self.plan_gain is None else dict(self.plan_gain),
            "seconds": self.seconds,
            **self.body(),
        }

    def to_json(self) -> str:
        """Return the text of the answer's file."""
        return json.dumps(self.as_document(), indent=1, ensure_ascii=False, allow_nan=False) + "\n"

    def to_csv(self) -> str:
        """Return the table as CSV."""
        return csv_text([self.heads, *([_cell(value) for value in row] for row in self.rows())])

    def save(self, path: str | Path) -> None:
        """Write the answer by the suffix of the file, .json, .csv or .html, whole or not at all.

        Raises
        ------
        OutputError
            Where the file cannot be written, or its name ends in none of these.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".json":
            write_whole(target, self.to_json(), encoding="utf-8")
        elif suffix == ".csv":
            write_whole(target, self.to_csv(), encoding="utf-8-sig")
        elif suffix == ".html":
            showing.write("answer", suffix, self, target)
        else:
            raise OutputError(f"{target} does not say what to write: an answer is saved as .json, .csv or .html")

    def _repr_html_(self) -> str:
        return showing.html("answer", self)


def _cell(value: Any) -> Any:
    return [str(part) for part in value] if isinstance(value, tuple) else value
