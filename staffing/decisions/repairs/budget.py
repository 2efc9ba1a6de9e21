"""A larger budget: the least amount by which the budgets of the client and of the project are raised."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from math import ceil, floor

from staffing.decisions.given import Effort
from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Elastic
from staffing.decisions.repairs.words import number, whose
from staffing.decisions.trial import Trial
from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import CENT, money
from staffing.problem.problem import BudgetPeriod, Problem
from staffing.scenario.expand import Period
from staffing.scenario.findings import listed
from staffing.scenario.records import Budget
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import burn_in
from staffing.solving.cp.variables import Terms
from staffing.solving.solution import Readings

Key = tuple[str, str]
"""("client" or "project", id)."""


class Budgets(Elastic):
    """The budgets that the tasks burn, all raised by one amount in the model, and each by what it needs in the end."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        job = question.jobs[0]
        keys = [("client", job.client), ("project", job.project or "")]
        self.keys = [key for key in keys if job.billable and key in question.expanded.budgets]
        self.least_is_exact = False

    def trial(self) -> Trial | None:
        """Return the plan sought with budgets that pay for everything."""
        if not self.keys:
            return None
        trial = self.question.trial(self._raised(dict.fromkeys(self.keys, self._everything)))
        if trial is not None:
            self._whole = trial.problem
            steps = {left % trial.problem.money_unit for left in self._left.values()}
            self.least_is_exact = len(steps) == 1 and trial.problem.money_unit % CENT == 0
        return trial

    @cached_property
    def _everything(self) -> Fraction:
        """More than all work of the scenario burns."""
        facts = self.question.given.facts
        rate = max(max(person.bill_rate, person.cost_rate) for person in facts.expanded.people.values())
        powers = [power for person in facts.expanded.people.values() for power in person.productivity.values() if power]
        hours = sum((max(job.effort, ZERO) for job in facts.expanded.jobs.values()), ZERO) / min([*powers, Fraction(1)])
        asked = [one for job in facts.expanded.jobs.values() for one in job.estimates.values()]
        hours += sum((one.hours for one in asked), ZERO) + 10 * len(facts.expanded.jobs)
        spent = max(period.spent + period.burned for key in self.keys for period in facts.expanded.budgets[key])
        promised = sum(facts.expanded.promises.burn.values(), ZERO)
        return Fraction(ceil(hours * rate + sum((one.price or ZERO for one in asked), ZERO) + spent + promised))

    def _raised(self, amounts: dict[Key, Fraction]) -> dict[str, list[dict[str, object]]]:
        """Return the What-if that raises budgets."""
        patch: dict[str, list[dict[str, object]]] = {}
        for (what, id_), amount in amounts.items():
            raised = money(Fraction(self._budget((what, id_)).amount) + amount)
            patch.setdefault(f"{what}s", []).append({"id": id_, "budget": {"amount": raised}})
        return patch

    def _budget(self, key: Key) -> Budget:
        what, id_ = key
        expanded = self.question.expanded
        budget = (expanded.clients if what == "client" else expanded.projects)[id_].budget
        assert budget is not None, "only budgets that there are"
        return budget

    @cached_property
    def _left(self) -> dict[tuple[str, str, str], Fraction]:
        """What is left in each period for new hours, below 0 where more than the budget is gone already."""
        promised = self.question.expanded.promises.burn
        return {
            (*key, period.name): _rest(period) - promised.get((*key, period.name), ZERO)
            for key in self.keys
            for period in self.question.expanded.budgets[key]
        }

    def objective(self, model: Model) -> Terms:
        """Return the most that any period burns beyond what is left of it."""
        unit = model.problem.money_unit
        beyond = []
        for period in model.problem.budgets:
            if period.budget in self._left:
                kept = _left_of(self._whole, period) - period.left
                beyond.append((burn_in(model, period), kept - floor(self._left[period.budget] / unit), kept))
        if not any(burn for burn, _, _ in beyond):
            return []

        def reading(read: Readings) -> int:
            amounts = [(model.evaluate(burn, read.solution), over, kept) for burn, over, kept in beyond]
            return max(0, *(burn + over for burn, over, kept in amounts if burn or kept), 0)

        most = sum(model.problem.budgets[number].left for number in range(len(model.problem.budgets)))
        excess = model.integer(max(1, most), "budget", reading)
        for burn, over, kept in beyond:
            if over <= 0 or kept:
                model.at_most([*burn, (excess, -1)], -over)
            elif burn:
                burns = model.flag("burns", lambda read, burn=burn: model.evaluate(burn, read.solution) > 0)  # type: ignore[misc]
                model.at_most([*burn, (burns, -_most(model, burn))], 0)
                model.at_most([*burn, (burns, over), (excess, -1)], 0)
        return [(excess, 1)]

    def refuted_below(self, change: Change, effort: Effort) -> bool:
        """Return whether it is proven that a cent less does not do."""
        trial = self.question.trial(self._raised(dict.fromkeys(self.keys, change.amount - CENT)))
        return trial is not None and trial.fits(effort).refuted

    def change(self, facts: Facts) -> Change | None:
        """Return each budget raised by what it needs, to the cent."""
        needed = {key: self._needed(facts, key) for key in self.keys}
        needed = {key: amount for key, amount in needed.items() if amount > 0}
        if not needed:
            return None
        return Change("budget", max(needed.values()), "money", self._raised(needed), self._text(needed))

    def _needed(self, facts: Facts, key: Key) -> Fraction:
        burnt = {(*budget, name): burn for (budget, name), burn in facts.new_burn.items()}
        over = [burn - self._left[period] for period, burn in burnt.items() if burn and period[:2] == key]
        return ceil(max([ZERO, *over]) / CENT) * CENT

    def _text(self, needed: dict[Key, Fraction]) -> str:
        parts = []
        for (what, id_), amount in needed.items():
            budget = self._budget((what, id_))
            names = self.question.names
            name = names.client(id_) if what == "client" else names.project(id_)
            per = "" if budget.per == "horizon" else f" a {budget.per}"
            old = Fraction(budget.amount)
            parts.append(f"{whose(name)} budget by {number(amount)}{per}, from {number(old)} to {number(old + amount)}")
        return f"Raise {listed(parts)}."


def _rest(period: Period) -> Fraction:
    return period.amount - period.spent - period.burned


def _left_of(problem: Problem, period: BudgetPeriod) -> int:
    return next(one.left for one in problem.budgets if one.budget == period.budget)


def _most(model: Model, burn: Terms) -> int:
    return sum(max(0, factor) * model.high(var) for var, factor in burn)
