"""The audit: plans checked and re-priced from the scenario alone, without the solver."""

from staffing.auditing.audit import audit, audit_draft, warnings
from staffing.auditing.violation import Violation

__all__ = ["Violation", "audit", "audit_draft", "warnings"]
