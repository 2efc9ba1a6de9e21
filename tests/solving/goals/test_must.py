"""must: effort hours of `must` tasks waiting."""

from plan.worlds import omid, scenario, task

from solving.worlds import delivered, planned, proven_at


def test_the_larger_of_two_that_do_not_fit_together() -> None:
    """40 hours; 30 and 25 do not fit, and 25 waiting is less than 30. The rest, however dear, comes after."""
    tasks = [
        task("a", hours=30, must=True),
        task("b", hours=25, must=True),
        task("c", hours=20, value=10_000),
    ]
    plan = planned(scenario(tasks=tasks, weeks=1, staff=[omid()]))
    assert proven_at(plan, "must", 25)
    assert delivered(plan) == ["a"]


def test_it_counts_effort_and_not_hours_of_anyone() -> None:
    """At productivity 0.5, 40 hours do 20 of effort: a needs 36 hours and b 44, so b's 22 of effort wait."""
    tasks = [task("a", hours=18, must=True), task("b", hours=22, must=True)]
    assert proven_at(planned(scenario(tasks=tasks, weeks=1, staff=[omid(tactical=0.5)])), "must", 22)


def test_done_hours_come_off() -> None:
    tasks = [task("a", hours=90, done=45.5, must=True)]  # 44.5 left, and 40 hours to do them in
    assert proven_at(planned(scenario(tasks=tasks, weeks=1, staff=[omid()])), "must", 44.5)


def test_what_waits_whatever_the_plan_counts_as_well() -> None:
    tasks = [task("a", must=True), task("b", hours=3, earliest=3, deadline=2, must=True)]
    assert proven_at(planned(scenario(tasks=tasks)), "must", 3)


def test_many_small_ones_or_a_few_large_ones() -> None:
    """Of 15 + 15 + 9 + 24 hours, 39 fit: 15 + 24, or 15 + 15 + 9. Either way 24 wait, and value decides: 3 tasks."""
    hours = {"a": 15, "b": 15, "c": 9, "d": 24}
    tasks = [task(id_, hours=count, must=True, value=1) for id_, count in hours.items()]
    plan = planned(scenario(tasks=tasks, weeks=1, staff=[omid()], goals=["must", "value"]))
    assert proven_at(plan, "must", 24)
    assert proven_at(plan, "value", 3)
    assert delivered(plan) == ["a", "b", "c"]
