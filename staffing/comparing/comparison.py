"""Plans side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from staffing import showing
from staffing.comparing.fates import Fate, differing, done, sides
from staffing.comparing.measures import Measure, measures

if TYPE_CHECKING:
    import pandas as pd

    from staffing.plan.plan import Plan


@dataclass(frozen=True)
class Comparison:
    """Several plans, measure by measure and task by task.

    Attributes
    ----------
    names
        Names of the plans, each once, in the order given.
    values
        By measure, one value for each plan; None where a plan does not have it.
    fates
        By task, what becomes of it in each plan, for the tasks whose state, owners or weeks differ.
    plans
        The plans themselves.
    """

    names: tuple[str, ...]
    values: dict[str, tuple[Measure, ...]]
    fates: dict[str, tuple[Fate, ...]]
    plans: tuple[Plan, ...] = field(repr=False, compare=False)

    @cached_property
    def outcomes(self) -> dict[str, tuple[str, ...]]:
        """By task, what becomes of it in each plan in words, for the tasks that differ."""
        return {task: tuple(fate.text for fate in fates) for task, fates in self.fates.items()}

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
        """One row per task whose state, owners or weeks differ, a column for each plan: ``delivered: sara, week 3``."""
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

    History counts on every side: what is done in a re-plan was delivered, as in the plan before it. Tasks whose state,
    owners or weeks differ are told one by one; occurrences of repeating tasks are matched by date.

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
    found = sides(plans)
    columns = [measures(side.plan, done(side, found)) for side in found]
    every = dict.fromkeys(name for column in _longest_first(columns) for name in column)
    return Comparison(
        names=_unique([plan.scenario for plan in plans]),
        values={name: tuple(column.get(name) for column in columns) for name in every},
        fates=differing(found),
        plans=tuple(plans),
    )


def _longest_first(columns: list[dict[str, Measure]]) -> list[dict[str, Measure]]:
    """Order measures by the plan that has most of them, so that similar ones stay together."""
    return sorted(columns, key=len, reverse=True)


def _unique(names: list[str]) -> tuple[str, ...]:
    """Return the names, with numbers after those that are repeated."""
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


def _less(value: Measure, first: Measure) -> Measure:
    if isinstance(value, int | float) and isinstance(first, int | float):
        return round(value - first, 4)
    return None
