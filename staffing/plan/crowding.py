"""What a plan delivers for its cost, and what strategic work the tactical work of the same people crowds out."""

from __future__ import annotations

from fractions import Fraction

from staffing.plan.facts import ZERO, Facts
from staffing.scenario.expand import Job, Person


def delivered_effort(facts: Facts) -> Fraction:
    """Return the effort hours that the plan delivers, history in its weeks included.

    Those of a task are its hours at productivity 1, less what the scenario says was done before. They count whole once
    it is delivered, or done with hours in these weeks.
    """
    before = {task.id: Fraction(task.done) for task in facts.expanded.scenario.tasks}
    finished = [
        job for job in facts.expanded.jobs.values() if job.done and not job.cancelled and job.id in facts.job_hours
    ]
    return sum((max(ZERO, job.hours - before[job.task]) for job in (*facts.delivered, *finished)), ZERO)


def crowded_out(facts: Facts) -> dict[str, Fraction]:
    """Return the effort hours of waiting strategic work that tactical work crowds out, by person.

    Of each person and week, the tactical hours that are planned, or promised, could have gone into strategic work that
    waits: work that this person may do, in a week in which it may lie. Each such hour counts once, for the work with
    the earliest deadline, at the person's productivity for it, and no work counts for more than is left of it. So the
    sum is at most the strategic hours waiting. What else is in the way of that work (budgets, what comes first, limits)
    is not asked: it says how much of their time went elsewhere, not what would be delivered instead.
    """
    left: dict[str, Fraction] = {}
    could: dict[str, list[Job]] = {}
    for job in sorted(facts.waiting, key=lambda job: job.deadline):
        if job.kind == "strategic" and job.effort > 0:
            left[job.id] = job.effort
            for person in facts.expanded.able(job):
                could.setdefault(person.id, []).append(job)
    found: dict[str, Fraction] = {}
    for (id_, week), planned in _tactical(facts).items():
        hours = planned
        for job in could.get(id_, ()):
            if hours and left[job.id] and job.earliest <= week <= job.deadline:
                pace = _pace(job, facts.expanded.people[id_])
                taken = min(hours * pace, left[job.id])
                left[job.id] -= taken
                hours -= taken / pace
                found[id_] = found.get(id_, ZERO) + taken
    return found


def _tactical(facts: Facts) -> dict[tuple[str, int], Fraction]:
    """Return the tactical hours of each person and week that a plan could have other ways: in order of the weeks."""
    expanded = facts.expanded
    found: dict[tuple[str, int], Fraction] = {}
    for (job, person, week), hours in (*facts.promised.items(), *facts.draft.hours.items()):
        if expanded.jobs[job].kind == "tactical":
            found[person, week] = found.get((person, week), ZERO) + hours
    people = {id_: number for number, id_ in enumerate(expanded.people)}
    return dict(sorted(found.items(), key=lambda entry: (entry[0][1], people[entry[0][0]])))


def _pace(job: Job, person: Person) -> Fraction:
    """Return the effort that an hour of a person delivers of a task."""
    asked = job.estimates.get(person.id)
    return job.effort / asked.hours if asked is not None else person.productivity[job.kind]
