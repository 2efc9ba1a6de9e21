"""The goal `must`, sought among what must be delivered, and what comes before it."""

from __future__ import annotations

from typing import Any

import pytest
from plan.worlds import omid, scenario, task

from solving.worlds import delivered, planned, proven_at, result, searched
from staffing.auditing import audit, audit_draft
from staffing.scenario.scenario import Scenario
from staffing.solving.limits import Limits, Progress
from staffing.solving.methods import prove
from staffing.solving.musts import with_most_musts
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.single_model import SingleModel
from staffing.solving.solution import Solution, drafted
from staffing.solving.solve import solve
from staffing.solving.tuning import varied
from staffing.solving.turn import GoalTurn


def launch(hours: int = 10) -> Scenario:
    """Omid has 30 hours in three weeks: for a launch, which must happen, its brief, and other work before and after."""
    return scenario(
        staff=[omid(weekly_hours=10)],
        weeks=3,
        tasks=[
            task("other", priority="high", due=1),
            task("brief"),
            task("launch", must=True, after=["brief"], hours=hours),
            task("report"),
        ],
        goals=["must", "value"],
    )


@pytest.mark.parametrize("start", [{}, {(0, 0, 0): 40, (3, 0, 1): 40}])
def test_must_work_and_what_comes_before_it_goes_first_and_the_rest_is_added(
    start: dict[tuple[int, int, int], int],
) -> None:
    world = launch()
    search = searched(world)
    context, term = search.context, search.context.terms[0]
    assert [job.id for job in context.problem.jobs] == ["other", "brief", "launch", "report"]
    unit = int(10 / context.problem.step)
    known = Solution(dict.fromkeys(start, unit))
    plan, bound = with_most_musts(context, Kernel(context), term, known, -(10**6), context.clock.within(5.0))
    assert context.objectives.of(term, plan) == bound == -context.problem.jobs[2].effort
    assert {1, 2} < {job for job, _, _ in plan.steps}
    assert audit_draft(world.expanded, drafted(context.problem, plan)) == []


def test_a_plan_that_is_the_best_already_stays_as_it_is() -> None:
    search = searched(launch())
    context, term = search.context, search.context.terms[0]
    unit = int(10 / context.problem.step)
    known = Solution({(1, 0, 0): unit, (2, 0, 1): unit, (3, 0, 2): unit})
    plan, _ = with_most_musts(context, Kernel(context), term, known, -(10**6), context.clock.within(5.0))
    assert plan is known


def too_much() -> Scenario:
    """Three tasks must be delivered by people who have room for two of them."""
    tasks = [
        task(name, must=True, hours=8, client=client)
        for name, client in zip("abc", ["nova", "zeta", "nova"], strict=True)
    ]
    return scenario(staff=[omid(weekly_hours=10), omid(id="kim", weekly_hours=10)], weeks=1, tasks=[*tasks, task("d")])


@pytest.mark.parametrize("affordable", [True, False])
def test_must_work_that_nothing_delivers_leaves_the_time_to_later_goals(
    affordable: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counting the hours would tell at once; without that, neighbourhoods gain nothing, and a proof has one try."""
    monkeypatch.setattr("staffing.solving.bound.counting.Counting.bound", lambda *_: None)
    monkeypatch.setattr("staffing.solving.portfolio.relax", lambda *_: None)
    told: list[Progress] = []
    options: dict[str, Any] = {"deterministic": True, "time_limit": 10, "progress": told.append}
    world = too_much()
    proofs: list[float] = []

    def told_of(turn: GoalTurn, model: SingleModel, seconds: float, limits: Limits) -> None:
        if turn.term.goal == "must" and seconds > 0:
            proofs.append(seconds)
        prove(turn, model, seconds, limits)

    monkeypatch.setattr("staffing.solving.portfolio.prove", told_of)
    size = 10_000 if affordable else 0
    monkeypatch.setattr("staffing.solving.musts.SingleModel", lambda one, **_: SingleModel(one, most_cells=size))
    with varied(provable_cells=0, delivery_cells=0, at_once_seconds=0.0, stuck_rounds=3):
        plan = solve(world, **options)
    assert next(entry for entry in told if entry.goal == "value").seconds_left > 8
    assert audit(world, plan) == []
    assert len([one for one in delivered(plan) if one in "abc"]) == 2
    assert result(plan, "must").value == 8
    assert len(proofs) == affordable


def test_what_is_proven_of_must_work_alone_is_proven_of_the_whole() -> None:
    assert proven_at(planned(too_much()), "must", 8)
