"""What a re-plan changed, on the page."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from report.plans import persian, small
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Change
from staffing.report.changes import MOST_OPEN, changed
from staffing.report.names import Told
from staffing.report.page import page


def replanned(plan: Plan, *changes: Change) -> Plan:
    assert plan.context is not None
    return replace(plan, baseline=Baseline("0" * 64, ()), context=replace(plan.context, changes=changes))


def moved(task: str, plan: Plan, was: int, now: int) -> Change:
    days = [plan.start + dt.timedelta(weeks=week - 1) for week in (was, was, now, now)]
    first, other = ("sara",), ("omid",)
    return Change(task, "delivered", "delivered", first, other, days[0], days[1], days[2], days[3], "away", "sara")


def text(row: tuple[object, ...]) -> list[str]:
    return [str(part).replace("<bdi>", "").replace("</bdi>", "") for part in row]


def test_occurrences_that_fare_alike_share_a_row() -> None:
    plan = small()
    again = replanned(plan, moved("x@1", plan, 1, 2), moved("x@2", plan, 2, 3), moved("y", plan, 1, 1))
    rows = changed(Told.of(again))
    assert [row.times for row in rows] == [2, 1]
    assert text((rows[0].before_weeks, rows[0].now_weeks, rows[1].now_weeks)) == [
        "weeks 1 to 2",
        "weeks 2 to 3",
        "Week 1",
    ]


def test_what_waits_now_and_why() -> None:
    plan = small()
    gone = Change("y", "delivered", "waiting", ("old",), (), plan.start, plan.start, None, None, "capacity", None)
    (row,) = changed(Told.of(replanned(plan, gone)))
    assert text((row.before, row.now, row.now_weeks, row.why)) == [
        "old",
        "waits",
        "",
        "the people who may do it lack the hours, even for it alone",
    ]


def test_the_page_has_a_section_only_where_something_changed() -> None:
    plan = small()
    assert 'id="changed"' not in page([plan])
    assert 'id="changed"' in page([replanned(plan, moved("y", plan, 1, 2))])


def test_a_long_list_is_folded() -> None:
    plan = small()
    many = [moved(f"t{number}", plan, 1, 2) for number in range(MOST_OPEN + 1)]
    section = page([replanned(plan, *many)]).partition('id="changed"')[2].partition("</section>")[0]
    assert "<details><summary>21 tasks</summary>" in section


def test_it_is_told_in_persian_as_well() -> None:
    plan = persian()
    assert "آنچه عوض شد" in page([replanned(plan, moved("y", plan, 1, 2))])
