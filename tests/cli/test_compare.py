"""``staffing compare``."""

from __future__ import annotations

import csv
import io
import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from staffing.plan.plan import Plan
from staffing.plan.records import TaskResult

from .conftest import Command


@pytest.fixture
def better_file(plan: Plan, tmp_path: Path) -> Path:
    """The same plan with its waiting task delivered, at a cost."""
    delivered = TaskResult("idea", "delivered", ("omid",), 3, 3, 0, 8.0, 16, None)
    metrics = plan.metrics | {"waiting_tasks": 0, "delivered_tasks": 4, "cost": 2255.5}
    replace(plan, scenario="=Better", results=(*plan.results[:-1], delivered), metrics=metrics).save(
        tmp_path / "better.json"
    )
    return tmp_path / "better.json"


def test_plans_stand_side_by_side(plan_file: Path, better_file: Path, staffing_command: Command) -> None:
    done = staffing_command("compare", plan_file, better_file)
    assert done.exit_code == 0
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["cost", "2,015.5", "2,255.5", "+240"] in rows
    assert ["waiting", "tasks", "1", "0", "-1"] in rows
    assert ["Nova", "Water", "An", "idea", "waiting", "delivered:", "Omid"] in rows


def test_by_client_and_by_person_with_differences(staffing_command: Command, tmp_path: Path) -> None:
    from plan.worlds import facts, omid, sara, scenario, task
    from plan.worlds import plan as planned

    world = scenario(
        staff=[sara(name="Sara"), omid(name="Omid")],
        clients=[{"id": "nova", "name": "Nova"}],
        tasks=[task("a", hours=8)],
    )
    planned(facts(world, {("a", "sara", 1): 10})).save(tmp_path / "one.json")
    replace(planned(facts(world, {("a", "omid", 1): 8})), scenario="other").save(tmp_path / "two.json")
    done = staffing_command("compare", tmp_path / "one.json", tmp_path / "two.json")
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["Nova", "8", "(-2)", "240", "(-160)", "400", "(-200)", "1", "(=)", "1"] in rows
    assert ["Sara", "0", "(-10)", "0%", "(-6", "pt)", "0", "(-400)", "1"] in rows
    assert ["Omid", "8", "(+8)", "5%", "(+5", "pt)", "240", "(+240)", "1"] in rows
    assert "By client: other, in brackets the difference to tiny" in done.stdout
    assert "Moved are tasks that differ from the first plan" in done.stdout
    found = json.loads(staffing_command("compare", tmp_path / "one.json", "--format", "json").stdout)
    assert list(found) == ["measures", "clients", "people", "tasks"]
    assert {"client": "nova", "measure": "margin", "tiny": 600} in found["clients"]
    assert {"staff": "sara", "measure": "cost", "tiny": 400} in found["people"]
    text = staffing_command("compare", tmp_path / "one.json", "--format", "csv").stdout
    assert {"what": "client", "name": "nova margin", "tiny": "600"} in list(csv.DictReader(io.StringIO(text)))
    alone = staffing_command("compare", tmp_path / "one.json").stdout
    assert ["Nova", "10", "400", "600", "1"] in [line.split() for line in alone.splitlines()]


def test_csv_is_one_table_that_holds_no_formula(plan_file: Path, better_file: Path, staffing_command: Command) -> None:
    done = staffing_command("compare", plan_file, better_file, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {
        "what": "measure",
        "name": "cost",
        "Nova": "2015.5",
        "'=Better": "2255.5",
        "'=Better - Nova": "240.0",
    } in rows
    assert rows[-1] == {
        "what": "task",
        "name": "idea",
        "Nova": "waiting",
        "'=Better": "delivered: omid",
        "'=Better - Nova": "",
    }


def test_a_carriage_return_in_a_name_begins_no_row(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    replace(plan, scenario="x\r=1+1").save(tmp_path / "odd.json")
    text = staffing_command("compare", tmp_path / "odd.json", "--format", "csv").stdout_bytes.decode()
    assert text.startswith('what,name,"x\r=1+1"\n')


def test_json_has_measures_and_tasks(plan_file: Path, better_file: Path, staffing_command: Command) -> None:
    found = json.loads(staffing_command("compare", plan_file, better_file, "--format", "json").stdout)
    assert found["tasks"] == [{"task": "idea", "Nova": "waiting", "=Better": "delivered: omid"}]
    (cost,) = [row for row in found["measures"] if row["measure"] == "cost"]
    assert cost == {"measure": "cost", "Nova": 2015.5, "=Better": 2255.5, "=Better - Nova": 240}


def test_scenarios_are_solved_first(
    scenario_file: Path, plan_file: Path, plan: Plan, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def solve(_scenario: object, **given: Any) -> Plan:
        asked.append(given)
        return plan

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    done = staffing_command("compare", plan_file, scenario_file, "--time-limit", 5, "--workers", 2)
    assert done.exit_code == 0
    assert "No task differs" in done.stdout
    assert [(given["time_limit"], given["workers"]) for given in asked] == [(5.0, 2)]


def test_a_mistake_shows_before_anything_is_solved(
    scenario_file: Path, tmp_path: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(_scenario: object, **_given: Any) -> Plan:
        raise AssertionError("too early")

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    done = staffing_command("compare", scenario_file, tmp_path / "missing.json")
    assert done.exit_code == 1
    assert "missing.json" in done.stderr


def test_metrics_of_another_shape_are_wrong_input(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    odd: dict[str, Any] = {"cost": "dear", "utilisation": 1}
    replace(plan, metrics=odd).save(tmp_path / "odd.json")
    for arguments in (["compare"], ["show"]):
        done = staffing_command(*arguments, tmp_path / "odd.json")
        assert done.exit_code == 1
        assert "metrics.cost: " in done.stderr


def test_a_budget_is_of_a_client_or_of_a_project(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    budget = {"period": "horizon", "burn": 1, "amount": 2, "spent": 0}
    replace(plan, metrics={"budgets": [budget | {"project": "shop"}]}).save(tmp_path / "project.json")
    assert "project shop" in staffing_command("show", tmp_path / "project.json", "--table", "clients").stdout
    replace(plan, metrics={"budgets": [budget]}).save(tmp_path / "neither.json")
    assert "horizon" not in staffing_command("show", tmp_path / "neither.json", "--table", "clients").stdout


def test_nothing_to_compare_is_a_matter_of_usage(staffing_command: Command) -> None:
    assert staffing_command("compare").exit_code == 2


@pytest.mark.parametrize("command", [["compare"], ["solve"], ["validate"], ["show"]])
def test_a_pipe_or_a_device_in_place_of_a_file_is_refused(
    command: list[str], tmp_path: Path, staffing_command: Command
) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    (tmp_path / "zero.json").symlink_to("/dev/zero")
    for name in ("pipe.json", "zero.json"):
        done = staffing_command(*command, tmp_path / name)
        assert done.exit_code == 1
        assert "not a file" in done.output
