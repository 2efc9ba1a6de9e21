"""Hours that a task will hardly exceed: quantiles of PERT estimates, by a closed form."""

from __future__ import annotations

from decimal import Decimal
from math import comb

import pytest
from plan.worlds import omid, scenario, task

import staffing
from staffing.errors import StaffingError
from staffing.scenario.confidence import at_confidence, beta_shape, quantile
from staffing.scenario.records import HoursRange

RANGE = {"low": 20, "likely": 30, "high": 60}


def hours(low: int = 20, likely: int = 30, high: int = 60) -> HoursRange:
    return HoursRange(low=Decimal(low), likely=Decimal(likely), high=Decimal(high))


def below(share: float, first: int, second: int) -> float:
    """The beta distribution function with whole shapes, by its binomial sum."""
    total = first + second - 1
    return sum(comb(total, j) * share**j * (1 - share) ** (total - j) for j in range(first, total + 1))


def test_the_quantile_of_a_pert_estimate() -> None:
    assert beta_shape(hours()) == (2.0, 4.0)  # 1 + 4 · 10/40 and 1 + 4 · 30/40
    found = quantile(hours(), 0.8)
    assert found == found.quantize(Decimal("0.0001"))
    share = float(found - 20) / 40
    assert below(share, 2, 4) == pytest.approx(0.8, abs=1e-4)
    assert below(share - 0.0001 / 40, 2, 4) < 0.8  # rounded up, and no further


def test_hours_that_are_certain_stay() -> None:
    assert quantile(hours(30, 30, 30), 0.9) == 30
    world = scenario(tasks=[task("brief", hours=10)])
    assert at_confidence(world, 0.9) == world
    assert at_confidence(world, None) is world


def test_what_is_left_and_what_people_ask_grow_alike_and_the_value_stays() -> None:
    world = scenario(tasks=[task("brief", hours=RANGE, left=15, estimates={"omid": {"hours": 12, "price": 500}})])
    (sure,) = at_confidence(world, 0.8).tasks
    more = quantile(hours(), 0.8) / 30
    assert float(sure.likely) == pytest.approx(float(30 * more), abs=1e-4)
    assert sure.left is not None
    assert float(sure.left) == pytest.approx(float(15 * more), abs=1e-4)
    assert float(sure.estimates["omid"].hours) == pytest.approx(float(12 * more), abs=1e-4)
    assert sure.estimates["omid"].price == 500
    assert sure.value == 60  # normal priority: 2 for each of the 30 likely hours


def test_a_plan_with_confidence_is_audited_as_such() -> None:
    world = scenario(weeks=2, staff=[omid()], tasks=[task("brief", hours=RANGE)])
    plain, sure = staffing.solve(world, time_limit=5), staffing.solve(world, time_limit=5, confidence=0.8)
    assert (plain.metrics["planned_hours"], sure.solver["confidence"]) == (30, 0.8)
    assert sure.metrics["planned_hours"] == 39.75  # 39.6077 hours, up to the grid
    assert sure.fingerprint == plain.fingerprint == world.fingerprint
    assert staffing.audit(world, plain) == staffing.audit(world, sure) == []
    assert "confidence" not in plain.solver


@pytest.mark.parametrize("confidence", [0, 1, -0.5, float("nan")])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(StaffingError, match="confidence is out of range"):
        at_confidence(scenario(), confidence)
