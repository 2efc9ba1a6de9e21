"""Chances of a plan against closed forms, within three standard errors, and the rule by which it is carried out."""

from __future__ import annotations

from math import comb
from typing import Any

import pytest
from plan.worlds import Cells, facts, omid, plan, scenario, task

from staffing.decisions.risk import Risk, risk
from staffing.errors import StaffingError
from staffing.scenario.scenario import Scenario

DRAWS = 4000
PERT = {"low": 20, "likely": 30, "high": 60}
FIRST, SECOND = 1 + 4 * 10 / 40, 1 + 4 * 30 / 40  # the shape of that beta distribution: 2 and 4


def asked(world: Scenario, cells: Cells, **more: Any) -> Risk:
    return risk(world, plan(facts(world, cells)), draws=DRAWS, **more)


def below(hours: float) -> float:
    """The chance that hours of PERT stay below so many: of a beta distribution with whole shapes, by its binomial sum.

    I_x(a, b) = Σ over j from a to n of C(n, j) x^j (1−x)^(n−j), with n = a + b − 1.
    """
    share, first, second = (hours - 20) / 40, int(FIRST), int(SECOND)
    total = first + second - 1
    return sum(comb(total, j) * share**j * (1 - share) ** (total - j) for j in range(first, total + 1))


def near(share: float, chance: float) -> bool:
    return abs(share - chance) <= 3 * float((chance * (1 - chance) / DRAWS) ** 0.5)


def test_one_task_of_one_person() -> None:
    world = scenario(weeks=2, staff=[omid()], tasks=[task("brief", hours=PERT, due=1)])
    found = asked(world, {("brief", "omid", 1): 30})
    (brief,) = found.tasks
    assert brief.on_time is not None
    assert near(brief.on_time, below(40))  # 40 hours a week
    assert brief.delivered == 1
    (above,) = (one for one in found.people if one.week == 1)
    assert near(above.above_contract, 1 - below(40))
    assert brief.error == pytest.approx((brief.on_time * (1 - brief.on_time) / DRAWS) ** 0.5, abs=1e-5)


def test_two_in_a_row() -> None:
    tasks = [task("brief", hours=PERT), task("build", hours=40, after=[{"task": "brief", "lag": 1}], due=2)]
    world = scenario(weeks=3, staff=[omid()], tasks=tasks)
    found = {entry.task: entry for entry in asked(world, {("brief", "omid", 1): 30, ("build", "omid", 2): 40}).tasks}
    on_time = found["build"].on_time
    assert on_time is not None
    assert near(on_time, below(40))  # where the brief overruns, the build begins a week later
    assert found["build"].delivered == 1


def test_a_budget() -> None:
    world = scenario(
        weeks=3,
        staff=[omid(bill_rate=100)],
        clients=[{"id": "nova", "budget": 3500}],
        tasks=[task("brief", client="nova", hours=PERT)],
    )
    found = asked(world, {("brief", "omid", 1): 30})
    (budget,) = found.budgets
    assert near(budget.overrun, 1 - below(35))
    median = found.cost.p50 / 30  # omid costs 30 an hour
    assert near(below(median), 0.5)


def test_work_that_may_be_lost() -> None:
    clients = [{"id": "nova", "probability": 0.3}]
    world = scenario(weeks=1, staff=[omid()], clients=clients, tasks=[task("brief", client="nova", hours=10)])
    found = asked(world, {("brief", "omid", 1): 10})
    assert near(found.tasks[0].comes, 0.3)
    assert found.tasks[0].on_time == 1  # where it comes
    assert (found.cost.p10, found.cost.p50, found.cost.p90) == (0, 0, 300)


def test_days_that_are_missed() -> None:
    world = scenario(weeks=2, staff=[omid(absence=0.1)], tasks=[task("brief", hours=40, due=1)])
    on_time = asked(world, {("brief", "omid", 1): 40}).tasks[0].on_time
    assert on_time is not None
    assert near(on_time, 0.9**5)  # there on all five days


def test_with_nothing_left_to_chance_it_is_the_plan() -> None:
    world = scenario(weeks=2, staff=[omid(overtime=8)], tasks=[task("brief", hours=44, due=1), task("call", hours=6)])
    before = plan(facts(world, {("brief", "omid", 1): 44, ("call", "omid", 2): 6}))
    found = risk(world, before, draws=10)
    assert [(entry.task, entry.on_time) for entry in found.tasks] == [("brief", 1), ("call", 1)]
    assert found.cost.p10 == found.cost.p90 == before.metrics["cost"]
    assert found.margin.p50 == before.metrics["margin"]
    assert [(one.staff, one.week, one.above_contract) for one in found.people] == [("omid", 1, 1.0)]


def test_the_same_seed_gives_the_same_table() -> None:
    world = scenario(weeks=2, staff=[omid(absence=0.2)], tasks=[task("brief", hours=PERT, due=1)])
    one, other, third = (asked(world, {("brief", "omid", 1): 30}, seed=seed) for seed in (1, 1, 2))
    assert one.body() == other.body()
    assert one.body() != third.body()


def test_numbers_that_mean_nothing_are_refused() -> None:
    world = scenario(weeks=1, staff=[omid()], tasks=[task("brief", hours=10)])
    with pytest.raises(StaffingError, match="draws is out of range"):
        risk(world, plan(facts(world, {("brief", "omid", 1): 10})), draws=3)
