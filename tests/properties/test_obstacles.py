"""What is in the way of a task agrees with the audit: placed all the same, it breaks what is named, and no more."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

import pytest

from properties.scenarios import plan_of, scenario_of
from staffing.auditing.allocations import read_allocations
from staffing.auditing.audit import audit_draft
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.obstacles.find import Hindered, hindered
from staffing.plan.obstacles.room import without
from staffing.plan.obstacles.ways import Way

RULES = {
    "hours": "capacity",
    "kind_limit": "kind_limits",
    "clients": "clients",
    "one_owner": "one_owner",
    "pace": "pace",
    "budget": "budget",
    "predecessor": "precedence",
    "hired": "hiring",
}


@pytest.mark.parametrize("seed", [*range(1000, 1030), 1096])
def test_what_is_in_the_way_is_what_the_audit_finds(seed: int) -> None:
    expanded, draft, violations = read_allocations(scenario_of(seed), plan_of(seed))
    assert violations == []
    facts = Facts(expanded, draft)
    for job in facts.waiting:
        found = hindered(facts, job)
        assert found.obstacles or found.fits
        for way in found.ways:
            _agrees(facts, found, way)
    for job in facts.delivered:
        if facts.weeks_late(job):
            found = hindered(facts, job)
            for way in found.ways:
                assert way.weeks[-1] == job.due
                _agrees(without(facts, job.id), found, way)


def _agrees(facts: Facts, found: Hindered, way: Way) -> None:
    """Place a task with one person, within all limits but those named, and ask the audit."""
    shared = {one.kind for one in found.shared if one.staff is None and one.most != found.job.max_owners}
    named = {one.kind for one in way.obstacles} | (shared & {"predecessor"})
    hours = _placed(way, named)
    if hours is None:  # several limits together: none alone is in the way
        return
    cells = {**facts.draft.hours, **{(way.job.id, way.person.id, week): amount for week, amount in hours.items()}}
    broken = {violation.rule for violation in audit_draft(facts.expanded, Draft(cells, facts.draft.hired))}
    assert broken <= {RULES[kind] for kind in named}, (way.job.id, way.person.id, named)
    assert bool(broken) == bool(named), (way.job.id, way.person.id, named)


def _placed(way: Way, named: Collection[str]) -> dict[int, Fraction] | None:
    most = []
    for week, free in zip(way.weeks, way.free, strict=True):
        limits: list[int | None] = [way.need if "hours" in named else free]
        limits += [way.room.of_kind(way.person, way.job.kind, week)] if "kind_limit" not in named else []
        limits += [way.room.pace(way.job, week)] if "pace" not in named else []
        limits += [0] if "clients" not in named and not way.room.serves_in(way.job, way.person, week) else []
        most.append(min(limit for limit in limits if limit is not None))
    placed = way._paid(most, [] if "budget" in named else way.purses)
    missing, step = way.need, way.room.expanded.step
    hours: dict[int, Fraction] = {}
    for week, steps in zip(way.weeks, placed, strict=True):
        taken = min(missing, steps)
        missing -= taken
        hours |= {week: taken * step} if taken else {}
    return hours if not missing else None
