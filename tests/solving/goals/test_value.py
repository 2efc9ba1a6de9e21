"""value: of delivered tasks."""

from plan.worlds import omid, scenario, task

from solving.worlds import delivered, planned, proven_at, result

KNAPSACK = [task("a", hours=30, value=100), task("b", hours=20, value=60), task("c", hours=20, value=60)]


def test_the_best_use_of_forty_hours() -> None:
    """a alone is worth 100; b and c fit together and are worth 120; a with b would need 50 hours."""
    plan = planned(scenario(tasks=KNAPSACK, weeks=1, staff=[omid()], goals=["value"]))
    assert proven_at(plan, "value", 120)
    assert delivered(plan) == ["b", "c"]


def test_by_default_a_task_is_worth_its_weight_times_its_hours() -> None:
    """30 × 1 (low), 20 × 2 (normal), 15 × 4 (high): 20 and 15 fit into 40 hours, worth 40 + 60."""
    tasks = [task("a", hours=30, priority="low"), task("b", hours=20), task("c", hours=15, priority="high")]
    assert proven_at(planned(scenario(tasks=tasks, weeks=1, staff=[omid()])), "value", 100)


def test_done_hours_do_not_lessen_the_value() -> None:
    assert proven_at(planned(scenario(tasks=[task("a", hours=10, done=8, value=99.99)])), "value", 99.99)


def test_late_tasks_are_worth_as_much() -> None:
    assert proven_at(planned(scenario(tasks=[task("a", due="2025-12-01", value=7)])), "value", 7)


def test_a_tolerance_is_given_to_later_goals() -> None:
    """a (95) and b (5) cost 300 each. With 0.05, 95 is enough: b may go, and cost falls from 600 to 300."""
    tasks = [task("a", value=95), task("b", value=5)]
    goals = [{"goal": "value", "tolerance": 0.05}, "cost"]
    plan = planned(scenario(tasks=tasks, goals=goals, staff=[omid()]))
    value = result(plan, "value")
    assert (value.value, value.best, value.bound, value.limit, value.proven) == (95, 100, 100, 95, True)
    assert proven_at(plan, "cost", 300)


def test_a_tolerance_that_is_too_small_gives_nothing() -> None:
    tasks = [task("a", value=95), task("b", value=5)]
    goals = [{"goal": "value", "tolerance": 0.0499}, "cost"]
    plan = planned(scenario(tasks=tasks, goals=goals, staff=[omid()]))
    value = result(plan, "value")
    assert (value.value, value.best, value.limit) == (100, 100, 95.01)
    assert proven_at(plan, "cost", 600)


def test_a_tolerance_of_one_gives_everything_back() -> None:
    goals = [{"goal": "value", "tolerance": 1}, "cost"]
    plan = planned(scenario(tasks=[task("a")], goals=goals, staff=[omid()]))
    value = result(plan, "value")
    assert (value.value, value.best, value.limit, value.proven) == (0, 20, 0, True)
    assert proven_at(plan, "cost", 0)
