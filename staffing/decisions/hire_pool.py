"""Who could be hired: a scenario's placeholders, or new people of its roles; and the What-if that hires some."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any

from staffing.decisions.hire_profiles import Profile, profiles_of
from staffing.decisions.hiring import Hire
from staffing.plan.facts import ZERO
from staffing.plan.numbers import number
from staffing.scenario.expand import Expanded, Person, copy_ids
from staffing.scenario.records import Staff
from staffing.scenario.scenario import Scenario

HOURS = (8, 16, 24, 32, 40)
"""Hours a week of new people."""


@dataclass(frozen=True)
class Contract:
    """What a new person can be hired for.

    Attributes
    ----------
    weekly_hours, from_week
        Its hours, and the week it begins in.
    room
        Hours that can be planned in each week, from week 1 on.
    cost
        What it costs whatever is planned: a salary; 0 for those who are paid by the hour.
    """

    weekly_hours: int
    from_week: int
    room: tuple[Fraction, ...]
    cost: Fraction

    def holds(self, load: Mapping[int, Fraction]) -> bool:
        """Return whether it has room for a load by week."""
        return all(hours <= self.room[week - 1] for week, hours in load.items())


@dataclass(frozen=True)
class Pool:
    """Those who could be hired.

    Attributes
    ----------
    scenario
        Of the question.
    expanded
        The same, with the history of the plan that the question begins from.
    most
        How many may be hired.
    profiles
        What new people are like, by role; none where the scenario's placeholders could be hired.
    left_out
        What is said of roles without rates.
    """

    scenario: Scenario
    expanded: Expanded
    most: int
    profiles: tuple[Profile, ...] = ()
    left_out: tuple[str, ...] = ()

    @classmethod
    def of(cls, scenario: Scenario, expanded: Expanded, roles: Sequence[str], most: int) -> Pool:
        """Return who could be hired.

        Raises
        ------
        ScenarioError
            With each role that is none of the scenario's, or has no rates.
        """
        pool = cls(scenario, expanded, most)
        over = expanded.from_week > scenario.weeks  # nothing is left to plan, nor to hire anybody for
        if over or (not roles and any(pool.copies.values())):
            return pool
        profiles, left_out = profiles_of(scenario, roles, most)
        return replace(pool, profiles=profiles, left_out=left_out)

    @property
    def first_week(self) -> int:
        """The first week that is not over."""
        return self.expanded.from_week

    @cached_property
    def copies(self) -> dict[str, tuple[str, ...]]:
        """By placeholder: its copies that are not hired anyway, in the order in which they are (rule H)."""
        hired = self.expanded.hired
        placeholders = (member for member in self.scenario.staff if member.placeholder is not None)
        return {member.id: tuple(id_ for id_ in copy_ids(member) if id_ not in hired) for member in placeholders}

    @property
    def size(self) -> int:
        """How many may be hired, and are there to be hired."""
        return self.most if self.profiles else min(self.most, sum(map(len, self.copies.values())))

    @cached_property
    def market(self) -> Scenario:
        """The scenario in which everybody is a placeholder who could be hired, of new people as many as may be."""
        if not self.profiles:
            return self.scenario
        largest = {"weekly_hours": max(HOURS), "placeholder": {"count": self.most}, **self._since(self.first_week)}
        slots = [{**profile.fields, "id": profile.id, **largest} for profile in self.profiles]
        return self.nobody.patch({"name": self.scenario.name, "staff": slots})

    @cached_property
    def nobody(self) -> Scenario:
        """The scenario without anybody to hire."""
        patch = self.patch(())
        return self.scenario if patch == {} else self.scenario.patch({**patch, "name": self.scenario.name})

    def scenario_of(self, hires: Sequence[Hire]) -> Scenario:
        """Return the What-if in which some people are hired, and nobody else can be."""
        patch = self.patch(hires)
        return self.scenario.patch(patch) if patch else self.scenario

    # the What-if

    def patch(self, hires: Sequence[Hire]) -> dict[str, Any]:
        """Return the What-if: those hired are staff, and other placeholders are not there.

        Placeholders stay such where plans would not count the price of hiring them any more, or where they are copies;
        there are then only as many as are hired.
        """
        ids = {hire.id for hire in hires}
        staff, gone = [], []
        for member in self.scenario.staff:
            if member.placeholder is None:
                continue
            all_ = copy_ids(member)
            count = len(all_) - len(self.copies[member.id]) + sum(id_ in ids for id_ in self.copies[member.id])
            if not count and (member.id in self._owners or self._nobody_else):
                staff.append(self._never(member))
            elif not count:
                gone.append(member.id)
            elif count == 1 and not member.hire_cost:
                staff.append({"id": member.id, "placeholder": None})
            elif count < len(all_):
                staff.append({"id": member.id, "placeholder": {"count": count}})
        staff += [self._entry(hire) for hire in hires if self.profile_of(hire.id) is not None]
        return {**({"remove": {"staff": gone}} if gone else {}), **({"staff": staff} if staff else {})}

    @property
    def _nobody_else(self) -> bool:
        """Whether nobody is there but placeholders: a scenario has at least one person."""
        return all(member.placeholder is not None for member in self.scenario.staff)

    @cached_property
    def _owners(self) -> frozenset[str]:
        """People who are named as owners: without them others would own the work."""
        tasks = {task.owner for task in self.scenario.tasks}
        clients = {
            owner for client in self.scenario.clients for owner in (client.owners.strategic, client.owners.tactical)
        }
        return frozenset(name for name in tasks | clients if name is not None)

    def _never(self, member: Staff) -> dict[str, Any]:
        """Return a placeholder whose contract is over before the first week."""
        return {"id": member.id, "start": None, "end": self._day(0)}

    def _entry(self, hire: Hire) -> dict[str, Any]:
        """Return a new person as staff."""
        profile = self.profile_of(hire.id)
        assert profile is not None
        own = {"id": hire.id, "name": hire.name, "weekly_hours": hire.weekly_hours}
        return {**own, **profile.fields, **self._since(hire.from_week)}

    def _since(self, week: int) -> dict[str, Any]:
        return {"start": self._day(week)} if week > 1 else {}

    def _day(self, week: int) -> str:
        """Return the first day of a week, as scenarios write it."""
        return (self.scenario.start + timedelta(days=7 * (week - 1))).isoformat()

    # people

    def hire(self, person: Person) -> Hire:
        """Return a placeholder as somebody to hire."""
        member = next(one for one in self.scenario.staff if person.id in copy_ids(one))
        role = self.scenario.roles[person.role]
        listed = member.weekly_hours
        hours = listed[-1].hours if isinstance(listed, tuple) and listed else listed
        since = next((week for week, days in enumerate(person.contract, 1) if days), 1)
        own = Fraction(hours if hours is not None and not isinstance(hours, tuple) else role.weekly_hours)
        return Hire(person.id, person.name, person.role, number(own), max(since, self.first_week))

    def new(self, profile: Profile, contract: Contract, copy: int = 1) -> Hire:
        """Return a new person to hire, the first of the role or a further one."""
        id_ = self.copy_id(profile, copy)
        name = profile.name if copy == 1 else f"{profile.name} {copy}"
        return Hire(id_, name, profile.role, contract.weekly_hours, contract.from_week)

    @staticmethod
    def copy_id(profile: Profile, copy: int) -> str:
        """Return the id of a new person, the first of the role or a further one."""
        return profile.id if copy == 1 else f"{profile.id}-{copy}"

    def contracts(self, profile: Profile) -> tuple[Contract, ...]:
        """Return every contract of a new person of a role, hours ascending, then weeks."""
        return self._contracts[profile.id]

    def contract(self, profile: Profile, hire: Hire) -> Contract:
        """Return the contract of a new person."""
        wanted = (hire.weekly_hours, hire.from_week)
        return next(one for one in self.contracts(profile) if (one.weekly_hours, one.from_week) == wanted)

    def largest(self, profile: Profile) -> Contract:
        """Return the contract with the most hours, from the first week on."""
        return max(self.contracts(profile), key=lambda one: (one.weekly_hours, -one.from_week))

    def contract_ids(self, profile: Profile) -> dict[str, Contract]:
        """Return the contracts of a role by the ids of the people who have them in :attr:`offers`."""
        return {_offer_id(profile, one.weekly_hours, one.from_week): one for one in self._contracts[profile.id]}

    @cached_property
    def offers(self) -> Scenario:
        """The market with a placeholder more for each contract of those who have a salary, to tell what it costs."""
        salaried = [profile for profile in self.profiles if profile.salaried]
        staff = [{**self._offer(profile, one), "placeholder": True} for profile in salaried for one in self._grid]
        return self.market.patch({"name": self.scenario.name, "staff": staff}) if staff else self.market

    @cached_property
    def _grid(self) -> list[tuple[int, int]]:
        return [(hours, week) for hours in HOURS for week in range(self.first_week, self.scenario.weeks + 1)]

    def _offer(self, profile: Profile, contract: tuple[int, int]) -> dict[str, Any]:
        hours, week = contract
        return {**profile.fields, "id": _offer_id(profile, hours, week), "weekly_hours": hours, **self._since(week)}

    @cached_property
    def _contracts(self) -> dict[str, tuple[Contract, ...]]:
        found = {}
        for profile in self.profiles:
            world: Expanded = self.nobody.patch({"staff": [self._offer(profile, one) for one in self._grid]}).expanded
            people = [world.people[_offer_id(profile, *one)] for one in self._grid]
            found[profile.id] = tuple(
                Contract(hours, week, person.room, person.cost_rate * sum(person.contract, ZERO) * person.salaried)
                for (hours, week), person in zip(self._grid, people, strict=True)
            )
        return found

    def smallest(self, profile: Profile, load: Mapping[int, Fraction]) -> Contract:
        """Return the contract that costs least, then has the fewest hours, then begins last, with room for a load."""
        fit = (one for one in self.contracts(profile) if one.holds(load))
        return min(fit, key=lambda one: (one.cost, one.weekly_hours, -one.from_week))

    def profile_of(self, id_: str) -> Profile | None:
        """Return what a new person is like; None for a placeholder."""
        return next((one for one in self.profiles if re.fullmatch(rf"{re.escape(one.id)}(-\d+)?", id_)), None)


def _offer_id(profile: Profile, weekly_hours: int, from_week: int) -> str:
    return f"{profile.id}.{weekly_hours}.{from_week}"
