"""All sets of hires of a scenario, one by one, each planned as its What-if: what answers are held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations_with_replacement, permutations, product
from typing import Any

from second_engine.random_scenarios import random_scenario

from staffing.decisions.hire_pool import Pool
from staffing.decisions.hiring import Hire
from staffing.errors import ScenarioError
from staffing.plan.plan import Plan
from staffing.scenario.records import MAXIMISED, Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

Key = tuple[float, ...]
"""What orders plans, the best first."""
Set = tuple[Hire, ...]


def world_of(seed: int, *, new: bool) -> Scenario | None:
    """Return the random scenario of a seed; for `new` people without placeholders; None where goals have tolerances.

    Goals with tolerances do not order plans; the largest utilisation is not proven where contracts are chosen.
    """
    data = random_scenario(seed)
    if new:
        data["staff"] = [
            {key: value for key, value in one.items() if key not in ("placeholder", "hire_cost")}
            for one in data["staff"]
        ]
    try:
        world = Scenario.model_validate(data)
    except ScenarioError:
        return None
    odd = any(entry.tolerance or (new and entry.goal == "balance") for entry in world.goals)
    return None if odd or (new and world.weeks > 2) else world


def pool_of(world: Scenario, most: int, *, new: bool) -> Pool | None:
    """Return who could be hired; None where nobody could."""
    try:
        pool = Pool.of(world, world.expanded, (), most)
    except ScenarioError:
        return None
    return pool if bool(pool.profiles) == new else None


def all_sets(pool: Pool) -> Iterator[Set]:
    """Yield every set of hires: copies of placeholders in their order, new people with every contract."""
    if not pool.profiles:
        for counts in product(*(range(len(copies) + 1) for copies in pool.copies.values())):
            chosen = [copies[:count] for copies, count in zip(pool.copies.values(), counts, strict=True)]
            ids = [id_ for copies in chosen for id_ in copies]
            if len(ids) <= pool.most:
                yield tuple(Hire(id_, id_, "", 0, 1) for id_ in ids)
        return
    options = [(profile, contract) for profile in pool.profiles for contract in pool.contracts(profile)]
    for size in range(pool.most + 1):
        for chosen_ in combinations_with_replacement(options, size):
            numbers: dict[str, int] = {}
            hires = []
            for profile, contract in chosen_:
                numbers[profile.id] = numbers.get(profile.id, 0) + 1
                hires.append(pool.new(profile, contract, numbers[profile.id]))
            yield tuple(hires)


def ladder_of(pool: Pool) -> list[Key]:
    """Return the key of the best plan with nobody hired, with one at most, and so on."""
    best: dict[int, Key] = {}
    for hires in all_sets(pool):
        key = key_of(goals(planned(pool.scenario_of(hires))))
        for count in range(len(hires), pool.most + 1):
            best[count] = min(best.get(count, key), key)
    return [best[count] for count in range(pool.size + 1)]


def sets_of(pool: Pool, wanted: str) -> list[Key]:
    """Return the keys of the cheapest sets that deliver what is wanted, on time if any does; four at most."""
    found: dict[Set, Key] = {}
    for on_time in (True, False):
        for hires in all_sets(pool):
            plan = planned(_wanted(pool.scenario_of(hires), wanted, on_time=on_time))
            reached = goals(plan)
            if not reached["must"]:
                found[hires] = key_of({entry.goal: reached[entry.goal] for entry in pool.scenario.goals})
        if found:
            break
    listed: list[Set] = []
    for hires in sorted(found, key=lambda one: (found[one], len(one), sum(hire.weekly_hours for hire in one))):
        if not any(_more(pool, hires, other) for other in listed):
            listed.append(hires)
    return [found[hires] for hires in listed[:4]]


def planned(world: Scenario) -> Plan:
    """Return an optimal plan."""
    plan = solve(world, time_limit=30, deterministic=True)
    assert plan.status == "optimal"
    return plan


def goals(plan: Plan) -> dict[Goal, float]:
    """Return the goals of a plan."""
    return {goal.goal: goal.value for goal in plan.goals}


def key_of(values: Mapping[Goal, float]) -> Key:
    """Return what orders plans by their goals."""
    return tuple(-value if goal in MAXIMISED else value for goal, value in values.items())


def _wanted(world: Scenario, wanted: str, *, on_time: bool) -> Scenario:
    """Return a scenario in which what is wanted, and nothing else, must be delivered, by its due week if so."""
    jobs = world.expanded.jobs
    open_ = {job.task for job in jobs.values() if not (job.done or job.covered) and (wanted == "all" or job.must)}
    tasks: list[dict[str, Any]] = []
    for task in world.tasks:
        entry: dict[str, Any] = {"id": task.id, "must": task.id in open_}
        job = jobs.get(task.id)
        if on_time and job is not None and task.id in open_ and job.due is not None:
            entry |= {"deadline": job.due} if job.earliest <= job.due < job.deadline else {}
        tasks.append(entry)
    return world.patch({"tasks": tasks, "goals": ["must", *(one.goal for one in world.goals if one.goal != "must")]})


def _more(pool: Pool, hires: Sequence[Hire], others: Sequence[Hire]) -> bool:
    """Return whether some hires are others, or more of them."""

    def at_least(hire: Hire, other: Hire) -> bool:
        if not pool.profiles:
            return hire.id == other.id
        profile = pool.profile_of(hire.id)
        assert profile is not None
        more = hire.weekly_hours >= other.weekly_hours and hire.from_week <= other.from_week
        return hire.role == other.role and (more or not profile.salaried)

    def stands_for(chosen: Sequence[Hire]) -> bool:
        return all(at_least(hire, other) for hire, other in zip(chosen, others, strict=True))

    return any(map(stands_for, permutations(hires, len(others))))
