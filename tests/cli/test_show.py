"""``staffing show``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from exports.hostile import named

from staffing.plan.plan import Plan
from staffing.plan.records import Promise, WorkContext

from .conftest import Command


def test_all_tables_are_shown(plan_file: Path, staffing_command: Command) -> None:
    done = staffing_command("show", plan_file)
    assert done.exit_code == 0
    assert done.stderr == ""
    for words in ("Nova Water\n", "People: hours", "Clients: burn", "Late: 1", "Waiting: 1", "no room found"):
        assert words in done.stdout


def test_occurrences_of_a_task_share_a_row(plan_file: Path, staffing_command: Command) -> None:
    done = staffing_command("show", plan_file, "--table", "schedule")
    (row,) = [line for line in done.stdout.splitlines() if line.startswith("Talk")]
    assert row.split() == ["Talk", "Omid", "44.5", "2", "42.5"]


def test_history_and_overtime_are_marked(plan_file: Path, staffing_command: Command) -> None:
    assert "8*" in staffing_command("show", plan_file, "--table", "schedule").stdout
    assert "106%+" in staffing_command("show", plan_file, "--table", "people").stdout


def test_a_week_without_capacity_has_no_utilisation(plan_file: Path, staffing_command: Command) -> None:
    lines = staffing_command("show", plan_file, "--table", "people").stdout.splitlines()
    (row,) = [line for line in lines if line.startswith("account_manager")]
    assert row.split() == ["account_manager", "20%", "10%", "-"]


def test_someone_not_hired_is_not_shown(plan_file: Path, staffing_command: Command) -> None:
    assert "New PM" not in staffing_command("show", plan_file).stdout


def test_budgets_say_what_is_worked_planned_and_left(plan_file: Path, staffing_command: Command) -> None:
    lines = staffing_command("show", plan_file, "--table", "clients").stdout.splitlines()
    rows = [line.split() for line in lines]
    assert ["Nova", "Water", "2026-01", "5,000", "0", "800", "3,700", "90%", "500"] in rows
    assert [
        "Nova",
        "Water",
        "2026-02",
        "5,000",
        "0",
        "525",
        "10%",
        "4,475",
    ] in rows  # of it no worked is told


def test_the_schedule_is_grouped_by_project(plan_file: Path, staffing_command: Command) -> None:
    assert staffing_command("show", plan_file, "--group", "project").exit_code == 0
    for others in (["--format", "csv"], ["--table", "people"], ["--ics", "sara"]):
        assert staffing_command("show", plan_file, "--group", "project", *others).exit_code == 2


def test_csv_is_the_schedule(plan_file: Path, staffing_command: Command) -> None:
    rows = list(csv.DictReader(io.StringIO(staffing_command("show", plan_file, "--format", "csv").stdout)))
    assert rows[0] == {
        "task": "plan",
        "client": "nova",
        "kind": "strategic",
        "staff": "sara",
        "week": "1",
        "week_start": "2026-01-05",
        "hours": "8.0",
        "fixed": "true",
    }


@pytest.mark.parametrize("table", ["schedule", "people", "clients", "waiting"])
def test_a_carriage_return_in_a_name_begins_no_row(
    table: str, plan: Plan, tmp_path: Path, staffing_command: Command
) -> None:
    named(plan, "x\r=1+1").save(tmp_path / "odd.json")
    text = staffing_command("show", tmp_path / "odd.json", "--format", "csv", "--table", table).stdout_bytes.decode()
    assert not [row for row in csv.reader(io.StringIO(text, newline="")) if row[0].startswith("=")]
    assert "\r=1+1" not in text.replace('"x\r=1+1"', "")


@pytest.mark.parametrize(("table", "rows"), [("schedule", 4), ("people", 6), ("clients", 3), ("waiting", 1)])
def test_each_table_is_csv_and_json(table: str, rows: int, plan_file: Path, staffing_command: Command) -> None:
    as_csv = staffing_command("show", plan_file, "--format", "csv", "--table", table).stdout
    as_json = staffing_command("show", plan_file, "--format", "json", "--table", table).stdout
    assert len(list(csv.DictReader(io.StringIO(as_csv)))) == rows
    assert {name: len(entries) for name, entries in json.loads(as_json).items()} == {table: rows}


def test_json_has_every_table(plan_file: Path, staffing_command: Command) -> None:
    tables = json.loads(staffing_command("show", plan_file, "--format", "json").stdout)
    assert list(tables) == ["schedule", "people", "clients", "waiting", "changes", "actuals"]
    assert tables["schedule"][0]["week_start"] == "2026-01-05"


def test_a_plan_without_context_is_shown_by_ids(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    replace(plan, context=None).save(tmp_path / "bare.json")
    done = staffing_command("show", tmp_path / "bare.json")
    assert done.exit_code == 0
    assert "sara" in done.stdout


def test_an_empty_plan_is_shown(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    empty = replace(plan, assigned=(), results=(), extra_hours=(), metrics={}, context=None)
    empty.save(tmp_path / "empty.json")
    assert staffing_command("show", tmp_path / "empty.json").exit_code == 0


@pytest.mark.parametrize("content", [None, b"{}", b"\x00\xff", b"[1", b'{"format": "staffing-plan/9"}'])
def test_what_is_no_plan_is_wrong_input(content: bytes | None, tmp_path: Path, staffing_command: Command) -> None:
    file = tmp_path / "x.json"
    if content is not None:
        file.write_bytes(content)
    done = staffing_command("show", file)
    assert done.exit_code == 1
    assert "x.json" in done.stderr
    assert done.stdout == ""


def test_a_folder_is_no_plan(tmp_path: Path, staffing_command: Command) -> None:
    assert staffing_command("show", tmp_path).exit_code == 1


def test_worked_stands_beside_planned(plan_file: Path, staffing_command: Command) -> None:
    shown = staffing_command("show", plan_file, "--table", "actuals").stdout
    assert "Worked against planned: nothing is over" in shown
    assert " ".join(shown.splitlines()[-1].split()) == "Nova Water Account plan سارا 12 8 4"
    assert "Worked against planned" in staffing_command("show", plan_file).stdout
    data = staffing_command("show", plan_file, "--table", "actuals", "--format", "csv").stdout
    assert data.splitlines() == [
        "client,project,task,name,staff,planned,worked,left,over",
        "nova,,plan,Account plan,sara,12.0,8.0,4.0,0.0",
    ]


def test_hours_that_are_over_are_summed_up(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    assert plan.context is not None
    work = (WorkContext("plan", "nova", None, "Account plan", "sara", 8.0, 1.5),)
    replace(plan, context=replace(plan.context, work=work)).save(tmp_path / "over.json")
    shown = staffing_command("show", tmp_path / "over.json", "--table", "actuals").stdout
    assert "Worked against planned: 1.5 hours over" in shown
    assert " ".join(shown.splitlines()[-1].split()).endswith("10.5 8 4 1.5")


def test_a_plan_without_worked_hours_says_so_where_it_is_asked(
    plan: Plan, tmp_path: Path, staffing_command: Command
) -> None:
    fresh = replace(plan, assigned=tuple(entry for entry in plan.assigned if not entry.fixed))
    fresh.save(tmp_path / "fresh.json")
    assert staffing_command("show", tmp_path / "fresh.json", "--table", "actuals").stdout == "Nothing was worked yet.\n"
    assert "orked against planned" not in staffing_command("show", tmp_path / "fresh.json").stdout


def test_promised_hours_are_marked(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    assert plan.context is not None
    file = tmp_path / "promised.json"
    replace(plan, context=replace(plan.context, promised=(Promise("plan", "sara", 1, 8.0),))).save(file)
    shown = staffing_command("show", file, "--table", "schedule").stdout
    assert "8=" in shown
    assert "= promised" in shown
    assert "worked before" not in shown
