"""A process that forks writers to be killed: each writes two versions of one output in turn until it is.

Run as ``python -m kills.writers FOLDER``. It puts both versions of every output into the folder, and says "ready".
Then it takes one request a line, as JSON: the name of an output, the path to write it to, and the step before which
the writer shall kill itself, or null to go on writing until it is killed. The writer says its process id when it
begins; when it is dead, its exit code follows.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from report.plans import persian, small

from staffing.cli.outputs import WRITERS
from staffing.exports import calendar, workbook
from staffing.loading import from_mapping
from staffing.plan import plan as plans
from staffing.plan.plan import Plan
from staffing.report import page
from staffing.scenario.scenario import Scenario
from staffing.writing import write as scenarios
from staffing.writing.formats import FOLDER, FORMATS
from staffing.writing.write import write_scenario

OUTPUTS = (*(f"plan{suffix}" for suffix in WRITERS), *(f"team{form.rstrip('/')}" for form in FORMATS), "report.html")
"""Every kind of output, by the name of its file; ``team`` is a folder."""
PATIENCE = 60
"""Seconds after which a writer that nobody kills leaves."""
STEPS = ("open", "os.chmod", "os.mkdir", "os.remove", "os.rename")
"""What a writer does to files, by the names of Python's audit events; of opening, all but to read."""


def scenario(version: int) -> Scenario:
    tasks = [
        {"id": f"{'ab'[version]}-{number}", "client": f"c{version}", "kind": "tactical", "hours": 1}
        for number in range(300 + 100 * version)
    ]
    return from_mapping(
        {
            "name": "team",
            "start": "2026-01-05",
            "weeks": 4 + version,
            "staff": [{"id": f"s{version}", "role": "account_manager"}],
            "clients": [{"id": f"c{version}"}],
            "tasks": tasks,
        }
    )


def plan(version: int) -> Plan:
    made = small()
    assert made.context is not None
    people = tuple(replace(person, name=f"{person.name} {version}") for person in made.context.people)
    tasks = made.context.tasks[version:]
    context = replace(made.context, people=people, tasks=tasks)
    return replace(made, scenario=f"plan {version}", assigned=made.assigned * (50 + 30 * version), context=context)


PLANS = [plan(0), plan(1)]
SCENARIOS = [scenario(0), scenario(1)]


def write(name: str, version: int, path: Path) -> None:
    """Write a version of an output as the commands do."""
    if name == "report.html":
        page.save([PLANS[version], persian()], path)
    elif name.startswith("plan"):
        WRITERS[path.suffix](PLANS[version], path)
    else:
        write_scenario(SCENARIOS[version], path, path.suffix or FOLDER)


def remember(module: Any, function: str) -> None:
    """Make contents once, so that writers spend their time on writing."""
    real, known = getattr(module, function), {}

    def remembered(subject: Any, *more: Any, **of_the_moment: Any) -> Any:
        first = subject[0] if isinstance(subject, list) else subject
        key = [*PLANS, *SCENARIOS].index(first), isinstance(subject, list) and len(subject), *map(str, more)
        if key not in known:
            known[key] = real(subject, *more, **of_the_moment)
        return known[key]

    setattr(module, function, remembered)


def warm(folder: Path) -> None:
    for module, function in (
        (plans, "as_json"),
        (plans, "as_csv"),
        (workbook, "as_workbook"),
        (calendar, "as_calendar"),
        (page, "page"),
        (scenarios, "scenario_content"),
    ):
        remember(module, function)
    for version in (0, 1):
        (folder / str(version)).mkdir(parents=True)
        for name in OUTPUTS:
            write(name, version, folder / str(version) / name)
    scenarios._check = lambda *_given: None  # it came back just now


def kill_before(step: int) -> None:
    """Die before a step, counted from 0."""
    left = [step]

    def look(event: str, given: tuple[Any, ...]) -> None:
        if event in STEPS and not (event == "open" and not given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def go_on(name: str, path: Path) -> None:
    """Write one version after the other."""
    end = time.monotonic() + PATIENCE
    version = 1
    while time.monotonic() < end:
        write(name, version, path)
        version = 1 - version


def _write_and_leave(name: str, path: Path, step: int | None) -> None:
    code = 1
    try:
        if step is None:
            go_on(name, path)
        else:
            kill_before(step)
            write(name, 1, path)
        code = 0
    except Exception:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def serve(say: Callable[[object], None]) -> None:
    for line in sys.stdin:
        name, path, step = json.loads(line)
        child = os.fork()
        if child == 0:
            say(os.getpid())
            _write_and_leave(name, Path(path), step)
        say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    warm(Path(sys.argv[1]))
    print("ready", flush=True)
    serve(lambda what: print(what, flush=True))
