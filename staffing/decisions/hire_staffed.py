"""A plan of the market as the What-if has it: those who work are hired, for no more than they need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from staffing.decisions.given import Given
from staffing.decisions.hire_market import Hired
from staffing.decisions.hire_pool import Contract, Pool
from staffing.decisions.hiring import Hire
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, reported, worse
from staffing.plan.records import GoalResult
from staffing.scenario.records import MAXIMISED
from staffing.scenario.scenario import Scenario
from staffing.solving.lexicographic import SearchResult
from staffing.solving.solve import goal_results


@dataclass(frozen=True)
class Staffed:
    """The best plan known with some people hired.

    Attributes
    ----------
    hires
        They; all of them work.
    scenario
        The What-if.
    facts
        What follows from its hours.
    goals
        How far each goal is reached, and what no plan betters, of those that were compared.
    plan
        The same in the market.
    """

    hires: tuple[Hire, ...]
    scenario: Scenario
    facts: Facts
    goals: tuple[GoalResult, ...]
    plan: Hired

    @property
    def proven(self) -> bool:
        """Whether no plan compared is better."""
        return all(goal.proven for goal in self.goals)

    @cached_property
    def key(self) -> tuple[Fraction, ...]:
        """What orders plans, the best first."""
        return tuple(
            -MEASURES[one.goal](self.facts) if one.goal in MAXIMISED else MEASURES[one.goal](self.facts)
            for one in self.goals
        )

    @property
    def order(self) -> tuple[object, ...]:
        """What orders plans; of those equally good the one with the fewest people and hours comes first."""
        return (*self.key, len(self.hires), sum(hire.weekly_hours for hire in self.hires))

    def late(self) -> int:
        """Return how many tasks are late."""
        return sum(self.facts.weeks_late(job) > 0 for job in self.facts.delivered)

    def delivers(self, wanted: Mapping[str, int | None]) -> bool:
        """Return whether some tasks are delivered, each by its last week; None for its own."""
        spans = {id_: self.facts.span(id_) for id_ in wanted}
        return all(span is not None and span[1] <= (wanted[id_] or span[1]) for id_, span in spans.items())

    def unproven(self) -> Staffed:
        """Return the same where other choices were not compared."""
        return replace(self, goals=tuple(replace(goal, bound=None, proven=False) for goal in self.goals))


def staffed(pool: Pool, given: Given, plan: Hired) -> Staffed:
    """Return a plan of the market as the What-if has it."""
    plan = _settled(pool, given, plan)
    hires = _hires(pool, given, plan)
    scenario = pool.scenario_of(hires)
    facts = _facts(pool, given, plan, hires)
    found = Staffed(hires, scenario, facts, _results(given, plan.outcome, facts), plan)
    weighed = any(entry.goal == "balance" for entry in given.goals)  # by the largest contract, whichever is chosen
    return found.unproven() if weighed and any(profile.salaried for profile in pool.profiles) else found


def _results(given: Given, outcome: SearchResult | None, facts: Facts) -> tuple[GoalResult, ...]:
    """Return the goals; what contracts that are no larger than needed save was not part of the search."""
    if outcome is None:
        values = ((entry.goal, reported(entry.goal, MEASURES[entry.goal](facts))) for entry in given.goals)
        return tuple(GoalResult(goal, value, value, None, value, proven=False) for goal, value in values)
    results = []
    for goal in goal_results(outcome, facts):
        beyond = goal.bound is not None and worse(goal.goal, goal.bound, goal.value)
        results.append(replace(goal, bound=None, proven=False) if beyond else goal)
    return tuple(results)


def _facts(pool: Pool, given: Given, plan: Hired, hires: tuple[Hire, ...]) -> Facts:
    expanded = given.expanded_in(pool.scenario_of(hires))
    hired = frozenset(hire.id for hire in hires if expanded.people[hire.id].placeholder)
    return Facts(expanded, Draft(plan.hours, hired), given.baseline)


def _hires(pool: Pool, given: Given, plan: Hired) -> tuple[Hire, ...]:
    people = given.expanded_in(pool.market).people
    hires = []
    for id_, contract in plan.people.items():
        profile = pool.profile_of(id_)
        if profile is None:
            hires.append(pool.hire(people[id_]))
        else:
            copy = int(id_.removeprefix(profile.id).removeprefix("-") or 1)
            hires.append(pool.new(profile, contract or pool.largest(profile), copy))
    return tuple(hires)


def _settled(pool: Pool, given: Given, plan: Hired) -> Hired:
    """Return a plan in which new people have the smallest contract that holds their work, and are numbered anew."""
    if not pool.profiles:
        return plan
    profiles = {id_: profile for id_ in plan.people if (profile := pool.profile_of(id_)) is not None}
    largest = {id_: plan.people[id_] or pool.largest(profile) for id_, profile in profiles.items()}
    known = replace(plan, people=largest)
    load = _facts(pool, given, known, _hires(pool, given, known)).load
    keeps = any(entry.goal == "balance" for entry in given.goals)  # which would be worse with smaller contracts

    def contract(id_: str) -> Contract:
        own = {week: hours for (person, week), hours in load.items() if person == id_}
        return largest[id_] if keeps else pool.smallest(profiles[id_], own)

    contracts = {id_: contract(id_) for id_ in largest}
    return _numbered(pool, plan, contracts)


def _numbered(pool: Pool, plan: Hired, contracts: Mapping[str, Contract]) -> Hired:
    """Return a plan in which the new people of each role are numbered from the first to begin, most hours first."""
    names: dict[str, str] = {}
    for profile in pool.profiles:
        own = [id_ for id_ in contracts if pool.profile_of(id_) == profile]
        own.sort(key=lambda id_: (contracts[id_].from_week, -contracts[id_].weekly_hours))
        names |= {id_: pool.copy_id(profile, copy) for copy, id_ in enumerate(own, 1)}
    hours = {(task, names.get(person, person), week): hours for (task, person, week), hours in plan.hours.items()}
    people: dict[str, Contract | None] = {name: contracts[id_] for id_, name in names.items()}
    return replace(plan, hours=hours, people=people)
