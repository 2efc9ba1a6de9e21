"""A time limit is one, and so is being told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from plan.worlds import omid, sara, scenario, task

from staffing.auditing import audit
from staffing.loading import load
from staffing.plan.plan import Plan
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.scenario import Scenario
from staffing.solving import portfolio, reasons
from staffing.solving.goals import Term
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Clock, Deadline, Limits, Progress
from staffing.solving.methods import Annealing
from staffing.solving.reasons import trial_reasons
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.solution import Solution
from staffing.solving.solve import solve
from staffing.solving.tuning import TUNING, varied
from staffing.solving.turn import GoalTurn

PATIENCE = 60
"""Seconds after which what should have ended long ago is said to hang."""


def crowded(clients: int, people: int, weeks: int) -> Scenario:
    """Far more work than can be done, for people who differ: no search proves its best plan in a minute."""
    random = Random(7)
    tasks = [
        task(
            f"t{number}",
            client=f"c{number % clients}",
            hours=random.randint(5, 23),
            kind=random.choice(["strategic", "tactical"]),
            due=random.randint(1, weeks),
            value=random.randint(50, 900),
        )
        for number in range(people * weeks * 4)
    ]
    staff = [
        (sara if number % 2 else omid)(
            id=f"p{number}", cost_rate=30 + 3 * number, max_clients=4, strategic=0.6 + 0.1 * (number % 5), overtime=3
        )
        for number in range(people)
    ]
    return scenario(
        tasks=tasks, staff=staff, clients=[{"id": f"c{at}"} for at in range(clients)], weeks=weeks, switching=0.5
    )


CROWDED = crowded(clients=12, people=8, weeks=6)
SMALL = crowded(clients=5, people=3, weeks=3)


def ends(work: Callable[[], Plan]) -> Plan:
    """Return what a solve gives, or say that it never ends."""
    found: list[Plan] = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive(), "it never ends"
    return found[0]


def test_a_deadline_set_after_the_limit_is_over_at_once_and_stays_over() -> None:
    clock = Clock(Limits(seconds=10, deterministic=True))
    deadline = clock.within(4)
    assert (deadline.left, deadline.over) == (4, False)
    clock.spent = 25
    late = clock.within(5)
    assert [(one.left, one.over) for one in (deadline, late)] == [(0, True), (0, True)]
    assert clock.left == 0


def test_a_deadline_is_never_after_the_end_of_the_search() -> None:
    clock = Clock(Limits(seconds=10, deterministic=True), reserved=3)
    assert clock.within(100).left == 7


def test_first_plans_have_two_seconds_or_a_share_of_the_time() -> None:
    assert Clock(Limits(seconds=1, deterministic=True)).first_plans().left == 2
    assert Clock(Limits(seconds=110, deterministic=True), reserved=10).first_plans().left == pytest.approx(30)


@pytest.mark.parametrize("workers", [1, 2])
def test_it_ends_where_the_clock_runs_out_between_the_share_of_a_goal_and_its_beginning(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    optimise = LexicographicSearch._optimise

    def slow(search: LexicographicSearch, term: Term, start: Solution, deadline: Deadline) -> tuple[Solution, int]:
        if term is search.context.terms[-1]:
            time.sleep(search.context.clock.left + 0.01)
        return optimise(search, term, start, deadline)

    monkeypatch.setattr(LexicographicSearch, "_optimise", slow)
    plan = ends(lambda: solve(SMALL, time_limit=0.5, workers=workers))
    assert audit(SMALL, plan) == []


@pytest.mark.parametrize(
    ("home", "slow"), [(portfolio, "relax"), (Annealing, "first"), (Annealing, "again"), (portfolio, "prove")]
)
def test_it_ends_where_a_part_of_the_search_takes_all_the_time(
    home: object, slow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is late in its turn finds its time over, and looks for nothing more."""
    method = getattr(home, slow)

    def late(one: GoalTurn | Annealing, *arguments: object) -> object:
        turn = one._turn if isinstance(one, Annealing) else one
        time.sleep(turn.context.clock.left)
        return method(one, *arguments)

    monkeypatch.setattr(home, slow, late)
    plan = ends(lambda: solve(CROWDED, time_limit=1.5, workers=1))
    assert audit(CROWDED, plan) == []


@pytest.mark.parametrize("world", [SMALL, CROWDED], ids=["small", "crowded"])
@pytest.mark.parametrize("workers", [1, 2])
def test_a_search_of_an_hour_heeds_the_first_sign_to_stop(world: Scenario, workers: int) -> None:
    stop = threading.Event()

    def seen(news: Progress) -> None:
        if news.goal == "value":  # in the midst of a goal
            stop.set()

    plan = ends(lambda: solve(world, time_limit=3600, workers=workers, stop=stop, progress=seen))
    assert plan.solver["stopped"] is True
    assert audit(world, plan) == []


def test_a_proof_heeds_the_sign_to_stop() -> None:
    """With a constraint of one's own the whole is one model, and one run of the solver seeks each goal."""
    stop = threading.Event()

    def seen(news: Progress) -> None:
        if news.goal == "value" and news.value:
            stop.set()

    plan = ends(lambda: solve(SMALL, time_limit=3600, workers=2, stop=stop, progress=seen, extend=lambda _: None))
    assert plan.solver["stopped"] is True


@pytest.mark.parametrize("told_to_stop", [False, True])
def test_reasons_end_with_the_time(told_to_stop: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at one of them costs a minute of a clock of our own, and there are forty that differ."""
    late = [0.0]
    deliverable, used = reasons._deliverable, Clock.used.fget  # type: ignore[attr-defined]  # it is a property
    stop = threading.Event()

    def slow(problem: Problem) -> bool:
        late[0] += 60.0
        return deliverable(problem)

    def seen(news: Progress) -> None:
        if told_to_stop and news.goal == "value":
            stop.set()

    monkeypatch.setattr(Clock, "used", property(lambda clock: used(clock) + late[0]))
    monkeypatch.setattr(reasons, "_deliverable", slow)
    world = SMALL.patch(
        {"name": "more", "tasks": [task(f"big{number}", client="c0", hours=500 + number) for number in range(40)]}
    )
    limit, grace = (90, TUNING.grace_seconds) if told_to_stop else (1, 30.0)  # however slow the machine
    with varied(grace_seconds=grace):
        plan = solve(world, time_limit=limit, workers=1, stop=stop, progress=seen)
    told = [result.reason for result in plan.results if result.task.startswith("big")]
    assert (plan.status, told.count("capacity"), set(told)) == ("feasible", 1, {"capacity", "not_proven"})


def test_an_optimal_plan_has_all_its_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Clock, "used", property(lambda clock: 10.0 * (clock.begun > 0)))
    plan = solve(scenario(tasks=[task("a", hours=500)]), time_limit=5)
    assert (plan.status, [result.reason for result in plan.results]) == ("optimal", ["capacity"])


def test_when_time_is_up_what_plainly_fits_and_what_is_known_are_still_told_apart() -> None:
    """The first trial is made; the second is like it; the third would be another."""
    world = scenario(
        tasks=[task("a", hours=500), task("b", hours=500), task("c", hours=501), task("d", hours=5)], weeks=2
    )
    turns = iter([False])
    found = trial_reasons(build(world.expanded), range(4), lambda: next(turns, True))
    assert found == {0: "capacity", 1: "capacity"}


def test_a_turn_that_ends_while_code_is_loaded_has_no_bound_of_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(*_: object, **__: object) -> bool:
        time.sleep(1.5)
        return False

    monkeypatch.setattr(Kernel, "loaded", slowly)
    world = load(Path(__file__).parents[2] / "scenarios" / "agency.yaml")
    assert audit(world, solve(world, time_limit=1.0)) == []
