"""The measures of a plan, reckoned by hand."""

from typing import Any

import pytest

from plan.worlds import facts, omid, replanned, sara, scenario, task
from staffing.plan.metrics import metrics

TASKS = [
    task("plan", kind="strategic", hours=12, value=2000, due=1),
    task("build", hours=20),
    task("talk", client="zeta", hours=4, billable=False),
    task("big", kind="strategic", hours=100, must=True, value=500),
    task("old", done=10),
]
CELLS = {("plan", "sara", 1): 6, ("plan", "sara", 2): 6, ("build", "omid", 1): 20, ("talk", "omid", 1): 4}
STAFF = [sara(), omid(), omid(id="pm", placeholder=True)]


def test_all_of_them() -> None:
    clients = [{"id": "nova", "budget": {"amount": 5000, "per": "month", "spent": 50}}, {"id": "zeta"}]
    world = scenario(tasks=TASKS, staff=STAFF, clients=clients, switching=2)
    assert metrics(facts(world, CELLS)) == {
        "delivered_tasks": 3,
        "waiting_tasks": 1,
        "late_tasks": 1,
        "delivered_value": 2048,  # 2000 + 2 × 20 + 2 × 4
        "total_value": 2548,
        "must_waiting_hours": 100,
        "weeks_late": 1,
        "planned_hours": 36,
        "overtime_hours": 0,
        "switching_hours": 2,  # Omid serves two clients in week 1
        "capacity_hours": 320,
        "utilisation": {
            "all": 0.1125,  # 36 ÷ 320
            "by_role": {"account_manager": 0.075, "project_manager": 0.15},
            "by_person": {"sara": 0.075, "omid": 0.15},
        },
        "hours_by_role_and_kind": {
            "account_manager": {"strategic": 12, "tactical": 0},
            "project_manager": {"strategic": 0, "tactical": 24},
        },
        "strategic_waiting_hours": 100,
        "cost": 1260,  # 12 × 40 + (24 + 2) × 30
        "revenue": 2800,  # 12 × 100 + 20 × 80
        "margin": 1540,
        "contacts": 0,
        "budgets": [{"client": "nova", "period": "2026-01", "burn": 2800, "amount": 5000, "spent": 50}],
    }


def test_someone_hired_is_one_of_the_people() -> None:
    found = metrics(facts(scenario(tasks=TASKS, staff=STAFF), CELLS, hired=["pm"]))
    assert found["capacity_hours"] == 480
    assert found["utilisation"]["by_person"] == {"sara": 0.075, "omid": 0.15, "pm": 0}


def test_utilisation_without_capacity_is_unknown() -> None:
    found = metrics(facts(scenario(staff=[sara(end="2026-01-01")]), {}))
    assert found["utilisation"] == {"all": None, "by_role": {"account_manager": None}, "by_person": {"sara": None}}


def test_ratios_have_four_decimals() -> None:
    found = metrics(facts(scenario(tasks=[task("a")], staff=[omid(weekly_hours=30)]), {("a", "omid", 1): 10}))
    assert found["utilisation"]["all"] == 0.0833  # 10 ÷ 120


def test_spent_stands_in_the_first_period_alone_and_projects_after_clients() -> None:
    world = scenario(
        weeks=2,
        clients=[{"id": "nova", "budget": {"amount": 9, "per": "week", "spent": 5}}],
        projects=[{"id": "site", "client": "nova", "budget": 7}],
    )
    assert metrics(facts(world, {}))["budgets"] == [
        {"client": "nova", "period": "week 1", "burn": 0, "amount": 9, "spent": 5},
        {"client": "nova", "period": "week 2", "burn": 0, "amount": 9, "spent": 0},
        {"project": "site", "period": "horizon", "burn": 0, "amount": 7, "spent": 0},
    ]


def test_history_is_hours_overtime_burn_and_cost() -> None:
    clients: list[dict[str, Any]] = [{"id": "nova", "budget": 9000}]
    world = scenario(tasks=[task("a", hours=60)], clients=clients, staff=[omid()])
    found = metrics(facts(replanned(world, {("a", "omid", 1): 50}, from_week=2), {("a", "omid", 2): 10}))
    assert (found["planned_hours"], found["overtime_hours"]) == (60, 10)
    assert found["budgets"][0]["burn"] == 4800
    assert found["cost"] == 60 * 30 + 10 * 15


def test_a_price_that_history_paid_is_paid_once() -> None:
    priced = task("a", estimates={"omid": {"hours": 10, "price": 500}})
    clients: list[dict[str, Any]] = [{"id": "nova", "budget": {"amount": 900, "per": "week"}}]
    world = scenario(tasks=[priced], clients=clients, budget_basis="cost")
    found = metrics(facts(replanned(world, {("a", "omid", 1): 4}, from_week=2), {("a", "omid", 2): 6}))
    assert found["cost"] == 500
    assert [entry["burn"] for entry in found["budgets"]] == [500, 0, 0, 0]


@pytest.mark.parametrize("weeks", [(1, 2), (2, 1)])
def test_a_price_that_history_paid_burns_in_its_last_week(weeks: tuple[int, ...]) -> None:
    priced = task("a", estimates={"omid": {"hours": 10, "price": 500}})
    clients: list[dict[str, Any]] = [{"id": "nova", "budget": {"amount": 900, "per": "week"}}]
    world = scenario(tasks=[priced], clients=clients, budget_basis="cost")
    found = metrics(facts(replanned(world, {("a", "omid", week): 4 for week in weeks}, from_week=3), {}))
    assert [entry["burn"] for entry in found["budgets"]] == [0, 500, 0, 0]


def test_strategic_hours_waiting_are_of_strategic_tasks_alone() -> None:
    world = scenario(tasks=[task("plan", kind="strategic", hours=7), task("build", hours=30, must=True)])
    assert metrics(facts(world, {}))["strategic_waiting_hours"] == 7


@pytest.mark.parametrize(
    ("bill", "cost", "revenue", "spent", "margin"),
    [
        (0.005, 0.0049, 0.01, 0, 0),  # 0.005 − 0.0049 = 0.0001, not the 0.01 between what is rounded
        (0.0149, 0.005, 0.01, 0.01, 0.01),  # 0.0149 − 0.005 = 0.0099
        (1.0001, 0.9951, 1, 1, 0.01),  # 0.005, a tie, away from zero
        (0.9951, 1.0001, 1, 1, -0.01),
    ],
)
def test_the_margin_is_rounded_once(bill: float, cost: float, revenue: float, spent: float, margin: float) -> None:
    staff = [omid(bill_rate=bill, cost_rate=cost)]
    found = metrics(facts(scenario(tasks=[task("a", hours=1)], staff=staff), {("a", "omid", 1): 1}))
    assert (found["revenue"], found["cost"], found["margin"]) == (revenue, spent, margin)
