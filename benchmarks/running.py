"""Running cases: the same agency, seconds, threads and seed for every engine."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.answers import Answer, Judged, beaten, judge
from benchmarks.engines import answer_apart
from benchmarks.peers.stages import Means
from benchmarks.registry import Case
from benchmarks.results import Run
from staffing.loading import load


def run_case(
    case: Case,
    engines: Sequence[str],
    means: Means,
    *,
    answer: Callable[[str, Path, Means], Answer] = answer_apart,
) -> Run:
    """Let every engine plan a case, audit what they give, and hold each bound against each plan.

    Parameters
    ----------
    case
        The scenario.
    engines
        Names of :data:`benchmarks.engines.ENGINES`.
    means
        Seconds, threads and seed, the same for all.
    answer
        How an engine is run.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = case.file(Path(folder))
        scenario = load(path)
        judged = tuple(judge(scenario, answer(engine, path, means)) for engine in engines)
    problems = [f"{one.answer.engine}: {one.violations[0]}" for one in judged if one.violations]
    problems += [f"{one.answer.engine}: {one.answer.note}" for one in judged if one.answer.state == "failed"]
    known = [Judged(Answer("the best known"), case.best, ())] if case.best else []
    problems += beaten([*judged, *known])
    goals = tuple(entry.goal for entry in scenario.goals)
    return Run(case, means, goals, judged, tuple(f"{case.name}: {problem}" for problem in problems))
