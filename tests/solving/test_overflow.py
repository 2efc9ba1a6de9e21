"""Numbers that 64 bits do not hold are refused before planning, and the message names them."""

from __future__ import annotations

from typing import Any

import pytest
from plan.worlds import omid, scenario, task

from solving.worlds import QUICK, planned, proven_at
from staffing.errors import ScenarioError
from staffing.solving.solve import solve


def message(**change: Any) -> str:
    with pytest.raises(ScenarioError, match="too large to plan exactly") as failure:
        solve(scenario(**change), **QUICK)
    return str(failure.value)


def test_values() -> None:
    """Two of 10¹² each, and a rate of 0.0001: in units of 0.000025 they add up to 8 × 10¹⁶; a hundred pass 2⁶⁰."""
    tasks = [task(f"t{number}", value=10**12) for number in range(100)]
    assert "values of tasks" in message(tasks=tasks, staff=[omid(cost_rate=0.0001)])


def test_rates() -> None:
    """10¹² an hour, 40 × 156 hours, against a unit made tiny by another rate."""
    staff = [omid(cost_rate=10**12, bill_rate=1), omid(id="kim", cost_rate=0.0001)]
    assert "rates" in message(tasks=[task("a")], staff=staff, weeks=156)


def test_prices_and_hires() -> None:
    new = [omid(cost_rate=0.0001), omid(id="new", placeholder={"count": 100}, hire_cost=10**12)]
    assert "hire costs" in message(tasks=[task("a")], staff=new)


def test_effort() -> None:
    """Productivities with four decimals on a grid of 0.25: units of 0.000025; 100,000 hours are 4 × 10⁹ of them."""
    staff = [omid(tactical=0.9999), omid(id="kim", tactical=0.0001)]
    world = scenario(tasks=[task("a", hours=100_000)], staff=staff)
    assert proven_at(planned(world), "value", 0)  # large, and small enough


def test_large_but_exact_numbers_are_planned() -> None:
    """10¹² and a cent: the optimum is exact."""
    tasks = [task("a", hours=40, value=999_999_999_999.99), task("b", hours=40, value=10**12)]
    plan = planned(scenario(tasks=tasks, weeks=1, staff=[omid()]))
    assert proven_at(plan, "value", 10**12)
    assert proven_at(planned(scenario(tasks=tasks, weeks=2, staff=[omid()])), "value", 1_999_999_999_999.99)


@pytest.mark.parametrize(
    "rates", [{"cost_rate": 10**12, "bill_rate": 0.001}, {"cost_rate": 0.001, "bill_rate": 10**12}]
)
def test_many_tasks_at_a_large_rate(rates: dict[str, float]) -> None:
    """One week of Omid fits into 64 bits; sixty tasks that could each take it do not."""
    tasks = [task(f"t{number}", hours=40) for number in range(60)]
    assert "rates" in message(tasks=tasks, clients=[{"id": "nova", "budget": 10**12}], staff=[omid(**rates)])
