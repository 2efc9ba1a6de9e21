"""Text made safe for a cell."""

from __future__ import annotations

import pytest

from staffing.exports.text import MOST, cell_text

from .hostile import HOSTILE


@pytest.mark.parametrize("text", HOSTILE)
def test_a_cell_is_one_line_that_xml_has_room_for(text: str) -> None:
    safe = cell_text(text)
    assert len(safe.encode("utf-16-le")) // 2 <= MOST
    assert not [char for char in safe if ord(char) < 32 or char in "\ufffe\uffff\u202e"]


def test_what_is_too_long_ends_in_an_ellipsis() -> None:
    assert cell_text("x" * 40_000) == "x" * (MOST - 1) + "…"
    assert cell_text("x" * MOST) == "x" * MOST


def test_no_character_is_cut_in_half() -> None:
    assert cell_text("🎉🎉🎉", 4) == "🎉…"  # each takes two units: the second would leave no room for the ellipsis


def test_persian_keeps_its_joiners() -> None:
    assert cell_text("می\u200cرود") == "می\u200cرود"
