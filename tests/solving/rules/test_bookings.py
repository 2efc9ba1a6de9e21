"""F: whoever has promised hours is one of those who share a task, and new hours take what is left."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import allowed, deliverable, delivered, hours_of, planned, proven_at, states
from staffing.scenario.scenario import Scenario


def booked(*rows: tuple[str, str, int, float], **change: Any) -> Scenario:
    rows_ = [{"task": name, "staff": who, "week": week, "hours": hours} for name, who, week, hours in rows]
    return scenario(**{"tasks": [task("a"), task("b")], **change}, bookings=rows_)


def test_others_share_a_task_as_far_as_promised_owners_leave_room() -> None:
    team = [sara(), omid(), omid(id="kim"), omid(id="lu")]
    world = booked(("a", "omid", 2, 4), tasks=[task("a", max_owners=2)], staff=team)
    assert allowed(world, "F", {("a", "omid", 1): 3, ("a", "kim", 1): 3})
    assert allowed(world, "F", {("a", "kim", 1): 6})
    assert not allowed(world, "F", {("a", "kim", 1): 3, ("a", "lu", 1): 3})


def test_the_rest_of_a_task_with_one_owner_is_theirs() -> None:
    world = booked(("a", "omid", 2, 4))
    assert allowed(world, "F", {("a", "omid", 1): 6})
    assert not allowed(world, "F", {("a", "sara", 1): 7.5})


def test_capacity_limits_clients_and_pace_are_what_they_leave() -> None:
    tasks = [task("a", hours=40), task("b"), task("c", client="zeta"), task("d", hours=4, weekly_max=3)]
    full = booked(("a", "omid", 1, 40), tasks=tasks, staff=[omid()], weeks=1)
    assert not deliverable(full, "C", "b")
    half = booked(("a", "omid", 1, 30), tasks=tasks, staff=[omid()], weeks=1)
    assert deliverable(half, "C", "b")
    assert not deliverable(half, "C", "a", "b")
    limited = booked(("a", "omid", 1, 30), tasks=tasks, staff=[omid(limits={"tactical": 35})], weeks=1)
    assert not deliverable(limited, "K", "b")
    faithful = booked(("a", "omid", 1, 10), tasks=tasks, staff=[omid(max_clients=1)])
    assert deliverable(faithful, "N", "b")
    assert not deliverable(faithful, "N", "c")
    paced = booked(("d", "omid", 1, 2), tasks=tasks, staff=[omid()], weeks=1)
    assert not deliverable(paced, "M", "d")
    assert deliverable(booked(("d", "omid", 1, 2), tasks=tasks, staff=[omid()], weeks=2), "M", "d")


def test_a_task_is_delivered_by_promised_hours_alone_and_may_be_late_by_them() -> None:
    world = booked(("a", "omid", 3, 10), tasks=[task("a", due=1), task("b")])
    plan = planned(world)
    assert states(plan) == {"a": "late", "b": "delivered"}
    assert proven_at(plan, "lateness", 4)  # 2 weeks × weight 2
    assert hours_of(plan)["a", "omid", 3] == 10


def test_the_rest_of_a_late_promise_is_no_later_for_it() -> None:
    """Once it is late anyway, the rest lies beside what is promised."""
    world = booked(("a", "omid", 3, 4), tasks=[task("a", due=1)])
    plan = planned(world)
    assert proven_at(plan, "lateness", 4)
    assert [(entry.week, float(entry.hours)) for entry in plan.assigned] == [(3, 4), (3, 6)]


def test_a_rest_that_waits_leaves_the_promise_standing() -> None:
    world = booked(("a", "omid", 1, 4), tasks=[task("a", deadline=1)], staff=[omid(weekly_hours=5)])
    plan = planned(world)
    assert delivered(plan) == []
    assert hours_of(plan) == {("a", "omid", 1): 4}
    assert plan.metrics["cost"] == 120
    assert (plan.results[0].reason, plan.results[0].hours) == ("capacity", 4)


def test_nobody_else_may_finish_what_somebody_unable_has_begun() -> None:
    world = booked(("a", "omid", 1, 4), tasks=[task("a", only=["sara"])])
    plan = planned(world)
    assert plan.results[0].reason == "no_eligible_staff"


def test_contacts_and_balance_count_them() -> None:
    world = booked(("a", "sara", 1, 12.5), goals=["value", "contacts", "balance"])
    plan = planned(world)
    assert proven_at(plan, "contacts", 0)  # Sara does b as well
    assert {entry.staff for entry in plan.assigned} == {"sara"}


def test_fixed_prices_are_asked_once() -> None:
    tasks = [task("a", estimates={"omid": {"hours": 10, "price": 500}}, only=["omid"])]
    plan = planned(booked(("a", "omid", 1, 4), tasks=tasks))
    assert delivered(plan) == ["a"]
    assert plan.metrics["cost"] == 500
