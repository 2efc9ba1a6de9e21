"""Whether a job can be done alone: with everybody free, every placeholder hired, and nothing else in the plan.

All numbers are whole: steps of work, units of effort and of money. What is promised or kept has come off already.
"""

from __future__ import annotations

from collections.abc import Sequence

from staffing.problem.problem import JobData, Pair, Problem


def most_in_week(problem: Problem, job: JobData, pair: Pair, week: int) -> int:
    """Return the most steps a person can work on a job in a week (rules C, E, K and M)."""
    person = problem.people[pair.person]
    most = min(person.most(week), pair.need)
    if job.kind in person.limits:
        most = min(most, person.limits[job.kind][week])
    pace = job.pace_in(week)
    return max(0, most if pace is None else min(most, pace))


def soonest_end(problem: Problem, job: JobData, pairs: Sequence[Pair]) -> int | None:
    """Return the first week in which some people together can end a job; None if they lack the room for it."""
    single = job.max_owners == 1
    left = pairs[0].need if single else job.effort
    for week in job.weeks:
        for pair in pairs:
            left -= (1 if single else pair.power) * most_in_week(problem, job, pair, week)
        if left <= 0:
            return week
    return None


def fewest_weeks(problem: Problem, job: JobData, pairs: Sequence[Pair]) -> int:
    """Return the fewest weeks from a job's first hours to its last, whoever of some people delivers it."""
    peaks = [max((most_in_week(problem, job, pair, week) for week in job.weeks), default=0) for pair in pairs]
    if job.max_owners > 1:
        together = min(sum(peaks), job.pace or sum(peaks))
        return -(-min(pair.need for pair in pairs) // together) if together else 1
    return min((-(-pair.need // peak) for pair, peak in zip(pairs, peaks, strict=True) if peak), default=1)


def burn(problem: Problem, pair: Pair) -> int:
    """Return what a sole owner burns of a budget for all of a job, in units of money."""
    if problem.price_burns and pair.price is not None:
        return pair.price
    return pair.need * problem.people[pair.person].burn


def least_burn(problem: Problem, job: JobData) -> int:
    """Return the least that all of a job burns, whoever delivers it, in units of money."""
    if job.max_owners == 1:
        return min(burn(problem, pair) for pair in job.pairs)
    return min(job.effort * problem.people[pair.person].burn // pair.power for pair in job.pairs)


def surely_not(problem: Problem, number: int) -> bool:
    """Return whether nobody has room and budgets for a job; False as well where that is not plain.

    It is plain for one owner whose hours burn: capacities and the periods of budgets (weeks, months, quarters, the
    horizon) lie one inside the other, so that filling the earliest weeks finds room if there is any.
    """
    job = problem.jobs[number]
    if job.max_owners > 1 or (problem.price_burns and any(pair.price is not None for pair in job.pairs)):
        return False
    return not any(_payable(problem, number, pair) for pair in job.pairs)


def _payable(problem: Problem, number: int, pair: Pair) -> bool:
    """Return whether an owner's hours fit into the weeks of a job and its budgets, the earliest weeks filled first."""
    job, rate = problem.jobs[number], problem.people[pair.person].burn
    periods = [problem.budgets[period] for period in problem.budgets_of.get(number, ())] if rate else []
    left = [max(0, period.left) // rate for period in periods]
    missing = pair.need
    for week in job.weeks:
        paying = [at for at, period in enumerate(periods) if week in period.weeks]
        steps = min([missing, most_in_week(problem, job, pair, week), *(left[at] for at in paying)])
        missing -= steps
        for at in paying:
            left[at] -= steps
    return not missing
