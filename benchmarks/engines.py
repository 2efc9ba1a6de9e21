"""Engines by name, each run in a process of its own, so that memory is its own and a crash is no more than a line."""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path

from benchmarks.answers import Answer
from benchmarks.peers.stages import Means

PEERS = {
    "highs": "HiGHS",
    "scip": "SCIP",
    "cp_sat": "CP-SAT",
    "timefold": "Timefold",
    "taskjuggler": "TaskJuggler",
}
"""By module of :mod:`benchmarks.peers`: the name in tables."""
ENGINES = ("staffing", *PEERS)
GRACE = 420.0
"""Seconds beyond its limit, for loading, building and tidying, after which an engine is ended."""


def answer(engine: str, path: Path, means: Means) -> Answer:
    """Let an engine plan a scenario file, in this process."""
    if engine == "staffing":
        measure: Callable[[Path, Means], Answer] = import_module("benchmarks.phases").measure
        return measure(path, means)
    from staffing.loading import load

    given: Answer = import_module(f"benchmarks.peers.{engine}").plan(load(path), means)
    return given


def answer_apart(engine: str, path: Path, means: Means) -> Answer:
    """Let an engine plan a scenario file in a process of its own, and note its peak of memory."""
    name = PEERS.get(engine, engine)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, engine, path, means))
    process.start()
    theirs.close()
    try:
        if not ours.poll(means.seconds + GRACE):
            return Answer(name, "failed", note=f"no answer {GRACE:g} s after its time was over")
        found: Answer = ours.recv()
        return found
    except EOFError:
        process.join()
        return Answer(name, "failed", note=f"its process ended with code {process.exitcode}")
    finally:
        process.kill()
        process.join()


def _work(answers: Connection, engine: str, path: Path, means: Means) -> None:
    try:
        found = answer(engine, path, means)
    except Exception as error:  # noqa: BLE001 - whatever it is, it becomes a line of the table
        found = Answer(PEERS.get(engine, engine), "failed", note=f"{type(error).__name__}: {error}"[:500])
    kibibytes = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    answers.send(replace(found, memory=kibibytes / 1024))
    answers.close()
