"""What was worked, as far as it is legal but surely not meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from staffing.scenario.amounts import plain
from staffing.scenario.checks_fit import missed
from staffing.scenario.dates import week_of
from staffing.scenario.expand import Job, expand
from staffing.scenario.findings import Finding
from staffing.scenario.history import rate, worked_facts
from staffing.scenario.paths import label
from staffing.scenario.scenario import Scenario
from staffing.scenario.view import View

_FEW = 4
"""Most tasks that are named, of many."""


def without_day(scenario: Scenario) -> Iterator[Finding]:
    """Rows of worked in a scenario without ``as_of``, and an ``as_of`` beyond the horizon."""
    if scenario.worked and scenario.as_of is None:
        message = "as_of is missing: without the day from which on is planned, new work may begin in week 1"
        yield Finding(("worked",), message)
    if scenario.as_of is not None and week_of(scenario.as_of, scenario.start) > scenario.weeks:
        yield Finding(("as_of",), "this is after the horizon: nothing can be planned any more")


def overrun(scenario: Scenario) -> Iterator[Finding]:
    """Tasks on which more was worked than they had, and nobody says what is left.

    Hours are planned on the grid, and may be nearly a step more than the effort needs: that is no overrun.
    """
    expanded = scenario.expanded
    over = {job.id: -job.effort for job in expanded.jobs.values() if job.effort < 0 and _counts_hours(job)}
    if not over:
        return
    before = expand(scenario).jobs
    most: dict[str, Fraction] = {}
    for fact in worked_facts(expanded):
        if fact.job in over:
            step = rate(before[fact.job], expanded.people[fact.staff]) * expanded.step
            most[fact.job] = max(step, most.get(fact.job, step))
    hours: dict[str, list[Fraction]] = {}
    for job, effort in over.items():
        if effort >= most[job]:
            hours.setdefault(before[job].task, []).append(effort)
    repeating = {}
    for number, task in enumerate(scenario.tasks):
        if task.id in hours and task.repeat is not None:
            repeating[task.id] = hours[task.id]
        elif task.id in hours:
            more = f"{_hours(hours[task.id])} of effort more were worked than it has, so it counts as done"
            yield Finding(("tasks", number, "hours"), f"{more}: say left if something is left of it")
    if repeating:
        more = f"{_hours(chain(*repeating.values()))} of effort more were worked than {_occurrences(repeating)} had"
        yield Finding(("worked",), f"{more}, which count as done: are the hours of such tasks too few?")


def missed_occurrences(scenario: Scenario) -> Iterator[Finding]:
    """Occurrences that are over but were never finished: no more of them is planned."""
    expanded = scenario.expanded
    open_: dict[str, list[Fraction]] = {}
    for job in expanded.jobs.values():
        if missed(job, expanded):
            open_.setdefault(job.task, []).append(job.effort)
    if open_:
        what = f"{_hours(chain(*open_.values()))} of {_occurrences(open_)} were never worked"
        yield Finding(("as_of",), f"{what}, and their weeks are over: they wait, and are not planned any more")


def _hours(efforts: Iterable[Fraction]) -> str:
    total = plain(round(sum(efforts, Fraction(0)), 2))
    return f"{total} hour{'' if total == '1' else 's'}"


def _occurrences(found: Mapping[str, list[Fraction]]) -> str:
    """Return the names of occurrences, those with the most hours first."""
    count = sum(map(len, found.values()))
    most = sorted(found, key=lambda task: -sum(found[task]))
    named = ", ".join(label(task) + (f" ×{len(found[task])}" if len(found[task]) > 1 else "") for task in most[:_FEW])
    more = f" and {len(most) - _FEW} more tasks" if len(most) > _FEW else ""
    return f"{count} occurrence{'s' if count > 1 else ''} ({named}{more})"


def _counts_hours(job: Job) -> bool:
    """Whether what is left of a job is told by what was worked on it."""
    return job.worked and job.left is None and not job.cancelled


def without_effort(scenario: Scenario) -> Iterator[Finding]:
    """Hours that take nothing off the effort, as whoever worked has no productivity on such tasks."""
    expanded = scenario.expanded
    told: set[tuple[str, str]] = set()
    for number, fact in enumerate(worked_facts(expanded)):
        job, person = expanded.jobs.get(fact.job), expanded.people[fact.staff]
        if job is None or not _counts_hours(job) or job.done or (job.task, person.id) in told:
            continue
        if person.id not in job.estimates and not person.productivity[job.kind]:
            told.add((job.task, person.id))
            who, task = label(person.id), label(job.task)
            message = f"{who} has productivity 0 on {job.kind} tasks: these hours leave the effort of {task} as it was"
            yield Finding(("worked", number), message + (", unless left says more" if job.id == job.task else ""))


def without_burn(scenario: Scenario) -> Iterator[Finding]:
    """Hours that burn nothing of a budget, as nobody says what an hour of whoever worked is billed at."""
    if scenario.budget_basis == "cost":
        return
    expanded, view = scenario.expanded, View(scenario)
    told: set[str] = set()
    for number, fact in enumerate(worked_facts(expanded)):
        task = view.tasks[fact.task]
        if expanded.people[fact.staff].bill_rate or not task.billable or fact.staff in told or not view.budgets(task):
            continue
        told.add(fact.staff)
        message = f"the bill_rate of {label(fact.staff)} is 0: these hours burn nothing of a budget"
        yield Finding(("worked", number, "staff"), message)


def without_occurrence(scenario: Scenario) -> Iterator[Finding]:
    """Hours inside the horizon that belong to no occurrence of their repeating task."""
    expanded = scenario.expanded
    told: set[str] = set()
    for number, fact in enumerate(worked_facts(expanded)):
        week = week_of(fact.day, scenario.start)
        if fact.job not in expanded.jobs and 1 <= week <= scenario.weeks and fact.task not in told:
            told.add(fact.task)
            message = f"no occurrence of {label(fact.task)} has begun by week {week}: these hours burn budgets, no more"
            yield Finding(("worked", number), message)
