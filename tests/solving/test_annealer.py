"""Ruin and recreate: whatever is taken out and put back, the plan is valid, and kept goals keep their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np
import pytest
from plan.worlds import omid, sara, scenario, task
from second_engine.random_scenarios import random_scenario

from benchmarks.field import SIZES as FIELD
from benchmarks.field import field
from benchmarks.generator import SIZES, agency
from solving.worlds import searched
from staffing.auditing import audit_draft
from staffing.loading import from_mapping
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.arrays import IntArray
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.limits import Limits
from staffing.solving.methods import Annealing
from staffing.solving.partition import Partition
from staffing.solving.ruin.annealer import Annealer, guide_for, prepare
from staffing.solving.ruin.division import NO_BLOCK, Block, Division
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.solution import Solution, drafted
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.incumbent import Incumbent
from staffing.solving.state.plan import Cells, PlanState, as_solution
from staffing.solving.state.tables import copied
from staffing.solving.turn import GoalTurn

HOT = 2.0
NOTHING = np.zeros(0, dtype=np.int64)


def signed(goal: Goal, plan: PlanState) -> int:
    return plan.objective(RECORDS[goal].coefficients)


def placed(problem: Problem, cells: Mapping[int, Cells]) -> PlanState:
    return PlanState.of(problem, as_solution(problem, cells))


def annealer(problem: Problem, plan: PlanState, goals: list[Goal], seed: int = 0) -> Annealer:
    limits = [signed(goal, plan) for goal in goals[:-1]]
    found = Annealer(problem, tables_of(problem, seed), [RECORDS[goal] for goal in goals], limits, seed=seed)
    found.go_on_from(plan.cells)
    return found


@pytest.mark.parametrize("seed", range(800, 840))
def test_every_plan_is_valid_and_measured_as_it_is(seed: int) -> None:
    """Goal after goal, hot: the best plan is no worse, kept goals are kept, and the audit finds nothing."""
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    for goal in RECORDS:
        state = PlanState.of(problem, first_plans(problem)[1])
        kept: Goal = "value" if goal == "cost" else "must"
        one = annealer(problem, state, [kept, goal], seed)
        assert one.best == one.objective == signed(goal, state)
        one.run(200, HOT, 0.0)
        amount = one.objective
        best = placed(problem, one.best_cells)
        assert one.best == signed(goal, best) <= min(amount, signed(goal, state))
        assert signed(kept, best) <= signed(kept, state)
        assert audit_draft(expanded, drafted(problem, best.solution())) == []
        one.restore_best()
        assert one.objective == one.best


@pytest.mark.parametrize("seed", range(840, 852))
def test_going_back_undoes_everything(seed: int) -> None:
    """After many rounds, the plan in work taken away leaves the empty plan, and all sums nothing."""
    problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
    one = annealer(problem, PlanState.of(problem, first_plans(problem)[1]), ["must", "value"], seed)
    one.run(300, HOT, HOT)
    one.go_on_from({})
    assert [one.objective, one.best, one.best_cells] == [0, 0, {}]
    again = annealer(problem, PlanState(problem), ["must", "value"], seed)
    for name in ("weeks", "kind_left", "served", "contacts", "owners", "groups"):
        assert (getattr(one.state, name) == getattr(again.state, name)).all(), name
    assert (one.state.budgets["left"] == again.state.budgets["left"]).all()
    for name in ("planned", "owned", "clients", "hired"):
        assert (one.state.people[name] == again.state.people[name]).all(), name
    assert not any(one.state.sums[0][name] for name in ("must", "value", "cost", "hired", "lateness", "steps"))  # type: ignore[index]


def test_what_comes_after_two_that_are_taken_out_is_taken_out_once() -> None:
    """d comes after b and c, both after a: often all four are taken out, and the sums stay those of the plan."""
    tasks = [task("a"), task("b", after=["a"]), task("c", after=["a"]), task("d", after=["b", "c"], value=500)]
    problem = build(scenario(tasks=tasks, weeks=6).expanded)
    one = annealer(problem, PlanState.of(problem, first_plans(problem)[1]), ["must", "net_value"])
    for _ in range(100):
        one.run(1, HOT, HOT)
        now = Annealer(problem, copied(one.state), one.goals, [0], seed=0)
        now.save_best()
        assert now.objective == signed("net_value", placed(problem, now.best_cells))


def test_the_same_seed_gives_the_same_plan() -> None:
    problem = build(Scenario.model_validate(random_scenario(3)).expanded)
    plans = []
    for seed in (1, 1, 2):
        one = annealer(problem, PlanState(problem), ["must", "value"], seed)
        one.run(200, HOT, 0.0)
        plans.append((one.objective, one.best_cells))
    assert plans[0] == plans[1]


def annealed(world: Scenario, goals: list[Goal], cells: dict[int, Cells] | None = None) -> Annealer:
    """Anneal from a plan, or from the first one, cold."""
    problem = build(world.expanded)
    state = PlanState.of(problem, first_plans(problem)[1]) if cells is None else placed(problem, cells)
    one = annealer(problem, state, goals)
    one.run(500, 0.0, 0.0)
    return one


def test_what_is_worth_most_is_found() -> None:
    """Four tasks of 10 hours for 40 hours; the fifth, of least value, waits."""
    tasks = [task(f"t{number}", hours=10, value=100 + number) for number in range(5)]
    one = annealed(scenario(tasks=tasks, weeks=1, staff=[omid()]), ["value"], {})
    assert sorted(one.best_cells) == [1, 2, 3, 4]


def test_a_late_task_moves_before_others() -> None:
    tasks = [task("a", hours=40, value=1000), task("b", hours=40, due=1)]
    cells: dict[int, Cells] = {0: {(0, 0): 160}, 1: {(0, 1): 160}}
    one = annealed(scenario(tasks=tasks, weeks=2, staff=[omid()]), ["value", "lateness"], cells)
    assert one.best == 0


def test_further_contacts_are_given_up() -> None:
    tasks = [task(f"t{number}", hours=4, only=["sara", "omid"]) for number in range(6)]
    world = scenario(tasks=tasks, weeks=4, staff=[sara(cost_rate=40), omid(cost_rate=40)])
    problem = build(world.expanded)
    cells: dict[int, Cells] = {}
    for number, job in enumerate(problem.jobs):
        pair = job.pairs[number % 2]
        cells[number] = {(pair.person, 0): pair.need}
    one = annealed(world, ["value", "contacts"], cells)
    assert one.best == 0


@pytest.mark.parametrize("without", [frozenset(), frozenset({"skills"})])
def test_several_at_work_leave_each_other_alone(without: frozenset[str]) -> None:
    """People and jobs of a side are its own, and together they still make a valid plan, the best and that in work."""
    scenario_ = from_mapping(agency(SIZES["M"], load=1.1, seed=0, without=without))
    problem = build(scenario_.expanded)
    main = annealer(problem, PlanState.of(problem, first_plans(problem)[1]), ["must", "net_value"])
    before = main.best
    others = [main.another(1), main.another(2)]
    random, division = np.random.default_rng(0), Division(problem)
    for _ in range(8):
        blocks = division.draw(main.state, 2, random)
        people, jobs, budgets = (np.sum([block[which] for block in blocks], axis=0) for which in range(3))
        assert set(people.tolist()) == {1}
        assert set(jobs.tolist()) <= {0, 1}
        assert set(budgets.tolist()) <= {0, 1}
        for one, block in zip(others, blocks, strict=True):
            main.lend(one, block)
            one.run_lent(500, 0.05, 0.05, 2)
        best = main.best
        main.take_back(others)
        assert main.best <= best
        assert main.best == signed("net_value", audited(main, scenario_))
        for in_work in [one.another(3) for one in [main, *others]]:
            in_work.save_best()
            assert in_work.best == signed("net_value", audited(in_work, scenario_))
    assert main.best < before


@pytest.mark.parametrize("seed", range(3))
def test_what_ties_jobs_of_different_blocks_stays_as_it_is(seed: int) -> None:
    """Owners, groups and precedence lie within a block, and a client's money is at the disposal of one."""
    problem = build(from_mapping(field(FIELD["14"], seed=seed)).expanded)
    main = annealer(problem, PlanState.of(problem, first_plans(problem)[1]), ["must", "net_value"])
    random, division, moved = np.random.default_rng(seed), Division(problem), 0
    for _ in range(10):
        main.run(300, 0.5, 0.5)
        main.save_best()
        cells = main.best_cells
        blocks = division.draw(main.state, 3, random)
        person, job, payer = (of_each(blocks, which) for which in range(3))
        for number, this in enumerate(job.tolist()):
            assert this == NO_BLOCK or {person[owner] for owner, _ in cells.get(number, ())} <= {this}
            assert {job[before] for before, _ in problem.jobs[number].after} <= {this, NO_BLOCK} or this == NO_BLOCK
        for group in problem.one_owner:
            free = {int(job[one]) for one in group.jobs} - {NO_BLOCK}
            owners = {int(person[owner]) for one in group.jobs for owner, _ in cells.get(one, ())}
            assert len(free) < 2 or owners
        clients: dict[int, set[int]] = {}
        for period, block in zip(problem.budgets, payer.tolist(), strict=True):
            clients.setdefault(problem.jobs[period.jobs[0]].client, set()).add(block)
        assert {len(one) for one in clients.values()} == {1}
        moved += int((job != NO_BLOCK).sum())
    assert moved > 0.5 * 10 * len(problem.jobs)


def of_each(blocks: Sequence[Block], which: int) -> IntArray:
    """Return the block of each person, job or budget period."""
    flags = np.array([block[which] for block in blocks])
    return np.where(flags.sum(axis=0) == 0, NO_BLOCK, flags.argmax(axis=0))


def test_a_block_that_passes_a_limit_does_not_undo_the_others() -> None:
    """Two tasks of a client are owned by nobody yet; if Sara and Omid both begin with it, there is one contact more."""
    world = scenario(tasks=[task("a", owner="sara"), task("b", owner="omid")], weeks=1)
    problem = build(world.expanded)
    main = annealer(problem, PlanState.of(problem, Solution({})), ["contacts", "value"])
    others = [main.another(1), main.another(2)]
    for number, one in enumerate(others):
        alone = np.eye(2, dtype=np.int64)[number]
        main.lend(one, Block(alone, alone, NOTHING))
        one.run_lent(500, 0.0, 0.0, 2)
        assert one.objective < 0
    main.take_back(others)
    assert list(main.best_cells) == [0]


def test_more_at_work_than_clients_leaves_some_without_work() -> None:
    tasks = [task(f"t{number}", kind="strategic", client=client) for number, client in enumerate(("nova", "zeta"))]
    world = scenario(tasks=tasks, clients=[{"id": "nova"}, {"id": "zeta"}])
    problem = build(world.expanded)
    for seed in range(10):
        sides = Partition(problem).draw(5, np.random.default_rng(seed))
        assert np.sum([jobs for _, jobs in sides], axis=0).tolist() == [1, 1]
        assert np.sum([people for people, _ in sides], axis=0).tolist() == [1] * len(problem.people)


def audited(one: Annealer, world: Scenario) -> PlanState:
    """Return the best plan, which must be valid."""
    found = as_solution(one.problem, one.best_cells)
    assert audit_draft(world.expanded, drafted(one.problem, found)) == []
    return PlanState.of(one.problem, found)


def test_what_others_have_in_work_stays_theirs() -> None:
    """Omid, who is not lent, owns both tasks of a client with one owner; Sara has one task of two, the better one."""
    clients = [{"id": "nova", "single_owner": True}, {"id": "zeta"}]
    mine = [task(f"c{n}", kind="strategic", client="zeta", hours=30, value=3000 + n) for n in (1, 2)]
    tasks = [task("a", hours=5, value=900), task("b", hours=5, value=900, after=["a"]), *mine]
    main = annealed(scenario(tasks=tasks, clients=clients, weeks=1), ["must", "net_value"])
    other = main.another(1)
    main.lend(other, Block(np.array([1, 0]), np.array([1, 1, 1, 1]), NOTHING))
    other.run_lent(2000, 0.0, 0.0, 1)
    other.save_best()
    assert {job: owner for job, cells in other.best_cells.items() for owner, _ in cells} == {0: 1, 1: 1, 3: 0}


def test_further_contacts_of_others_stay() -> None:
    """Sara and Omid each have a task of a client's; only Sara is lent, and not her task."""
    world = scenario(tasks=[task("a", owner="sara"), task("b", owner="omid")])
    main = annealed(world, ["must", "contacts"])
    other = main.another(1)
    main.lend(other, Block(np.array([1, 0]), np.array([0, 1]), NOTHING))
    other.run_lent(200, 0.0, 0.0, 1)
    assert main.best == other.best == 1


def test_owners_forgone_get_no_more_jobs() -> None:
    """Omid, the cheaper, has both; forgone for the first, Sara gets it, and what comes after stays his."""
    world = scenario(tasks=[task("a", must=True), task("b", after=["a"])], weeks=1)
    one = annealed(world, ["must", "net_value"])
    sara_, omid_ = 0, 1
    assert [owner for cells in one.best_cells.values() for owner, _ in cells] == [omid_, omid_]
    pairs = [(job, pair.person) for job, data in enumerate(one.problem.jobs) for pair in data.pairs]
    one.fix_out(np.array([pairs.index((0, omid_))]))
    one.run(500, 0.0, 0.0)
    one.save_best()
    assert [owner for cells in one.best_cells.values() for owner, _ in cells] == [sara_, omid_]


def test_owners_forgone_keep_what_nobody_else_can_do() -> None:
    """Only Omid can do it, and it must be done."""
    one = annealed(scenario(tasks=[task("a", must=True)], staff=[omid()]), ["must", "net_value"])
    best = one.best
    one.fix_out(np.array([0]))
    assert one.best == one.objective == best


def test_where_nothing_has_a_value_fewest_changes_are_sought_all_the_same() -> None:
    """No value can be lost on the way to fewer changes, so none has a price."""
    problem = build(scenario(tasks=[task("a", value=0), task("b", value=0)]).expanded)
    one = annealer(problem, PlanState.of(problem, first_plans(problem)[1]), ["value", "changes"])
    one.run(100, HOT, 0.0)
    assert one.best == 0


def test_preparing_leaves_a_problem_as_it_is() -> None:
    problem = build(Scenario.model_validate(random_scenario(3)).expanded)
    state = tables_of(problem)
    before = copied(state)
    prepare(state)
    assert all((cast(Any, one) == other).all() for one, other in zip(state, before, strict=True))


def test_the_best_plan_is_heated_more_each_time_that_nothing_is_gained() -> None:
    """Without any gain up to the most, which is calm; then it begins anew, and so it does after a gain."""
    search = searched(scenario(tasks=[task("a")], staff=[sara()]), limits=Limits(workers=1))
    context = search.context
    deadline = context.clock.within(60)
    turn = GoalTurn(context, context.terms[0], [], Solution({}), -(10**9), deadline)
    annealing = Annealing(turn, Kernel(context), lambda: 1, None)
    heats: list[float] = []
    gains = iter([False, True, False, False, False, False, False])

    class Parallel:
        def go_on_from(self, incumbent: Incumbent) -> None:
            assert incumbent is turn.incumbent

    def cool(_: object, heat: float, seconds: float) -> None:
        assert seconds == 1
        heats.append(heat)
        turn.incumbent.best -= next(gains)

    annealing._annealing = cast(Any, Parallel())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(annealing, "_cool", cool)
        calm = []
        for _ in range(7):
            annealing.again(1)
            calm.append(annealing.calm)
    assert heats == pytest.approx([0.05, 0.1, 0.05, 0.1, 0.2, 0.4, 0.05])
    assert calm == [False, False, False, False, False, True, False]


@pytest.mark.parametrize(("goal", "often"), [("net_value", 0.6), ("value", 0.6), ("lateness", 0.15), ("changes", 0.15)])
def test_late_weeks_are_filled_first_less_often_where_what_is_early_counts(goal: Goal, often: float) -> None:
    problem = searched(scenario(tasks=[task("a")], staff=[sara()]), limits=Limits(workers=1)).context.problem
    assert guide_for(problem, [RECORDS["must"], RECORDS[goal]]).weights["backward"].tolist() == [often]
