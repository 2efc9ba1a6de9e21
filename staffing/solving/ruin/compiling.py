"""Compiling beside the search, once after installing: in a process of its own, so that the search has its own time.

The process keeps what it compiles, and goes on when whoever began it has ended: so short runs come to compiled code,
too. There is one at a time, it says nothing, and it ends by itself. Where there can be none, a thread compiles.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from staffing.loading import from_mapping
from staffing.problem.build import build
from staffing.solving.context import ProgressReport
from staffing.solving.ruin.annealer import KEPT, prepare
from staffing.solving.state.filling import tables_of
from staffing.solving.state.kept import compiling_alone, is_sealed
from staffing.solving.state.kernel import READY
from staffing.solving.state.tables import State

LONGEST = 600.0
"""Seconds after which the process gives up."""
LOOK = 0.1
"""Seconds between two looks whether it has ended."""
COMMAND = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from {module} import main; main()"
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
    process = _started()
    while process is not None and process.poll() is None:
        time.sleep(LOOK)


def _others_compile() -> bool:
    with compiling_alone(KEPT[0]) as alone:
        return not alone


def _started() -> subprocess.Popen[bytes] | None:
    """Start the process, deaf to Ctrl-C at the terminal; None where this Python is inside another program."""
    if getattr(sys, "frozen", False) or not Path(sys.executable or "").name.lower().startswith("python"):
        return None
    command = [sys.executable, "-P", "-c", COMMAND.format(module=__name__), json.dumps(sys.path)]
    options: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        options["start_new_session"] = True
    try:
        return subprocess.Popen(command, **options)
    except OSError:
        return None
