"""The periods of budgets that a problem has, and what is left of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import floor

from staffing.scenario.expand import Expanded, Job, Period

BudgetKey = tuple[str, str]
"""("client" or "project", id)."""


def burning(jobs: Iterable[Job]) -> dict[BudgetKey, list[Job]]:
    """Return the jobs that burn of each budget there is, or could be."""
    found: dict[BudgetKey, list[Job]] = {}
    for job in jobs:
        if job.billable:
            found.setdefault(("client", job.client), []).append(job)
            if job.project is not None:
                found.setdefault(("project", job.project), []).append(job)
    return found


def budget_periods(expanded: Expanded, jobs: Iterable[Job]) -> Iterator[tuple[BudgetKey, Period]]:
    """Yield each period of the budgets that some jobs burn of, in the order of the problem."""
    burnt = burning(jobs)
    for budget, periods in expanded.budgets.items():
        if budget in burnt:
            yield from ((budget, period) for period in periods if period.weeks)


def left_of(expanded: Expanded, budget: BudgetKey, period: Period, unit: Fraction) -> int:
    """Return what promises leave of a period, rounded down to a unit of money, of which every burn is a multiple."""
    promised = expanded.promises.burn.get((*budget, period.name), Fraction(0))
    return max(0, floor((period.left - promised) / unit))
