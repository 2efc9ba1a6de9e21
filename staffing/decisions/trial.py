"""A plan sought that holds what a question asks, of the scenario as it is or as a What-if has it.

What is asked is written into the problem: tasks that must be delivered are forced, their windows end no later than
they may, and only some people may own them. So the solver that plans is the one that answers. A large problem is tried
with the tasks nearby free and all else as it is; only the whole problem proves that there is no such plan.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from staffing.decisions.given import Effort, Given
from staffing.decisions.nearby import nearest
from staffing.decisions.part import Fit, Objective, Part, run_model
from staffing.decisions.wish import Wish, as_good, fixed_beyond, wished
from staffing.plan.describe import describe
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of, unproven_goal
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, Number
from staffing.problem.build import build
from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.model import Model
from staffing.solving.earlier import earlier_of
from staffing.solving.goals import GOALS
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Limits
from staffing.solving.lns.subproblem import Subproblem, freed
from staffing.solving.presolve import presolve
from staffing.solving.solution import Solution, drafted
from staffing.solving.solve import goal_results
from staffing.solving.state.plan import Cells, PlanState, as_solution, by_job
from staffing.solving.tuning import TUNING

__all__ = ["After", "Fit", "Objective", "Trial", "Wish", "as_good", "run_model"]


@dataclass(frozen=True)
class After:
    """The best plan found that holds a wish.

    Attributes
    ----------
    facts
        What follows from its hours.
    goals
        Its goals with their bounds, most important first; none where it is the best of a part, which bounds nothing.
    """

    facts: Facts
    goals: tuple[GoalResult, ...] = ()

    @property
    def proven(self) -> bool:
        """Whether no such plan is better."""
        return bool(self.goals) and all(goal.proven for goal in self.goals)

    def plan(self, given: Given) -> Plan:
        """Return it as a plan of the scenario that was tried, which any audit takes.

        What was proven holds among plans that hold the wish, and so is no claim of it.
        """
        scenario = self.facts.expanded.scenario
        assert isinstance(scenario, Scenario), "what is tried was checked"
        return describe(
            self.facts,
            fingerprint=scenario.fingerprint,
            goals=[unproven_goal(self.facts, entry) for entry in goals_of(scenario, given.baseline is not None)],
            status="feasible",
            reasons={},
            baseline=given.baseline,
            solver={name: given.plan.solver[name] for name in _HOW if name in given.plan.solver},
        )


_HOW = ("from_week", "keep", "confidence")
"""What a plan says of how it was asked for, without which no audit reads it."""


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
    begin
        Hours that the search begins from; those of the plan given if None.
    shape
        What else is changed of the problem.
    """

    def __init__(
        self,
        given: Given,
        scenario: Scenario,
        wish: Wish,
        about: Collection[str] = (),
        *,
        begin: Draft | None = None,
        shape: Callable[[Problem], Problem] | None = None,
    ) -> None:
        self.given = given
        self._about = about
        self._begin = begin or given.facts.draft
        self.scenario = scenario
        self.expanded = given.expanded_in(scenario)
        asked = wished(build(self.expanded), wish)
        self.problem = presolve(asked if shape is None else shape(asked))
        """The problem, with all that is wished for."""
        self.jobs = {job.id: number for number, job in enumerate(self.problem.jobs)}
        """By id: the number of each task that could be delivered."""
        settled = {id_ for id_, job in self.expanded.jobs.items() if job.done or job.covered}
        self.impossible = not wish.delivered.keys() <= self.jobs.keys() | settled or fixed_beyond(self.expanded, wish)
        """Whether something wished for can be delivered by no plan, as is plain without a search."""
        self._baseline = earlier_of(self.problem, self.expanded, given.earlier)

    @cached_property
    def start(self) -> Solution:
        """The plan to begin from, as far as it holds: tasks that lie or are owned otherwise than is wished for wait."""
        people = {person.id: number for number, person in enumerate(self.problem.people)}
        cells: dict[int, dict[tuple[int, int], int]] = {}
        for (task, person, week), hours in self._begin.hours.items():
            if task in self.jobs and person in people:
                own = cells.setdefault(self.jobs[task], {})
                own[people[person], week - 1] = int(hours / self.problem.step)
        return as_solution(self.problem, {job: own for job, own in cells.items() if _holds(self.problem, job, own)})

    # whether there is one

    def fits(self, effort: Effort, objective: Objective | None = None, *, whole: bool = True) -> Fit:
        """Seek any plan, or one whose objective is least; of a large problem, first one that is near the plan given.

        Parameters
        ----------
        effort
            How long to seek.
        objective
            What is to be least, if anything.
        whole
            Whether to go on to the whole of a large problem, which alone refutes a plan or proves an objective.
        """
        if self.impossible:
            return Fit(refuted=True)
        near = self._fits_near(effort, objective, whole)
        if not whole and self.large:
            return near
        if near.solution is not None and near.least is None:
            return near
        found = run_model(self.problem, objective, near.solution or self.start, effort)
        return near if found.solution is None and near.solution is not None else found

    def _fits_near(self, effort: Effort, objective: Objective | None, whole: bool) -> Fit:
        """Seek a plan of a large problem with most tasks as they are; its objective is not that of the whole."""
        best = Fit()
        sizes = TUNING.question_jobs[::2] if self.large else ()
        for number, size in enumerate(sizes):
            part = self._near(self.start if best.solution is None else best.solution, size)
            share = effort.part(TUNING.question_share if whole else 1 / (len(sizes) - number))
            found = run_model(part.sub.problem, objective, part.sub.hint, share)
            if found.solution is not None:  # what was found before is a plan of this part, too
                best = Fit(part.joined(found.solution), least=found.least, free=part.sub.jobs)
            if best.solution is not None and best.least is None:
                break
        return best

    # the best one

    def best(self, fit: Fit, effort: Effort, keeping: Objective | None = None) -> After:
        """Return the best plan by the goals, from one that holds the wish.

        Of a large problem ever more tasks are free, those nearest to the question first; none of that is a proof.

        Parameters
        ----------
        fit
            The plan to begin from.
        effort
            How long to seek.
        keeping
            What may not become more than it is in that plan.
        """
        assert fit.solution is not None, "there is a plan to begin from"
        if not self.large:
            return self._searched(self._whole(fit.solution), effort, keeping)[1]
        sizes = [size for size in TUNING.question_jobs if fit.free is None or size > len(fit.free)]
        part = self._near(fit.solution, sizes[0], waiting=True) if fit.free is None else self._freed(fit)
        solution, best = self._searched(part, effort.part(1 / (1 + len(sizes))), keeping)
        for number, size in enumerate(sizes):
            if effort.over:
                break
            part = self._near(solution, size, waiting=True)
            found = self._searched(part, effort.part(1 / (len(sizes) - number)), keeping)
            if _key(found[1]) < _key(best):
                solution, best = found
        return After(self.facts(self.restored(solution) if keeping is None else solution))

    @cached_property
    def _state(self) -> PlanState:
        return PlanState(self.problem, replace(self._baseline, cells=by_job(self.start)))

    def restored(self, solution: Solution) -> Solution:
        """Return a plan in which what moves goes back to where it was if it can, else into fewer or earlier weeks."""
        state = self._state
        goals = np.array([GOALS[entry.goal].coefficients for entry in self.goals])
        before = by_job(self.start)
        state.load(by_job(solution))
        for job in [job for job, cells in state.cells.items() if before.get(job) != cells]:
            as_found, reached = state.cells[job], [state.objective(goal) for goal in goals]
            state.remove(job)
            if state.insert_as_planned(job):
                if all(state.objective(goal) <= most for goal, most in zip(goals, reached, strict=True)):
                    continue
                state.remove(job)
            state.place(job, as_found)
            state.tidy(job, goals)
        return state.solution()

    @property
    def large(self) -> bool:
        """Whether a part of it is tried before the whole."""
        return self.problem.cells > TUNING.question_cells

    def _searched(self, part: Part, effort: Effort, keeping: Objective | None) -> tuple[Solution, After]:
        """Return the best plan by all goals, with all but a part as it is."""

        def hold(model: Model) -> None:
            """Hold what is kept; that a model is asked for keeps the search to what knows which tasks are forced."""
            if keeping is not None:
                terms = keeping(model)
                model.at_most(terms, model.evaluate(terms, part.sub.hint))

        nothing = self.facts(part.joined(Solution({})))
        search = LexicographicSearch(
            part.sub.problem,
            self.goals,
            {goal: measure(nothing) for goal, measure in MEASURES.items()},
            baseline=part.sub.baseline,
            limits=Limits(seconds=effort.clock.left),
            stop=effort.stop,
            extend=hold,
        )
        self.prepare(search, part.sub.hint)
        outcome = search.run(part.sub.hint)
        solution = part.joined(outcome.solution)
        facts = self.facts(solution)
        return solution, After(facts, tuple(goal_results(outcome, facts)))

    def prepare(self, search: LexicographicSearch, start: Solution) -> None:
        """Change a search before it begins from a plan; other trials may."""

    @cached_property
    def goals(self) -> tuple[GoalEntry, ...]:
        """The goals, most important first."""
        return goals_of(self.scenario, self.given.baseline is not None)

    def facts(self, solution: Solution) -> Facts:
        """Return what follows from the hours of a plan."""
        return Facts(self.expanded, drafted(self.problem, solution), self.given.baseline)

    # a part of it

    def _near(self, start: Solution, size: int, *, waiting: bool = False) -> Part:
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
        return Part(self.problem, start, freed(plan, self._baseline, jobs, range(len(self.problem.people))))

    def _freed(self, fit: Fit) -> Part:
        """Return the part that a plan was found in, as that plan has it."""
        assert fit.solution is not None
        assert fit.free is not None
        plan = PlanState.of(self.problem, fit.solution, self._baseline)
        return Part(self.problem, fit.solution, freed(plan, self._baseline, fit.free, range(len(self.problem.people))))

    def _whole(self, solution: Solution) -> Part:
        """Return all tasks of a plan as a part of it."""
        jobs = range(len(self.problem.jobs))
        sub = Subproblem(self.problem, self._baseline, tuple(jobs), dict(by_job(solution)))
        return Part(self.problem, solution, sub)

    @cached_property
    def _concerned(self) -> list[int]:
        """What the question is about, and what is wished for and the plan given lacks, or has otherwise."""
        before = {job for job, _, _ in self.start.steps}
        lacking = [job for job, data in enumerate(self.problem.jobs) if data.forced and job not in before]
        return list(dict.fromkeys([*lacking, *(self.jobs[task] for task in self._about if task in self.jobs)]))


def _holds(problem: Problem, job: int, cells: Cells) -> bool:
    """Return whether hours of a job lie in its window, and with those who may own it."""
    data, able = problem.jobs[job], problem.pairs_of[job]
    return all(person in able and data.first <= week <= data.last for person, week in cells)


def _key(after: After) -> list[Number]:
    """Return what orders plans, the best first."""
    return [-goal.value if goal.goal in MAXIMISED else goal.value for goal in after.goals]
