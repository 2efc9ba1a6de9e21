"""The table of the search's numbers: each is used, and may differ within a block."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from typing import Any

import pytest

import staffing
from staffing.solving.tuning import TUNING, Tuning, varied


def test_every_number_is_used() -> None:
    package = Path(staffing.__file__).parent
    text = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert set(re.findall(r"TUNING\.(\w+)", text)) == {field.name for field in fields(Tuning)}


def test_numbers_differ_within_a_block_alone() -> None:
    with varied(most_people=2):
        assert (TUNING.most_people, TUNING.client_people) == (2, Tuning().client_people)
    assert Tuning() == TUNING


def test_nothing_else_changes_them() -> None:
    changed: Any = TUNING
    with pytest.raises(FrozenInstanceError):
        changed.most_people = 2
    with pytest.raises(AttributeError, match="no_such_number"), varied(no_such_number=1):
        pass
