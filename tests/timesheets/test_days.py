"""Days, read in one way or not at all."""

from __future__ import annotations

import datetime as dt

import pytest

from staffing.timesheets.days import find_order, read_day

WRITTEN = (
    *("2026-01-13", "2026/01/13", "2026.1.13", "2026-1-13", "20260113", "13.1.2026", "13.01.26", "13 . 1 . 2026"),
    *(
        "13 Jan 2026",
        "13. Januar 2026",
        "13 janvier 2026",
        "13 de enero de 2026",
        "13-Jan-2026",
        "13-JAN-26",
        "13Jan2026",
    ),
    *("Jan 13, 2026", "January 13th, 2026", "2026-Jan-13", "Tue, 13 Jan 2026", "Di. 13.1.2026", "mar. 13 janv. 2026"),
    *(
        "2026-01-13T09:00:00Z",
        "2026-01-13 09:00",
        "13/Jan/26 9:00 AM",
        "13 Jan 2026, 09:30",
        "2026-01-13T09:00:00+03:30",
    ),
    *(
        "1404-10-23",
        "۱۴۰۴/۱۰/۲۳",
        "۲۳ دی ۱۴۰۴",
        "۲۳ دي ۱۴۰۴",
        "سه‌شنبه ۲۳ دی ۱۴۰۴",
        "سه شنبه، ۲۳ دی ۱۴۰۴",
        "13 ژانویه 2026",
    ),
)


@pytest.mark.parametrize("text", WRITTEN)
def test_a_day_is_written_in_many_ways(text: str) -> None:
    assert read_day(text) == dt.date(2026, 1, 13)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("13/1/2026", "dmy"),
        ("1/13/26", "mdy"),
        ("13-01-26", "dmy"),
        ("26-01-13", "ymd"),
        ("01.13.2026", "mdy"),
        ("Tue 1/13/2026", "mdy"),
        ("23/10/1404", "dmy"),
        ("13.1.2026", "ymd"),
        ("2026-01-13", "dmy"),
    ],
)
def test_the_order_is_told_where_the_year_does_not_come_first(text: str, order: str) -> None:
    assert read_day(text, order) == dt.date(2026, 1, 13)


NONE = (
    *(
        "",
        "2026-13-01",
        "31 Feb 2026",
        "yesterday",
        "Total",
        "Friday",
        "2026-01/06",
        "1/5",
        "Jan 2026",
        "2026",
        "1/13/2026",
    ),
    *("2026-01-06 - 2026-01-10", "13 Jan 2026 - 15 Jan 2026", "13 jui 2026", "13 دی 2026", "13 Jan 1404", "13 Jan 226"),
    *("2026-01-13 and more", "2026年1月13日", "1" * 61, "13.13.2026", "99/99/2026", "0000-00-00"),
)


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_day(text: str) -> None:
    with pytest.raises(
        ValueError, match=r"cannot be read as a day: 2026-01-13, 13\.1\.2026 and 13 Jan 2026 are allowed"
    ):
        read_day(text)


@pytest.mark.parametrize(
    ("text", "order"), [("13.1.04", None), ("26-01-13", "dmy"), ("۰۴/۱۰/۲۳", "ymd"), ("۲۳ دی ۲۴", None)]
)
def test_a_short_year_that_may_be_another_is_not_guessed(text: str, order: str | None) -> None:
    with pytest.raises(ValueError, match="cannot be told: write it with four digits"):
        read_day(text, order)


def test_the_number_that_a_spreadsheet_keeps_for_a_day_is_explained() -> None:
    with pytest.raises(
        ValueError, match=r'"46035\.5" is the number a spreadsheet keeps for 2026-01-13: format the cell'
    ):
        read_day("46035.5")


@pytest.mark.parametrize(
    ("days", "order"),
    [
        ("13/1/2026 1/2/2026", "dmy"),
        ("1/13/2026 1/2/2026", "mdy"),
        ("1/13/26", "mdy"),
        ("5/5/2026", "dmy"),  # whichever
        ("26-01-13", "ymd"),  # in another order it would be a year long ago
        ("21-01-26 13-01-26", "dmy"),
        ("2026-01-02 1.2.2026 99/99/2026 x", None),
    ],
)
def test_the_order_is_found_out_where_the_days_leave_no_doubt(days: str, order: str | None) -> None:
    assert find_order(days.split()) == order


@pytest.mark.parametrize(
    ("days", "says"),
    [
        ("1/2/2026 3/4/2026", "days such as 1/2/2026 can be read in two ways: tell date_format, dmy or mdy, by --map"),
        ("21-01-26", "days such as 21-01-26 can be read in two ways: tell date_format, dmy or ymd, by --map"),
        ("1/13/2026 13/1/2026", "days such as 1/13/2026 and 13/1/2026 stand in different orders: tell date_format"),
    ],
)
def test_days_that_leave_a_doubt_ask_for_the_order(days: str, says: str) -> None:
    with pytest.raises(ValueError, match="^" + says):
        find_order(days.split())
    assert find_order(days.split(), "dmy") == "dmy"
