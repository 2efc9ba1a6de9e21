"""Exact values: what is read, what is refused and how it is said."""

from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import TypeAdapter, ValidationError

from staffing.scenario.amounts import Id, Money, PointInTime, PositiveHours, Text, Written, plain


def test_a_float_is_read_as_it_is_written() -> None:
    assert TypeAdapter(PositiveHours).validate_python(0.1) == Decimal("0.1")


@pytest.mark.parametrize("value", [True, "8", float("nan"), float("inf"), Written("1e400"), 0, -1, 0.00001, 100_001])
def test_hours_are_finite_numbers_above_zero_of_at_most_four_decimals(value: object) -> None:
    with pytest.raises(ValidationError, match="more than 0, at most 100000, with at most 4 decimals"):
        TypeAdapter(PositiveHours).validate_python(value)


def test_money_has_two_decimals() -> None:
    assert TypeAdapter(Money).validate_python(Written("1000.50")) == Decimal("1000.5")
    with pytest.raises(ValidationError, match="too fine"):
        TypeAdapter(Money).validate_python(Written("0.125"))


@pytest.mark.parametrize("text", ["nova", "نوا-۱", "日本", "a.b_c-1", "7up"])
def test_ids_are_letters_of_any_script(text: str) -> None:
    assert TypeAdapter(Id).validate_python(text) == text


@pytest.mark.parametrize("text", ["", "a b", "-a", "a@2", "a/b", "a;b", ".x"])
def test_what_is_no_id_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="is not an id"):
        TypeAdapter(Id).validate_python(text)


def test_digits_written_for_a_name_keep_their_zeros() -> None:
    assert TypeAdapter(Text).validate_python(Written("007")) == "007"


def test_a_point_in_time_is_a_week_or_a_date() -> None:
    assert TypeAdapter(PointInTime).validate_python(Written("3")) == 3
    assert str(TypeAdapter(PointInTime).validate_python("1404-10-15")) == "2026-01-05"
    with pytest.raises(ValidationError, match="neither a week number nor a date"):
        TypeAdapter(PointInTime).validate_python(2.5)


def test_numbers_are_written_without_trailing_zeros() -> None:
    assert [plain(n) for n in (Decimal("40.50"), Decimal("1E+3"), Fraction(1, 4), 0, Decimal("-0.0"))] == [
        "40.5",
        "1000",
        "0.25",
        "0",
        "0",
    ]
