"""What a re-plan changed, task by task, and why it had to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plan.worlds import Cells, facts, omid, plan, replanned, sara, scenario, task
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Change
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

KIM = omid(id="kim", cost_rate=20)
STAFF = [omid(), KIM]


def world(*tasks: dict[str, Any], **change: Any) -> Scenario:
    return scenario(**{"tasks": tasks, "staff": STAFF, **change})


def baseline(before: Scenario, cells: Cells) -> Baseline:
    return plan(facts(before, cells)).as_baseline()


def replan_of(before: Scenario, was: Cells, now: Scenario | Expanded, becomes: Cells) -> Plan:
    return plan(facts(now, becomes, baseline=baseline(before, was)))


def changes(*args: Any) -> tuple[Change, ...]:
    told = replan_of(*args)
    assert told.context is not None
    return told.context.changes


def why(*args: Any) -> dict[str, tuple[str, str | None]]:
    return {change.task: (change.why, change.about) for change in changes(*args)}


A1: Cells = {("a", "omid", 1): 10}


def test_nothing_changed() -> None:
    assert changes(world(task("a")), A1, world(task("a")), A1) == ()


def test_without_a_baseline_nothing_is_told() -> None:
    told = plan(facts(world(task("a")), A1))
    assert told.context is not None
    assert told.context.changes == ()


def test_a_change_says_who_and_when_before_and_after() -> None:
    away = world(task("a"), staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM])
    assert changes(world(task("a")), A1, away, {("a", "kim", 2): 10}) == (
        Change(
            task="a",
            was="delivered",
            now="delivered",
            was_owners=("omid",),
            owners=("kim",),
            was_first_day=dt.date(2026, 1, 5),
            was_last_day=dt.date(2026, 1, 5),
            first_day=dt.date(2026, 1, 12),
            last_day=dt.date(2026, 1, 12),
            why="away",
            about="omid",
        ),
    )


@pytest.mark.parametrize(
    ("now", "becomes", "expected"),
    [
        (world(task("a"), staff=[KIM]), {("a", "kim", 1): 10}, ("left", "omid")),
        (world(task("a", only=["kim"])), {("a", "kim", 1): 10}, ("not_allowed", "omid")),
        (world(task("a", earliest=2)), {("a", "omid", 2): 10}, ("window", None)),
        (world(task("a"), staff=[omid(weekly_hours=5), KIM]), {("a", "kim", 1): 10}, ("capacity", "omid")),
        (world(task("a", earliest=3, deadline=2)), {}, ("window", None)),
        (world(task("a")), {("a", "kim", 1): 10}, ("cost", None)),
        (world(task("a")), {("a", "omid", 2): 10}, ("nothing", None)),
        (world(task("a")), {}, ("nothing", None)),
        (
            world(task("a"), task("new", hours=40)),
            {("new", "omid", 1): 40, ("a", "omid", 2): 10},
            ("new_work", "new"),
        ),
    ],
)
def test_why_a_task_is_not_where_it_was(now: Scenario, becomes: Cells, expected: tuple[str, str | None]) -> None:
    assert why(world(task("a")), A1, now, becomes) == {"a": expected}


def test_what_comes_first_moved() -> None:
    tasks = (task("a"), task("b", after=["a"]))
    was = {("a", "omid", 1): 10, ("b", "kim", 1): 10}
    away = world(*tasks, staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM])
    told = why(world(*tasks), was, away, {("a", "omid", 2): 10, ("b", "kim", 2): 10})
    assert told == {"a": ("away", "omid"), "b": ("predecessor", "a")}


def test_what_comes_first_waits() -> None:
    tasks = (task("a"), task("b", after=["a"]))
    was = {("a", "omid", 1): 10, ("b", "kim", 1): 10}
    told = why(world(*tasks), was, world(*tasks), {})
    assert told == {"a": ("nothing", None), "b": ("predecessor_waits", "a")}


def test_it_makes_room_for_what_moved() -> None:
    """b had to leave week 2 for week 1, where a lay."""
    was = {("a", "omid", 1): 30, ("b", "omid", 2): 30}
    before = world(task("a", hours=30), task("b", hours=30))
    now = world(task("a", hours=30), task("b", hours=30, deadline=1))
    told = why(before, was, now, {("b", "omid", 1): 30, ("a", "omid", 2): 30})
    assert told == {"a": ("makes_room", "b"), "b": ("window", None)}


def test_a_budget_that_other_work_burns() -> None:
    """Nova may burn 800 in January: b, new, burns them, and a moves to February."""
    clients = [{"id": "nova", "budget": {"amount": 800, "per": "month"}}]
    before = world(task("a"), clients=clients, weeks=6)
    now = world(task("a"), task("b"), clients=clients, weeks=6)
    told = why(before, A1, now, {("b", "kim", 1): 10, ("a", "omid", 5): 10})
    assert told == {"a": ("budget", None)}


def test_it_is_less_late() -> None:
    before = world(task("a", due=1))
    told = why(before, {("a", "omid", 2): 10}, before, {("a", "omid", 1): 10})
    assert told == {"a": ("lateness", None)}


def test_what_waited_is_delivered_for_its_value_or_because_it_must_be() -> None:
    before = world(task("a"), task("b"))
    now = world(task("a", must=True), task("b"))
    told = why(before, {}, now, {("a", "omid", 1): 10, ("b", "omid", 1): 10})
    assert told == {"a": ("must", None), "b": ("value", None)}


def test_a_repeat_is_handed_over_as_a_whole() -> None:
    """Omid is away in week 1 alone, but the calls have one owner."""
    call = task("call", repeat={"every": 1})
    was = {(f"call@{week}", "omid", week): 10 for week in (1, 2)}
    away = world(call, staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM], weeks=2)
    becomes = {(f"call@{week}", "kim", week): 10 for week in (1, 2)}
    told = why(world(call, weeks=2), was, away, becomes)
    assert told == {"call@1": ("away", "omid"), "call@2": ("away", "omid")}


def test_history_that_finished_what_comes_first() -> None:
    tasks = (task("a"), task("b", after=[{"task": "a", "lag": 2}]))
    was = {("a", "omid", 1): 10, ("b", "omid", 3): 10}
    before = world(*tasks)
    again = replanned(before, {("a", "omid", 2): 10}, from_week=3)
    assert why(before, was, again, {("b", "omid", 4): 10}) == {"b": ("predecessor", "a")}


def test_a_week_that_is_over_and_in_which_nothing_was_done() -> None:
    before = world(task("a"))
    again = replan(before.expanded, {}, 2)
    assert why(before, A1, again, {("a", "omid", 2): 10}) == {"a": ("week_over", None)}


def test_owners_are_named_whatever_the_table() -> None:
    told = replan_of(world(task("a")), A1, world(task("a"), staff=[sara(), KIM]), {("a", "kim", 1): 10})
    row = told.changes.iloc[0]
    assert (row["was_owners"], row["owners"], row["why"], row["about"]) == (("omid",), ("kim",), "left", "omid")


def test_what_was_begun_and_whose_weeks_are_over_says_so() -> None:
    """Six of ten hours of the occurrence were worked, and its week is over: nobody lacks hours for the rest."""
    weekly = world(task("a", repeat={"every": 1, "until": 1}), weeks=2)
    begun = weekly.replace(
        as_of="2026-01-12", worked=[{"task": "a", "staff": "omid", "date": "2026-01-06", "hours": 6}]
    )
    assert why(weekly, {("a@1", "omid", 1): 10}, begun, {}) == {"a@1": ("week_over", None)}


def gains(*args: Any) -> dict[str, tuple[str, float | None]]:
    return {change.task: (change.why, change.gain) for change in changes(*args)}


def test_what_it_gains_is_told_in_figures() -> None:
    # a is worth 20 (2 × 10 hours) and weighs 2; ten hours of Kim cost 200 instead of 300
    assert gains(world(task("a")), A1, world(task("a")), {("a", "kim", 1): 10}) == {"a": ("cost", 100)}
    assert gains(world(task("a")), {}, world(task("a")), A1) == {"a": ("value", 20)}
    late = world(task("a", due=1))
    assert gains(late, {("a", "omid", 3): 10}, late, A1) == {"a": ("lateness", 4)}


def test_what_it_makes_room_for_is_told_with_its_worth() -> None:
    before = world(task("a", hours=40), task("b", hours=40, value=1200, deadline=1), staff=[omid()])
    told = gains(before, {("a", "omid", 1): 40}, before, {("b", "omid", 1): 40, ("a", "omid", 2): 40})
    assert told == {"a": ("makes_room", 1200), "b": ("value", 1200)}
    new = world(task("a", hours=40), task("n", hours=40, value=900), staff=[omid()])
    told = gains(world(task("a", hours=40)), {("a", "omid", 1): 40}, new, {("n", "omid", 1): 40, ("a", "omid", 2): 40})
    assert told == {"a": ("new_work", 900)}


def test_a_dearer_owner_gains_nothing() -> None:
    told = gains(world(task("a")), {("a", "kim", 1): 10}, world(task("a")), A1)
    assert told == {"a": ("nothing", None)}


def test_a_task_that_begins_earlier_than_what_comes_before_it_ended() -> None:
    """b moved to week 2, so that a may not lie there."""
    tasks = (task("a"), task("b", after=[{"task": "a", "lag": 1}]))
    was = {("a", "omid", 2): 10, ("b", "omid", 3): 10}
    told = why(world(*tasks), was, world(*tasks), {("a", "omid", 1): 10, ("b", "omid", 2): 10})
    assert told == {"a": ("successor", "b"), "b": ("nothing", None)}


def test_what_must_be_done_needs_what_comes_before_it() -> None:
    before = world(task("a"), task("b", after=["a"]))
    now = world(task("a"), task("b", after=["a"], must=True))
    told = why(before, {}, now, {("a", "omid", 1): 10, ("b", "omid", 1): 10})
    assert told == {"a": ("needed", "b"), "b": ("must", None)}


def test_a_week_off_in_the_middle_of_a_task_forces_nothing() -> None:
    """Of 40 hours in weeks 1 to 3, 20 lie in week 1 and 20 in week 3, and Omid is away in week 2."""
    was = {("a", "omid", 1): 20, ("a", "omid", 2): 10, ("a", "omid", 3): 10}
    away = world(task("a", hours=40), staff=[omid(time_off=[{"from": "2026-01-12", "to": "2026-01-18"}]), KIM])
    told = why(world(task("a", hours=40)), was, away, {("a", "kim", 1): 40})
    assert told == {"a": ("cost", None)}


def test_one_of_two_owners_away_at_its_end_forces_nothing() -> None:
    """Kim may end it alone."""
    shared = task("a", hours=40, max_owners=2)
    was = {("a", "omid", 1): 10, ("a", "kim", 1): 10, ("a", "omid", 2): 20}
    away = world(shared, staff=[omid(time_off=[{"from": "2026-01-12", "to": "2026-01-18"}]), KIM])
    assert why(world(shared), was, away, {("a", "kim", 1): 40}) == {"a": ("nothing", None)}


def test_more_hours_are_no_absence() -> None:
    """One day of the week is off, but 60 hours would not fit into it without that either."""
    holidays = {"calendar": {"holidays": ["2026-01-06"]}}
    longer = world(task("a", hours=60), **holidays)
    told = why(world(task("a"), **holidays), A1, longer, {("a", "omid", 1): 32, ("a", "omid", 2): 28})
    assert told == {"a": ("capacity", "omid")}


def test_a_placeholder_that_is_not_hired() -> None:
    staff = [omid(), omid(id="free", placeholder=True)]
    before = world(task("a"), staff=staff)
    told = why(before, {("a", "free", 1): 10}, before, A1)
    assert told == {"a": ("not_hired", "free")}


def test_occurrences_handed_over_together_have_one_reason() -> None:
    """Week 1 has new work, week 2 has none; the calls have one owner, so that both are handed over for it."""
    call = task("call", repeat={"every": 1})
    was = {(f"call@{week}", "omid", week): 10 for week in (1, 2)}
    now = world(call, task("new", hours=40, deadline=1, value=700), weeks=2)
    becomes = {("new", "omid", 1): 40, **{(f"call@{week}", "kim", week): 10 for week in (1, 2)}}
    told = why(world(call, weeks=2), was, now, becomes)
    assert told == {"call@1": ("new_work", "new"), "call@2": ("new_work", "new")}


def test_a_budget_cut_keeps_a_task_waiting_whoever_is_free() -> None:
    """Ten hours of Omid burn 800, and 500 are left."""
    cut = world(task("a"), clients=[{"id": "nova", "budget": 500}])
    assert why(world(task("a")), A1, cut, {}) == {"a": ("budget", None)}


BOOKED = [{"task": "a", "staff": "omid", "week": 1, "hours": 4}]
"""Four hours of Omid, who may not do it: they are kept, so that he is an owner whatever the rules say."""


def test_promised_hours_of_somebody_who_may_do_no_more_are_in_nobodys_way() -> None:
    """Kim has the other six hours, in any week."""
    shared = world(task("a", only=["kim"], max_owners=2), bookings=BOOKED)
    assert why(shared, {("a", "kim", 1): 6}, shared, {("a", "kim", 2): 6}) == {"a": ("nothing", None)}
    assert why(shared, {("a", "kim", 1): 6}, shared, {}) == {"a": ("nothing", None)}


def test_room_of_somebody_who_may_do_no_more_is_none() -> None:
    """Omid is free but may not take the six hours left; Kim, who may, has other work."""
    shared = world(task("a", only=["kim"], max_owners=2), bookings=BOOKED)
    now = world(task("a", only=["kim"], max_owners=2), task("b", hours=40, deadline=1), bookings=BOOKED)
    becomes: Cells = {("a", "kim", 2): 6, ("b", "kim", 1): 40}
    assert why(shared, {("a", "kim", 1): 6}, now, becomes) == {"a": ("new_work", "b")}


def test_promised_hours_alone_do_not_let_their_owner_end_a_task() -> None:
    before, now = world(task("a"), bookings=BOOKED), world(task("a", only=["kim"], max_owners=2), bookings=BOOKED)
    assert why(before, {("a", "omid", 1): 6}, now, {("a", "kim", 1): 6}) == {"a": ("not_allowed", "omid")}


def test_what_lies_where_the_rest_of_a_promised_task_was() -> None:
    """Four hours are booked in week 1; six were in week 2, where other work is now. Being on time is by the way."""
    before = world(task("a", due=1), bookings=BOOKED)
    now = world(task("a", due=1), task("b", hours=40, earliest=2, deadline=2), bookings=BOOKED)
    becomes: Cells = {("a", "omid", 1): 6, ("b", "omid", 2): 40}
    assert why(before, {("a", "omid", 2): 6}, now, becomes) == {"a": ("new_work", "b")}
    assert gains(before, {("a", "omid", 2): 6}, before, {("a", "omid", 1): 6}) == {"a": ("lateness", 2)}
