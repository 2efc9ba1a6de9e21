"""The audit: plans checked and re-priced from the scenario alone, without the solver."""

from staffing.audit.audit import audit, audit_draft, warnings
from staffing.audit.violation import Violation

__all__ = ["Violation", "audit", "audit_draft", "warnings"]
