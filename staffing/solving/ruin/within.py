"""The baseline brought within the limits of the goals kept: where the search for fewest changes may begin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.goals import GOALS
from staffing.solving.limits import Deadline
from staffing.solving.ruin.annealer import Annealer
from staffing.solving.state.plan import Cells
from staffing.solving.state.tables import State, copied
from staffing.solving.tuning import TUNING


def within(
    problem: Problem,
    state: State,
    kept: Sequence[tuple[Goal, int]],
    cells: Mapping[int, Cells],
    *,
    seed: int,
    deadline: Deadline,
) -> Mapping[int, Cells] | None:
    """Rebuild a plan until it keeps the limit of one goal after the other; as much of it stays as may.

    Return None where no such plan is found.

    Parameters
    ----------
    problem, state
        What is planned, and the same in tables, of which this takes copies.
    kept
        The goals kept, most important first, each with the most that its objective may be.
    cells
        The plan to begin with.
    seed, deadline
        Random numbers, and when to give up.
    """
    goals, limits = [GOALS[goal] for goal, _ in kept], [limit for _, limit in kept]
    heat, rounds = TUNING.restore_temperature, TUNING.restore_rounds
    for number, limit in enumerate(limits):
        one = Annealer(problem, copied(state), goals[: number + 1], limits[:number], seed=seed)
        one.stay_near()
        one.go_on_from(cells)
        for _ in range(TUNING.restore_turns):
            if one.best <= limit or deadline.over:
                break
            one.run(rounds, heat, heat)
            deadline.clock.spent += rounds * TUNING.round_work_seconds
        if one.best > limit:
            return None
        cells = one.best_cells
    return cells
