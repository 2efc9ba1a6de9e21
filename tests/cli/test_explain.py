"""``staffing explain``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from staffing.plan.plan import Plan

from .conftest import Command

WORLD = scenario(
    staff=[omid(name="Omid")],
    clients=[{"id": "nova"}],
    tasks=[task("a", name="Site", hours=140), task("b", hours=35)],
)
"""What Omid has left beside `b` is too little for `a`."""


@pytest.fixture
def answer() -> Plan:
    return plan(facts(WORLD, {("b", "omid", 1): 35}))


@pytest.fixture
def files(tmp_path: Path, answer: Plan) -> tuple[Path, Path]:
    WORLD.save(tmp_path / "s.yaml")
    answer.save(tmp_path / "p.json")
    return tmp_path / "s.yaml", tmp_path / "p.json"


def test_it_says_what_is_in_the_way(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *files)
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Omid has 125 hours left in weeks 1 to 4; the task needs 140." in done.stdout
    assert "Site" in done.stdout


def test_nothing_waits(tmp_path: Path, staffing_command: Command) -> None:
    world = scenario(staff=[omid()], tasks=[task("a")])
    world.save(tmp_path / "s.yaml")
    plan(facts(world, {("a", "omid", 1): 10})).save(tmp_path / "p.json")
    done = staffing_command("explain", tmp_path / "s.yaml", tmp_path / "p.json")
    assert done.stdout == "Nothing waits, and nothing is late.\n"


def test_json_csv_and_a_file(files: tuple[Path, Path], tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("explain", *files, "--task", "a", "--format", "json", "-o", tmp_path / "answer.json")
    assert json.loads(done.stdout)["tasks"][0]["obstacles"][0]["left"] == 125
    written = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert written == json.loads(done.stdout)
    assert done.stderr == f"{tmp_path / 'answer.json'} written\n"
    done = staffing_command("explain", *files, "--format", "csv")
    assert done.stdout.startswith("task,times,client,project,state,reason,why,kind,staff,weeks,")
    assert ',hours,omid,"1; 2; 3; 4",' in done.stdout


def test_a_plan_that_is_not_valid_gives_its_violations(
    files: tuple[Path, Path], answer: Plan, staffing_command: Command
) -> None:
    replace(answer, assigned=()).save(files[1])
    done = staffing_command("explain", *files)
    assert done.exit_code == 3
    assert "b" in done.stdout
    assert "in the way" not in done.stdout


def test_an_unknown_task_and_an_unknown_suffix_are_told(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *files, "--task", "c")
    assert (done.exit_code, done.stdout) == (1, "")
    assert 'there is no task "c"' in done.stderr
    done = staffing_command("explain", *files, "-o", "answer.txt")
    assert done.exit_code == 2
    assert "its suffix must be one of .json, .csv" in done.stderr


def test_the_answer_overwrites_neither_scenario_nor_plan(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *files, "-o", files[1])
    assert done.exit_code == 2
    assert "would overwrite" in done.stderr
