"""A draft told in words: the plan file's records, in the scenario's order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from staffing.plan.actuals import Key, work
from staffing.plan.changes_told import changes_told
from staffing.plan.crowding import crowded_out, delivered_effort
from staffing.plan.earnings import costs, revenues
from staffing.plan.facts import ZERO, Cell, Facts
from staffing.plan.metrics import metrics
from staffing.plan.numbers import money
from staffing.plan.obstacles.find import because
from staffing.plan.plan import Plan
from staffing.plan.reasons import plain_reason
from staffing.plan.records import (
    Allocation,
    Baseline,
    BudgetContext,
    Context,
    Crowded,
    GoalResult,
    Named,
    OvertimeWeek,
    PersonContext,
    ProjectContext,
    Promise,
    Reason,
    State,
    Status,
    TaskContext,
    TaskResult,
)
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded, Job


def describe(
    facts: Facts,
    *,
    fingerprint: str,
    goals: Sequence[GoalResult],
    status: Status,
    reasons: Mapping[str, Reason],
    baseline: Baseline | None,
    solver: Mapping[str, Any],
    planned: Mapping[Key, Fraction] | None = None,
) -> Plan:
    """Return the plan that a draft stands for, with everything that follows from its hours.

    Parameters
    ----------
    facts
        What follows from the draft.
    fingerprint
        By which the scenario is known again.
    goals, status
        How far each goal was reached, and whether all of that is proven.
    reasons
        Why tasks wait for which no plain reason holds; a task left out is ``not_chosen`` in an optimal plan and
        ``not_proven`` in any other.
    baseline
        The earlier plan, in a re-plan.
    solver
        Whatever the solver says of its work; never part of the answer.
    planned
        Hours of an earlier plan on begun tasks, by task of the scenario and person.
    """
    expanded = facts.expanded
    results = tuple(task_result(facts, job, status, reasons) for job in expanded.jobs.values())
    told = changes_told(facts, {result.task: result for result in results})
    return Plan(
        scenario=expanded.scenario.name,
        fingerprint=fingerprint,
        status=status,
        goals=tuple(goals),
        assigned=allocations(facts),
        results=results,
        extra_hours=overtime_weeks(facts),
        hired=hired(facts),
        holidays=tuple(sorted(expanded.scenario.holidays)),
        baseline=baseline,
        metrics=metrics(facts),
        solver=dict(solver),
        context=replace(context(facts, planned), changes=told),
    )


def allocations(facts: Facts) -> tuple[Allocation, ...]:
    """Return fixed and new allocations, separately, by job, person and week."""
    return tuple(_allocation(facts.expanded, *entry) for entry in _pieces(facts))


def _pieces(facts: Facts) -> list[tuple[Cell, bool, Fraction]]:
    """Return each allocation, whether it is fixed, and its hours, in the order of the plan file."""
    jobs = {job: number for number, job in enumerate(facts.expanded.jobs)}
    people = {person: number for number, person in enumerate(facts.expanded.people)}

    def every() -> Iterator[tuple[Cell, bool, Fraction]]:
        for fixed, cells in ((True, facts.fixed), (False, facts.draft.hours)):
            for cell, hours in cells.items():
                yield cell, fixed, hours

    def order(entry: tuple[Cell, bool, Fraction]) -> tuple[int, int, int, bool]:
        (job, person, week), fixed, _ = entry
        return jobs[job], people[person], week, not fixed

    return sorted(every(), key=order)


def _allocation(expanded: Expanded, cell: Cell, fixed: bool, hours: Fraction) -> Allocation:
    job, person, week = cell
    return Allocation(
        task=job,
        client=expanded.jobs[job].client,
        kind=expanded.jobs[job].kind,
        staff=person,
        week=week,
        week_start=first_day(week, expanded.scenario.start),
        hours=float(hours),
        fixed=fixed,
    )


def task_result(facts: Facts, job: Job, status: Status, reasons: Mapping[str, Reason]) -> TaskResult:
    """Return what becomes of a task; its hours are those of all its allocations, fixed ones too."""
    span = facts.span(job.id)
    state = state_of(facts, job)
    reason: Reason | None = None
    if state == "waiting":
        unproven: Reason = "not_chosen" if status == "optimal" else "not_proven"
        reason = plain_reason(facts, job) or reasons.get(job.id, unproven)
    return TaskResult(
        task=job.id,
        state=state,
        owners=facts.owners(job.id),
        first_week=span[0] if span is not None else None,
        last_week=span[1] if span is not None else None,
        weeks_late=facts.weeks_late(job),
        hours=float(facts.job_hours.get(job.id, ZERO)),
        value=money(job.value),
        reason=reason,
    )


def state_of(facts: Facts, job: Job) -> State:
    """Return whether a task is done, waiting, late, or delivered in time."""
    if job.done:
        return "done"
    if not facts.is_delivered(job.id):
        return "waiting"
    return "late" if facts.weeks_late(job) else "delivered"


def overtime_weeks(facts: Facts) -> tuple[OvertimeWeek, ...]:
    """Return overtime by person and week, that of history too."""
    return tuple(OvertimeWeek(person, week, float(hours)) for (person, week), hours in facts.overtime.items())


def hired(facts: Facts) -> tuple[str, ...]:
    """Return the placeholders hired, in the scenario's order."""
    return tuple(person.id for person in facts.present if person.placeholder)


def context(facts: Facts, planned: Mapping[Key, Fraction] | None) -> Context:
    """Return what tables and pages need of the scenario beside the plan."""
    expanded = facts.expanded
    scenario = expanded.scenario
    pieces = [(cell, hours) for cell, _, hours in _pieces(facts)]
    done = {task.id: task.done for task in scenario.tasks}
    return Context(
        start=scenario.start,
        weeks=scenario.weeks,
        currency=scenario.currency,
        system=scenario.calendar.system,
        people=tuple(
            PersonContext(
                person.id,
                person.name,
                person.role,
                person.placeholder,
                tuple(map(float, person.capacity)),
                money(facts.cost_by_person.get(person.id, ZERO)),
            )
            for person in expanded.people.values()
        ),
        clients=tuple(Named(client.id, client.name or client.id) for client in expanded.clients.values()),
        tasks=tuple(_task(expanded, job, done[job.task]) for job in expanded.jobs.values()),
        as_of=scenario.as_of or (scenario.start if scenario.worked else None),
        projects=tuple(
            ProjectContext(project.id, project.name or project.id, project.client)
            for project in expanded.projects.values()
        ),
        budgets=tuple(_budgets(expanded)),
        costs=costs(facts, pieces),
        revenues=revenues(facts, pieces),
        work=work(expanded, planned),
        promised=_promised(expanded),
        because=because(facts),
        crowded=tuple(Crowded(person, float(hours)) for person, hours in crowded_out(facts).items()),
        delivered_effort=float(delivered_effort(facts)),
    )


def _task(expanded: Expanded, job: Job, done: Decimal) -> TaskContext:
    return TaskContext(
        id=job.id,
        name=job.name,
        client=job.client,
        project=job.project,
        kind=job.kind,
        roles=tuple(role for role in expanded.scenario.roles if role in (job.roles or ())),
        effort=float(max(ZERO, job.effort)),
        done=float(done),
        due=job.due,
        weight=job.weight,
        cancelled=job.cancelled,
    )


def _budgets(expanded: Expanded) -> Iterator[BudgetContext]:
    """Yield each budget and period with the money burnt by past work; `metrics` says what the plan burns."""
    for (what, owner), periods in expanded.budgets.items():
        for period in periods:
            yield BudgetContext(
                client=owner if what == "client" else None,
                project=owner if what == "project" else None,
                period=period.name,
                worked=money(expanded.history_burn.get((what, owner, period.name), ZERO)),
                first_week=period.weeks[0] if period.weeks else None,
                last_week=period.weeks[-1] if period.weeks else None,
            )


def _promised(expanded: Expanded) -> tuple[Promise, ...]:
    """Return promised hours in the order of allocations, whatever they were promised by."""
    jobs = {job: number for number, job in enumerate(expanded.jobs)}
    people = {person: number for number, person in enumerate(expanded.people)}
    cells = sorted(
        expanded.promises.hours.items(), key=lambda entry: (jobs[entry[0][0]], people[entry[0][1]], entry[0][2])
    )
    return tuple(Promise(job, person, week, float(hours)) for (job, person, week), hours in cells)
