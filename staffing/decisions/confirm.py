"""What more of something gains, by planning anew: the plan as it could be anyway, and with more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property

from staffing.auditing.audit import audit_draft
from staffing.decisions.given import Effort, Given
from staffing.decisions.more import More
from staffing.decisions.trial import After, Fit, Objective, Trial, Wish
from staffing.errors import ScenarioError
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, reported
from staffing.plan.numbers import written
from staffing.plan.records import GoalResult, Number
from staffing.scenario.expand import Job
from staffing.scenario.records import MAXIMISED, Goal, GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.solution import Solution
from staffing.solving.tuning import TUNING

WAITING, AT_WORK = 4, 3
"""Waiting tasks that a question begins with, the most valuable; and tasks of that week, those with most hours."""
NEARBY = 16
"""Tasks of a large plan that are planned anew, about."""
WITHOUT = 0.4
"""Of the time: for a small plan as it could be anyway."""
AHEAD = 2.0
"""How much of the time of those to come one may take, in parts of its own."""
LEAST = 0.2
"""Seconds below which nothing is begun: it would find nothing, and seem to be worth nothing."""
BY_WORK: frozenset[Goal] = frozenset({"cost", "overtime", "hours"})
"""Goals that more work makes worse by nature."""

Gain = Mapping[Goal, Number]
"""By goal: after less before."""


class Confirming:
    """Plans anew what there may be more of, each beside the same plan.

    A small problem is solved whole, as it is and with more. Of a large one the tasks nearby are planned anew. Where
    that gains, they are planned without more, too: what is gained then is the plan's own, and all that follows begins
    from there. So does what follows a plan that was found with more, and needs none of it.

    Where a tolerance lets a goal give something up for later ones, a large plan keeps the place it has: tolerances are
    set aside, and those later goals hold, but for what more work takes.

    Parameters
    ----------
    given
        The plan.
    """

    def __init__(self, given: Given) -> None:
        self.given = given
        self.before = After(given.facts)
        """The plan that gains are counted from."""
        self._found: dict[More, After] = {}
        self._known: dict[More, tuple[int, int, Gain]] = {}
        self._loose = any(entry.tolerance for entry in given.goals)

    @cached_property
    def large(self) -> bool:
        """Whether tasks nearby are planned anew, and not the whole."""
        return Trial(self.given, self.given.scenario, Wish()).problem.cells > TUNING.question_cells

    def _planned(self, scenario: Scenario, more: More, effort: Effort) -> After:
        """Return the best plan of a scenario, with or without more, from the plan that gains are counted from."""
        given = replace(self.given, facts=self.before.facts)
        trial = (Nearby if self.large else Trial)(given, scenario, Wish(), self._about(more))
        return trial.best(Fit(trial.start), effort)

    def confirm(self, mores: Sequence[More], effort: Effort) -> None:
        """Plan anew with each, in order, as far as the time reaches."""
        if mores and not self.large and not self._found and not effort.over:
            self.before = self._planned(self.given.scenario, mores[0], effort.part(WITHOUT))
        for number, more in enumerate(mores):
            if effort.over or effort.clock.left < LEAST:
                return
            part = effort.part(min(1.0, AHEAD / (len(mores) - number)))
            self._confirm(more, part)
            if self.large and self._gains(more) and not part.over:
                self._confirm_anew(more, part)

    def _confirm(self, more: More, effort: Effort) -> None:
        assert more.patch is not None
        try:
            scenario = self.given.scenario.patch(more.patch)
        except ScenarioError:  # such as more hours than a scenario may have
            return
        after = self._found[more] = self._planned(scenario, more, effort)
        expanded = self.given.facts.expanded
        settled = self.before.proven or (self._loose and not self.large)
        if settled or audit_draft(expanded, after.facts.draft):
            return
        self._begin_from(After(Facts(expanded, after.facts.draft, self.given.baseline)))  # it needs nothing more

    def _confirm_anew(self, more: More, effort: Effort) -> None:
        """Plan the same tasks without more; where that gains too, again with more, from there."""
        if self._begin_from(self._planned(self.given.scenario, more, effort)):
            self._confirm(more, effort)

    def _begin_from(self, plan: After) -> bool:
        """Count gains from a plan of the scenario as it is, where it is better than that so far."""
        better = self._key(plan.facts) < self._key(self.before.facts)
        if better:
            self.before = plan
        return better

    def _gains(self, more: More) -> bool:
        found = self._found.get(more)
        return found is not None and self._key(found.facts) < self._key(self.before.facts)

    # what was found

    @property
    def plan_gain(self) -> Gain | None:
        """What the plan itself can gain; None where nothing better was found."""
        if self._key(self.before.facts) >= self._key(self.given.facts):
            return None
        return self._difference(self.before.facts, self.given.facts)

    def bettered(self, goal: Goal) -> Fraction:
        """Return by how much the plan that gains are counted from is better than the one given."""
        measure = MEASURES[goal]
        more = measure(self.before.facts) - measure(self.given.facts)
        return more if goal in MAXIMISED else -more

    def gain(self, more: More) -> Gain | None:
        """Return what more of something gains beyond what the plan could gain anyway; None where that was not found."""
        after, before = self._found.get(more), self.before
        if after is None:
            return None
        known = self._known.get(more)
        if known is None or known[:2] != (id(after), id(before)):
            known = self._known[more] = id(after), id(before), self._between(after, before)
        return known[2]

    def _between(self, after: After, before: After) -> Gain:
        if self._loose and not self.large and after.goals and before.goals:
            return _best_between(after.goals, before.goals)
        as_before = Facts(after.facts.expanded, before.facts.draft, self.given.baseline)
        return self._difference(min(after.facts, as_before, key=self._key), before.facts)

    def proven(self, more: More) -> bool:
        """Return whether no plan is better, before and after."""
        after = self._found.get(more)
        return after is not None and after.proven and self.before.proven

    def after(self, more: More) -> Draft | None:
        """Return the plan found with more of something."""
        found = self._found.get(more)
        return None if found is None else found.facts.draft

    # what a question is about

    def _about(self, more: More) -> list[str]:
        """Return the tasks that more of something is about: what has the hours of that week, and what waits for it."""
        facts = self.before.facts
        if more.kind == "week":
            return [more.task]
        waiting = sorted((job for job in facts.waiting if self._concerns(more, job)), key=lambda job: -job.value)
        cells = facts.draft.hours.items() if more.kind == "hour" else ()
        week = (more.person, more.week)
        at_work = sorted(
            ((-amount, task) for (task, *cell), amount in cells if tuple(cell) == week), key=lambda it: it[0]
        )
        return [*(job.id for job in waiting[:WAITING]), *(task for _, task in at_work[:AT_WORK])]

    def _concerns(self, more: More, job: Job) -> bool:
        expanded = self.before.facts.expanded
        if more.kind == "percent":
            return job.billable and more.owner == (job.client if more.of == "client" else job.project)
        able = expanded.may_do(job, expanded.people[more.person])
        return able and job.earliest <= more.week <= job.deadline

    # differences

    def _key(self, facts: Facts) -> list[Fraction]:
        """Return what orders plans, the best first."""
        return [-MEASURES[goal](facts) if goal in MAXIMISED else MEASURES[goal](facts) for goal in self._goals]

    def _difference(self, after: Facts, before: Facts) -> Gain:
        return {goal: reported(goal, MEASURES[goal](after) - MEASURES[goal](before)) for goal in self._goals}

    @cached_property
    def _goals(self) -> list[Goal]:
        return [entry.goal for entry in self.given.goals]


class Nearby(Trial):
    """A trial that keeps the place a plan has within its tolerances."""

    def best(self, fit: Fit, effort: Effort, keeping: Objective | None = None) -> After:
        """Return the best plan with the tasks nearby free; no proof of the whole."""
        assert fit.solution is not None, "there is a plan to begin from"
        return After(self._searched(self._near(fit.solution, NEARBY, waiting=True), effort, keeping)[1].facts)

    @cached_property
    def goals(self) -> tuple[GoalEntry, ...]:
        """The goals, with no tolerance."""
        return tuple(GoalEntry(goal=entry.goal) for entry in self.given.goals)

    @cached_property
    def _held(self) -> frozenset[Goal]:
        """Goals for which an earlier one may have given something up."""
        entries = self.given.goals
        first = next((number for number, entry in enumerate(entries) if entry.tolerance), len(entries))
        return frozenset(entry.goal for entry in entries[first + 1 :]) - BY_WORK

    def prepare(self, search: LexicographicSearch, start: Solution) -> None:
        """Hold these goals where the plan has them."""
        for term in search.context.terms:
            if term.goal in self._held:
                search.keep(term, search.context.objectives.of(term, start))


def _best_between(after: Sequence[GoalResult], before: Sequence[GoalResult]) -> Gain:
    """Return the difference of the best of each goal at its turn: a plan within a tolerance is one of many."""
    pairs = zip(after, before, strict=True)
    return {one.goal: reported(one.goal, written(one.best) - written(other.best)) for one, other in pairs}
