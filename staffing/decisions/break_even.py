"""At which value of a number does one scenario overtake another? The range is halved, and its ends are proven."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal
from time import perf_counter

from staffing.decisions.crossing import BreakEven
from staffing.decisions.given import Effort
from staffing.decisions.halving import Halving
from staffing.decisions.paths import Path
from staffing.decisions.span import Span
from staffing.decisions.turning import remarks, sentence
from staffing.errors import ScenarioError
from staffing.plan.records import Number
from staffing.scenario.amounts import json_number
from staffing.scenario.findings import listed
from staffing.scenario.records import GOALS, Goal
from staffing.scenario.scenario import Scenario


def break_even(
    first: Scenario,
    second: Scenario,
    path: str,
    goal: Goal,
    low: float | Decimal | None = None,
    high: float | Decimal | None = None,
    *,
    time_limit: float = 10.0,
    workers: int | None = None,
    seed: int = 0,
    stop: threading.Event | None = None,
) -> BreakEven:
    """Find the value of a number at which the second scenario overtakes the first, or falls behind it.

    Both are solved at values of the range, up to the goal asked for: goals after it do not count. A scenario is better
    if its plan reaches more of the goal; where both reach the same, the first is kept, for the second has not overtaken
    it. The range is halved between two values at which different ones are better, until these lie side by side: a step
    of the grid apart for hours, a cent for money, 0.001 for factors and shares, 1 for counts. So one change-over is
    found. Where there are several in the range, it may be any of them; where the same scenario is better at both ends,
    the present value and those that cut the range into four are looked at too, and no others.

    Parameters
    ----------
    first, second
        The scenarios.
    path
        The number: ``switching``, or list, id and field, such as ``staff.omid.cost_rate`` or ``clients.nova.budget``;
        with ``*`` in the id, such as ``tasks.*.hours``, the value is a factor that multiplies the number of each entry.
        It changes in both scenarios, or in the one that has it.
    goal
        What is compared; a goal of both scenarios.
    low, high
        The range; from nothing to four times the greater present value if not given (a share to 1). It ends earlier
        where the format allows no more.
    time_limit
        Seconds for the answer; then it is the bracket known.
    workers, seed
        Of the searches, as for :func:`staffing.solve`.
    stop
        When set, the answer is the bracket known.

    Returns
    -------
    BreakEven
        ``low`` and ``high``, and which scenario is better at each.

    Raises
    ------
    ScenarioError
        Where there is no such number or goal, or no value of the range is allowed.
    """
    began = perf_counter()
    where = Path.of(path)
    where.check((first, second))
    _check_goal(goal, (first, second))
    span = Span.of(where, (first, second), low, high)
    effort = Effort(time_limit, stop or threading.Event())
    search = Halving((_up_to(first, goal), _up_to(second, goal)), where, goal, span, effort, workers, seed)
    low_tick, high_tick = search.run()
    points, below, above = search.points, search.point(low_tick), search.point(high_tick)
    answer = BreakEven(
        scenario=first.name,
        fingerprint=first.fingerprint,
        path=path,
        goal=goal,
        first=search.names[0],
        second=search.names[1],
        unit=where.unit,
        present=(_present(where, first), _present(where, second)),
        points=tuple(points.values()),
        low_point=below,
        high_point=above,
        proven=below.proven and above.proven and (high_tick - low_tick <= 1 or below.winner == above.winner),
        text="",
        seconds=round(perf_counter() - began, 3),
    )
    return replace(answer, text=sentence(answer), remarks=(*span.remarks, *remarks(answer)))


def _check_goal(goal: str, scenarios: tuple[Scenario, ...]) -> None:
    if goal not in GOALS:
        raise ScenarioError(f'"{goal}" is no goal: {listed(GOALS, "or")}')
    for scenario in scenarios:
        names = [entry.goal for entry in scenario.goals]
        if goal == "changes":
            raise ScenarioError("changes are counted against a baseline, and nothing is re-planned here")
        if goal not in names:
            raise ScenarioError(f'{goal} is no goal of "{scenario.name}": its goals are {listed(names)}')


def _up_to(scenario: Scenario, goal: Goal) -> Scenario:
    """Return a scenario without the goals after one."""
    names = [entry.goal for entry in scenario.goals]
    return scenario.replace(goals=scenario.goals[: names.index(goal) + 1])


def _present(path: Path, scenario: Scenario) -> Number | None:
    value = path.present(scenario)
    return None if value is None else json_number(value)
