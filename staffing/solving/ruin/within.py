"""An earlier plan brought within the limits of the goals kept: where the search for fewest changes may begin."""

from __future__ import annotations

from collections.abc import Sequence

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.limits import Deadline
from staffing.solving.ruin.parallel import ROUND_SECONDS
from staffing.solving.ruin.rebuild import Rebuilding
from staffing.solving.state.arrays import Whole
from staffing.solving.state.usage import Cells

TURNS, ROUNDS = 200, 500
"""How often, and for how many rounds, a plan is rebuilt until it keeps a limit."""
WARM = 0.1
"""Temperature meanwhile: what gains is done, and hardly anything else."""


def within(
    problem: Problem,
    arrays: Whole,
    kept: Sequence[tuple[Goal, int]],
    cells: dict[int, Cells],
    *,
    seed: int,
    deadline: Deadline,
) -> dict[int, Cells] | None:
    """Return a plan rebuilt to keep the limit of one goal after the other; as much of it stays as may.

    Parameters
    ----------
    problem, arrays
        What is planned, and the same in one array, of which this takes copies.
    kept
        The goals kept, most important first, each with the most that sign × its amount may be.
    cells
        The plan to begin with: of each job placed, its steps by (person, week).
    seed, deadline
        Random numbers, and when to give up.

    Returns
    -------
    dict or None
        A plan that keeps all limits; None where none was found.
    """
    goals, limits = [goal for goal, _ in kept], [most for _, most in kept]
    for number, limit in enumerate(limits):
        one = Rebuilding(problem, arrays.copy(), goals[: number + 1], limits[:number], seed=seed)
        one.stay_near()
        one.go_on_from(cells)
        for _ in range(TURNS):
            if one.best <= limit or deadline.over:
                break
            one.run(ROUNDS, WARM, WARM)
            deadline.clock.spent += ROUNDS * ROUND_SECONDS
        if one.best > limit:
            return None
        cells = one.best_cells
    return cells
