"""``staffing worth``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from staffing.plan.plan import Plan

from .conftest import Command

WORLD = scenario(
    weeks=1,
    staff=[omid(name="Omid")],
    clients=[{"id": "nova"}],
    tasks=[task("a", hours=40), task("b", hours=1)],
)
"""Omid's week is full, and an hour of work waits."""


@pytest.fixture
def answer() -> Plan:
    return plan(facts(WORLD, {("a", "omid", 1): 40}))


@pytest.fixture
def files(tmp_path: Path, answer: Plan) -> tuple[Path, Path]:
    WORLD.save(tmp_path / "s.yaml")
    answer.save(tmp_path / "p.json")
    return tmp_path / "s.yaml", tmp_path / "p.json"


def test_it_tells_what_an_hour_gains_and_what_each_is_estimated_at(
    files: tuple[Path, Path], staffing_command: Command
) -> None:
    done = staffing_command("worth", *files)
    assert (done.exit_code, done.stderr) == (0, "")
    assert [line.split() for line in done.stdout.splitlines() if line.startswith("An hour")] == [
        ["An", "hour", "more", "of", "Omid", "in", "week", "1", "+2", "+30", "2", "value", "yes"]
    ]
    assert [line.split() for line in done.stdout.splitlines() if line.startswith("project_manager")] == [
        ["project_manager", "2"]
    ]


def test_what_gains_nothing_is_counted(tmp_path: Path, staffing_command: Command) -> None:
    world = scenario(weeks=1, staff=[omid()], tasks=[task("a", hours=40), task("b", hours=9)])
    world.save(tmp_path / "w.yaml")
    plan(facts(world, {("a", "omid", 1): 40})).save(tmp_path / "w.json")
    done = staffing_command("worth", tmp_path / "w.yaml", tmp_path / "w.json", "--by", "person")
    assert "Solved: 1. None of them changes anything." in done.stdout


def test_a_plan_that_can_gain_by_itself_says_so_first(tmp_path: Path, staffing_command: Command) -> None:
    WORLD.save(tmp_path / "s.yaml")
    plan(facts(WORLD, {("b", "omid", 1): 1})).save(tmp_path / "p.json")
    done = staffing_command("worth", tmp_path / "s.yaml", tmp_path / "p.json", "--by", "role")
    assert done.stdout.startswith("The plan itself can gain, with nothing more: value delivered +78, cost +1,170.")


def test_json_csv_and_a_file(files: tuple[Path, Path], tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("worth", *files, "--by", "person", "--format", "json", "-o", tmp_path / "answer.json")
    assert json.loads(done.stdout)["hours"][0]["gain"]["value"] == 2
    assert json.loads((tmp_path / "answer.json").read_text(encoding="utf-8")) == json.loads(done.stdout)
    done = staffing_command("worth", *files, "--most", "0", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["kind"], row["role"], row["week"], row["value"], row["proven"]) == (
        *("hour", "project_manager", "1", "", "false"),
    )


def test_a_plan_that_is_not_valid_is_refused(
    answer: Plan, files: tuple[Path, Path], tmp_path: Path, staffing_command: Command
) -> None:
    replace(answer, assigned=()).save(tmp_path / "none.json")
    done = staffing_command("worth", files[0], tmp_path / "none.json")
    assert done.exit_code == 3
    assert done.stdout
