"""overtime: hours of load above capacity."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import planned, proven_at, result


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    musts = [{**entry, "must": True} for entry in tasks]
    return scenario(**{"tasks": musts, "staff": [omid(overtime=5)], "goals": ["must", "overtime"], **change})


def test_an_hour_too_much() -> None:
    assert proven_at(planned(world(task("a", hours=41), weeks=1)), "overtime", 1)


def test_another_week_or_another_person_saves_it() -> None:
    assert proven_at(planned(world(task("a", hours=41), weeks=2)), "overtime", 0)
    both = {"weeks": 1, "staff": [sara(), omid(overtime=5)]}
    assert proven_at(planned(world(task("a", hours=40), task("b", hours=1), **both)), "overtime", 0)


def test_switching_is_load() -> None:
    """20 + 20 hours for two clients and half an hour between them."""
    tasks = [task("a", hours=20), task("z", client="zeta", hours=20)]
    assert proven_at(planned(world(*tasks, weeks=1, switching=0.5)), "overtime", 0.5)


def test_people_without_capacity_work_overtime_alone() -> None:
    """One available day, and no step of capacity in it: all 2 hours are overtime."""
    plan = planned(world(task("a", hours=2), weeks=1, staff=[omid(overtime=5, target_utilisation=0.001)]))
    assert proven_at(plan, "overtime", 2)


def test_a_tolerance_for_overtime() -> None:
    """Best is 2 hours, by Sara: 42 of 40. With 0.5, 3 hours are allowed, and Omid, cheaper, needs 43."""
    a = task("a", hours=44, estimates={"sara": {"hours": 42}, "omid": {"hours": 43}})
    staff = [sara(overtime=5), omid(overtime=5)]

    def found(tolerance: float) -> tuple[float, float, float]:
        goals = ["must", {"goal": "overtime", "tolerance": tolerance}, "cost"]
        plan = planned(world(a, weeks=1, staff=staff, goals=goals))
        overtime = result(plan, "overtime")
        assert overtime.best == overtime.bound == 2
        return overtime.limit, overtime.value, result(plan, "cost").value

    assert found(0.4) == (2.8, 2, 42 * 40 + 40)
    assert found(0.5) == (3, 3, 43 * 30 + 45)
