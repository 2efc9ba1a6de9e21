"""What differs between a plan and its baseline, task by task: the goal `changes` counts it, reports tell it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from staffing.plan.earlier import Delivery, deliveries
from staffing.plan.facts import Facts
from staffing.scenario.expand import Job


@dataclass(frozen=True, slots=True)
class Difference:
    """How a task differs from the baseline.

    Attributes
    ----------
    task
        Its id in the scenario.
    was
        How the baseline delivered it; None where it waited.
    moved
        Whether it is delivered in just one plan, or its first or last week differs.
    handed_over
        Whether both plans deliver it, by different people.
    """

    task: str
    was: Delivery | None
    moved: bool
    handed_over: bool


def differences(facts: Facts) -> list[Difference]:
    """Return the differing tasks, of those present and not done in both plans, in the order of the baseline."""
    if facts.baseline is None:
        return []
    found = []
    for task, was in deliveries(facts.baseline, facts.expanded).items():
        if facts.expanded.jobs[task].done:
            continue
        span = facts.span(task)
        if span is None or was is None:
            moved, handed_over = (span is None) != (was is None), False
        else:
            moved, handed_over = span != (was.first, was.last), was.owners != set(facts.owners(task))
        if moved or handed_over:
            found.append(Difference(task, was, moved, handed_over))
    return found


def counted(found: Iterable[Difference], jobs: Mapping[str, Job]) -> int:
    """Return the number of changes: one a task; of a `same_owner` repeat, one for each move, one for new owners."""
    count, handed_over = 0, set()
    for difference in found:
        job = jobs[difference.task]
        count += difference.moved or not job.same_owner
        if job.same_owner and difference.handed_over:
            handed_over.add(job.task)
    return count + len(handed_over)
