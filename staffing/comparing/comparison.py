"""Plans side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from staffing import showing
from staffing.comparing.breakdown import Rows, by_client, by_person
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
    client_values, person_values
        The same by client and by person, by id: hours, money, and tasks that moved.
    plans
        The plans themselves.
    """

    names: tuple[str, ...]
    values: dict[str, tuple[Measure, ...]]
    fates: dict[str, tuple[Fate, ...]]
    client_values: Rows
    person_values: Rows
    plans: tuple[Plan, ...] = field(repr=False, compare=False)

    @cached_property
    def outcomes(self) -> dict[str, tuple[str, ...]]:
        """By task, what becomes of it in each plan in words, for the tasks that differ."""
        return {task: tuple(fate.text for fate in fates) for task, fates in self.fates.items()}

    @cached_property
    def differences(self) -> dict[str, tuple[Measure, ...]]:
        """By measure, each further plan less the first; None where that is no number."""
        return {name: differences(row) for name, row in self.values.items()}

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
    def clients(self) -> pd.DataFrame:
        """One row per client and measure, columns as in :attr:`frame`.

        Measures are hours, cost, revenue, margin, delivered_tasks, and moved_tasks: tasks that differ from the first
        plan in state, owners or weeks.
        """
        return self._parts("client", self.client_values)

    @property
    def people(self) -> pd.DataFrame:
        """One row per person and measure, columns as in :attr:`frame`.

        Measures are hours, strategic_hours, utilisation, cost, strategic_hours_crowded_out, and moved_tasks: those of
        the person in either plan.
        """
        return self._parts("staff", self.person_values)

    def _parts(self, whose: str, values: Rows) -> pd.DataFrame:
        import pandas as pd

        rows = {(id_, name): (*row, *differences(row)) for id_, own in values.items() for name, row in own.items()}
        index = (
            pd.MultiIndex.from_tuples(list(rows), names=[whose, "measure"])
            if rows
            else pd.MultiIndex.from_arrays([[], []], names=[whose, "measure"])
        )
        columns = [*self.names, *self.difference_names]
        return pd.DataFrame(list(rows.values()), index=index, columns=columns, dtype=object)

    @property
    def tasks(self) -> pd.DataFrame:
        """One row per task whose state, owners or weeks differ, a column for each plan: ``delivered: sara, week 3``."""
        import pandas as pd

        index = pd.Index(list(self.outcomes), name="task")
        return pd.DataFrame(list(self.outcomes.values()), index=index, columns=list(self.names), dtype=object)

    @property
    def long(self) -> pd.DataFrame:
        """Measures, those by client and by person, then tasks, in one table; the column ``what`` tells them apart."""
        import pandas as pd

        blank = (None,) * len(self.difference_names)
        rows = [("measure", name, *row, *self.differences[name]) for name, row in self.values.items()]
        for what, values in (("client", self.client_values), ("person", self.person_values)):
            rows += [
                (what, f"{id_} {name}", *row, *differences(row))
                for id_, own in values.items()
                for name, row in own.items()
            ]
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
    fates = differing(found)
    return Comparison(
        names=_unique([plan.scenario for plan in plans]),
        values={name: tuple(column.get(name) for column in columns) for name in every},
        fates=fates,
        client_values=by_client(found, fates),
        person_values=by_person(found, fates),
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


def differences(row: Sequence[Measure]) -> tuple[Measure, ...]:
    """Return each further value less the first; None where that is no number."""
    return tuple(_less(value, row[0]) for value in row[1:])


def _less(value: Measure, first: Measure) -> Measure:
    if isinstance(value, int | float) and isinstance(first, int | float):
        return round(value - first, 4)
    return None
