"""What was worked, in a sheet and in CSV."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from staffing.loading import load
from staffing.scenario.scenario import Scenario
from staffing.writing.formats import FOLDER, FORMATS
from staffing.writing.write import write_scenario

from .sheets import SETTINGS, STAFF, Rows, folder, told, workbook

TASKS: Rows = (
    ("id", "kind", "client", "hours", "left", "cancelled", "roles", "repeat.every"),
    ("plan", "strategic", "nova", 10, 2.5, None, "account_manager; project_manager", None),
    ("call", "strategic", "nova", 1, None, "yes", None, 1),
)
WORKED: Rows = (
    ("task", "staff", "date", "week", "hours", "_note"),
    ("plan", "sara", dt.datetime(2026, 1, 6), None, 1.25, "briefing"),
    ("plan", "sara", "1404-10-17", None, "0.5", None),
    ("call@2", "sara", None, 2, 1, None),
)
SHEETS = {
    "settings": (*SETTINGS, ("as_of", dt.datetime(2026, 1, 14))),
    "staff": STAFF,
    "clients": (("id",), ("nova",)),
    "tasks": TASKS,
    "worked": WORKED,
}


def check(scenario: Scenario) -> None:
    assert scenario.as_of == dt.date(2026, 1, 14)
    assert [(row.task, row.date or row.week, float(row.hours)) for row in scenario.worked] == [
        ("plan", dt.date(2026, 1, 6), 1.25),
        ("plan", dt.date(2026, 1, 7), 0.5),
        ("call@2", 2, 1),
    ]
    plan, call = scenario.tasks
    assert plan.left == Decimal("2.5")
    assert (plan.cancelled, plan.roles) == (False, ("account_manager", "project_manager"))
    assert (call.left, call.cancelled, call.roles) == (None, True, None)


def test_a_sheet_is_read(tmp_path: Path) -> None:
    check(load(workbook(tmp_path / "team.xlsx", SHEETS)))


def test_a_csv_file_is_read(tmp_path: Path) -> None:
    files = {
        f"{name}.csv": "\n".join(
            ",".join("" if cell is None else str(cell).removesuffix(" 00:00:00") for cell in row) for row in rows
        )
        for name, rows in SHEETS.items()
    }
    check(load(folder(tmp_path / "team", files)))


@pytest.mark.parametrize("form", [*FORMATS, FOLDER])
def test_every_format_brings_it_back(form: str, tmp_path: Path) -> None:
    scenario = load(workbook(tmp_path / "team.xlsx", SHEETS))
    path = tmp_path / ("again" if form == FOLDER else f"again{form}")
    write_scenario(scenario, path, form)
    check(load(path))
    assert load(path).fingerprint == scenario.fingerprint


def test_mistakes_are_told_with_their_cells(tmp_path: Path) -> None:
    rows: Rows = (
        ("task", "staff", "date", "week", "hours"),
        ("pln", "sara", "2026-01-06", None, 1),
        ("plan", "sarah", "2026-01-14", None, 1),
        ("plan", "sara", None, None, 1),
        ("plan", "sara", None, 1, -2),
        ("call@9", "sara", None, 1, 2),
        ("call", "sara", "2026-02-30", None, "much"),
    )
    sentences = told(workbook(tmp_path / "a.xlsx", {**SHEETS, "worked": rows}))
    assert [" ".join(sentence.split(": ")[1:3]) for sentence in sentences] == [
        "worked!A2 worked[1].task",
        "worked!B3 worked[2].staff",
        "worked!C3 worked[2].date",
        "worked row 4 worked[3]",
        "worked!E5 worked[4].hours",
        "worked!A6 worked[5].task",
        "worked!C7 worked[6].date",
        "worked!E7 worked[6].hours",
    ]
