"""From a scenario to its problem by index."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from plan.worlds import omid, replanned, sara, scenario, task

from staffing.errors import ScenarioError
from staffing.plan.draft import need
from staffing.problem.build import build, plannable_jobs
from staffing.problem.problem import JobData, PersonData, Problem
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


def problem(world: Scenario | Expanded | None = None, **change: Any) -> Problem:
    if world is None:
        world = scenario(**{"tasks": [task("a")], **change})
    return build(world if isinstance(world, Expanded) else world.expanded)


def job(found: Problem, id_: str = "a") -> JobData:
    return next(entry for entry in found.jobs if entry.id == id_)


def person(found: Problem, id_: str = "omid") -> PersonData:
    return next(entry for entry in found.people if entry.id == id_)


def needs(found: Problem, id_: str = "a") -> dict[str, Fraction]:
    """Hours that each person needs for a task."""
    return {found.people[pair.person].id: pair.need * found.step for pair in job(found, id_).pairs}


# hours


def test_hours_are_counted_in_steps() -> None:
    for step, steps in ((0.25, 160), (0.5, 80), (1, 40)):
        assert person(problem(step=step)).capacity == (steps,) * 4


def test_new_hours_have_the_days_that_are_left_and_utilisation_counts_all() -> None:
    found = person(problem(as_of="2026-01-14", staff=[omid(overtime=2)]))
    assert found.capacity == (0, 96, 160, 160)  # three days of week 2
    assert found.overtime == (0, 8, 8, 8)
    assert found.total == 640


def test_switching_is_rounded_up_and_overtime_and_limits_down() -> None:
    found = problem(switching=0.3, staff=[omid(overtime=1.9, limits={"tactical": 3.3})], step=0.5)
    assert found.switching == 1  # half an hour
    assert person(found).overtime == (3,) * 4  # 1.5
    assert person(found).limits["tactical"] == (6,) * 4  # 3 hours


def test_what_is_needed_is_what_the_audit_asks_for() -> None:
    world = scenario(
        tasks=[task("a", hours=7.77, done=0.5, estimates={"kim": {"hours": 3.1}})],
        staff=[sara(), omid(tactical=0.7), omid(id="kim")],
    )
    found, view = problem(world), world.expanded
    assert needs(found) == {
        name: need(view.jobs["a"], view.people[name], view.step) for name in ("sara", "omid", "kim")
    }
    assert needs(found)["kim"] == Fraction("3.25")


def test_no_overtime_in_weeks_without_an_available_day() -> None:
    off = [{"from": "2026-01-12", "to": "2026-01-18"}]
    assert person(problem(staff=[omid(overtime=2, time_off=off)])).overtime == (8, 0, 8, 8)


def test_windows_and_dues_count_from_0() -> None:
    found = job(problem(tasks=[task("a", earliest=2, due=3, deadline=4)]))
    assert (found.first, found.due, found.last, list(found.weeks)) == (1, 2, 3, [1, 2, 3])
    assert job(problem(tasks=[task("a", due="2025-12-29")])).due == -1
    assert job(problem(tasks=[task("a", due="2026-03-01")])).due is None


# which jobs are there


def test_what_is_done_or_cannot_be_is_left_out() -> None:
    tasks = [
        task("fine"),
        task("done", done=10),
        task("over", earliest=3, deadline=2),
        task("nobody", only=[]),
        task("after-nobody", after=["nobody"]),
        task("after-that", after=["after-nobody"]),
        task("after-done", after=["done"]),
    ]
    found = problem(tasks=tasks)
    assert [entry.id for entry in found.jobs] == ["fine", "after-done"]
    assert job(found, "after-done").after == ()
    assert list(plannable_jobs(scenario(tasks=tasks).expanded)) == ["fine", "after-done"]


def test_history_leaves_less_and_may_finish_a_task() -> None:
    world = scenario(tasks=[task("a"), task("b", after=["a"])])
    again = replanned(world, {("a", "omid", 1): 4}, from_week=2)
    assert needs(problem(again)) == {"sara": Fraction("7.5"), "omid": 6}
    assert job(problem(again)).first == 1
    assert person(problem(again)).past_hours == 16
    finished = problem(replanned(world, {("a", "omid", 1): 10}, from_week=2))
    assert [entry.id for entry in finished.jobs] == ["b"]


# money


def test_the_unit_of_money_divides_every_amount() -> None:
    """40 and 30 an hour, bills of 100 and 80, in quarters: 10, 7.5, 25, 20; a task is worth 20. All are × 2.5."""
    found = problem()
    assert found.money_unit == Fraction(5, 2)
    assert (person(found).hour_cost, person(found).bill, person(found).burn) == (3, 8, 8)
    assert job(found).value == 8


def test_what_burns_depends_on_the_basis() -> None:
    found = problem(budget_basis="cost")
    assert person(found).burn == 3
    assert found.price_burns


def test_pay() -> None:
    def paid(**change: Any) -> list[float]:
        """Money for an hour, an hour of overtime beside it, and being hired."""
        found = problem(staff=[omid(overtime={"hours": 2, "premium": 1.5}, **change)])
        one, unit = person(found), found.money_unit
        return [float(amount * unit) for amount in (one.hour_cost * 4, one.overtime_cost * 4, one.hired_cost)]

    assert paid() == [30, 15, 0]
    assert paid(pay="salary") == [0, 45, 0]  # paid anyway; overtime by the whole premium rate
    assert paid(placeholder=True, hire_cost=9) == [30, 15, 9]
    assert paid(placeholder=True, hire_cost=9, pay="salary") == [0, 45, 9 + 4 * 40 * 30]
    assert paid(placeholder=True, pay="salary", start="2026-01-19") == [0, 45, 2 * 40 * 30]


def test_what_is_left_of_a_budget_is_rounded_down_to_the_unit() -> None:
    """A unit of 2.5 and 801 left: 320 units, 800. No burn lies between."""
    found = problem(clients=[{"id": "nova", "budget": 801}])
    assert [period.left for period in found.budgets] == [320]


def test_budgets_that_nothing_can_burn_are_left_out() -> None:
    clients = [{"id": "nova", "budget": {"amount": 5, "per": "week", "spent": 9}}, {"id": "zeta", "budget": 1}]
    found = problem(clients=clients)
    assert [(period.jobs, sorted(period.weeks), period.left) for period in found.budgets] == [
        ((0,), [0], 0),
        ((0,), [1], 2),
        ((0,), [2], 2),
        ((0,), [3], 2),
    ]
    assert problem(tasks=[task("a", billable=False)], clients=clients).budgets == ()


def test_history_burns_what_is_left() -> None:
    world = scenario(tasks=[task("a")], clients=[{"id": "nova", "budget": 800}])
    found = problem(replanned(world, {("a", "omid", 1): 4}, from_week=2))
    assert [period.left * found.money_unit for period in found.budgets] == [480]


# people


def test_copies_know_the_one_before() -> None:
    found = problem(staff=[sara(), omid(placeholder={"count": 3})])
    assert [(one.id, one.hire, one.earlier) for one in found.people] == [
        ("sara", False, None),
        ("omid", True, None),
        ("omid-2", True, 1),
        ("omid-3", True, 2),
    ]


def test_who_has_history_is_hired_and_so_are_the_copies_before() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid(placeholder={"count": 3})])
    found = problem(replanned(world, {("a", "omid-2", 1): 4}, from_week=2))
    assert {one.id: one.hire for one in found.people} == {
        "sara": False,
        "omid": False,
        "omid-2": False,
        "omid-3": True,
    }


def test_groups_of_one_owner() -> None:
    tasks = [
        task("a"),
        task("b"),
        task("own", owner="omid"),
        task("s", kind="strategic"),
        task("r", client="zeta", repeat={"every": 2}),
        task("free", client="zeta", repeat={"every": 2, "same_owner": False}),
    ]
    clients = [{"id": "nova", "single_owner": True}, {"id": "zeta"}]
    found = problem(tasks=tasks, clients=clients)
    together = [[found.jobs[number].id for number in group.jobs] for group in found.one_owner]
    assert together == [["a", "b"], ["r@1", "r@3"]]  # s is alone


# sizes


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"tasks": [task(f"t{n}", value=10**12) for n in range(100)], "staff": [omid(cost_rate=0.0001)]}, "values"),
        ({"staff": [omid(cost_rate=10**12), omid(id="kim", cost_rate=0.0001)], "weeks": 156}, "rates"),
        (
            {"staff": [omid(cost_rate=0.0001), omid(id="new", placeholder={"count": 100}, hire_cost=10**12)]},
            "hire costs",
        ),
    ],
)
def test_numbers_too_large_are_refused_with_their_cause(change: dict[str, Any], cause: str) -> None:
    with pytest.raises(ScenarioError, match=cause):
        problem(**change)
