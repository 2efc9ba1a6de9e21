"""CSV: one writer for every table, whose cells no program cuts in two or runs."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from staffing.plan.csv_text import csv_text, inert


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("mark", ["\r", "\n", "\r\n", "\v", "\f", "\x1c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_a_line_end_in_a_cell_begins_no_row(mark: str) -> None:
    text = csv_text([["id", "name"], ["a", f"x{mark}=1+1"]])
    assert f'a,"x{mark}=1+1"\n' in text
    assert read(text) == [["id", "name"], ["a", f"x{mark}=1+1"]]


@pytest.mark.parametrize("mark", [",", ";", "\t", '"'])
def test_a_delimiter_of_any_country_begins_no_cell(mark: str) -> None:
    assert csv_text([[f"x{mark}=1+1"]]).startswith('"x')
    assert read(csv_text([[f"x{mark}=1+1"]])) == [[f"x{mark}=1+1"]]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1"])
def test_a_formula_is_text(text: str) -> None:
    assert read(csv_text([[text]])) == [[f"'{text}"]]


@pytest.mark.parametrize("text", ["a=1", "1-2", "'tis", "سارا", "", " a"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_values_are_written_as_a_spreadsheet_reads_them() -> None:
    row = [None, True, -3, Decimal("-0.50"), 4.0, dt.date(2026, 1, 5), ("sara", "omid"), ["=1"]]
    assert csv_text([row], end="\r\n") == ',true,-3,-0.5,4.0,2026-01-05,"sara; omid",\'=1\r\n'
