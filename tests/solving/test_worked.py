"""The second month: what was worked is history, and planning begins on its day, without a baseline."""

from __future__ import annotations

from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, hours_of, planned, proven_at, result, states
from staffing.auditing import audit
from staffing.errors import StaffingError
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve


def row(task: str, hours: float, when: str | int, staff: str = "omid") -> dict[str, Any]:
    return {"task": task, "staff": staff, "hours": hours, "date" if isinstance(when, str) else "week": when}


def second_month(*rows: dict[str, Any], as_of: str = "2026-01-19", **change: Any) -> Scenario:
    """Omid alone, after two of four weeks."""
    return scenario(worked=list(rows), as_of=as_of, **{"staff": [omid()], **change})


def solved(world: Scenario, **options: Any) -> Plan:
    plan = planned(world, **options)
    assert audit(world, plan) == []
    return plan


def new(plan: Plan) -> dict[tuple[str, str, int], float]:
    return {(entry.task, entry.staff, entry.week): float(entry.hours) for entry in plan.assigned if not entry.fixed}


def test_what_is_left_is_planned_from_the_day_on() -> None:
    plan = solved(second_month(row("a", 30, 1), row("a", 5, "2026-01-16"), tasks=[task("a", hours=60)]))
    assert hours_of(plan) == {("a", "omid", 1): 30, ("a", "omid", 2): 5, ("a", "omid", 3): 25}
    assert plan.baseline is None
    assert plan.solver["from_week"] == 3
    assert (plan.metrics["planned_hours"], plan.metrics["cost"], plan.metrics["revenue"]) == (60, 1800, 4800)


def test_in_the_week_of_the_day_there_is_room_for_its_last_days() -> None:
    """From Thursday, 15 January, 16 hours are left of week 2, and of 50 hours of effort 40."""
    plan = solved(second_month(row("a", 10, "2026-01-14"), as_of="2026-01-15", tasks=[task("a", hours=50)]))
    assert new(plan) == {("a", "omid", 2): 16, ("a", "omid", 3): 24}


def test_overtime_of_the_last_days_is_beyond_their_hours() -> None:
    late = task("a", hours=20, deadline=2)
    world = second_month(as_of="2026-01-15", tasks=[late], staff=[omid(overtime=4)], goals=["value", "overtime"])
    plan = solved(world)
    assert new(plan) == {("a", "omid", 2): 20}
    assert plan.metrics["overtime_hours"] == 4


def test_money_that_was_burned_is_gone() -> None:
    """5,000 less 50 hours at 80 pay 12 hours of new work: one task of the two."""
    world = second_month(
        row("old", 50, 1),
        tasks=[task("old", cancelled=True), task("a"), task("b")],
        clients=[{"id": "nova", "budget": 5000}],
    )
    assert sorted(states(solved(world)).values()) == ["delivered", "done", "waiting"]


def test_budgets_count_worked_and_planned_by_period() -> None:
    """As it went in January: 10,000 a month, 80 hours worked at 100; the other 80 fit into February."""
    world = scenario(
        weeks=8,
        as_of="2026-02-02",
        worked=[row("a", 20, week) for week in (1, 2, 3, 4)],
        tasks=[task("a", hours=160, weekly_max=20)],
        staff=[omid(bill_rate=100)],
        clients=[{"id": "nova", "budget": {"amount": 10000, "per": "month"}}],
    )
    plan = solved(world)
    assert new(plan) == {("a", "omid", week): 20 for week in (5, 6, 7, 8)}
    assert [(entry["period"], entry["burn"]) for entry in plan.metrics["budgets"]] == [
        ("2026-01", 8000),
        ("2026-02", 8000),
    ]


def test_a_period_in_which_no_week_begins_is_in_the_plan() -> None:
    budget = {"amount": 1000, "per": "month"}
    rows = [row("a", 2, "2026-01-30"), row("a", 3, "2026-02-01")]
    world = second_month(*rows, as_of="2026-02-02", tasks=[task("a")], clients=[{"id": "nova", "budget": budget}])
    plan = solved(world)
    assert [(entry["period"], entry["burn"]) for entry in plan.metrics["budgets"]] == [
        ("2026-01", 160),
        ("2026-02", 240),
    ]


def test_before_the_start_the_day_changes_nothing() -> None:
    world = scenario(tasks=[task("a", hours=60)])
    before = scenario(as_of="2025-12-01", tasks=[task("a", hours=60)])
    assert hours_of(solved(before)) == hours_of(solved(world))


def test_after_the_horizon_nothing_is_planned_and_all_that_was_worked_counts() -> None:
    plan = solved(second_month(row("a", 10, 4), as_of="2026-02-09", tasks=[task("a"), task("b", must=True)]))
    assert states(plan) == {"a": "done", "b": "waiting"}
    assert [entry.reason for entry in plan.results] == [None, "no_window"]
    assert hours_of(plan) == {("a", "omid", 4): 10}


def test_weeks_late_count_from_the_due_week_and_days_that_are_over_are_no_way_to_be_in_time() -> None:
    plan = solved(second_month(row("a", 5, 1), tasks=[task("a", due=2)]))
    assert proven_at(plan, "lateness", 2)  # a week, of weight 2
    assert states(plan) == {"a": "late"}


def test_must_is_what_is_left() -> None:
    world = second_month(row("a", 4, 1), tasks=[task("a", must=True, only=[])])
    assert proven_at(solved(world), "must", 6)


def test_the_lag_after_a_task_that_was_worked_off_holds() -> None:
    tasks = [task("a"), task("b", after=[{"task": "a", "lag": 2}])]
    plan = solved(second_month(row("a", 10, 2), tasks=tasks))
    assert new(plan) == {("b", "omid", 4): 10}


def test_a_price_is_asked_once() -> None:
    """Omid asked 300 and has worked 4 of his 12 hours; the 8 that are left cost nothing more."""
    asked = task("a", estimates={"omid": {"hours": 12, "price": 300}})
    plan = solved(second_month(row("a", 4, 1), tasks=[asked], budget_basis="cost"))
    assert new(plan) == {("a", "omid", 3): 8}
    assert plan.metrics["cost"] == 300


def test_whoever_worked_is_no_placeholder_to_be_spared() -> None:
    staff = [sara(), omid(placeholder=True, hire_cost=500)]
    plan = solved(second_month(row("a", 4, 1), tasks=[task("a")], staff=staff))
    assert plan.hired == ("omid",)


def test_a_role_says_who_may_own_it() -> None:
    staff = [sara(tactical=1, cost_rate=1), omid(), omid(id="kim", cost_rate=20)]
    plan = solved(scenario(tasks=[task("a", roles=["project_manager"])], staff=staff))
    assert [entry.owners for entry in plan.results] == [("kim",)]


def test_without_a_day_rows_count_and_planning_begins_in_week_1() -> None:
    """What is left of a comes after what was worked on it; b may begin at once."""
    world = scenario(worked=[row("a", 4, 2)], tasks=[task("a", due=1), task("b")], staff=[omid()])
    plan = solved(world)
    assert new(plan) == {("a", "omid", 2): 6, ("b", "omid", 1): 10}


# ------------------------------------------------------------------ beside a baseline


def january() -> Plan:
    return planned(scenario(tasks=[task("a", hours=60), task("b", hours=40)], staff=[omid()], goals=["value"]))


def test_beside_rows_a_baseline_serves_changes_alone() -> None:
    """Planned: a in weeks 1 and 2, b then. Worked: less of a. The hours of the baseline are no history."""
    world = second_month(row("a", 30, 1), row("a", 20, 2), tasks=[task("a", hours=60), task("b", hours=40)])
    plan = solved(world, baseline=january())
    assert plan.metrics["planned_hours"] == 100
    assert hours_of(plan)["a", "omid", 1] == 30
    assert plan.baseline is not None
    assert result(plan, "changes").proven


def test_the_week_a_replan_begins_from_must_agree() -> None:
    world = second_month(row("a", 40, 1), row("a", 20, 2), tasks=[task("a", hours=60), task("b", hours=40)])
    assert hours_of(solved(world, baseline=january(), from_week=3)) == hours_of(solved(world, baseline=january()))
    assert solved(world, from_week=3).baseline is None
    for week in (2, 4):
        with pytest.raises(StaffingError, match=f"from_week is {week}, and the scenario is planned from week 3, with"):
            solve(world, baseline=january(), from_week=week, **QUICK)


def test_a_week_beside_rows_without_a_day_is_refused() -> None:
    world = scenario(worked=[row("a", 4, 2)], tasks=[task("a")], staff=[omid()])
    with pytest.raises(StaffingError, match="say as_of in it"):
        solve(world, baseline=january(), from_week=3, **QUICK)


def test_a_plan_from_within_a_week_is_a_baseline_like_any_other() -> None:
    """On Tuesday 32 hours are left, all in the week that has begun; on Wednesday it went as planned."""
    tasks = [task("a", hours=40)]
    tuesday = solved(second_month(row("a", 8, "2026-01-12"), as_of="2026-01-13", tasks=tasks))
    assert new(tuesday) == {("a", "omid", 2): 32}
    rows = [row("a", 8, "2026-01-12"), row("a", 8, "2026-01-13")]
    wednesday = solved(second_month(*rows, as_of="2026-01-14", tasks=tasks), baseline=tuesday)
    assert new(wednesday) == {("a", "omid", 2): 24}
    assert proven_at(wednesday, "changes", 0)


def test_a_plan_of_the_second_month_is_a_baseline_of_the_third() -> None:
    """What was fixed is over; b, which goes on as planned, has not changed, and a, which went on at once, is done."""
    tasks = [task("a", hours=60), task("b", hours=40)]
    second = solved(second_month(row("a", 40, 1), row("a", 15, 2), tasks=tasks))
    assert new(second) == {("a", "omid", 3): 5, ("b", "omid", 4): 40}
    rows = [row("a", 40, 1), row("a", 15, 2), row("a", 5, 3)]
    third = solved(second_month(*rows, as_of="2026-01-26", tasks=tasks), baseline=second)
    assert new(third) == {("b", "omid", 4): 40}
    assert proven_at(third, "changes", 0)
