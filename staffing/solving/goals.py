"""One record a goal: all that the solving core knows of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, Goal
from staffing.solving.arrays import IntArray
from staffing.solving.cp import terms
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import Earlier
from staffing.solving.ruin.destroy import ANY, BUSIEST, CHANGED, FURTHER, LATE, OVERTIME, WAITING
from staffing.solving.state.ledger import coefficients

NEAR = Fraction(1, 4)
"""Relative: the distance within which even a bound that anybody can tell says something of the best plan."""
FAR = Fraction(1, 2)
"""Relative: the distance beyond which no bound of what is made small says anything: 1 week late of 89, say."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is usual in a problem, to give weights their measure.

    Attributes
    ----------
    steps
        Steps that a job needs.
    value
        Value of a job per step.
    rate
        Money for a step of work.
    price
        Fixed price of a job, where there are any.
    """

    steps: float
    value: float
    rate: float
    price: float

    @classmethod
    def of(cls, problem: Problem) -> Usual:
        """Return what is usual in a problem."""
        jobs = problem.jobs
        needs = sum(min((pair.need for pair in job.pairs), default=0) for job in jobs)
        prices = [pair.price for job in jobs for pair in job.pairs if pair.price is not None]
        return cls(
            steps=needs / max(1, len(jobs)),
            value=sum(job.value for job in jobs) / max(1, needs),
            rate=sum(person.hour_cost for person in problem.people) / max(1, len(problem.people)),
            price=sum(prices) / max(1, len(prices)),
        )


Weights = Mapping[str, float]
"""Weights of insertion (:class:`staffing.solving.state.tables.Weights`) by name."""


def _by_hours(late: float = 1.0, contact: float = 0.5) -> Callable[[Usual], Weights]:
    """Return weights for goals that are no money: hours count, and money a little."""
    return lambda usual: {"cost": 0.1 / max(1.0, usual.rate), "step": 1.0, "late": late, "contact": contact, "noise": 1}


BY_HOURS = _by_hours()


def _by_profit(usual: Usual) -> Weights:
    """Return weights for money won: an hour costs half of what work in it is usually worth, too."""
    return {"cost": 1.0, "step": 0.5 * usual.value, "noise": 1}


def _by_money(usual: Usual) -> Weights:
    """Return weights for money spent: all work is delivered already, so little is blurred."""
    return {"cost": 1.0, "step": 0.05 * usual.rate, "noise": 0.2}


def _effort_of_largest_must(problem: Problem) -> float:
    return float(max((job.effort * job.must for job in problem.jobs), default=1))


def _value_of_job(problem: Problem) -> float:
    return sum(job.value for job in problem.jobs) / max(1, len(problem.jobs))


def _cost_saved_on_job(problem: Problem) -> float:
    usual = Usual.of(problem)
    return 0.2 * (usual.steps * usual.rate + usual.price)


def _steps_of_job(problem: Problem) -> float:
    return Usual.of(problem).steps


@dataclass(frozen=True)
class GoalRecord:
    """A goal.

    Attributes
    ----------
    name
        Its word in scenarios.
    term
        The sum that CP-SAT adds up for it, not yet signed.
    sums
        The same on a plan in work, signed so that less is better: coefficients of what
        :data:`staffing.solving.state.ledger.MEASURED` lists. The bound prices the same sums.
    unit
        The unit of its amount: a field of the problem, or None for 1.
    target
        What destroy operators look for to better it.
    weights
        What counts when an owner is chosen.
    scale
        About how much one job changes the objective, in its units: the unit of temperatures.
    """

    name: Goal
    term: Callable[[Model, Earlier], Terms]
    sums: Mapping[str, int]
    unit: str | None = None
    target: int = WAITING
    weights: Callable[[Usual], Weights] = BY_HOURS
    scale: Callable[[Problem], float] = lambda _: 2.0

    @property
    def sign(self) -> int:
        """1 for what is minimised, -1 for what is maximised."""
        return -1 if self.name in MAXIMISED else 1

    @cached_property
    def coefficients(self) -> IntArray:
        """The sums in the order that compiled code knows."""
        return coefficients(self.sums)

    def objective(self, model: Model, baseline: Earlier) -> Terms:
        """Return the linear objective in a model, signed so that less is better."""
        return [(var, self.sign * factor) for var, factor in self.term(model, baseline)]

    def unit_in(self, problem: Problem) -> Fraction:
        """Return the measure of one unit of its amount."""
        return Fraction(1) if self.unit is None else getattr(problem, self.unit)


COST = {"cost": 1, "hired": 1}
"""Money for hours, switching, overtime, fixed prices, and hires."""
GOALS: dict[Goal, GoalRecord] = {
    record.name: record
    for record in (
        GoalRecord("must", terms.must, {"must": -1}, "effort_unit", scale=_effort_of_largest_must),
        GoalRecord("value", terms.value, {"value": -1}, "money_unit", scale=_value_of_job),
        GoalRecord(
            "net_value", terms.net_value, {**COST, "value": -1}, "money_unit", weights=_by_profit, scale=_value_of_job
        ),
        GoalRecord("lateness", terms.lateness, {"lateness": 1}, None, LATE, _by_hours(late=1000.0, contact=0.0)),
        GoalRecord("cost", terms.cost, COST, "money_unit", ANY, _by_money, _cost_saved_on_job),
        GoalRecord("overtime", terms.overtime, {"overtime": 1}, "step", OVERTIME, scale=_steps_of_job),
        GoalRecord("hours", terms.hours, {"steps": 1}, "step", ANY, scale=_steps_of_job),
        GoalRecord("contacts", terms.contacts, {"contacts": 1}, None, FURTHER, _by_hours(late=0.0, contact=1000.0)),
        GoalRecord("balance", terms.balance, {"busiest": 1}, None, BUSIEST),
        GoalRecord("changes", terms.changes, {"changes": 1}, None, CHANGED),
    )
}


@dataclass(frozen=True, slots=True)
class Term:
    """A goal in the integers of a problem: its measure is `constant` + `unit` × sign × objective.

    The constant holds what no decision changes: salaries, history, what can never be delivered.
    """

    goal: Goal
    unit: Fraction
    constant: Fraction
    trivial: int
    """The objective that no plan betters, as anybody can tell."""

    @property
    def sign(self) -> int:
        """1 for what is minimised, -1 for what is maximised."""
        return GOALS[self.goal].sign

    def bounded(self, best: int, bound: int) -> bool:
        """Return whether a bound says something: that the best is near it, or more than anybody can tell."""
        if best <= bound:
            return True
        reached = self.measure(self.sign * best)
        away = abs(reached - self.measure(self.sign * bound))
        told = bound > self.trivial and (self.sign < 0 or away <= FAR * abs(reached))
        return told or away <= NEAR * abs(reached)

    def measure(self, amount: int) -> Fraction:
        """Return the goal's measure for an amount, which is sign × objective."""
        return self.constant + self.unit * amount

    def most(self, limit: Fraction) -> int:
        """Return the greatest objective whose measure keeps a limit."""
        amount = (limit - self.constant) / self.unit
        return floor(amount) if self.sign > 0 else -ceil(amount)
