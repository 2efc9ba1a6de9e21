"""What follows from a draft: owners, weeks, loads, costs and burn, each stated once.

Goals, metrics, the plan file and the audit all read these facts. Everything is exact; nothing is rounded here.
History (the hours of a baseline before a re-plan began) counts as hours, burn and cost, and as the first and last
week of a task; it does not count as owners or as clients, so it loses no hours to switching. Promised hours (bookings)
count like new ones, whatever the draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from staffing.plan.draft import Draft, price
from staffing.plan.records import Baseline
from staffing.scenario.bookings import room_left
from staffing.scenario.expand import Expanded, Job, Person

ZERO = Fraction(0)
_Key = TypeVar("_Key")
Cell = tuple[str, str, int]
"""Job, person and week."""
PersonWeek = tuple[str, int]
BudgetKey = tuple[str, str]
"""("client" or "project", id)."""


@dataclass(frozen=True)
class Facts:
    """The facts of one draft of one scenario.

    A job is delivered if it is not done and has new hours, or promised ones that are all it needs; whether new hours
    suffice is the matter of rule E.

    Attributes
    ----------
    expanded
        The scenario, with history if it is a re-plan.
    draft
        New allocations and hired placeholders, naming nothing that the scenario does not have.
    baseline
        The earlier plan that changes are counted against, if any.
    """

    expanded: Expanded
    draft: Draft
    baseline: Baseline | None = None

    # ------------------------------------------------------------------ hours

    @property
    def history(self) -> Mapping[Cell, Fraction]:
        """Fixed hours of the baseline before the week the re-plan began from."""
        return self.expanded.history

    @property
    def promised(self) -> Mapping[Cell, Fraction]:
        """Hours of bookings, fixed too."""
        return self.expanded.promises.hours

    @cached_property
    def fixed(self) -> dict[Cell, Fraction]:
        """Hours of each job, person and week that no plan decides: of history, and promised."""
        return _total((*self.history.items(), *self.promised.items()))

    @cached_property
    def cells(self) -> dict[Cell, Fraction]:
        """Planned hours of each job, person and week: new and fixed."""
        return _total((*self.fixed.items(), *self.draft.hours.items()))

    @cached_property
    def new_hours(self) -> dict[str, dict[str, Fraction]]:
        """New hours of each job by person, people in the scenario's order."""
        found: dict[str, dict[str, Fraction]] = defaultdict(dict)
        for (job, person, _), hours in self.draft.hours.items():
            found[job][person] = found[job].get(person, ZERO) + hours
        order = {person: number for number, person in enumerate(self.expanded.people)}
        return {job: dict(sorted(people.items(), key=lambda item: order[item[0]])) for job, people in found.items()}

    @cached_property
    def job_hours(self) -> dict[str, Fraction]:
        """Planned hours of each job, fixed ones too."""
        return _total((job, hours) for (job, _, _), hours in self.cells.items())

    @cached_property
    def hours_on(self) -> dict[tuple[str, str], Fraction]:
        """Planned hours of each job and person, fixed ones too."""
        return _total(((job, person), hours) for (job, person, _), hours in self.cells.items())

    @cached_property
    def hours(self) -> Fraction:
        """Planned hours, fixed ones too, without switching."""
        return sum(self.cells.values(), ZERO)

    # ------------------------------------------------------------------ tasks

    @cached_property
    def delivered(self) -> tuple[Job, ...]:
        """Jobs delivered, late ones too, in the scenario's order."""
        jobs = self.expanded.jobs.values()
        return tuple(job for job in jobs if job.covered or (job.id in self.new_hours and not job.done))

    @cached_property
    def waiting(self) -> tuple[Job, ...]:
        """Jobs neither delivered nor done, in the scenario's order."""
        return tuple(job for job in self.expanded.jobs.values() if not (job.done or self.is_delivered(job.id)))

    def is_delivered(self, job: str) -> bool:
        """Whether a job is delivered."""
        return job in self._delivered_ids

    @cached_property
    def _delivered_ids(self) -> frozenset[str]:
        return frozenset(job.id for job in self.delivered)

    def owners(self, job: str) -> tuple[str, ...]:
        """People with new or promised hours on a delivered job, in the scenario's order; nobody for any other job."""
        if not self.is_delivered(job):
            return ()
        promised, new = self.expanded.promises.people.get(job), self.new_hours.get(job, {})
        if not promised:
            return tuple(new)
        return tuple(person for person in self.expanded.people if person in new or person in promised)

    def first_new_week(self, job: str) -> int:
        """First week of a job's new hours."""
        return self._new_weeks[job][0]

    def span(self, job: str) -> tuple[int, int] | None:
        """First and last week of a delivered job, fixed hours too; None for any other job."""
        return self._weeks[job] if self.is_delivered(job) else None

    def over(self, job: str) -> int | None:
        """Last week of a job that is delivered, or that history finished; None for any other (rule P)."""
        if self.expanded.jobs[job].done:
            return self.expanded.finished.get(job)
        span = self.span(job)
        return span[1] if span is not None else None

    def weeks_late(self, job: Job) -> int:
        """max(0, last week − due week) of a delivered job; 0 for any other, and without a due date."""
        span = self.span(job.id)
        return max(0, span[1] - job.due) if span is not None and job.due is not None else 0

    @cached_property
    def _new_weeks(self) -> dict[str, tuple[int, int]]:
        return spans(self.draft.hours)

    @cached_property
    def _weeks(self) -> dict[str, tuple[int, int]]:
        return spans(self.cells)

    # ------------------------------------------------------------------ people

    @cached_property
    def hired(self) -> frozenset[str]:
        """Placeholders hired: those of the draft, and those with fixed hours together with their earlier copies."""
        return self.draft.hired | self.expanded.hired

    @cached_property
    def present(self) -> tuple[Person, ...]:
        """People the plan has: everybody but placeholders not hired, in the scenario's order."""
        return tuple(
            person for person in self.expanded.people.values() if not person.placeholder or person.id in self.hired
        )

    @cached_property
    def clients_served(self) -> dict[PersonWeek, frozenset[str]]:
        """Clients a person has new or promised hours for in a week."""
        found: dict[PersonWeek, set[str]] = defaultdict(set)
        for job, person, week in (*self.promised, *self.draft.hours):
            found[person, week].add(self.expanded.jobs[job].client)
        return {key: frozenset(clients) for key, clients in found.items()}

    @cached_property
    def planned(self) -> dict[PersonWeek, Fraction]:
        """Planned hours of a person in a week, fixed ones too, without switching."""
        return _total(((person, week), hours) for (_, person, week), hours in self.cells.items())

    @cached_property
    def switching(self) -> dict[PersonWeek, Fraction]:
        """Hours lost in a week: switching × max(0, clients served − 1)."""
        lost = self.expanded.switching
        return {key: lost * (len(clients) - 1) for key, clients in self.clients_served.items()}

    @cached_property
    def load(self) -> dict[PersonWeek, Fraction]:
        """Planned hours and hours lost to switching, of each person and week that has any."""
        return {key: hours + self.switching.get(key, ZERO) for key, hours in self.planned.items()}

    @cached_property
    def overtime(self) -> dict[PersonWeek, Fraction]:
        """Hours of load above capacity, where there are any; in the scenario's order, by person and week."""
        return {
            (person.id, week): over
            for person in self.expanded.people.values()
            for week in range(1, self.expanded.weeks + 1)
            if (person.id, week) in self.load and (over := self._over(person, week)) > 0
        }

    def _over(self, person: Person, week: int) -> Fraction:
        """Hours of load above capacity: history against the days that are over, all else against the others."""
        key = (person.id, week)
        old = self.load.get(key, ZERO) - self.new_load.get(key, ZERO)
        capacity = person.capacity[week - 1]
        if week >= self.expanded.from_week and self.expanded.scenario.as_of is not None:
            capacity -= person.room[week - 1]
        return self.new_overtime(person, week) + max(ZERO, old - capacity)

    def new_overtime(self, person: Person, week: int) -> Fraction:
        """Hours of new and promised load above the hours that a person has left in a week.

        What promised hours leave of the room is rounded down to the grid before new hours take it.
        """
        promised = self.expanded.promises.load.get((person.id, week), ZERO)
        return max(ZERO, promised - person.room[week - 1]) + self.added_overtime(person, week)

    def added_overtime(self, person: Person, week: int) -> Fraction:
        """Hours of new load above what history and promised hours leave of a week."""
        load = self.new_load.get((person.id, week), ZERO)
        added = load - self.expanded.promises.load.get((person.id, week), ZERO)
        return max(ZERO, added - room_left(self.expanded, person, week)[0]) if added else ZERO

    @cached_property
    def new_load(self) -> dict[PersonWeek, Fraction]:
        """Load of new and promised hours, switching included."""
        cells = (*self.promised.items(), *self.draft.hours.items())
        planned = _total(((person, week), hours) for (_, person, week), hours in cells)
        return {key: hours + self.switching.get(key, ZERO) for key, hours in planned.items()}

    def planned_of(self, person: str) -> Fraction:
        """Planned hours of a person over the horizon."""
        return self._planned_by_person.get(person, ZERO)

    @cached_property
    def _planned_by_person(self) -> dict[str, Fraction]:
        return _total((person, hours) for (person, _), hours in self.planned.items())

    # ------------------------------------------------------------------ money

    @cached_property
    def cost_by_person(self) -> dict[str, Fraction]:
        """Cost of each person present, in the scenario's order.

        hourly: rate × (load − hours of fixed-price tasks) + fixed prices + rate × (premium − 1) × overtime;
        salary: rate × contract hours + rate × premium × overtime; a placeholder's hire cost is added once.
        """
        load = _total((person, hours) for (person, _), hours in self.load.items())
        overtime = _total((person, hours) for (person, _), hours in self.overtime.items())
        priced = _total(
            (person, hours) for (job, person, _), hours in self.cells.items() if (job, person) in self.prices
        )
        prices = _total((person, amount) for (_, person), amount in self.prices.items())
        cost = {}
        for person in self.present:
            over = overtime.get(person.id, ZERO)
            if person.salaried:
                pay = person.cost_rate * (sum(person.contract, ZERO) + person.premium * over)
            else:
                by_the_hour = load.get(person.id, ZERO) - priced.get(person.id, ZERO)
                pay = person.cost_rate * (by_the_hour + (person.premium - 1) * over) + prices.get(person.id, ZERO)
            cost[person.id] = pay + (person.hire_cost if person.placeholder else ZERO)
        return cost

    @cached_property
    def cost(self) -> Fraction:
        """Cost of the plan."""
        return sum(self.cost_by_person.values(), ZERO)

    @cached_property
    def prices(self) -> dict[tuple[str, str], Fraction]:
        """Fixed price of each job and person who has hours on it, new or fixed: the whole of it, once."""
        return {**self._new_prices, **self.expanded.promises.prices, **self.expanded.history_prices}

    @cached_property
    def _new_prices(self) -> dict[tuple[str, str], Fraction]:
        """Fixed price that people with new hours still ask: none where history or promised hours have paid it."""
        found = {}
        for job, people in self.new_hours.items():
            for person in people:
                asked = price(self.expanded.jobs[job], self.expanded.people[person])
                if asked is not None:
                    found[job, person] = asked
        return found

    @cached_property
    def revenue(self) -> Fraction:
        """Billable hours × bill rate, fixed hours too."""
        return sum(
            (
                hours * self.expanded.people[person].bill_rate
                for (job, person, _), hours in self.cells.items()
                if self.expanded.jobs[job].billable
            ),
            ZERO,
        )

    @cached_property
    def burn(self) -> dict[tuple[BudgetKey, str], Fraction]:
        """Burn of each budget and period (by name), fixed hours too; every one of the scenario is there."""
        history, promised = self.expanded.history_burn, self.expanded.promises.burn
        return {
            (key, name): new + history.get((*key, name), ZERO) + promised.get((*key, name), ZERO)
            for (key, name), new in self.new_burn.items()
        }

    @cached_property
    def new_burn(self) -> dict[tuple[BudgetKey, str], Fraction]:
        """Burn of new hours, by budget and period (by name): billable hours × bill rate.

        With ``budget_basis: cost`` hours × cost rate, a fixed price in its place in the week of the job's last hours.
        """
        by_week = _total(
            ((key, week), amount)
            for job, week, amount in self._burning()
            for key in (("client", job.client), ("project", job.project or ""))
            if key in self.expanded.budgets
        )
        return {
            (key, period.name): sum((by_week.get((key, week), ZERO) for week in period.weeks), ZERO)
            for key, periods in self.expanded.budgets.items()
            for period in periods
        }

    def _burning(self) -> Iterator[tuple[Job, int, Fraction]]:
        """Yield each billable job with new hours, a week, and the money that the job burns in it."""
        by_cost = self.expanded.scenario.budget_basis == "cost"
        for (job_id, person_id, week), hours in self.draft.hours.items():
            job, person = self.expanded.jobs[job_id], self.expanded.people[person_id]
            if job.billable and not (by_cost and (job_id, person_id) in self._new_prices):
                yield job, week, hours * (person.cost_rate if by_cost else person.bill_rate)
        for (job_id, _), amount in self._new_prices.items():
            if by_cost and self.expanded.jobs[job_id].billable:
                yield self.expanded.jobs[job_id], self._new_weeks[job_id][1], amount


def _total(amounts: Iterable[tuple[_Key, Fraction]]) -> dict[_Key, Fraction]:
    found: dict[_Key, Fraction] = {}
    for key, amount in amounts:
        found[key] = found.get(key, ZERO) + amount
    return found


def spans(cells: Mapping[Cell, Fraction]) -> dict[str, tuple[int, int]]:
    """Return the first and last week of the hours of each job."""
    found: dict[str, tuple[int, int]] = {}
    for job, _, week in cells:
        first, last = found.get(job, (week, week))
        found[job] = min(first, week), max(last, week)
    return found
