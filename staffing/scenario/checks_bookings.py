"""What bookings overrun: they stand in every plan all the same, and somebody should know."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from staffing.scenario.amounts import plain
from staffing.scenario.bookings import groups_of, is_over, open_bookings
from staffing.scenario.dates import week_of
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.findings import Finding, listed
from staffing.scenario.history import Fact, facts_of
from staffing.scenario.paths import label
from staffing.scenario.promises import ZERO
from staffing.scenario.scenario import Scenario


def bookings(scenario: Scenario) -> Iterator[Finding]:
    """Bookings that are left out, and what those that stand overrun."""
    if not scenario.bookings:
        return
    yield from _left_out(scenario)
    rows = list(open_bookings(scenario.unbooked))
    for check in _OVERRUNS:
        yield from check(scenario, rows)


def _left_out(scenario: Scenario) -> Iterator[Finding]:
    """Bookings of days that are over, and of days after the horizon."""
    over, after = [], []
    for number, fact in enumerate(facts_of(scenario.unbooked, scenario.bookings)):
        row = scenario.bookings[number]
        if is_over(row, scenario.start, scenario.unbooked.from_week, scenario.as_of):
            over.append(number)
        elif week_of(fact.day, scenario.start) > scenario.weeks:
            after.append(number)
    for numbers, why in (
        (over, "of days that are over: what was worked of it stands in worked"),
        (after, "of days after the horizon"),
    ):
        if numbers:
            rows = "this booking is" if len(numbers) == 1 else f"this and {len(numbers) - 1} more bookings are"
            yield Finding(("bookings", numbers[0]), f"{rows} left out, {why}")


Rows = list[tuple[int, Fact]]


def _unable(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """Whoever may not do what they have promised (rule Q)."""
    expanded = scenario.expanded
    told: set[tuple[str, str]] = set()
    for number, fact in rows:
        job, person = expanded.jobs[fact.job], expanded.people[fact.staff]
        if (fact.task, fact.staff) not in told and not expanded.may_do(job, person):
            told.add((fact.task, fact.staff))
            message = f"{label(person.id)} may not do {label(fact.task)}, and has promised it all the same"
            none = person.id not in job.estimates and not person.productivity[job.kind]
            why = f": with productivity 0 on {job.kind} tasks nothing of its effort is done by it" if none else ""
            yield Finding(("bookings", number, "staff"), message + why)


def _outside(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """Hours in weeks that a task may not use (rule W)."""
    unbooked = scenario.unbooked.jobs
    for number, fact in rows:
        job, week = unbooked[fact.job], week_of(fact.day, scenario.start)
        if not (job.done or job.earliest <= week <= job.deadline):
            weeks = f"weeks {job.earliest} to {job.deadline}" if job.earliest < job.deadline else f"week {job.deadline}"
            which = f"outside {weeks}, in which" if job.earliest <= job.deadline else "and there is no week in which"
            yield Finding(("bookings", number), f"week {week} is {which} {label(job.id)} may be done")


def _too_much(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """Promised hours beyond the effort a task has left; up to a step beyond it is due to the grid."""
    expanded = scenario.expanded
    unbooked = scenario.unbooked.jobs
    first: dict[str, int] = {}
    for number, fact in rows:
        first.setdefault(fact.job, number)
    for id_, number in first.items():
        job, before = expanded.jobs[id_], unbooked[id_]
        if before.done:
            what = "is given up" if before.cancelled else "is done already"
            yield Finding(("bookings", number), f"{label(id_)} {what}: these hours are planned, and deliver nothing")
        elif job.covered and -job.effort >= max(_rates(before, expanded, id_)) * expanded.step:
            more = plain(round(-job.effort, 4))
            yield Finding(("bookings", number), f"{more} hours of effort more are promised than {label(id_)} has left")


def _rates(job: Job, expanded: Expanded, id_: str) -> Iterator[Fraction]:
    for person in expanded.promises.people[id_]:
        asked = job.estimates.get(person)
        yield job.effort / asked.hours if asked else expanded.people[person].productivity[job.kind]


def _capacity(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """More hours in a week than somebody has, by themselves or of a kind (rules C and K)."""
    expanded = scenario.expanded
    told: set[tuple[str, int]] = set()
    for number, fact in rows:
        person, week = expanded.people[fact.staff], week_of(fact.day, scenario.start)
        if (person.id, week) in told:
            continue
        told.add((person.id, week))
        load, room = expanded.promises.load[person.id, week], person.room[week - 1]
        who = label(person.id)
        if not person.available_days[week - 1]:
            yield Finding(("bookings", number), f"{who} has no day in week {week}, and {plain(load)} hours promised")
        elif load > room + person.overtime:
            extra = f" and {plain(person.overtime)} of overtime" if person.overtime else ""
            message = f"{who} has {plain(load)} hours promised in week {week}, and {plain(room)}{extra} at most"
            yield Finding(("bookings", number), message)
        for kind, limit in person.limits.items():
            if (hours := expanded.promises.by_kind.get((person.id, week, kind), ZERO)) > limit:
                message = f"{who} has {plain(hours)} {kind} hours promised in week {week}; the limit is {plain(limit)}"
                yield Finding(("bookings", number), message)


def _money(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """More money than a budget has left in a period (rule B)."""
    expanded = scenario.expanded
    for (what, owner, name), money in expanded.promises.burn.items():
        left = next(period.left for period in expanded.budgets[what, owner] if period.name == name)
        if money > left:
            period = "" if name == "horizon" else f" in {name}"
            said = (
                f"promised hours burn {_cents(money)} of {what} {label(owner)}{period}, of which {_cents(left)} is left"
            )
            yield Finding(("bookings", _first_of(expanded, rows, what, owner)), said)


def _cents(money: Fraction) -> str:
    return f"{float(money):,.2f}".removesuffix(".00")


def _first_of(expanded: Expanded, rows: Rows, what: str, owner: str) -> int:
    """Return the first booking for a client or project."""
    jobs = ((number, expanded.jobs[fact.job]) for number, fact in rows)
    return next(number for number, job in jobs if owner == (job.client if what == "client" else job.project))


def _owners(scenario: Scenario, rows: Rows) -> Iterator[Finding]:
    """More people than may share a task, or own a group of them (rules E and O)."""
    expanded = scenario.expanded
    told: set[str] = set()
    for number, fact in rows:
        job, people = expanded.jobs[fact.job], expanded.promises.people[fact.job]
        if job.id not in told and len(people) > job.max_owners:
            told.add(job.id)
            may = "one may own it" if job.max_owners == 1 else f"{job.max_owners} may share it"
            message = f"{_names(expanded, people)} have promised {label(job.id)}, and {may}"
            yield Finding(("bookings", number), message)
        for group in groups_of(job, expanded):
            owners = expanded.promises.group_owners[group]
            if group not in told and len(owners) > max(1, len(people)):
                told.add(group)
                work = f"all {label(job.task)}" if job.same_owner else f"all {job.kind} work of {label(job.client)}"
                message = f"{_names(expanded, owners)} have promised hours, and one should own {work}"
                yield Finding(("bookings", number), message)


def _names(expanded: Expanded, people: frozenset[str]) -> str:
    return listed([label(name) for name in expanded.people if name in people])


_OVERRUNS: tuple[Callable[[Scenario, Rows], Iterator[Finding]], ...] = (
    _unable,
    _outside,
    _too_much,
    _capacity,
    _money,
    _owners,
)
