"""What more changes of an earlier plan would gain; each figure is told by hand in the comment beside it."""

from __future__ import annotations

import json
import threading

import pytest
from plan.worlds import Cells, facts, omid, plan, scenario, task

import staffing
from staffing.auditing import audit
from staffing.decisions.calm import lead
from staffing.decisions.curve import TradeOff
from staffing.plan.plan import Plan
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario


def before(world: Scenario, cells: Cells) -> Plan:
    return plan(facts(world, cells))


def told(answer: TradeOff, goal: Goal = "value") -> list[tuple[int, float]]:
    return [(point.changes, point.goals[goal]) for point in answer.points]


def world(*values: int, **more: object) -> Scenario:
    """Omid has 40 hours in one week; every task takes 20, and is worth what is told."""
    tasks = [task(f"t{number}", hours=20, value=value) for number, value in enumerate(values, start=1)]
    return scenario(weeks=1, staff=[omid()], tasks=tasks, **more)


WAS: Cells = {("t1", "omid", 1): 20, ("t2", "omid", 1): 20}


def test_a_task_worth_more_takes_two_changes_one_to_make_room_and_one_to_be_done() -> None:
    # t1 and t2 fill the week: 100 + 200; t3 instead of t1 are two changes, 200 + 500; t4 as well two more, 500 + 600
    one = world(100, 200, 500, 600)
    answer = staffing.trade_off(one, before(one, WAS))
    assert told(answer) == [(0, 300), (2, 800), (4, 1100)]
    assert all(point.proven and point.at_best is None for point in answer.points)
    assert (answer.least, answer.enough) == (0, 4)
    assert answer.least_proven
    assert answer.enough_proven
    assert answer.complete
    assert answer.text == "After 4 changes more gain nothing."
    assert answer.sought == ("must", "value", "lateness")


def test_a_new_task_is_no_change() -> None:
    # t3 is not in the baseline, so that only what makes room for it counts: 200 + 500 for one change
    old, new = world(100, 200), world(100, 200, 500)
    assert told(staffing.trade_off(new, before(old, WAS))) == [(0, 300), (1, 700)]


def test_it_begins_with_the_fewest_changes_where_some_are_forced() -> None:
    # only 20 hours are left: t1 or t2 must go, one change, 200 stay; t3 instead of it: t1 and t2 go, t3 comes, 500
    one = world(100, 200, 500)
    ill = one.patch({"staff": [{"id": "omid", "weekly_hours": 20}]})
    answer = staffing.trade_off(ill, before(one, WAS))
    assert told(answer) == [(1, 200), (3, 500)]
    assert answer.text == "1 change cannot be avoided. After 3 changes more gain nothing."


def test_nothing_is_to_be_gained() -> None:
    one = world(500, 200, 100)
    answer = staffing.trade_off(one, before(one, WAS))
    assert told(answer) == [(0, 700)]
    assert answer.text == "After 0 changes more gain nothing."


def test_where_goals_have_no_value_the_least_cost_is_sought() -> None:
    # two tasks of 10 hours that must be done, Omid costs 30 an hour and Kim 20: each handed over saves 100
    kim = omid(id="kim", cost_rate=20)
    tasks = [task("a", must=True), task("b", must=True)]
    one = scenario(weeks=1, staff=[omid(), kim], tasks=tasks, goals=["must", "cost"])
    answer = staffing.trade_off(one, before(one, {("a", "omid", 1): 10, ("b", "omid", 1): 10}))
    assert answer.sought == ("must", "cost")
    assert told(answer, "cost") == [(0, 600), (1, 500), (2, 400)]
    # revenue is 80 an hour, whoever works
    assert [point.money.as_document() for point in answer.points][2] == {"cost": 400, "revenue": 1600, "margin": 1200}


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        (["must", "value", "lateness", "changes", "cost"], ("must", "value", "lateness")),
        (["must", "changes", "cost", "hours"], ("must", "cost")),
        (["changes", "must", "value", "cost"], ("must", "value")),
        (["must", "changes", "hours", "overtime"], ("must", "hours", "overtime")),
    ],
)
def test_what_changes_are_made_for(goals: list[Goal], expected: tuple[Goal, ...]) -> None:
    assert lead(goals) == expected


def test_weeks_that_are_over_and_what_is_kept_stay() -> None:
    # week 1 is history; of week 2 t2 is kept, so that t3, worth more, has no room but t4's
    tasks = [task(f"t{number}", hours=20, value=value) for number, value in enumerate((100, 100, 500, 50), start=1)]
    one = scenario(weeks=2, staff=[omid(weekly_hours=40)], tasks=[{**entry, "earliest": 2} for entry in tasks])
    was = before(one, {("t2", "omid", 2): 20, ("t4", "omid", 2): 20})
    assert told(staffing.trade_off(one, was, from_week=2)) == [(0, 150), (2, 600)]
    assert told(staffing.trade_off(one, was, from_week=2, keep=["t2", "t4"])) == [(0, 150)]


def test_every_point_is_a_plan_that_audits() -> None:
    one = world(100, 200, 500, 600)
    for point in staffing.trade_off(one, before(one, WAS)).points:
        assert audit(one, point.plan) == []
        values = {result.goal: result.value for result in point.plan.goals}
        assert values == dict(point.goals)
        assert values["changes"] == point.changes
        assert not any(result.proven for result in point.plan.goals)  # other plans with more changes may be better


def test_stopped_at_once_it_gives_what_is_known() -> None:
    one = world(100, 200, 500, 600)
    stop = threading.Event()
    stop.set()
    answer = staffing.trade_off(one, before(one, WAS), stop=stop)
    assert answer.points
    assert all(audit(one, point.plan) == [] for point in answer.points)
    assert "in the time given" in answer.text or answer.complete


def test_the_same_twice() -> None:
    one = world(100, 200, 500, 600, 50, 40)
    first, second = (staffing.trade_off(one, before(one, WAS), deterministic=True) for _ in range(2))
    assert first.points == second.points


def test_its_file() -> None:
    one = world(100, 200, 500, 600)
    answer = staffing.trade_off(one, before(one, WAS))
    document = json.loads(answer.to_json())
    assert (document["format"], document["question"]) == ("staffing-answer/1", "trade-off")
    assert document["fingerprint"] == one.fingerprint
    assert document["points"][1] == {
        "changes": 2,
        "goals": {"must": 0, "value": 800, "lateness": 0, "changes": 2, "cost": 1200, "contacts": 0},
        "money": {"cost": 1200, "revenue": 3200, "margin": 2000},
        "proven": True,
        "at_best": None,
    }
    assert answer.to_csv().splitlines()[2] == "2,0,800,,0,1200,,,0,,3200,2000,true"
    assert list(answer.frame["value"]) == [300, 800, 1100]
    assert repr(answer) == "<TradeOff of 'tiny': 3 points, enough at 4 changes>"
