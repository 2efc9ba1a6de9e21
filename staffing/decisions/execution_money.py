"""What a plan that is carried out burns, costs and earns: what the plan itself does, and what chance adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

import numpy as np

from staffing.decisions.execution import Execution
from staffing.decisions.luck import Floats
from staffing.plan.draft import price
from staffing.plan.facts import ZERO, Cell, spans

Budget = tuple[str, str, str]
"""("client" or "project", id, name of the period)."""
LITTLE = 1e-6
"""Money that counts as none."""


class Ledger:
    """Burn, cost and revenue of every draw, by the formulas of the plan.

    Parameters
    ----------
    done
        A plan carried out.
    """

    def __init__(self, done: Execution) -> None:
        self._done = done
        self._facts = done.facts
        self._people = done.facts.expanded.people
        self._jobs = done.facts.expanded.jobs
        self._none = np.zeros(done.luck.draws)

    @cached_property
    def cost(self) -> Floats:
        """The cost: hours worked in place of those planned, prices of work that comes, overtime as worked.

        Switching, salaries and hires cost what they do in the plan, and history what it did.
        """
        cost = self._none + float(self._facts.cost)
        for (job, id_, _), more in self._more:
            person = self._people[id_]
            if not person.salaried and price(self._jobs[job], person) is None:
                cost = cost + float(person.cost_rate) * more
        for (job, _), amount in self._open_prices.items():
            cost = cost - float(amount) * ~self._done.luck.comes[job]
        for person in self._facts.present:
            premium = person.premium if person.salaried else person.premium - 1
            weeks = range(1, self._facts.expanded.weeks + 1)
            planned = sum((self._facts.new_overtime(person, week) for week in weeks), ZERO)
            cost = cost + float(person.cost_rate * premium) * (self._done.overtime[person.id] - float(planned))
        return cost

    @cached_property
    def revenue(self) -> Floats:
        """The revenue: billable hours worked at bill rates, but for what burns beyond a budget on bill basis.

        What the plan itself has beyond a budget, of history and promised hours, it counts as paid.
        """
        revenue = self._none + float(self._facts.revenue)
        for (job, id_, _), more in self._more:
            if self._jobs[job].billable:
                revenue = revenue + float(self._people[id_].bill_rate) * more
        return revenue if self._by_cost else revenue - self._unpaid

    @property
    def _by_cost(self) -> bool:
        return self._facts.expanded.scenario.budget_basis == "cost"

    @cached_property
    def _more(self) -> list[tuple[Cell, Floats]]:
        """By task, person and week: hours worked less those planned."""
        found: dict[Cell, Floats] = dict(self._done.hours)
        for cell, hours in (*self._facts.draft.hours.items(), *self._facts.promised.items()):
            found[cell] = found.get(cell, self._none) - float(hours)
        return list(found.items())

    @cached_property
    def _open_prices(self) -> dict[tuple[str, str], Fraction]:
        """Fixed prices by job and person, but for those that history has paid."""
        paid = self._facts.expanded.history_prices
        return {asked: amount for asked, amount in self._facts.prices.items() if asked not in paid}

    @cached_property
    def _burn(self) -> dict[Budget, tuple[Floats, float, float]]:
        """By client or project and period: what burns, what burns in the plan, and what the budget holds."""
        more: dict[tuple[str, str], dict[int, Floats]] = {}
        for job, week, amount in self._burnt():
            for key in (("client", self._jobs[job].client), ("project", self._jobs[job].project or "")):
                if key in self._facts.expanded.budgets:
                    weeks = more.setdefault(key, {})
                    weeks[week] = weeks.get(week, self._none) + amount
        found = {}
        for key, periods in self._facts.expanded.budgets.items():
            for period in periods:
                planned = float(self._facts.burn[key, period.name])
                here = sum((more.get(key, {}).get(week, self._none) for week in period.weeks), self._none)
                found[*key, period.name] = planned + here, planned, float(max(ZERO, period.amount - period.spent))
        return found

    @cached_property
    def beyond(self) -> dict[Budget, Floats]:
        """By client or project and period: money that burns beyond the budget."""
        return {budget: np.maximum(0.0, burn - holds) for budget, (burn, _, holds) in self._burn.items()}

    def _burnt(self) -> Iterator[tuple[str, int, Floats]]:
        """Yield each billable task, a week, and what it burns in it beyond what was planned."""
        for (job, id_, week), more in self._more:
            person = self._people[id_]
            if self._jobs[job].billable and not (self._by_cost and price(self._jobs[job], person) is not None):
                yield job, week, float(person.cost_rate if self._by_cost else person.bill_rate) * more
        if self._by_cost:
            for (job, id_), amount in self._open_prices.items():
                if self._jobs[job].billable:
                    yield from self._price_burnt(job, id_, float(amount))

    def _price_burnt(self, job: str, person: str, amount: float) -> Iterator[tuple[str, int, Floats]]:
        """Yield what a fixed price burns more or less in a week: later where the task is, unless it is promised."""
        comes, promises = self._done.luck.comes[job], self._facts.expanded.promises
        if (job, person) in promises.prices:
            yield job, self._promised_weeks[job][1], self._none - amount * ~comes
            return
        planned = self._new_weeks[job][1]
        span = self._facts.span(job)
        assert span is not None
        paid = np.maximum(self._facts.expanded.from_week, planned + self._done.finished[job] - span[1])
        yield job, planned, self._none - amount
        for week in range(self._facts.expanded.from_week, self._facts.expanded.weeks + 1):
            yield job, week, amount * ((paid == week) & comes)

    @cached_property
    def _new_weeks(self) -> dict[str, tuple[int, int]]:
        return spans(self._facts.draft.hours)

    @cached_property
    def _promised_weeks(self) -> dict[str, tuple[int, int]]:
        return spans(self._facts.promised)

    @property
    def _unpaid(self) -> Floats:
        """What nobody pays: by client the more of what is beyond its own budgets and beyond its projects' ones."""
        unpaid = {
            budget: np.maximum(0.0, burn - max(planned, holds)) for budget, (burn, planned, holds) in self._burn.items()
        }
        total = self._none
        projects = self._facts.expanded.projects
        for id_ in self._facts.expanded.clients:
            own = sum((more for key, more in unpaid.items() if key[:2] == ("client", id_)), self._none)
            theirs = sum(
                (more for key, more in unpaid.items() if key[0] == "project" and projects[key[1]].client == id_),
                self._none,
            )
            total = total + np.maximum(own, theirs)
        return total
