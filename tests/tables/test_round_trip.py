"""A scenario in any format, and back, is the same scenario."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from second_engine.random_scenarios import random_scenario

from staffing.errors import OutputError
from staffing.files.tables_columns import COLUMNS
from staffing.loading import from_mapping, load
from staffing.scenario.canonical import canonical
from staffing.scenario.records import Record, Role, Settings
from staffing.scenario.scenario import Scenario
from staffing.writing.about import _RECORDS, about
from staffing.writing.data import plain_data
from staffing.writing.formats import FOLDER, FORMATS
from staffing.writing.write import scenario_content, write_content, write_scenario

SCENARIOS = sorted((Path(__file__).parents[2] / "scenarios").glob("*.yaml"))
HOSTILE = (
    "<script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@x",
    "\u202egnp.exe",
    "two\nlines\r\nand\ttabs",
    " blanks ",
    "'quoted",
    "'=x",
    "true",
    "007",
    "1e5",
    "2026-01-05",
    "https://example.com",
    "a: b # c",
    "_x0041_",
    "\x07",
    "😀\U000e0001",
    "x" * 10_000,
)


def back(scenario: Scenario, form: str, folder: Path) -> Scenario:
    path = folder / ("other" if form == FOLDER else f"other{form}")
    write_scenario(scenario, path, form)
    return load(path)


shipped = cache(load)


def assert_same(one: Scenario, other: Scenario) -> None:
    assert canonical(one) == canonical(other)
    assert one.fingerprint == other.fingerprint
    assert (one.name, one.description) == (other.name, other.description)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: str(path.stem))
def test_every_scenario_that_is_shipped_comes_back(path: Path, form: str, tmp_path: Path) -> None:
    assert_same(back(shipped(path), form, tmp_path), shipped(path))


@settings(max_examples=20)
@given(st.integers(0, 100_000))
def test_random_scenarios_come_back(seed: int) -> None:
    scenario = from_mapping(random_scenario(seed))
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            assert_same(back(scenario, form, Path(folder)), scenario)


def named(name: str) -> Scenario:
    """A scenario with a text wherever text may stand."""
    return from_mapping(
        {
            "name": name,
            "description": name,
            "start": "2026-01-05",
            "weeks": 4,
            "currency": name,
            "staff": [
                {"id": "a", "name": name, "role": "account_manager", "bill_rate": 1, "skills": {name: 2, "b": 1}}
            ],
            "clients": [{"id": "c", "name": name}],
            "projects": [{"id": "p", "name": name, "client": "c"}],
            "tasks": [{"id": "t", "name": name, "kind": "strategic", "project": "p", "hours": 1, "skills": [name]}],
        }
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_come_back(name: str, form: str, tmp_path: Path) -> None:
    assert_same(back(named(name), form, tmp_path), named(name))


@settings(max_examples=30)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff")))
def test_any_name_comes_back_or_is_refused_by_toml_alone(name: str) -> None:
    with TemporaryDirectory() as folder:
        for form in FORMATS:
            if form != ".toml" or name != "null":
                assert_same(back(named(name), form, Path(folder)), named(name))


def test_in_a_workbook_text_is_text() -> None:
    for name in HOSTILE[:5]:
        content = scenario_content(named(name), ".xlsx")
        assert isinstance(content, bytes)
        parts = zipfile.ZipFile(io.BytesIO(content))
        assert not any(b"<f>" in parts.read(part) for part in parts.namelist() if "worksheets" in part)
        assert not any("hyperlink" in str(parts.read(part)) for part in parts.namelist())
        assert CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name("staff").to_python()[1][1] == name


def test_in_csv_nothing_runs() -> None:
    for name in HOSTILE[1:5]:
        files = scenario_content(named(name), FOLDER)
        assert not isinstance(files, bytes)
        assert f"a,'{name},account_manager".encode() in files["staff.csv"]


def test_dates_of_a_persian_scenario_stay_persian_but_in_csv() -> None:
    scenario = load(next(path for path in SCENARIOS if path.stem == "azhans"))
    assert plain_data(scenario)["start"] == "1405-01-15"
    assert b"start: 1405-01-15" in bytes(scenario_content(scenario, ".yaml"))  # type: ignore[arg-type]
    files = scenario_content(scenario, FOLDER)
    assert b"start,2026-04-04" in files["settings.csv"]  # type: ignore[call-overload]


@pytest.mark.parametrize("day", ["1404-10-15", "0005-01-01", "1701-01-01", "3000-01-01"])
@pytest.mark.parametrize("system", ["jalali", "gregorian"])
def test_days_of_any_year_come_back(day: str, system: str, tmp_path: Path) -> None:
    scenario = named("x").patch({"start": day, "calendar": {"system": system}})
    for form in FORMATS:
        assert_same(back(scenario, form, tmp_path), scenario)


def test_an_empty_list_is_not_the_same_as_none(tmp_path: Path) -> None:
    scenario = named("x").patch({"tasks": [{"id": "t", "only": []}], "goals": []})
    for form in FORMATS:
        assert back(scenario, form, tmp_path).tasks[0].only == ()


def test_a_text_too_long_for_a_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="longer than a cell of a workbook"):
        write_scenario(named("x" * 40_000), tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()


def test_what_a_format_cannot_hold_is_found_out_before_it_is_written(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="a folder of CSV files cannot hold this scenario: this file is not text"):
        write_scenario(named("\0"), tmp_path / "a")
    assert not (tmp_path / "a").exists()


def test_a_lost_field_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = scenario_content(named("x").patch({"weeks": 5}), ".json")
    monkeypatch.setattr("staffing.writing.write.scenario_content", lambda *_: lost)
    with pytest.raises(OutputError, match="it would come back as another scenario"):
        write_scenario(named("x"), tmp_path / "a.json")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_content({"a.csv": b""}, tmp_path / "file" / "x")


def _leaves(record: type[Record], skip: frozenset[str] = frozenset()) -> set[str]:
    return {info.alias or name for name, info in record.model_fields.items()} - skip


def test_every_field_has_its_column() -> None:
    lists = frozenset({"roles", "staff", "clients", "projects", "tasks"})
    for table, record in _RECORDS.items():
        heads = {column.partition(".")[0] for column in COLUMNS[table]} - {"extends", "remove"}
        own = {"id"} if record is Role else set()
        assert heads == _leaves(record, lists if record is Settings else frozenset()) | own, table


def test_every_column_is_explained() -> None:
    assert all(about(table, column) for table, columns in COLUMNS.items() for column in columns)


def test_the_same_scenario_is_the_same_workbook() -> None:
    assert scenario_content(named("x"), ".xlsx") == scenario_content(named("x"), ".xlsx")


@pytest.mark.parametrize("form", FORMATS)
def test_ids_may_be_long(form: str, tmp_path: Path) -> None:
    long = "a" * 5_000
    scenario = named("x").patch(
        {"roles": {long: {"tactical": 1}}, "staff": [{"id": long, "role": long, "bill_rate": 1}]}
    )
    scenario = scenario.patch({"tasks": [{"id": "t", "estimates": {long: {"hours": 1}}}]})
    assert_same(back(scenario, form, tmp_path), scenario)
