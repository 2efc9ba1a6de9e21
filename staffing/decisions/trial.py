"""A plan sought that holds what a question asks, of the scenario as it is or as a What-if has it.

What is asked is written into the problem: tasks that must be delivered are forced, their windows end no later than
they may, and only some people may own them. So the solver that plans is the one that answers. A large problem is tried
with the tasks nearby free and all else as it is; only the whole problem proves that there is no such plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from staffing.decisions.given import Effort, Given
from staffing.decisions.nearby import nearest
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of
from staffing.plan.records import GoalResult, Number
from staffing.problem.build import build
from staffing.problem.problem import JobData, Problem
from staffing.scenario.records import MAXIMISED, GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import earlier_of
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Limits
from staffing.solving.lns.subproblem import Subproblem, freed
from staffing.solving.presolve import presolve
from staffing.solving.solution import Solution, drafted, with_hires
from staffing.solving.solve import goal_results
from staffing.solving.state.plan import Cells, PlanState, as_solution, by_job
from staffing.solving.tuning import TUNING


@dataclass(frozen=True)
class Wish:
    """What a plan sought must hold, beside the rules.

    Attributes
    ----------
    delivered
        Tasks, occurrences one by one, each with the last week it may have hours in; None for its own last one.
    owners
        The only people who may own a task.
    """

    delivered: Mapping[str, int | None] = field(default_factory=dict)
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)


def as_good(given: Given, also: Mapping[str, int | None], given_up: Collection[str] = ()) -> Wish:
    """Return the wish for tasks, each with its last week, beside all that a plan delivers, none later than it is.

    A task that is not due, or is delivered in time, may move as its due week allows.

    Parameters
    ----------
    given
        The plan.
    also
        The tasks wished for.
    given_up
        Tasks that the plan delivers and that may wait.
    """
    kept: dict[str, int | None] = {}
    for job in given.facts.delivered:
        span = given.facts.span(job.id)
        if span is not None and job.id not in given_up:
            kept[job.id] = None if job.due is None else max(job.due, span[1])
    return Wish({**kept, **also})


@dataclass(frozen=True)
class Fit:
    """What was found of a plan sought.

    Attributes
    ----------
    solution
        A plan; None where none was found.
    refuted
        Whether it is proven that there is none.
    least
        The objective of the plan, where one was asked for.
    exact
        Whether it is proven that no plan has less.
    free
        The tasks that were free, where all others are as in the plan given; None where all were.
    """

    solution: Solution | None = None
    refuted: bool = False
    least: int | None = None
    exact: bool = False
    free: tuple[int, ...] | None = None


@dataclass(frozen=True)
class After:
    """The best plan found that holds a wish.

    Attributes
    ----------
    facts
        What follows from its hours.
    goals
        Its goals, most important first.
    """

    facts: Facts
    goals: tuple[GoalResult, ...]

    @property
    def proven(self) -> bool:
        """Whether no such plan is better."""
        return all(goal.proven for goal in self.goals)


Objective = Callable[[Model], Terms]
"""What is to be least, as a sum over the model of a problem."""


class Trial:
    """A plan sought.

    Parameters
    ----------
    given
        The plan that a question begins from.
    scenario
        What is planned: that of the plan, or a change of it.
    wish
        What the plan sought must hold.
    about
        Tasks that the question is about, beside those wished for that the plan lacks.
    """

    def __init__(self, given: Given, scenario: Scenario, wish: Wish, about: Collection[str] = ()) -> None:
        self.given = given
        self._about = about
        self.scenario = scenario
        self.expanded = given.expanded_in(scenario)
        wished = _wished(build(self.expanded), wish)
        self.problem = presolve(wished)
        """The problem, with all that is wished for."""
        self.jobs = {job.id: number for number, job in enumerate(self.problem.jobs)}
        """By id: the number of each task that could be delivered."""
        settled = {id_ for id_, job in self.expanded.jobs.items() if job.done or job.covered}
        self._impossible = not wish.delivered.keys() <= self.jobs.keys() | settled
        self._baseline = earlier_of(self.problem, self.expanded, given.earlier)

    @cached_property
    def start(self) -> Solution:
        """The plan given, as far as it holds: tasks that lie or are owned otherwise than is wished for wait."""
        people = {person.id: number for number, person in enumerate(self.problem.people)}
        cells: dict[int, dict[tuple[int, int], int]] = {}
        for (task, person, week), hours in self.given.facts.draft.hours.items():
            if task in self.jobs and person in people:
                own = cells.setdefault(self.jobs[task], {})
                own[people[person], week - 1] = int(hours / self.problem.step)
        return as_solution(self.problem, {job: own for job, own in cells.items() if _holds(self.problem, job, own)})

    # whether there is one

    def fits(self, effort: Effort, objective: Objective | None = None) -> Fit:
        """Seek any plan, or one whose objective is least; of a large problem, first one that is near the plan given."""
        if self._impossible:
            return Fit(refuted=True)
        near = self._fits_near(effort, objective)
        if near.solution is not None and objective is None:
            return near
        found = run_model(self.problem, objective, near.solution or self.start, effort)
        return near if found.solution is None and near.solution is not None else found

    def _fits_near(self, effort: Effort, objective: Objective | None) -> Fit:
        """Seek a plan of a large problem with most tasks as they are; its objective is not that of the whole."""
        for size in TUNING.question_jobs if self._large else ():
            part = self._near(self.start, size)
            found = run_model(part.sub.problem, objective, part.sub.hint, effort.part(TUNING.question_share))
            if found.solution is not None:
                return Fit(part.joined(found.solution), free=part.sub.jobs)
        return Fit()

    # the best one

    def best(self, fit: Fit, effort: Effort) -> After:
        """Return the best plan by the goals, from one that holds the wish.

        Of a large problem ever more tasks are free, those nearest to the question first; none of that is a proof.
        """
        assert fit.solution is not None, "there is a plan to begin from"
        if not self._large:
            return self._searched(self._whole(fit.solution), effort)[1]
        sizes = [size for size in TUNING.question_jobs if fit.free is None or size > len(fit.free)]
        part = self._near(fit.solution, sizes[0], waiting=True) if fit.free is None else self._freed(fit)
        solution, best = self._searched(part, effort.part(1 / (1 + len(sizes))))
        for number, size in enumerate(sizes):
            if effort.over:
                break
            part = self._near(solution, size, waiting=True)
            found = self._searched(part, effort.part(1 / (len(sizes) - number)))
            if _key(found[1]) < _key(best):
                solution, best = found
        return replace(best, goals=tuple(replace(goal, bound=None, proven=False) for goal in best.goals))

    @property
    def _large(self) -> bool:
        return self.problem.cells > TUNING.question_cells

    def _searched(self, part: _Part, effort: Effort) -> tuple[Solution, After]:
        """Return the best plan by all goals, with all but a part as it is."""
        nothing = self.facts(part.joined(Solution({})))
        outcome = LexicographicSearch(
            part.sub.problem,
            self.goals,
            {goal: measure(nothing) for goal, measure in MEASURES.items()},
            baseline=part.sub.baseline,
            limits=Limits(seconds=effort.clock.left),
            stop=effort.stop,
            extend=as_it_is,
        ).run(part.sub.hint)
        solution = part.joined(outcome.solution)
        facts = self.facts(solution)
        return solution, After(facts, tuple(goal_results(outcome, facts)))

    @cached_property
    def goals(self) -> tuple[GoalEntry, ...]:
        """The goals, most important first."""
        return goals_of(self.scenario, self.given.baseline is not None)

    def facts(self, solution: Solution) -> Facts:
        """Return what follows from the hours of a plan."""
        return Facts(self.expanded, drafted(self.problem, solution), self.given.baseline)

    # a part of it

    def _near(self, start: Solution, size: int, *, waiting: bool = False) -> _Part:
        """Free what the question is about, and the tasks nearest to it; all others stay as a plan has them.

        Parameters
        ----------
        start
            The plan.
        size
            Tasks to free, about.
        waiting
            Whether other tasks that wait may be delivered.
        """
        plan = PlanState.of(self.problem, start, self._baseline)
        jobs = nearest(plan, self._concerned, size, waiting=waiting)
        return _Part(self.problem, start, freed(plan, self._baseline, jobs, range(len(self.problem.people))))

    def _freed(self, fit: Fit) -> _Part:
        """Return the part that a plan was found in, as that plan has it."""
        assert fit.solution is not None
        assert fit.free is not None
        plan = PlanState.of(self.problem, fit.solution, self._baseline)
        return _Part(self.problem, fit.solution, freed(plan, self._baseline, fit.free, range(len(self.problem.people))))

    def _whole(self, solution: Solution) -> _Part:
        """Return all tasks of a plan as a part of it."""
        jobs = range(len(self.problem.jobs))
        sub = Subproblem(self.problem, self._baseline, tuple(jobs), dict(by_job(solution)))
        return _Part(self.problem, solution, sub)

    @cached_property
    def _concerned(self) -> list[int]:
        """What the question is about, and what is wished for and the plan given lacks, or has otherwise."""
        before = {job for job, _, _ in self.start.steps}
        lacking = [job for job, data in enumerate(self.problem.jobs) if data.forced and job not in before]
        return list(dict.fromkeys([*lacking, *(self.jobs[task] for task in self._about if task in self.jobs)]))


@dataclass(frozen=True)
class _Part:
    """Some tasks of a plan, free, and the plan that has all others."""

    problem: Problem
    plan: Solution
    sub: Subproblem

    def joined(self, found: Solution) -> Solution:
        """Return the whole plan, given that of the part."""
        free = set(self.sub.jobs)
        steps = {cell: count for cell, count in self.plan.steps.items() if cell[0] not in free}
        for job, cells in self.sub.by_job(found.steps).items():
            steps |= {(job, *cell): count for cell, count in cells.items()}
        return with_hires(self.problem, steps)


def run_model(problem: Problem, objective: Objective | None, hint: Solution, effort: Effort) -> Fit:
    """Seek any plan of a problem, or one whose objective is least, by CP-SAT."""
    model = build_model(problem)
    terms = [] if objective is None else objective(model)
    left = effort.clock.left
    found = run(model, terms, hint, Limits(seconds=left), effort.clock, left, stop=effort.stop)
    if found.steps is None:
        return Fit(refuted=found.infeasible)
    solution = with_hires(problem, found.steps)
    if objective is None:
        return Fit(solution)
    least = model.evaluate(terms, solution)
    return Fit(solution, least=least, exact=found.bound == least or not terms)


def _wished(problem: Problem, wish: Wish) -> Problem:
    """Return a problem in which what is wished for must be delivered, no later than it may, by whom it may."""
    people = {person.id: number for number, person in enumerate(problem.people)}

    def one(job: JobData) -> JobData:
        if job.id in wish.owners:
            allowed = {people[id_] for id_ in wish.owners[job.id] if id_ in people}
            job = replace(job, pairs=tuple(pair for pair in job.pairs if pair.person in allowed))
        if job.id in wish.delivered:
            last = wish.delivered[job.id]
            job = replace(job, forced=True, last=job.last if last is None else min(job.last, last - 1))
        return job

    return replace(problem, jobs=tuple(map(one, problem.jobs)))


def _holds(problem: Problem, job: int, cells: Cells) -> bool:
    """Return whether hours of a job lie in its window, and with those who may own it."""
    data, able = problem.jobs[job], problem.pairs_of[job]
    return all(person in able and data.first <= week <= data.last for person, week in cells)


def _key(after: After) -> list[Number]:
    """Return what orders plans, the best first."""
    return [-goal.value if goal.goal in MAXIMISED else goal.value for goal in after.goals]


def as_it_is(model: Model) -> None:
    """Add nothing: that a model is asked for keeps the search to what knows which tasks are forced."""
