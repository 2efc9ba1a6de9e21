"""What one more of anything is worth, all at once: prices of the Lagrangian dual, and the bound behind them.

A plan that has an hour more in one week is a plan of the *roomy* problem, in which everybody has an hour more in every
week, and whose limits are the present ones but for that week. So one dual serves them all: it is built from the roomy
problem, with the right sides of the present one. At its prices λ

    best with more  ≤  bound + λ · (what there is more of)

for a goal that is made large, whichever hour or percent is added, and for the plans that hold the goals before it. For
a week more of a task the windows differ, so that the bound is evaluated again, at the same prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import floor

from staffing.decisions.given import Effort, Given
from staffing.decisions.more import Kind, More, extra
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, worsened
from staffing.problem.budgets import BudgetKey, budget_periods, left_of
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded, Period, Person
from staffing.scenario.records import Goal
from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.bound.linear import LINEAR
from staffing.solving.earlier import earlier_of
from staffing.solving.goals import Term
from staffing.solving.objectives import every_must, terms_of, trivial_bound
from staffing.solving.state.kernel import READY

HOUR = Fraction(1)
NOTHING: Mapping[Kind, float] = {"hour": 0.05, "percent": 1e-3, "week": 1e-3}
"""Of what an hour of work is usually worth: what is less is no price, but what the search for prices left."""
FIRST = 0.6
"""Of the time left: for one goal."""
ASCENT = 0.7
"""Of the time of a goal: for its prices; the rest is for the windows of tasks."""
SLACK = 1e-6
"""Of a unit of a goal: how far sums of floats are distrusted."""


@dataclass(frozen=True)
class ShadowPrice:
    """What more of something may be worth to a goal.

    Attributes
    ----------
    goal
        Which.
    estimate
        By how much the goal betters at the price; below 0 where a salaried hour costs more than that.
    most
        By how much it betters at most, whatever the plan: the estimate, and what the bound leaves open.
    scarce
        Whether there is a price at all.
    """

    goal: Goal
    estimate: Fraction
    most: Fraction
    scarce: bool


class Prices:
    """Prices of what there may be more of, goal by goal.

    Parameters
    ----------
    given
        The plan, of which the bound says how far it may be from the best.
    mores
        What there may be more of.
    """

    def __init__(self, given: Given, mores: Sequence[More]) -> None:
        self.given = given
        self._mores = mores
        expanded = given.facts.expanded
        self.problem = build(expanded)
        self._earlier = earlier_of(self.problem, expanded, given.earlier)
        cells = {(more.person, more.week) for more in mores if more.kind == "hour"}
        people = {id_: _roomy(person, cells) for id_, person in expanded.people.items()}
        self.settled = False
        """Whether no goal can be bettered, as anybody can tell."""
        self._with_room = replace(expanded, people=people)
        self._roomy = build(self._with_room)

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        expanded = self.given.facts.expanded
        nothing = Facts(expanded, Draft({}, frozenset(expanded.hired)), self.given.baseline)
        empty = {goal: measure(nothing) for goal, measure in MEASURES.items()}
        return terms_of(self.problem, [entry.goal for entry in self.given.goals], empty, self._earlier)

    def of_all(self, effort: Effort) -> dict[More, list[ShadowPrice]]:
        """Return the prices of each: of the first goal that more of it may better, and of those before it.

        A goal that no plan betters, with more or without, is passed over. So is one that has no price for anything of a
        kind; it is then held as it is, for prices of the next goal.
        """
        found: dict[More, list[ShadowPrice]] = {more: [] for more in self._mores}
        wanted = {more.kind for more in self._mores}
        kept: list[tuple[Goal, int]] = []
        self.settled = True
        for entry, term in zip(self.given.goals, self._terms, strict=True):
            measure = MEASURES[term.goal](self.given.facts)
            best = term.most(measure)
            limit = term.most(worsened(term.goal, measure, Fraction(entry.tolerance)))
            if best > trivial_bound(self.problem, term, self._earlier):
                self.settled = False
                if term.goal not in LINEAR or not wanted or effort.over:
                    break
                prices = self._of(term, best, kept, wanted, effort.part(FIRST))
                for more, price in prices.items():
                    found[more].append(price)
                wanted -= {more.kind for more, price in prices.items() if price.scarce}
            kept.append((term.goal, limit))
        return found

    def _of(
        self, term: Term, best: int, kept: Sequence[tuple[Goal, int]], wanted: set[Kind], effort: Effort
    ) -> dict[More, ShadowPrice]:
        """Return what each kind wanted is worth to one goal; nothing where it cannot be bounded."""
        must_all = ("must", every_must(self.problem)) in kept
        dual = self._dual(self._roomy, term.goal, kept, must_all)
        if dual.ascend(best, _spent(effort.part(ASCENT))) is None:
            return {}
        unsettled = max(0.0, best - dual.ascent.best)  # not rounded: with more, the bound is another whole number
        hour = dual.constraints.start()[0] * self.problem.step.denominator
        better = self._by_price(dual)
        timed = "lateness" in (term.goal, *(goal for goal, _ in kept))
        by_window = self._by_window(dual, lambda problem: self._dual(problem, term.goal, kept, must_all), effort, timed)
        found = {}
        for more in self._mores:
            amount = by_window(more) if more.kind == "week" else better(more)
            if more.kind in wanted and amount is not None:
                found[more] = _price(term, more, amount, unsettled, NOTHING[more.kind] * hour)
        return found

    def _dual(self, problem: Problem, goal: Goal, kept: Sequence[tuple[Goal, int]], must_all: bool) -> LagrangianDual:
        """Return the dual of a roomy problem with the capacities of the present one."""
        dual = LagrangianDual(problem, goal, kept, must_all=must_all, compiled=READY.is_set())
        capacity = [steps for person in self.problem.people for steps in person.capacity]
        dual.constraints.right[: len(capacity)] = capacity
        return dual

    # by what is added

    def _by_price(self, dual: LagrangianDual) -> Callable[[More], float]:
        """Return what finds the worth of an hour, or of a percent, in units of the goal."""
        problem, prices = self.problem, dual.best_prices
        numbers = {person.id: number for number, person in enumerate(problem.people)}
        steps = self.problem.step.denominator
        rows = self._budget_rows(dual.constraints.first_budget)

        def worth(more: More) -> float:
            if more.kind == "hour":
                return float(dual.by_week[numbers[more.person] * problem.weeks + more.week - 1]) * steps
            periods = ((more.of, more.owner, name) for name in more.periods)
            return sum(
                float(prices[row]) * self._added(key[:2], period)
                for key, (row, period) in ((key, rows[key]) for key in periods if key in rows)
            )

        return worth

    def _budget_rows(self, first: int) -> Mapping[tuple[str, str, str], tuple[int, Period]]:
        """Return the row of the dual, and the period, of each budget that anything burns of."""
        expanded = self.given.facts.expanded
        billable = [expanded.jobs[job.id] for job in self.problem.jobs]
        listed = enumerate(budget_periods(expanded, billable), start=first)
        return {(*budget, period.name): (row, period) for row, (budget, period) in listed}

    def _added(self, budget: BudgetKey, period: Period) -> int:
        """Return by how many units of money a percent more raises what is left of a period of a budget."""
        raised = replace(period, amount=period.amount + extra(period.amount))
        one, other = (
            left_of(self.given.facts.expanded, budget, it, self.problem.money_unit) for it in (period, raised)
        )
        return other - one

    def _by_window(
        self, dual: LagrangianDual, like: Callable[[Problem], LagrangianDual], effort: Effort, timed: bool
    ) -> Callable[[More], float | None]:
        """Return what finds the worth of a week more of a task: by how much the bound moves at the same prices."""
        prices = dual.best_prices
        tasks = {job.id for job in self.problem.jobs}
        bound = dual.evaluate(prices)[0] if any(more.kind == "week" for more in self._mores) else 0.0

        def worth(more: More) -> float | None:
            if more.task not in tasks:  # promised hours deliver it, or it has no window
                return None
            if not timed and "deadline" not in (more.patch or {"tasks": [{}]})["tasks"][0]:
                return 0.0  # it is only due later
            if effort.over:
                return None
            problem = build(_longer(self._with_room, more.task))
            if len(problem.jobs) != len(self.problem.jobs):
                return None
            other = like(problem)
            return bound - other.evaluate(prices)[0] if len(other.best_prices) == len(prices) else None

        return worth


def _price(term: Term, more: More, amount: float, unsettled: float, least: float) -> ShadowPrice:
    """Return what more of something is worth, in the measure of a goal; what salaries cost anyway has come off.

    Parameters
    ----------
    term, more
        The goal, and what there is more of.
    amount, unsettled
        In units of the goal: by how much more of it moves the bound, and how far that may be from the best.
    least
        What is less is no price.
    """
    pay = more.pay if term.goal in ("cost", "net_value") else Fraction(0)
    scarce = amount >= least
    worth = Fraction(amount if scarce else 0) * term.unit
    most = floor(unsettled + amount + SLACK) * term.unit
    return ShadowPrice(term.goal, worth - pay, most - pay, scarce)


def _roomy(person: Person, cells: Iterable[tuple[str, int]]) -> Person:
    """Return somebody with an hour more in each of some weeks."""
    own = {week for id_, week in cells if id_ == person.id}

    def more(hours: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
        return tuple(amount + HOUR if week in own else amount for week, amount in enumerate(hours, start=1))

    return replace(person, capacity=more(person.capacity), room=more(person.room))


def _longer(expanded: Expanded, task: str) -> Expanded:
    """Return a scenario in which a task has its deadline, and its due week, a week later."""
    job = expanded.jobs[task]
    due = None if job.due is None or job.due >= expanded.weeks else job.due + 1
    longer = replace(job, deadline=min(job.deadline + 1, expanded.weeks), due=due)
    return replace(expanded, jobs={**expanded.jobs, task: longer})


def _spent(effort: Effort) -> Callable[[int], float]:
    """Return what tells the share of an effort that is spent; all of it once it is over."""
    clock = effort.clock
    return lambda _: 1.0 if effort.stop.is_set() else min(1.0, clock.used / max(effort.seconds, 1e-9))
