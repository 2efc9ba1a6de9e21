"""hours: planned hours."""

from typing import Any

from plan.worlds import omid, scenario, task

from solving.worlds import planned, proven_at


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    musts = [{**entry, "must": True} for entry in tasks]
    return scenario(tasks=musts, goals=["must", "hours"], **change)


def test_the_most_productive_owner() -> None:
    """Omid needs 10 hours, Sara 12.5."""
    assert proven_at(planned(world(task("a"))), "hours", 10)


def test_an_estimate_may_be_less() -> None:
    assert proven_at(planned(world(task("a", estimates={"sara": {"hours": 9.9}}))), "hours", 10)  # up(9.9) = 10
    assert proven_at(planned(world(task("a", estimates={"sara": {"hours": 9.7}}))), "hours", 9.75)


def test_switching_is_no_planned_hour() -> None:
    tasks = [task("a"), task("z", client="zeta")]
    assert proven_at(planned(world(*tasks, weeks=1, switching=1, staff=[omid()])), "hours", 20)


def test_sharing_wastes_as_little_as_the_grid_allows() -> None:
    """41 hours in a week. Omid 40 leaves 1 of effort: Sara 1.25 hours at 0.8. In all 41.25."""
    assert proven_at(planned(world(task("a", hours=41, max_owners=2), weeks=1)), "hours", 41.25)


def test_only_tasks_that_must_be_are_delivered() -> None:
    goals = ["must", "hours", "value"]
    plan = planned(scenario(tasks=[task("a", must=True), task("b", value=100)], goals=goals))
    assert proven_at(plan, "hours", 10)
    assert proven_at(plan, "value", 20)
