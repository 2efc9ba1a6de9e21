"""What stands in the modules as examples is so."""

from __future__ import annotations

import doctest

import pytest

from staffing.timesheets import billing, count, days, durations, matching, months, timesheet


@pytest.mark.parametrize(
    "module", [billing, count, days, durations, matching, months, timesheet], ids=lambda module: module.__name__
)
def test_the_examples_of_a_module_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]
