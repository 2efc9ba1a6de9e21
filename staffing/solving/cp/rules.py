"""The rules of a valid plan, one function each, named as the checks of the audit are.

A rule's docstring is its sentence. Owners and hours are made by `qualified` and `window`, which therefore come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import pairwise

from staffing.problem.alone import soonest_end
from staffing.problem.problem import BudgetPeriod, Pair, Problem
from staffing.scenario.records import KINDS
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var, total


def qualified(model: Model) -> None:
    """Q: every owner may do the task. Nobody else has a variable for owning it."""
    for job, data in enumerate(model.problem.jobs):
        shared = data.max_owners > 1
        pairs = [pair for pair in data.pairs if shared or soonest_end(model.problem, data, [pair]) is not None]
        if not pairs:
            continue
        model.pairs[job] = pairs
        for pair in pairs:
            model.owns[job, pair.person] = model.flag(
                f"owns {data.id} {model.problem.people[pair.person].id}",
                lambda read, job=job, person=pair.person: person in read.owners.get(job, ()),  # type: ignore[misc]
            )
        if len(pairs) == 1:
            model.delivered[job] = model.owns[job, pairs[0].person]
        else:
            model.delivered[job] = model.flag(
                f"delivered {data.id}",
                lambda read, job=job: read.delivered(job),  # type: ignore[misc]
            )


def window(model: Model) -> None:
    """W: hours only in weeks earliest..deadline. No other week has a variable for hours."""
    for job, pairs in model.pairs.items():
        data = model.problem.jobs[job]
        for pair in pairs:
            person = pair.person
            room = {week: most for week in data.weeks if (most := model.most(job, pair, week))}
            full = data.max_owners == 1 and sum(room.values()) == pair.need
            for week, most in room.items():
                if full:  # an owner has no choice of hours
                    model.hours[job, person, week] = (model.owns[job, person], most)
                else:
                    var = model.integer(
                        most,
                        f"hours {data.id} {model.problem.people[person].id} {week}",
                        lambda read, cell=(job, person, week): read.solution.steps.get(cell, 0),  # type: ignore[misc]
                    )
                    model.hours[job, person, week] = (var, 1)
                model.at[person, week].append(job)


def effort(model: Model) -> None:
    """E: one owner works exactly what they need; several together cover the effort, and no step is to spare."""
    for job, pairs in model.pairs.items():
        data, owners = model.problem.jobs[job], [model.owns[job, pair.person] for pair in pairs]
        if data.max_owners > 1:
            _shared(model, job, pairs, owners)
            continue
        if len(pairs) > 1:
            model.cp.add_exactly_one([*owners, model.delivered[job].negated()])
        for pair, owner in zip(pairs, owners, strict=True):
            cells = model.cells(job, [pair], data.weeks)
            if cells[0][0] is owner:
                continue
            model.cp.add(total([*cells, (owner, -pair.need)]) == 0)
            for week in data.weeks:
                most = model.most(job, pair, week)
                if 0 < most < pair.need:
                    model.at_most([model.hours[job, pair.person, week], (owner, -most)], 0)


def _shared(model: Model, job: int, pairs: list[Pair], owners: list[Var]) -> None:
    """Let up to `max_owners` people share a task; with p the effort of a step, Σ h·p ≥ R and Σ h·p − p < R."""
    data, delivered = model.problem.jobs[job], model.delivered[job]
    covered: Terms = []
    for pair, owner in zip(pairs, owners, strict=True):
        cells = model.cells(job, [pair], data.weeks)
        model.cp.add(total([*cells, (owner, -pair.need)]) <= 0)
        model.cp.add(total([*cells, (owner, -1)]) >= 0)
        covered += [(var, factor * pair.power) for var, factor in cells]
        if delivered is not owner:
            model.cp.add_implication(owner, delivered)
    model.cp.add(total([*covered, (delivered, -data.effort)]) >= 0)
    for pair, owner in zip(pairs, owners, strict=True):
        model.cp.add(total(covered) <= data.effort - 1 + pair.power).only_enforce_if(owner)
    if len(pairs) > data.max_owners:
        model.at_most([(owner, 1) for owner in owners], data.max_owners)


def capacity(model: Model) -> None:
    """C: hours, and switching between clients, fit into each week's capacity and allowed overtime.

    The capacity of a placeholder is there if they are hired, which makes the relaxation tighter.
    """
    for (person, week), jobs in model.at.items():
        data = model.problem.people[person]
        load = [model.hours[job, person, week] for job in jobs]
        if model.problem.switching and (switches := model.switches(person, week)) is not None:
            load.append((switches, model.problem.switching))
        if (extra := model.overtime(person, week)) is not None:
            load.append((extra, -1))
        if (hired := model.hired(person)) is not None and data.capacity[week] > 0:
            model.at_most([*load, (hired, -data.capacity[week])], 0)
        else:
            model.at_most(load, data.capacity[week])


def kind_limits(model: Model) -> None:
    """K: a person's hours of a kind in a week stay within their limit for it."""
    for (person, week), jobs in model.at.items():
        for kind in KINDS:
            most = model.problem.people[person].limits.get(kind)
            if most is not None:
                cells = [model.hours[job, person, week] for job in jobs if model.problem.jobs[job].kind == kind]
                model.at_most(cells, most[week])


def clients(model: Model) -> None:
    """N: a person serves no more clients than `max_clients`, and each week `max_clients_per_week`."""
    for person, week in model.at:
        most = model.problem.people[person].max_clients_per_week
        if most is None:
            continue
        room = max(0, most - len(model.problem.kept.served.get((person, week), ())))
        new = model.clients_at(person, week)
        if len(new) > room:
            model.at_most([(model.served(person, client, week), 1) for client in new], room)
    jobs: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for job, person in model.owns:
        jobs[person][model.problem.jobs[job].client].append(job)
    for person, by_client in jobs.items():
        _clients_of_all_weeks(model, person, by_client)


def _clients_of_all_weeks(model: Model, person: int, jobs: Mapping[int, list[int]]) -> None:
    """Hold the clients of a person's jobs, with those of work that is kept, within `max_clients`."""
    most = model.problem.people[person].max_clients
    if most is None:
        return
    kept = model.problem.kept.clients.get(person, frozenset())
    new = [group for client, group in jobs.items() if client not in kept]
    room = max(0, most - len(kept))
    if len(new) > room:
        model.at_most([(model.touches(group, person), 1) for group in new], room)


def one_owner(model: Model) -> None:
    """O: all delivered tasks of a one-owner group have the same owner."""
    for group in model.problem.one_owner:
        jobs = [job for job in group.jobs if job in model.pairs]
        people = model.people_for(jobs)
        if len(jobs) > 1 and len(people) > 1:
            model.at_most([(model.touches(jobs, person), 1) for person in people], 1)


def budget(model: Model) -> None:
    """B: what the billable hours of a period burn stays within what is left of the budget."""
    for period in model.problem.budgets:
        model.at_most(burn_in(model, period), period.left)


def burn_in(model: Model, period: BudgetPeriod) -> Terms:
    """Return as a sum what all jobs burn in a period of a budget."""
    burn: Terms = []
    for job in period.jobs:
        for pair in model.pairs.get(job, ()):
            burn += _burn(model, period, job, pair)
    return burn


def _burn(model: Model, period: BudgetPeriod, job: int, pair: Pair) -> Terms:
    """Return as a sum what a person's work on a task burns in a period."""
    data = model.problem.jobs[job]
    if model.problem.price_burns and pair.price is not None:
        owner = model.owns[job, pair.person]
        if all(week in period.weeks for week in data.weeks):
            return [(owner, pair.price)]
        return [(_last(model, job, pair, week), pair.price) for week in data.weeks if week in period.weeks]
    rate = model.problem.people[pair.person].burn
    weeks = [week for week in data.weeks if week in period.weeks]
    return [(var, factor * rate) for var, factor in model.cells(job, [pair], weeks)]


def _last(model: Model, job: int, pair: Pair, week: int) -> Var:
    """Return a binary: whether a person owns a task whose last hours are in this week, when a fixed price burns."""
    if ("last", job, pair.person, week) not in model.made:
        _make_last(model, job, pair)
    return model.made["last", job, pair.person, week]


def _make_last(model: Model, job: int, pair: Pair) -> None:
    """Make the binaries of all weeks, one of which is 1 if the person owns the task."""
    data, person = model.problem.jobs[job], pair.person
    flags = [
        model.flag(
            f"last {data.id} {week}",
            lambda read, week=week: person in read.owners.get(job, ()) and read.last[job] == week,  # type: ignore[misc]
        )
        for week in data.weeks
    ]
    model.cp.add_exactly_one([*flags, model.owns[job, person].negated()])
    for week, flag in zip(data.weeks, flags, strict=True):
        model.made["last", job, person, week] = flag
        cell = model.cells(job, [pair], [week])
        if not cell:
            model.cp.add(flag == 0)
            continue
        model.cp.add(total(cell) >= 1).only_enforce_if(flag)
        for later, _ in model.cells(job, [pair], range(week + 1, data.last + 1)):
            model.cp.add(later == 0).only_enforce_if(flag)


def precedence(model: Model) -> None:
    """P: what comes after a task is delivered only if that is, and begins no earlier than its last week + lag.

    For every week w: begun by w ≤ what comes first is over by w − lag.
    """
    for job, data in enumerate(model.problem.jobs):
        if data.forced:
            model.cp.add(model.delivered.get(job, 0) == 1)
    for job in model.pairs:
        data = model.problem.jobs[job]
        for before, lag in data.after:
            if before not in model.pairs:
                model.cp.add(model.delivered[job] == 0)
                continue
            model.cp.add_implication(model.delivered[job], model.delivered[before])
            first = model.problem.jobs[before]
            for week in range(data.first, min(data.last, first.last + lag - 1) + 1):
                model.cp.add_implication(model.begun(job, week), model.over(before, week - lag))


def pace(model: Model) -> None:
    """M: all owners together work no more than `weekly_max` on a task in a week."""
    for job, pairs in model.pairs.items():
        data = model.problem.jobs[job]
        if data.pace is None:
            continue
        for week in data.weeks:
            model.at_most(model.cells(job, pairs, [week]), data.pace_in(week) or 0)


def hiring(model: Model) -> None:
    """H: only hired placeholders work, and a copy is hired only if the earlier ones are."""
    for job, person in model.owns:
        if (flag := model.hired(person)) is not None:
            model.cp.add_implication(model.owns[job, person], flag)
    for person in {person for _, person in model.owns}:
        for later, earlier in pairwise(model.problem.hire_chain[person]):
            if (flag := model.hired(later)) is not None and (first := model.hired(earlier)) is not None:
                model.cp.add_implication(flag, first)


def bookings(model: Model) -> None:
    """F: whoever has promised hours is one of those who share a task; the hours themselves are no decision."""
    for job, pairs in model.pairs.items():
        data = model.problem.jobs[job]
        others = [pair.person for pair in pairs if pair.person not in data.promised]
        if data.promised and len(others) > data.most_others:
            model.at_most([(model.owns[job, person], 1) for person in others], data.most_others)


RULES: dict[str, Callable[[Model], None]] = {
    "Q": qualified,
    "W": window,
    "E": effort,
    "C": capacity,
    "K": kind_limits,
    "N": clients,
    "O": one_owner,
    "B": budget,
    "P": precedence,
    "M": pace,
    "H": hiring,
    "F": bookings,
}
"""By letter; owners and hours first."""


def build_model(problem: Problem) -> Model:
    """Return a model of a problem with all its rules."""
    model = Model(problem)
    for rule in RULES.values():
        rule(model)
    return model
