"""``staffing audit``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from staffing.loading import load
from staffing.plan.plan import Plan
from staffing.solving.solve import solve

from .conftest import Command


@pytest.fixture
def answer(scenario_file: Path) -> Plan:
    return solve(load(scenario_file), time_limit=20, workers=1)


def test_a_valid_plan_is_valid(scenario_file: Path, answer: Plan, tmp_path: Path, staffing_command: Command) -> None:
    answer.save(tmp_path / "p.json")
    done = staffing_command("audit", scenario_file, tmp_path / "p.json")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert done.stdout.startswith(f"{tmp_path / 'p.json'}: valid, ")
    assert "2 tasks, 5 goals" in done.stdout


def test_violations_are_one_a_line_and_the_answer_is_no(
    scenario_file: Path, answer: Plan, tmp_path: Path, staffing_command: Command
) -> None:
    replace(answer, assigned=answer.assigned[1:]).save(tmp_path / "p.json")
    done = staffing_command("audit", scenario_file, tmp_path / "p.json")
    assert done.exit_code == 3
    assert done.stdout
    assert "valid" not in done.stdout


def test_a_plan_for_another_scenario_is_a_warning(
    scenario_file: Path, plan_file: Path, staffing_command: Command
) -> None:
    done = staffing_command("audit", scenario_file, plan_file)
    assert done.exit_code == 3
    assert "warning: " in done.stderr
    assert "fingerprint" in done.stderr


def test_a_scenario_is_no_plan(scenario_file: Path, staffing_command: Command) -> None:
    done = staffing_command("audit", scenario_file, scenario_file)
    assert done.exit_code == 1
    assert done.stdout == ""
