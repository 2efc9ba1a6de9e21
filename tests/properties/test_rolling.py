"""What holds of every scenario that is rolled on."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from random import Random

from hypothesis import assume, given
from hypothesis import strategies as st

from properties.scenarios import QUICK, SEEDS, examples, plan_of, scenario_of
from staffing.auditing import audit
from staffing.plan.plan import Plan
from staffing.rolling.roll import Rolled, roll_on
from staffing.scenario.dates import first_day
from staffing.scenario.records import Worked
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

CHANCES = st.sampled_from(range(4))
ZERO = Fraction(0)


def worked_otherwise(scenario: Scenario, plan: Plan, weeks: int, seed: int) -> Scenario:
    """Work the first weeks of a plan, less or more than it says, on days of its weeks or ahead of them."""
    rng = Random(seed)
    rows = []
    for entry in plan.assigned:
        if entry.week <= weeks and rng.random() < 0.85:
            hours = max(0.25, entry.hours + rng.choice((0, 0, -0.5, 0.25, 1)))
            day = entry.week_start + dt.timedelta(days=rng.choice((0, 0, 2, 4)))
            rows.append(Worked(task=entry.task.partition("@")[0], staff=entry.staff, date=day, hours=hours))
    as_of = first_day(weeks + 1, scenario.start)
    return scenario.replace(as_of=as_of, worked=(*scenario.worked, *rows))


def drawn(seed: int, chance: int) -> tuple[Scenario, Rolled]:
    """Plan, work otherwise, and roll on into the horizon, with the same last day."""
    scenario = scenario_of(seed)
    assume(scenario.weeks > 1)
    weeks = 1 + chance % (scenario.weeks - 1)
    to = first_day(weeks + 1, scenario.start)
    assume(not scenario.tells_worked)
    before = worked_otherwise(scenario, plan_of(seed), weeks, chance)
    return before, roll_on(before, to, scenario.weeks - weeks)


def burned(scenario: Scenario) -> dict[str, Fraction]:
    """Add up, for clients with a budget, what rows of worked burn from the period of the first open day on."""
    people, tasks = scenario.expanded.people, {task.id: task for task in scenario.tasks}
    total: dict[str, Fraction] = defaultdict(Fraction)
    for client in scenario.clients:
        if client.budget is not None and client.budget.per == "horizon":
            total[client.id] += Fraction(client.budget.spent)
    for row in scenario.worked:
        task = tasks[row.task.partition("@")[0]]
        client_id = task.client or scenario.expanded.projects[task.project or ""].client
        if task.billable and client_id in total:
            total[client_id] += Fraction(row.hours) * people[row.staff].bill_rate
    return total


@given(SEEDS, CHANCES)
@examples(60)
def test_no_hour_and_no_cent_is_lost(seed: int, chance: int) -> None:
    """By a sum over the rows of worked and over `spent` that knows nothing of periods, occurrences or plans."""
    before, rolled = drawn(seed, chance)
    if before.budget_basis == "bill":
        assert burned(before) == burned(rolled.scenario)
    told = sum((remark.hours for remark in rolled.remarks if remark.what.startswith("not carried")), ZERO)
    assert open_effort(before) == open_effort(rolled.scenario) + told


def open_effort(scenario: Scenario) -> Fraction:
    return sum((job.effort for job in scenario.expanded.jobs.values() if not job.done), ZERO)


@given(SEEDS, CHANCES)
@examples(25)
def test_the_plan_from_the_same_day_on_is_as_good(seed: int, chance: int) -> None:
    """What is worth most, and how late it is, does not hang on where week 1 lies; what history cost does."""
    before, rolled = drawn(seed, chance)
    goals = ["must", "value", "lateness"]
    one = solve(before.replace(goals=goals), **QUICK)
    other = solve(rolled.scenario.replace(goals=goals), **QUICK)
    assert audit(rolled.scenario.replace(goals=goals), other) == []
    assert one.status == other.status == "optimal"
    lost = sum(effort for effort in must_not_carried(before, rolled))
    best, now = ({goal.goal: float(goal.best) for goal in plan.goals} for plan in (one, other))
    assert now["must"] <= best["must"] - lost
    if not freer(before, rolled):
        assert now == best | {"must": best["must"] - lost}


def must_not_carried(before: Scenario, rolled: Rolled) -> list[float]:
    must = {task.id for task in before.tasks if task.must}
    return [
        float(remark.hours)
        for remark in rolled.remarks
        if remark.what.startswith("not carried") and remark.task in must
    ]


def freer(before: Scenario, rolled: Rolled) -> bool:
    """Whether work has more room than before: rests with owners of their own, weeks counted from the new first one."""
    rests = any(remark.what.startswith("goes on as the task") for remark in rolled.remarks)
    monthly = any(task.repeat and task.repeat.every == "month" and task.repeat.window for task in before.tasks)
    return rests or monthly
