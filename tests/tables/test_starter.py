"""The starter workbook helps to fill it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from staffing.cli.init import STARTERS
from staffing.files.tables_columns import COLUMNS
from staffing.loading import load
from staffing.writing.write import scenario_content


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """The parts of the starter workbook."""
    content = STARTERS[".xlsx"]()
    assert isinstance(content, bytes)
    book = zipfile.ZipFile(io.BytesIO(content))
    return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def sheet(parts: dict[str, str], name: str) -> str:
    return parts[f"xl/worksheets/sheet{list(COLUMNS).index(name) + 1}.xml"]


def test_kinds_priorities_and_truth_are_chosen_from_lists(parts: dict[str, str]) -> None:
    for words in ("strategic,tactical", "low,normal,high", "yes,no"):
        assert f'<formula1>"{words}"</formula1>' in sheet(parts, "tasks")
    assert '<formula1>"gregorian,jalali"</formula1>' in sheet(parts, "settings")


@pytest.mark.parametrize(
    ("name", "tables"),
    [
        ("staff", {"roles"}),
        ("clients", {"staff"}),
        ("projects", {"clients"}),
        ("tasks", {"clients", "projects", "staff"}),
    ],
)
def test_ids_are_chosen_from_the_sheets_they_stand_in(parts: dict[str, str], name: str, tables: set[str]) -> None:
    assert {table for table in COLUMNS if f"OFFSET({table}!$A$2" in sheet(parts, name)} == tables


def test_heads_are_frozen_and_every_column_has_a_comment(parts: dict[str, str]) -> None:
    for number, name in enumerate(list(COLUMNS)[1:], 1):
        assert 'state="frozen"' in sheet(parts, name)
        assert parts[f"xl/comments{number}.xml"].count("<comment ") == len(COLUMNS[name])
    assert "Effort: hours at productivity 1." in parts["xl/comments5.xml"]
    assert "Such as: seo:2; copy" in parts["xl/comments5.xml"]
    assert 'state="frozen"' in sheet(parts, "settings")


def test_sheets_of_a_persian_scenario_run_from_right_to_left() -> None:
    scenario = load(Path(__file__).parents[2] / "scenarios" / "azhans.yaml")
    content = scenario_content(scenario, ".xlsx")
    assert isinstance(content, bytes)
    book = zipfile.ZipFile(io.BytesIO(content))
    assert all(b'rightToLeft="1"' in book.read(f"xl/worksheets/sheet{number}.xml") for number in range(1, 7))
