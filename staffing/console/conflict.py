"""What must work that waits is in conflict with, as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.page import Column, Table

if TYPE_CHECKING:
    from staffing.decisions.explanation import Explanation


def conflict_parts(answer: Explanation) -> list[str | Table]:
    """Return the facts that cannot hold together, and what that means; nothing where that was not asked."""
    conflict = answer.conflict
    if conflict is None:
        return []
    if not conflict.facts:
        return [conflict.text]
    rows = tuple((line,) for line in conflict.lines)
    return [Table("What is in conflict", (Column("fact", prose=True),), rows, note=conflict.text)]
