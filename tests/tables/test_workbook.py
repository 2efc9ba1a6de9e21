"""Workbooks are read rightly, or refused with the sheet and the cell."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffing.loading import load

from .sheets import SETTINGS, SMALL, STAFF, Rows, rezipped, told, tree, workbook


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "team.xlsx"


def staff(file: Path, *rows: Any) -> dict[str, Any]:
    """Read a workbook with one person, or several."""
    found: dict[str, Any] = tree(workbook(file, {"staff": rows}))["staff"][0]
    return found


def mistakes(file: Path, *rows: Any, name: str = "staff") -> list[str]:
    return told(workbook(file, {**SMALL, name: rows}))


def test_the_least_scenario_is_named_after_its_file(file: Path) -> None:
    assert load(workbook(file, SMALL)).name == "team"


def test_headers_may_have_capitals_and_blanks(file: Path) -> None:
    assert staff(file, (" ID ", "Weekly Hours", "Overtime . Hours"), ("a", 30, 4)) == {
        "id": "a",
        "weekly_hours": 30,
        "overtime": {"hours": 4},
    }


@pytest.mark.parametrize("day", [dt.date(2026, 1, 5), "2026-01-05", " 2026-01-05 "])
def test_a_date_is_a_date_cell_or_text(file: Path, day: Any) -> None:
    assert staff(file, ("id", "start"), ("a", day))["start"] == "2026-01-05"


@pytest.mark.parametrize(
    ("number", "exactly"), [(0.1, "0.1"), ("0.1", "0.1"), ("۰٫۱", "0.1"), (1e15, "1e15"), (7, "7")]
)
def test_numbers_are_exact_in_cells_and_in_text(file: Path, number: Any, exactly: str) -> None:
    assert staff(file, ("id", "cost_rate"), ("a", number))["cost_rate"] == Decimal(exactly)


def test_a_number_is_what_the_spreadsheet_shows(file: Path) -> None:
    book = rezipped(
        workbook(file, {"staff": (("id", "cost_rate"), ("a", 0.5))}),
        lambda name, xml: xml.replace(b"<v>0.5</v>", b"<v>0.30000000000000004</v>"),
    )
    assert tree(book)["staff"][0]["cost_rate"] == Decimal("0.3")


def test_an_id_of_digits_has_no_decimals(file: Path) -> None:
    assert staff(file, ("id", "name"), (7, 2026.5)) == {"id": 7, "name": Decimal("2026.5")}
    assert load(workbook(file, {**SMALL, "clients": (("id", "name"), (7, 2026.5))})).clients[0].id == "7"


@pytest.mark.parametrize("yes", [True, "Yes", "true", 1, "1"])
@pytest.mark.parametrize("no", [False, "NO", "false", 0, "0"])
def test_truth_has_many_words(file: Path, yes: Any, no: Any) -> None:
    clients = tree(workbook(file, {"clients": (("id", "single_owner"), ("a", yes), ("b", no))}))["clients"]
    assert [client["single_owner"] for client in clients] == [True, False]


def test_the_name_yes_is_a_name(file: Path) -> None:
    assert staff(file, ("id", "name"), ("a", "yes"))["name"] == "yes"


def test_blank_is_not_given_and_null_is_null(file: Path) -> None:
    base = workbook(
        file, {**SMALL, "staff": (("id", "role", "cost_rate", "name"), ("sara", "account_manager", 5, " "))}
    )
    change = workbook(
        file.with_name("change.xlsx"),
        {"settings": (("extends", base.name),), "staff": (("id", "cost_rate", "role"), ("sara", "null", None))},
    )
    (sara,) = load(change).staff
    assert (sara.cost_rate, sara.role, sara.name) == (None, "account_manager", None)


def test_blank_rows_and_columns_are_passed_over(file: Path) -> None:
    rows: Rows = (
        (None, None),
        ("id", None, "role"),
        (None,),
        ("a", None, "x"),
        (" ", None, "\t"),
        ("b", " ", "y"),
        ("",),
    )
    assert [entry["id"] for entry in tree(workbook(file, {"staff": rows}))["staff"]] == ["a", "b"]


def test_sheets_and_columns_that_begin_with_an_underline_are_notes(file: Path) -> None:
    sheets = {"_ideas": (("x", "y"),), "staff": (("id", "_why"), ("a", "because")), "Sheet1": ()}
    assert tree(workbook(file, sheets))["staff"] == [{"id": "a"}]


def test_a_renamed_sheet_is_refused_with_the_nearest_name(file: Path) -> None:
    (mistake,) = mistakes(file, ("id",), ("a",), name="Stafff")
    assert mistake.startswith('team.xlsx: Stafff: "Stafff" is not a known table')
    assert mistake.endswith("did you mean staff?")


def test_merged_cells_are_refused(file: Path) -> None:
    def merge(book: Any) -> None:
        book.get_worksheet_by_name("staff").merge_range("C1:D1", "rates")

    assert told(workbook(file, SMALL, merge)) == [
        "team.xlsx: staff!C1: cells are merged here: unmerge them, so that every row has its own"
    ]


def test_a_wrong_value_is_told_with_its_cell(file: Path) -> None:
    (mistake,) = mistakes(file, ("id", "role", "cost_rate"), ("sara", "account_manager", "much"))
    assert mistake.startswith('team.xlsx: staff!C2: staff[sara].cost_rate: "much" is not a number')


def test_an_unknown_column_is_told_once_at_its_head(file: Path) -> None:
    assert mistakes(file, ("id", "role", "rolle"), ("a", "account_manager", 1), ("b", "account_manager", 2)) == [
        'team.xlsx: staff!C1: staff[a].rolle: "rolle" is not a known key; did you mean role?'
    ]


def test_a_missing_value_is_told_with_its_row(file: Path) -> None:
    (*_, mistake) = mistakes(file, ("id", "role"), (None, "account_manager"))
    assert mistake.startswith('team.xlsx: staff row 2: staff[1]: "id" is missing')


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            (("id", "role", None), ("a", "account_manager", "x")),
            "staff!C2: staff: this stands in a column without a name",
        ),
        (
            (("id", "role", "Role"), ("a", "x", "y")),
            'staff!C1: staff: there are two columns "role", this one and column B: rename one, or delete it',
        ),
        (
            (("id", "overtime", "overtime.hours"), ("a", 4, 4)),
            'staff!C2: staff[a].overtime: "overtime.hours" is given already: once is allowed',
        ),
    ],
)
def test_columns_are_named_and_each_once(file: Path, rows: Rows, says: str) -> None:
    assert f"team.xlsx: {says}" in mistakes(file, *rows)[0]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("step", 1, "hour"), "settings!C4: a key has one value, and this stands beside it"),
        ((None, 4), "settings!B4: this value has no key beside it"),
        (("Weeks", 5), 'settings!B4: weeks: "weeks" is given already: once is allowed'),
        (("staff", 5), "settings!A4: staff is no setting: it has a table of its own"),
        (("wekes", 5), 'settings!A4: wekes: "wekes" is not a known key; did you mean weeks?'),
    ],
)
def test_settings_are_keys_with_one_value(file: Path, row: Any, says: str) -> None:
    assert told(workbook(file, {**SMALL, "settings": (*SETTINGS, row)})) == [f"team.xlsx: {says}"]


def test_roles_have_ids(file: Path) -> None:
    assert mistakes(file, ("id", "tactical"), ("pm", 1), (None, 1), ("pm", 1), name="roles") == [
        "team.xlsx: roles!B3: roles: a role has an id",
        "team.xlsx: roles!A4: roles: pm is given twice: once is allowed",
    ]


def test_a_time_of_day_is_no_date(file: Path) -> None:
    (mistake,) = mistakes(file, ("id", "role", "start"), ("a", "account_manager", dt.datetime(2026, 1, 5, 12)))
    assert "C2: staff[a].start: 2026-01-05 12:00:00 has a time of day" in mistake


def test_a_number_that_became_a_date_is_told(file: Path) -> None:
    (mistake,) = mistakes(file, ("id", "role", "cost_rate"), ("a", "account_manager", dt.date(2026, 1, 5)))
    assert "staff!C2: staff[a].cost_rate: 2026-01-05 is not a number" in mistake


def test_every_sheet_in_its_own_order(file: Path) -> None:
    found = told(
        workbook(file, {**SMALL, "staff": ((*STAFF[0], "x"), (*STAFF[1], 1)), "clients": (("id", "y"), ("a", 1))})
    )
    assert [mistake.split(": ")[1] for mistake in found] == ["staff!C1", "clients!B1"]


def test_a_workbook_may_extend_and_remove(file: Path) -> None:
    workbook(file, {**SMALL, "clients": (("id",), ("a",), ("b",))})
    change = file.with_name("change.xlsx")
    workbook(change, {"settings": (("extends", "team.xlsx"), ("remove.clients", "a"))})
    assert [client.id for client in load(change).clients] == ["b"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ((("id", "role", "skills"), ("a", "x", "seo; seo:2")), "staff!C2: staff[a].skills: seo is named twice"),
        ((("id", "role", "role.x"), ("a", "x", "y")), 'staff!C2: staff[a].role: "role.x" is given already'),
        ((("id", "role"), (None, None), ("a", dt.time(9))), 'staff!B3: staff[a].role: "09:00:00"'),
    ],
)
def test_a_cell_that_cannot_be_read_is_told(file: Path, rows: Rows, says: str) -> None:
    assert any(mistake.startswith(f"team.xlsx: {says}") for mistake in mistakes(file, *rows))


def test_two_sheets_of_one_name_are_refused(file: Path) -> None:
    assert told(workbook(file, {**SMALL, "Staff ": STAFF})) == [
        "team.xlsx: Staff : there are two tables staff: one is allowed"
    ]


def test_a_role_without_any_cell_is_none(file: Path) -> None:
    roles: Rows = (("id", "_note"), ("pm", 1), (None, "only a note"))
    assert tree(workbook(file, {"roles": roles}))["roles"] == {"pm": {}}


def test_more_sheets_than_anybody_has_are_refused(file: Path) -> None:
    (mistake,) = told(workbook(file, {f"s{number}": () for number in range(101)}))
    assert "too many sheets" in mistake


def test_who_interrupts_is_heard(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("python_calamine.CalamineWorkbook.from_filelike", interrupt)
    with pytest.raises(KeyboardInterrupt):
        tree(workbook(file, SMALL))
