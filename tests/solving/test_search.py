"""Goal after goal, each within the limits of those before it."""

from __future__ import annotations

import threading
from fractions import Fraction
from itertools import pairwise
from typing import Any, NoReturn

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, planned, result, searched
from staffing.auditing import audit
from staffing.errors import StaffingError
from staffing.solving import single_model
from staffing.solving.lexicographic import LexicographicSearch, SearchResult
from staffing.solving.limits import Deadline, Limits, Progress
from staffing.solving.solve import solve
from staffing.solving.state.greedy import first_plans
from staffing.solving.tuning import varied
from staffing.solving.turn import GoalTurn

HARD = scenario(
    tasks=[
        *(task(f"n{number}", hours=7 + number, due=1) for number in range(6)),
        *(task(f"z{number}", client="zeta", hours=9, kind="strategic") for number in range(4)),
    ],
    weeks=2,
    staff=[sara(weekly_hours=20), omid(weekly_hours=20, overtime=2), omid(id="kim", weekly_hours=10, cost_rate=20)],
    switching=0.5,
)


def ran(search: LexicographicSearch) -> SearchResult:
    return search.run(search.best_of(first_plans(search.context.problem)))


def test_goals_are_reached_in_their_order() -> None:
    """Omid is cheap, Sara is quick. What the first of two goals asks, the second pays for."""
    one = task("a", hours=20, must=True, estimates={"sara": {"hours": 10}, "omid": {"hours": 20}})
    staff = [sara(cost_rate=40), omid(cost_rate=10)]  # 10 hours for 400, or 20 hours for 200
    cheap = planned(scenario(tasks=[one], staff=staff, goals=["must", "cost", "hours"]))
    quick = planned(scenario(tasks=[one], staff=staff, goals=["must", "hours", "cost"]))
    assert [goal.value for goal in cheap.goals] == [0, 200, 20]
    assert [goal.value for goal in quick.goals] == [0, 10, 400]


@pytest.mark.parametrize(("goal", "share"), [("net_value", 0.8), ("value", 0.6)])
def test_net_value_of_a_very_large_agency_gets_more_of_the_time(goal: str, share: float) -> None:
    """Of 100 seconds 5 are kept for tidying; `must` gets 0.4 of the rest, any other goal 0.6."""
    tasks = [task(f"n{number}", value=100, due=1) for number in range(9)]
    world = scenario(tasks=tasks, weeks=2, goals=["must", goal, "lateness", "contacts"])
    search = searched(world, limits=Limits(seconds=100, deterministic=True))
    assert [search._deadline(number).left for number in (0, 1, 2)] == pytest.approx([38, 57, 63.3], abs=0.1)
    with varied(undivided_cells=0):
        assert [search._deadline(number).left for number in (0, 1, 2)] == pytest.approx([38, 95 * share, 63.3], abs=0.1)


def test_a_tolerance_is_measured_from_the_best_at_its_turn() -> None:
    """Hours: best 10, with 0.5 up to 15; 14 hours for 100 are within it, 16 for 50 are not."""
    asked = {"sara": {"hours": 10, "price": 400}, "omid": {"hours": 14, "price": 100}, "kim": {"hours": 16, "price": 5}}
    staff = [sara(), omid(), omid(id="kim")]
    goals = ["must", {"goal": "hours", "tolerance": 0.5}, "cost"]
    plan = planned(scenario(tasks=[task("a", must=True, estimates=asked)], staff=staff, goals=goals))
    hours, cost = result(plan, "hours"), result(plan, "cost")
    assert (hours.value, hours.best, hours.bound, hours.limit, hours.proven) == (14, 10, 10, 15, True)
    assert (cost.value, cost.best, cost.limit) == (100, 100, 100)


def test_tolerances_of_several_goals_hold_together() -> None:
    """Value may fall by a tenth, cost rise by a tenth of its best within that; contacts come last."""
    goals = ["must", {"goal": "value", "tolerance": 0.1}, {"goal": "cost", "tolerance": 0.1}, "contacts"]
    plan = planned(HARD.replace(goals=goals))
    value, cost = result(plan, "value"), result(plan, "cost")
    assert value.best * 0.9 == pytest.approx(value.limit)
    assert cost.best * 1.1 == pytest.approx(cost.limit)
    assert value.value >= value.limit
    assert cost.value <= cost.limit


def test_what_a_trivial_bound_proves_costs_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """All can be delivered in time by the first plan: no goal of these has to be sought."""

    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AssertionError("the solver was asked")

    monkeypatch.setattr(single_model, "run", refuse)
    monkeypatch.setattr(LexicographicSearch, "_tidied", lambda _, solution: solution)
    world = scenario(tasks=[task("a", due=1), task("b")], goals=["must", "value", "lateness", "overtime", "contacts"])
    outcome = ran(searched(world))
    reached = [(str(goal.goal), int(goal.best), int(goal.bound)) for goal in outcome.goals]
    assert reached == [("must", 0, 0), ("value", 40, 40), ("lateness", 0, 0), ("overtime", 0, 0), ("contacts", 0, 0)]


def test_time_that_is_left_goes_to_goals_that_are_not_proven(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no goal has time at its turn, all are proven afterwards, and what becomes better is planned on from."""
    proven = planned(HARD)
    monkeypatch.setattr(LexicographicSearch, "_deadline", lambda self, _: self.context.clock.within(0))
    assert not all(goal.bound == goal.best for goal in ran(searched(HARD)).goals)
    again = planned(HARD)
    assert [(goal.goal, goal.best, goal.bound) for goal in again.goals] == [
        (goal.goal, goal.best, goal.bound) for goal in proven.goals
    ]
    assert audit(HARD, again) == []


def test_a_goal_proven_in_the_end_leaves_the_others_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only cost has no time at its turn, and begins with the best plan: just its bound is left to raise."""
    proven = planned(HARD)
    deadline = LexicographicSearch._deadline

    def late(search: LexicographicSearch, number: int) -> Deadline:
        return search.context.clock.within(0) if number == 3 else deadline(search, number)

    monkeypatch.setattr(LexicographicSearch, "_deadline", late)
    again = planned(HARD, begin=[proven])
    assert [(goal.goal, goal.best) for goal in again.goals] == [(goal.goal, goal.best) for goal in proven.goals]


def test_nothing_to_plan_is_planned_at_once() -> None:
    plan = planned(scenario(tasks=[]))
    assert [goal.value for goal in plan.goals] == [0] * len(plan.goals)
    assert plan.assigned == ()


def test_told_to_stop_before_it_begins_it_gives_the_first_plan() -> None:
    stop = threading.Event()
    stop.set()
    plan = solve(HARD, stop=stop, **QUICK)
    assert plan.status == "feasible"
    assert plan.solver["stopped"] is True
    assert len(plan.assigned) > 5
    assert audit(HARD, plan) == []
    for goal in plan.goals:
        assert goal.proven or goal.bound in (None, 186)  # all work, as nothing was sought


def test_stopped_on_the_way_it_gives_what_it_has() -> None:
    stop = threading.Event()

    def enough(news: Progress) -> None:
        stop.set()

    plan = solve(HARD, stop=stop, progress=enough, **QUICK)
    assert plan.solver["stopped"] is True
    assert audit(HARD, plan) == []


def test_progress_is_told_in_the_words_of_the_goals() -> None:
    news: list[Progress] = []
    plan = solve(HARD, progress=news.append, **QUICK)
    assert news
    order = [goal.goal for goal in plan.goals]
    assert [order.index(entry.goal) for entry in news] == sorted(order.index(entry.goal) for entry in news)
    assert all(earlier.plans <= later.plans for earlier, later in pairwise(news))
    for entry in news:
        assert 0 <= entry.seconds_left <= 10
        assert entry.gap is None or entry.gap >= 0
        best = result(plan, entry.goal).best
        if entry.value is not None:
            assert entry.value <= best if entry.goal == "value" else entry.value >= best
        if entry.bound is not None:
            assert entry.bound >= best if entry.goal == "value" else entry.bound <= best


def test_what_one_thread_told_of_a_plan_is_not_taken_back_by_another() -> None:
    """A proof tells of a plan before the plan is at hand; whoever tells next knows only those at hand."""
    news: list[Progress] = []
    search = searched(HARD, progress=news.append)
    context, term = search.context, search.context.terms[1]
    deadline = context.clock.within(context.clock.left)
    turn = GoalTurn(context, term, [], first_plans(context.problem)[0], -(10**6), deadline)
    turn.report(found=turn.best - 30, bound=-(10**5))
    turn.report()
    turn.report(found=turn.best - 20, bound=-(10**5) - 1)
    assert {(entry.value, entry.bound) for entry in news} == {(news[0].value, news[0].bound)}
    assert news[0].value == term.measure(term.sign * (turn.best - 30))


def test_with_next_to_no_time_no_goal_has_a_bound_that_does_not_hold() -> None:
    plan = solve(HARD, deterministic=True, time_limit=0.0001)
    full = planned(HARD)
    assert [goal.goal for goal in plan.goals] == [goal.goal for goal in full.goals]
    assert any(goal.bound is None for goal in plan.goals)
    value, best = result(plan, "value"), result(full, "value").best
    assert value.bound is None or value.bound >= best
    assert best >= value.best
    assert audit(HARD, plan) == []


def test_a_gap_is_good_enough_and_no_proof() -> None:
    plan = solve(HARD, gap=0.9, **QUICK)
    assert audit(HARD, plan) == []
    for goal in plan.goals:
        assert goal.proven == (goal.best == goal.bound)


def test_limits_and_bounds_are_exact() -> None:
    """Rates with four decimals; a third of the best is given back, in fractions and not in floats."""
    goals: Any = ["must", {"goal": "cost", "tolerance": 0.3333}]
    world = scenario(tasks=[task("a", must=True)], staff=[omid(cost_rate=33.3333)], goals=goals)
    outcome = ran(searched(world, limits=Limits(seconds=5, deterministic=True)))
    cost = outcome.goals[1]
    assert cost.best == cost.bound == Fraction("333.333")
    assert cost.limit == Fraction("333.333") * Fraction("1.3333")


def test_hours_are_tidied_without_changing_a_goal() -> None:
    """Any week would do: the earliest, in one piece."""
    plan = planned(scenario(tasks=[task("a"), task("b")], staff=[omid()]))
    assert {(entry.task, entry.week) for entry in plan.assigned} == {("a", 1), ("b", 1)}
    assert len(plan.assigned) == 2


def test_placeholders_stay_unhired_where_nobody_counts_their_price() -> None:
    """Neither goal asks what a hire costs; nobody is hired who does not work."""
    staff = [omid(), omid(id="new", placeholder={"count": 2}, cost_rate=1, hire_cost=100)]
    for tasks in ([], [task("a", only=["omid"])]):
        assert planned(scenario(tasks=tasks, staff=staff, goals=["must", "value"])).hired == ()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("time_limit", -1),
        ("time_limit", float("nan")),
        ("gap", -0.1),
        ("workers", 0),
        ("workers", -3),
        ("seed", -1),
        ("seed", 2**40),
    ],
)
def test_options_that_mean_nothing_are_refused(option: str, value: float) -> None:
    options: dict[str, Any] = {**QUICK, option: value}
    with pytest.raises(StaffingError, match=f"{option} is out of range"):
        solve(HARD, **options)


def test_a_search_begins_from_plans_of_a_scenario_like_it() -> None:
    """With no time to search, it is as good as the plan to begin from; what is no longer possible is left out."""
    before = planned(HARD)
    dearer = HARD.patch({"staff": [{"id": "omid", "cost_rate": 31}]})
    assert result(solve(dearer, time_limit=0), "value").value < result(before, "value").value
    assert result(solve(dearer, time_limit=0, begin=[before]), "value").value == result(before, "value").value
    shorter = HARD.patch({"staff": [{"id": "sara", "weekly_hours": 5}]})
    assert audit(shorter, solve(shorter, time_limit=0, begin=[before])) == []
