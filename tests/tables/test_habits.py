"""What planners write in cells by habit is told with its remedy, and never read wrongly in silence."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffing.files import tables_lists as lists
from staffing.loading import load, read

from .sheets import SETTINGS, SMALL, STAFF, Rows, folder, told, tree, workbook

TWO_WAYS = "can be read in two ways, as 1200 and as 1.2: write the one that is meant"


def staff(path: Path, column: str, value: Any) -> list[str]:
    """Read a workbook with a person that has a value in a column, and return the mistakes without their place."""
    rows: Rows = (("id", "role", column), ("sara", "account_manager", value))
    return [
        one.partition(f"staff[sara].{column}")[2].lstrip(": ") for one in told(workbook(path, {**SMALL, "staff": rows}))
    ]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.xlsx"


@pytest.mark.parametrize("text", ["1.200", "1,200", "۱.۲۰۰"])
@pytest.mark.parametrize("column", ["cost_rate", "weekly_hours"])
def test_a_text_in_a_workbook_that_can_be_read_in_two_ways_is_refused(file: Path, text: str, column: str) -> None:
    assert staff(file, column, text) == [f'"{text}" {TWO_WAYS}']


@pytest.mark.parametrize(
    ("value", "number"), [(1.2, "1.2"), ("1.20", "1.2"), ("0.500", "0.5"), ("1234.567", "1234.567"), ("۱٫۲۰۰", "1.2")]
)
def test_a_number_with_one_reading_is_read(file: Path, value: Any, number: str) -> None:
    rows: Rows = (("id", "cost_rate"), ("sara", value))
    assert tree(workbook(file, {"staff": rows}))["staff"][0]["cost_rate"] == Decimal(number)


def test_a_number_cell_of_a_list_is_a_number(file: Path) -> None:
    rows: Rows = (("id", "weekly_hours"), ("sara", 37.125))
    assert tree(workbook(file, {"staff": rows}))["staff"][0]["weekly_hours"] == Decimal("37.125")


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize(("text", "readings"), [("1.200", "1200 and as 1.2"), ("10.000", "10000 and as 10")])
def test_thousands_are_told_where_decimals_may_have_a_comma(
    tmp_path: Path, delimiter: str, text: str, readings: str
) -> None:
    rows = (("id", "role", "cost_rate"), ("sara", "account_manager", text))
    settings = "key,value\nstart,2026-01-05\nweeks,4\n"
    team = folder(
        tmp_path / "team", {"settings.csv": settings, "staff.csv": "\n".join(delimiter.join(row) for row in rows)}
    )
    (mistake,) = told(team)
    assert mistake.endswith(f'"{text}" can be read in two ways, as {readings}: write the one that is meant')


@pytest.mark.parametrize(("text", "number"), [("1.200", "1.2"), ("10.000", "10")])
def test_thousands_have_no_point_beside_commas(tmp_path: Path, text: str, number: str) -> None:
    team = folder(tmp_path / "team", {"staff.csv": f"id,cost_rate\nsara,{text}\n"})
    assert tree(team)["staff"][0]["cost_rate"] == Decimal(number)


@pytest.mark.parametrize(("text", "number"), [("1,200", "1.2"), ("0.500", "0.5"), ("38,5", "38.5")])
def test_a_comma_is_decimal_beside_semicolons(tmp_path: Path, text: str, number: str) -> None:
    team = folder(tmp_path / "team", {"staff.csv": f"id;cost_rate\nsara;{text}\n"})
    assert tree(team)["staff"][0]["cost_rate"] == Decimal(number)


@pytest.mark.parametrize("hours", ["1.125", "12.500", "0.125", "1234.125"])
def test_numbers_of_lists_are_written_so_that_they_come_back(hours: str) -> None:
    estimates = {"omid": {"hours": Decimal(hours), "price": Decimal(500)}}
    assert lists.estimates(lists.write_estimates(estimates), None) == estimates


@pytest.mark.parametrize(
    ("column", "text", "says"),
    [
        ("weekly_hours", "2026-01-05=1.200", f'[1].hours: "1.200" {TWO_WAYS}'),
        ("skills", "seo:1.200", f'.seo: "1.200" {TWO_WAYS}'),
        ("skills", "seo, copy", '"seo, copy" has a comma, and a list is parted by semicolons: write seo; copy'),
        ("skills", "seo:2،copy", '"seo:2،copy" has a comma, and a list is parted by semicolons: write seo:2; copy'),
        ("workdays", "mon,tue", '"mon,tue" has a comma, and a list is parted by semicolons: write mon; tue'),
        (
            "time_off",
            "2026-01-05, 2026-01-06",
            '"2026-01-05, 2026-01-06" has a comma, and a list is parted by semicolons: write 2026-01-05; 2026-01-06',
        ),
        (
            "time_off",
            "2026-01-19 - 2026-01-23",
            '"2026-01-19 - 2026-01-23" is not a date: days off from one to another are written 2026-01-19..2026-01-23',
        ),
        ("time_off", "13.03.2026", '[1]: "13.03.2026" is not a date: a date is YYYY-MM-DD; write 2026-03-13'),
        ("start", "1405/02/10", '"1405/02/10" is not a date: a date is YYYY-MM-DD; write 1405-02-10'),
        ("end", "13/03/2026", '"13/03/2026" is not a date: a date is YYYY-MM-DD; write 2026-03-13'),
        (
            "start",
            46100,
            '"46100" is not a date: a date is YYYY-MM-DD; '
            "a spreadsheet keeps 2026-03-19 as this number: write 2026-03-19",
        ),
        (
            "target_utilisation",
            "80%",
            '"80%" is not a number: more than 0, at most 1, with at most 4 decimals; write 0.8',
        ),
        (
            "weekly_hours",
            10 / 3,
            "3.33333333333333 is too fine: more than 0, at most 100000, with at most 4 decimals; "
            "round it to 3.3333, in a formula by =ROUND(..., 4)",
        ),
    ],
)
def test_a_cell_tells_its_remedy(file: Path, column: str, text: Any, says: str) -> None:
    assert staff(file, column, text) == [says]


def test_what_a_list_lacks_is_told_beside_all_other_mistakes(file: Path) -> None:
    rows: Rows = (("id", "role", "skills", "cost_rate"), ("sara", "account_manager", "seo, copy", "much"))
    found = told(workbook(file, {**SMALL, "staff": rows}))
    assert [mistake.split(": ")[1] for mistake in found] == ["staff!C2", "staff!D2"]


def test_a_name_with_a_comma_stands_in_quotes(file: Path) -> None:
    rows: Rows = (("id", "skills"), ("sara", '"print, web":2; seo'))
    skills = {"print, web": 2, "seo": 1}
    assert tree(workbook(file, {"staff": rows}))["staff"][0]["skills"] == skills
    assert lists.levels(lists.write_levels(skills), None) == skills


def test_commas_between_what_is_removed_are_told(file: Path) -> None:
    workbook(file, {**SMALL, "clients": (("id",), ("a",), ("b",))})
    change = file.with_name("change.xlsx")
    workbook(change, {"settings": (("extends", "team.xlsx"), ("remove.clients", "a, b"))})
    (mistake,) = told(change)
    assert "a list is parted by semicolons: write a; b" in mistake


def test_a_number_of_a_spreadsheet_is_no_week(file: Path) -> None:
    tasks: Rows = (("id", "client", "kind", "hours", "due"), ("a", "nova", "tactical", 4, 46100))
    (mistake,) = told(workbook(file, {**SMALL, "clients": (("id",), ("nova",)), "tasks": tasks}))
    assert mistake.endswith("a spreadsheet keeps 2026-03-19 as this number: write 2026-03-19")


ABOVE = "the names of the columns stand in row 3, below something else: delete the rows above them"


def test_a_title_above_the_heads_is_told_once(file: Path) -> None:
    rows: Rows = (("Our team", None), (), *STAFF, ("omid", "project_manager"), ("ana", "project_manager"))
    settings: Rows = (("How we plan",), ("since 2026",), *SETTINGS)
    assert told(workbook(file, {"settings": settings, "staff": rows})) == [
        f"team.xlsx: settings!A1: settings: {ABOVE}",
        f"team.xlsx: staff!A1: staff: {ABOVE}",
    ]


def test_a_title_in_a_csv_file_does_not_hide_the_delimiter(tmp_path: Path) -> None:
    settings = "How we plan, and why\n\nkey;value\nstart;2026-01-05\nweeks;4\n"
    team = folder(tmp_path / "team", {"settings.csv": settings, "staff.csv": "id;role\nsara;account_manager\n"})
    assert told(team) == [f"team/settings.csv:1:1: settings: {ABOVE}"]


def test_two_heads_alike_are_told_once_with_both_places(tmp_path: Path) -> None:
    rows: Rows = (("id", "Weekly Hours", "weekly_hours"), ("a", 40, 30), ("b", 40, 30))
    says = 'there are two columns "weekly_hours", this one and column {}: rename one, or delete it'
    assert told(workbook(tmp_path / "team.xlsx", {**SMALL, "staff": rows})) == [
        f"team.xlsx: staff!C1: staff: {says.format('B')}"
    ]
    team = folder(tmp_path / "team", {"staff.csv": "id,Weekly Hours,weekly_hours\na,40,30\n"})
    assert told(team) == [f"team/staff.csv:1:17: staff: {says.format(2)}"]


def hidden(path: Path, rows: list[int], sheet: str = "staff") -> list[str]:
    """Read a workbook with hidden rows, counted from 1, and hidden sheets without entries; return its warnings."""

    def hide(book: Any) -> None:
        for row in rows:
            book.get_worksheet_by_name(sheet).set_row(row - 1, None, None, {"hidden": True})
        book.get_worksheet_by_name("clients").hide()
        book.get_worksheet_by_name("_notes").hide()

    people: Rows = (*STAFF, *((f"p{number}", "project_manager") for number in range(6)))
    workbook(path, {**SMALL, "staff": people, "clients": (("id",),), "_notes": ((1,),)}, hide)
    return [str(warning).replace(f"{path.parent}/", "") for warning in read(path).warnings]


def test_hidden_and_filtered_rows_are_told_and_read(file: Path) -> None:
    says = "hidden, by a filter or by hand, and read all the same: delete what is not meant"
    assert hidden(file, [3]) == [f"team.xlsx: staff row 3: row 3 is {says}"]
    assert hidden(file, [3, 5, 99]) == [f"team.xlsx: staff row 3: rows 3 and 5 are {says}"]
    assert hidden(file, [2, 3, 4, 5, 6, 7, 8]) == [f"team.xlsx: staff row 2: rows 2, 3, 4, 5, 6 and 2 more are {says}"]
    assert len(load(file).staff) == 7


def test_a_hidden_sheet_is_told_and_read(file: Path) -> None:
    workbook(file, SMALL, lambda book: book.get_worksheet_by_name("staff").hide())
    assert [str(warning).replace(f"{file.parent}/", "") for warning in read(file).warnings] == [
        "team.xlsx: staff: this sheet is hidden, and read all the same: begin its name with _ if it is not meant"
    ]


def test_what_is_hidden_in_a_base_is_told_too(file: Path) -> None:
    workbook(file, SMALL, lambda book: book.get_worksheet_by_name("staff").hide())
    change = file.with_name("change.yaml")
    change.write_text("extends: team.xlsx\nweeks: 5\n")
    assert len(read(change).warnings) == 1


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_the_error_of_a_formula_is_told_where_it_became_text(tmp_path: Path, error: str) -> None:
    says = f"staff[sara].name: {error} stands here, the error of a formula: mend it"
    rows: Rows = (("id", "role", "name"), ("sara", "account_manager", error))
    assert told(workbook(tmp_path / "team.xlsx", {**SMALL, "staff": rows})) == [f"team.xlsx: staff!C2: {says}"]
    team = folder(tmp_path / "team", {"staff.csv": f"id,name\nsara,{error}\n"})
    assert told(team) == [f"team/staff.csv:2:6: {says}"]
    assert tree(folder(tmp_path / "team", {"staff.csv": f"id,name\nsara,'{error}\n"}))["staff"][0]["name"] == error
