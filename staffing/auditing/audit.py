"""A plan held against its scenario: every rule, every reported number, without the solver."""

from __future__ import annotations

from staffing.auditing.allocations import read_allocations
from staffing.auditing.goals import goals
from staffing.auditing.results import results
from staffing.auditing.rules import CHECKS
from staffing.auditing.violation import Violation
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.plan import Plan
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


def audit(scenario: Scenario, plan: Plan) -> list[Violation]:
    """Check a plan against the rules of a valid plan, and recompute all it reports.

    The scenario and the allocations alone are believed. Whatever the plan says, the answer is violations, never an
    exception; a plan made for another scenario is audited all the same (:func:`warnings` tells).

    Returns
    -------
    list of Violation
        Empty when the plan is valid: first what is wrong with allocations, then rules, then reported numbers.
    """
    expanded, draft, found = read_allocations(scenario, plan)
    facts = Facts(expanded, draft, plan.baseline)
    return [*found, *_broken_rules(facts), *results(facts, plan), *goals(facts, plan)]


def audit_draft(expanded: Expanded, draft: Draft) -> list[Violation]:
    """Check the rules of a valid plan alone, for a draft that names nothing the scenario does not have."""
    return _broken_rules(Facts(expanded, draft))


def warnings(scenario: Scenario, plan: Plan) -> list[str]:
    """Return a warning where the plan was made for another scenario, or for an earlier state of it."""
    if plan.fingerprint == scenario.fingerprint:
        return []
    return [f'The plan was made for another state of the scenario, "{plan.scenario}": its fingerprint differs.']


def _broken_rules(facts: Facts) -> list[Violation]:
    return [violation for check in CHECKS.values() for violation in check(facts)]
