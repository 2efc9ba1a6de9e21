"""What each allocation costs and earns: together they are the cost and the revenue of the plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from plan.worlds import Cells, facts, omid, plan, replanned, sara, scenario, task
from staffing.plan.plan import Plan
from staffing.plan.records import Allocation


def planned(cells: Cells, hired: tuple[str, ...] = (), **change: Any) -> Plan:
    return plan(facts(scenario(**{"tasks": [task("a"), task("b", client="zeta")], **change}), cells, hired))


def money(found: Plan, column: str) -> dict[tuple[str, str], float]:
    table = found.allocations
    return dict(zip(zip(table.task, table.staff, strict=True), table[column], strict=True))


def test_hours_cost_their_rate_and_earn_theirs() -> None:
    found = planned({("a", "omid", 1): 10, ("b", "sara", 1): 12.5})
    assert money(found, "cost") == {("a", "omid"): 300, ("b", "sara"): 500}  # 10 × 30, 12.5 × 40
    assert money(found, "revenue") == {("a", "omid"): 800, ("b", "sara"): 1250}


def test_what_is_not_billable_earns_nothing() -> None:
    found = planned({("a", "omid", 1): 10}, tasks=[task("a", billable=False)])
    assert money(found, "revenue") == {("a", "omid"): 0}


def test_a_salary_is_spread_over_the_hours_worked() -> None:
    found = planned({("a", "omid", 1): 10, ("b", "omid", 2): 30}, staff=[omid(pay="salary")])
    assert money(found, "cost") == {("a", "omid"): 1200, ("b", "omid"): 3600}  # 4 weeks × 40 × 30, a quarter for a


def test_switching_and_overtime_are_spread_over_the_hours_of_who_has_them() -> None:
    found = planned(
        {("a", "omid", 1): 20, ("b", "omid", 1): 21, ("a", "sara", 1): 1}, switching=1, staff=[sara(), omid(overtime=8)]
    )
    assert found.metrics["cost"] == 1330  # 42 × 30 + 2 × 30 × 0.5, and one hour at 40
    assert money(found, "cost")["a", "sara"] == 40
    assert money(found, "cost")["a", "omid"] == pytest.approx(1290 * 20 / 41, abs=0.01)


def test_a_fixed_price_is_paid_for_its_task_alone() -> None:
    tasks = [task("a", estimates={"omid": {"hours": 8, "price": 1000}}), task("b", client="zeta")]
    found = planned({("a", "omid", 1): 5, ("a", "omid", 2): 3, ("b", "omid", 3): 10}, tasks=tasks)
    assert list(found.allocations.cost) == [625, 375, 300]


def test_what_people_without_hours_cost_is_spread_over_everybodys() -> None:
    found = planned({("a", "omid", 1): 10, ("b", "omid", 2): 10}, staff=[sara(pay="salary"), omid()])
    assert list(found.allocations.cost) == [3500, 3500]  # 300 each, and half of 4 × 40 × 40


def test_a_hired_placeholder_costs_its_hiring_too() -> None:
    staff = [omid(id="new", placeholder=True, hire_cost=100), omid()]
    found = planned({("a", "new", 1): 10}, ("new",), staff=staff)
    assert list(found.allocations.cost) == [400]


@pytest.mark.parametrize("rate", [33.3333, 0.0049, 17])
def test_parts_add_up_to_the_cent(rate: float) -> None:
    cells = {(name, who, week): 0.25 for name in "ab" for who in ("sara", "omid") for week in (1, 2, 3)}
    staff = [sara(cost_rate=rate, bill_rate=rate, pay="salary"), omid(cost_rate=rate, bill_rate=rate)]
    found = planned(cells, staff=staff, switching=0.25)
    for column in ("cost", "revenue"):
        assert round(found.allocations[column].sum(), 2) == found.metrics[column]
        assert round(found.clients[column].sum(), 2) == found.metrics[column]


def test_history_costs_and_earns_as_well() -> None:
    expanded = replanned(scenario(tasks=[task("a")]), {("a", "omid", 1): 4}, 2)
    found = plan(facts(expanded, {("a", "omid", 2): 6}))
    assert list(found.allocations.cost) == [120, 180]


def budgeted(**change: Any) -> Plan:
    clients = [{"id": "nova", "budget": {"amount": 2000, "per": "month", "spent": 100}}, {"id": "zeta"}]
    projects = [{"id": "site", "client": "nova", "budget": 5000}]
    tasks = [task("a", project="site", hours=30), task("b", client="zeta")]
    world = scenario(clients=clients, projects=projects, tasks=tasks, **change)
    return plan(facts(replanned(world, {("a", "omid", 1): 4}, 2), {("a", "omid", 2): 26, ("b", "omid", 3): 10}))


def test_budgets_are_told_by_what_is_worked_planned_and_left() -> None:
    row = budgeted().clients.iloc[0]
    assert row[["worked", "planned", "burn", "left"]].tolist() == [320, 2080, 2400, -500]  # 2000 − 100 − 2400
    assert row[["cost", "revenue", "margin"]].tolist() == [900, 2400, 1500]


def test_clients_without_a_budget_have_a_row_too_and_projects_no_money_of_their_own() -> None:
    table = budgeted().clients
    assert table.client.fillna("").tolist() == ["nova", "", "zeta"]
    assert table.project.fillna("").tolist() == ["", "site", ""]
    assert table.margin.isna().tolist() == [False, True, False]
    assert dict(table.groupby("client")["margin"].sum()) == {"nova": 1500, "zeta": 500}


def test_salaries_without_any_work_are_a_row_of_their_own() -> None:
    table = planned({}, staff=[sara(pay="salary")]).clients
    assert table.cost.sum() == 6400
    assert table[table.client.isna()].cost.tolist() == [6400]


def changed(found: Plan, assigned: tuple[Allocation, ...]) -> Mapping[str, bool]:
    table = replace(found, assigned=assigned).allocations
    return {column: bool(table[column].isna().all()) for column in ("cost", "revenue")}


def test_money_is_missing_where_allocations_were_changed_by_hand() -> None:
    found = budgeted()
    assert changed(found, found.assigned[:-1]) == {"cost": True, "revenue": True}
    assert changed(found, found.assigned) == {"cost": False, "revenue": False}


def test_tasks_say_what_they_are() -> None:
    table = planned({}, tasks=[task("a", name="Site", roles=["project_manager"], due=2, done=4)]).tasks
    row = table.iloc[0]
    assert row[["client", "name", "kind", "roles", "effort", "due", "state"]].tolist() == [
        *("nova", "Site", "tactical", ("project_manager",), 6, 2, "waiting"),
    ]
    assert table.project.isna().all()
