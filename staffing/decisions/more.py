"""One more of what a plan may use, as a What-if: an hour of a person in a week, a percent of a budget, a week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import ROUND_UP, Decimal
from fractions import Fraction
from typing import Any, Literal

from staffing.plan.facts import Facts
from staffing.plan.numbers import CENT, number, rounded
from staffing.scenario.amounts import occurrence
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.records import Staff
from staffing.scenario.scenario import Scenario

PERCENT = Fraction(1, 100)
_FINEST = Decimal("0.0001")
Kind = Literal["hour", "percent", "week"]


@dataclass(frozen=True)
class More:
    """One more of something.

    Attributes
    ----------
    kind
        An hour, a percent or a week.
    patch
        The What-if; None where no scenario can say so.
    person, week
        Of an hour: whose, and when.
    of, owner, periods
        Of a percent: whether a client's or a project's budget, whose, and the names of the periods that grow.
    task
        Of a week: which task.
    pay
        What a salaried hour costs anyway, at the least.
    """

    kind: Kind
    patch: dict[str, Any] | None = field(hash=False)
    person: str = ""
    week: int = 0
    of: str = ""
    owner: str = ""
    periods: tuple[str, ...] = ()
    task: str = ""
    pay: Fraction = Fraction(0)


# an hour


def hours(scenario: Scenario, facts: Facts) -> Iterator[More]:
    """Yield an hour of each person in each week to come in which they have a day."""
    expanded = facts.expanded
    entries = {copy: member for member in scenario.staff for copy in expanded.copies[member.id]}
    for person in facts.present:
        member = entries[person.id]
        alone = len(expanded.copies[member.id]) == 1
        for week in range(expanded.from_week, expanded.weeks + 1):
            if person.available_days[week - 1]:
                pay = person.cost_rate / Fraction(member.target_utilisation) if person.salaried else Fraction(0)
                patch = _hour(scenario, member, person, week) if alone else None
                yield More("hour", patch, person=person.id, week=week, pay=pay)


def _hour(scenario: Scenario, member: Staff, person: Person, week: int) -> dict[str, Any]:
    """Return a person's `weekly_hours` with as much more in one week as makes an hour that can be planned.

    Of a contract, the days that are open count, and of these what may be planned: so much more than an hour it takes.
    """
    workdays = len(member.workdays or scenario.workdays)
    share = Fraction(member.target_utilisation) * person.available_days[week - 1] / workdays
    more = (Decimal(share.denominator) / Decimal(share.numerator)).quantize(_FINEST, ROUND_UP)
    begin, end = first_day(week, scenario.start), first_day(week + 1, scenario.start)
    if scenario.as_of is not None:
        begin = max(begin, scenario.as_of)
    of_role = scenario.roles[member.role].weekly_hours
    if isinstance(member.weekly_hours, tuple):
        changes = {change.since: change.hours for change in member.weekly_hours}
    else:
        changes = {min(scenario.start, begin): of_role if member.weekly_hours is None else member.weekly_hours}
    days = sorted(changes)
    changes |= {day: next((changes[one] for one in reversed(days) if one <= day), of_role) for day in (begin, end)}
    return {
        "staff": [
            {
                "id": member.id,
                "weekly_hours": [
                    {"from": day.isoformat(), "hours": _plain(changes[day] + (more if begin <= day < end else 0))}
                    for day in sorted(changes)
                ],
            }
        ]
    }


# a percent


def percents(expanded: Expanded) -> Iterator[More]:
    """Yield a percent of each budget in all its periods; then, of one with several, of each period.

    A scenario has one amount for all periods, so that a percent of one alone is no What-if.
    """
    for (of, owner), periods in expanded.budgets.items():
        if not any(period.amount for period in periods):
            continue
        amount = periods[0].amount + extra(periods[0].amount)
        patch = {f"{of}s": [{"id": owner, "budget": {"amount": number(amount)}}]}
        yield More("percent", patch, of=of, owner=owner, periods=tuple(period.name for period in periods))
        if len(periods) > 1:
            yield from (More("percent", None, of=of, owner=owner, periods=(period.name,)) for period in periods)


def extra(amount: Fraction) -> Fraction:
    """Return a percent of an amount of money, to 0.01."""
    return rounded(amount * PERCENT, CENT)


# a week


def weeks(scenario: Scenario, facts: Facts) -> Iterator[More]:
    """Yield a week for each task that waits and has a deadline, or is late and lateness counts."""
    counted = any(entry.goal == "lateness" for entry in scenario.goals)
    late = [job for job in facts.delivered if facts.weeks_late(job)] if counted else []
    for job in (*facts.waiting, *late):
        if occurrence(job.id)[1] is None and (patch := _week(scenario, job)) is not None:
            yield More("week", patch, task=job.id)


def _week(scenario: Scenario, job: Job) -> dict[str, Any] | None:
    """Return a task with its deadline, where it has one, and its due week a week later; None where it has neither."""
    changed: dict[str, Any] = {}
    if job.deadline < scenario.weeks:
        changed["deadline"] = _point(scenario, job.deadline + 1)
    if job.due is not None:
        changed["due"] = _point(scenario, job.due + 1)
    return {"tasks": [{"id": job.id, **changed}]} if changed else None


def _point(scenario: Scenario, week: int) -> int | str:
    """Return a week as a scenario names it: by its number in the horizon, by a date beyond."""
    return week if 1 <= week <= scenario.weeks else first_day(week, scenario.start).isoformat()


def _plain(amount: Decimal) -> int | float:
    return number(Fraction(amount))
