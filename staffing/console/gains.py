"""What a plan can gain by itself: said before answers whose prices must not be taken for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import signed
from staffing.console.words import GOALS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from staffing.console.page import Page
    from staffing.scenario.records import Goal


BEYOND = "What follows is beyond that."
"""Where an answer counts from what the plan itself can gain."""


def gain_lines(gain: Mapping[Goal, float] | None, how: str, then: str, page: Page) -> list[str]:
    """Return a sentence with what the plan itself gains, between its beginning and the one that follows.

    There is none where no better plan was found.
    """
    if gain is None:
        return []
    told = ", ".join(f"{GOALS[goal]} {signed(amount)}" for goal, amount in gain.items() if amount)
    return page.lines(f"The plan itself can {how}: {told}. {then}")
