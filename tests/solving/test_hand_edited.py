"""Plans edited by hand serve as baselines: whatever was edited, the plan is valid, or the error names the record."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from random import Random
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.edits import edited
from staffing.auditing import audit
from staffing.errors import PlanError, StaffingWarning
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

Known = tuple[Scenario, list[dict[str, Any]]]
QUICK: dict[str, Any] = {"time_limit": 0.3, "workers": 1}
TASKS = [
    task("a", hours=12.3, weekly_max=6, must=True),
    task("b", hours=50, max_owners=2, due=1, client="zeta"),
    task("c", kind="strategic", hours=4, after=[{"task": "a", "lag": 1}]),
    task("d", hours=6, estimates={"omid": {"hours": 7, "price": 300}}),
    task("r", hours=2.5, repeat={"every": 1}),
]
WORLD = scenario(
    weeks=3,
    tasks=TASKS,
    staff=[sara(), omid(overtime=4), omid(id="pm", placeholder={"count": 2}, hire_cost=5)],
    clients=[{"id": "nova", "budget": {"amount": 4000, "per": "month"}}, {"id": "zeta"}],
)
BY_COST = WORLD.replace(
    staff=[sara(max_clients=1, limits={"strategic": 3}), omid(), omid(id="pm", pay="salary", placeholder={"count": 2})],
    clients=[{"id": "nova", "single_owner": True, "budget": 2000}, {"id": "zeta"}],
    budget_basis="cost",
    switching=0.5,
    step=0.5,
    goals=["must", "changes", "value", "balance", "overtime", "cost", "contacts"],
)


@pytest.fixture(scope="module", params=[WORLD, BY_COST], ids=["by bill", "by cost"])
def known(request: pytest.FixtureRequest) -> Known:
    """A scenario, and the files of a plan of it and of a re-plan."""
    world: Scenario = request.param
    first = solve(world, **QUICK)
    again = solve(world, baseline=first, from_week=2, **QUICK)
    return world, [first.as_document(), again.as_document()]


def test_plans_as_they_were_written_give_no_warning(known: Known, tmp_path: Path) -> None:
    """Warnings are errors here."""
    world, documents = known
    for document in documents:
        (tmp_path / "plan.json").write_text(json.dumps(document))
        assert audit(world, solve(world, baseline=Plan.load(tmp_path / "plan.json"), from_week=3, **QUICK)) == []


@pytest.mark.parametrize("seed", range(12))
def test_whatever_was_edited_the_plan_is_valid_or_the_record_is_named(known: Known, seed: int, tmp_path: Path) -> None:
    world, documents = known
    chance = Random(seed)
    for _ in range(2):
        (tmp_path / "plan.json").write_text(json.dumps(edited(chance.choice(documents), chance)))
        found = replanned(world, tmp_path / "plan.json", chance.choice((None, 1, 2, 3)))
        if isinstance(found, Plan):
            assert audit(world, found) == []
        else:
            assert all(mistake.path or "no baseline" in mistake.message for mistake in found.errors)


def replanned(world: Scenario, path: Path, from_week: int | None) -> Plan | PlanError:
    """Audit a plan file, whatever it says, and plan again with it as the baseline."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", StaffingWarning)
        try:
            before = Plan.load(path)
            audit(world, before)
            return solve(world, baseline=before, from_week=from_week, **QUICK)
        except PlanError as error:
            return error
