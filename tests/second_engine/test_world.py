"""The second reading of the definitions agrees with the product's own."""

from collections.abc import Iterable
from fractions import Fraction

import pytest

from staffing.scenario.bookings import finishers, room_left
from staffing.scenario.expand import Expanded, Period
from staffing.scenario.scenario import Scenario

from .seeds import BLOCKS, block, scenario_of
from .world import World


@pytest.mark.parametrize("first", BLOCKS)
def test_both_readings_of_a_scenario_agree(first: int) -> None:
    for seed in block(first):
        scenario = scenario_of(seed)
        assert second_reading(scenario) == first_reading(scenario), f"seed {seed}"


def second_reading(scenario: Scenario) -> dict[str, object]:
    world = World(scenario)
    return {
        "switching": world.switching,
        "worked": world.past,
        "paid": world.past_price,
        "done": world.done,
        "promised": _sums(((row.job, row.staff, world.week(row.day)), row.hours) for row in world.booked),
        "promised prices": world.booked_price,
        "covered": sorted(world.covered),
        "room": {
            person.id: [(world.free(person, week), world.free_overtime(person, week)) for week in world.weeks]
            for person in world.people.values()
        },
        "people": {
            person.id: {
                "able": person.able,
                "rates": (person.cost_rate, person.bill_rate, person.premium),
                "capacity": person.capacity,
                "room": person.room,
                "most overtime": person.most_overtime,
                "contract": person.contract,
                "limits": person.limits,
                "earlier": person.earlier,
                "salaried": person.salaried,
                "placeholder": person.placeholder,
            }
            for person in world.people.values()
        },
        "jobs": {
            job.id: {
                "client": job.client,
                "effort": job.effort,
                "window": list(job.window),
                "late from": _late_from(job.due, scenario.weeks),
                "value": job.value,
                "weight": job.weight,
                "most owners": job.most_owners,
                "who": set(world.may_finish(job)),
                "price": job.price,
                "weekly max": job.weekly_max,
            }
            for job in world.jobs.values()
        },
        "purses": sorted(
            (purse.name.split(" weeks")[0], sorted(purse.weeks), purse.left, purse.free) for purse in world.purses
        ),
    }


def first_reading(scenario: Scenario) -> dict[str, object]:
    view = scenario.expanded
    return {
        "switching": view.switching,
        "worked": view.history,
        "paid": view.history_prices,
        "done": {job.id for job in view.jobs.values() if job.done},
        "promised": view.promises.hours,
        "promised prices": view.promises.prices,
        "covered": sorted(job.id for job in view.jobs.values() if job.covered),
        "room": {
            person.id: [room_left(view, person, week) for week in range(1, view.weeks + 1)]
            for person in view.people.values()
        },
        "people": {
            person.id: {
                "able": person.productivity,
                "rates": (person.cost_rate, person.bill_rate, person.premium),
                "capacity": list(person.capacity),
                "room": list(person.room),
                "most overtime": [person.overtime if days else Fraction(0) for days in person.available_days],
                "contract": list(person.contract),
                "limits": person.limits,
                "earlier": person.earlier_copy,
                "salaried": person.salaried,
                "placeholder": person.placeholder,
            }
            for person in view.people.values()
        },
        "jobs": {
            job.id: {
                "client": job.client,
                "effort": job.effort,
                "window": list(range(job.earliest, job.deadline + 1)),
                "late from": _late_from(job.due, scenario.weeks),
                "value": job.value,
                "weight": job.weight,
                "most owners": job.max_owners,
                "who": {person.id for person in finishers(view, job)},
                "price": {who: asked.price for who, asked in job.estimates.items() if asked.price is not None},
                "weekly max": job.weekly_max,
            }
            for job in view.jobs.values()
            if not (job.done or job.covered)
        },
        "purses": sorted(
            (f"{what} {name}", list(period.weeks), period.left, _free(view, what, name, period))
            for (what, name), periods in view.budgets.items()
            for period in periods
        ),
    }


def _free(view: Expanded, what: str, name: str, period: Period) -> Fraction:
    return max(Fraction(0), period.left - view.promises.burn.get((what, name, period.name), Fraction(0)))


def _sums(amounts: Iterable[tuple[tuple[str, str, int], Fraction]]) -> dict[tuple[str, str, int], Fraction]:
    found: dict[tuple[str, str, int], Fraction] = {}
    for key, amount in amounts:
        found[key] = found.get(key, Fraction(0)) + amount
    return found


def _late_from(due: int | None, weeks: int) -> int | None:
    return None if due is None or due >= weeks else due
