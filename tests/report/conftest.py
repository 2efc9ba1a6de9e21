"""Plans, each as a page tells it."""

from __future__ import annotations

import pytest

from report.plans import persian, small
from staffing.report.names import Told


@pytest.fixture
def told() -> Told:
    return Told.of(small())


@pytest.fixture
def told_in_persian() -> Told:
    return Told.of(persian())
