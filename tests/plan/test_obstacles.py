"""What is in the way of a task: a scenario for each kind of obstacle, with figures known by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, get_args

import pytest

from plan.worlds import Cells, facts, omid, plan, replanned, sara, scenario, task
from staffing.auditing import audit
from staffing.plan.facts import Facts
from staffing.plan.names import Names
from staffing.plan.obstacles.find import because, hindered
from staffing.plan.obstacles.records import Hindrance, Obstacle
from staffing.plan.obstacles.words import sentence, why
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


def found(world: Scenario | Expanded, cells: Cells, of: str = "a", hired: tuple[str, ...] = ()) -> Facts:
    made = facts(world, cells, hired)
    assert of in made.expanded.jobs
    return made


def obstacles(world: Scenario | Expanded, cells: Cells | None = None, of: str = "a") -> list[Obstacle]:
    made = found(world, cells or {}, of)
    return list(hindered(made, made.expanded.jobs[of]).obstacles)


def texts(world: Scenario, cells: Cells | None = None, of: str = "a", *, late: bool = False) -> list[str]:
    names = Names(plan(found(world, cells or {}, of)))
    return [sentence(names, obstacle, late=late) for obstacle in obstacles(world, cells, of)]


def told(world: Scenario, cells: Cells | None = None, of: str = "a") -> str:
    made = found(world, cells or {}, of)
    names = Names(plan(made))
    return next(why(names, one) for one in because(made) if one.task == of)


def alone(**change: Any) -> dict[str, Any]:
    """Nobody but Omid."""
    return {"staff": [omid(name="Omid", **change)]}


@pytest.mark.parametrize(
    ("window", "text"),
    [
        ({"earliest": 3, "deadline": 2}, "It may not begin before week 3, and its last week is 2."),
        ({"deadline": "2025-12-31"}, "Its last week is over: it may not begin before week 1."),
        ({"earliest": "2026-02-02"}, "It may not begin before week 5, and its last week is 4."),
    ],
)
def test_no_window(window: dict[str, Any], text: str) -> None:
    assert texts(scenario(tasks=[task("a", **window)])) == [text]


@pytest.mark.parametrize(
    ("asked", "staff", "text"),
    [
        ({"skills": {"seo": 2}}, omid(), "Nobody has the skill seo; the task asks for level 2."),
        (
            {"skills": {"seo": 2}},
            omid(skills=["seo"]),
            "Nobody has the skill seo above level 1; the task asks for level 2.",
        ),
        ({"only": []}, omid(), "The people that the task is for are none of the staff."),
        ({"except": ["omid"]}, omid(), "Everybody is excepted from the task."),
        ({"roles": ["account_manager"]}, omid(), "Nobody has a role that the task is for."),
        ({"kind": "strategic"}, omid(), "Nobody does strategic work."),
    ],
)
def test_not_qualified_by_a_rule_that_forbids_everybody(asked: dict[str, Any], staff: Any, text: str) -> None:
    assert texts(scenario(staff=[staff], tasks=[task("a", **asked)])) == [text]


def test_not_qualified_by_the_client() -> None:
    world = scenario(**alone(), clients=[{"id": "nova", "exclude": ["omid"]}], tasks=[task("a")])
    (only,) = obstacles(world)
    assert (only.kind, only.rule, only.staff) == ("not_qualified", "exclude", None)


def test_of_an_owner_who_may_not_it_is_told_why_the_owner_may_not() -> None:
    world = scenario(tasks=[task("a", owner="omid", skills=["seo"])], staff=[sara(skills=["seo"]), omid(name="Omid")])
    (only,) = obstacles(world)
    assert (only.rule, only.staff, only.skill, only.needed, only.left) == ("skill", "omid", "seo", 1, 0)
    assert texts(world) == ["Omid lacks the skill seo; the task asks for level 1."]


def test_each_rule_is_told_of_each_of_those_nearest_to_it() -> None:
    world = scenario(tasks=[task("a", kind="strategic", only=["omid"], skills=["seo"])], staff=[sara(), omid()])
    assert [(one.staff, one.rule) for one in obstacles(world)] == [(None, "skill")]
    world = scenario(tasks=[task("a", kind="strategic", only=["omid"])], staff=[sara(), omid()])
    assert [(one.staff, one.rule, one.work) for one in obstacles(world)] == [("omid", "role", "strategic")]


def test_hours_with_overtime_counted_and_named() -> None:
    world = scenario(**alone(overtime=3), tasks=[task("a", hours=14, earliest=3), task("b", hours=76.5)])
    cells = {("b", "omid", 3): 40, ("b", "omid", 4): 36.5}
    (only,) = obstacles(world, cells)
    assert (only.kind, only.staff, only.weeks) == ("hours", "omid", (3, 4))
    assert (only.needed, only.left, only.overtime) == (14, 9.5, 6)
    assert told(world, cells) == ("Omid has 9.5 hours left in weeks 3 and 4, 6 of them overtime; the task needs 14.")


def test_hours_less_what_another_client_loses_by_switching() -> None:
    world = scenario(**alone(), switching=2, weeks=1, tasks=[task("a", hours=8), task("b", hours=32, client="zeta")])
    (only,) = obstacles(world, {("b", "omid", 1): 32})
    assert (only.kind, only.needed, only.left) == ("hours", 8, 6)


def test_hours_that_a_slower_person_needs() -> None:
    world = scenario(weeks=1, tasks=[task("a", hours=40), task("b", hours=30)])
    found_ = obstacles(world, {("b", "omid", 1): 30})
    assert [(one.kind, one.staff, one.needed, one.left) for one in found_] == [
        ("hours", "sara", 50, 40),
        ("hours", "omid", 40, 10),
    ]
    assert told(world, {("b", "omid", 1): 30}) == "sara has 40 hours left in week 1; the task needs 50."


def test_a_limit_on_hours_of_a_kind() -> None:
    world = scenario(
        **alone(limits={"tactical": 6}), weeks=2, tasks=[task("a", hours=14), task("b", hours=4, deadline=1)]
    )
    (only,) = obstacles(world, {("b", "omid", 1): 4})
    assert (only.kind, only.needed, only.left, only.most, only.work) == ("kind_limit", 14, 8, 6, "tactical")


def test_clients_over_all_weeks_and_in_each() -> None:
    tasks = [task("a", hours=50), task("b", client="zeta")]
    (only,) = obstacles(scenario(**alone(max_clients=1), tasks=tasks), {("b", "omid", 1): 10})
    assert (only.kind, only.staff, only.needed, only.left, only.most) == ("clients", "omid", 1, 0, 1)
    weekly = scenario(**alone(max_clients_per_week=1), weeks=2, tasks=tasks)
    (only,) = obstacles(weekly, {("b", "omid", 1): 10})
    assert (only.kind, only.needed, only.left, only.weeks) == ("clients", 50, 40, (1, 2))
    assert texts(weekly, {("b", "omid", 1): 10}) == [
        "Omid may serve at most 1 client a week, which leaves 40 hours in weeks 1 and 2; the task needs 50."
    ]


def test_one_owner() -> None:
    clients = [{"id": "nova", "single_owner": True}]
    world = scenario(weeks=1, clients=clients, tasks=[task("a"), task("b", hours=32)])
    found_ = obstacles(world, {("b", "sara", 1): 40})
    assert [(one.kind, one.staff, one.owner) for one in found_] == [
        ("one_owner", "omid", "sara"),
        ("hours", "sara", None),
    ]


def test_pace() -> None:
    (only,) = obstacles(scenario(tasks=[task("a", weekly_max=2, deadline=3)], weeks=4))
    assert (only.kind, only.staff, only.needed, only.left, only.most) == ("pace", None, 10, 6, 2)


def test_a_budget_that_covers_nobody_is_in_the_way_whoever_does_it() -> None:
    clients = [{"id": "nova", "name": "Nova", "budget": {"amount": 2000, "per": "month"}}]
    world = scenario(clients=clients, tasks=[task("a", hours=20, deadline=4), task("b", hours=19.75)])
    cells = {("b", "omid", 1): 19.75}
    (only,) = obstacles(world, cells)
    assert (only.kind, only.staff, only.budget, only.period) == ("budget", None, "nova", "2026-01")
    assert (only.needed, only.left) == (1600, 420)
    assert told(world, cells) == "Nova's January 2026 budget has 420 left; the task burns 1,600."


def test_a_budget_that_covers_one_of_two_is_in_the_way_of_the_other() -> None:
    clients = [{"id": "nova", "budget": 1000}, {"id": "zeta"}]
    world = scenario(clients=clients, weeks=1, tasks=[task("a"), task("b", client="zeta", hours=35)])
    found_ = obstacles(world, {("b", "omid", 1): 35})
    assert [(one.kind, one.staff, one.needed, one.left) for one in found_] == [
        ("budget", "sara", 1250, 1000),
        ("hours", "omid", 10, 5),
    ]


def test_a_budget_with_money_in_other_weeks_than_those_with_hours() -> None:
    clients = [{"id": "nova", "budget": {"amount": 800, "per": "week"}}, {"id": "zeta"}]
    world = scenario(
        **alone(), clients=clients, weeks=2, tasks=[task("a", hours=20), task("b", client="zeta", hours=35)]
    )
    (only,) = obstacles(world, {("b", "omid", 1): 35})
    assert (only.kind, only.needed, only.left, only.most) == ("budget", 1600, 1200, 15)


def test_of_two_budgets_the_one_that_lacks_most_is_told_first() -> None:
    world = scenario(
        **alone(),
        clients=[{"id": "nova", "budget": 700}],
        projects=[{"id": "site", "name": "Site", "client": "nova", "budget": 300}],
        tasks=[task("a", project="site")],
    )
    assert [(one.of, one.budget, one.needed, one.left) for one in obstacles(world)] == [
        ("project", "site", 800, 300),
        ("client", "nova", 800, 700),
    ]
    assert told(world) == "Site's budget has 300 left; the task burns 800."


def test_a_fixed_price_burns_where_budgets_go_by_cost() -> None:
    world = scenario(
        **alone(),
        budget_basis="cost",
        clients=[{"id": "nova", "budget": 450}],
        tasks=[task("a", estimates={"omid": {"hours": 8, "price": 500}})],
    )
    (only,) = obstacles(world)
    assert (only.kind, only.needed, only.left) == ("budget", 500, 450)


def test_a_predecessor_that_waits_ends_too_late_or_leaves_too_little() -> None:
    tasks = [task("a", hours=60, deadline=2, after=["b"]), task("b")]
    waits, *_ = obstacles(scenario(**alone(), tasks=tasks))
    assert (waits.kind, waits.task, waits.needed) == ("predecessor", "b", None)
    late, *_ = obstacles(scenario(**alone(), tasks=tasks), {("b", "omid", 3): 10})
    assert (late.kind, late.task, late.needed, late.left) == ("predecessor", "b", 3, 2)
    short, hours = obstacles(scenario(**alone(), tasks=tasks), {("b", "omid", 2): 10})
    assert (short.kind, short.task, short.weeks) == ("predecessor", "b", (2,))
    assert (hours.kind, hours.needed, hours.left) == ("hours", 60, 30)


def test_of_tasks_in_a_row_the_first_that_waits_is_told() -> None:
    tasks = [task("c", after=["b"]), task("b", after=["a"]), task("a", name="Brief", hours=500)]
    assert told(scenario(tasks=tasks), of="c") == "It comes after Brief, which waits."


def test_a_placeholder_who_is_not_hired() -> None:
    world = scenario(staff=[omid(name="PM", placeholder={"count": 2})], weeks=1, tasks=[task("a")])
    (only,) = obstacles(world)  # the second copy is no other way: the first is hired before it
    assert (only.kind, only.staff, only.needed, only.left) == ("hired", "omid", 10, 40)


def test_people_who_may_share_a_task_have_too_few_hours_together() -> None:
    shared, *each = obstacles(scenario(weeks=1, tasks=[task("a", hours=80, max_owners=2)]))
    assert (shared.kind, shared.staff, shared.needed, shared.left, shared.most) == ("hours", None, 80, 72, 2)
    assert [one.staff for one in each] == ["omid", "sara"]


def test_nothing_in_the_way_is_told_as_well() -> None:
    world = scenario(**alone(), weeks=2, tasks=[task("a", hours=50)])
    assert obstacles(world) == []
    assert told(world) == "Nothing is in its way: Omid has room for it in weeks 1 and 2."


def test_of_a_late_task_it_is_what_keeps_it_from_being_on_time() -> None:
    world = scenario(**alone(), tasks=[task("a", hours=14, due=2), task("b", hours=70)])
    cells = {("b", "omid", 1): 40, ("b", "omid", 2): 30, ("a", "omid", 2): 10, ("a", "omid", 3): 4}
    (only,) = obstacles(world, cells)
    assert (only.kind, only.weeks, only.needed, only.left) == ("hours", (1, 2), 14, 10)
    assert texts(scenario(**alone(), tasks=[task("a", due="2025-12-30")]), {("a", "omid", 1): 10}, late=True) == [
        "It was due before week 1, the first that it may begin in."
    ]


def test_a_replan_may_begin_after_the_last_week() -> None:
    (only,) = obstacles(replanned(scenario(tasks=[task("a", deadline=1)]), {}, from_week=2))
    assert (only.kind, only.needed, only.left) == ("no_window", 2, 1)


def test_what_is_told_stands_in_the_plan_and_is_audited() -> None:
    world = scenario(tasks=[task("a", hours=500)])
    made = plan(found(world, {}))
    assert made.context is not None
    (one,) = made.context.because
    assert one.obstacle is not None
    assert (one.task, one.obstacle.staff, one.obstacle.needed, one.obstacle.left) == ("a", "omid", 500, 160)
    assert audit(world, made) == []
    other = replace(made.context, because=(replace(one, obstacle=replace(one.obstacle, left=8)),))
    assert [violation.rule for violation in audit(world, replace(made, context=other))] == ["context"]
    earlier = replace(made.context, because=())  # as files of earlier versions have it
    assert audit(world, replace(made, context=earlier)) == []


@pytest.mark.parametrize("kind", get_args(Hindrance))
def test_an_obstacle_of_which_a_plan_file_leaves_everything_out_is_still_a_sentence(kind: Hindrance) -> None:
    names = Names(plan(found(scenario(tasks=[task("a")]), {})))
    for several in (False, True):
        for obstacle in (Obstacle(kind), Obstacle(kind, "nobody-known", weeks=(9,), of="project", budget="none")):
            assert sentence(names, obstacle, several=several).endswith(".")
