"""The shape of the metrics that tables and comparisons read; a plan file of other making may have anything there."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, ValidationError

from staffing.errors import Mistake, PlanError
from staffing.plan.plan import Plan

Figure = int | float | None


class _Shape(BaseModel):
    model_config = ConfigDict(strict=True)


class _Utilisation(_Shape):
    all: Figure = None
    by_role: dict[str, Figure] = {}
    by_person: dict[str, Figure] = {}


class _Budget(_Shape):
    client: str | None = None
    project: str | None = None
    period: str
    burn: int | float
    amount: int | float
    spent: int | float


class _Metrics(_Shape):
    delivered_tasks: int = 0
    waiting_tasks: int = 0
    late_tasks: int = 0
    delivered_value: Figure = None
    total_value: Figure = None
    must_waiting_hours: Figure = None
    weeks_late: Figure = None
    planned_hours: Figure = None
    overtime_hours: Figure = None
    switching_hours: Figure = None
    capacity_hours: Figure = None
    utilisation: _Utilisation = _Utilisation()
    hours_by_role_and_kind: dict[str, dict[str, int | float]] = {}
    strategic_waiting_hours: Figure = None
    cost: Figure = None
    revenue: Figure = None
    margin: Figure = None
    contacts: Figure = None
    budgets: list[_Budget] = []


def check_metrics(plan: Plan, file: str) -> None:
    """Make sure that a plan's metrics can be shown.

    Raises
    ------
    PlanError
        With every metric that is not what a plan file has there.
    """
    try:
        shape = _Metrics.model_validate(plan.metrics)
    except ValidationError as error:
        places = dict.fromkeys(_place(detail["loc"]) for detail in error.errors(include_url=False))
        raise PlanError([Mistake("is not what a plan file has there", place, file) for place in places]) from None
    for number, budget in enumerate(shape.budgets):
        if (budget.client is None) == (budget.project is None):
            raise PlanError([Mistake("names neither a client nor a project alone", f"metrics.budgets[{number}]", file)])


def _place(parts: tuple[int | str, ...]) -> str:
    named = [part for part in parts if part not in ("int", "float")]
    return "metrics" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in named)
