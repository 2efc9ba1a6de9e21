"""A plan in which somebody is the owner of a task, and the best such plan.

A small problem is planned as a whole, so that its price is exact. Of a large one ever more tasks near the one in
question are free, all else stays as it is; there all goals are sought at once, as one sum in which a goal weighs more
than all that come after it together: goal by goal, little time would be left for the last ones.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from staffing.decisions.given import Effort
from staffing.decisions.nearby import nearest
from staffing.decisions.part import Part
from staffing.decisions.trial import After, Objective, Trial, run_model
from staffing.plan.goals import MEASURES
from staffing.scenario.records import GoalEntry
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS
from staffing.solving.lns.subproblem import freed
from staffing.solving.objectives import terms_of
from staffing.solving.solution import Solution
from staffing.solving.state.greedy import by_density, greedy_guide
from staffing.solving.state.plan import by_job
from staffing.solving.tuning import TUNING


@dataclass(frozen=True)
class Owned:
    """What was found of a plan in which somebody is the owner.

    Attributes
    ----------
    after
        The best one; None where none was found.
    refuted
        Whether it is proven that there is none.
    """

    after: After | None = None
    refuted: bool = False

    @property
    def proven(self) -> bool:
        """Whether no such plan is better, or there is none."""
        return self.refuted or (self.after is not None and self.after.proven)


class OwnerTrial(Trial):
    """A plan sought in which a task has a certain owner."""

    def owned(self, effort: Effort) -> Owned:
        """Return the best plan found."""
        if self.impossible or not self.large:
            fit = self.fits(effort)
            if fit.solution is None:
                return Owned(refuted=fit.refuted)
            return Owned(self.best(fit, effort))
        solution = self._best_near(effort)
        if solution is None:
            fit = run_model(self.problem, None, self.start, effort)
            if fit.solution is None:
                return Owned(refuted=fit.refuted)
            solution = self.restored(fit.solution)
        return Owned(After(self.facts(solution)))

    def _best_near(self, effort: Effort) -> Solution | None:
        """Return the best plan found with ever more tasks free, those nearest to the question first."""
        sizes = list(TUNING.candidate_jobs)
        found = None
        while found is None and len(sizes) > 2 and not effort.over:
            found = self._planned(None, sizes.pop(0), effort.part(1 / (2 + len(sizes))))
        found = self._better(found, self.placed)
        while sizes and not effort.over:
            share = 1 / len(sizes)
            found = self._planned(found, sizes.pop(0), effort.part(share)) or found
        return None if found is None else self.restored(found)

    def _planned(self, found: Solution | None, size: int, effort: Effort) -> Solution | None:
        """Plan some tasks anew; all else stays as in a plan found so far, or where there is none in the plan given."""
        plan, state = found or self.start, self._state
        state.load(by_job(plan))
        jobs = nearest(state, self._concerned, size, waiting=found is not None)
        part = Part(self.problem, plan, freed(state, self._baseline, jobs, range(len(self.problem.people))))
        objective = self._all_goals(part.joined(Solution({})), part.sub.baseline)
        fit = run_model(part.sub.problem, objective, part.sub.hint, effort)
        return None if fit.solution is None else part.joined(fit.solution)

    def _better(self, one: Solution | None, other: Solution | None) -> Solution | None:
        """Return the better of two plans, goal by goal; of a goal with a tolerance no more counts than is given."""
        if one is None or other is None:
            return one or other

        def key(solution: Solution) -> list[Fraction]:
            facts = self.facts(solution)
            found = []
            for entry in self.goals:
                sign = GOALS[entry.goal].sign
                reached = sign * MEASURES[entry.goal](facts)
                found.append(max(reached, sign * self._given(entry)) if entry.tolerance else reached)
            return found

        return min(one, other, key=key)

    @cached_property
    def placed(self) -> Solution | None:
        """A plan found at once, of a large problem.

        What the question is about is placed into the plan given, for which as few tasks nearby as need be make room.
        These are placed again, as they were where there is room, else with whoever costs least; what has none waits.
        """
        if self.impossible or not self.large:
            return None
        state, guide = self._state, greedy_guide(self.problem)
        before = by_job(self.start)
        wanted = self.problem.in_order(job for job, data in enumerate(self.problem.jobs) if data.forced)
        for size in TUNING.candidate_jobs:
            state.load(before)
            near = nearest(state, self._concerned, size, waiting=False)
            for job in self._with_followers(near):
                if job in state.cells:
                    state.remove(job)
            for job in wanted:
                if job not in state.cells:
                    state.insert(job, guide)
            if all(job in state.cells for job in wanted):
                again = [job for job in by_density(self.problem, before) if job not in state.cells]
                for job in self.problem.in_order(again):
                    if job not in state.cells and not state.insert_as_planned(job):
                        state.insert(job, guide)
                return state.solution()
        return None

    def _with_followers(self, jobs: Collection[int]) -> list[int]:
        """Return jobs and all that comes after them."""
        before = self.problem.predecessors
        return [job for job in range(len(self.problem.jobs)) if job in jobs or not before[job].isdisjoint(jobs)]

    def _all_goals(self, kept: Solution, baseline: Earlier) -> Objective:
        """Return all goals as one sum, the first ones weighing most; the last ones may be left out.

        Of a goal with a tolerance no more is asked than the plan given has: it may have given some up for later ones.

        Parameters
        ----------
        kept
            All that is not free.
        baseline
            Of what is free.
        """
        entries = self.goals
        measured = {}
        if any(entry.tolerance for entry in entries):
            facts = self.facts(kept)
            measured = {entry.goal: MEASURES[entry.goal](facts) for entry in entries}

        def objective(model: Model) -> Terms:
            sums = [GOALS[entry.goal].objective(model, baseline) for entry in entries]
            if measured:
                terms = terms_of(model.problem, list(measured), measured, baseline)
                sums = [
                    _beyond(model, sum_, term.most(self._given(entry))) if entry.tolerance else sum_
                    for entry, term, sum_ in zip(entries, terms, sums, strict=True)
                ]
            return _weighed(model, sums)

        return objective

    def _given(self, entry: GoalEntry) -> Fraction:
        """Return how far the plan given reaches a goal."""
        return MEASURES[entry.goal](self.given.facts)


def _beyond(model: Model, terms: Terms, limit: int) -> Terms:
    """Return as a sum how much more than a limit another sum is."""
    most = sum(factor * (model.high(var) if factor > 0 else model.low(var)) for var, factor in terms)
    if most <= limit:
        return []
    over = model.cp.new_int_var(0, most - limit, "beyond what is given")
    model.cp.add(sum(factor * var for var, factor in terms) - over <= limit)
    return [(over, 1)]


def _weighed(model: Model, sums: list[Terms]) -> Terms:
    """Return several sums as one, each weighing more than all after it; as many of the first as can be added up."""
    spans = [sum(abs(factor) * (model.high(var) - model.low(var)) for var, factor in terms) for terms in sums]
    while len(sums) > 1 and _product(spans) > TUNING.weighed_most:
        sums, spans = sums[:-1], spans[:-1]
    weighed: Terms = []
    weight = 1
    for terms, span in zip(reversed(sums), reversed(spans), strict=True):
        weighed += [(var, factor * weight) for var, factor in terms]
        weight *= span + 1
    return weighed


def _product(spans: list[int]) -> int:
    product = 1
    for span in spans:
        product *= span + 1
    return product
