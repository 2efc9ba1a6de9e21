"""One run, as a worker process does it: at home or on a cluster, knowing nothing of sweeps."""

from __future__ import annotations

import json
import os
import time
import warnings
import zlib
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from staffing.errors import PlanError, StaffingError
from staffing.plan.document import read_text
from staffing.plan.plan import Plan
from staffing.plan.records import Number, Status
from staffing.scenario.scenario import Scenario
from staffing.sweeping.measures import measured
from staffing.sweeping.request import Options


@dataclass(frozen=True, slots=True)
class Job:
    """What a worker is asked for.

    Attributes
    ----------
    scenario, options, seed
        What is solved.
    start
        The packed plan of a variant much like it, to begin from.
    version
        Of the package that asks.
    """

    scenario: Scenario
    options: Options
    seed: int
    start: bytes | None
    version: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it.

    Attributes
    ----------
    state
        ``done``; ``failed``, with an error; ``other_version``, where the worker has another version of the package.
    error
        One sentence.
    status, goals, measures
        Of the plan.
    plan
        The plan's JSON, packed.
    seconds
        What it took.
    """

    state: Literal["done", "failed", "other_version"]
    error: str = ""
    status: Status = "feasible"
    goals: dict[str, Number] | None = None
    measures: dict[str, Number | None] | None = None
    plan: bytes = b""
    seconds: float = 0.0


def ready() -> int:
    """Return the process id of a worker that is there, with the solver loaded."""
    from staffing.solving.solve import solve  # noqa: F401  loaded by workers alone: it takes a second or two

    return os.getpid()


def work(job: Job) -> Outcome:
    """Solve one variant on one thread; whatever goes wrong becomes a sentence."""
    if job.version != version("staffing"):
        return Outcome("other_version", version("staffing"))
    began = time.monotonic()
    try:
        plan = _solved(job)
    except StaffingError as error:
        return Outcome("failed", _sentence(error), seconds=time.monotonic() - began)
    except MemoryError:
        return Outcome("failed", "there was not enough memory", seconds=time.monotonic() - began)
    except Exception as error:  # noqa: BLE001  a bug of ours, of whatever kind, fails one run, and not the sweep
        sentence = f"internal error, a bug of ours: {type(error).__name__}: {error}"
        return Outcome("failed", " ".join(sentence.split()), seconds=time.monotonic() - began)
    return Outcome(
        "done",
        status=plan.status,
        goals={goal.goal: goal.value for goal in plan.goals},
        measures=measured(plan),
        plan=packed(plan),
        seconds=round(time.monotonic() - began, 3),
    )


def _solved(job: Job) -> Plan:
    from staffing.solving.solve import solve

    options = job.options
    begin = [] if job.start is None or options.deterministic else [unpacked(job.start)]

    def plan_from(begin: list[Plan]) -> Plan:
        return solve(
            job.scenario,
            time_limit=options.time_limit,
            gap=options.gap,
            deterministic=options.deterministic,
            workers=1,
            seed=job.seed,
            begin=begin,
        )

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return plan_from(begin)
        except PlanError:  # nothing of that plan is in this scenario
            return plan_from([])


def _sentence(error: StaffingError) -> str:
    return "; ".join(str(error).splitlines())


def packed(plan: Plan) -> bytes:
    """Return a plan's JSON, compressed."""
    return zlib.compress(json.dumps(plan.as_document(), ensure_ascii=False, allow_nan=False).encode(), 6)


def unpacked(plan: bytes) -> Plan:
    """Return the plan."""
    return Plan(**read_text(zlib.decompress(plan), "the plan of a run"))
