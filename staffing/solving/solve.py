"""From a scenario to a proven, audited plan."""

from __future__ import annotations

import json
import os
import tempfile
import threading
import warnings
from collections.abc import Callable, Collection
from importlib.metadata import version
from pathlib import Path
from typing import Any

from staffing.auditing.audit import audit
from staffing.errors import InternalError, ScenarioError, StaffingError, StaffingWarning
from staffing.plan.describe import describe
from staffing.plan.draft import Draft
from staffing.plan.earlier import EarlierPlan, planned_before, read_earlier
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goal_result, goals_of, worse
from staffing.plan.keeping import check_names, keeping_nothing, with_kept
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, Reason
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.canonical import canonical
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.extension import Door
from staffing.solving.earlier import earlier_of
from staffing.solving.lexicographic import LexicographicSearch, SearchResult
from staffing.solving.limits import Clock, Limits, Progress
from staffing.solving.presolve import narrowed
from staffing.solving.reasons import trial_reasons
from staffing.solving.solution import Solution
from staffing.solving.state.greedy import first_plans, repaired

ENDING, REASONS = 1.2, 2.5
"""Time kept for the description with its audit, and for reasons, in parts of what building the problem took."""
MOST_FOR_REASONS = 0.1
"""Most of the time limit that is kept for reasons."""
GRACE, LEAST_GRACE = 0.03, 0.3
"""How far a solve may go beyond its time limit for reasons: a share of the limit, and seconds at least.

In an optimal plan every reason is found: such a problem is small, and "not proven" would be untrue."""


def solve(
    scenario: Scenario,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    workers: int | None = None,
    seed: int = 0,
    deterministic: bool = False,
    baseline: Plan | None = None,
    from_week: int | None = None,
    keep: Collection[str] = (),
    progress: Callable[[Progress], None] | None = None,
    stop: threading.Event | None = None,
    extend: Callable[[Door], None] | None = None,
) -> Plan:
    """Plan a scenario.

    Parameters
    ----------
    scenario
        Who and what is planned.
    time_limit
        Seconds for the whole call; the best plan found by then is returned, with its reasons and audited.
    gap
        Relative distance between value and bound at which a goal is good enough; 0 asks for a proof.
    workers
        Threads; all cores if None.
    seed
        Of the random numbers of the search.
    deterministic
        Give the same plan again for the same input: one worker, and a limit counted in work instead of seconds.
    baseline, from_week
        An earlier plan, of which the weeks before `from_week` are history; the goal `changes` is counted against it.
        Its hours lead; records that say something else, and hours left out, are told as :class:`StaffingWarning`.
    keep
        Tasks, people and clients whose hours of the baseline stay, from the first week of new hours on, as if they were
        booked.
    progress
        Called again and again while the search runs.
    stop
        When set, the best plan so far is returned.
    extend
        Called with a :class:`~staffing.solving.cp.extension.Door` before the search, to add constraints of your own.

    Returns
    -------
    Plan
        Audited. Its status is ``optimal`` where every goal is proven, else ``feasible``.

    Raises
    ------
    ScenarioError
        Where the numbers are too large to plan exactly, or constraints added leave no plan at all.
    PlanError
        Where the baseline can be read in two ways, or has no task of the scenario.
    InternalError
        Where the plan fails its audit; the message names a file with scenario and plan.
    """
    _check_options(time_limit, gap, workers, seed)
    limits = Limits(time_limit, gap, workers or os.cpu_count() or 1, seed, deterministic)
    clock = Clock(limits)
    earlier, expanded = _with_past(scenario, baseline, from_week, keep)
    past = earlier.baseline if earlier is not None else None
    problem = build(expanded)
    narrow = narrowed(problem)
    nothing = Facts(expanded, Draft({}), past)
    ending = ENDING * clock.used
    clock.reserved = ending + min(REASONS * clock.used, MOST_FOR_REASONS * time_limit)
    earlier_plan = earlier_of(narrow, expanded, earlier)
    again = [] if extend is not None else repaired(narrow, earlier_plan)
    search = LexicographicSearch(
        narrow,
        goals_of(scenario, past is not None),
        {goal: measure(nothing) for goal, measure in MEASURES.items()},
        baseline=earlier_plan,
        repaired=again,
        limits=limits,
        clock=clock,
        stop=stop or threading.Event(),
        progress=progress,
        extend=None if extend is None else lambda model: extend(Door(model, expanded)),
    )
    outcome = search.run(search.best_of([*first_plans(narrow), *again]) if extend is None else None)
    if not outcome.goals:
        raise ScenarioError("the constraints added leave no plan, or none was found in time")
    draft = _draft(narrow, outcome.solution)
    last = time_limit + max(LEAST_GRACE, GRACE * time_limit) - ending
    facts = Facts(expanded, draft, past)
    goals = _goal_results(outcome, facts)
    optimal = all(goal.proven for goal in goals)
    plan = describe(
        facts,
        fingerprint=scenario.fingerprint,
        goals=goals,
        status="optimal" if optimal else "feasible",
        reasons=_reasons(
            problem,
            {narrow.jobs[job].id for job, _, _ in outcome.solution.steps},
            lambda: not optimal and clock.used > last,
        ),
        baseline=past,
        planned=planned_before(expanded, earlier),
        solver=_told(limits, clock, outcome, from_week if scenario.as_of is None else scenario.first_open_week, keep),
    )
    if violations := audit(scenario, plan):
        _report_bug(scenario, plan, [str(violation) for violation in violations])
    return plan


def _check_options(time_limit: float, gap: float, workers: int | None, seed: int) -> None:
    """Raise an error for options that mean nothing."""
    for name, sound, allowed in (
        ("time_limit", 0 <= time_limit < 1e9, "seconds, 0 or more"),
        ("gap", 0 <= gap < 1e9, "a share, 0 or more"),
        ("workers", workers is None or 1 <= workers <= 1000, "a number of threads, 1 to 1000"),
        ("seed", 0 <= seed < 2**31, "a whole number, 0 or more, below 2147483648"),
    ):
        if not sound:
            raise StaffingError(f"{name} is out of range: {allowed}")


def _with_past(
    scenario: Scenario, plan: Plan | None, from_week: int | None, keep: Collection[str]
) -> tuple[EarlierPlan | None, Expanded]:
    """Return the earlier plan as it is read, and the scenario with its history and all that is promised."""
    if scenario.as_of is not None and from_week not in (None, scenario.first_open_week):
        open_ = f"week {scenario.first_open_week}, with as_of {scenario.as_of}"
        raise StaffingError(f"from_week is {from_week}, and the scenario is planned from {open_}: leave from_week out")
    if scenario.as_of is None and scenario.worked and from_week is not None:
        raise StaffingError(
            f"from_week is {from_week}, and the scenario itself says what was worked: say as_of in it, the day from "
            "which on is planned, and leave from_week out"
        )
    if plan is None:
        if from_week is not None and scenario.as_of is None:
            raise StaffingError("from_week says which weeks of a baseline are over: give the baseline, too")
        if keep:
            raise StaffingError("keep says whose hours of a baseline stay: give the baseline, too")
        return None, scenario.expanded
    check_names(scenario, keep)
    if from_week is not None and not 1 <= from_week <= scenario.weeks:
        raise StaffingError(f"from_week {from_week} is no week of the scenario: 1 to {scenario.weeks}")
    first = from_week or 1
    earlier = read_earlier(plan, scenario.expanded, None if scenario.tells_worked else first)
    for told in earlier.warnings:
        warnings.warn(str(told), StaffingWarning, stacklevel=3)
    unbooked = scenario.unbooked if scenario.tells_worked else replan(scenario.unbooked, earlier.history, first)
    expanded = with_kept(unbooked, earlier.kept, keep)
    for name in keeping_nothing(expanded, keep):
        warnings.warn(f"{name} has no hours in the baseline that could be kept.", StaffingWarning, stacklevel=3)
    return earlier, expanded


def _draft(problem: Problem, solution: Solution) -> Draft:
    return Draft(
        {
            (problem.jobs[job].id, problem.people[person].id, week + 1): problem.step * steps
            for (job, person, week), steps in solution.steps.items()
        },
        frozenset(problem.people[person].id for person in solution.hired),
    )


def _goal_results(outcome: SearchResult, facts: Facts) -> list[GoalResult]:
    """Report goals: measured anew from the plan, and no worse than their turn, if a later turn did better."""
    results = []
    for reached in outcome.goals:
        value = MEASURES[reached.goal](facts)
        best = value if worse(reached.goal, reached.best, value) else reached.best
        results.append(goal_result(reached.goal, value=value, best=best, bound=reached.bound, limit=reached.limit))
    return results


def _reasons(problem: Problem, delivered: Collection[str], over: Callable[[], bool]) -> dict[str, Reason]:
    """Return why tasks wait that somebody could do, as far as the time reaches."""
    jobs = problem.jobs
    waiting = [
        number
        for number, job in enumerate(jobs)
        if job.id not in delivered and all(jobs[before].id in delivered for before, _ in job.after)
    ]
    return {jobs[job].id: reason for job, reason in trial_reasons(problem, waiting, over).items()}


def _told(
    limits: Limits, clock: Clock, outcome: SearchResult, from_week: int | None, keep: Collection[str]
) -> dict[str, Any]:
    return {
        "engine": f"OR-Tools CP-SAT {version('ortools')}",
        "time_limit": limits.seconds,
        "seconds": round(clock.used, 3),
        "workers": 1 if limits.deterministic else limits.workers,
        "seed": limits.seed,
        "deterministic": limits.deterministic,
        "gap": limits.gap,
        "plans": outcome.plans,
        "stopped": outcome.stopped,
        "from_week": from_week,
        **({} if outcome.changes_at_first is None else {"changes_at_first": int(outcome.changes_at_first)}),
        **({"keep": list(keep)} if keep else {}),
    }


def _report_bug(scenario: Scenario, plan: Plan, violations: list[str]) -> None:
    """Write scenario and plan to a file, and raise the error that names it."""
    report = {"violations": violations, "scenario": json.loads(canonical(scenario)), "plan": plan.as_document()}
    handle, name = tempfile.mkstemp(prefix="staffing-bug-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1, default=str)
    raise InternalError(
        f"the plan found breaks {len(violations)} of its own rules, first: {violations[0]}; this is a bug of staffing: "
        f"please report it with {Path(name)}"
    )
