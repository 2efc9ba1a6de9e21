"""What a plan claims of its goals, held against what it measures and against itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isfinite

from staffing.auditing.violation import Violation
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, MONEY_GOALS, goals_of, reported, worse, worsened
from staffing.plan.numbers import written
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult
from staffing.scenario.records import MAXIMISED


def goals(facts: Facts, plan: Plan) -> Iterator[Violation]:
    """Check the list of goals, each goal, and that the plan is optimal exactly if all are proven.

    That a bound holds is beyond an audit; so is a limit looser than the best worsened, as the best may have become
    better after the limit was set.
    """
    listed = goals_of(facts.expanded.scenario, plan.baseline is not None)
    if [entry.goal for entry in listed] != [result.goal for result in plan.goals]:
        yield Violation("goals", f"The goals are {', '.join(entry.goal for entry in listed)}, in this order.")
        return
    for entry, result in zip(listed, plan.goals, strict=True):
        for message in _mistakes(facts, result, Fraction(entry.tolerance)):
            yield Violation("goals", f"{result.goal}: {message}")
    if (plan.status == "optimal") != all(result.proven for result in plan.goals):
        yield Violation("status", f"The status is {plan.status}; it is optimal exactly if every goal is proven.")


def _mistakes(facts: Facts, result: GoalResult, tolerance: Fraction) -> Iterator[str]:
    goal = result.goal
    numbers = (result.value, result.best, result.limit, *([] if result.bound is None else [result.bound]))
    if not all(map(isfinite, numbers)):
        yield "it has a number that is not finite."
        return
    value, best, limit = map(written, (result.value, result.best, result.limit))
    bound = None if result.bound is None else written(result.bound)
    true = reported(goal, MEASURES[goal](facts))
    if value != written(true):
        yield f"the value is {true}; the file says {result.value}."
    if worse(goal, value, limit):
        yield f"the value {result.value} is worse than the limit {result.limit}."
    if worse(goal, best, value):
        yield f"the value {result.value} is better than the best {result.best}."
    if bound is not None and worse(goal, bound, best):
        yield f"the best {result.best} is better than the bound {result.bound}."
    if result.proven != (best == bound):
        yield "it is proven exactly if the best equals the bound."
    if worse(goal, _tightest(result, best, tolerance), limit):
        yield f"the limit {result.limit} is tighter than the best {result.best} worsened by the tolerance."


def _tightest(result: GoalResult, best: Fraction, tolerance: Fraction) -> Fraction:
    """Return the tightest limit a plan may report: the best value worsened, less what rounding may hide."""
    limit = worsened(result.goal, best, tolerance)
    if not tolerance:
        return limit
    # best and limit are rounded each on its own: a cent each, or the last digit of a float
    hidden = Fraction(2, 100) if result.goal in MONEY_GOALS else abs(limit) / 10**12
    return limit + hidden if result.goal in MAXIMISED else limit - hidden
