"""What a re-plan changed, as ``show`` and ``solve`` tell it."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from staffing.console.changes import price_of_calm
from staffing.console.page import Page
from staffing.console.summary import summary
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Change, GoalResult

from .conftest import Command

MONDAY = dt.date(2026, 1, 5)


def day(week: int) -> dt.date:
    return MONDAY + dt.timedelta(weeks=week - 1)


def moved(task: str, was: int, now: int) -> Change:
    weeks = day(was), day(was), day(now), day(now)
    return Change(task, "delivered", "delivered", ("omid",), ("sara",), *weeks, "away", "omid")


WAITS = Change("idea", "delivered", "waiting", ("old",), (), day(1), day(2), None, None, "left", "old")
ROOM = Change("plan", "waiting", "late", (), ("sara",), None, None, day(1), day(2), "makes_room", "talk@1")


def replanned(plan: Plan, *changes: Change) -> Plan:
    assert plan.context is not None
    counted = len(changes)
    goals = (*plan.goals, GoalResult("changes", counted, counted, 0, counted, False))
    return replace(plan, baseline=Baseline("0" * 64, ()), goals=goals, context=replace(plan.context, changes=changes))


def shown(plan: Plan, tmp_path: Path, command: Command, *options: str) -> str:
    plan.save(tmp_path / "again.json")
    done = command("show", tmp_path / "again.json", "--table", "changes", *options)
    assert done.exit_code == 0
    return done.stdout


def test_each_task_says_from_whom_and_when_to_whom_and_when_and_why(
    plan: Plan, tmp_path: Path, staffing_command: Command
) -> None:
    text = shown(replanned(plan, ROOM, moved("talk@1", 1, 3), WAITS), tmp_path, staffing_command)
    rows = [" ".join(line.replace("\u2068", "").replace("\u2069", "").split()) for line in text.splitlines()]
    assert rows[0] == "What changed: 3 tasks"
    assert rows[3:] == [
        "plan Account plan waiting 1-2 سارا makes room for Talk",
        "talk@1 Talk 1 Omid 3 سارا Omid is away",
        "idea An idea 1-2 old waiting old is no longer there",
    ]


def test_as_csv_and_json(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    again = replanned(plan, moved("talk@1", 1, 3), WAITS)
    first, second = csv.DictReader(io.StringIO(shown(again, tmp_path, staffing_command, "--format", "csv")))
    assert (first["task"], first["was_first_day"], first["last_day"], first["why"]) == (
        "talk@1",
        "2026-01-05",
        "2026-01-19",
        "away",
    )
    assert (second["owners"], second["first_day"]) == ("", "")
    (one, _) = json.loads(shown(again, tmp_path, staffing_command, "--format", "json"))["changes"]
    assert (one["owners"], one["first_day"], one["about"]) == (["sara"], "2026-01-19", "omid")


@pytest.mark.parametrize(
    ("value", "baseline", "expected"),
    [
        (0, True, "What changed: 0 tasks.\n"),
        (0, False, "What changed: nothing to compare with, for the plan has no baseline.\n"),
        (3, True, "What changed: the plan file does not say; solve it again to know.\n"),
    ],
)
def test_nothing_to_show(
    plan: Plan, tmp_path: Path, staffing_command: Command, value: int, baseline: bool, expected: str
) -> None:
    goals = (GoalResult("changes", value, value, 0, value, False),)
    known = Baseline("0" * 64, ()) if baseline else None
    assert shown(replace(plan, goals=goals, baseline=known), tmp_path, staffing_command) == expected


def text_of(plan: Plan) -> str:
    return "\n".join(str(part) for part in summary(plan, Page()))


def test_occurrences_that_fare_alike_share_a_row_in_the_summary(plan: Plan) -> None:
    changes = [moved(f"talk@{week}", week, week + 1) for week in (1, 2)] + [moved("talk@3", 3, 3)]
    (table,) = [part for part in summary(replanned(plan, *changes), Page()) if "What changed" in str(part)]
    assert not isinstance(table, str)
    assert table.title == "What changed: 3 tasks"
    assert [row[0:3] + row[4:5] for row in table.rows] == [
        ("talk", "Talk", "1-2 (2×)", "2-3 (2×)"),
        ("talk@3", "talk@3", "3", "3"),
    ]


def test_a_long_list_is_cut_and_says_where_the_rest_is(plan: Plan) -> None:
    changes = [moved(f"t{number}", 1, number % 3 + 1) for number in range(17)]
    (table,) = [part for part in summary(replanned(plan, *changes), Page()) if "What changed" in str(part)]
    assert not isinstance(table, str)
    assert len(table.rows) == 15
    assert table.note == "and 2 more rows: staffing show PLAN --table changes"


def told(plan: Plan, goals: Sequence[GoalResult], first: int | None) -> list[str]:
    solver = {} if first is None else {"changes_at_first": first}
    return price_of_calm(replace(replanned(plan), goals=tuple(goals), solver=solver))


def test_the_summary_says_what_was_given_up_for_calm(plan: Plan) -> None:
    value, changes = GoalResult("value", 997, 1000, 1000, 995, True), GoalResult("changes", 11, 11, 8, 11, False)
    assert told(plan, [value, changes], 25) == [
        "Against the baseline: 11 changes; 0.3% of value (3 of 1,000) was given up for it, "
        "where the plan of the best value has 25."
    ]
    assert told(plan, [value, changes], None) == [
        "Against the baseline: 11 changes; 0.3% of value (3 of 1,000) was given up for it."
    ]
    free = GoalResult("value", 1000, 1000, 1000, 995, True)
    assert told(plan, [free, changes], 25) == ["Against the baseline: 11 changes instead of 25 at no loss."]
    assert told(plan, [free, replace(changes, value=1)], None) == ["Against the baseline: 1 change."]
    assert told(plan, [changes, value], 11) == ["Against the baseline: 11 changes."]


def test_a_plan_without_a_baseline_says_nothing_of_it(plan: Plan) -> None:
    assert price_of_calm(plan) == []
    assert "What changed" not in text_of(plan)
