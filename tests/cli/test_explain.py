"""``staffing explain``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from staffing.console.explanation import explanation_tables
from staffing.console.page import Page
from staffing.decisions.explain import explain
from staffing.loading import load
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


KIM = {"id": "kim", "name": "Kim", "role": "project_manager", "cost_rate": 20, "bill_rate": 80}
PAIR = scenario(
    weeks=1,
    staff=[omid(name="Omid"), KIM],
    clients=[{"id": "nova", "name": "Nova"}],
    tasks=[
        task("brief", name="Brief", hours=40, only=["omid"]),
        task("call", name="Call", hours=6),
        task("seo", name="Audit", hours=10, must=True, skills=["seo"]),
    ],
)
"""Omid is busy with the brief, Kim does the call, and nobody has the skill that the audit asks for."""


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    PAIR.save(tmp_path / "s.yaml")
    plan(facts(PAIR, {("brief", "omid", 1): 40, ("call", "kim", 1): 6})).save(tmp_path / "p.json")
    return tmp_path / "s.yaml", tmp_path / "p.json"


def test_who_could_do_it_and_what_it_means(pair: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *pair, "--task", "call", "--candidates")
    assert done.exit_code == 0
    assert "Who could do Call" in done.stdout
    assert "Kim does it now." in done.stdout
    assert "Nova's Brief would wait" in done.stdout
    done = staffing_command("explain", *pair, "--task", "call", "--candidates", "--format", "csv")
    rows = done.stdout.splitlines()
    assert rows[0].endswith(",text,rule,price,proven,moves,amount,unit")
    assert rows[1].endswith(',Kim does it now.,,"must=0; value=0; lateness=0; cost=0; contacts=0",true,,,')


def test_why_not_one_of_the_staff(pair: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *pair, "--task", "call", "--why-not", "omid")
    assert done.exit_code == 0
    assert "What would move" in done.stdout
    assert "kim, week 1" in done.stdout
    done = staffing_command("explain", *pair, "--task", "seo", "--why-not", "kim")
    assert "Kim lacks the skill seo; the task asks for level 1." in done.stdout
    assert "If Kim had the skill seo, Kim could do it" in done.stdout


def test_candidates_are_of_a_task_that_is_given_and_people_are_spelled(
    pair: tuple[Path, Path], staffing_command: Command
) -> None:
    done = staffing_command("explain", *pair, "--candidates")
    assert done.exit_code == 2
    assert "need --task ID" in done.stderr
    done = staffing_command("explain", *pair, "--task", "call", "--why-not", "omit")
    assert (done.exit_code, done.stdout) == (1, "")
    assert 'there is nobody "omit"; did you mean omid?' in done.stderr


def test_what_must_work_is_in_conflict_with(pair: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *pair, "--conflict")
    assert done.exit_code == 0
    assert "Nova's Audit must be delivered." in done.stdout
    assert "Nova's Audit asks for the skill seo." in done.stdout
    assert "These cannot hold together" in done.stdout
    done = staffing_command("explain", *pair, "--conflict", "--format", "json")
    assert [fact["kind"] for fact in json.loads(done.stdout)["conflict"]] == ["must", "skill"]


def test_what_would_help_is_told_of_a_task_that_is_named(files: tuple[Path, Path], staffing_command: Command) -> None:
    assert "What would help" not in staffing_command("explain", *files).stdout
    done = staffing_command("explain", *files, "--task", "a")
    assert (done.exit_code, done.stderr) == (0, "")
    help_ = done.stdout.partition("What would help, the cheapest first")[2]
    assert "Give up b, worth 70." in help_  # 35 hours, which count 2 each
    assert "Raise Omid's contract from 40 to 43.75 hours a week." in help_  # 175 hours in four weeks
    assert "value delivered +280" in help_
    assert "cost +4,200" in help_  # 140 hours at 30
    done = staffing_command("explain", *files, "--repairs", "1")
    assert done.stdout.count("Site") > 1
    assert "Give up b" not in done.stdout


def test_that_no_change_was_found_is_told_where_one_was_searched_for(tmp_path: Path, staffing_command: Command) -> None:
    """No one person has 500 hours in a week, and nothing else can go."""
    world = scenario(weeks=1, staff=[omid()], tasks=[task("a", name="Site", hours=500)])
    files = (tmp_path / "s.yaml", tmp_path / "p.json")
    world.save(files[0])
    plan(facts(world, {})).save(files[1])
    told = "Site: no single change was found with which it is delivered and all else stays."
    done = staffing_command("explain", *files, "--task", "a")
    assert " ".join(done.stdout.split()).endswith(told)
    assert "no single change" not in staffing_command("explain", *files).stdout
    answer = explain(world, Plan.load(files[1]), ["a"])
    late = replace(answer, tasks=(replace(answer.tasks[0], state="late"),))
    assert told.replace("delivered", "on time") in explanation_tables(late, Page())
    helped = staffing_command("explain", *files, "--task", "a", "--format", "json").stdout
    assert json.loads(helped)["tasks"][0]["searched"] is True


def test_a_change_is_written_as_a_scenario_that_extends_this_one(
    files: tuple[Path, Path], tmp_path: Path, staffing_command: Command
) -> None:
    (tmp_path / "changes").mkdir()
    first, second = tmp_path / "changes" / "first.yaml", tmp_path / "changes" / "second.toml"
    done = staffing_command("explain", *files, "--task", "a", "--write", "1", first, "--write", "2", second)
    assert (done.exit_code, done.stderr) == (0, f"{first} written\n{second} written\n")
    assert first.read_text(encoding="utf-8").startswith('extends: "../s.yaml"\n')
    told = json.loads(staffing_command("explain", *files, "--task", "a", "--format", "json").stdout)
    repairs = told["tasks"][0]["repairs"]
    for path, repair in zip((first, second), repairs, strict=False):
        assert load(path).fingerprint == WORLD.patch(repair["patch"]).fingerprint


def test_what_cannot_be_written_is_told(files: tuple[Path, Path], tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("explain", *files, "--task", "a", "--write", "99", tmp_path / "c.yaml")
    assert done.exit_code == 1
    assert "there is no change 99 to write: they are numbered from 1 to" in done.stderr
    assert not (tmp_path / "c.yaml").exists()
    done = staffing_command("explain", *files, "--write", "1", tmp_path / "c.yaml")
    assert (done.exit_code, done.stderr) == (1, "there is no change 1 to write: none was found\n")
    assert staffing_command("explain", *files, "--write", "1", tmp_path / "c.xlsx").exit_code == 2
    done = staffing_command("explain", *files, "--write", "1", files[0])
    assert done.exit_code == 2
    assert load(files[0]) == WORLD


def test_what_would_help_is_a_row_of_the_table(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("explain", *files, "--task", "a", "--repairs", "1", "--format", "csv")
    *_, last = done.stdout.splitlines()
    assert ",repair," in last
    assert last.endswith(",3.75,hours a week")  # 15 hours in four weeks, cheaper than as overtime
