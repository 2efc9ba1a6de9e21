"""What a re-plan keeps of its baseline stands as if it were booked."""

import json
from pathlib import Path

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, hours_of, planned, proven_at, states
from staffing.auditing import audit
from staffing.errors import StaffingError, StaffingWarning
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

TASKS = [task("a", hours=30), task("b", hours=30, client="zeta"), task("w", hours=2, repeat={"every": 1})]
BEFORE = scenario(tasks=TASKS, staff=[omid()])
"""Omid has 40 hours in week 1, and the rest later."""
NOW = scenario(tasks=TASKS, staff=[omid(cost_rate=90), omid(id="kim")], goals=["value", "cost", "changes"])
"""Kim does everything at a third of what Omid costs."""


def promised(plan: Plan) -> dict[tuple[str, str, int], float]:
    assert plan.context is not None
    return {(entry.task, entry.staff, entry.week): entry.hours for entry in plan.context.promised}


def test_without_it_all_moves() -> None:
    plan = planned(NOW, baseline=planned(BEFORE))
    assert {entry.staff for entry in plan.assigned} == {"kim"}
    assert promised(plan) == {}


@pytest.mark.parametrize(
    ("name", "kept"), [("a", {"a"}), ("zeta", {"b"}), ("omid", {"a", "b", "w"}), ("w", {"w"}), ("w@2", {"w@2"})]
)
def test_the_hours_of_a_task_a_client_or_a_person_stay(name: str, kept: set[str]) -> None:
    before = planned(BEFORE)
    plan = planned(NOW, baseline=before, keep=[name])
    stays = {cell: hours for cell, hours in hours_of(before).items() if {cell[0], cell[0].partition("@")[0]} & kept}
    assert promised(plan) == stays
    assert stays.items() <= hours_of(plan).items()
    assert audit(NOW, plan) == []


def test_several_are_kept_together_from_the_first_open_week_on() -> None:
    before = planned(BEFORE)
    plan = planned(NOW, baseline=before, keep=["w", "zeta"], from_week=2)
    assert set(promised(plan)) == {cell for cell in hours_of(before) if cell[2] >= 2 and cell[0] != "a"}
    assert audit(NOW, plan) == []


def test_a_plan_that_keeps_is_read_again(tmp_path: Path) -> None:
    plan = planned(NOW, baseline=planned(BEFORE), keep=["a"])
    plan.save(tmp_path / "plan.json")
    again = Plan.load(tmp_path / "plan.json")
    assert again == plan
    assert audit(NOW, again) == []
    assert proven_at(planned(NOW.replace(goals=["changes", "value"]), baseline=again, keep=["a"]), "changes", 0)


def test_hours_kept_that_the_plan_does_not_tell_of_are_violations(tmp_path: Path) -> None:
    plan = planned(NOW, baseline=planned(BEFORE), keep=["a"])
    document = plan.as_document()
    del document["solver"]["keep"]
    (tmp_path / "plan.json").write_text(json.dumps(document))
    assert "is fixed" in str(audit(NOW, Plan.load(tmp_path / "plan.json"))[0])


def test_what_is_booked_already_is_kept_once() -> None:
    before = planned(BEFORE)
    first = next(cell for cell in hours_of(before) if cell[0] == "a")
    rows = [{"task": "a", "staff": "omid", "week": first[2], "hours": 5}]
    plan = planned(NOW.replace(bookings=rows), baseline=before, keep=["a"])
    assert promised(plan)[first] == hours_of(before)[first]


def test_what_was_worked_in_the_open_week_comes_off() -> None:
    before = planned(scenario(tasks=[task("a", hours=30)], staff=[omid()]))
    assert hours_of(before) == {("a", "omid", 1): 30}
    worked = [{"task": "a", "staff": "omid", "date": "2026-01-06", "hours": 12}]
    now = scenario(tasks=[task("a", hours=30)], staff=[omid(), sara()], as_of="2026-01-07", worked=worked)
    plan = planned(now, baseline=before, keep=["omid"])
    assert promised(plan) == {("a", "omid", 1): 18}
    assert states(plan) == {"a": "delivered"}


def test_what_cannot_be_kept_is_told() -> None:
    before = planned(BEFORE)
    with pytest.raises(StaffingError, match=r'no task, person or client "zeto".*did you mean zeta'):
        solve(NOW, baseline=before, keep=["zeto"], **QUICK)
    with pytest.raises(StaffingError, match="w has no occurrence w@9"):
        solve(NOW, baseline=before, keep=["w@9"], **QUICK)
    with pytest.raises(StaffingError, match="give the baseline, too"):
        solve(NOW, keep=["a"], **QUICK)
    with pytest.warns(StaffingWarning, match="kim has no hours in the baseline"):
        solve(NOW, baseline=before, keep=["kim"], **QUICK)


def test_a_task_that_is_done_keeps_nothing() -> None:
    done = Scenario.model_validate(
        {**NOW.model_dump(by_alias=True, exclude_unset=True), "tasks": [{**TASKS[0], "done": 30}, *TASKS[1:]]}
    )
    with pytest.warns(StaffingWarning, match="a has no hours"):
        assert promised(solve(done, baseline=planned(BEFORE), keep=["a"], **QUICK)) == {}


def test_it_does_not_matter_in_which_order_tasks_were_before() -> None:
    before = planned(BEFORE)
    now = scenario(tasks=TASKS[::-1], staff=[omid(id="kim"), omid(cost_rate=90)], goals=["value", "cost", "changes"])
    plan = planned(now, baseline=before, keep=["omid"])
    assert promised(plan) == hours_of(before)
    assert audit(now, plan) == []
