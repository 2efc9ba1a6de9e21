"""The answer of a sweep: its runs side by side, and which of them no other one betters in both measures plotted."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar

from staffing.decisions.answer import Answer
from staffing.errors import StaffingError
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.sweeping import measures
from staffing.sweeping.request import Request, Run
from staffing.sweeping.store import Result
from staffing.sweeping.work import unpacked

MOST_NAMED = 8
"""Runs of the front that the answer names."""


@dataclass(frozen=True)
class RunResult:
    """One run, and what came of it.

    Attributes
    ----------
    run
        What was asked for.
    result
        What is known of it.
    measures
        What it is measured by, by name; None where the plan does not know it, or there is none.
    """

    run: Run
    result: Result
    measures: dict[str, Number | None]

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        run, result = self.run, self.result
        return {
            "run": run.number,
            "values": run.variant.values,
            "scenario": run.variant.scenario.name,
            "fingerprint": run.variant.scenario.fingerprint,
            "seed": run.seed,
            "key": run.key,
            "state": result.state,
            "status": result.status,
            "goals": result.goals,
            "measures": self.measures,
            "seconds": result.seconds,
            "error": result.error,
        }


@dataclass(frozen=True, kw_only=True)
class Sweep(Answer):
    """What came of a sweep.

    Attributes
    ----------
    name
        What the sweep is called.
    request
        What was asked for.
    runs
        All of them, variant by variant.
    plot
        The two measures that are plotted, across and up; None where there are no two.
    front
        Numbers of the runs on the Pareto front of these: no other run is better in one and as good in the other.
    database
        The file that keeps the runs; None where they were kept in memory.
    """

    name: str
    request: Request
    runs: tuple[RunResult, ...]
    plot: tuple[str, str] | None
    front: tuple[int, ...]
    database: str | None = None
    plans: Callable[[str], bytes | None] = field(repr=False, compare=False, default=lambda _: None)

    question: ClassVar[str] = "sweep"
    columns: ClassVar[tuple[str, ...]] = ()

    @property
    def heads(self) -> tuple[str, ...]:
        """The columns of the table: what is varied, seed, state, what is measured."""
        return (
            "run",
            *self.request.paths,
            "seed",
            "state",
            "status",
            *self.request.measures,
            "front",
            "seconds",
            "error",
        )

    def rows(self) -> list[tuple[Any, ...]]:
        """Return one row for each run."""
        return [
            (
                one.run.number,
                *(cell(one.run.variant.values.get(path)) for path in self.request.paths),
                *(one.run.seed, one.result.state, one.result.status),
                *one.measures.values(),
                *(one.run.number in self.front, one.result.seconds, one.result.error),
            )
            for one in self.runs
        ]

    def count(self, state: str) -> int:
        """Return how many runs are ``done``, have ``failed``, or are ``open`` still, perhaps at work elsewhere."""
        states = {"open", "taken"} if state == "open" else {state}
        return sum(one.result.state in states for one in self.runs)

    @cached_property
    def text(self) -> str:
        """The answer in words."""
        parts = [f"{self.count('done')} of {len(self.runs)} runs are done"]
        parts += [
            f"{count} failed" if state == "failed" else f"{count} are open"
            for state in ("failed", "open")
            if (count := self.count(state))
        ]
        said = ", ".join(parts) + "."
        if self.plot is None or not self.front:
            return said
        across, up = self.plot
        numbers = ", ".join(map(str, self.front[:MOST_NAMED])) + (", ..." if len(self.front) > MOST_NAMED else "")
        runs = f"run {numbers} is" if len(self.front) == 1 else f"runs {numbers} are"
        return (
            f"{said} By {up} and {across}, {runs} on the front: no other run is better in one of them and as good in "
            "the other."
        )

    def plan(self, number: int) -> Plan:
        """Return the plan of a run.

        Raises
        ------
        StaffingError
            Where there is none.
        """
        found = next((one for one in self.runs if one.run.number == number), None)
        packed = None if found is None or found.result.state != "done" else self.plans(found.run.key)
        if found is None or packed is None:
            raise StaffingError(f"there is no plan of run {number}")
        return replace(unpacked(packed), scenario=found.run.variant.scenario.name)

    def body(self) -> dict[str, Any]:
        """Return the runs, what they are measured by, and the front."""
        return {
            "name": self.name,
            "vary": list(self.request.paths),
            "seeds": list(self.request.seeds),
            "solve": json.loads(self.request.options.as_text()),
            "measures": list(self.request.measures),
            "plot": None if self.plot is None else list(self.plot),
            "front": list(self.front),
            "done": self.count("done"),
            "failed": self.count("failed"),
            "open": self.count("open"),
            "text": self.text,
            "runs": [one.as_document() for one in self.runs],
        }

    def __repr__(self) -> str:
        """Return the answer in one line."""
        return f"<Sweep {self.name!r}: {self.count('done')} of {len(self.runs)} runs done>"


def cell(value: Any) -> Any:
    """Return a value as it stands in a table."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value


def told(request: Request, results: dict[str, Result]) -> tuple[RunResult, ...]:
    """Return all runs with what is known of them."""
    found = []
    for run in request.runs:
        result = results.get(run.key, Result())
        known = result.measures or {}
        found.append(RunResult(run, result, {name: known.get(name) for name in request.measures}))
    return tuple(found)


def plotted(request: Request, runs: Sequence[RunResult]) -> tuple[str, str] | None:
    """Return the measures that are plotted: those asked for, or else cost, and the first other one that differs."""
    if request.plot is not None:
        return request.plot
    differing = [name for name in request.measures if len({one.measures[name] for one in runs} - {None}) > 1]
    others = [name for name in differing if name != "cost"]
    if "cost" in differing and others:
        return "cost", others[0]
    return (others[1], others[0]) if len(others) > 1 else None


def front_of(runs: Sequence[RunResult], plot: tuple[str, str] | None) -> tuple[int, ...]:
    """Return the numbers of the runs on the front."""
    if plot is None:
        return ()
    points = {}
    for one in runs:
        x, y = (one.measures[name] for name in plot)
        if x is not None and y is not None:
            points[one.run.number] = (x, y)
    return measures.front(points, plot)
