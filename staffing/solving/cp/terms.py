"""The goals of a plan, one function each: what the solver adds up for it."""

from __future__ import annotations

from staffing.scenario.records import Kind
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var, total
from staffing.solving.earlier import COUNTED, Before, Earlier
from staffing.solving.solution import Readings


def must(model: Model, _: Earlier) -> Terms:
    """Effort of `must` tasks waiting: what is delivered comes off it."""
    jobs = model.problem.jobs
    return [(var, -jobs[job].effort) for job, var in model.delivered.items() if jobs[job].must]


def value(model: Model, _: Earlier) -> Terms:
    """Value of delivered tasks."""
    return [(var, model.problem.jobs[job].value) for job, var in model.delivered.items()]


def net_value(model: Model, earlier: Earlier) -> Terms:
    """Value of delivered tasks less the cost of the plan."""
    costs = [(var, -factor) for var, factor in cost(model, earlier)]
    return value(model, earlier) + costs


def lateness(model: Model, _: Earlier) -> Terms:
    """Weight × weeks late: each week after the due week in which a delivered task is not over."""
    terms: Terms = []
    for job, delivered in model.delivered.items():
        data = model.problem.jobs[job]
        if data.late:
            terms.append((delivered, data.weight * data.late))
        if data.due is None or data.last <= data.due:
            continue
        late_from = max(data.due, data.first)
        surely = max(0, data.first - data.due) + data.last - late_from
        terms.append((delivered, data.weight * surely))
        terms += [(model.over(job, week), -data.weight) for week in range(late_from, data.last)]
    return terms


def cost(model: Model, _: Earlier) -> Terms:
    """Money for hours, switching, overtime, fixed prices and hires; salaries that are paid anyway are constant."""
    problem = model.problem
    prices = {(job, pair.person): pair.price for job, pairs in model.pairs.items() for pair in pairs}
    terms: Terms = [(model.owns[cell], price) for cell, price in prices.items() if price]
    for (job, person, _week), (var, factor) in model.hours.items():
        if prices[job, person] is None and problem.people[person].hour_cost:
            terms.append((var, factor * problem.people[person].hour_cost))
    for person, week in model.at:
        data = problem.people[person]
        if problem.switching and data.hour_cost and (switches := model.switches(person, week)) is not None:
            terms.append((switches, problem.switching * data.hour_cost))
        if data.overtime_cost and (extra := model.overtime(person, week)) is not None:
            terms.append((extra, data.overtime_cost))
    for person, data in enumerate(problem.people):
        if data.hired_cost and (hired := model.hired(person)) is not None:
            terms.append((hired, data.hired_cost))
    return terms


def overtime(model: Model, _: Earlier) -> Terms:
    """Overtime hours."""
    extra = [model.overtime(person, week) for person, week in model.at]
    return [(var, 1) for var in extra if var is not None]


def hours(model: Model, _: Earlier) -> Terms:
    """Planned hours."""
    return list(model.hours.values())


def contacts(model: Model, _: Earlier) -> Terms:
    """Owners of a client's delivered tasks of a kind, beyond the first."""
    found = (_contacts(model, client, kind, jobs) for (client, kind), jobs in model.client_kinds().items())
    return [(var, 1) for var in found if var is not None]


def _contacts(model: Model, client: int, kind: Kind, jobs: list[int]) -> Var | None:
    """Return a variable of at least the owners of some jobs beyond the first; None where that is always 0.

    Where work is kept, its owners are there anyway, and all others count.
    """
    kept = model.problem.kept.owners.get((client, kind), frozenset())
    people = [person for person in model.people_for(jobs) if person not in kept]
    free = 0 if kept else 1
    if len(people) <= free:
        return None

    def extra(read: Readings) -> int:
        owners = {person for job in jobs for person in read.owners.get(job, ())}
        return max(0, sum(person in owners for person in people) - free)

    key = ("contacts", client, kind)
    if key not in model.made:
        model.made[key] = model.integer(len(people) - free, f"contacts {key}", extra)
        touches = [(model.touches(jobs, person), 1) for person in people]
        model.at_most([*touches, (model.made[key], -1)], free)
    return model.made[key]


def balance(model: Model, _: Earlier) -> Terms:
    """The highest planned utilisation of anyone, whole percent, rounded up."""
    people = {number: data for number, data in enumerate(model.problem.people) if data.total}
    if not people:
        return []

    def level(read: Readings) -> int:
        return max(-(-100 * read.planned[number] // data.total) for number, data in people.items())

    cells: dict[int, Terms] = {number: [] for number in people}
    for (_job, person, _week), cell in model.hours.items():
        if person in cells:
            cells[person].append(cell)
    most = max(
        -(-100 * (data.past_hours + sum(map(data.most, range(model.problem.weeks)))) // data.total)
        for data in people.values()
    )
    var = model.integer(most, "balance", level)
    for number, data in people.items():
        scale = data.past_hours.denominator
        planned = [(cell, 100 * scale * factor) for cell, factor in cells[number]]
        model.at_most([*planned, (var, -scale * data.total)], -100 * data.past_hours.numerator)
    return [(var, 1)]


def changes(model: Model, earlier: Earlier) -> Terms:
    """Tasks delivered in just one of two plans, or by others, or in other weeks.

    What the earlier plan delivered counts as changed, until it is the same again. For a `same_owner` repeat its weeks
    count each, and others who own any of it once.
    """
    terms: Terms = []
    families: dict[int, list[int]] = {}
    for job, before in earlier.jobs.items():
        if job not in model.delivered:
            continue
        if before is None:
            terms.append((model.delivered[job], 1))
            continue
        if (same := _same(model, job, before, owners=job not in earlier.family)) is not None:
            terms.append((same, -1))
        if job in earlier.family and earlier.family[job] != COUNTED:
            families.setdefault(earlier.family[job], []).append(job)
    terms += [(_handed_over(model, family, jobs, earlier), 1) for family, jobs in families.items()]
    return terms


def _same(model: Model, job: int, before: Before, *, owners: bool) -> Var | None:
    """Return a binary, 1 only if a job is delivered as before (`owners`: by the same ones); None where it cannot be."""
    data = model.problem.jobs[job]
    if owners and not (before.reachable and all((job, person) in model.owns for person in before.unpromised)):
        return None
    firsts = [week for week in data.weeks if before.begun(week)]
    lasts = [week for week in data.weeks if before.ended(week)]
    if not firsts or not lasts:
        return None

    def reading(read: Readings) -> bool:
        return (
            read.delivered(job)
            and (not owners or before.owned(read.owners[job]))
            and before.same_weeks(read.first[job], read.last[job])
        )

    same = model.flag(f"same {data.id}", reading)
    model.cp.add_implication(same, model.delivered[job])
    if owners:
        _by_the_same(model, job, before, same)
    _in_the_same_weeks(model, job, firsts, lasts, same)
    return same


def _by_the_same(model: Model, job: int, before: Before, same: Var) -> None:
    """Let those who owned a job before, and nobody else, own it where a flag is 1."""
    for pair in model.pairs[job]:
        owner = model.owns[job, pair.person]
        if pair.person not in before.owners:
            model.cp.add_implication(same, owner.negated())
        elif pair.person in before.unpromised:
            model.cp.add_implication(same, owner)


def _in_the_same_weeks(model: Model, job: int, firsts: list[int], lasts: list[int], same: Var) -> None:
    """Let a job begin in one of some weeks, and end in one of some, where a flag is 1.

    With several weeks to begin or end in, promised hours are in the first or last, and no new ones are needed there.
    """
    needed = [weeks[0] for weeks in (firsts, lasts) if len(weeks) == 1]
    for week in model.problem.jobs[job].weeks:
        cells = model.cells(job, model.pairs[job], [week])
        if not cells:
            if week in needed:
                model.cp.add(same == 0)
        elif week < firsts[0] or week > lasts[-1]:
            model.cp.add(total(cells) == 0).only_enforce_if(same)
        elif week in needed:
            model.cp.add(total(cells) >= 1).only_enforce_if(same)


def _handed_over(model: Model, family: int, jobs: list[int], earlier: Earlier) -> Var:
    """Return a binary that has to be 1 if others than before own any occurrence of a repeat."""

    def reading(read: Readings) -> bool:
        return any(read.delivered(job) and earlier.handed_over(job, read.owners[job]) for job in jobs)

    flag = model.flag(f"handed over {family}", reading)
    for job in jobs:
        for pair in model.pairs[job]:
            if earlier.handed_over(job, {pair.person}):
                model.cp.add_implication(model.owns[job, pair.person], flag)
    return flag
