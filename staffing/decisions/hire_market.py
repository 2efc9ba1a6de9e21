"""All who could be hired in one problem: the plan decides who is, and for which contract.

A new person with a salary is somebody who works, and a choice among contracts, each of which stands in the problem as
somebody who costs what the contract costs and works on nothing. So hours, starting weeks and people are chosen by the
same model that plans, and what it proves holds for every choice.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from staffing.decisions.given import Effort, Given
from staffing.decisions.hire_choice import Asked, Choice, Slot
from staffing.decisions.hire_pool import Contract, Pool
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of
from staffing.problem.build import build
from staffing.problem.problem import JobData, PersonData, Problem
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.earlier import earlier_of
from staffing.solving.goals import GOALS
from staffing.solving.lexicographic import LexicographicSearch, SearchResult
from staffing.solving.limits import Limits
from staffing.solving.presolve import presolve
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.greedy import first_plans
from staffing.solving.tuning import TUNING

SEARCHED = 0.9
"""Share of the time for a plan, where fewer hours a week are sought after it."""

Hours = Mapping[tuple[str, str, int], Fraction]
"""Hours by task, person and week."""


@dataclass(frozen=True)
class Hired:
    """A plan of the market: hours, and who works them for which contract; None for placeholders."""

    hours: Hours
    people: Mapping[str, Contract | None]
    outcome: SearchResult | None = None


@dataclass(frozen=True)
class Sought:
    """What was found: a plan, or that there is none, or neither."""

    plan: Hired | None = None
    refuted: bool = False


class Market:
    """The problem with everybody who could be hired.

    Parameters
    ----------
    pool
        They.
    given
        The plan without them.
    """

    def __init__(self, pool: Pool, given: Given) -> None:
        self.pool = pool
        self.given = given
        self.scenario: Scenario = pool.offers
        self.expanded = given.expanded_in(self.scenario)
        built = build(self.expanded)
        self.numbers = {person.id: number for number, person in enumerate(built.people)}
        self.slots, people = self._slots(built)
        offers = {number for slot in self.slots for number in slot.contracts}
        jobs = (
            replace(job, pairs=tuple(pair for pair in job.pairs if pair.person not in offers)) for job in built.jobs
        )
        self.whole = replace(built, jobs=tuple(jobs), people=people)
        self.candidates = [number for number in self.whole.placeholders if number not in offers]
        self._choice = Choice(pool, self.whole, self.slots, self.candidates)

    def _slots(self, built: Problem) -> tuple[list[Slot], tuple[PersonData, ...]]:
        """Return the people with salaries, and all people; who is a further copy has contracts of their own."""
        people = list(built.people)
        slots = []
        for profile in self.pool.profiles:
            if not profile.salaried:
                continue
            offers = {self.numbers[id_]: one for id_, one in self.pool.contract_ids(profile).items()}
            for copy in range(self.pool.most):
                person = self.numbers[self.pool.copy_id(profile, copy + 1)]
                people[person] = replace(people[person], hired_cost=0)
                own = offers
                if copy:
                    own = {len(people) + place: one for place, one in enumerate(offers.values())}
                    people += [built.people[number] for number in offers]
                slots.append(Slot(person, profile.role, own))
        return slots, tuple(people)

    @cached_property
    def small(self) -> bool:
        """Whether the whole is one model that can be solved again and again."""
        return presolve(self.whole).cells <= TUNING.hire_cells

    @cached_property
    def possible(self) -> list[str]:
        """The tasks that could be delivered with everybody hired, each for itself."""
        return [job.id for job in presolve(self.whole).jobs]

    def decides(self, most: int) -> bool:
        """Whether the plan alone decides who is hired: no more could be than may be, and nothing else is chosen."""
        return not most or (not self.slots and (len(self.candidates) <= most or len(self.pool.profiles) == 1))

    # plans

    def seek(self, asked: Asked, start: Hired | None, effort: Effort, first: Effort | None = None) -> Sought:
        """Seek the best plan by the goals that holds what is asked.

        Parameters
        ----------
        asked
            That.
        start
            A plan that holds it; None if none is known.
        effort
            How long to seek.
        first
            How long to seek any plan, where none is known; as long as that if not given.
        """
        problem, whole = self._problem(asked), effort
        if problem is None:
            return Sought(refuted=True)
        effort = effort.part(SEARCHED) if self._by_hours else effort
        free = self.decides(asked.most) and not asked.delivered and not asked.but
        if free:
            problem = self._only(problem, asked.most)
        begun = None if start is None else self._solution(problem, start)
        if free:
            search = self._search(problem, effort, None)
            first_end = search.context.clock.first_plans()
            firsts = first_plans(problem, lambda: first_end.over)
            begun = search.best_of([*([] if begun is None else [begun]), *firsts])
        else:
            if begun is None:
                fit = self._any(problem, asked, first or effort)
                if fit.plan is None:
                    return fit
                begun = self._solution(problem, fit.plan)
            search = self._search(problem, effort, lambda model: self._choice.extend(model, asked))
        outcome = search.run(begun)
        plan = replace(self._read(problem, outcome.solution), outcome=outcome)
        return Sought(self._smaller(asked, plan, whole) if self._by_hours else plan)

    @cached_property
    def _by_hours(self) -> bool:
        """Whether fewer hours a week of those paid by the hour can be sought, as good by every goal."""
        weighed = any(entry.goal == "balance" for entry in self.given.goals)
        return self.small and not weighed and any(not profile.salaried for profile in self.pool.profiles)

    def _any(self, problem: Problem, asked: Asked, effort: Effort) -> Sought:
        """Seek any plan that holds what is asked."""
        model = build_model(problem)
        self._choice.extend(model, asked)
        left = effort.clock.left
        limits = Limits(seconds=left, workers=os.cpu_count() or 1)
        found = run(model, [], None, limits, effort.clock, left, stop=effort.stop)
        if found.steps is None:
            return Sought(refuted=found.infeasible)
        return Sought(self._read(problem, Solution(found.steps, found.hired)))

    def _problem(self, asked: Asked) -> Problem | None:
        """Return the problem with what must be delivered; None where some of it surely cannot be."""

        def one(job: JobData) -> JobData:
            if job.id not in asked.delivered:
                return job
            last = asked.delivered[job.id]
            return replace(job, forced=True, last=job.last if last is None else min(job.last, last - 1))

        problem = presolve(replace(self.whole, jobs=tuple(map(one, self.whole.jobs))))
        settled = {id_ for id_, job in self.expanded.jobs.items() if job.done or job.covered}
        return problem if asked.delivered.keys() <= {job.id for job in problem.jobs} | settled else None

    def _only(self, problem: Problem, most: int) -> Problem:
        """Return the problem with no more of those who could be hired than may be."""
        gone = set(self.candidates[most:])
        jobs = (
            replace(job, pairs=tuple(pair for pair in job.pairs if pair.person not in gone)) for job in problem.jobs
        )
        return presolve(replace(problem, jobs=tuple(jobs)))

    def _search(self, problem: Problem, effort: Effort, extend: Callable[[Model], None] | None) -> LexicographicSearch:
        nothing = Facts(self.expanded, Draft({}, frozenset()), self.given.baseline)
        return LexicographicSearch(
            problem,
            goals_of(self.scenario, self.given.baseline is not None),
            {goal: measure(nothing) for goal, measure in MEASURES.items()},
            baseline=earlier_of(problem, self.expanded, self.given.earlier),
            limits=Limits(seconds=effort.clock.left, workers=os.cpu_count() or 1),
            stop=effort.stop,
            extend=extend,
        )

    def _smaller(self, asked: Asked, plan: Hired, effort: Effort) -> Hired:
        """Return a plan as good by every goal in which people paid by the hour need the fewest hours a week.

        Parameters
        ----------
        asked
            What the plan holds.
        plan
            The plan, which is returned where no other is found.
        effort
            How long to seek.
        """
        problem = self._problem(asked)
        if problem is None or not plan.people or effort.over:
            return plan
        start = self._solution(problem, plan)
        model = build_model(problem)
        self._choice.extend(model, asked)
        baseline = earlier_of(problem, self.expanded, self.given.earlier)
        for entry in self.given.goals:
            terms = GOALS[entry.goal].objective(model, baseline)
            model.at_most(terms, model.evaluate(terms, start))
        left = effort.clock.left
        limits = Limits(seconds=left, workers=os.cpu_count() or 1)
        hours = self._choice.hours(model)
        found = run(model, hours, start, limits, effort.clock, left, stop=effort.stop) if hours else None
        if found is None or found.steps is None:
            return plan
        return replace(self._read(problem, Solution(found.steps, found.hired)), outcome=plan.outcome)

    # between plans and their numbers

    def _read(self, problem: Problem, solution: Solution) -> Hired:
        """Return who works when, of those who could be hired also for which contract."""
        names = [person.id for person in problem.people]
        hours = {
            (problem.jobs[job].id, names[person], week + 1): problem.step * steps
            for (job, person, week), steps in solution.steps.items()
        }
        chosen = {
            slot.person: slot.contracts[one] for slot in self.slots for one in slot.contracts.keys() & solution.hired
        }
        working = {person for _, person, _ in solution.steps}
        return Hired(hours, {names[one]: chosen.get(one) for one in self.candidates if one in working})

    def _solution(self, problem: Problem, plan: Hired) -> Solution:
        """Return a plan by number; new people of a role take its slots in the order in which they cost most."""
        jobs = {job.id: number for number, job in enumerate(problem.jobs)}
        people, flags = dict(self.numbers), set()
        for profile in self.pool.profiles:
            own = [id_ for id_ in plan.people if self.pool.profile_of(id_) == profile]
            own.sort(key=lambda id_: -(one.cost if (one := plan.people[id_]) is not None else 0))
            for copy, id_ in enumerate(own):
                people[id_] = self.numbers[self.pool.copy_id(profile, copy + 1)]
                slot = next((slot for slot in self.slots if slot.person == people[id_]), None)
                if slot is not None:
                    flags.add(next(one for one, contract in slot.contracts.items() if contract == plan.people[id_]))
        steps = {
            (jobs[task], people[person], week - 1): int(hours / problem.step)
            for (task, person, week), hours in plan.hours.items()
            if task in jobs and person in people
        }
        found = with_hires(problem, steps)
        return Solution(steps, found.hired | flags)
