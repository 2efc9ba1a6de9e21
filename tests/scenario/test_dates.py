"""Dates, weeks and periods, each expectation reckoned by hand."""

import datetime as dt

import pytest

from staffing.scenario.dates import first_day, parse_date, period_of, show_date, week_of, year_and_month

MONDAY = dt.date(2026, 1, 5)


def test_a_year_below_1700_is_solar_hijri() -> None:
    assert parse_date("1404-10-15") == MONDAY


def test_ordibehesht_has_31_days() -> None:
    assert parse_date("1404-02-31") == dt.date(2025, 5, 21)


def test_persian_digits_are_digits() -> None:
    assert parse_date("۱۴۰۴-۱۰-۱۵") == MONDAY


@pytest.mark.parametrize("text", ["2026-02-30", "1404-12-30", "2026-1-5", "tomorrow", "", "0000-01-01", "2026-13-01"])
def test_what_is_no_date_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="a date is YYYY-MM-DD") as refused:
        parse_date(text)
    assert "\n" not in str(refused.value)


def test_weeks_count_from_one_and_go_on_outside_the_horizon() -> None:
    assert week_of(MONDAY, MONDAY) == 1
    assert week_of(dt.date(2026, 1, 11), MONDAY) == 1
    assert week_of(dt.date(2026, 1, 12), MONDAY) == 2
    assert week_of(dt.date(2026, 1, 4), MONDAY) == 0
    assert first_day(2, MONDAY) == dt.date(2026, 1, 12)


def test_a_week_belongs_to_the_period_of_its_first_day() -> None:
    assert period_of(4, MONDAY, "month", "gregorian") == "2026-01"  # 26 January
    assert period_of(5, MONDAY, "month", "gregorian") == "2026-02"  # 2 February
    assert period_of(13, MONDAY, "quarter", "gregorian") == "2026-Q1"  # 30 March
    assert period_of(14, MONDAY, "quarter", "gregorian") == "2026-Q2"  # 6 April
    assert period_of(3, MONDAY, "week", "gregorian") == "week 3"
    assert period_of(3, MONDAY, "horizon", "gregorian") == "horizon"
    assert period_of(1, MONDAY, "month", "jalali") == "1404-10"
    assert period_of(1, MONDAY, "quarter", "jalali") == "1404-Q4"


def test_dates_are_shown_in_the_scenarios_calendar() -> None:
    assert show_date(MONDAY, "jalali") == "1404-10-15"
    assert show_date(MONDAY) == "2026-01-05"


def test_a_day_that_the_solar_hijri_calendar_does_not_reach_stays_gregorian() -> None:
    assert show_date(dt.date(9999, 12, 31), "jalali") == "9999-12-31"
    assert year_and_month(dt.date(9999, 12, 31), "jalali") == (9999, 12)
