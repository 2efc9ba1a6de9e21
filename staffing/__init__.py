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
    SchedulerWarning,
    StaffingError,
    StaffingWarning,
)

if TYPE_CHECKING:
    from staffing.auditing.audit import audit
    from staffing.auditing.violation import Violation
    from staffing.comparing.comparison import Comparison, compare
    from staffing.decisions.break_even import break_even
    from staffing.decisions.crossing import BreakEven
    from staffing.decisions.curve import TradeOff
    from staffing.decisions.explain import explain
    from staffing.decisions.explanation import Explanation
    from staffing.decisions.hire import hire
    from staffing.decisions.hiring import Hiring
    from staffing.decisions.risk import Risk, risk
    from staffing.decisions.trade_off import trade_off
    from staffing.decisions.worth import worth
    from staffing.decisions.worth_answer import Worth
    from staffing.loading import load, warnings
    from staffing.plan.plan import Plan
    from staffing.rolling.roll import roll
    from staffing.scenario.scenario import Scenario
    from staffing.solving.cp.extension import Door
    from staffing.solving.limits import Progress
    from staffing.solving.solve import solve
    from staffing.sweeping.answer import Sweep
    from staffing.sweeping.sweep import sweep
    from staffing.timesheets.actuals import Actuals, actuals
    from staffing.writing.convert import convert

_HOMES = {
    "Actuals": "staffing.timesheets.actuals",
    "BreakEven": "staffing.decisions.crossing",
    "Comparison": "staffing.comparing.comparison",
    "Door": "staffing.solving.cp.extension",
    "Explanation": "staffing.decisions.explanation",
    "Hiring": "staffing.decisions.hiring",
    "Plan": "staffing.plan.plan",
    "Progress": "staffing.solving.limits",
    "Risk": "staffing.decisions.risk",
    "Scenario": "staffing.scenario.scenario",
    "TradeOff": "staffing.decisions.curve",
    "Sweep": "staffing.sweeping.answer",
    "Violation": "staffing.auditing.violation",
    "Worth": "staffing.decisions.worth_answer",
    "actuals": "staffing.timesheets.actuals",
    "audit": "staffing.auditing.audit",
    "break_even": "staffing.decisions.break_even",
    "compare": "staffing.comparing.comparison",
    "convert": "staffing.writing.convert",
    "explain": "staffing.decisions.explain",
    "hire": "staffing.decisions.hire",
    "load": "staffing.loading",
    "risk": "staffing.decisions.risk",
    "roll": "staffing.rolling.roll",
    "solve": "staffing.solving.solve",
    "trade_off": "staffing.decisions.trade_off",
    "sweep": "staffing.sweeping.sweep",
    "warnings": "staffing.loading",
    "worth": "staffing.decisions.worth",
}
"""Where each name lives. It is imported when first asked for: the solver alone takes a second."""

__all__ = [
    "Actuals",
    "BreakEven",
    "Comparison",
    "Door",
    "Explanation",
    "Hiring",
    "InputError",
    "InternalError",
    "Mistake",
    "OutputError",
    "Plan",
    "PlanError",
    "Progress",
    "Risk",
    "Scenario",
    "ScenarioError",
    "SchedulerWarning",
    "StaffingError",
    "StaffingWarning",
    "Sweep",
    "TradeOff",
    "Violation",
    "Worth",
    "actuals",
    "audit",
    "break_even",
    "compare",
    "convert",
    "explain",
    "hire",
    "load",
    "risk",
    "roll",
    "solve",
    "sweep",
    "trade_off",
    "warnings",
    "worth",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'staffing' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def _by_the_page(fragment: str) -> Callable[[Any], str]:
    """Return a function that draws with the page, which is loaded when something is first shown."""
    return lambda shown: str(getattr(import_module("staffing.report.page"), fragment)(shown))


def _by(module: str, function: str) -> Callable[[Any, Any], None]:
    """Return a function that writes with another, which is loaded when something is first written."""

    def write(shown: Any, path: Any) -> None:
        getattr(import_module(module), function)(shown, path)

    return write


showing.drawn_by("scenario", _by_the_page("scenario_fragment"))
showing.drawn_by("plan", _by_the_page("plan_fragment"))
showing.drawn_by("comparison", _by_the_page("comparison_fragment"))
showing.drawn_by("answer", _by_the_page("answer_fragment"))
showing.written_by("plan", ".xlsx", _by("staffing.exports.workbook", "write_workbook"))
showing.written_by("plan", ".html", _by("staffing.report.page", "save_plan"))
showing.written_by("plan", ".ics", _by("staffing.exports.calendar", "write_calendar"))
showing.written_by("answer", ".html", _by("staffing.report.page", "save_answer"))
showing.written_by("scenario", "", _by("staffing.writing.convert", "save"))


def __dir__() -> list[str]:
    return sorted(__all__)
