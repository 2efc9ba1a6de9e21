"""What a plan file says of its allocations, recomputed: tasks, overtime, hired, holidays, metrics, context."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from typing import Any

from staffing.auditing.violation import Violation
from staffing.plan.changes_told import changes_told
from staffing.plan.describe import context, hired, overtime_weeks, task_result
from staffing.plan.facts import Facts
from staffing.plan.metrics import metrics
from staffing.plan.numbers import exact
from staffing.plan.plan import Plan
from staffing.plan.reasons import TRIED_REASONS, plain_reason
from staffing.plan.records import TaskResult


def results(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Compare everything but rules and goals with what the scenario and the allocations say.

    Empty metrics, a missing context and what is empty in it of what it has of late claim nothing, and are left alone.
    What an earlier plan had planned is believed.
    """
    yield from _tasks(facts, plan)
    yield from _overtime(facts, plan)
    yield from _lists(facts, plan)
    if plan.metrics:
        for message in differences(metrics(facts), plan.metrics):
            yield Violation("metrics", message)
    if plan.context is not None:
        planned = {(one.task, one.staff): exact(one.planned) for one in plan.context.work if one.planned is not None}
        claimed = _tree(plan.context)
        expected = context(facts, planned or None)
        if plan.context.changes:  # files of earlier versions have none
            expected = replace(expected, changes=changes_told(facts, _results(facts, plan)))
        for message in differences(_of(_tree(expected), claimed), claimed):
            yield Violation("context", message)


_LATER = {
    *("projects", "budgets", "costs", "revenues", "work", "because", "crowded", "delivered_effort"),
    *("client", "project", "kind", "roles", "effort", "done", "due", "weight", "cancelled", "cost"),
}
"""What a plan file of an earlier version says nothing of in its context."""


def _of(expected: Any, found: Any) -> Any:
    """Return the expected context, less what a plan file of an earlier version does not say."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {
            key: found[key] if key in _LATER and _says_nothing(found.get(key, 0)) else _of(value, found.get(key))
            for key, value in expected.items()
        }
    if isinstance(expected, tuple) and isinstance(found, tuple) and len(expected) == len(found):
        return tuple(map(_of, expected, found))
    return expected


def _says_nothing(value: Any) -> bool:
    return value is None or value is False or value == ()


def _results(facts: Facts, plan: Plan) -> dict[str, TaskResult]:
    said = {result.task: result for result in plan.results}
    return {
        job.id: said.get(job.id) or task_result(facts, job, plan.status, {}) for job in facts.expanded.jobs.values()
    }


def _tasks(facts: Facts, plan: Plan) -> Iterator[Violation]:
    said = {result.task: result for result in plan.results}
    for task, count in Counter(result.task for result in plan.results).items():
        if task not in facts.expanded.jobs:
            yield Violation("tasks", f"{task} is no task of the scenario.", task)
        if count > 1:
            yield Violation("tasks", f"{task} stands {count} times.", task)
    for job in facts.expanded.jobs.values():
        if job.id not in said:
            yield Violation("tasks", f"{job.id} is missing.", job.id)
            continue
        expected = task_result(facts, job, plan.status, {})
        yield from _reason(facts, expected, said[job.id])
        # order says nothing of owners, and reasons were compared
        found = replace(said[job.id], owners=tuple(sorted(said[job.id].owners)), reason=None)
        expected = replace(expected, owners=tuple(sorted(expected.owners)), reason=None)
        for message in differences(_tree(expected), _tree(found), job.id):
            yield Violation("tasks", message, job.id)


def _tree(value: Any) -> Any:
    """Return a record as a tree of plain values, which it shares: dataclasses.asdict copies each of them."""
    if isinstance(value, tuple):
        return tuple(map(_tree, value))
    if isinstance(value, dict):
        return {key: _tree(one) for key, one in value.items()}
    return {name: _tree(getattr(value, name)) for name in value.__dataclass_fields__} if is_dataclass(value) else value


def _reason(facts: Facts, expected: TaskResult, found: TaskResult) -> Iterator[Violation]:
    """Check a reason: the first three exactly, the rest for being possible."""
    task = expected.task
    plain = plain_reason(facts, facts.expanded.jobs[task]) if expected.state == "waiting" else None
    allowed = (expected.reason,) if plain or expected.reason is None else (*TRIED_REASONS, expected.reason)
    if found.reason not in allowed:
        words = " or ".join(reason or "none" for reason in allowed)
        yield Violation("tasks", f"The reason of {task} is {found.reason or 'none'}; it should be {words}.", task)


def _overtime(facts: Facts, plan: Plan) -> Iterator[Violation]:
    expected = {(entry.staff, entry.week): entry.hours for entry in overtime_weeks(facts)}
    found = {(entry.staff, entry.week): entry.hours for entry in plan.extra_hours}
    if len(found) < len(plan.extra_hours):
        yield Violation("overtime", "Some person and week stands twice.")
    for staff, week in sorted(expected.keys() | found.keys()):
        said, true = found.get((staff, week), 0.0), expected.get((staff, week), 0.0)
        if said != true or (staff, week) not in expected:
            yield Violation(
                "overtime", f"{staff} has {true} hours in week {week}; the file says {said}.", staff=staff, week=week
            )


def _lists(facts: Facts, plan: Plan) -> Iterator[Violation]:
    known = [person for person in plan.hired if person in facts.expanded.people]  # rule H reports the others
    if sorted(known) != sorted(person for person in hired(facts)):
        yield Violation("hired", f"Hired are {', '.join(hired(facts)) or 'none'}, each once; the file says otherwise.")
    holidays = sorted(facts.expanded.scenario.holidays)
    if sorted(plan.holidays) != holidays:
        days = ", ".join(day.isoformat() for day in holidays) or "none"
        yield Violation("holidays", f"Holidays are {days}; the file says otherwise.")


def differences(expected: object, found: object, where: str = "") -> Iterator[str]:
    """Yield one sentence for each difference between two trees of plain values."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in [*expected, *(key for key in found if key not in expected)]:
            place = f"{where}.{key}".removeprefix(".")
            if key not in found:
                yield f"{place} is missing."
            elif key not in expected:
                yield f"{place} is nothing a plan has."
            else:
                yield from differences(expected[key], found[key], place)
    elif isinstance(expected, list | tuple) and isinstance(found, list | tuple) and len(expected) == len(found):
        for number, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, f"{where}[{number}]")
    elif expected != found or isinstance(expected, bool) != isinstance(found, bool):
        yield f"{where} is {_short(expected)}; the file says {_short(found)}."


def _short(value: object) -> str:
    if isinstance(value, dict | list | tuple):
        return f"{len(value)} entries"
    return "null" if value is None else str(value)
