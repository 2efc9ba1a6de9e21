"""The numbers of the search, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How the search shares its time among its methods, and how large their steps are.

    For those who measure the search, not for its users: no number changes which plans are valid or which is best.
    Shares are of 1. Seconds are counted as in :class:`staffing.solving.limits.Clock`, so deterministic in a
    deterministic run. A size in cells counts the triples (job, person, week) of a problem.
    """

    # goal after goal

    tidy_share: float = 0.05
    """Share of the time limit kept for tidying."""
    must_share: float = 0.25
    """Share of the time left for `must`: mostly reached at once, and if not, later goals may still reach it."""
    before_changes_share: float = 0.35
    """Share of the time left for a goal before `changes` in a re-plan: the plan need not change much."""
    least_share: float = 0.5
    """Least share of the time left for any other goal."""

    # which methods run on one goal

    single_model_cells: int = 15_000
    """Cells up to which the whole problem is one CP-SAT model; a larger one is planned by subproblems alone."""
    provable_cells: int = 1_500
    """Cells up to which a proof is sought from the start; for `changes`, wherever there is a single model."""
    heuristic_cells: int = 300
    """Cells from which annealing pays; a smaller problem is first given to CP-SAT."""
    undivided_cells: int = 100_000
    """Cells up to which each thread anneals the whole plan; a larger one is divided among the threads."""

    # proofs

    at_once_seconds: float = 0.5
    """Seconds: longest first proof of a problem below `heuristic_cells`."""
    at_once_share: float = 0.1
    """Share of the goal's time: longest first proof of such a problem."""
    first_proof_seconds: float = 2.0
    """Seconds of the first proof; each further one begins from the best plan and takes twice as long."""
    first_proof_share: float = 0.2
    """Share of the goal's time: longest first proof where there is one thread."""
    stuck_rounds: int = 60
    """Neighbourhoods without a gain after which only a proof is left to seek."""

    # the Lagrangian bound

    relax_share: float = 0.25
    """Share of the goal's time for the bound."""
    guide_at: tuple[float, ...] = (0.3, 1.0)
    """Shares of the bound's time at which annealing is given the prices reached."""
    fix_out_cost: float = 0.4
    """Reduced cost from which a group owner is excluded, in units of what one task is worth."""
    price_seconds: float = 2e-8
    """Deterministic seconds of one step of the prices, for each unit of its work."""
    price_report_steps: int = 20
    """Steps of the prices between reports."""

    # annealing

    anneal_share: float = 0.7
    """Share of the goal's time for annealing where there is a single model."""
    anneal_share_large: float = 0.9
    """Share of the goal's time for annealing where there is none."""
    anneal_share_settling: float = 0.25
    """Share of the goal's time for annealing goals that only settle who works and when: neighbourhoods gain more."""
    start_temperature: float = 1.0
    """Temperature at the beginning, in units of what one task is worth; it falls to 0."""
    slice_seconds: float = 0.1
    """Seconds after which threads meet that anneal the whole plan each."""
    slice_seconds_divided: float = 0.5
    """Seconds after which threads meet that anneal a part each."""
    slice_change: float = 4.0
    """Largest factor by which the rounds of a slice change from one slice to the next."""
    first_slice_rounds: int = 500
    """Rounds of the first slice, and of all slices in a deterministic run."""
    round_seconds: float = 3e-5
    """Deterministic seconds of one ruin-and-recreate round."""
    report_seconds: float = 1.0
    """Seconds between reports of the best plan."""

    # the baseline brought within the limits of a re-plan

    restore_share: float = 0.1
    """Share of the goal's time for it."""
    restore_turns: int = 200
    """Turns for each limit, at most."""
    restore_rounds: int = 500
    """Ruin-and-recreate rounds of one turn."""
    restore_temperature: float = 0.1
    """Temperature, in units of what one task is worth: almost only gains are accepted."""

    # large neighbourhood search

    neighbourhood_seconds: float = 0.4
    """Seconds for one subproblem."""
    quick_share: float = 0.5
    """Share of these seconds below which a subproblem was solved quickly, so that the next may be larger."""
    select_seconds: float = 0.01
    """Deterministic seconds of choosing a subproblem, so that a search that finds none ends."""
    neighbourhood_share: float = 0.6
    """Share of the time left for neighbourhoods where one thread also seeks a proof."""
    idle_seconds: float = 0.02
    """Seconds of wall time that a thread waits when others claim all it could free."""
    first_size: float = 30.0
    """Jobs in a subproblem at first."""
    least_size: float = 8.0
    """Jobs in a subproblem at least."""
    most_size: float = 150.0
    """Jobs in a subproblem at most."""
    growth: float = 1.1
    """Factor of the size after a subproblem solved quickly."""
    shrinkage: float = 0.92
    """Factor of the size after any other."""
    weight_memory: float = 0.9
    """Factor of a neighbourhood's weight after each use."""
    weight_gain: float = 0.3
    """Weight added for a gain."""
    least_weight: float = 0.2
    """Least weight, so that each neighbourhood stays in play."""
    waiting_must_factor: float = 20.0
    """Factor of the weight of waiting tasks while `must` is sought."""
    filled: float = 0.7
    """Share of its size to which people or clients are added to a neighbourhood."""
    most_people: int = 12
    """People in a neighbourhood at most."""
    jobs_looked_at: int = 20
    """Jobs of a person looked at for further people."""
    waiting_people: int = 4
    """People freed for a waiting task, at most, beside one for each task that goes with it."""
    client_people: int = 3
    """People freed beside those who work for the clients of a neighbourhood."""
    most_waiting: float = 0.4
    """Share of its size that waiting tasks take of a neighbourhood."""
    least_waiting: int = 4
    """Waiting tasks that a neighbourhood has room for in any case."""

    # tidying

    tidy_person_seconds: float = 0.3
    """Seconds for the hours of one person, at most."""


TUNING = Tuning()
"""The numbers in use."""


@contextmanager
def varied(**numbers: object) -> Iterator[None]:
    """Let some numbers of :data:`TUNING` differ within a block; for benchmarks and tests."""
    before = {name: getattr(TUNING, name) for name in numbers}
    try:
        for name, number in numbers.items():
            object.__setattr__(TUNING, name, number)
        yield
    finally:
        for name, number in before.items():
            object.__setattr__(TUNING, name, number)
