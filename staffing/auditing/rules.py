"""The rules of a valid plan, one check each.

A check looks at the facts of a draft and yields what breaks its rule. History is exempt: checks read new hours alone,
but for the last week of a predecessor. So are promised hours, but new ones may only take what these leave, and whoever
has promised hours is an owner. :data:`CHECKS` has them by the word of their rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from fractions import Fraction

from staffing.auditing.violation import Violation, show
from staffing.plan.draft import need
from staffing.plan.facts import ZERO, Facts
from staffing.scenario.bookings import room_left
from staffing.scenario.expand import Job
from staffing.scenario.records import Kind


def window(facts: Facts) -> Iterator[Violation]:
    """W: hours only in weeks earliest..deadline."""
    for job_id, person, week in facts.draft.hours:
        job = facts.expanded.jobs[job_id]
        if not job.earliest <= week <= job.deadline:
            yield Violation(
                "window",
                f"{job_id} has hours in week {week}, outside its weeks {job.earliest} to {job.deadline}.",
                job_id,
                person,
                week,
            )


def effort(facts: Facts) -> Iterator[Violation]:
    """E: a delivered task has exactly the hours it needs, from no more owners than may share it; a done task none.

    One owner of productivity p has up(R ÷ p) hours, or up(estimate). Of several with hours h each, Σ h × p ≥ R, and
    Σ h × p − p × step < R for every one of them.
    """
    for job_id, people in facts.new_hours.items():
        job = facts.expanded.jobs[job_id]
        if job.done or job.covered:
            what = "delivered by promised hours" if job.covered else "done"
            yield Violation("effort", f"{job_id} is {what} and has new hours all the same.", job_id)
        elif len(people) > job.max_owners:
            yield Violation(
                "effort", f"{job_id} has {len(people)} owners; at most {job.max_owners} may share it.", job_id
            )
        elif len(people) == 1:
            yield from _alone(facts, job, *people.items())
        else:
            yield from _shared(facts, job, people)


def _alone(facts: Facts, job: Job, owner: tuple[str, Fraction]) -> Iterator[Violation]:
    person, hours = owner
    needed = need(job, facts.expanded.people[person], facts.expanded.step)
    if needed is not None and hours != needed:  # without productivity nothing can be calculated, and Q reports it
        message = f"{person} has {show(hours)} hours on {job.id} where {show(needed)} are needed."
        yield Violation("effort", message, job.id, person)


def _shared(facts: Facts, job: Job, people: dict[str, Fraction]) -> Iterator[Violation]:
    rates = {person: facts.expanded.people[person].productivity[job.kind] for person in people}
    reached = sum((hours * rates[person] for person, hours in people.items()), ZERO)
    if reached < job.effort:
        message = f"{job.id} gets {show(reached)} hours of effort where {show(job.effort)} are needed."
        yield Violation("effort", message, job.id)
        return
    for person, rate in rates.items():
        if reached - rate * facts.expanded.step >= job.effort:
            yield Violation("effort", f"{job.id} needs a step less of {person} than it has.", job.id, person)


def qualified(facts: Facts) -> Iterator[Violation]:
    """Q: every owner is allowed and able to do the task."""
    for job_id, people in facts.new_hours.items():
        for person in people:
            if not facts.expanded.may_do(facts.expanded.jobs[job_id], facts.expanded.people[person]):
                yield Violation("qualified", f"{person} may not do {job_id}.", job_id, person)


def capacity(facts: Facts) -> Iterator[Violation]:
    """C: overtime = max(0, load − capacity) is within its limit, and 0 in a week without an available day.

    Load is that of new hours, and capacity that of the days they may take.
    """
    for person_id, week in facts.overtime:
        person = facts.expanded.people[person_id]
        over = facts.added_overtime(person, week)
        if over <= 0:
            continue
        load = show(facts.new_load[person_id, week])
        if not person.available_days[week - 1]:
            message = f"{person_id} has {load} hours in week {week} without an available day."
        elif over > room_left(facts.expanded, person, week)[1]:
            limits = f"capacity is {show(person.room[week - 1])} and overtime at most {show(person.overtime)}"
            promised = facts.expanded.promises.load.get((person_id, week))
            limits += f", and {show(promised)} are promised" if promised else ""
            message = f"{person_id} has {load} hours in week {week}, where {limits}."
        else:
            continue
        yield Violation("capacity", message, staff=person_id, week=week)


def kind_limits(facts: Facts) -> Iterator[Violation]:
    """K: hours of a person on a kind of work in a week are within the person's limit."""
    hours: dict[tuple[str, int, Kind], Fraction] = defaultdict(Fraction)
    for (job_id, person, week), amount in facts.draft.hours.items():
        hours[person, week, facts.expanded.jobs[job_id].kind] += amount
    for (person, week, kind), amount in hours.items():
        limit = facts.expanded.people[person].limits.get(kind)
        promised = facts.expanded.promises.by_kind.get((person, week, kind), ZERO)
        if limit is not None and amount > max(ZERO, limit - promised):
            have = show(amount + promised)
            message = f"{person} has {have} {kind} hours in week {week}; at most {show(limit)} are allowed."
            yield Violation("kind_limits", message, staff=person, week=week)


def clients(facts: Facts) -> Iterator[Violation]:
    """N: a person serves at most max_clients over the horizon and max_clients_per_week in each week."""
    served: dict[str, set[str]] = defaultdict(set)
    promised: dict[str, set[str]] = defaultdict(set)
    for (person, week), in_week in facts.clients_served.items():
        served[person] |= in_week
        known = facts.expanded.promises.served.get((person, week), frozenset())
        promised[person] |= known
        most = facts.expanded.people[person].max_clients_per_week
        if most is not None and len(in_week) > max(most, len(known)):
            message = f"{person} serves {len(in_week)} clients in week {week}; at most {most} are allowed."
            yield Violation("clients", message, staff=person, week=week)
    for person, over_all in served.items():
        most = facts.expanded.people[person].max_clients
        if most is not None and len(over_all) > max(most, len(promised[person])):
            message = f"{person} serves {len(over_all)} clients; at most {most} are allowed."
            yield Violation("clients", message, staff=person)


def one_owner(facts: Facts) -> Iterator[Violation]:
    """O: one owner of each kind for single_owner clients (own owners aside), and one for same_owner repeats."""
    owners: dict[str, set[str]] = defaultdict(set)
    promised: dict[str, set[str]] = defaultdict(set)
    for cells, found in ((facts.promised, promised), (facts.draft.hours, owners)):
        for job_id, person, _ in cells:
            job = facts.expanded.jobs[job_id]
            if facts.expanded.clients[job.client].single_owner and job.owner is None:
                found[f"{job.kind} work of client {job.client}"].add(person)
            if job.same_owner:
                found[f"repeating task {job.task}"].add(person)
    for work, new in owners.items():
        people = new | promised[work]
        if len(people) > max(1, len(promised[work])):
            yield Violation("one_owner", f"{' and '.join(sorted(people))} share the {work}; one owner is asked.")


def budget(facts: Facts) -> Iterator[Violation]:
    """B: what new hours burn of each budget and period is at most what is left of it beside all that is fixed."""
    for (what, owner), periods in facts.expanded.budgets.items():
        for period in periods:
            burn = facts.new_burn[(what, owner), period.name]
            left = max(ZERO, period.left - facts.expanded.promises.burn.get((what, owner, period.name), ZERO))
            if burn > left:
                message = f"{what} {owner} burns {show(burn)} of {show(left)} left in {period.name}."
                yield Violation("budget", message)


def precedence(facts: Facts) -> Iterator[Violation]:
    """P: a delivered task begins at the last week of each delivered predecessor + lag, or later; none may wait.

    So it does after a predecessor that history finished; one that is done otherwise binds nothing. What is delivered by
    promised hours alone is exempt.
    """
    for job in (job for job in facts.delivered if job.id in facts.new_hours):
        for earlier, lag in job.after:
            done = facts.expanded.jobs[earlier].done
            over = facts.over(earlier)
            first = facts.first_new_week(job.id)
            if over is None and not done:
                yield Violation("precedence", f"{job.id} comes after {earlier}, which waits.", job.id)
            elif over is not None and first < over + lag:
                message = f"{job.id} begins in week {first}; {earlier} lets it begin in week {over + lag}."
                yield Violation("precedence", message, job.id, week=first)


def pace(facts: Facts) -> Iterator[Violation]:
    """M: hours on a task in a week, all owners together, are at most its weekly_max."""
    hours: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
    for (job_id, _, week), amount in facts.draft.hours.items():
        hours[job_id, week] += amount
    for (job_id, week), amount in hours.items():
        most = facts.expanded.jobs[job_id].weekly_max
        promised = facts.expanded.promises.by_week.get((job_id, week), ZERO)
        if most is not None and amount > max(ZERO, most - promised):
            message = f"{job_id} has {show(amount + promised)} hours in week {week}; at most {show(most)} are allowed."
            yield Violation("pace", message, job_id, week=week)


def hiring(facts: Facts) -> Iterator[Violation]:
    """H: only hired placeholders work, and a copy is hired only if all earlier copies are."""
    people = facts.expanded.people
    for person in sorted({person for _, person, _ in facts.draft.hours}):
        if people[person].placeholder and person not in facts.hired:
            yield Violation("hiring", f"{person} has hours and is not hired.", staff=person)
    for person in sorted(facts.hired):
        if person not in people or not people[person].placeholder:
            yield Violation("hiring", f"{person} is hired and is no placeholder of the scenario.", staff=person)
            continue
        earlier = people[person].earlier_copy
        if earlier is not None and earlier not in facts.hired:
            yield Violation("hiring", f"{person} is hired before {earlier}.", staff=person)


def bookings(facts: Facts) -> Iterator[Violation]:
    """F: promised hours stand exactly so, and whoever has them is one of those who share the task."""
    said = facts.promised if facts.draft.promised is None else facts.draft.promised
    for cell in {**facts.promised, **said}:
        promised, found = facts.promised.get(cell, ZERO), said.get(cell, ZERO)
        if promised != found:
            task, staff, week = cell
            what = f"{show(found)} fixed hours of {staff} on {task} in week {week}, where {show(promised)} are promised"
            yield Violation("bookings", f"There are {what}.", task, staff, week)
    for job_id, owners in facts.expanded.promises.people.items():
        most = max(facts.expanded.jobs[job_id].max_owners, len(owners))
        people = owners | facts.new_hours.get(job_id, {}).keys()
        if len(people) > most:
            message = f"{job_id} has {len(people)} owners, promised ones too; at most {most} may share it."
            yield Violation("bookings", message, job_id)


CHECKS: dict[str, Callable[[Facts], Iterator[Violation]]] = {
    "window": window,
    "effort": effort,
    "qualified": qualified,
    "capacity": capacity,
    "kind_limits": kind_limits,
    "clients": clients,
    "one_owner": one_owner,
    "budget": budget,
    "precedence": precedence,
    "pace": pace,
    "hiring": hiring,
    "bookings": bookings,
}
"""One check for each rule, by its word."""
