"""A problem too large for one model is planned part by part; here every problem is taken for one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from second_engine.random_scenarios import random_scenario

from staffing.auditing import audit
from staffing.plan.goals import worse
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve
from staffing.solving.tuning import varied


@pytest.fixture(autouse=True)
def large() -> Iterator[None]:
    with varied(single_model_cells=0):
        yield


@pytest.mark.parametrize("seed", range(12))
def test_part_by_part_plans_are_valid_and_bounded(seed: int) -> None:
    drawn = Scenario.model_validate(random_scenario(seed))
    plan = solve(drawn, deterministic=True, time_limit=0.4)
    assert audit(drawn, plan) == []
    assert not any(goal.bound is not None and worse(goal.goal, goal.bound, goal.best) for goal in plan.goals)
    assert solve(drawn, deterministic=True, time_limit=0.4).assigned == plan.assigned


def test_two_threads_share_no_people() -> None:
    drawn = Scenario.model_validate(random_scenario(3))
    plan = solve(drawn, workers=2, time_limit=1)
    assert audit(drawn, plan) == []
