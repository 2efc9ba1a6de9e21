"""What one more hour, percent or week is worth; each figure is told by hand in the comment beside it."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import Cells, facts, omid, plan, sara, scenario, task

import staffing
from staffing.auditing.audit import audit_draft
from staffing.decisions import confirm
from staffing.decisions.confirm import Confirming
from staffing.decisions.given import Effort, Given
from staffing.decisions.more import extra, hours, percents, weeks
from staffing.decisions.worth_answer import COLUMNS, HourWorth, Worth
from staffing.errors import StaffingError
from staffing.scenario.scenario import Scenario
from staffing.solving.tuning import varied

ONE_WEEK: Cells = {("brief", "omid", 1): 40}


def asked(world: Scenario, cells: Cells, *by: Any, **more: Any) -> Worth:
    return staffing.worth(world, plan(facts(world, cells)), by or None, **more)


def one_week(**more: Any) -> Scenario:
    """Omid's week is full, and a call of an hour waits."""
    return scenario(weeks=1, staff=[omid(name="Omid", **more)], tasks=[task("brief", hours=40), task("call", hours=1)])


# an hour


def test_an_hour_that_lets_a_task_in_is_worth_the_task_and_costs_its_pay() -> None:
    (hour,) = asked(one_week(), ONE_WEEK, "person").hours
    assert (hour.role, hour.staff, hour.week, hour.whose) == ("project_manager", "omid", 1, "omid")
    assert hour.gain == {"must": 0, "value": 2, "lateness": 0, "cost": 30, "contacts": 0}
    assert (hour.goal, hour.proven, hour.at_best) == ("value", True, None)
    assert hour.text == "An hour more of Omid in week 1: value +2, cost +30"


def test_an_hour_of_two_that_a_task_needs_is_worth_nothing_and_the_estimate_says_where_to_look() -> None:
    world = scenario(weeks=1, staff=[omid()], tasks=[task("brief", hours=40), task("call", hours=2)])
    (hour,) = asked(world, ONE_WEEK, "person").hours
    assert hour.gain is not None
    assert not any(hour.gain.values())
    assert hour.proven
    assert hour.estimate == pytest.approx(2, abs=0.1)  # every hour is worth 2, where work comes in parts
    assert hour.text == "An hour more of omid in week 1: it changes nothing"


def test_the_estimate_alone_never_claims_a_gain() -> None:
    (hour,) = asked(one_week(), ONE_WEEK, "person", most=0).hours
    assert (hour.gain, hour.proven, hour.patch) == (None, False, None)
    assert hour.at_best == {"value": 2}  # the call
    assert hour.text == "An hour more of Omid in week 1: about 2 of value, not solved"


def test_of_a_role_it_is_the_hour_of_whom_it_serves_best() -> None:
    world = scenario(
        weeks=1,
        staff=[omid(), omid(id="kim"), sara(weekly_hours=10)],
        tasks=[task("brief", hours=40, owner="omid"), task("plan", hours=40), task("call", hours=1, owner="kim")],
    )
    answer = asked(world, {("brief", "omid", 1): 40, ("plan", "kim", 1): 40}, "role")
    (pm,) = (hour for hour in answer.hours if hour.role == "project_manager")
    assert (pm.staff, pm.whose, pm.proven) == (None, "kim", True)
    assert pm.gain is not None
    assert pm.gain["value"] == 2
    assert [hour.role for hour in answer.hours] == ["project_manager", "account_manager"]


def test_a_salaried_hour_brings_its_pay_along() -> None:
    world = one_week(pay="salary").replace(goals=["value", "cost"])
    (hour,) = asked(world, ONE_WEEK, "person").hours
    assert hour.gain == {"must": 0, "value": 2, "cost": 30}
    assert hour.text.endswith("value +2, cost +30 (pay included)")


def test_a_salaried_hour_that_brings_less_than_its_pay_is_worth_less_than_nothing() -> None:
    work = [task("brief", hours=40, value=4000), task("call", hours=2, value=40)]
    world = scenario(weeks=1, staff=[omid(pay="salary")], tasks=work, goals=["net_value"])
    (hour,) = asked(world, ONE_WEEK, "person").hours
    assert hour.gain == {"must": 0, "net_value": -30}
    assert hour.estimate == pytest.approx(-10, abs=0.5)  # half of the call, less 30


def test_where_nothing_is_left_to_better_an_hour_is_worth_nothing() -> None:
    world = scenario(weeks=1, staff=[omid()], tasks=[task("call")], goals=["value"])
    (hour,) = asked(world, {("call", "omid", 1): 10}, "person", most=0).hours
    assert (hour.goal, hour.estimate, hour.gain) == (None, 0, None)


def test_a_week_without_a_day_has_no_hour_to_give() -> None:
    world = scenario(weeks=2, staff=[omid(time_off=[{"from": "2026-01-12", "to": "2026-01-18"}])], tasks=[task("a")])
    first, second = sorted(asked(world, {("a", "omid", 1): 10}, "person").hours, key=lambda hour: hour.week)
    assert first.patch is not None
    assert (second.estimate, second.proven, second.patch, second.whose) == (0, True, None, None)
    assert second.text.endswith("week 2: there is no day left to work on")


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"target_utilisation": 0.7},
        {"weekly_hours": 33.3, "target_utilisation": 0.8},
        {"weekly_hours": [{"from": "2026-01-14", "hours": 20}]},
        {"workdays": ["mon", "tue"], "time_off": ["2026-01-13"], "start": "2026-01-13", "end": "2026-01-27"},
    ],
)
@pytest.mark.parametrize("as_of", [None, "2026-01-14"])
def test_each_hour_is_a_what_if_that_gives_just_this_hour(more: dict[str, Any], as_of: str | None) -> None:
    world = scenario(staff=[omid(**more), sara()], tasks=[task("a")], as_of=as_of)
    before = facts(world, {}).expanded
    found = list(hours(world, facts(world, {})))
    assert found
    for one in found:
        assert one.patch is not None
        after = world.patch(one.patch).expanded
        for id_, person in after.people.items():
            added = [new - old for new, old in zip(person.room, before.people[id_].room, strict=True)]
            assert added == [int((id_, week) == (one.person, one.week)) for week in range(1, before.weeks + 1)], (
                one.patch
            )


# a percent, a week


def test_a_percent_of_a_budget_and_a_week_more() -> None:
    world = scenario(
        staff=[omid(name="Omid")],
        clients=[{"id": "nova", "name": "Nova", "budget": 4000}, {"id": "zeta"}],
        tasks=[
            task("brief", hours=50),  # burns 4,000
            task("call", hours=0.5),  # burns 40, a percent of it
            task("site", name="Site", client="zeta", hours=60, deadline=1),  # a week has 40 hours
            task("late", client="zeta", hours=41, due=1),  # late by a week
        ],
    )
    cells = {("brief", "omid", 3): 20, ("brief", "omid", 4): 30, ("late", "omid", 1): 40, ("late", "omid", 2): 1}
    answer = asked(world, cells)
    (budget,) = answer.budgets
    assert (budget.budget, budget.of, budget.period, budget.proven) == ("nova", "client", "horizon", True)
    assert budget.gain == {"must": 0, "value": 1, "lateness": 0, "cost": 15, "contacts": 0}
    assert budget.patch == {"clients": [{"id": "nova", "budget": {"amount": 4040}}]}
    site, late = sorted(answer.deadlines, key=lambda entry: entry.task, reverse=True)
    assert (site.patch, late.patch) == (
        {"tasks": [{"id": "site", "deadline": 2}]},
        {"tasks": [{"id": "late", "due": 2}]},
    )
    assert site.gain is not None  # the site takes weeks 1 and 2, and `late` ends in week 3: one later, of weight 2
    assert (site.gain["value"], site.gain["lateness"]) == (120, 2)
    assert late.gain == {"must": 0, "value": 0, "lateness": -2, "cost": 0, "contacts": 0}


def test_a_budget_by_month_grows_in_all_months_and_each_has_an_estimate() -> None:
    world = scenario(
        staff=[omid()], clients=[{"id": "nova", "budget": {"amount": 100, "per": "week"}}, {"id": "zeta"}], tasks=[]
    )
    found = list(percents(facts(world, {}).expanded))
    assert [len(one.periods) for one in found] == [4, 1, 1, 1, 1]
    assert [one.patch is None for one in found] == [False, True, True, True, True]
    assert extra(Fraction("0.49")) == 0


def test_a_due_week_beyond_the_horizon_is_a_date() -> None:
    world = scenario(weeks=2, staff=[omid()], tasks=[task("a", hours=50, due=2, deadline=1), task("b", hours=99)])
    (one,) = weeks(world, facts(world, {}))
    assert one.patch == {"tasks": [{"id": "a", "deadline": 2, "due": "2026-01-19"}]}


# the plan given


def test_what_the_plan_itself_can_gain_is_said_first_and_is_no_hour_s_worth() -> None:
    answer = asked(one_week(), {("call", "omid", 1): 1}, "person")
    assert answer.plan_gain == {"must": 0, "value": 78, "lateness": 0, "cost": 1170, "contacts": 0}
    (hour,) = answer.hours
    assert hour.gain is not None
    assert hour.gain["value"] == 2
    # on the plan given both are gained: with 41 hours Omid does both tasks, 82 in place of 2
    assert answer.plan_gain["value"] + hour.gain["value"] == 82 - 2


def large(**more: Any) -> Scenario:
    """Two people, two weeks, and more work than they have hours."""
    people = [omid(weekly_hours=20), omid(id="kim", weekly_hours=20)]
    work = [task(f"t{number}", hours=19 + number % 3) for number in range(5)]
    return scenario(weeks=2, staff=people, tasks=work, **more)


@pytest.mark.parametrize("goals", [["value", "cost"], [{"goal": "value", "tolerance": 0.1}, "cost", "contacts"]])
def test_of_a_large_plan_the_tasks_nearby_are_planned_anew(goals: list[Any]) -> None:
    world = large(goals=goals)
    with varied(question_cells=1):
        answer = asked(world, {("t0", "omid", 1): 19}, "person", most=1)
    assert answer.plan_gain is not None
    assert answer.plan_gain["value"] > 0
    solved = [hour for hour in answer.hours if hour.gain is not None]
    (hour,) = solved
    assert hour.gain is not None
    assert hour.at_best is not None
    assert not hour.proven
    assert 0 <= hour.gain["value"] <= hour.at_best["value"]


def test_every_plan_behind_an_answer_is_a_plan_of_its_what_if() -> None:
    world = large()
    given = Given.of(world, plan(facts(world, {})))
    with varied(question_cells=1):
        confirming = Confirming(given)
        asked_of = list(hours(world, given.facts))[:2]
        confirming.confirm(asked_of, Effort(5))
    for more in asked_of:
        draft = confirming.after(more)
        assert draft is not None
        assert more.patch is not None
        assert audit_draft(world.patch(more.patch).expanded, draft) == []
    assert audit_draft(world.expanded, confirming.before.facts.draft) == []


def test_what_is_found_with_more_and_needs_none_of_it_is_the_plan_s(monkeypatch: pytest.MonkeyPatch) -> None:
    world = one_week()
    given = Given.of(world, plan(facts(world, {})))
    (more,) = hours(world, given.facts)
    with varied(question_cells=1):
        confirming = Confirming(given)
        monkeypatch.setattr(Confirming, "_confirm_anew", lambda *_: None)
        confirming.confirm([more], Effort(5))
    assert confirming.plan_gain is None  # both tasks take the hour
    gain = confirming.gain(more)
    assert gain is not None
    assert gain["value"] == 82
    without = scenario(weeks=1, staff=[omid()], tasks=[task("brief", hours=39), task("call", hours=1)])
    given = Given.of(without, plan(facts(without, {})))
    with varied(question_cells=1):
        confirming = Confirming(given)
        confirming.confirm([more], Effort(5))
    assert confirming.plan_gain == {"must": 0, "value": 80, "lateness": 0, "cost": 1200, "contacts": 0}
    gain = confirming.gain(more)
    assert gain is not None
    assert not any(gain.values())


# the answer


def test_the_answer_as_json_csv_and_frame(tmp_path: Path) -> None:
    answer = asked(one_week(), ONE_WEEK)
    answer.save(tmp_path / "worth.json")
    document = json.loads((tmp_path / "worth.json").read_text(encoding="utf-8"))
    assert (document["question"], document["plan_gain"]) == ("worth", None)
    (hour,) = document["hours"]
    assert list(hour) == [
        *("role", "staff", "week", "whose", "gain", "goal", "estimate", "at_best", "proven", "patch", "text")
    ]
    assert (hour["staff"], document["budgets"], document["deadlines"]) == (None, [], [])
    assert one_week().patch(hour["patch"]).expanded.people["omid"].room == (Fraction(41),)
    assert tuple(answer.frame.columns) == COLUMNS
    assert answer.frame["value"].tolist() == [2]
    assert repr(answer) == "<Worth of 'tiny': 1 priced, 1 solved>"


def test_every_role_has_every_week() -> None:
    answer = asked(scenario(tasks=[]), {})
    assert {(hour.role, hour.week) for hour in answer.hours} == {
        (role, week) for role in ("account_manager", "project_manager") for week in range(1, 5)
    }
    assert all(isinstance(hour, HourWorth) for hour in answer.hours)


def test_options_that_mean_nothing_are_refused() -> None:
    with pytest.raises(StaffingError, match="role, person, budget, deadline"):
        asked(one_week(), ONE_WEEK, "hour")
    with pytest.raises(StaffingError, match="most is a count"):
        asked(one_week(), ONE_WEEK, "role", most=-1)


def test_without_time_there_are_no_answers_and_no_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "LEAST", 0.0)
    (hour,) = asked(one_week(), ONE_WEEK, "person", time_limit=0).hours
    assert (hour.gain, hour.estimate, hour.proven) == (None, None, False)
    assert hour.text == "An hour more of Omid in week 1: not priced"
