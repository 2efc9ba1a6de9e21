"""What a plan delivers, and what strategic work tactical work crowds out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import staffing
from plan.worlds import Cells, facts, omid, plan, replanned, sara, scenario, task
from staffing.plan.crowding import crowded_out, delivered_effort
from staffing.plan.records import Crowded
from staffing.scenario.scenario import Scenario


def idea(id_: str = "idea", **change: Any) -> dict[str, Any]:
    return task(id_, kind="strategic", hours=8, **change)


def world(*tasks: dict[str, Any], **change: Any) -> Scenario:
    return scenario(tasks=[task("site", hours=100, max_owners=2), *tasks], **change)


def crowded(asked: Scenario, cells: Cells) -> dict[str, float]:
    return {person: float(hours) for person, hours in crowded_out(facts(asked, cells)).items()}


def test_tactical_hours_count_where_the_waiting_work_may_lie_and_of_those_who_could_do_it() -> None:
    asked = world(idea(earliest=2, deadline=3))
    cells = {("site", "sara", 2): 5, ("site", "sara", 4): 6, ("site", "omid", 2): 10}  # Omid does nothing strategic
    assert crowded(asked, cells) == {"sara": 5}


def test_no_more_counts_than_the_waiting_work_needs() -> None:
    assert crowded(world(idea()), {("site", "sara", 2): 5, ("site", "sara", 3): 6}) == {"sara": 8}
    assert crowded(world(idea(done=7)), {("site", "sara", 2): 5}) == {"sara": 1}
    assert crowded(world(), {("site", "sara", 2): 5}) == {}


def test_each_hour_counts_once_for_the_earliest_deadline_first() -> None:
    two = world(idea("a"), idea("b"))
    assert crowded(two, {("site", "sara", 1): 10}) == {"sara": 10}
    soon = world(idea("a"), idea("b", deadline=1))
    assert crowded(soon, {("site", "sara", 1): 4, ("site", "sara", 3): 8}) == {"sara": 12}  # 4 for b, then 8 for a


def test_several_people_share_what_waits() -> None:
    pair = world(idea(), staff=[sara(), sara(id="mina")])
    assert crowded(pair, {("site", "sara", 1): 5, ("site", "mina", 1): 5}) == {"sara": 5, "mina": 3}
    assert crowded(world(idea(owner="sara"), staff=[sara(), sara(id="mina")]), {("site", "mina", 1): 5}) == {}


def test_effort_counts_not_hours() -> None:
    slow = world(idea(), staff=[sara(strategic=0.5)])
    assert crowded(slow, {("site", "sara", 1): 6}) == {"sara": 3}
    quick = world(idea(estimates={"sara": {"hours": 4}}))
    assert crowded(quick, {("site", "sara", 1): 3}) == {"sara": 6}


def test_hours_of_history_crowd_nothing_out_and_those_promised_do() -> None:
    asked = world(idea())
    assert crowded_out(facts(replanned(asked, {("site", "sara", 1): 5}, 2), {})) == {}
    booked = asked.patch({"bookings": [{"task": "site", "staff": "sara", "week": 2, "hours": 5}]})
    assert crowded(booked, {}) == {"sara": 5}


def test_the_effort_delivered_counts_tasks_whole_history_too() -> None:
    asked = world(idea(done=2), task("brief", hours=4))
    cells: Cells = {("idea", "sara", 1): 6, ("brief", "sara", 2): 5}
    assert delivered_effort(facts(asked, cells)) == 10  # 8 - 2, and 4: five hours of Sara's
    assert delivered_effort(facts(replanned(asked, {("idea", "sara", 1): 6}, 2), {("brief", "sara", 2): 5})) == 10
    assert delivered_effort(facts(replanned(asked, {("idea", "sara", 1): 5}, 2), {("brief", "sara", 2): 5})) == 4


def test_the_plan_file_says_it_and_the_audit_checks_it() -> None:
    asked = scenario(staff=[sara(), omid(pay="salary")], tasks=[idea(earliest=4), task("site", hours=8)])
    made = plan(facts(asked, {("site", "sara", 4): 10}))
    assert made.context is not None
    assert made.context.crowded == (Crowded("sara", 8.0),)
    assert made.context.delivered_effort == 8
    assert [person.cost for person in made.context.people] == [400, 4800]  # 10 hours at 40; four weeks of 40 at 30
    assert staffing.audit(asked, made) == []
    silent = replace(made.context, crowded=None, delivered_effort=None)
    assert staffing.audit(asked, replace(made, context=silent)) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"crowded": (Crowded("sara", 9.0),)}, "crowded[0].hours is 8.0; the file says 9.0"),
        ({"delivered_effort": 0.0}, "delivered_effort is 8.0; the file says 0.0"),
    ],
)
def test_a_plan_file_that_says_otherwise_is_found_out(change: dict[str, Any], said: str) -> None:
    asked = scenario(tasks=[idea(), task("site", hours=8)])
    made = plan(facts(asked, {("site", "sara", 4): 10}))
    assert made.context is not None
    (violation,) = staffing.audit(asked, replace(made, context=replace(made.context, **change)))
    assert said in str(violation)


def test_a_cost_that_is_none_is_found_out() -> None:
    asked = scenario(tasks=[task("site", hours=8)])
    made = plan(facts(asked, {("site", "sara", 4): 10}))
    assert made.context is not None
    people = tuple(replace(person, cost=0) for person in made.context.people)
    (violation,) = staffing.audit(asked, replace(made, context=replace(made.context, people=people)))
    assert "people[0].cost is 400; the file says 0" in str(violation)
