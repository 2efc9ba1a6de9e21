"""What the audit of a draft finds, for tests of single rules."""

from __future__ import annotations

from collections.abc import Sequence

from plan.worlds import Cells, draft

from staffing.auditing import audit_draft
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


def broken(world: Scenario | Expanded, cells: Cells, hired: Sequence[str] = ()) -> list[str]:
    """Words of the rules a draft breaks, once for each violation."""
    expanded = world if isinstance(world, Expanded) else world.expanded
    return [violation.rule for violation in audit_draft(expanded, draft(cells, hired))]
