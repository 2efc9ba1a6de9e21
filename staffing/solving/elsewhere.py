"""Whether the workers of a cluster plan parts of a problem, and what is said where they do not."""

from __future__ import annotations

import warnings

from staffing.errors import SchedulerWarning, StaffingError
from staffing.plan.goals import goals_of
from staffing.solving.case import Case
from staffing.solving.cluster import Cluster
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.parts import planned_in_parts
from staffing.solving.solution import Solution
from staffing.solving.tuning import TUNING

CALLER = 4
"""Frames from a warning to whoever called :func:`staffing.solve`."""


def check_scheduler(scheduler: str | None, *, deterministic: bool) -> None:
    """Raise an error where a plan is to be the same again, and others are to have a part in it."""
    if scheduler is not None and deterministic:
        raise StaffingError("a deterministic plan is made by one worker, here: leave scheduler or deterministic out")


def planned_elsewhere(case: Case, search: LexicographicSearch, scheduler: str | None) -> list[Solution]:
    """Return plans whose parts the workers of a cluster made; none without a cluster, or with too little to divide.

    Raises
    ------
    StaffingError
        Where the scheduler does not answer, or has no workers.
    """
    context = search.context
    if scheduler is None or context.stop.is_set():
        return []
    if search.extended:
        _tell(f"constraints added to the model are known here alone: the workers of {scheduler} are not asked")
        return []
    if context.problem.cells < TUNING.part_cells:
        _tell(f"the scenario is small enough to be planned here: the workers of {scheduler} are not asked")
        return []
    told: list[str] = []
    cluster = Cluster(scheduler)
    try:
        if not cluster.awaited(context.stop, context.clock.left):
            raise StaffingError(
                f"the Dask scheduler at {scheduler} has no workers: `dask worker {scheduler}` starts some"
            )
        context.report.send(context.terms[0], 0, None, 0)
        plans = planned_in_parts(context, goals_of(case.scenario, case.baseline is not None), cluster, told.append)
    finally:
        cluster.close()
    for sentence in told:
        _tell(sentence)
    return plans


def _tell(sentence: str) -> None:
    warnings.warn(sentence, SchedulerWarning, stacklevel=CALLER)
