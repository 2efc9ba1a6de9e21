"""Re-planning: what the weeks of an earlier plan that are over leave to do.

Hours before the first week of a re-plan are history. They are exempt from the rules of a valid plan, and count as
effort, burn, hours and cost, not as owners or clients.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from staffing.scenario.expand import Asked, Expanded, Job

Hours = Mapping[tuple[str, str, int], Fraction]


def replan(expanded: Expanded, history: Hours, from_week: int) -> Expanded:
    """Give the scenario as the rules see it once `history` is over.

    Parameters
    ----------
    expanded
        The scenario without history.
    history
        Hours by job, person and week, all of them known to the scenario and before `from_week`.
    from_week
        First week of new hours, at least 1.

    Notes
    -----
    The effort left of a job is R' = R − Σ hours × productivity; of somebody with an estimate for it,
    hours ÷ estimate × R. The estimates of what is left shrink with it, by R' ÷ R. A fixed price is asked once, so
    whoever has history on a job asks nothing more for it. What comes after a job that history finished begins no
    earlier than the job's last week of history + lag.
    """
    worked: dict[str, dict[str, Fraction]] = {}
    for (job, person, _), hours in history.items():
        by_person = worked.setdefault(job, {})
        by_person[person] = by_person.get(person, Fraction(0)) + hours
    prices = {
        (job, person): price
        for job, people in worked.items()
        for person in people
        if (price := _price(expanded.jobs[job], person)) is not None
    }
    left = {id_: _left(job, worked.get(id_, {}), expanded, from_week) for id_, job in expanded.jobs.items()}
    over = last_weeks(history)
    finished = {id_: week for id_, week in over.items() if left[id_].done}
    return replace(
        expanded,
        jobs={id_: _not_before(job, finished) for id_, job in left.items()},
        history=dict(history),
        from_week=from_week,
        history_prices=prices,
        history_burn=_burn(expanded, history, prices),
    )


def last_weeks(history: Hours) -> dict[str, int]:
    """Return the last week with hours of each job that history has hours of."""
    last: dict[str, int] = {}
    for job, _, week in history:
        last[job] = max(week, last.get(job, week))
    return last


def _not_before(job: Job, finished: Mapping[str, int]) -> Job:
    """Let a job begin no earlier than its lag after what history finished allows (rule P)."""
    first = max((finished[task] + lag for task, lag in job.after if task in finished), default=job.earliest)
    return replace(job, earliest=max(job.earliest, first))


def _price(job: Job, person: str) -> Fraction | None:
    return job.estimates[person].price if person in job.estimates else None


def _left(job: Job, worked: Mapping[str, Fraction], expanded: Expanded, from_week: int) -> Job:
    if not worked:
        return replace(job, earliest=max(job.earliest, from_week))
    left = job.effort
    for person, hours in worked.items():
        if person in job.estimates:
            left -= hours / job.estimates[person].hours * job.effort
        else:
            left -= hours * expanded.people[person].productivity[job.kind]
    share = left / job.effort if job.effort > 0 else Fraction(0)
    return replace(
        job,
        effort=left,
        earliest=max(job.earliest, from_week),
        estimates={
            person: Asked(
                asked.hours * share, Fraction(0) if person in worked and asked.price is not None else asked.price
            )
            for person, asked in job.estimates.items()
        },
    )


def _burn(
    expanded: Expanded, history: Hours, prices: Mapping[tuple[str, str], Fraction]
) -> dict[tuple[str, str, str], Fraction]:
    """Add up what history burned of each budget, period by period."""
    by_cost = expanded.scenario.budget_basis == "cost"
    last = last_weeks(history)
    burned: list[tuple[str, int, Fraction]] = []
    for (job, person, week), hours in history.items():
        rate = expanded.people[person].cost_rate if by_cost else expanded.people[person].bill_rate
        if not (by_cost and (job, person) in prices):
            burned.append((job, week, hours * rate))
    if by_cost:
        burned += [(job, last[job], price) for (job, _), price in prices.items()]
    total: dict[tuple[str, str, str], Fraction] = {}
    for id_, week, money in burned:
        job_ = expanded.jobs[id_]
        if not job_.billable:
            continue
        for what, owner in (("client", job_.client), ("project", job_.project)):
            for period in expanded.budgets.get((what, owner or ""), ()):
                if week in period.weeks:
                    key = (what, owner or "", period.name)
                    total[key] = total.get(key, Fraction(0)) + money
    return total
