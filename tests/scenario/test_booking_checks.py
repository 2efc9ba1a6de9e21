"""What bookings may not say, what of them overruns, and how it is told."""

from typing import Any

import pytest
from agency import agency, cases, names, said

from staffing.scenario.checks_warnings import warnings
from staffing.scenario.paths import friendly
from staffing.scenario.scenario import Scenario

WRONG = cases("""
bookings: [{task: pln, staff: sara, week: 1, hours: 1}]
    bookings[1].task: there is no task "pln"; did you mean plan?
bookings: [{task: plan, staff: sarah, week: 1, hours: 1}]
    bookings[1].staff: there is no person "sarah"; did you mean sara?
bookings: [{task: plan, staff: sara, hours: 1}]
    bookings[1]: neither date nor week is given: one of them is needed
bookings: [{task: plan, staff: sara, week: 1, date: 2026-01-05, hours: 1}]
    bookings[1]: date and week are both given: one of them is needed
bookings: [{task: plan, staff: sara, week: 5, hours: 1}]
    bookings[1].week: week 5 is outside the horizon: 1 to 4 are allowed
bookings: [{task: plan, staff: sara, week: 1, hours: 0}]
    bookings[1].hours: 0 is out of range: more than 0, at most 100000, with at most 4 decimals
bookings: [{task: plan@1, staff: sara, week: 1, hours: 1}]
    bookings[1].task: plan does not repeat: name it without @1
bookings: [{task: call@5, staff: omid, week: 2, hours: 1}]
    bookings[1].task: call has no occurrence @5: there are @1, @2, @3 and @4, or name it with its date alone
tasks: [{id: call, repeat: {every: 1, from: 3}}], bookings: [{task: call, staff: omid, week: 2, hours: 1}]
    bookings[1].task: no occurrence of call has begun by week 2: the first begins in week 3; name one as call@3
tasks: [{id: call, repeat: {every: 1, until: 2025-12-01}}], bookings: [{task: call, staff: omid, week: 2, hours: 1}]
    bookings[1].task: no occurrence of call has begun by week 2: none begins inside the horizon
""")


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=names(WRONG))
def test_mistakes_are_told(change: dict[str, Any], sentence: str) -> None:
    assert said(agency(**change)) == [sentence]


WARNED = cases("""
as_of: 2026-01-12, bookings: [{task: plan, staff: sara, week: 1, hours: 1}]
    bookings[1]: this booking is left out, of days that are over: what was worked of it stands in worked
as_of: 2026-01-14, bookings: [{task: plan, staff: sara, date: 2026-01-13, hours: 1},
+ {task: plan, staff: sara, week: 1, hours: 1}]
    bookings[1]: this and 1 more bookings are left out, of days that are over: what was worked of it stands in worked
bookings: [{task: plan, staff: sara, date: 2026-03-01, hours: 1}]
    bookings[1]: this booking is left out, of days after the horizon
bookings: [{task: brief, staff: omid, week: 1, hours: 9}]
    bookings[1]: 1 hours of effort more are promised than brief has left
tasks: [{id: brief, done: 8}], bookings: [{task: brief, staff: omid, week: 1, hours: 4}]
    bookings[1]: brief is done already: these hours are planned, and deliver nothing
tasks: [{id: brief, cancelled: true}], bookings: [{task: brief, staff: omid, week: 1, hours: 4}]
    bookings[1]: brief is given up: these hours are planned, and deliver nothing
tasks: [{id: brief, deadline: 2}], bookings: [{task: brief, staff: omid, week: 3, hours: 8}]
    bookings[1]: week 3 is outside weeks 1 to 2, in which brief may be done
tasks: [{id: brief, max_owners: 2, except: [omid]}], bookings: [{task: brief, staff: omid, week: 3, hours: 1}]
    bookings[1].staff: omid may not do brief, and has promised it all the same
staff: [{id: omid, time_off: [{from: 2026-01-05, to: 2026-01-11}]}],
+ bookings: [{task: brief, staff: omid, week: 1, hours: 8}]
    bookings[1]: omid has no day in week 1, and 8 hours promised
staff: [{id: omid, overtime: 2}], tasks: [{id: brief, hours: 50}],
+ bookings: [{task: brief, staff: omid, week: 1, hours: 50}]
    bookings[1]: omid has 50 hours promised in week 1, and 40 and 2 of overtime at most
staff: [{id: omid, limits: {tactical: 5}}], bookings: [{task: brief, staff: omid, week: 1, hours: 8}]
    bookings[1]: omid has 8 tactical hours promised in week 1; the limit is 5
clients: [{id: nova, budget: 400}], bookings: [{task: brief, staff: omid, week: 1, hours: 8}]
    bookings[1]: promised hours burn 720 of client nova, of which 400 is left
tasks: [{id: brief, hours: 2}], bookings: [{task: brief, staff: omid, week: 1, hours: 1},
+ {task: brief, staff: sara, week: 1, hours: 1.25}]
    bookings[1]: sara and omid have promised brief, and one may own it
bookings: [{task: call@1, staff: omid, week: 1, hours: 1}, {task: call@2, staff: sara, week: 2, hours: 1.25}]
    bookings[1]: sara and omid have promised hours, and one should own all call
""")


@pytest.mark.parametrize(("change", "sentence"), WARNED, ids=names(WARNED))
def test_what_they_overrun_is_told(change: dict[str, Any], sentence: str) -> None:
    data = agency(**change)
    found = [f"{friendly(one.path, data)}: {one.message}" for one in warnings(Scenario.model_validate(data))]
    assert sentence in [one for one in found if one.startswith("bookings")]
    assert len([one for one in found if one.startswith("bookings")]) == 1


def test_what_fits_gives_no_warning() -> None:
    rows = [
        {"task": "brief", "staff": "omid", "week": 2, "hours": 8},
        {"task": "call", "staff": "omid", "week": 3, "hours": 1},
    ]
    assert warnings(Scenario.model_validate(agency(bookings=rows))) == []


def test_nearly_a_step_more_comes_of_the_grid() -> None:
    rows = [{"task": "brief", "staff": "sara", "week": 2, "hours": 10.25}]
    data = agency(bookings=rows, tasks=[{"id": "brief", "hours": 8.1}])  # 8.1 ÷ 0.8 = 10.125
    assert warnings(Scenario.model_validate(data)) == []


def test_a_booking_by_date_is_of_the_occurrence_whose_weeks_hold_it() -> None:
    rows = [{"task": "call", "staff": "omid", "date": "2026-01-14", "hours": 0.5}]
    expanded = Scenario.model_validate(agency(bookings=rows)).expanded
    assert list(expanded.promises.hours) == [("call@2", "omid", 2)]
    assert float(expanded.jobs["call@2"].effort) == 0.5
