"""Lists in one cell."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staffing.files import tables_lists as lists
from staffing.files.tables_cells import guarded, text_cell
from staffing.files.tree import Place
from staffing.scenario.amounts import Written


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lists.levels, "seo:2; copy", {"seo": 2, "copy": 1}),
        (lists.levels, '"a;b":2; "say ""hi""" ;c:d:3', {"a;b": 2, 'say "hi"': 1, "c:d": 3}),
        (lists.levels, "سئو:۲؛ متن", {"سئو": 2, "متن": 1}),
        (lists.after, "plan; brief+1", ["plan", {"task": "brief", "lag": 1}]),
        (
            lists.days_off,
            "2026-01-05..2026-01-09; 2026-02-02",
            [{"from": "2026-01-05", "to": "2026-01-09"}, "2026-02-02"],
        ),
        (lists.estimates, "omid=8; sara=6@500", {"omid": {"hours": 8}, "sara": {"hours": 6, "price": 500}}),
        (lists.estimates, "omid", {"omid": {}}),
        (
            lists.goals,
            "must; value~0.02; cost",
            ["must", {"goal": "value", "tolerance": Written("0.02")}, "cost"],
        ),
        (lists.weekly_hours, "40", 40),
        (
            lists.weekly_hours,
            "2026-01-05=40; 2026-03-01=32",
            [{"from": "2026-01-05", "hours": 40}, {"from": "2026-03-01", "hours": 32}],
        ),
        (lists.names, "a; b\nc;;", ["a", "b", "c"]),
        (lists.names, ";", []),
        (lists.weekly_hours, ";", []),
    ],
)
def test_a_list_is_read(read: Any, text: str, value: Any) -> None:
    assert read(text, False) == value


def test_a_decimal_comma_in_a_list() -> None:
    assert lists.estimates("omid=8,5", True) == {"omid": {"hours": Written("8.5")}}


@pytest.mark.parametrize("text", ["seo; seo:2", '"seo"; seo'])
def test_a_skill_twice_is_wrong(text: str) -> None:
    with pytest.raises(lists.Wrong, match="seo is named twice"):
        lists.levels(text, False)


@given(st.dictionaries(st.text(), st.integers(1, 9)))
def test_skills_of_any_name_come_back(skills: dict[str, int]) -> None:
    assert lists.levels(lists.write_levels(skills), False) == skills


@given(st.text() | st.from_regex(r"\A['= ]*(null|x)?[ ']*\Z"), st.booleans())
def test_any_text_comes_back_from_a_cell(text: str, formulas: bool) -> None:
    cell = text_cell(guarded(text, formulas), Place("f"))
    assert cell is not None
    assert (cell.value, cell.literal or text != "null") == (text, True)


@given(st.sampled_from("=+-@\t\r"), st.text())
def test_no_text_in_csv_begins_like_a_formula(first: str, rest: str) -> None:
    assert guarded(first + rest, formulas=True).startswith("'")
