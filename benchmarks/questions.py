"""How long answers take: questions asked of a scenario and a plan of it, and whether the plans behind them audit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import staffing
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario

HEADS = ("case", "question", "allowed", "seconds", "answer")
LEFT = frozenset({0, 1, 4})
"""Columns of texts."""
PLANNED = 20.0
"""Seconds in which the plan is made that is asked of."""


class BrokenPlanError(Exception):
    """A plan behind an answer breaks rules of its scenario."""


@dataclass(frozen=True)
class Question:
    """A question, how long its answer may take, and what is told of it."""

    name: str
    allowed: float
    ask: Callable[[Scenario, Plan], Any]
    tell: Callable[[Scenario, Any], str]


def _most_valuable(plan: Plan, state: str) -> str:
    """Return the most valuable task of a state."""
    return max((result for result in plan.results if result.state == state), key=lambda result: result.value).task


def _repairs(scenario: Scenario, answer: Any) -> str:
    """Return how many changes help.

    Raises
    ------
    BrokenPlanError
        If a plan behind one of them is not valid.
    """
    for number, change in enumerate(answer.changes, 1):
        if violations := staffing.audit(scenario.patch(change.patch), change.plan):
            raise BrokenPlanError(f"{scenario.name}: the plan behind change {number} breaks a rule: {violations[0]}")
    return f"{len(answer.changes)} changes, {_proven(answer.changes)} proven; all their plans audit"


def _proven(entries: Iterable[Any]) -> int:
    return sum(bool(entry.proven) for entry in entries)


def _solved(entries: Iterable[Any]) -> int:
    return sum(entry.gain is not None for entry in entries)


QUESTIONS = (
    Question(
        "explain: all that waits",
        1,
        lambda scenario, plan: staffing.explain(scenario, plan),
        lambda _, answer: (
            f"{len(answer.tasks)} entries, {sum(len(entry.obstacles) for entry in answer.tasks)} obstacles"
        ),
    ),
    Question(
        "explain: one task, with repairs",
        10,
        lambda scenario, plan: staffing.explain(scenario, plan, [_most_valuable(plan, "waiting")], repairs=10),
        _repairs,
    ),
    Question(
        "explain: candidates of one task",
        10,
        lambda scenario, plan: staffing.explain(scenario, plan, [_most_valuable(plan, "delivered")], candidates=True),
        lambda _, answer: f"{len(answer.tasks[0].candidates)} people, {_proven(answer.tasks[0].candidates)} proven",
    ),
    Question(
        "worth: the ten greatest hours",
        10,
        lambda scenario, plan: staffing.worth(scenario, plan, by="role"),
        lambda _, answer: f"{_solved(answer.hours)} of {len(answer.hours)} hours solved",
    ),
    Question(
        "hire",
        60,
        lambda scenario, plan: staffing.hire(scenario, plan),
        lambda _, answer: f"{len(answer.sets)} sets; {len(answer.ladder)} steps, {_proven(answer.ladder)} proven",
    ),
)


def timed(path: Path) -> Iterator[tuple[str, ...]]:
    """Yield a row for each question asked of a scenario, which is planned first.

    Raises
    ------
    BrokenPlanError
        If a plan behind an answer is not valid.
    """
    scenario = staffing.load(path)
    plan = staffing.solve(scenario, time_limit=PLANNED)
    for question in QUESTIONS:
        began = time.perf_counter()
        answer = question.ask(scenario, plan)
        seconds = time.perf_counter() - began
        yield path.stem, question.name, f"{question.allowed:g}", f"{seconds:.1f}", question.tell(scenario, answer)
