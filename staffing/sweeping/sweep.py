"""Many variants of a scenario, solved on all cores or on a cluster, and kept as they arrive."""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

from staffing.errors import StaffingError
from staffing.solving.cluster import Cluster
from staffing.sweeping.answer import Sweep, front_of, plotted, told
from staffing.sweeping.cluster import Away
from staffing.sweeping.crews import Crew, Home
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.request import Request, Run
from staffing.sweeping.running import Running, SweepProgress
from staffing.sweeping.store import Result, Store

SUFFIXES = (".sqlite", ".sqlite3", ".db")
"""What a file of runs may be called."""


def sweep(
    sweep: str | os.PathLike[str] | Mapping[str, Any],
    database: str | os.PathLike[str] | None = None,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[SweepProgress], None] | None = None,
    stop: threading.Event | None = None,
) -> Sweep:
    """Solve many variants of a scenario, each run on one thread of a process of its own.

    A run is known by what is solved: fingerprint, options, seed and version of the package. It is kept in the database
    as it arrives, so that a sweep that is broken off goes on where it stopped, and no run is solved twice; several
    sweeps may share a database, also at once. What failed is tried again by the next call.

    A run begins from the plan of the nearest variant that is done, beside the usual first plans, unless it is to be
    deterministic: then a result does not depend on what was done before.

    Parameters
    ----------
    sweep
        A file that says what is varied, or the same as a mapping, in which scenarios may stand for their files.
    database
        The file that keeps the runs; beside the file of the sweep, as .sqlite, if not given. Runs of a mapping are then
        kept in memory.
    scheduler
        Address of a Dask scheduler whose workers do the runs; without it they are done on this machine.
    workers
        Most runs at once; all cores, or all threads of the cluster, if None.
    progress
        Called again and again with a :class:`~staffing.sweeping.running.SweepProgress`.
    stop
        When set, no more runs are begun, those at work are waited for, and the answer has what is there.

    Returns
    -------
    Sweep
        All runs with their measures, as a frame too, and the plan of each.

    Raises
    ------
    InputError
        With every mistake of the sweep and its scenarios.
    OutputError
        Where the database cannot be written; what it holds stays.
    StaffingError
        Where the cluster cannot be reached, or lacks the package.
    """
    asked = read_sweep(sweep).request
    if database is None and isinstance(sweep, Mapping):
        with tempfile.TemporaryDirectory(prefix="staffing-sweep-") as folder:
            path = Path(folder) / "runs.sqlite"
            answer = swept(asked, path, scheduler=scheduler, workers=workers, progress=progress, stop=stop)
            with Store(path) as store:
                plans = {run.key: store.plan(run.key) for run in asked.runs}
        return replace(answer, database=None, plans=plans.get)
    path = Path(database) if database is not None else beside(Path(sweep))  # type: ignore[arg-type]
    return swept(asked, path, scheduler=scheduler, workers=workers, progress=progress, stop=stop)


def beside(sweep: Path) -> Path:
    """Return the file that keeps the runs of a sweep unless another is named."""
    return sweep.with_suffix(SUFFIXES[0])


def swept(
    asked: Request,
    database: Path,
    *,
    scheduler: str | None = None,
    workers: int | None = None,
    progress: Callable[[SweepProgress], None] | None = None,
    stop: threading.Event | None = None,
) -> Sweep:
    """Do a sweep that is read already; the parameters are those of :func:`sweep`."""
    if workers is not None and not 1 <= workers <= 1000:
        raise StaffingError("workers is out of range: a number of runs at once, 1 to 1000")
    began = perf_counter()
    runs = unlike(asked)
    with Store(database) as store:
        known = _done(store, runs)
        todo = [run for key, run in runs.items() if key not in known]
        if todo:
            crew = _crew(scheduler, workers)
            Running(todo, asked.options, store, crew, known, stop or threading.Event(), progress).finish()
        results = store.results(list(runs))
    return _answer(asked, database, results, round(perf_counter() - began, 3))


def _crew(scheduler: str | None, workers: int | None) -> Crew:
    return Home(workers or os.cpu_count() or 1) if scheduler is None else Away(Cluster(scheduler), workers)


def unlike(asked: Request) -> dict[str, Run]:
    """Return the runs that differ, by key: values that come to the same are solved once."""
    found: dict[str, Run] = {}
    for run in asked.runs:
        found.setdefault(run.key, run)
    return found


def known(asked: Request, database: Path) -> Sweep:
    """Return what is known of a sweep, without doing any of it."""
    results: dict[str, Result] = {}
    if database.exists():
        with Store(database) as store:
            results = store.results(list(unlike(asked)))
    return _answer(asked, database, results, 0.0)


def _done(store: Store, runs: dict[str, Run]) -> dict[str, Run]:
    results = store.results(list(runs))
    return {key: runs[key] for key, result in results.items() if result.state == "done"}


def _answer(asked: Request, database: Path, results: dict[str, Result], seconds: float) -> Sweep:
    runs = told(asked, results)
    plot = plotted(asked, runs)

    def plan(key: str) -> bytes | None:
        with Store(database) as store:
            return store.plan(key)

    return Sweep(
        scenario=asked.scenario.name,
        fingerprint=asked.scenario.fingerprint,
        seconds=seconds,
        name=asked.name,
        request=asked,
        runs=runs,
        plot=plot,
        front=front_of(runs, plot),
        database=str(database),
        plans=plan,
    )
