"""The choice among those who could be hired, as constraints: how many, for which contracts, which sets not again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, permutations

from staffing.decisions.hire_pool import Contract, Pool
from staffing.decisions.hiring import Hire
from staffing.problem.problem import Problem
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var, total


@dataclass(frozen=True)
class Slot:
    """A new person with a salary, by number, and the people who stand for the contracts they may have."""

    person: int
    role: str
    contracts: Mapping[int, Contract]


@dataclass(frozen=True)
class Asked:
    """What a plan of the market must hold.

    Attributes
    ----------
    most
        How many may be hired.
    delivered
        Tasks that must be delivered, each with its last week; None for its own.
    but
        Sets of hires: what is only more of one of them is not wanted.
    """

    most: int
    delivered: Mapping[str, int | None] = field(default_factory=dict)
    but: tuple[tuple[Hire, ...], ...] = ()


class Choice:
    """Adds the constraints to models of the market.

    Parameters
    ----------
    pool
        Those who could be hired.
    whole
        The problem with all of them.
    slots
        New people with salaries.
    candidates
        Everybody who could be hired, by number.
    """

    def __init__(self, pool: Pool, whole: Problem, slots: Sequence[Slot], candidates: Sequence[int]) -> None:
        self._pool = pool
        self._whole = whole
        self._slots = slots
        self._candidates = candidates

    def extend(self, model: Model, asked: Asked) -> None:
        """Let no more be hired than may be, each for one contract, and not only more of some sets."""
        hired = {one: flag for one in self._candidates if (flag := model.hired(one)) is not None}
        model.at_most([(flag, 1) for flag in hired.values()], asked.most)
        for slot in self._slots:
            self._contract(model, slot)
        for one, other in pairwise(self._slots):
            if one.role == other.role:
                model.at_most([*_costs(model, other, 1), *_costs(model, one, -1)], 0)
        for hires in asked.but:
            for group in self._more(model, hires):
                model.at_most([literal for terms in group for literal in terms], len(hires) - 1)

    @staticmethod
    def _contract(model: Model, slot: Slot) -> None:
        """Let somebody with a salary who is hired have one contract, and its room."""
        people = model.problem.people
        _within(model, slot.person, [(model.hired(number), people[number].capacity) for number in slot.contracts])

    def hours(self, model: Model) -> Terms:
        """Return the hours a week of those paid by the hour as a sum, having let each of them have one contract."""
        terms: Terms = []
        for person in self._candidates:
            profile = self._pool.profile_of(self._whole.people[person].id)
            if profile is None or profile.salaried:
                continue
            first = self._pool.first_week
            contracts = [one for one in self._pool.contracts(profile) if one.from_week == first]
            flags = [model.cp.new_bool_var(f"contract {person} {one.weekly_hours}") for one in contracts]
            rooms = [[int(hours / model.problem.step) for hours in one.room] for one in contracts]
            _within(model, person, list(zip(flags, rooms, strict=True)))
            terms += [(flag, one.weekly_hours) for flag, one in zip(flags, contracts, strict=True)]
        return terms

    def _more(self, model: Model, hires: Sequence[Hire]) -> Iterator[list[Terms]]:
        """Yield each way in which a choice could be these hires or more of them: for each, who stands for it, if so."""
        for people in permutations(self._candidates, len(hires)):
            group = [self._at_least(model, person, hire) for person, hire in zip(people, hires, strict=True)]
            if all(group):
                yield group

    def _at_least(self, model: Model, person: int, hire: Hire) -> Terms:
        """Return a sum that is 1 where somebody is hired for as much as a hire, or more."""
        id_ = self._whole.people[person].id
        profile = self._pool.profile_of(hire.id)
        if profile is None or self._pool.profile_of(id_) != profile:
            return [(model.hired(person), 1)] if id_ == hire.id else []
        slot = next((slot for slot in self._slots if slot.person == person), None)
        if slot is None:
            return [(model.hired(person), 1)]
        return [
            (model.hired(number), 1)
            for number, one in slot.contracts.items()
            if one.weekly_hours >= hire.weekly_hours and one.from_week <= hire.from_week
        ]


def _costs(model: Model, slot: Slot, sign: int) -> Terms:
    return [(model.hired(one), sign * model.problem.people[one].hired_cost) for one in slot.contracts]


def _within(model: Model, person: int, contracts: Sequence[tuple[Var, Sequence[int]]]) -> None:
    """Let somebody who is hired have one of some contracts, each with its room by week, and work no more than that."""
    model.cp.add(total([*((flag, 1) for flag, _ in contracts), (model.hired(person), -1)]) == 0)
    switching = model.problem.switching
    for (one, week), jobs in list(model.at.items()):
        if one != person:
            continue
        load = [model.hours[job, person, week] for job in jobs]
        if switching and (switches := model.switches(person, week)) is not None:
            load.append((switches, switching))
        model.at_most([*load, *((flag, -room[week]) for flag, room in contracts)], 0)
