"""From a scenario to a proven, audited plan."""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Callable, Collection, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from staffing.auditing.audit import audit
from staffing.errors import InternalError, ScenarioError
from staffing.plan.describe import describe
from staffing.plan.earlier import planned_before, read_earlier
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goal_result, goals_of, worse
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, Reason
from staffing.scenario.canonical import canonical
from staffing.scenario.scenario import Scenario
from staffing.solving.case import Case
from staffing.solving.cp.extension import Door
from staffing.solving.earlier import earlier_of
from staffing.solving.elsewhere import check_scheduler, planned_elsewhere
from staffing.solving.lexicographic import LexicographicSearch, SearchResult
from staffing.solving.limits import Clock, Deadline, Progress, checked_limits
from staffing.solving.reasons import trial_reasons
from staffing.solving.solution import Solution
from staffing.solving.state.greedy import first_plans, repaired
from staffing.solving.tuning import TUNING


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
    confidence: float | None = None,
    begin: Collection[Plan] = (),
    scheduler: str | None = None,
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
    confidence
        Plan ranges of hours by this quantile, such as 0.8, in place of the likely ones.
    begin
        Plans of this scenario, or of one like it, that the search may begin from: of each what is still possible, and
        more. Nothing else follows from them.
    scheduler
        Address of a Dask scheduler, such as ``tcp://10.0.0.5:8786``, whose workers plan the parts of a very large
        scenario first, for two fifths of the time. What they do not plan is planned here, and told as
        :class:`SchedulerWarning`.
    progress
        Called again and again while the search runs.
    stop
        When set, the best plan so far is returned.
    extend
        Called with the model, a :class:`~staffing.solving.cp.extension.Door`, to add constraints before the search.

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
    StaffingError
        Where the scheduler does not answer or has no workers, and for options that contradict each other.
    InternalError
        Where the plan fails its audit; the message names a file with scenario and plan.
    """
    check_scheduler(scheduler, deterministic=deterministic)
    clock = Clock(checked_limits(time_limit, gap, workers, seed, deterministic=deterministic))
    case = Case.of(scenario, baseline, from_week, keep, confidence)
    end_of_reasons = _reserve_time(clock, len(case.expanded.jobs))
    first = clock.first_plans()
    search = case.search(
        goals_of(scenario, case.baseline is not None),
        clock,
        stop or threading.Event(),
        repaired=() if extend else case.repaired(first),
        progress=progress,
        extend=None if extend is None else lambda model: extend(Door(model, case.expanded)),
    )
    outcome = _outcome(search, [*_begun(case, begin, first), *planned_elsewhere(case, search, scheduler)])
    plan = _described(case, search, outcome, end_of_reasons)
    _refuse_unsound(scenario, plan)
    return plan


def _reserve_time(clock: Clock, jobs: int) -> float:
    """Keep time after the search for what follows it; return by when reasons must be found, in seconds used."""
    built, limit = clock.used, clock.limits.seconds
    ending = TUNING.ending_factor * built * (1 + jobs / TUNING.ending_jobs)
    clock.reserved = ending + min(TUNING.reasons_factor * built, TUNING.reasons_share * limit)
    return limit + max(TUNING.grace_seconds, TUNING.grace_share * limit) - ending


def _begun(case: Case, plans: Collection[Plan], first: Deadline) -> list[Solution]:
    """Return plans of scenarios like this one, repaired to be plans of it."""
    from_week = None if case.scenario.tells_worked else case.from_week or 1
    read = (earlier_of(case.presolved, case.expanded, read_earlier(plan, case.expanded, from_week)) for plan in plans)
    return [solution for earlier in read for solution in repaired(case.presolved, earlier, lambda: first.over)]


def _outcome(search: LexicographicSearch, begun: Sequence[Solution]) -> SearchResult:
    """Run the search, from the best of a few first plans, and of those to begin from."""
    context = search.context
    first = context.clock.first_plans()  # anew: workers elsewhere may have taken long
    plans = [] if search.extended else first_plans(context.problem, lambda: first.over)
    start = None if search.extended else search.best_of([*plans, *context.repaired, *begun])
    outcome = search.run(start, to_the_end=True)
    if not outcome.goals:
        raise ScenarioError("the constraints added leave no plan, or none was found in time")
    return outcome


def _described(case: Case, search: LexicographicSearch, outcome: SearchResult, end_of_reasons: float) -> Plan:
    """Return the plan in words, with goals, reasons and what the search was."""
    facts = case.facts(outcome.solution)
    goals = goal_results(outcome, facts)
    optimal = all(goal.proven for goal in goals)
    return describe(
        facts,
        fingerprint=case.scenario.fingerprint,
        goals=goals,
        status="optimal" if optimal else "feasible",
        reasons=_reasons(case, outcome, lambda: not optimal and search.context.clock.used > end_of_reasons),
        baseline=case.baseline,
        planned=planned_before(case.expanded, case.earlier),
        solver=metadata(case, search, outcome),
    )


def goal_results(outcome: SearchResult, facts: Facts) -> list[GoalResult]:
    """Return the goals, measured from the plan; each best is that of its turn, or of a later turn that did better."""
    results = []
    for reached in outcome.goals:
        value = MEASURES[reached.goal](facts)
        best = value if worse(reached.goal, reached.best, value) else reached.best
        bound, limit = reached.bound, reached.limit
        results.append(
            goal_result(reached.goal, value=value, best=best, bound=bound, limit=limit, bounded=reached.bounded)
        )
    return results


def _reasons(case: Case, outcome: SearchResult, over: Callable[[], bool]) -> dict[str, Reason]:
    """Return why tasks wait that somebody could do, as far as the time reaches."""
    jobs = case.whole.jobs
    delivered = {case.presolved.jobs[job].id for job, _, _ in outcome.solution.steps}
    waiting = [
        number
        for number, job in enumerate(jobs)
        if job.id not in delivered and all(jobs[before].id in delivered for before, _ in job.after)
    ]
    return {jobs[job].id: reason for job, reason in trial_reasons(case.whole, waiting, over).items()}


def metadata(case: Case, search: LexicographicSearch, outcome: SearchResult) -> dict[str, Any]:
    """Return what a plan says of the search that found it."""
    limits, clock = search.context.limits, search.context.clock
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
        "from_week": case.from_week if case.scenario.as_of is None else case.scenario.first_open_week,
        **({} if outcome.changes_at_first is None else {"changes_at_first": int(outcome.changes_at_first)}),
        **case.options,
    }


def _refuse_unsound(scenario: Scenario, plan: Plan) -> None:
    """Audit the plan; raise an error where it breaks a rule, after writing scenario and plan to a file it names."""
    violations = [str(violation) for violation in audit(scenario, plan)]
    if not violations:
        return
    report = {"violations": violations, "scenario": json.loads(canonical(scenario)), "plan": plan.as_document()}
    handle, name = tempfile.mkstemp(prefix="staffing-bug-", suffix=".json")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1, default=str)
    raise InternalError(
        f"the plan found breaks {len(violations)} of its own rules, first: {violations[0]}; this is a bug of staffing: "
        f"please report it with {Path(name)}"
    )
