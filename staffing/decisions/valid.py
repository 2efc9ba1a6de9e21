"""A plan is audited before anything is asked of it."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.auditing.allocations import read_allocations
from staffing.auditing.audit import audit
from staffing.auditing.violation import Violation
from staffing.errors import Mistake, PlanError
from staffing.plan.facts import Facts
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario


class NotValidError(PlanError):
    """A plan is none for the scenario.

    Attributes
    ----------
    violations
        What the audit found.
    """

    def __init__(self, violations: Sequence[Violation]) -> None:
        self.violations = tuple(violations)
        super().__init__([Mistake(str(violation)) for violation in violations])


def facts_of(scenario: Scenario, plan: Plan) -> Facts:
    """Return the facts of a plan that is valid for a scenario.

    Raises
    ------
    NotValidError
        With every violation, where it is not.
    """
    violations = audit(scenario, plan)
    if violations:
        raise NotValidError(violations)
    expanded, draft, _ = read_allocations(scenario, plan)
    return Facts(expanded, draft, plan.baseline)
