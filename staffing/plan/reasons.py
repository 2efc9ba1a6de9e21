"""Why a task waits, as far as the scenario and the plan alone tell: the first three reasons."""

from __future__ import annotations

from typing import get_args

from staffing.plan.facts import Facts
from staffing.plan.records import Reason
from staffing.scenario.bookings import finishers
from staffing.scenario.expand import Job

TRIED_REASONS: tuple[Reason, ...] = get_args(Reason)[3:6]
"""``capacity``, ``budget``, ``limits``: known once the task was tried alone with its predecessors."""


def plain_reason(facts: Facts, job: Job) -> Reason | None:
    """Return the first of the plain reasons that holds for a waiting job; None if none does.

    ``no_window``: its first week lies after its last, or outside the horizon, or before the re-plan began;
    ``no_eligible_staff``: nobody may do it, or what promised hours leave of it, placeholders counted as staff;
    ``after_waiting``: a task it comes after waits.
    """
    if job.earliest > job.deadline:
        return "no_window"
    if not finishers(facts.expanded, job):
        return "no_eligible_staff"
    before = (facts.expanded.jobs[task] for task, _ in job.after)
    if any(not earlier.done and not facts.is_delivered(earlier.id) for earlier in before):
        return "after_waiting"
    return None
