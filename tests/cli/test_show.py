"""``staffing show``."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from staffing.plan.plan import Plan
from staffing.plan.records import Promise

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


def test_budgets_say_what_is_left(plan_file: Path, staffing_command: Command) -> None:
    lines = staffing_command("show", plan_file, "--table", "clients").stdout.splitlines()
    assert any(line.split() == ["Nova", "Water", "2026-01", "4,500", "0", "5,000", "90%", "500"] for line in lines)


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


@pytest.mark.parametrize(("table", "rows"), [("schedule", 4), ("people", 6), ("clients", 2), ("waiting", 1)])
def test_each_table_is_csv_and_json(table: str, rows: int, plan_file: Path, staffing_command: Command) -> None:
    as_csv = staffing_command("show", plan_file, "--format", "csv", "--table", table).stdout
    as_json = staffing_command("show", plan_file, "--format", "json", "--table", table).stdout
    assert len(list(csv.DictReader(io.StringIO(as_csv)))) == rows
    assert {name: len(entries) for name, entries in json.loads(as_json).items()} == {table: rows}


def test_json_has_every_table(plan_file: Path, staffing_command: Command) -> None:
    tables = json.loads(staffing_command("show", plan_file, "--format", "json").stdout)
    assert list(tables) == ["schedule", "people", "clients", "waiting"]
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


def test_promised_hours_are_marked(plan: Plan, tmp_path: Path, staffing_command: Command) -> None:
    assert plan.context is not None
    file = tmp_path / "promised.json"
    replace(plan, context=replace(plan.context, promised=(Promise("plan", "sara", 1, 8.0),))).save(file)
    shown = staffing_command("show", file, "--table", "schedule").stdout
    assert "8=" in shown
    assert "= promised" in shown
    assert "worked before" not in shown
