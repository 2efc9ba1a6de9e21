"""Proven, audited staffing plans for agencies: who does what, when, what waits and why."""

from staffing.errors import (
    InputError,
    InternalError,
    Mistake,
    OutputError,
    PlanError,
    ScenarioError,
    StaffingError,
)

__all__ = [
    "InputError",
    "InternalError",
    "Mistake",
    "OutputError",
    "PlanError",
    "ScenarioError",
    "StaffingError",
]
