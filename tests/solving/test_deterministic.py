"""The same again, for the same input; and the same goals, whatever things are called."""

from __future__ import annotations

import json

from plan.worlds import omid, sara, scenario, task

from benchmarks.generator import SIZES, agency
from solving.worlds import QUICK, planned
from staffing.loading import from_mapping
from staffing.plan.plan import Plan
from staffing.solving.solve import solve

TASKS = [
    *(task(f"n{number}", hours=7 + number, due=1) for number in range(5)),
    *(task(f"z{number}", client="zeta", hours=9, kind="strategic") for number in range(3)),
    task("long", hours=30, max_owners=2),
]
STAFF = [sara(weekly_hours=20), omid(weekly_hours=20, overtime=2), omid(id="kim", weekly_hours=10, cost_rate=20)]
WORLD = scenario(tasks=TASKS, staff=STAFF, weeks=2, switching=0.5)


def document(plan: Plan) -> str:
    """Return the plan file without the solver's section."""
    return json.dumps({**plan.as_document(), "solver": {}})


def goals(plan: Plan) -> list[tuple[str, float]]:
    return [(goal.goal, float(goal.value)) for goal in plan.goals]


def test_the_same_plan_again() -> None:
    assert document(planned(WORLD)) == document(planned(WORLD))


def test_the_same_plan_again_when_time_is_short() -> None:
    plans = [solve(WORLD, deterministic=True, time_limit=0.05) for _ in range(2)]
    assert document(plans[0]) == document(plans[1])


def test_the_same_replan_again() -> None:
    """An agency of 4 people, one of them ill: kept hours, rebuilding and parts draw the same numbers."""
    world = from_mapping(agency(SIZES["S"], variant="net_value"))
    before = solve(world, deterministic=True, time_limit=0.3)
    (first, *_) = world.staff
    ill = world.patch({"staff": [{"id": first.id, "time_off": [{"from": str(world.start), "to": "2100-01-01"}]}]})
    plans = [solve(ill, baseline=before, from_week=2, deterministic=True, time_limit=1) for _ in range(2)]
    assert document(plans[0]) == document(plans[1])
    assert plans[0].solver["changes_at_first"] == plans[1].solver["changes_at_first"]


def test_one_worker_is_told() -> None:
    plan = solve(WORLD, workers=8, **QUICK)
    assert (plan.solver["workers"], plan.solver["deterministic"]) == (1, True)


def test_another_seed_another_way_the_same_goals() -> None:
    assert goals(planned(WORLD, seed=7)) == goals(planned(WORLD))


def test_the_order_of_tasks_and_people_means_nothing() -> None:
    turned = scenario(tasks=TASKS[::-1], staff=STAFF[::-1], weeks=2, switching=0.5)
    assert goals(planned(turned)) == goals(planned(WORLD))


def test_names_mean_nothing() -> None:
    tasks = [{**entry, "id": f"x{number:03}"} for number, entry in enumerate(TASKS[::-1])][::-1]
    staff = [{**entry, "id": f"p{number}"} for number, entry in enumerate(STAFF)]
    assert goals(planned(scenario(tasks=tasks, staff=staff, weeks=2, switching=0.5))) == goals(planned(WORLD))


def test_several_workers_reach_the_same_goals() -> None:
    plan = solve(WORLD, workers=2, time_limit=20)
    assert plan.status == "optimal"
    assert goals(plan) == goals(planned(WORLD))
