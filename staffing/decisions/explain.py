"""Why does it wait, or is it late, and why is this its owner? What is in the way; and, by a search, what would help."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from staffing.decisions.candidates import Asked, Candidates, best_gain, person_of
from staffing.decisions.conflict import Conflict
from staffing.decisions.conflict import conflict as conflict_of
from staffing.decisions.explanation import Explained, Explanation, Said, Standing
from staffing.decisions.given import Effort, Given
from staffing.errors import Mistake, ScenarioError
from staffing.plan.describe import context, state_of
from staffing.plan.facts import ZERO, Facts
from staffing.plan.figures import number
from staffing.plan.names import Names
from staffing.plan.numbers import money
from staffing.plan.obstacles.find import Hindered, hindered
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.obstacles.room import Room
from staffing.plan.obstacles.words import likeness, merged, merged_obstacle, obstacle_likeness, sentence, why
from staffing.plan.plan import Plan
from staffing.plan.records import Number, TaskResult
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.findings import Speller, meant
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario


def explain(
    scenario: Scenario,
    plan: Plan,
    tasks: Iterable[str] | None = None,
    *,
    most: int | None = None,
    repairs: int | None = None,
    candidates: bool = False,
    why_not: str | None = None,
    conflict: bool = False,
    time_limit: float = 10.0,
    stop: threading.Event | None = None,
) -> Explanation:
    """Say why tasks wait, or are late: what is in their way, what would help, and who else could do them.

    Parameters
    ----------
    scenario
        What was planned.
    plan
        A plan of it; it is audited first.
    tasks
        Ids of tasks, a repeating one for all its occurrences; None for all that wait, then all that are late.
    most
        How many entries to give, the most valuable first; None for all.
    repairs
        How many changes to give with which a task is delivered, or on time, the cheapest first; None for all where
        tasks are named and nothing else is asked of them, else for none. What is in the way needs no search.
    candidates
        Whether to price everybody as the owner of each task given, or tell what forbids them.
    why_not
        Id of one of the staff: the same for them alone, with all that would move, and the change that lets them own it
        where rules forbid it.
    conflict
        Whether to seek, for must work among these tasks that waits, a smallest set of facts that cannot hold together.
    time_limit
        Seconds for what is searched.
    stop
        Set, the answer is what is known by then.

    Raises
    ------
    NotValidError
        Where the plan is not valid for the scenario, with every violation.
    ScenarioError
        Where there is no such task, or nobody of that id.
    """
    effort = Effort(SEARCHED * time_limit, stop or threading.Event())
    given = Given.of(scenario, plan)
    facts = given.facts
    names = Names(replace(plan, context=context(facts, None)))
    results = {result.task: result for result in plan.results}
    tasks = None if tasks is None else tuple(tasks)
    jobs = _asked(facts, tasks)
    staff = None if why_not is None else person_of(given, why_not)
    entries = tuple(_families(facts, jobs, names, results, most))
    shown = entries if most is None else entries[:most]
    owners = candidates or staff is not None
    if repairs is None:
        repairs = ALL if tasks is not None and not (owners or conflict) else 0
    if owners:
        part = effort.part(1 / (1 + bool(repairs) + conflict))
        shown = tuple(_with_candidates(given, names, shown, tasks or (), staff, part))
    if repairs:
        shown = tuple(_helped(given, names, shown, repairs, effort.part(1 / (1 + conflict))))
    found = None
    if conflict:
        found = conflict_of(given, names, {job.id for job in jobs}, effort)
    return Explanation(
        scenario=scenario.name,
        fingerprint=scenario.fingerprint,
        tasks=shown,
        projects=tuple(_standings(facts, names, {job.project for job in jobs if job.project is not None})),
        more=len(entries) - len(shown),
        plan_gain=_gain(shown, found),
        conflict=found,
        seconds=round(effort.clock.used, 3),
    )


SEARCHED = 0.95
"""The share of the time limit that is gone when searches end; the rest is for what comes after."""
ALL = 1_000_000
"""More repairs than any task has."""


def _gain(entries: Sequence[Explained], conflict: Conflict | None) -> Mapping[Goal, Number] | None:
    """Return what a better plan of the same scenario gains, if one was found by the way."""
    if conflict is not None and conflict.gain is not None:
        return conflict.gain
    prices = (entry.as_it_is.price for entry in entries if entry.as_it_is is not None)
    return next((price.goals for price in prices if price.gains), best_gain(entries))


def _helped(given: Given, names: Names, entries: Sequence[Explained], most: int, effort: Effort) -> Iterator[Explained]:
    """Yield entries with what would help; each has its share of the time that is left."""
    from staffing.decisions.repairs.find import find_help  # the solver, which takes a second to load
    from staffing.decisions.repairs.question import Question

    for number_, entry in enumerate(entries):
        if entry.state not in ("waiting", "late") or effort.over:
            yield entry
            continue
        jobs = tuple(given.facts.expanded.jobs[id_] for id_ in entry.tasks)
        question = Question(given, jobs, entry.state == "late", names)
        found = find_help(question, effort.part(1 / (len(entries) - number_)))
        yield replace(entry, as_it_is=found.as_it_is, repairs=found.repairs[:most], searched=True)


def _asked(facts: Facts, tasks: Iterable[str] | None) -> list[Job]:
    """Return the jobs that are asked for.

    Raises
    ------
    ScenarioError
        With each id that no task has.
    """
    expanded = facts.expanded
    if tasks is None:
        return [*facts.waiting, *(job for job in facts.delivered if facts.weeks_late(job))]
    found: dict[str, Job] = {}
    mistakes = []
    for id_ in tasks:
        own = [job for job in expanded.jobs.values() if id_ in (job.id, job.task)]
        mistakes += [] if own else [Mistake(_unknown(expanded, id_))]
        found |= {job.id: job for job in own}
    if mistakes:
        raise ScenarioError(mistakes)
    return list(found.values())


def _unknown(expanded: Expanded, id_: str) -> str:
    known = dict.fromkeys(name for job in expanded.jobs.values() for name in (job.task, job.id))
    return f'there is no task "{id_}"{meant(Speller().nearest(id_, list(known)))}'


# who could own them


def _with_candidates(
    given: Given, names: Names, entries: Sequence[Explained], named: Sequence[str], staff: str | None, effort: Effort
) -> Iterator[Explained]:
    """Yield entries with everybody who could own them, or one of the staff."""
    known = Candidates(given, names)
    for at, entry in enumerate(entries):
        if entry.state == "done" or given.facts.expanded.jobs[entry.task].covered:
            yield replace(entry, candidates=())
            continue
        asked, part = Asked.of(given.facts, entry.tasks, named), effort.part(1 / (len(entries) - at))
        found = known.everybody(asked, part) if staff is None else (known.why_not(asked, staff, part),)
        yield replace(entry, candidates=found)


# entries


def _families(
    facts: Facts, jobs: Sequence[Job], names: Names, results: dict[str, TaskResult], most: int | None
) -> list[Explained]:
    """Return what waits, the most valuable first, then what is late, then all else that was asked for.

    Of what is late no more is looked into than `most`: each takes a look at the plan without it.
    """
    room = Room(facts)
    groups: dict[tuple[object, ...], list[Hindered]] = {}
    order = {"waiting": 0, "late": 1, "delivered": 2, "done": 2}
    looked = 0
    for job in sorted(jobs, key=lambda job: (order[state_of(facts, job)], -job.value)):
        state = state_of(facts, job)
        if state == "late" and most is not None and looked >= most:
            groups[state, job.id] = [Hindered(job, ())]  # counted, and left out
            continue
        looked += state == "late"
        found = hindered(facts, job, room) if state in ("waiting", "late") else Hindered(job, ())
        reason = results[job.id].reason if job.id in results else None
        alike = likeness(found.because) if state in ("waiting", "late") else ()
        groups.setdefault((state, job.task, reason, *alike), []).append(found)
    entries = [_explained(facts, names, family, results) for family in groups.values()]
    return sorted(entries, key=lambda entry: (order[entry.state], -entry.value))


def _explained(facts: Facts, names: Names, family: list[Hindered], results: dict[str, TaskResult]) -> Explained:
    job = family[0].job
    state = state_of(facts, job)
    several, late = len(family) > 1, state == "late"
    asked = state in ("waiting", "late") and (family[0].ways or family[0].shared)
    told = merged([found.because for found in family]) if asked else None
    client, project = names.whose(job.id)
    return Explained(
        tasks=tuple(found.job.id for found in family),
        name=names.work(job.id),
        client=job.client,
        project=job.project,
        client_name=client,
        project_name=project,
        state=state,
        reason=results[job.id].reason if job.id in results else None,
        value=float(sum((found.job.value for found in family), ZERO)),
        why=why(names, told, late=late, several=several) if told is not None else f"It is {state}, not late.",
        fits=told.fits if told is not None else None,
        obstacles=tuple(_said(names, family, late)),
    )


def _said(names: Names, family: list[Hindered], late: bool) -> Iterator[Said]:
    """Yield what is in the way; of occurrences what is in the way of all of them once, all else one by one."""
    alike: dict[tuple[object, ...], list[Obstacle]] = {}
    for found in family:
        for obstacle in found.obstacles:
            alike.setdefault(obstacle_likeness(obstacle), []).append(obstacle)
    for several in alike.values():
        if 1 < len(several) == len(family):
            one = merged_obstacle(several)
            yield Said(one, sentence(names, one, late=late, several=True))
        else:
            yield from (Said(one, sentence(names, one, late=late)) for one in dict.fromkeys(several))


# projects


def _standings(facts: Facts, names: Names, projects: set[str]) -> Iterator[Standing]:
    """Yield the projects that have waiting tasks, in the scenario's order."""
    room = Room(facts)
    for id_, project in facts.expanded.projects.items():
        jobs = [job for job in facts.expanded.jobs.values() if job.project == id_]
        waiting = [job for job in jobs if state_of(facts, job) == "waiting"]
        if id_ not in projects or not waiting:
            continue
        found = [hindered(facts, job, room) for job in waiting]
        done = len(jobs) - len(waiting)
        needs = _more_budget(names, found) or _first(names, found)
        text = f"{names.project(id_)}: {done} of {len(jobs)} delivered, {needs}"
        yield Standing(id_, project.client, done, len(jobs), tuple(job.id for job in waiting), text)


def _more_budget(names: Names, found: Sequence[Hindered]) -> str | None:
    """Return how much more budget the waiting tasks need together, at the least; None where budgets cover them."""
    whole = [one for one in found if one.ways]
    burns: dict[tuple[str, str], Fraction] = {}
    left: dict[tuple[str, str], Fraction] = {}
    for one in whole:
        for purse in one.ways[0].purses:
            if len(purse.periods) == 1 and purse.periods[0][0].name == "horizon":
                key = purse.of, purse.owner
                left[key] = purse.left
                burns[key] = burns.get(key, ZERO) + min(way.burn for way in one.ways)
    short = {key: burns[key] - left[key] for key in burns if burns[key] > left[key]}
    if not short:
        return None
    what = names.work(found[0].job.id) if len(found) == 1 else f"the {len(found)} that wait"
    return f"{what} {'needs' if len(found) == 1 else 'need'} {number(money(max(short.values())))} more budget"


def _first(names: Names, found: Sequence[Hindered]) -> str:
    """Return what is in the way of the first waiting task that waits for no other one."""
    waiting = {one.job.id for one in found}
    first = next((one for one in found if not waiting & {id_ for id_, _ in one.job.after}), found[0])
    return f"{names.work(first.job.id)} waits: {why(names, first.because).removesuffix('.')}"
