"""A scenario whose uncertain hours are what they will hardly exceed: a quantile in place of the likely ones."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal
from typing import Any

from staffing.errors import StaffingError
from staffing.scenario.records import WEIGHTS, HoursRange, Task
from staffing.scenario.scenario import Scenario

SHAPE = 4
"""How much the likely hours weigh in a PERT distribution, beside 1 for the low and 1 for the high ones."""
_GRID = Decimal("0.0001")


def beta_shape(hours: HoursRange) -> tuple[float, float]:
    """Return the two shape parameters of the beta distribution of a PERT estimate, between its low and its high.

    Source: D. G. Malcolm et al., Application of a technique for research and development program evaluation,
    Operations Research 7 (1959).
    """
    span = hours.high - hours.low
    return float(1 + SHAPE * (hours.likely - hours.low) / span), float(1 + SHAPE * (hours.high - hours.likely) / span)


def quantile(hours: HoursRange, confidence: float) -> Decimal:
    """Return the hours that a task needs at most with some confidence, rounded up to 4 decimals."""
    if hours.low == hours.high:
        return hours.likely
    from scipy.special import betaincinv  # only here: loading it takes a tenth of a second

    share = float(betaincinv(*beta_shape(hours), confidence))
    return _up(hours.low + (hours.high - hours.low) * Decimal(share))


def _up(hours: Decimal) -> Decimal:
    return hours.quantize(_GRID, ROUND_CEILING).normalize()


def at_confidence(scenario: Scenario, confidence: float | None) -> Scenario:
    """Return a scenario in which every range of hours is the quantile that it stays below with some confidence.

    What is left of a task, and what people ask for it, grow alike. What it is worth does not.

    Parameters
    ----------
    scenario
        The scenario.
    confidence
        Above 0 and below 1; None for the likely hours.

    Raises
    ------
    StaffingError
        For a confidence that is none.
    """
    if confidence is None:
        return scenario
    if not 0 < confidence < 1:
        raise StaffingError("confidence is out of range: a share above 0 and below 1, such as 0.8")
    return scenario.replace(tasks=[_sure(task, confidence) for task in scenario.tasks])


def _sure(task: Task, confidence: float) -> Task:
    if not isinstance(task.hours, HoursRange):
        return task
    hours = quantile(task.hours, confidence)
    more = hours / task.likely
    change: dict[str, Any] = {"hours": hours}
    if task.value is None:
        change["value"] = WEIGHTS[task.priority] * task.likely
    if task.left is not None:
        change["left"] = _up(task.left * more)
    change["estimates"] = {
        name: asked.model_copy(update={"hours": _up(asked.hours * more)}) for name, asked in task.estimates.items()
    }
    return task.model_copy(update=change)
