"""Durations, read exactly or not at all."""

from __future__ import annotations

from fractions import Fraction

import pytest

from staffing.timesheets.durations import Mark, Unit, read_duration

HOUR_AND_A_HALF = (
    *("1.5", "1,5", "1.50", "1:30", "01:30:00", "1:30 h", "1:30h", "1.5 hrs", "1.5h", "1h 30m", "1 h 30 min", "1h30"),
    *("1 hour and 30 minutes", "90 min", "90m", "90:00 min", "5400 sec", "PT1H30M", "pt1.5h", "PT90M", "+1.5", "1½"),
    *("1 Std. 30 Min.", "1 heure et 30 minutes", "1 u 30", "۱:۳۰", "۱٫۵", "۱ ساعت و ۳۰ دقیقه", "یک ساعت و نیم"),
    *("یک و نیم ساعت", "۹۰ دقيقه", " 1.5 ", "1\u00a0h\u00a030", "1 h, 30 min"),
)


@pytest.mark.parametrize("text", HOUR_AND_A_HALF)
def test_an_hour_and_a_half_is_written_in_many_ways(text: str) -> None:
    assert read_duration(text) == Fraction(3, 2)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("18:25 min", Fraction(18 * 60 + 25, 3600)),  # never 18 hours and 25 minutes
        ("18:25", Fraction(18 * 60 + 25, 60)),
        ("36 sec", Fraction(1, 100)),
        ("0:00:36.5", Fraction(73, 7200)),
        ("45m", Fraction(3, 4)),
        ("نیم ساعت", Fraction(1, 2)),
        ("100:15:00", Fraction(401, 4)),
        ("2 hr 5 min 10 sec", Fraction(7510, 3600)),
        ("1h 10 sec", Fraction(361, 360)),
        ("0", Fraction(0)),
        ("0:00", Fraction(0)),
        ("5.", Fraction(5)),
        ("0,125", Fraction(1, 8)),
        ("12.3456", Fraction("12.3456")),
    ],
)
def test_other_durations(text: str, hours: Fraction) -> None:
    assert read_duration(text) == hours


@pytest.mark.parametrize(
    "text", ["-2.50", "−2.5", "(2.5)", "2.5-", "-2:30", "(2:30)", "-2h 30m", "-PT2H30M", "- 2,5 h"]
)
def test_corrections_are_less_than_nothing(text: str) -> None:
    assert read_duration(text) == Fraction(-5, 2)


@pytest.mark.parametrize(
    ("text", "hours"),
    [("1:30:00", Fraction(3, 2)), ("1 day, 2:30:00", Fraction(53, 2)), ("-1 day, 22:30:00", Fraction(-3, 2))],
)
def test_cells_of_hours_and_minutes_are_read_as_workbooks_keep_them(text: str, hours: Fraction) -> None:
    assert read_duration(text, "") == hours


@pytest.mark.parametrize("text", ["1,008.5", "1.008,5", "1 008,5", "1'008.5", "1’008.5", "1٬008٫5", "1,008.5 h"])
def test_thousands_are_told_by_what_follows_them(text: str) -> None:
    assert read_duration(text) == Fraction(2017, 2)


@pytest.mark.parametrize(
    ("text", "mark", "remedy"),
    [
        ("1,008", ".", "as 1008 and as 1.008: write 1008 or 1.008"),
        ("1.008", ",", "as 1008 and as 1.008: write 1008 or 1,008"),
        ("12.500 h", ",", "as 12500 and as 12.500: write 12500 or 12,500"),
        ("-1,008", ".", "as 1008 and as 1.008"),
        ("1.008", "", "make the cell a number"),
        ("1,008", "", "make the cell a number"),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_guessed(text: str, mark: Mark, remedy: str) -> None:
    with pytest.raises(ValueError, match="can be read in two ways") as refused:
        read_duration(text, mark)
    assert remedy in str(refused.value)


@pytest.mark.parametrize(("text", "mark"), [("1.008", "."), ("1,008", ","), ("PT1.008H", ","), ("1٫008", ",")])
def test_three_decimals_after_the_mark_of_the_file_are_decimals(text: str, mark: Mark) -> None:
    assert read_duration(text, mark) == Fraction("1.008")


@pytest.mark.parametrize(
    ("text", "unit", "hours"),
    [("90", "minutes", "3/2"), ("5400", "seconds", "3/2"), ("2 h", "minutes", "2"), ("18:00 min", "minutes", "3/10")],
)
def test_a_column_of_minutes_counts_minutes(text: str, unit: Unit, hours: str) -> None:
    assert read_duration(text, unit=unit) == Fraction(hours)


@pytest.mark.parametrize("text", ["18:25", "1:30:00"])
def test_a_clock_in_a_column_of_minutes_is_not_guessed(text: str) -> None:
    with pytest.raises(ValueError, match="write"):
        read_duration(text, unit="minutes")


NONE = (
    *("", "-", "()", "--1", "(-2)", "abc", "1e3", "nan", "inf", "1:75", "1:5", "1:30:75", "1:30 PM", "09:00-10:30"),
    *(
        "1h5",
        "30m 1h",
        "1.5h 30m",
        "2h 3h",
        "2d",
        "P1DT2H",
        "PT",
        "1 30",
        "7/5",
        "1.2.3",
        "1:18:25 min",
        "h",
        "1 h and",
    ),
    *("9" * 61, "#REF!", "1 008 1"),
)


@pytest.mark.parametrize("text", NONE)
def test_what_are_no_hours(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read as hours: 1\.5, 1:30, 1h 30m and 90 min are allowed"):
        read_duration(text)


@pytest.mark.parametrize("text", ["100001", "-200,000.0", "999999:00", "999999 days, 0:00:00"])
def test_no_row_has_more_hours_than_a_task_can(text: str) -> None:
    with pytest.raises(ValueError, match="at most 100,000 hours are allowed"):
        read_duration(text)
