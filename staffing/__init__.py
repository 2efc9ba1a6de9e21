"""Proven, audited staffing plans for agencies: who does what, when, what waits and why.

>>> import staffing
>>> base = staffing.load("scenarios/one-am.yaml")  # doctest: +SKIP
>>> plan = staffing.solve(base)  # doctest: +SKIP
"""

from __future__ import annotations

from staffing import starting  # noqa: F401  before all else, so that Ctrl-C is heard amid the rest

# isort: split
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from staffing import showing
from staffing.errors import (
    InputError,
    InternalError,
    Mistake,
    OutputError,
    PlanError,
    ScenarioError,
    StaffingError,
    StaffingWarning,
)

if TYPE_CHECKING:
    from staffing.auditing.audit import audit
    from staffing.auditing.violation import Violation
    from staffing.comparing.comparison import Comparison, compare
    from staffing.loading import load
    from staffing.plan.plan import Plan
    from staffing.scenario.scenario import Scenario
    from staffing.solving.door import Door
    from staffing.solving.progress import Progress
    from staffing.solving.solve import solve
    from staffing.timesheets.actuals import Actuals, actuals

_HOMES = {
    "Actuals": "staffing.timesheets.actuals",
    "Comparison": "staffing.comparing.comparison",
    "Door": "staffing.solving.door",
    "Plan": "staffing.plan.plan",
    "Progress": "staffing.solving.progress",
    "Scenario": "staffing.scenario.scenario",
    "Violation": "staffing.auditing.violation",
    "actuals": "staffing.timesheets.actuals",
    "audit": "staffing.auditing.audit",
    "compare": "staffing.comparing.comparison",
    "load": "staffing.loading",
    "solve": "staffing.solving.solve",
}
"""Where each name lives. It is imported when first asked for: the solver alone takes a second."""

__all__ = [
    "Actuals",
    "Comparison",
    "Door",
    "InputError",
    "InternalError",
    "Mistake",
    "OutputError",
    "Plan",
    "PlanError",
    "Progress",
    "Scenario",
    "ScenarioError",
    "StaffingError",
    "StaffingWarning",
    "Violation",
    "actuals",
    "audit",
    "compare",
    "load",
    "solve",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'staffing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def _by_the_page(fragment: str) -> Callable[[Any], str]:
    """Draw with the page, which is loaded when something is first shown."""
    return lambda shown: str(getattr(import_module("staffing.report.page"), fragment)(shown))


showing.drawn_by("plan", _by_the_page("plan_fragment"))
showing.drawn_by("comparison", _by_the_page("comparison_fragment"))


def __dir__() -> list[str]:
    return sorted(__all__)
