"""Every valid plan of a very small scenario, one after the other: slow, plain, and hard to get wrong."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from math import prod

from .rules import Plan, Reading
from .world import Job, World

Hours = dict[tuple[str, str, int], Fraction]


def best_by_trying(world: World, most: int) -> list[Fraction] | None:
    """Return the optimum of each goal in turn; None where there are more than `most` plans to try."""
    plans = every_plan(world, most)
    if plans is None:
        return None
    goals = world.scenario.goals
    measures = [[reading.measure(entry.goal) for entry in goals] for reading in plans]
    best = []
    for number, entry in enumerate(goals):
        if entry.goal in ("value", "net_value"):
            reached = max(row[number] for row in measures)
            measures = [row for row in measures if row[number] >= reached - Fraction(entry.tolerance) * abs(reached)]
        else:
            reached = min(row[number] for row in measures)
            measures = [row for row in measures if row[number] <= reached + Fraction(entry.tolerance) * abs(reached)]
        best.append(reached)
    return best


def every_plan(world: World, most: int) -> list[Reading] | None:
    """Return every valid plan; None where there are more than `most` to try."""
    choices = []
    for job in world.jobs.values():
        ways = _ways(world, job, most)
        if ways is None:
            return None
        choices.append(ways)
    placeholders = [person.id for person in world.people.values() if person.placeholder]
    teams = [frozenset(team) for size in range(len(placeholders) + 1) for team in combinations(placeholders, size)]
    teams = [team for team in teams if team >= world.hired_already()]
    if prod(map(len, choices)) * len(teams) > most:
        return None
    tried = (
        Reading(world, Plan({cell: hours for way in chosen for cell, hours in way.items()}, team))
        for chosen, team in product(product(*choices), teams)
    )
    return [reading for reading in tried if not reading.broken()]


def _ways(world: World, job: Job, most: int) -> list[Hours] | None:
    """Every way to deliver a job when nothing else is planned, and the way to leave it."""
    ways: list[Hours] = [{}]
    for size in range(1, min(job.most_owners, len(job.need)) + 1):
        for owners in combinations(job.need, size):
            cells = [(job.id, owner, week) for owner in owners for week in job.window]
            high = [_most_steps(world, job, owner, week) for _, owner, week in cells]
            if prod(number + 1 for number in high) > 20 * most:
                return None
            for steps in product(*(range(number + 1) for number in high)):
                if size == 1 and sum(steps) * world.step != job.need[owners[0]]:
                    continue
                hours = {cell: number * world.step for cell, number in zip(cells, steps, strict=True) if number}
                if {owner for _, owner, _ in hours} == set(owners) and _holds_alone(world, job, hours):
                    ways.append(hours)
            if len(ways) > most:
                return None
    return ways


def _most_steps(world: World, job: Job, owner: str, week: int) -> int:
    person = world.people[owner]
    return int(min(job.need[owner], person.room[week - 1] + person.most_overtime[week - 1]) / world.step)


def _holds_alone(world: World, job: Job, hours: Hours) -> bool:
    """Whether nothing but what other jobs and hiring may mend is broken."""
    broken = Reading(world, Plan(hours)).broken()
    return all(what.startswith("P ") or what.endswith("is not hired") for what in broken)
