"""lateness: Σ weight × weeks late of delivered tasks."""

from typing import Any

from plan.worlds import omid, scenario, task

from solving.worlds import planned, proven_at, result, states


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    """Omid alone; all tasks must be delivered, so that lateness alone decides."""
    musts = [{**entry, "must": True} for entry in tasks]
    return scenario(**{"tasks": musts, "staff": [omid()], "goals": ["must", "lateness"], **change})


def test_the_lighter_of_two_is_late() -> None:
    """Two full weeks of work, both due in week 1: the one of weight 4 comes first, the one of weight 1 a week late."""
    plan = planned(world(task("a", hours=40, due=1, priority="low"), task("b", hours=40, due=1, priority="high")))
    assert proven_at(plan, "lateness", 1)
    assert states(plan) == {"a": "late", "b": "delivered"}


def test_three_weeks_of_work_due_at_once() -> None:
    """Weight 2 each, done in weeks 1, 2 and 3: 2 × (0 + 1 + 2)."""
    assert proven_at(planned(world(*(task(name, hours=40, due=1) for name in "abc"))), "lateness", 6)


def test_the_last_hour_decides() -> None:
    """41 hours due in week 1 end in week 2 at best."""
    assert proven_at(planned(world(task("a", hours=41, due=1))), "lateness", 2)


def test_due_before_the_horizon_is_late_already() -> None:
    """22 December is week −1: in week 1 it is 2 weeks late."""
    assert proven_at(planned(world(task("a", due="2025-12-22"))), "lateness", 4)


def test_due_before_it_may_begin() -> None:
    """Due in week 1, not before week 3: two weeks late."""
    assert proven_at(planned(world(task("a", due=1, earliest=3))), "lateness", 4)
    assert proven_at(planned(world(task("a", due=1, earliest=3, deadline=3))), "lateness", 4)


def test_due_after_the_horizon_is_never_late() -> None:
    assert proven_at(planned(world(task("a", hours=160, due="2026-02-02"))), "lateness", 0)


def test_waiting_is_not_late() -> None:
    waiting = scenario(tasks=[task("a", due=1, earliest=2)], staff=[omid()], goals=["lateness", "value"])
    plan = planned(waiting)
    assert proven_at(plan, "lateness", 0)
    assert states(plan) == {"a": "waiting"}


def test_overtime_saves_a_week_if_it_may() -> None:
    assert proven_at(planned(world(task("a", hours=41, due=1), staff=[omid(overtime=1)])), "lateness", 0)


def test_a_tolerance_for_being_late() -> None:
    """Best is 2 (weight 2, one week). With 0.5 a limit of 3 does not allow a second week; with 1 it does.

    In week 2 the work costs overtime of 1 hour: 30 × 0.5 more than in weeks 3 and 4.
    """
    off = omid(overtime=1, time_off=[{"from": "2026-01-05", "to": "2026-01-11"}])

    def cost(tolerance: float) -> tuple[float, float]:
        goals = ["must", {"goal": "lateness", "tolerance": tolerance}, "cost"]
        plan = planned(world(task("a", hours=41, due=1), staff=[off], goals=goals))
        assert result(plan, "lateness").best == 2
        return result(plan, "lateness").limit, result(plan, "cost").value

    assert cost(0) == (2, 41 * 30 + 15)
    assert cost(0.5) == (3, 41 * 30 + 15)
    assert cost(1) == (4, 41 * 30)
