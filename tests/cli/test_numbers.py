"""Numbers as people read them."""

from __future__ import annotations

import pytest

from staffing.console.numbers import count, number, percent


@pytest.mark.parametrize(
    ("value", "text"), [(12400.5, "12,400.5"), (3.0, "3"), (0.25, "0.25"), (-0.001, "0"), (-240, "-240"), (None, "-")]
)
def test_numbers_have_no_trailing_zeros(value: float | None, text: str) -> None:
    assert number(value) == text


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(0.0, "0%"), (0.001, "1%"), (0.5, "50%"), (0.999, "99%"), (1.0, "100%"), (1.041, "104%"), (None, "-")],
)
def test_a_little_is_not_nothing_and_nearly_all_is_not_all(ratio: float | None, text: str) -> None:
    assert percent(ratio) == text


def test_one_is_not_many() -> None:
    assert [count(1, "task"), count(2, "task"), count(0, "person", "people")] == ["1 task", "2 tasks", "0 people"]
