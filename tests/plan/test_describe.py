"""A draft told in words."""

import datetime as dt

from plan.worlds import facts, omid, plan, replanned, sara, scenario, task
from staffing.plan.records import Allocation, OvertimeWeek, TaskResult

TASKS = [task("late", due=1), task("wait"), task("none", only=[]), task("old", done=12), task("plan", kind="strategic")]
WORLD = scenario(tasks=TASKS, currency="EUR", clients=[{"id": "nova", "name": "Nova"}])


def test_tasks_stand_in_the_scenarios_order_with_what_becomes_of_them() -> None:
    found = plan(facts(WORLD, {("plan", "sara", 1): 10, ("late", "omid", 3): 10}), reasons={"wait": "capacity"})
    assert found.results == (
        TaskResult("late", "late", ("omid",), 3, 3, 2, 10.0, 20, None),
        TaskResult("wait", "waiting", (), None, None, 0, 0.0, 20, "capacity"),
        TaskResult("none", "waiting", (), None, None, 0, 0.0, 20, "no_eligible_staff"),
        TaskResult("old", "done", (), None, None, 0, 0.0, 20, None),
        TaskResult("plan", "delivered", ("sara",), 1, 1, 0, 10.0, 20, None),
    )


def test_a_task_without_a_reason_was_not_chosen() -> None:
    assert plan(facts(WORLD, {})).results[1].reason == "not_chosen"


def test_allocations_stand_by_task_person_and_week() -> None:
    shared = [task("a", max_owners=2), task("b")]
    cells = {("b", "omid", 1): 10, ("a", "omid", 2): 2, ("a", "omid", 1): 4, ("a", "sara", 1): 5}
    found = plan(facts(scenario(tasks=shared), cells)).assigned
    assert [(entry.task, entry.staff, entry.week) for entry in found] == [
        ("a", "sara", 1),
        ("a", "omid", 1),
        ("a", "omid", 2),
        ("b", "omid", 1),
    ]
    assert found[2] == Allocation("a", "nova", "tactical", "omid", 2, dt.date(2026, 1, 12), 2.0)


def test_history_is_fixed_and_counts_in_a_tasks_hours_and_weeks() -> None:
    world = scenario(tasks=[task("a"), task("b"), task("c")])
    history = {("a", "sara", 1): 5, ("b", "omid", 1): 10, ("c", "omid", 1): 2}
    found = plan(facts(replanned(world, history, from_week=2), {("a", "omid", 2): 6}))
    assert [(entry.task, entry.fixed) for entry in found.assigned] == [
        ("a", True),
        ("a", False),
        ("b", True),
        ("c", True),
    ]
    assert found.results == (
        TaskResult("a", "delivered", ("omid",), 1, 2, 0, 11.0, 20, None),
        TaskResult("b", "done", (), None, None, 0, 10.0, 20, None),
        TaskResult("c", "waiting", (), None, None, 0, 2.0, 20, "not_chosen"),
    )


def test_overtime_hired_and_holidays() -> None:
    world = scenario(
        tasks=[task("a", hours=41)],
        staff=[sara(), omid(id="pm", overtime=2, placeholder={"count": 2})],
        calendar={"holidays": ["2026-02-01", "2026-01-10", "2027-01-01"]},
    )
    found = plan(facts(world, {("a", "pm", 1): 41}, hired=["pm"]))
    assert found.extra_hours == (OvertimeWeek("pm", 1, 1.0),)
    assert found.hired == ("pm",)
    assert found.holidays == (dt.date(2026, 1, 10), dt.date(2026, 2, 1))  # inside the horizon


def test_whoever_has_history_is_hired() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid(id="pm", placeholder={"count": 3})])
    found = plan(facts(replanned(world, {("a", "pm-2", 1): 10}, from_week=2), {}))
    assert found.hired == ("pm", "pm-2")


def test_context_names_what_tables_show() -> None:
    context = plan(facts(WORLD, {})).context
    assert context is not None
    assert (context.start, context.weeks, context.currency, context.system) == (
        dt.date(2026, 1, 5),
        4,
        "EUR",
        "gregorian",
    )
    assert [person.capacity for person in context.people] == [(40.0,) * 4, (40.0,) * 4]
    assert [(client.id, client.name) for client in context.clients] == [("nova", "Nova")]
