"""``plan.ics``, read back by another reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from staffing.errors import InputError, OutputError
from staffing.exports.calendar import as_calendar, find_person, write_calendar
from staffing.plan.plan import Plan

from .conftest import hours
from .hostile import HOSTILE, named


def events(plan: Plan, person: str | None = None) -> list[Any]:
    return list(Calendar.from_ical(as_calendar(plan, person)).walk("VEVENT"))


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
    assert uids(replace(plan, scenario="Other"))[0] not in uids(plan)


def test_hours_told_in_parts_are_one_event(plan: Plan) -> None:
    told = replace(
        plan, assigned=(hours("plan", "strategic", "sara", 1, 2.0), hours("plan", "strategic", "sara", 1, 3.0))
    )
    assert [str(event["SUMMARY"]) for event in events(told, "sara")] == ["5 h Account plan (Nova Water)"]


def test_a_later_re_plan_takes_the_place_of_an_earlier_one(plan: Plan) -> None:
    first = replace(plan, assigned=tuple(replace(entry, fixed=False) for entry in plan.assigned))
    before, after = events(first)[0], events(plan)[0]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)  # week 1 is history
    assert before["DTSTAMP"].dt < after["DTSTAMP"].dt
    assert before["UID"] == after["UID"]


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert as_calendar(plan) == as_calendar(replace(plan))


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
    write_calendar(plan, tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").read_bytes() == as_calendar(plan)
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
