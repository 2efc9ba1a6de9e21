"""Which task is which of an earlier plan: by id, and occurrences by their date."""

from __future__ import annotations

import datetime as dt
from typing import Any

from plan.worlds import omid, scenario, task
from staffing.plan.matching import matched
from staffing.scenario.expand import Expanded

BEGAN = dt.date(2026, 1, 5)


def world(start: str = "2026-01-05", **repeat: Any) -> Expanded:
    tasks = [task("call", hours=2, repeat={"every": 1, **repeat}), task("plan")]
    return scenario(tasks=tasks, staff=[omid()], start=start, weeks=8).expanded


def test_the_same_start_the_same_ids() -> None:
    assert matched(["plan", "call@1", "call@8"], BEGAN, world()) == {
        "plan": "plan",
        "call@1": "call@1",
        "call@8": "call@8",
    }


def test_a_start_four_weeks_later_moves_the_numbers() -> None:
    """Week 5 of before begins on 2 February, as week 1 does now; week 1 of before is four weeks before that."""
    assert matched(["call@5", "call@1"], BEGAN, world("2026-02-02")) == {"call@5": "call@1", "call@1": "call@-3"}


def test_an_occurrence_of_another_date_is_never_taken_for_one_of_the_same_number() -> None:
    found = matched(["call@1"], BEGAN, world("2026-02-02"))
    assert found["call@1"] not in world("2026-02-02").jobs


def test_a_start_on_another_weekday_matches_the_week_that_holds_the_day() -> None:
    """From Saturday, 3 January: Monday the 12th lies in week 2, which begins on the 10th."""
    assert matched(["call@2"], BEGAN, world("2026-01-03")) == {"call@2": "call@2"}


def test_a_month_that_is_cut_at_the_start_is_the_same_month() -> None:
    """January began in week 1 of before; from the 19th on its occurrence begins in week 1 of now."""
    assert matched(["call@1", "call@5"], BEGAN, world("2026-01-19", every="month")) == {
        "call@1": "call@1",
        "call@5": "call@3",
    }


def test_what_is_no_occurrence_is_left_as_it_is() -> None:
    assert matched(["a@b", "call@", "@1"], BEGAN, world()) == {"a@b": "a@b", "call@": "call@", "@1": "@1"}
