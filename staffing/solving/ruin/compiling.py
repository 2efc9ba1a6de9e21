"""Compiling beside the search, once after installing: in a process of its own, so that the search has its own time.

The process keeps what it compiles, and goes on when whoever began it has ended: so short runs come to compiled code,
too. There is one at a time, it says nothing, and it ends by itself. Where there can be none, a thread compiles.
"""

from __future__ import annotations

import os
import threading
import time

from staffing.loading import from_mapping
from staffing.problem.build import build
from staffing.solving.context import ProgressReport
from staffing.solving.process import start
from staffing.solving.ruin.annealer import KEPT, prepare
from staffing.solving.state.filling import tables_of
from staffing.solving.state.kept import compiling_alone, is_sealed
from staffing.solving.state.kernel import READY
from staffing.solving.state.tables import State

LONGEST = 600.0
"""Seconds after which the process gives up."""
LOOK = 0.1
"""Seconds between two looks whether it has ended."""
COMMAND = f"from {__name__} import main; main()"
TINY = {
    "start": "2026-01-05",
    "weeks": 1,
    "staff": [{"id": "a", "role": "project_manager", "bill_rate": 1}],
    "clients": [{"id": "a"}],
    "tasks": [{"id": "a", "kind": "tactical", "client": "a", "hours": 1}],
}
"""Compiled code is the same for every problem."""


def compile_beside(state: State, report: ProgressReport) -> threading.Thread:
    """Begin to compile, or to load what is compiled; return the thread that is alive until then.

    Parameters
    ----------
    state
        Of any problem; it is left as it is.
    report
        Told while something has to be compiled.
    """

    def work() -> None:
        try:
            if not READY.is_set() and not _all_kept():
                report.compiling = True
                _compile_apart()
            prepare(state)
        finally:
            report.compiling = False

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def main() -> None:
    """Compile all in this process, once no other one does, unless that has done it."""
    end = threading.Timer(LONGEST, os._exit, [1])
    end.daemon = True
    end.start()
    while True:
        with compiling_alone(KEPT[0]) as alone:
            if alone and not _all_kept():
                prepare(tables_of(build(from_mapping(TINY).expanded)))
            if alone:
                return
        time.sleep(LOOK)


def _all_kept() -> bool:
    return bool(KEPT) and all(map(is_sealed, KEPT))


def _compile_apart() -> None:
    """Wait until a process has compiled all, or has failed to; at once where there can be none."""
    if not KEPT:
        return
    if _others_compile():
        while _others_compile():
            time.sleep(LOOK)
        return
    process = start(COMMAND)
    while process is not None and process.poll() is None:
        time.sleep(LOOK)


def _others_compile() -> bool:
    with compiling_alone(KEPT[0]) as alone:
        return not alone
