"""Occurrences of a repeating task that fare alike, told as one: ``weekly call ×13, weeks 1 to 13``."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from staffing.plan.records import TaskResult
from staffing.scenario.amounts import occurrence

MOST_LISTED = 3
"""Weeks that are listed one by one; of more the first and the last are told."""
_Entry = TypeVar("_Entry")


def alike(
    entries: Iterable[_Entry], task: Callable[[_Entry], str], how: Callable[[_Entry], Hashable]
) -> list[list[_Entry]]:
    """Group the occurrences of one task that share a key, in the order of the first of each group."""
    found: dict[Hashable, list[_Entry]] = {}
    for entry in entries:
        found.setdefault((occurrence(task(entry))[0], how(entry)), []).append(entry)
    return list(found.values())


def results_alike(results: Iterable[TaskResult], how: Callable[[TaskResult], Hashable]) -> list[list[TaskResult]]:
    """Group the results of occurrences that share a key."""
    return alike(results, lambda result: result.task, how)


def weeks_of(tasks: Iterable[str]) -> list[int]:
    """Return the first weeks of occurrences in order; a task that does not repeat adds none."""
    return sorted(week for _, week in map(occurrence, tasks) if week is not None)


def listed_weeks(weeks: Sequence[int]) -> str:
    """Return weeks as people say them; "" where there are none.

    >>> listed_weeks([3]), listed_weeks([3, 9]), listed_weeks([1, 2, 3, 4])
    ('3', '3, 9', '1 to 4')
    """
    in_a_row = len(weeks) > 1 and weeks[-1] - weeks[0] == len(weeks) - 1
    if len(weeks) > MOST_LISTED or in_a_row:
        return f"{weeks[0]} to {weeks[-1]}"
    return ", ".join(map(str, weeks))


def times(tasks: Sequence[str]) -> str:
    """Return how many occurrences there are, such as ``×13``; "" for one.

    >>> times(["a@1", "a@2"]), times(["a@1"]), times(["a"])
    ('×2', '', '')
    """
    return f"×{len(tasks)}" if len(tasks) > 1 else ""


def called(name: str, tasks: Sequence[str]) -> str:
    """Return the name of a task, or of those occurrences of it that are meant.

    >>> called("Call", ["call@1", "call@2"]), called("Call", ["call@3"]), called("Plan", ["plan"])
    ('Call ×2, weeks 1 to 2', 'Call, week 3', 'Plan')
    """
    weeks = weeks_of(tasks)
    if not weeks:
        return name
    counted = f"{name} {times(tasks)}".strip()
    return f"{counted}, {'week' if len(weeks) == 1 else 'weeks'} {listed_weeks(weeks)}"
