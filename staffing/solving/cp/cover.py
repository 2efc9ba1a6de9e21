"""Covering: the cheapest choice that is enough for every row, by CP-SAT."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from staffing.solving.cp.run import DETERMINISTIC_SECONDS, rounded_up
from staffing.solving.cp.variables import total
from staffing.solving.tuning import TUNING


@dataclass
class Cover:
    """Choices with costs, and rows: those chosen of a row add up to its need at least.

    Attributes
    ----------
    costs
        By choice; what costs nothing is best chosen.
    rows
        What each choice adds, and what is needed.
    implied
        Pairs of choices: who chooses the first chooses the second.
    """

    costs: list[int]
    rows: list[tuple[Mapping[int, int], int]] = field(default_factory=list)
    implied: list[tuple[int, int]] = field(default_factory=list)

    def least(self) -> tuple[int, float]:
        """Return the least cost of a choice, or a bound of it, and the seconds of work this took."""
        model = cp_model.CpModel()
        chosen = [model.new_bool_var("") for _ in self.costs]
        for adds, need in dict.fromkeys((tuple(sorted(adds.items())), need) for adds, need in self.rows):
            model.add(total([(chosen[one], min(amount, need)) for one, amount in adds]) >= need)
        for one, other in self.implied:
            model.add_implication(chosen[one], chosen[other])
        model.minimize(total(list(zip(chosen, self.costs, strict=True))))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = TUNING.cover_seconds * DETERMINISTIC_SECONDS
        status = solver.solve(model)
        spent = solver.response_proto.deterministic_time / DETERMINISTIC_SECONDS
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN):
            return max(0, rounded_up(solver.best_objective_bound)), spent
        return 0, spent
