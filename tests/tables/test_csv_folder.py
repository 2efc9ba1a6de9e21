"""Folders of CSV files are read rightly, or refused with file, line and column."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffing.loading import load, read

from .sheets import folder, told, tree

LEAST = {"settings.csv": "key,value\nstart,2026-01-05\nweeks,4\n", "staff.csv": "id,role\nsara,account_manager\n"}


def staff(tmp_path: Path, content: str | bytes, name: str = "staff.csv") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tree(folder(tmp_path / "team", {name: content}))["staff"]
    return found


def test_a_folder_is_a_scenario_named_after_it(tmp_path: Path) -> None:
    assert load(folder(tmp_path / "team.v2", LEAST)).name == "team.v2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_unicode_is_read_with_and_without_a_mark(tmp_path: Path, encoding: str, end: str) -> None:
    content = f"id,name{end}سارا,مینا{end}{end}".encode(encoding)
    assert staff(tmp_path, content) == [{"id": "سارا", "name": "مینا"}]


def test_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    team = folder(tmp_path / "team", {**LEAST, "staff.csv": "id,name\nsara,پارس".encode("cp1256")})
    assert [str(error) for error in read(team).errors] == [
        f'{team}/staff.csv:2: this file is not UTF-8 text: in a spreadsheet, save it as "CSV UTF-8"'
    ]


def test_a_european_spreadsheet_has_semicolons_and_decimal_commas(tmp_path: Path) -> None:
    content = 'id;target_utilisation;skills\nsara;0,75;"seo:2; copy"\n'
    assert staff(tmp_path, content) == [
        {"id": "sara", "target_utilisation": Decimal("0.75"), "skills": {"seo": 2, "copy": 1}}
    ]


def test_a_decimal_comma_beside_commas_is_refused(tmp_path: Path) -> None:
    team = folder(tmp_path / "team", {**LEAST, "staff.csv": 'id,role,cost_rate\nsara,account_manager,"0,75"'})
    (mistake,) = read(team).errors
    assert str(mistake).startswith(f'{team}/staff.csv:2:22: staff[sara].cost_rate: "0,75" is not a number')


@pytest.mark.parametrize("name", ["staff.csv", "staff.tsv", "Staff.TXT"])
def test_tabs_part_cells_too(tmp_path: Path, name: str) -> None:
    assert staff(tmp_path, "id\tname\nsara\tSara, a\n", name) == [{"id": "sara", "name": "Sara, a"}]


def test_the_first_line_may_tell_the_delimiter(tmp_path: Path) -> None:
    assert staff(tmp_path, "sep=;\r\nid;name\r\na;b,c\r\n") == [{"id": "a", "name": "b,c"}]


@pytest.mark.parametrize("head", ["key;value\n", ""])
def test_settings_may_have_semicolons_and_no_head(tmp_path: Path, head: str) -> None:
    assert tree(folder(tmp_path / "team", {"settings.csv": f"{head}weeks;4\nname;a,b\n"})) == {
        "weeks": 4,
        "name": "a,b",
    }


def test_quoted_cells_hold_quotes_delimiters_and_lines(tmp_path: Path) -> None:
    assert staff(tmp_path, 'id,name\na,"x ""y"", \n z"\nb,it\'s 5" wide\n') == [
        {"id": "a", "name": 'x "y", \n z'},
        {"id": "b", "name": "it's 5\" wide"},
    ]


@pytest.mark.parametrize("text", ['a,"open', 'a,"x"y'])
def test_a_quote_that_is_not_closed_is_refused_where_it_opens(tmp_path: Path, text: str) -> None:
    (mistake,) = told(folder(tmp_path / "team", {"staff.csv": f'id,name\n"b\n",c\n{text}\n'}))
    assert mistake.startswith("team/staff.csv:4:3: a quote opens here and is not closed")


def test_lines_are_counted_through_cells_of_many_lines(tmp_path: Path) -> None:
    files = {**LEAST, "staff.csv": 'id,role,name\na,account_manager,"1\n2\n3"\nb,x,y\n'}
    assert "team/staff.csv:5:3: staff[b].role" in told(folder(tmp_path / "team", files))[0]


def test_an_apostrophe_before_a_formula_is_taken_off(tmp_path: Path) -> None:
    assert [one["name"] for one in staff(tmp_path, "id,name\na,'=1\nb,'tis\nc,'null\n")] == ["=1", "'tis", "null"]


def test_another_csv_file_is_refused_with_the_nearest_name_unless_it_is_a_note(tmp_path: Path) -> None:
    team = folder(tmp_path / "team", {**LEAST, "_ideas.csv": "x", "plan.json": "{}", "task.csv": "id\na\n"})
    (mistake,) = told(team)
    assert mistake.startswith('team/task.csv: "task" is not a known table')
    assert mistake.endswith("did you mean tasks?")


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    (mistake,) = told(folder(tmp_path / "team", {}))
    assert mistake.startswith("team: no table of a scenario is here: settings, roles, staff")


def test_paths_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("start: 2026-01-05\nweeks: 4\nstaff: [{id: sara, role: account_manager}]")
    change = folder(tmp_path / "change", {"settings.csv": "extends,../base.yaml\nweeks,5\n"})
    assert (load(change).weeks, load(change).name) == (5, "change")
    (tmp_path / "again.yaml").write_text("extends: change")
    assert load(tmp_path / "again.yaml").weeks == 5


def test_a_nul_is_no_text(tmp_path: Path) -> None:
    (mistake,) = told(folder(tmp_path / "team", {"staff.csv": b"id\n\0"}))
    assert "is not text" in mistake


def test_a_folder_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError(13, "no")

    team = folder(tmp_path / "team", LEAST)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert told(team) == ["team: this folder cannot be read: permission denied"]


def test_more_cells_than_anybody_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staffing.files.csv_text.MAX_VALUES", 3)
    (mistake,) = told(folder(tmp_path / "team", LEAST))
    assert "too many values" in mistake


def test_a_missing_line_end_at_the_end_is_no_matter(tmp_path: Path) -> None:
    assert staff(tmp_path, "id,name\na,b") == [{"id": "a", "name": "b"}]
    assert staff(tmp_path, "id,name\na,") == [{"id": "a"}]


def test_a_row_with_more_columns_than_a_spreadsheet_has_is_refused(tmp_path: Path) -> None:
    (mistake,) = told(folder(tmp_path / "team", {"staff.csv": "id" + ",a" * 20_000}))
    assert "this row has too many columns: at most 16,384 are allowed" in mistake


def test_a_table_that_is_not_known_is_not_read_to_its_end(tmp_path: Path) -> None:
    (*_, mistake) = told(folder(tmp_path / "team", {**LEAST, "ideas.csv": 'a\n"not closed'}))
    assert '"ideas" is not a known table' in mistake


def test_a_folder_with_the_name_of_a_table_is_told(tmp_path: Path) -> None:
    team = folder(tmp_path / "team", LEAST)
    (team / "tasks.csv").mkdir()
    (team / "ideas.csv").mkdir()
    assert told(team) == ["team/tasks.csv: this is not a file"]
