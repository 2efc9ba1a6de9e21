"""Simulated annealing by ruin and recreate, with threshold acceptance; compiled.

Sources: G. Schrimpf et al., Record breaking optimization results using the ruin and recreate principle, Journal of
Computational Physics 159 (2000); J. Christiaens, G. Vanden Berghe, Slack induction by string removals for vehicle
routing problems, Transportation Science 54 (2020).
"""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.ruin.destroy import (
    CHANGED,
    WAITING,
    destroy_for_waiting,
    destroy_group,
    destroy_target,
    destroy_weeks,
    destroy_window,
)
from staffing.solving.ruin.destroy_changes import destroy_changed
from staffing.solving.ruin.removal import NOBODY
from staffing.solving.ruin.repair import arrange, list_others, reinsert
from staffing.solving.state.exchange import save_best
from staffing.solving.state.insertion import ANYBODY
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import objective, place, remove
from staffing.solving.state.reading import draw
from staffing.solving.state.tables import Guide, State


class Operator(NamedTuple):
    """A destroy operator: what it is for, and in which share of rounds it is drawn."""

    name: str
    share: float
    purpose: str


OPERATORS = (
    Operator("target", 0.5, "what makes the goal worse: what waits, is late, has many contacts, is changed, ..."),
    Operator("group", 0.05, "a one-owner group changes hands as a whole, which no step by step exchange can do"),
    Operator("window", 0.15, "a person's weeks are laid anew, which makes one gap of several"),
    Operator("weeks", 0.3, "two people exchange work around a week"),
)
_TARGET, _GROUP, _WINDOW, _ = accumulate(operator.share for operator in OPERATORS)
WAITING_TOO = 0.3
"""How often what waits is placed where fewest changes are sought."""


@inlined
def destroy(state: State, target: int, must_only: bool) -> tuple[int, int, bool]:
    """Draw an operator and let it take jobs out; return whose waiting jobs are tried, and whether to sort by window."""
    way = draw(state)
    one, other = (NOBODY, NOBODY)
    if way < _TARGET and (target == WAITING or (target == CHANGED and draw(state) < WAITING_TOO)):
        one, other = destroy_for_waiting(state, must_only)
    elif way < _TARGET and target == CHANGED:
        one, other = destroy_changed(state)
    elif way < _TARGET:
        one, other = destroy_target(state, target)
    elif way < _GROUP and len(state.groups) > 0:
        one, other = destroy_group(state)
    elif way < _WINDOW:
        one, other = destroy_window(state)
    if one < 0:
        one, other = destroy_weeks(state)
    by_window = _TARGET <= way < _WINDOW and (way >= _GROUP or len(state.groups) == 0)
    return (one, other, by_window)


@compiled
def anneal(
    state: State,
    goals: IntArray,
    limits: IntArray,
    excess: FloatArray,
    guide: Guide,
    target: int,
    must_only: bool,
    start_temperature: float,
    end_temperature: float,
    rounds: int,
) -> None:
    """Rebuild the plan in work for some rounds.

    A round is accepted if the plan keeps the limits of the goals kept, and is worse by at most temperature × U(0, 1).
    A goal kept whose `excess` is above 0 may pass its limit meanwhile, at that price for each unit; the best plan never
    does.

    Parameters
    ----------
    goals
        Coefficients by goal: those kept, and last the one sought.
    limits, excess
        By goal kept: its greatest objective, and the price of a unit beyond.
    target
        What destroy operators look for.
    must_only
        Whether of what waits only `must` jobs are worth a round.
    start_temperature, end_temperature
        In units of the goal sought; it falls linearly.
    """
    if not state.sums[0].jobs_in_work or not state.sums[0].people_in_work:
        return
    sought = goals[len(goals) - 1]
    for number in range(rounds):
        before = _priced(state, goals, limits, excess)
        state.sums[0].removed = state.sums[0].wanted = 0
        one, other, by_window = destroy(state, target, must_only)
        tried = list_others(state, one, other)
        arrange(state, tried, by_window)
        reinsert(state, tried, guide)
        after = _priced(state, goals, limits, excess)
        temperature = start_temperature + (end_temperature - start_temperature) * number / rounds
        accepted = after <= before + temperature * draw(state) and _precedence_holds(state)
        within = True
        for i in range(len(limits)):
            over = objective(state, goals[i]) > limits[i]
            accepted = accepted and not (over and excess[i] == 0)
            within = within and not over
        if not accepted:
            _undo(state, tried)
        elif within and objective(state, sought) < state.sums[0].best:
            save_best(state, objective(state, sought))
        for i in range(tried):
            this = state.jobs[state.scratch[i].order]
            this.mark, this.prefer = (0, ANYBODY)


@inlined
def _priced(state: State, goals: IntArray, limits: IntArray, excess: FloatArray) -> float:
    """Return the objective of the goal sought, plus the price of what exceeds the limits of the goals kept."""
    price = float(objective(state, goals[len(goals) - 1]))
    for i in range(len(limits)):
        if excess[i] > 0:
            price += excess[i] * max(0, objective(state, goals[i]) - limits[i])
    return price


@inlined
def _undo(state: State, tried: int) -> None:
    for i in range(tried):
        if state.jobs[state.scratch[i].order].count:
            remove(state, state.scratch[i].order)
    for i in range(state.sums[0].removed):
        this = state.jobs[state.scratch[i].removed]
        place(state, state.scratch[i].removed, this.saved_from, this.saved_count)


@inlined
def _precedence_holds(state: State) -> bool:
    """Return whether every delivered job still has its predecessors delivered."""
    for i in range(state.sums[0].removed):
        this = state.jobs[state.scratch[i].removed]
        if not this.count:
            for k in range(this.after_from, this.after_to):
                if state.jobs[state.links[k].to].count:
                    return False
    return True
