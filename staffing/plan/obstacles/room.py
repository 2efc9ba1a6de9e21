"""What a plan leaves of people's hours, limits, clients and budgets for one task more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from staffing.plan.draft import Draft, price
from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import number
from staffing.plan.records import Number
from staffing.scenario.bookings import groups_of, room_left
from staffing.scenario.expand import Expanded, Job, Period, Person
from staffing.scenario.records import Kind

BudgetKey = tuple[Literal["client", "project"], str]


@dataclass(frozen=True)
class Purse:
    """What is left of a budget in the periods that have weeks of a task."""

    of: Literal["client", "project"]
    owner: str
    periods: tuple[tuple[Period, Fraction], ...]

    @cached_property
    def left(self) -> Fraction:
        """Money left in all of these periods."""
        return sum((left for _, left in self.periods), ZERO)

    @cached_property
    def places(self) -> dict[int, tuple[int, ...]]:
        """By week the places of the periods it lies in."""
        found: dict[int, tuple[int, ...]] = {}
        for place, (period, _) in enumerate(self.periods):
            for week in period.weeks:
                found[week] = (*found.get(week, ()), place)
        return found

    def left_in(self, week: int) -> Fraction:
        """Money left in the period of a week."""
        return next((left for period, left in self.periods if week in period.weeks), ZERO)


class Room:
    """What the plan behind some facts leaves.

    It reads the rules as the audit does: what new hours may take beside all that is fixed, less what they take. Hours
    are whole steps of the grid, for there are many to add up; money is exact.

    Parameters
    ----------
    facts
        Of the plan; for a task that it delivers, of the plan :func:`without` it.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.expanded: Expanded = facts.expanded
        self._hours: dict[tuple[str, int], tuple[int, int, frozenset[str]]] = {}
        self._amounts: dict[int, Number] = {}
        self._purses: dict[tuple[str, str | None, range], tuple[Purse, ...]] = {}
        self._paces: dict[tuple[str, int], int] = {}
        self._switching = self.steps(self.expanded.switching)

    def steps(self, hours: Fraction) -> int:
        """Return hours as whole steps of the grid, rounded down."""
        return whole(hours, self.expanded.step)

    def amount(self, steps: int) -> Number:
        """Return the hours of some steps as they are told."""
        if steps not in self._amounts:
            self._amounts[steps] = number(steps * self.expanded.step)
        return self._amounts[steps]

    def hours(self, job: Job, person: Person, week: int) -> tuple[int, int]:
        """Return what a person has left for a task in a week, and how much of it is overtime (rule C).

        What is lost by switching, where the client is one more in that week, has come off.
        """
        key = (person.id, week)
        found = self._hours.get(key)
        if found is None:
            regular, overtime = room_left(self.expanded, person, week)
            added = self.facts.new_load.get(key, ZERO) - self.expanded.promises.load.get(key, ZERO)
            served = self.facts.clients_served.get(key, frozenset())
            found = self._hours[key] = self.steps(regular + overtime - added), self.steps(overtime), served
        left, overtime_left, served = found
        if served and job.client not in served:
            left -= self._switching
        if left <= 0:
            return 0, 0
        return left, max(0, min(left, overtime_left))

    def of_kind(self, person: Person, kind: Kind, week: int) -> int | None:
        """Return what a person's limit leaves for a kind of work in a week (rule K); None without a limit."""
        limit = person.limits.get(kind)
        if limit is None:
            return None
        promised = self.expanded.promises.by_kind.get((person.id, week, kind), ZERO)
        return self.steps(max(ZERO, max(ZERO, limit - promised) - self._by_kind.get((person.id, week, kind), ZERO)))

    @cached_property
    def _by_kind(self) -> dict[tuple[str, int, Kind], Fraction]:
        found: dict[tuple[str, int, Kind], Fraction] = defaultdict(Fraction)
        for (job, person, week), hours in self.facts.draft.hours.items():
            found[person, week, self.expanded.jobs[job].kind] += hours
        return found

    def pace(self, job: Job, week: int) -> int | None:
        """Return what a task may have in a week beside promised hours (rule M); None without a pace."""
        if job.weekly_max is None:
            return None
        key = job.id, week
        if key not in self._paces:
            self._paces[key] = self.steps(max(ZERO, job.weekly_max - self.expanded.promises.by_week.get(key, ZERO)))
        return self._paces[key]

    def serves_in(self, job: Job, person: Person, week: int) -> bool:
        """Whether a person may serve a task's client in a week (rule N, each week)."""
        most = person.max_clients_per_week
        served = self.facts.clients_served.get((person.id, week), frozenset())
        promised = self.expanded.promises.served.get((person.id, week), frozenset())
        return most is None or len(served | {job.client}) <= max(most, len(promised))

    def serves(self, job: Job, person: Person) -> bool:
        """Whether a person may serve a task's client at all (rule N, over the horizon)."""
        served, promised = self.clients_of(person), self._promised_clients.get(person.id, frozenset())
        return person.max_clients is None or len(served | {job.client}) <= max(person.max_clients, len(promised))

    def clients_of(self, person: Person) -> frozenset[str]:
        """Return the clients that a person serves."""
        return self._clients.get(person.id, frozenset())

    @cached_property
    def _clients(self) -> dict[str, frozenset[str]]:
        return _joined(self.facts.clients_served)

    @cached_property
    def _promised_clients(self) -> dict[str, frozenset[str]]:
        return _joined(dict(self.expanded.promises.served))

    def other_owner(self, job: Job, person: Person) -> str | None:
        """Return who else has the work that is to have one owner (rule O); None where nobody has."""
        for group in groups_of(job, self.expanded):
            promised = self.expanded.promises.group_owners.get(group, frozenset())
            owners = self._owners.get(group, frozenset()) | promised
            if len(owners | {person.id}) > max(1, len(promised)):
                return min(owners - {person.id})
        return None

    @cached_property
    def _owners(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for job, people in self.facts.new_hours.items():
            for group in groups_of(self.expanded.jobs[job], self.expanded):
                found[group] |= people.keys()
        return {group: frozenset(people) for group, people in found.items()}

    def purses(self, job: Job, weeks: range) -> tuple[Purse, ...]:
        """Return what is left of each budget that a task burns, in the periods of some weeks (rule B)."""
        if not job.billable:
            return ()
        key = job.client, job.project, weeks
        if key not in self._purses:
            self._purses[key] = tuple(self._open(job, weeks))
        return self._purses[key]

    def _open(self, job: Job, weeks: range) -> Iterator[Purse]:
        keys: tuple[BudgetKey, ...] = (("client", job.client), ("project", job.project or ""))
        for of, owner in keys:
            if (of, owner) in self.expanded.budgets:
                among = [one for one in self.expanded.budgets[of, owner] if not set(weeks).isdisjoint(one.weeks)]
                yield Purse(of, owner, tuple((period, self._left((of, owner), period)) for period in among))

    def _left(self, key: tuple[str, str], period: Period) -> Fraction:
        promised = self.expanded.promises.burn.get((*key, period.name), ZERO)
        return max(ZERO, max(ZERO, period.left - promised) - self.facts.new_burn[key, period.name])

    def rate(self, person: Person) -> Fraction:
        """Return what an hour of a person burns."""
        return person.cost_rate if self._by_cost else person.bill_rate

    def price(self, job: Job, person: Person) -> Fraction | None:
        """Return the fixed price that burns in place of hours; None where hours burn."""
        return price(job, person) if self._by_cost else None

    @cached_property
    def _by_cost(self) -> bool:
        return self.expanded.scenario.budget_basis == "cost"


def whole(amount: Fraction, of: Fraction) -> int:
    """Return how often an amount has another one in it: the floor of their quotient, which itself takes longer."""
    return amount.numerator * of.denominator // (amount.denominator * of.numerator)


def without(facts: Facts, job: str) -> Facts:
    """Return the facts of a plan in which a task waits that it delivers."""
    hours = {cell: amount for cell, amount in facts.draft.hours.items() if cell[0] != job}
    return Facts(facts.expanded, Draft(hours, facts.hired, facts.draft.promised), facts.baseline)


def _joined(served: dict[tuple[str, int], frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for (person, _), clients in served.items():
        found[person] = found.get(person, frozenset()) | clients
    return found
