"""What peers are told: rules that made-up agencies seldom turn on, one by one."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.answers import judge
from benchmarks.field import SIZES, field
from benchmarks.peers import cp_sat, highs, taskjuggler
from benchmarks.peers.stages import Means
from staffing.loading import from_mapping
from staffing.scenario.scenario import Scenario


def _priced(first: int, second: int) -> Scenario:
    """A task of 40 hours for a fixed price of 900, in the last week of January and the first of February.

    By cost its client may burn so much in each of the months; 60 hours fit into both weeks together.
    """
    budget: dict[str, Any] = {"amount": second, "per": "month", "spent": max(0, second - first)}
    return from_mapping(
        {
            "start": "2026-01-26",
            "weeks": 2,
            "budget_basis": "cost",
            "goals": ["must", "value", "balance"],
            "roles": {"freelancer": {"tactical": 1, "weekly_hours": 30, "cost_rate": 50}},
            "staff": [{"id": "rafael", "role": "freelancer"}],
            "clients": [{"id": "one", "budget": budget}],
            "tasks": [
                {
                    "id": "site",
                    "kind": "tactical",
                    "client": "one",
                    "hours": 50,
                    "estimates": {"rafael": {"hours": 40, "price": 900}},
                }
            ],
        }
    )


@pytest.mark.parametrize("peer", [highs, cp_sat])
@pytest.mark.parametrize(("first", "second", "value"), [(100, 900, 100), (100, 899, 0)])
def test_a_fixed_price_burns_in_the_month_of_the_last_hours(peer: Any, first: int, second: int, value: int) -> None:
    # 40 hours take both weeks, so that the price burns in February, whatever January may burn
    scenario = _priced(first, second)
    judged = judge(scenario, peer.plan(scenario, Means(5.0, 1)))
    assert judged.violations == ()
    assert judged.values["value"] == value
    assert judged.proven("value")
    assert judged.values["balance"] == (67 if value else 0)  # 40 of 60 hours
    assert judged.proven("balance")


def test_taskjuggler_is_told_of_nobody_who_could_be_hired_or_has_an_estimate() -> None:
    expanded = from_mapping(field(SIZES["14"])).expanded
    names = taskjuggler._names(expanded)
    written = taskjuggler._project(expanded, names)
    for person in expanded.people.values():
        assert (f"resource {names[f'person {person.id}']} " in written) != person.placeholder
    asked = {(job.id, one) for job in expanded.jobs.values() for one in job.estimates}
    assert asked
    for job, one in asked:
        lines = written.partition(f'task {names[f"job {job}"]} "')[2].partition("\n}")[0]
        assert f"{names[f'person {one}']} " not in f"{lines.replace(',', ' ')} "
