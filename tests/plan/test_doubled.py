"""What was worked counts once: as history of a baseline, or as done and spent of the scenario."""

from __future__ import annotations

from typing import Any

import pytest

from plan.worlds import facts, omid, plan, scenario, task
from staffing.errors import PlanError
from staffing.plan.earlier import read_earlier
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario


def world(done: int = 0, spent: int = 0, of_project: int = 0) -> Scenario:
    """Twenty hours for nova's site at 80 an hour; budgets of nova and of the site."""
    return scenario(
        clients=[{"id": "nova", "budget": {"amount": 5000, "per": "month", "spent": spent}}],
        projects=[{"id": "site", "client": "nova", "budget": {"amount": 3000, "spent": of_project}}],
        tasks=[task("a", client=None, project="site", hours=20, done=done), task("b", billable=False)],
        staff=[omid()],
    )


def made(before: Scenario) -> Plan:
    return plan(facts(before, {("a", "omid", 1): 8, ("a", "omid", 2): 12, ("b", "omid", 3): 10}))


def said(before: Scenario, now: Scenario, from_week: int | None = 2) -> list[str]:
    try:
        read_earlier(made(before), now.expanded, from_week)
    except PlanError as error:
        return [mistake.message.split(":")[0] for mistake in error.errors]
    return []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"done": 8},
            "done of a is 8 now and was 0 when this plan was made, and its hours of weeks that are over count as well",
        ),
        (
            {"spent": 640},
            "spent of client nova is 640 now and was 0 when this plan was made, and what its weeks that are over "
            "burned counts as well",
        ),
        (
            {"of_project": 640},
            "spent of project site is 640 now and was 0 when this plan was made, and what its weeks that are over "
            "burned counts as well",
        ),
    ],
)
def test_hours_that_would_count_twice_are_refused(change: dict[str, Any], sentence: str) -> None:
    assert said(world(), world(**change)) == [sentence]


def test_all_of_them_are_told_at_once() -> None:
    assert len(said(world(), world(done=8, spent=640, of_project=640))) == 3


@pytest.mark.parametrize("from_week", [None, 1])
def test_where_nothing_is_history_nothing_counts_twice(from_week: int | None) -> None:
    assert said(world(), world(done=8, spent=640), from_week) == []


@pytest.mark.parametrize("spent", [50, 100])
def test_what_was_spent_when_the_plan_was_made_is_no_news(spent: int) -> None:
    assert said(world(spent=100), world(spent=spent)) == []


def test_a_task_without_history_may_be_done_meanwhile() -> None:
    """All of b lies in week 3, which is not over."""
    now = world().patch({"tasks": [{"id": "b", "done": 4}]})
    assert said(world(), now) == []
