"""What a plan that is carried out burns, costs and earns: what the plan itself does, and what chance adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import numpy as np

from staffing.decisions.execution import Execution, Floats
from staffing.plan.draft import price
from staffing.plan.facts import ZERO, Cell

LITTLE = 1e-6
"""Money that counts as none."""


class Ledger:
    """Burn, cost and revenue of every draw, by the formulas of the plan.

    Parameters
    ----------
    done
        A plan carried out.
    draws
        How often.
    """

    def __init__(self, done: Execution, draws: int) -> None:
        self._done = done
        self._facts = done.facts
        self._people = done.facts.expanded.people
        self._jobs = done.facts.expanded.jobs
        self._none = np.zeros(draws)

    def cost(self) -> Floats:
        """Return the cost: hours worked in place of those planned, prices of work that comes, overtime as worked.

        Switching, salaries and hires cost what they do in the plan.
        """
        first = self._facts.expanded.from_week
        cost = self._none + float(self._facts.cost)
        for (job, id_, _), more in self._more:
            person = self._people[id_]
            if not person.salaried and price(self._jobs[job], person) is None:
                cost = cost + float(person.cost_rate) * more
        for (job, _), amount in self._facts.prices.items():
            if job in self._done.luck.comes:
                cost = cost - float(amount) * ~self._done.luck.comes[job]
        for person in self._facts.present:
            planned = sum(
                (hours for (id_, week), hours in self._facts.overtime.items() if id_ == person.id and week >= first),
                ZERO,
            )
            worked = self._done.overtime.get(person.id, self._none)
            premium = person.premium if person.salaried else person.premium - 1
            cost = cost + float(person.cost_rate * premium) * (worked - float(planned))
        return cost

    def revenue(self) -> Floats:
        """Return the revenue: billable hours worked at bill rates, but for what burns beyond a budget on bill basis."""
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
            if cell[0] in self._done.finished:
                found[cell] = found.get(cell, self._none) - float(hours)
        return list(found.items())

    @cached_property
    def beyond(self) -> dict[tuple[str, str, str], Floats]:
        """By client or project and period: money that burns beyond the budget."""
        burn: dict[tuple[str, str], dict[int, Floats]] = {}
        for job, week, amount in self._burnt():
            for key in (("client", self._jobs[job].client), ("project", self._jobs[job].project or "")):
                if key in self._facts.expanded.budgets:
                    weeks = burn.setdefault(key, {})
                    weeks[week] = weeks.get(week, self._none) + amount
        found = {}
        for key, periods in self._facts.expanded.budgets.items():
            for period in periods:
                planned = float(self._facts.burn[key, period.name])
                more = sum((burn.get(key, {}).get(week, self._none) for week in period.weeks), self._none)
                found[*key, period.name] = np.maximum(0.0, planned + more - float(period.amount - period.spent))
        return found

    def _burnt(self) -> Iterator[tuple[str, int, Floats]]:
        """Yield each billable task, a week, and what it burns in it beyond what was planned."""
        for (job, id_, week), more in self._more:
            person = self._people[id_]
            if self._jobs[job].billable and not (self._by_cost and price(self._jobs[job], person) is not None):
                yield job, week, float(person.cost_rate if self._by_cost else person.bill_rate) * more
        for (job, _), amount in self._facts.prices.items() if self._by_cost else ():
            span = self._facts.span(job)
            if job not in self._done.finished or not self._jobs[job].billable or span is None:
                continue
            yield job, span[1], self._none - float(amount)
            over = self._done.finished[job]
            for week in range(1, self._facts.expanded.weeks + 1):
                yield job, week, float(amount) * ((over == week) & self._done.luck.comes[job])

    @property
    def _unpaid(self) -> Floats:
        """What nobody pays: by client the more of what is beyond its own budgets and beyond its projects' ones."""
        unpaid = self._none
        projects = self._facts.expanded.projects
        for id_ in self._facts.expanded.clients:
            own = sum((more for key, more in self.beyond.items() if key[:2] == ("client", id_)), self._none)
            theirs = sum(
                (more for key, more in self.beyond.items() if key[0] == "project" and projects[key[1]].client == id_),
                self._none,
            )
            unpaid = unpaid + np.maximum(own, theirs)
        return unpaid
