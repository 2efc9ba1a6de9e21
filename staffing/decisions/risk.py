"""What may come of a plan: chances of being on time, of too much work and of budgets overrun; cost and margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from time import perf_counter
from typing import Any, ClassVar

import numpy as np

from staffing.decisions.answer import Answer
from staffing.decisions.execution import Execution
from staffing.decisions.execution_money import LITTLE, Ledger
from staffing.decisions.given import Given
from staffing.decisions.luck import Bools, Floats, Luck
from staffing.errors import StaffingError
from staffing.plan.names import Names
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario

QUANTILES = (0.1, 0.5, 0.9)
MOST_DRAWS = 1_000_000
COLUMNS = ("what", "id", "name", "week", "period", "chance", "error", "p10", "p50", "p90")
"""The columns of the table; chances are shares of 1, the rest is money."""


@dataclass(frozen=True, slots=True)
class TaskRisk:
    """The chances of a task that the plan delivers, where its work comes at all.

    Attributes
    ----------
    on_time
        That it is over by its due week; without one, by its deadline.
    delivered
        That it is over within the horizon.
    comes
        That its client and its project are won.
    error
        Standard error of `on_time`.
    planned_late
        Whether the plan itself delivers it late.
    """

    task: str
    name: str
    client: str
    on_time: float | None
    delivered: float | None
    comes: float
    error: float | None
    planned_late: bool = False


@dataclass(frozen=True, slots=True)
class PersonRisk:
    """The chance that a person has more in hand in a week than hours of the contract."""

    staff: str
    name: str
    week: int
    above_contract: float
    error: float


@dataclass(frozen=True, slots=True)
class BudgetRisk:
    """The chance that more burns in a period of a budget than is left of it."""

    budget: str
    name: str
    period: str
    overrun: float
    error: float


@dataclass(frozen=True, slots=True)
class Band:
    """Amounts of money that one, five and nine of ten draws stay below, each with its standard error."""

    p10: float
    p50: float
    p90: float
    error: tuple[float, float, float]

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"p10": self.p10, "p50": self.p50, "p90": self.p90, "error": list(self.error)}


@dataclass(frozen=True, kw_only=True)
class Risk(Answer):
    """What may come of a plan.

    Attributes
    ----------
    draws, seed
        How often it was carried out, and by which random numbers.
    tasks
        Tasks that the plan delivers, the least likely to be on time first.
    people
        People and weeks with a chance of more than the contract, the greatest first.
    budgets
        Budgets and periods, the greatest chance of overrun first.
    cost, margin
        Of the whole plan.
    """

    draws: int
    seed: int
    tasks: tuple[TaskRisk, ...]
    people: tuple[PersonRisk, ...]
    budgets: tuple[BudgetRisk, ...]
    cost: Band
    margin: Band

    question: ClassVar[str] = "risk"
    columns: ClassVar[tuple[str, ...]] = COLUMNS

    def rows(self) -> Sequence[Sequence[Any]]:
        """Return a row for each task, person and week, budget and period, and two of money."""
        rows: list[tuple[Any, ...]] = []
        none = (None, None, None)
        for task in self.tasks:
            rows.append(("task on time", task.task, task.name, None, None, task.on_time, task.error, *none))
        for one in self.people:
            rows.append(("above contract", one.staff, one.name, one.week, None, one.above_contract, one.error, *none))
        for budget in self.budgets:
            chance = (budget.overrun, budget.error)
            rows.append(("budget overrun", budget.budget, budget.name, None, budget.period, *chance, *none))
        for what, band in (("cost", self.cost), ("margin", self.margin)):
            rows.append((what, None, None, None, None, None, None, band.p10, band.p50, band.p90))
        return rows

    def body(self) -> dict[str, Any]:
        """Return draws, tasks, people, budgets and money."""

        def plain(entry: Any) -> dict[str, Any]:
            return {name: getattr(entry, name) for name in type(entry).__slots__}

        return {
            "draws": self.draws,
            "seed": self.seed,
            "tasks": [plain(entry) for entry in self.tasks],
            "people": [plain(entry) for entry in self.people],
            "budgets": [plain(entry) for entry in self.budgets],
            "money": {"cost": self.cost.as_document(), "margin": self.margin.as_document()},
        }

    def __repr__(self) -> str:
        """Return in one line how many draws, and the margin."""
        return (
            f"<Risk of {self.scenario!r}: {self.draws} draws, margin {self.margin.p10:,.0f} to {self.margin.p90:,.0f}>"
        )


def risk(scenario: Scenario, plan: Plan, *, draws: int = 2000, seed: int = 0) -> Risk:
    """Carry a plan out many times with hours, absences and lost work drawn by chance.

    Parameters
    ----------
    scenario
        What was planned; its tasks may have ranges of hours, its people absences, clients and projects probabilities.
    plan
        A plan of it; it is audited first.
    draws
        How often, at least 10.
    seed
        Of the random numbers: the same seed gives the same table.

    Raises
    ------
    NotValidError
        Where the plan is not valid for the scenario, with every violation.
    StaffingError
        Where the numbers mean nothing.

    Notes
    -----
    How a plan is carried out is told in :mod:`staffing.decisions.execution`.
    """
    if not 10 <= draws <= MOST_DRAWS:
        raise StaffingError(f"draws is out of range: a whole number, 10 to {MOST_DRAWS}")
    if not 0 <= seed < 2**31:
        raise StaffingError("seed is out of range: a whole number, 0 or more, below 2147483648")
    began = perf_counter()
    facts = Given.of(scenario, plan).facts
    done = Execution(facts, Luck.drawn(facts, scenario, draws, seed)).run()
    money = Ledger(done)
    names = Names(plan)
    return Risk(
        scenario=scenario.name,
        fingerprint=scenario.fingerprint,
        draws=draws,
        seed=seed,
        tasks=tuple(sorted(_tasks(done, names), key=lambda entry: 2.0 if entry.on_time is None else entry.on_time)),
        people=tuple(sorted(_people(done, names), key=lambda entry: -entry.above_contract)),
        budgets=tuple(sorted(_budgets(money, names), key=lambda entry: -entry.overrun)),
        cost=_band(money.cost),
        margin=_band(money.revenue - money.cost),
        seconds=round(perf_counter() - began, 3),
    )


def _chance(hits: Bools) -> tuple[float, float]:
    """Return the share of draws, and its standard error."""
    share = float(np.mean(hits))
    return round(share, 6), round(sqrt(share * (1 - share) / len(hits)), 6)


def _band(amounts: Floats) -> Band:
    """Return the quantiles of an amount; the error of each is that of its rank (binomial), half the distance."""
    ordered = np.sort(amounts)
    last = len(ordered) - 1
    values, errors = [], []
    for share in QUANTILES:
        values.append(round(float(np.quantile(ordered, share)), 2))
        spread = sqrt(len(ordered) * share * (1 - share))
        low, high = (min(last, max(0, round(share * last + sign * spread))) for sign in (-1, 1))
        errors.append(round(float(ordered[high] - ordered[low]) / 2, 2))
    return Band(values[0], values[1], values[2], (errors[0], errors[1], errors[2]))


def _tasks(done: Execution, names: Names) -> Iterator[TaskRisk]:
    last = done.facts.expanded.weeks
    for job in done.facts.delivered:
        comes = done.luck.comes[job.id]
        over = done.finished[job.id][comes]
        due = job.deadline if job.due is None else job.due
        on_time, error = _chance(over <= due) if len(over) else (None, None)
        yield TaskRisk(
            task=job.id,
            name=names.work(job.id),
            client=names.client(job.client),
            on_time=on_time,
            delivered=_chance(over <= last)[0] if len(over) else None,
            comes=round(float(np.mean(comes)), 6),
            error=error,
            planned_late=bool(done.facts.weeks_late(job)),
        )


def _people(done: Execution, names: Names) -> Iterator[PersonRisk]:
    for (id_, week), above in done.above.items():
        chance, error = _chance(above)
        if chance:
            yield PersonRisk(id_, names.person(id_), week, chance, error)


def _budgets(money: Ledger, names: Names) -> Iterator[BudgetRisk]:
    for (kind, owner, period), beyond in money.beyond.items():
        chance, error = _chance(beyond > LITTLE)
        name = names.client(owner) if kind == "client" else names.project(owner)
        yield BudgetRisk(owner, name, period, chance, error)
