"""Plans side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from staffing import showing
from staffing.comparing.measures import Measure, measures
from staffing.plan.records import TaskResult

if TYPE_CHECKING:
    import pandas as pd

    from staffing.plan.plan import Plan

ABSENT = "absent"


@dataclass(frozen=True)
class Comparison:
    """Several plans, measure by measure and task by task.

    Attributes
    ----------
    names
        Names of the plans, each once, in the order given.
    values
        By measure, one value for each plan; None where a plan does not have it.
    outcomes
        By task, what becomes of it in each plan, for the tasks whose state or owners differ.
    """

    names: tuple[str, ...]
    values: dict[str, tuple[Measure, ...]]
    outcomes: dict[str, tuple[str, ...]]

    @cached_property
    def differences(self) -> dict[str, tuple[Measure, ...]]:
        """By measure, each further plan less the first; None where that is no number."""
        return {name: tuple(_less(value, row[0]) for value in row[1:]) for name, row in self.values.items()}

    @cached_property
    def difference_names(self) -> tuple[str, ...]:
        """Names of the columns of differences."""
        return tuple(f"{name} - {self.names[0]}" for name in self.names[1:])

    @property
    def frame(self) -> pd.DataFrame:
        """One row per measure: a column for each plan, then its difference to the first."""
        import pandas as pd

        rows = [(*row, *self.differences[name]) for name, row in self.values.items()]
        index = pd.Index(list(self.values), name="measure")
        return pd.DataFrame(rows, index=index, columns=[*self.names, *self.difference_names], dtype=object)

    @property
    def tasks(self) -> pd.DataFrame:
        """One row per task whose state or owners differ, a column for each plan: ``delivered: sara``."""
        import pandas as pd

        index = pd.Index(list(self.outcomes), name="task")
        return pd.DataFrame(list(self.outcomes.values()), index=index, columns=list(self.names), dtype=object)

    @property
    def long(self) -> pd.DataFrame:
        """Measures, then tasks, in one table; the column ``what`` tells them apart."""
        import pandas as pd

        blank = (None,) * len(self.difference_names)
        rows = [("measure", name, *row, *self.differences[name]) for name, row in self.values.items()]
        rows += [("task", task, *row, *blank) for task, row in self.outcomes.items()]
        return pd.DataFrame(rows, columns=["what", "name", *self.names, *self.difference_names], dtype=object)

    def _repr_html_(self) -> str:
        return showing.html("comparison", self)


def compare(plans: Sequence[Plan]) -> Comparison:
    """Put plans side by side.

    Parameters
    ----------
    plans
        At least one plan; differences are to the first.

    Raises
    ------
    ValueError
        Without a plan.
    """
    if not plans:
        raise ValueError("there is nothing to compare: at least one plan is asked for")
    columns = [measures(plan) for plan in plans]
    every = dict.fromkeys(name for column in _longest_first(columns) for name in column)
    return Comparison(
        names=_unique([plan.scenario for plan in plans]),
        values={name: tuple(column.get(name) for column in columns) for name in every},
        outcomes=_differing(plans),
    )


def _longest_first(columns: list[dict[str, Measure]]) -> list[dict[str, Measure]]:
    """Order measures by the plan that has most of them, so that they stay beside their like."""
    return sorted(columns, key=len, reverse=True)


def _unique(names: list[str]) -> tuple[str, ...]:
    """Number names that come again."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        candidate = name if seen[name] == 1 else f"{name} ({seen[name]})"
        while candidate in found:
            seen[name] += 1
            candidate = f"{name} ({seen[name]})"
        found.append(candidate)
    return tuple(found)


def _differing(plans: Sequence[Plan]) -> dict[str, tuple[str, ...]]:
    """Find the tasks whose state or owners are not the same in all plans."""
    by_plan = [{result.task: result for result in plan.results} for plan in plans]
    every = dict.fromkeys(task for results in by_plan for task in results)
    rows = {task: tuple(outcome(results.get(task)) for results in by_plan) for task in every}
    return {task: row for task, row in rows.items() if len(set(row)) > 1}


def outcome(result: TaskResult | None) -> str:
    """Say what becomes of a task: its state and its owners.

    >>> outcome(TaskResult("plan", "late", ("sara", "omid"), 1, 3, 1, 12.0, 24, None))
    'late: sara, omid'
    """
    if result is None:
        return ABSENT
    return f"{result.state}: {', '.join(result.owners)}" if result.owners else result.state


def _less(value: Measure, first: Measure) -> Measure:
    if isinstance(value, int | float) and isinstance(first, int | float):
        return round(value - first, 4)
    return None
