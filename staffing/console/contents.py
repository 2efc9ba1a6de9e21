"""What is in a scenario, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import count

if TYPE_CHECKING:
    from staffing.scenario.scenario import Scenario


def contents(scenario: Scenario) -> str:
    """Count people, clients, tasks and weeks; placeholder copies and occurrences each for themselves."""
    expanded = scenario.expanded
    return ", ".join(
        (
            count(len(expanded.people), "person", "people"),
            count(len(expanded.clients), "client"),
            count(len(expanded.jobs), "task"),
            count(expanded.weeks, "week"),
        )
    )
