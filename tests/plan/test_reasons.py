"""The first three reasons why a task waits."""

from typing import Any

import pytest

from plan.worlds import facts, omid, replanned, scenario, task
from staffing.plan.reasons import TRIED_REASONS, plain_reason


def reason(*tasks: dict[str, Any], of: str = "a", **change: Any) -> str | None:
    found = facts(scenario(tasks=tasks, **change), {})
    return plain_reason(found, found.expanded.jobs[of])


@pytest.mark.parametrize(
    "window",
    [
        {"earliest": 3, "deadline": 2},
        {"deadline": "2025-12-31"},
        {"earliest": "2026-02-02"},
    ],
)
def test_no_week_to_do_it_in(window: dict[str, Any]) -> None:
    assert reason(task("a", **window)) == "no_window"


def test_nobody_who_may_do_it() -> None:
    assert reason(task("a", skills=["seo"])) == "no_eligible_staff"
    assert reason(task("a", only=[])) == "no_eligible_staff"


def test_a_placeholder_is_somebody() -> None:
    assert reason(task("a", skills=["seo"]), staff=[omid(placeholder=True, skills=["seo"])]) is None


def test_a_predecessor_waits() -> None:
    tasks = [task("a"), task("b", after=["a"])]
    assert reason(*tasks, of="b") == "after_waiting"
    found = facts(scenario(tasks=tasks), {("a", "omid", 1): 10})
    assert plain_reason(found, found.expanded.jobs["b"]) is None
    assert reason(task("a", done=10), task("b", after=["a"]), of="b") is None


def test_the_first_that_holds_is_told() -> None:
    tasks = [task("a"), task("b", after=["a"], only=[])]
    assert reason(*tasks, of="b") == "no_eligible_staff"


def test_none_of_them() -> None:
    assert reason(task("a", hours=1000)) is None


def test_a_replan_may_begin_after_the_deadline() -> None:
    found = facts(replanned(scenario(tasks=[task("a", deadline=1)]), {}, from_week=2), {})
    assert plain_reason(found, found.expanded.jobs["a"]) == "no_window"


def test_the_words() -> None:
    assert TRIED_REASONS == ("capacity", "budget", "limits")
