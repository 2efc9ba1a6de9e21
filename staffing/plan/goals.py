"""What each goal measures, exactly, and how goals are compared and reported.

:data:`MEASURES` has one function for each goal. It gives the measure of a plan as a fraction, in the unit of the
goal: hours (must, overtime, hours), money (value, net_value, cost), weighted weeks (lateness), a count (contacts,
changes) or whole percent (balance).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil

from staffing.plan.changes import counted, differences
from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import CENT, money, number, written
from staffing.plan.records import GoalResult, Number
from staffing.scenario.draft import Draft
from staffing.scenario.records import MAXIMISED, Goal, GoalEntry

CALM = Decimal("0.005")
"""Share of value that may be given up for fewer changes, where the goals do not speak of changes."""
MONEY_GOALS: frozenset[Goal] = frozenset({"value", "net_value", "cost"})


def must(facts: Facts) -> Fraction:
    """Effort hours left (hours − done, less history) of ``must`` tasks waiting."""
    return sum((job.effort for job in facts.waiting if job.must), ZERO)


def value(facts: Facts) -> Fraction:
    """Value of delivered tasks, late ones too; done ones not."""
    return sum((job.value for job in facts.delivered), ZERO)


def net_value(facts: Facts) -> Fraction:
    """Value of delivered tasks − cost."""
    return value(facts) - cost(facts)


def lateness(facts: Facts) -> Fraction:
    """Σ weight × weeks late of delivered tasks; weeks late = max(0, last week − due week)."""
    return Fraction(sum(job.weight * facts.weeks_late(job) for job in facts.delivered))


def cost(facts: Facts) -> Fraction:
    """Cost of the plan: pay, fixed prices, overtime premiums and hire costs; history too."""
    return facts.cost


def overtime(facts: Facts) -> Fraction:
    """Hours of load above capacity; history too."""
    return sum(facts.overtime.values(), ZERO)


def hours(facts: Facts) -> Fraction:
    """Planned hours, without switching; fixed ones too."""
    return facts.hours


def contacts(facts: Facts) -> Fraction:
    """Extra points of contact: Σ over clients and kinds of (distinct owners of delivered tasks − 1).

    Whoever has promised hours is one, also where the rest of the task waits.
    """
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for job in facts.delivered:
        owners[job.client, job.kind].update(facts.owners(job.id))
    for group, people in facts.expanded.promises.contacts.items():
        owners[group].update(people)
    return Fraction(sum(len(people) - 1 for people in owners.values()))


def balance(facts: Facts) -> Fraction:
    """Highest planned utilisation of anyone over the horizon, in whole percent, rounded up; 0 without capacity.

    Planned utilisation = planned hours (fixed ones too, without switching) ÷ capacity; people without capacity and
    placeholders not hired aside.
    """
    shares = [
        facts.planned_of(person.id) / capacity for person in facts.present if (capacity := sum(person.capacity, ZERO))
    ]
    return Fraction(ceil(100 * max(shares, default=ZERO)))


def changes(facts: Facts) -> Fraction:
    """Tasks that differ from the baseline, of those present and not done in both; 0 without a baseline.

    One counts if it is delivered in just one plan, or if its owners, first or last week differ. The days of the
    baseline are weeks of this scenario, all before its start counting as week 1. Of a `same_owner` repeat each
    occurrence counts that is moved or delivered in just one plan, and once that others own it.
    """
    return Fraction(counted(differences(facts), facts.expanded.jobs))


MEASURES: dict[Goal, Callable[[Facts], Fraction]] = {
    "must": must,
    "value": value,
    "net_value": net_value,
    "lateness": lateness,
    "cost": cost,
    "overtime": overtime,
    "hours": hours,
    "contacts": contacts,
    "balance": balance,
    "changes": changes,
}


def goals_of(scenario: Draft, has_baseline: bool) -> tuple[GoalEntry, ...]:
    """Return the goals of a plan, most important first.

    With a baseline and no ``changes`` in the scenario's list, it stands after lateness, or else after value, or else
    before cost, or last; and half a percent of value may be given up for it: ``value`` and ``net_value`` get a
    tolerance of at least 0.005. (A tolerance of 0 is what is meant where none is given, so it is widened, too; who
    wants none lists ``changes``.)
    """
    listed = scenario.goals
    names = [entry.goal for entry in listed]
    if not has_baseline or "changes" in names:
        return listed
    after = [names.index(goal) for goal in ("lateness", "value", "net_value") if goal in names]
    place = after[0] + 1 if after else names.index("cost") if "cost" in names else len(names)
    calm = [_calm(entry) for entry in listed]
    return (*calm[:place], GoalEntry(goal="changes"), *calm[place:])


def _calm(entry: GoalEntry) -> GoalEntry:
    if entry.goal not in ("value", "net_value"):
        return entry
    return GoalEntry(goal=entry.goal, tolerance=max(entry.tolerance, CALM))


def worsened(goal: Goal, best: Fraction, tolerance: Fraction) -> Fraction:
    """Return the limit that later goals keep: best worsened by tolerance × abs(best), in the goal's direction."""
    given_back = tolerance * abs(best)
    return best - given_back if goal in MAXIMISED else best + given_back


def worse(goal: Goal, one: Fraction | Number, other: Fraction | Number) -> bool:
    """Whether `one` is worse than `other` in the goal's direction."""
    return one < other if goal in MAXIMISED else one > other


def reported(goal: Goal, measure: Fraction) -> Number:
    """Return a measure as plans report it: money rounded to 0.01, ties away from zero, anything else exact."""
    return money(measure) if goal in MONEY_GOALS else number(measure)


def goal_result(
    goal: Goal, *, value: Fraction, best: Fraction, bound: Fraction, limit: Fraction, bounded: bool = True
) -> GoalResult:
    """Report a goal; proven exactly if best equals bound. One that is not proven may be not `bounded`: it has no bound.

    Money is reported in 0.01, so a bound that is not reached may round to what was reached. It is then reported 0.01
    beyond, where it still holds, lest the plan claim what is not proven.
    """
    proven = best == bound
    shown_best, shown_bound = reported(goal, best), reported(goal, bound)
    if not proven and shown_best == shown_bound:
        beyond = CENT if goal in MAXIMISED else -CENT
        shown_bound = reported(goal, written(shown_bound) + beyond)
    return GoalResult(
        goal=goal,
        value=reported(goal, value),
        best=shown_best,
        bound=shown_bound if proven or bounded else None,
        limit=reported(goal, limit),
        proven=proven,
    )


def unproven_goal(facts: Facts, entry: GoalEntry) -> GoalResult:
    """Report what a plan reaches of a goal, with nothing proven of it."""
    at = MEASURES[entry.goal](facts)
    limit = worsened(entry.goal, at, Fraction(entry.tolerance))
    return replace(goal_result(entry.goal, value=at, best=at, bound=at, limit=limit), bound=None, proven=False)
