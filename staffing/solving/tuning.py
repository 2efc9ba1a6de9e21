"""The numbers of the search, in one table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Tuning:
    """How the search shares its time among its methods, and how large their steps are.

    For those who measure the search, not for its users: no number changes which plans are valid, or which is best.

    By the ends of their names: a `share` or `factor` has no unit; `seconds` are those of
    :class:`staffing.solving.limits.Clock`; `work_seconds` are what a deterministic run counts for a piece of work;
    `cells` are triples (job, person, week), the size of a problem; a `temperature` is in units of what one task is
    worth. "Time of the goal" is what is left until its deadline. Compiled code takes numbers as constants: those of
    insertion and of the destroy operators stand at the top of their modules in `state` and `ruin`.
    """

    # goal after goal
    tidy_share: float = 0.05  # of the time limit: for tidying
    tidy_least_seconds: float = 0.6  # the same, at least, so that short runs without compiled code are tidied, too
    tidy_most_share: float = 0.15  # of the time limit: these seconds, at most
    first_plans_share: float = 0.3  # of the time left: for first plans, which take long where nothing is compiled yet
    first_plans_seconds: float = 2.0  # the same, at least
    must_share: float = 0.4  # of the time left: for `must`, mostly reached at once; later goals may still reach it
    before_changes_share: float = 0.35  # of the time left: for goals before `changes`, as a re-plan changes little
    least_share: float = 0.6  # of the time left: for any other goal, at least
    last_proof_share: float = 0.8  # of the time left in the end: for a proof of a goal that is not proven
    last_proof_least_share: float = 0.05  # of the time limit: with less left, none is sought
    slow_share: float = 0.8  # the same for net value beyond `undivided_cells`: it takes three times as long as value

    # which methods run on one goal
    heuristic_cells: int = 300  # from here on annealing pays; what is smaller is first given to CP-SAT
    provable_cells: int = 1_500  # up to here a proof is sought from the start; for `changes`, in any single model
    single_model_cells: int = 15_000  # up to here the whole problem may be one CP-SAT model
    must_model_cells: int = 40_000  # the same for `must` tasks alone, of which proofs are easier
    load_cells: int = 100_000  # from here on first plans wait for compiled code, if it is kept: loading takes 0.2 s
    undivided_cells: int = 100_000  # up to here each thread anneals the whole plan; beyond, a block of its own

    # questions asked of a plan
    question_cells: int = 1_500  # up to here the whole problem answers; beyond, the tasks nearby are tried first
    question_jobs: tuple[int, ...] = (12, 24, 48)  # tasks nearby, about
    trade_off_least_share: float = 0.2  # of the time of a trade-off: for the fewest changes
    trade_off_free_share: float = 0.5  # of what is left then: for the best plan of all
    trade_off_point_share: float = 0.05  # of the time: for a point between these two, at least
    trade_off_tries: int = 3  # how often that is sought, at most
    trade_off_again_share: float = 0.1  # of the time: with less left the best plan is not sought once more
    question_share: float = 0.3  # of the time of a trial: for the tasks nearby
    candidate_jobs: tuple[int, ...] = (12, 24, 48, 96)  # tasks near to one that gets another owner, ever more of them
    weighed_most: int = 1 << 57  # of all goals as one sum: beyond, the presolve of CP-SAT may overflow
    hire_cells: int = 4_000  # up to here, with everybody who could be hired, one model chooses among them

    # very large problems planned in parts elsewhere
    part_cells: int = 100_000  # from here on
    part_people: int = 500  # of a part, at most; each worker gets as many parts as any other
    part_draws: int = 20  # divisions drawn, of which the best is taken
    part_load_share: float = 0.3  # of the time left: until workers have loaded compiled code, at most
    part_share: float = 0.4  # of the time left: for the parts; the search at home begins with their plans
    part_grace: float = 1.5  # how much longer than their time the parts are waited for
    look_seconds: float = (
        0.1  # between two looks whether the parts are planned, code is compiled, or the search is stopped
    )

    # proofs
    at_once_seconds: float = 0.5  # the first proof of a problem below `heuristic_cells`, at most
    at_once_share: float = 0.1  # of the time of the goal: the same, at most
    first_proof_seconds: float = 2.0  # the first proof; each further one begins anew and takes twice as long
    first_proof_share: float = 0.2  # of the time of the goal: the first proof of a single thread, at most
    delivery_cells: int = 5_000  # up to here what is delivered is decided by a program, for a bound
    delivery_seconds: float = 5.0  # of wall time: a bound by what is delivered
    delivery_share: float = 0.3  # of the time of the goal that is left: the same of a single thread, at most
    restricted_owners: float = 1.5  # owners for each job, on average, in the first problem with few owners
    restricted_share: float = 0.5  # of the size of the whole: such a problem, at most
    restricted_growth_factor: float = 1.2  # by which these grow, once the best plan with them is known
    restricted_seconds: float = 2.0  # the first such problem; the next takes twice as long where that was too little
    stuck_rounds: int = 60  # neighbourhoods without a gain after which only a proof is left to seek

    # the Lagrangian bound
    relax_share: float = 0.25  # of the time of the goal: for the bound
    relax_large_share: float = 0.4  # the same beyond `undivided_cells`
    guide_at_shares: tuple[float, ...] = (0.3, 1.0)  # of that time: when annealing is given the prices reached
    fix_out_factor: float = 0.4  # of what one task is worth: reduced cost beyond which a group owner is excluded
    price_work_seconds: float = 6e-9  # one step of the prices, for each unit of its size
    price_report_steps: int = 20  # steps of the prices from report to report
    price_momentum_share: float = 0.8  # of a direction of the ascent: what comes from those before it (β)
    price_step_factor: float = 0.4  # η of the first pass, in parts of what a step of work is usually worth
    price_shorter_factor: float = 0.5  # η of a pass, in parts of that of the pass before
    price_memory_share: float = 0.03  # of Σ g²: what the next pass keeps
    price_pass_steps: int = 400  # steps of the first pass
    price_pass_factor: int = 3  # steps of a pass, in parts of those of the pass before
    price_most_steps: int = 2_000  # steps of all passes, at most
    price_stretch_factor: float = 1.5  # steps of a pass that uses all the time left, in parts of those planned
    price_timed_steps: int = 10  # steps after which it is known how many there is time for
    price_gain_share: float = 1e-3  # of the gap left: what a pass must gain for another to be worth its time

    # bounds by counting hours, tasks and people
    counted_spans: int = 400  # spans of weeks looked at
    counted_families: int = 200  # sets of people looked at, beside that of all
    counted_cells: int = 2_000_000  # (pair, span) held at once
    large_most: int = 3  # large tasks that one person has room for, at most: beyond, only hours are counted
    group_spans: int = 40  # spans looked at for the work of a kind for a client
    cover_rows: int = 300  # rows of a covering problem, the tightest
    cover_seconds: float = 0.5  # of deterministic time: CP-SAT on a covering problem, which is tiny

    # fewest hires, sought by CP-SAT where these have hardly an hour to spare
    hires_share: float = 0.5  # of the time of the goal
    hires_cells: int = 100_000  # up to this size

    # annealing
    must_first_share: float = 0.3  # of the time of `must`: neighbourhoods before annealing, at most
    anneal_must_share: float = 0.4  # of the time of `must` that is left then: for annealing
    must_proof_share: float = 0.4  # of what is left then: for a proof, where neighbourhoods gain no more
    anneal_share: float = 0.5  # of the time of the goal: for annealing, where there is a single model
    anneal_large_share: float = 0.97  # the same, where there is none
    anneal_settling_share: float = 0.25  # the same, for goals that only settle who works when: LNS gains more there
    start_temperature: float = 1.0  # at the beginning; it falls to 0
    start_square_seconds: float = 3e-4  # × jobs²: beyond, two short starts are worth more than a long one
    reheat_temperature: float = 0.05  # the same, where the best plan is annealed again
    hotter_factor: float = 2.0  # by which that rises each time that nothing is gained
    reheat_most_temperature: float = 0.4  # the highest, from which it begins anew
    reheats: int = 4  # how often, with neighbourhoods for as long before each
    reheat_least_seconds: float = 0.5  # each time, at least
    together_share: float = 0.5  # how often blocks keep those who work for the same clients, not who could
    slice_seconds: float = 0.1  # until threads meet that anneal the whole plan each
    divided_slice_seconds: float = 0.25  # until threads meet that anneal a block each
    slice_factor: float = 4.0  # by which the rounds of a slice change from one to the next, at most
    first_slice_rounds: int = 500  # rounds of the first slice, and of all slices of a deterministic run
    round_work_seconds: float = 3e-5  # one ruin-and-recreate round
    report_seconds: float = 1.0  # from report to report
    backward_share: float = 0.6  # how often the last weeks are filled first: so early ones stay free for what is due
    backward_early_share: float = 0.15  # the same, where what is early counts, or is to stay where it was
    again_share: float = 0.3  # how often a job is first tried as it was in the baseline
    again_for_changes_share: float = 0.9  # the same, where fewest changes are sought or kept
    fix_out_turns: int = 40  # in which `must` work is done again once owners are excluded; else they keep it
    fix_out_rounds: int = 500  # ruin-and-recreate rounds in such a turn
    excess_changes: float = 10.0  # changes that the value of a usual job outweighs at first, while the plan lacks it
    excess_lateness: float = 40.0  # the same, in weighted weeks late
    reprice_rounds: int = 10_000  # rounds after which that price changes
    dearer_factor: float = 1.2  # of the price, as long as a limit is passed
    cheaper_factor: float = 0.9  # of the price, once it is kept

    # the baseline of a re-plan, brought within the limits of the goals kept
    restore_share: float = 0.1  # of the time of the goal
    restore_turns: int = 200  # for each limit, at most
    restore_rounds: int = 500  # ruin-and-recreate rounds in a turn
    restore_temperature: float = 0.1  # so low that almost only gains are accepted

    # large neighbourhood search
    subproblem_seconds: float = 0.4  # one subproblem
    thorough_subproblem_seconds: float = 1.5  # the same in a single model, for goals that only settle who works when
    quick_share: float = 0.5  # of these seconds: what is solved in less lets the next one be larger
    select_work_seconds: float = 0.01  # choosing jobs to free, so that a search that finds none ends
    improve_share: float = 0.6  # of the time left after annealing: for LNS, where one thread seeks a proof, too
    idle_seconds: float = 0.02  # of wall time: a thread waits where there is nothing to free
    first_size: float = 30.0  # jobs freed at first
    least_size: float = 8.0  # jobs freed, at least
    most_size: float = 150.0  # jobs freed, at most
    growth_factor: float = 1.1  # of the size, after a subproblem that was solved quickly
    shrink_factor: float = 0.92  # of the size, after any other
    forget_factor: float = 0.9  # of a neighbourhood's weight, after each use
    gain_weight: float = 0.3  # added to the weight for a gain
    least_weight: float = 0.2  # so that every neighbourhood is still selected
    must_factor: float = 20.0  # of the weight of waiting tasks, while `must` is sought
    filled_share: float = 0.7  # of the size: until then, people or clients are added
    most_people: int = 12  # added until the size is filled, at most
    sampled_jobs: int = 20  # of a person: looked at to find who shares them
    waiting_people: int = 4  # freed for a waiting task, at most, beside one for each task that goes with it
    client_people: int = 3  # freed beside those who work for the clients chosen
    waiting_share: float = 0.4  # of the size: waiting tasks added, at most
    least_waiting: int = 4  # waiting tasks added in any case, where there are so many

    # reasons, and what follows the search
    trial_turns: int = 5  # in which annealing tries to deliver all of a trial
    trial_rounds: int = 40  # ruin-and-recreate rounds in such a turn
    trial_seconds: float = 5.0  # of deterministic time: CP-SAT on one trial, which is tiny
    ending_factor: float = 1.2  # of the time that building took: kept for the description and its audit
    ending_jobs: int = 4_000  # so many more make that as much again: what waits is held against everybody
    reasons_factor: float = 2.5  # the same, kept for reasons
    reasons_share: float = 0.1  # of the time limit: kept for reasons, at most
    grace_share: float = 0.03  # of the time limit: how far reasons may go beyond it, if the plan is not optimal
    grace_seconds: float = 0.3  # the same, at least

    # tidying
    tidy_work_seconds: float = 2e-5  # looking where one task could be moved
    tidy_part_seconds: float = 0.2  # some tasks of one owner together, at most
    tidy_jobs: int = 12  # such tasks, at most


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
