"""What rows of timesheets may not say, and what of them is surely not meant."""

from typing import Any

import pytest
from agency import agency, cases, names, said

from staffing.scenario.checks_warnings import warnings
from staffing.scenario.paths import friendly
from staffing.scenario.scenario import Scenario

WRONG = cases("""
worked: [{task: pln, staff: sara, week: 1, hours: 1}]
    worked[1].task: there is no task "pln" (one that is given up stays, with cancelled: true); did you mean plan?
worked: [{task: old, staff: sara, week: 1, hours: 1}]
    worked[1].task: there is no task "old" (one that is given up stays, with cancelled: true):
    plan, brief and call can be named
worked: [{task: plan, staff: sarah, week: 1, hours: 1}]
    worked[1].staff: there is no person "sarah" (somebody who left stays, with end, the last day); did you mean sara?
worked: [{task: plan, staff: sara, hours: 1}]
    worked[1]: neither date nor week is given: one of them is needed
worked: [{task: plan, staff: sara, week: 1, date: 2026-01-05, hours: 1}]
    worked[1]: date and week are both given: one of them is needed
worked: [{task: plan, staff: sara, week: 5, hours: 1}]
    worked[1].week: week 5 is outside the horizon: 1 to 4 are allowed
worked: [{task: plan, staff: sara, week: 0, hours: 1}]
    worked[1].week: 0 is out of range: at least 1, at most 156, a whole number
worked: [{task: plan, staff: sara, week: 1, hours: 0}]
    worked[1].hours: 0 is out of range: more than 0, at most 100000, with at most 4 decimals
worked: [{task: plan, staff: sara, date: 2026-01-12, hours: 1}], as_of: 2026-01-12
    worked[1].date: 2026-01-12 is not before as_of, 2026-01-12: only what was worked before it stands here
worked: [{task: plan, staff: sara, week: 2, hours: 1}], as_of: 2026-01-12
    worked[1].week: week 2 does not begin before as_of, 2026-01-12: only what was worked before it stands here
worked: [{task: plan@1, staff: sara, week: 1, hours: 1}]
    worked[1].task: plan does not repeat: name it without @1
tasks: [{id: call, repeat: {every: 2}}], worked: [{task: call@2, staff: sara, week: 2, hours: 1}]
    worked[1].task: call has no occurrence @2: there are @1 and @3, or name it with its date alone
tasks: [{id: call, repeat: {every: 1, until: 2025-12-01}}], worked: [{task: call@1, staff: sara, week: 1, hours: 1}]
    worked[1].task: call has no occurrence @1: none begins inside the horizon
tasks: [{id: call, left: 0}]
    tasks[call].left: a repeating task has no left of its own: cancelled: true ends it
tasks: [{id: plan, roles: [acount_manager]}]
    tasks[plan].roles[1]: there is no role "acount_manager"; did you mean account_manager?
tasks: [{id: plan, roles: [sara]}]
    tasks[plan].roles[1]: there is no role "sara": it is a person; say only: [sara]
tasks: [{id: plan, only: [sara, project_manager]}]
    tasks[plan].only[2]: there is no person "project_manager": it is a role; say roles: [project_manager]
tasks: [{id: plan, owner: account_manager}]
    tasks[plan].owner: there is no person "account_manager": it is a role; say roles: [account_manager]
tasks: [{id: plan, owner: Account manager}]
    tasks[plan].owner: there is no person "Account manager": it is a role; say roles: [account_manager]
tasks: [{id: plan, except: [project_manager]}]
    tasks[plan].except[1]: there is no person "project_manager":
    it is a role; say which roles are allowed, such as roles: [account_manager]
clients: [{id: nova, owners: {tactical: project_manager}}]
    clients[nova].owners.tactical: there is no person "project_manager":
    it is a role; say in its tasks roles: [project_manager]
clients: [{id: nova, exclude: [project_manager]}]
    clients[nova].exclude[1]: there is no person "project_manager":
    it is a role; say in its tasks which roles are allowed, such as roles: [account_manager]
""")


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=names(WRONG))
def test_what_is_wrong_is_said(change: dict[str, Any], sentence: str) -> None:
    assert said(agency(**change)) == [sentence]


def test_one_wrong_row_hides_no_other() -> None:
    rows = [
        {"task": "plan", "staff": "sara", "week": 1, "hours": -1},
        {"task": "plan", "staff": "omit", "date": "2026-13-01", "hours": 1},
        {"task": "plan", "staff": "sara", "hours": 1},
    ]
    assert [sentence.split(":")[0] for sentence in said(agency(worked=rows))] == [
        "worked[1].hours",
        "worked[2].staff",
        "worked[2].date",
        "worked[3]",
    ]


ALLOWED = cases("""
as_of: 2026-01-14, worked: [{task: plan, staff: sara, week: 2, hours: 1}]
    a week that has begun
as_of: 2026-01-14, worked: [{task: plan, staff: sara, date: 2025-11-03, hours: 1}]
    a day before the horizon
as_of: 2026-01-14, worked: [{task: plan, staff: omid, date: 2026-01-10, hours: 1}]
    a Saturday, by somebody who may not own it
as_of: 1404-10-24, worked: [{task: call@01, staff: sara, date: 1404-10-20, hours: 1}]
    Solar Hijri days, and an occurrence with a zero before its week
as_of: 2025-01-01
    a day before the horizon, which changes nothing
tasks: [{id: plan, left: 20, cancelled: false, roles: [account_manager]}]
    more left than there was
""")


@pytest.mark.parametrize(("change", "_why"), ALLOWED, ids=names(ALLOWED))
def test_what_is_allowed_passes(change: dict[str, Any], _why: str) -> None:
    assert said(agency(**change)) == []


def warned(change: dict[str, Any]) -> list[str]:
    data = agency(**change)
    return [f"{friendly(found.path, data)}: {found.message}" for found in warnings(Scenario.model_validate(data))]


def besides_the_past(told: list[str]) -> list[str]:
    """Leave out that the calls of weeks that are over wait."""
    return [sentence for sentence in told if "their weeks are over" not in sentence]


WARNED = cases("""
worked: [{task: plan, staff: sara, week: 1, hours: 4}]
    worked: as_of is missing: without the day from which on is planned, new work may begin in week 1
as_of: 2026-01-12, worked: [{task: plan, staff: sara, week: 1, hours: 12}]
    tasks[plan].hours: 2 hours of effort more were worked than it has, so it counts as done:
    say left if something is left of it
as_of: 2026-01-12, worked: [{task: call, staff: omid, week: 1, hours: 1.5}]
    worked: 0.5 hours of effort more were worked than 1 occurrence (call) had, which count as done:
    are the hours of such tasks too few?
as_of: 2026-01-12, worked: [{task: plan, staff: omid, week: 1, hours: 3}]
    worked[1]: omid has productivity 0 on strategic tasks: these hours leave the effort of plan as it was,
    unless left says more
as_of: 2026-01-12, staff: [{id: eva, role: project_manager}], tasks: [{id: brief, except: [eva]}],
+ worked: [{task: brief, staff: eva, week: 1, hours: 3}, {task: brief, staff: eva, week: 1, hours: 1}]
    worked[1].staff: the bill_rate of eva is 0: these hours burn nothing of a budget
as_of: 2026-01-12, worked: [{task: call, staff: omid, week: 1, hours: 1}],
+ tasks: [{id: call, repeat: {every: 4, from: 2025-12-29}}]
    worked[1]: no occurrence of call has begun by week 1: these hours burn budgets, no more
""")


@pytest.mark.parametrize(("change", "sentence"), WARNED, ids=names(WARNED))
def test_what_is_surely_not_meant_gives_a_warning(change: dict[str, Any], sentence: str) -> None:
    assert besides_the_past(warned(change)) == [sentence]


def test_a_day_after_the_horizon_is_warned_of() -> None:
    first, *_ = warned({"as_of": "2026-02-02"})
    assert first == "as_of: this is after the horizon: nothing can be planned any more"


NOT_WARNED = cases("""
as_of: 2026-01-12, worked: [{task: plan, staff: sara, week: 1, hours: 10}]
    all of it
as_of: 2026-01-12, worked: [{task: plan, staff: sara, week: 1, hours: 12}], tasks: [{id: plan, left: 0}]
    an overrun that is known
as_of: 2026-01-12, worked: [{task: plan, staff: sara, week: 1, hours: 12}], tasks: [{id: plan, cancelled: true}]
    an overrun of what was given up
as_of: 2026-01-12, worked: [{task: brief, staff: sara, week: 1, hours: 12.75}], tasks: [{id: brief, hours: 10.1}]
    12.75 hours at 0.8 are 10.2 of 10.1: 12.625, rounded up to the grid
as_of: 2026-01-12, worked: [{task: plan, staff: omid, week: 1, hours: 3}], tasks: [{id: plan, left: 9}]
    hours without effort, where somebody says what is left
""")


@pytest.mark.parametrize(("change", "_why"), NOT_WARNED, ids=names(NOT_WARNED))
def test_what_may_be_meant_gives_none(change: dict[str, Any], _why: str) -> None:
    assert besides_the_past(warned(change)) == []


def test_what_is_over_and_was_not_done_waits_and_is_told() -> None:
    told = warned({"as_of": "2026-01-21", "tasks": [{"id": "plan", "deadline": 2}]})
    assert told == [
        "as_of: 2 hours of 2 occurrences (call ×2) were never worked, and their weeks are over: "
        "they wait, and are not planned any more",
        "tasks[plan]: this will wait: its last week is 2, which is over on 2026-01-21",
    ]


def test_of_many_occurrences_those_with_the_most_hours_are_named() -> None:
    weekly = [
        {"id": f"talk-{number}", "kind": "strategic", "client": "nova", "hours": number, "repeat": {"every": 1}}
        for number in range(1, 7)
    ]
    told = warned({"as_of": "2026-01-12", "tasks": weekly})
    named = "talk-6, talk-5, talk-4, talk-3 and 3 more tasks"
    assert told[0].startswith(f"as_of: 22 hours of 7 occurrences ({named}) were never worked")


@pytest.mark.parametrize(
    ("worked", "left", "waits"),
    [
        (8, None, []),  # 2 of 10 hours are left, 16 are available
        (
            0.5,
            None,
            ["tasks[plan]: this will wait: sara needs 41.5 hours for it, and has 16 at most in week 1"],
        ),
        (0.5, 16, []),
    ],
)
def test_tasks_are_tried_with_what_is_left_of_them(worked: float, left: float | None, waits: list[str]) -> None:
    """Sara has 8 hours a day, and of the only week two days are left."""
    plan = {"id": "plan", "hours": 10 if worked == 8 else 42, "left": left}
    row = {"task": "plan", "staff": "sara", "week": 1, "hours": worked}
    change = {"weeks": 1, "as_of": "2026-01-08", "tasks": [plan], "worked": [row]}
    assert warned(change) == waits


def test_a_task_is_held_against_the_money_that_is_left() -> None:
    """Nova's 5,000 less 41 hours at 120 are 80: no hour of sara's more. A second period, appended, is no hindrance."""
    row = {"task": "plan", "staff": "sara", "date": "2026-01-06", "hours": 41}
    of_client = warned({"as_of": "2026-01-12", "worked": [row], "tasks": [{"id": "plan", "hours": 42}]})
    assert besides_the_past(of_client)[0] == (
        "tasks[plan]: this will wait: it burns 120 at least, and the client has 80 left in weeks 2 to 4"
    )
    late = {**row, "date": "2026-02-01"}
    by_month = {"clients": [{"id": "nova", "budget": {"amount": 5000, "per": "month"}}]}
    assert warned({"as_of": "2026-02-02", "worked": [late], **by_month})[0].startswith("as_of")
