"""The planning problem by index.

Jobs, people, weeks, clients and budgets are numbered from 0. Hours are integers in steps of the grid, money is
integers in `money_unit`, effort is integers in `effort_unit`. Only jobs that could be delivered are here: not the
done ones, nor those without a window, without anybody who may do them, or that come after such a one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from staffing.problem.precedence import in_order
from staffing.scenario.records import Kind


@dataclass(frozen=True, slots=True)
class Pair:
    """A person who may own a job."""

    person: int
    need: int
    """Steps that this person needs as the only owner."""
    power: int
    """Effort units delivered in a step; 0 where an estimate stands in its place."""
    price: int | None
    """Fixed price in place of cost rate × hours."""


@dataclass(frozen=True, slots=True)
class JobData:
    """A job that could be delivered."""

    id: str
    family: str
    """The task of the scenario it comes from."""
    kind: Kind
    client: int
    first: int
    """First week of its window."""
    last: int
    """Last week of its window."""
    due: int | None
    """Week after which it is late; may lie before the horizon."""
    weight: int
    must: bool
    value: int
    effort: int
    """Effort units to deliver."""
    pace: int | None
    """Most steps in a week, all owners together."""
    max_owners: int
    after: tuple[tuple[int, int], ...]
    """Jobs that come first, each with its lag in weeks."""
    pairs: tuple[Pair, ...]
    promised: frozenset[int] = frozenset()
    """People who own it anyway, by promised hours."""
    late: int = 0
    """Weeks that it is late by its promised hours, whatever comes after them; `due` is then the last of their weeks."""
    paced: tuple[tuple[int, int], ...] = ()
    """Weeks with promised hours and the steps of these, which `pace` counts."""
    fixed: tuple[tuple[int, int], ...] = ()
    """Weeks of the horizon with fixed hours, of history or promised, each with the person who has them; in order."""
    forced: bool = False
    """Whether it must be delivered: something that is kept comes after it, or a question asks for it."""

    @property
    def weeks(self) -> range:
        """Weeks of the window."""
        return range(self.first, self.last + 1)

    @property
    def fixed_weeks(self) -> frozenset[int]:
        """Weeks of the horizon with fixed hours."""
        return frozenset(week for week, _ in self.fixed)

    def pace_in(self, week: int) -> int | None:
        """Most steps in a week, all owners together, beside those promised."""
        return None if self.pace is None else max(0, self.pace - dict(self.paced).get(week, 0))

    @property
    def most_others(self) -> int:
        """Most owners beside those who own it anyway."""
        return max(0, self.max_owners - len(self.promised))

    @property
    def sharers(self) -> int:
        """Most people who may share what is left of it, whoever they are."""
        return self.most_others or self.max_owners


@dataclass(frozen=True, slots=True)
class PersonData:
    """Somebody who can be planned."""

    id: str
    capacity: tuple[int, ...]
    """Steps by week, less the load that is promised or kept."""
    total: int
    """Steps of capacity over the horizon, whatever load is promised or kept."""
    overtime: tuple[int, ...]
    """Most overtime steps by week: 0 in a week without an available day."""
    limits: Mapping[Kind, tuple[int, ...]]
    """Most steps of a kind by week."""
    max_clients: int | None
    max_clients_per_week: int | None
    hire: bool
    """Whether the plan decides on hiring this person."""
    earlier: int | None
    """The copy that must be hired before this one."""
    past_hours: Fraction
    """Steps of history and promised, which may lie off the grid, and of work that is kept."""
    hour_cost: int
    """Money for a step of load; 0 for salaries."""
    overtime_cost: int
    """Money for a step of overtime, beside `hour_cost`."""
    hired_cost: int
    """Money for being hired: hire cost, and the contract of a salaried placeholder."""
    bill: int
    """Money a step burns of a budget on bill basis."""
    burn: int
    """Money a step burns of a budget, on the scenario's basis."""

    def most(self, week: int) -> int:
        """Steps that can be worked in a week, overtime included."""
        return self.capacity[week] + self.overtime[week]


@dataclass(frozen=True, slots=True)
class BudgetPeriod:
    """What may burn of a budget in some weeks."""

    jobs: tuple[int, ...]
    weeks: frozenset[int]
    left: int
    budget: tuple[str, str, str] | None = field(default=None, compare=False)
    """Whose it is, "client" or "project" and the id, and the name of the period."""


@dataclass(frozen=True, slots=True)
class OneOwner:
    """Jobs that have one owner among those delivered."""

    jobs: tuple[int, ...]


@dataclass(frozen=True)
class Kept:
    """What a part of a plan that is kept has decided; for a whole problem, what is promised.

    Attributes
    ----------
    served
        Clients served by (person, week).
    clients
        Clients served by person.
    owners
        Owners by (client, kind).
    """

    served: Mapping[tuple[int, int], frozenset[int]] = field(default_factory=dict)
    clients: Mapping[int, frozenset[int]] = field(default_factory=dict)
    owners: Mapping[tuple[int, Kind], frozenset[int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """A scenario by index; see the module for units."""

    step: Fraction
    """Hours of a step."""
    money_unit: Fraction
    effort_unit: Fraction
    weeks: int
    switching: int
    jobs: tuple[JobData, ...]
    people: tuple[PersonData, ...]
    clients: tuple[str, ...]
    budgets: tuple[BudgetPeriod, ...]
    one_owner: tuple[OneOwner, ...]
    price_burns: bool
    """Whether fixed prices burn budgets, in the week of a task's last hours."""
    kept: Kept = Kept()

    @cached_property
    def budgets_of(self) -> dict[int, tuple[int, ...]]:
        """Budget periods that each job burns of, in whatever week."""
        found: dict[int, list[int]] = {}
        for number, period in enumerate(self.budgets):
            for job in period.jobs:
                found.setdefault(job, []).append(number)
        return {job: tuple(numbers) for job, numbers in found.items()}

    @cached_property
    def groups_of(self) -> dict[int, tuple[int, ...]]:
        """One-owner groups that each job is in."""
        found: dict[int, list[int]] = {}
        for number, group in enumerate(self.one_owner):
            for job in group.jobs:
                found.setdefault(job, []).append(number)
        return {job: tuple(numbers) for job, numbers in found.items()}

    @cached_property
    def pairs_of(self) -> tuple[dict[int, Pair], ...]:
        """By job: its pairs by person."""
        return tuple({pair.person: pair for pair in job.pairs} for job in self.jobs)

    @cached_property
    def cells(self) -> int:
        """The size of the problem: triples (job, person, week)."""
        return sum(len(job.pairs) * len(job.weeks) for job in self.jobs)

    @cached_property
    def placeholders(self) -> tuple[int, ...]:
        """People on whose hiring the plan decides."""
        return tuple(number for number, person in enumerate(self.people) if person.hire)

    @cached_property
    def hire_chain(self) -> tuple[tuple[int, ...], ...]:
        """By person: the person and the copies that must be hired before them, the first copy last (rule H)."""

        def chain(person: int | None) -> Iterator[int]:
            while person is not None:
                yield person
                person = self.people[person].earlier

        return tuple(tuple(chain(person)) for person in range(len(self.people)))

    @cached_property
    def followers(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Jobs that come after each job, each with its lag in weeks."""
        found: dict[int, list[tuple[int, int]]] = {}
        for number, job in enumerate(self.jobs):
            for before, lag in job.after:
                found.setdefault(before, []).append((number, lag))
        return {job: tuple(after) for job, after in found.items()}

    @cached_property
    def predecessors(self) -> tuple[frozenset[int], ...]:
        """By job: all that comes before it."""
        found: dict[int, frozenset[int]] = {}
        for job in self.in_order(range(len(self.jobs))):
            found[job] = frozenset().union(*(found[before] | {before} for before in self._before(job)))
        return tuple(found[job] for job in range(len(self.jobs)))

    def in_order(self, jobs: Iterable[int]) -> list[int]:
        """Return jobs in the order given, each after its predecessors, which are added."""
        return in_order(jobs, self._before)

    def _before(self, job: int) -> Iterator[int]:
        return (before for before, _ in self.jobs[job].after)

    def among(self, jobs: Iterable[int]) -> Problem:
        """Return the problem of some jobs alone, renumbered in order; with each must be all that comes before it."""
        numbers = {old: new for new, old in enumerate(sorted(jobs))}

        def members(of: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
            found: dict[int, tuple[int, ...]] = {}
            for old, new in numbers.items():
                for number in of.get(old, ()):
                    found[number] = (*found.get(number, ()), new)
            return found

        return replace(
            self,
            jobs=tuple(
                replace(data, after=tuple((numbers[before], lag) for before, lag in data.after))
                for data in map(self.jobs.__getitem__, numbers)
            ),
            budgets=tuple(
                replace(self.budgets[number], jobs=jobs) for number, jobs in members(self.budgets_of).items()
            ),
            one_owner=tuple(
                replace(self.one_owner[number], jobs=jobs)
                for number, jobs in members(self.groups_of).items()
                if len(jobs) > 1
            ),
        )
