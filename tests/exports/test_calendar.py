"""``plan.ics``, read back by another reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from plan.small import MONDAY, hours

from staffing.errors import InputError, OutputError
from staffing.exports.calendar import as_calendar, find_person, write_calendar
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, BaselineTask, Promise

from .hostile import HOSTILE, named

NOW = dt.datetime(2026, 1, 9, 16, 30, 15, 250_000, tzinfo=dt.UTC)


def events(plan: Plan, person: str | None = None, now: dt.datetime | None = NOW) -> list[Any]:
    return list(Calendar.from_ical(as_calendar(plan, person, now)).walk("VEVENT"))


def week(number: int) -> dt.date:
    """First day of a week."""
    return MONDAY + dt.timedelta(weeks=number - 1)


def after(plan: Plan, *tasks: tuple[str, tuple[str, ...], int | None, int | None]) -> Plan:
    """The plan as one that came after another, of which these tasks, owners, first and last weeks are known."""
    records = (
        BaselineTask(
            task,
            "delivered" if owners else "waiting",
            owners,
            week(first) if first else None,
            week(last) if last else None,
        )
        for task, owners, first, last in tasks
    )
    return replace(plan, baseline=Baseline("1" * 64, tuple(records)))


def cancelled(plan: Plan, person: str | None = None) -> list[tuple[str, dt.date]]:
    """UIDs and weeks of the events that are cancelled."""
    found = [event for event in events(plan, person) if event["STATUS"] == "CANCELLED"]
    return [(str(event["UID"]), event["DTSTART"].dt) for event in found]


def uids(plan: Plan) -> list[str]:
    return [str(event["UID"]) for event in events(plan)]


def test_an_allocation_is_an_event_as_long_as_its_week(plan: Plan) -> None:
    event = events(plan, "sara")[1]
    assert event["SUMMARY"] == "4 h Account plan (Nova Water)"
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (dt.date(2026, 1, 12), dt.date(2026, 1, 19))
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["TRANSP"] == "TRANSPARENT"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "سارا: 4 hours in week 2",
        "task: Account plan (plan), strategic",
        "client: Nova Water",
        "state: late, 1 week after it was due",
        "owner: سارا",
    ]


def test_history_is_told(plan: Plan) -> None:
    assert str(events(plan, "sara")[0]["DESCRIPTION"]).endswith("worked before the re-plan")


def test_everybodys_calendar_names_people(plan: Plan) -> None:
    assert [str(event["SUMMARY"]) for event in events(plan)] == [
        "سارا: 8 h Account plan (Nova Water)",
        "سارا: 4 h Account plan (Nova Water)",
        "Omid: 2 h Talk (Nova Water)",
        "Omid: 42.5 h Talk (Nova Water)",
    ]


def test_uids_are_unique_and_the_same_in_both_calendars(plan: Plan) -> None:
    assert len(set(uids(plan))) == len(plan.assigned)
    assert [str(event["UID"]) for event in events(plan, "omid")] == uids(plan)[2:]


def test_an_allocation_of_other_hours_in_a_changed_scenario_keeps_its_uid(plan: Plan) -> None:
    changed = replace(
        plan, fingerprint="1" * 64, assigned=tuple(replace(entry, hours=1.0, fixed=False) for entry in plan.assigned)
    )
    assert uids(changed) == uids(plan)


@pytest.mark.parametrize("change", [{"task": "other"}, {"staff": "other"}, {"week_start": dt.date(2026, 3, 2)}])
def test_another_task_person_or_week_has_another_uid(change: dict[str, Any], plan: Plan) -> None:
    moved = replace(plan, assigned=(replace(plan.assigned[0], **change),))
    assert uids(moved)[0] not in uids(plan)


def test_a_what_if_of_another_name_is_about_the_same_weeks(plan: Plan) -> None:
    assert uids(replace(plan, scenario="Other")) == uids(plan)


def test_hours_told_in_parts_are_one_event(plan: Plan) -> None:
    told = replace(
        plan, assigned=(hours("plan", "strategic", "sara", 1, 2.0), hours("plan", "strategic", "sara", 1, 3.0))
    )
    assert [str(event["SUMMARY"]) for event in events(told, "sara")] == ["5 h Account plan (Nova Water)"]


def test_whatever_is_written_later_takes_the_place_of_what_was_written_before(plan: Plan) -> None:
    changed = replace(plan, assigned=tuple(replace(entry, hours=1.0) for entry in plan.assigned))
    first, second = events(plan), events(changed, now=NOW + dt.timedelta(seconds=1))
    for before, later in zip(first, second, strict=True):
        assert before["UID"] == later["UID"]
        assert before["SEQUENCE"] < later["SEQUENCE"] < 2**31
        assert before["DTSTAMP"].dt < later["DTSTAMP"].dt


def test_an_event_tells_when_it_was_written(plan: Plan) -> None:
    event = events(plan)[0]
    assert event["DTSTAMP"].dt == dt.datetime(2026, 1, 9, 16, 30, 15, tzinfo=dt.UTC)
    elsewhere = NOW.astimezone(dt.timezone(dt.timedelta(hours=3, minutes=30)))
    assert as_calendar(plan, now=elsewhere) == as_calendar(plan, now=NOW)


def test_the_moment_of_writing_is_the_present_by_default(plan: Plan) -> None:
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    event = events(plan, now=None)[0]
    assert before <= event["DTSTAMP"].dt <= dt.datetime.now(dt.UTC)


def test_a_clock_of_long_ago_is_no_reason_for_a_wrong_calendar(plan: Plan) -> None:
    assert events(plan, now=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))[0]["SEQUENCE"] == 0


def test_the_same_plan_at_the_same_moment_gives_the_same_bytes(plan: Plan) -> None:
    assert as_calendar(plan, now=NOW) == as_calendar(replace(plan), now=NOW)


def test_what_the_baseline_had_and_the_plan_has_not_is_cancelled(plan: Plan) -> None:
    before = replace(plan, assigned=(hours("talk@2", "tactical", "sara", 2, 2.0),))
    assert cancelled(after(plan, ("talk@2", ("sara",), 2, 2))) == [(uids(before)[0], week(2))]


def test_a_plan_that_begins_later_knows_its_occurrences_again(plan: Plan) -> None:
    """Week 2 of before is week 1 of a plan that begins a week later, and talk@2 is talk@1."""
    assert plan.context is not None
    one = hours("talk@2", "tactical", "omid", 2, 2.0)
    later = replace(plan.context, start=plan.context.start + dt.timedelta(weeks=1))
    moved = replace(plan, assigned=(replace(one, task="talk@1", week=1),), context=later)
    assert uids(moved) == uids(replace(plan, assigned=(one,)))


def test_every_week_of_every_owner_that_is_left_may_have_been_there(plan: Plan) -> None:
    then = after(plan, ("plan", ("sara", "omid"), 1, 3), ("idea", (), None, None), ("gone", ("omid",), 2, 2))
    # sara still has weeks 1 and 2 of the plan, and the idea waited then, too
    assert [day for _, day in cancelled(then)] == [week(3), week(1), week(2), week(3), week(2)]
    assert len({uid for uid, _ in cancelled(then)}) == 5
    assert not {uid for uid, _ in cancelled(then)} & set(uids(plan))


def test_a_cancelled_event_is_told_in_words_as_well(plan: Plan) -> None:
    then = after(plan, ("talk@2", ("sara",), 2, 2))
    assert str(events(then)[-1]["SUMMARY"]) == "cancelled: سارا: Talk"
    assert str(events(then, "sara")[-1]["SUMMARY"]) == "cancelled: Talk"
    assert {event["STATUS"] for event in events(then)[:-1]} == {"CONFIRMED"}


def test_people_are_told_of_their_own_cancellations_alone(plan: Plan) -> None:
    then = after(plan, ("talk@2", ("sara", "left"), 2, 2))
    assert [len(cancelled(then, person)) for person in ("sara", "omid", "left")] == [1, 0, 1]
    assert find_person(then, "left") == "left"


def test_a_baseline_that_names_a_task_twice_or_years_of_it_cancels_no_more_than_a_plan_can_hold(plan: Plan) -> None:
    long = BaselineTask("old", "delivered", ("omid", "omid"), dt.date(1900, 1, 1), dt.date(9999, 12, 31))
    assert len(cancelled(replace(plan, baseline=Baseline("1" * 64, (long, long))))) == 156
    backward = BaselineTask("old", "delivered", ("omid",), week(2), week(1))
    assert cancelled(replace(plan, baseline=Baseline("1" * 64, (backward,)))) == []


def test_a_calendar_is_valid(plan: Plan) -> None:
    then = after(plan, ("talk@2", ("sara",), 2, 2))
    calendar = Calendar.from_ical(as_calendar(then, now=NOW))
    assert (calendar["VERSION"], calendar["METHOD"], calendar.errors) == ("2.0", "PUBLISH", [])
    found = events(then)
    for event in found:
        assert event.errors == []
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS"} <= set(event)
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(weeks=1)
    assert len({str(event["UID"]) for event in found}) == len(found)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_escaped_and_lines_folded(name: str, plan: Plan) -> None:
    data = as_calendar(named(plan, name))
    assert max(map(len, data.split(b"\r\n"))) <= 75  # octets
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert len(events(named(plan, name))) == len(plan.assigned)
    assert b"\r\nSUMMARY:forged" not in data


def test_a_plan_without_context_and_an_empty_one_are_calendars(plan: Plan) -> None:
    assert events(replace(plan, context=None))[0]["SUMMARY"] == "sara: 8 h plan (nova)"
    assert events(replace(plan, assigned=(), context=None)) == []


def test_a_calendar_is_written_whole_or_not_at_all(plan: Plan, tmp_path: Path) -> None:
    write_calendar(plan, tmp_path / "plan.ics", NOW)
    assert (tmp_path / "plan.ics").read_bytes() == as_calendar(plan, now=NOW)
    with pytest.raises(OutputError):
        write_calendar(plan, tmp_path / "nowhere" / "plan.ics")


@pytest.mark.parametrize("asked", ["omid", "Omid", "OMID"])
def test_a_person_is_found_by_id_or_name(asked: str, plan: Plan) -> None:
    assert find_person(plan, asked) == "omid"
    assert find_person(plan, "سارا") == "sara"


def test_nobody_of_that_name_is_one_sentence_with_the_nearest(plan: Plan) -> None:
    with pytest.raises(InputError, match=r'^the plan has nobody of the id or name "sarah"; did you mean sara\?$'):
        find_person(plan, "sarah")


def test_a_name_of_several_people_asks_for_an_id(plan: Plan) -> None:
    with pytest.raises(InputError, match="several people: ask for one of sara, omid"):
        find_person(named(plan, "Twin"), "twin")


def test_promised_hours_are_told(plan: Plan) -> None:
    assert plan.context is not None
    promised = replace(plan, context=replace(plan.context, promised=(Promise("plan", "sara", 1, 8.0),)))
    assert str(events(promised, "sara")[0]["DESCRIPTION"]).endswith("\npromised")
