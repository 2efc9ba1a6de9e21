"""What was worked stands in the plan as fixed hours: the audit holds them against the scenario."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from staffing.auditing import audit
from staffing.plan.plan import Plan

WORLD = scenario(
    as_of="2026-01-14",
    worked=[
        {"task": "a", "staff": "omid", "date": "2026-01-06", "hours": 4.1},
        {"task": "a", "staff": "omid", "date": "2026-01-13", "hours": 2},
        {"task": "b", "staff": "sara", "week": 1, "hours": 3},
        {"task": "b", "staff": "sara", "date": "2025-12-30", "hours": 1},
    ],
    tasks=[task("a", hours=20), task("b", cancelled=True)],
    clients=[{"id": "nova", "budget": {"amount": 5000, "per": "month"}}, {"id": "zeta"}],
    staff=[omid(), {"id": "sara", "role": "account_manager", "cost_rate": 40, "bill_rate": 100}],
)
"""Of a, 13.9 of 20 hours are left: 14 on the grid. Omid has 24 hours in week 2."""
CELLS = {("a", "omid", 2): 14}


def told() -> dict[str, Any]:
    return plan(facts(WORLD, CELLS)).as_document()


def found(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> list[str]:
    document = told()
    change(document)
    (tmp_path / "plan.json").write_text(json.dumps(document))
    return [str(violation) for violation in audit(WORLD, Plan.load(tmp_path / "plan.json"))]


def test_what_was_worked_is_fixed_and_all_of_it_counts(tmp_path: Path) -> None:
    assert found(tmp_path, lambda plan: None) == []
    fixed = [(row["task"], row["staff"], row["week"], row["hours"]) for row in told()["allocations"] if row["fixed"]]
    assert fixed == [("a", "omid", 1, 4.1), ("a", "omid", 2, 2.0), ("b", "sara", 1, 3.0)]
    results = {row["task"]: row for row in told()["tasks"]}
    assert (results["a"]["state"], results["a"]["first_week"], results["a"]["hours"]) == ("delivered", 1, 20.1)
    assert (results["b"]["state"], results["b"]["owners"], results["b"]["hours"]) == ("done", [], 3.0)
    burn = {row["period"]: row["burn"] for row in told()["metrics"]["budgets"]}
    assert burn == {"2026-01": 20.1 * 80 + 300}  # the hour of December burns December's money
    assert told()["metrics"]["cost"] == 20.1 * 30 + 120
    assert told()["context"]["as_of"] == "2026-01-14"
    assert told()["baseline"] is None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda rows: rows[0].update(hours=5.1),
            "There are 5.1 fixed hours of omid on a in week 1, where 4.1 were worked.",
        ),
        (
            lambda rows: rows.pop(0),
            "There are 0 fixed hours of omid on a in week 1, where 4.1 were worked.",
        ),
        (
            lambda rows: rows[0].update(fixed=False),
            "There are 0 fixed hours of omid on a in week 1, where 4.1 were worked.",
        ),
        (
            lambda rows: rows[2].update(fixed=True),
            "There are 16 fixed hours of omid on a in week 2, where 2 were worked.",
        ),
        (
            lambda rows: rows.append({**rows[0], "staff": "sara", "fixed": True}),
            "There are 4.1 fixed hours of sara on a in week 1, where 0 were worked.",
        ),
        (
            lambda rows: rows.append(rows[0]),
            "The allocation of a to omid in week 1 stands twice.",
        ),
    ],
)
def test_fixed_hours_that_were_not_worked_are_found(
    change: Callable[[list[dict[str, Any]]], object], sentence: str, tmp_path: Path
) -> None:
    sentences = found(tmp_path, lambda plan: change(plan["allocations"]))
    assert any(sentence in one for one in sentences), sentences


def test_new_hours_of_days_that_are_over_are_found(tmp_path: Path) -> None:
    (violation, *_) = found(tmp_path, lambda plan: plan["allocations"][2].update(week=1, week_start="2026-01-05"))
    assert "a has hours in week 1, outside its weeks 2 to 4" in violation


def test_of_a_week_that_has_begun_its_days_that_are_over_are_no_room() -> None:
    """Three days, 24 hours, are left of week 2; the 2 hours of Tuesday lie in the other two."""
    longer = WORLD.patch({"tasks": [{"id": "a", "hours": 30.1}]})
    too_long = WORLD.patch({"tasks": [{"id": "a", "hours": 30.35}]})
    fits, broken = facts(longer, {("a", "omid", 2): 24}), facts(too_long, {("a", "omid", 2): 24.25})
    assert audit(longer, plan(fits)) == []
    assert any("where capacity is 24" in str(one) for one in audit(too_long, plan(broken)))
