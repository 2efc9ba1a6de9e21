"""The question behind all repairs: how are some tasks delivered beside all that the plan delivers?"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from staffing.decisions.given import Given
from staffing.decisions.trial import Trial, as_good
from staffing.errors import ScenarioError
from staffing.plan.draft import Draft
from staffing.plan.names import Names
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.records import Staff, Task


@dataclass(frozen=True)
class Question:
    """Some tasks to deliver, or, where they are late, to deliver on time.

    Attributes
    ----------
    given
        The plan.
    jobs
        The tasks: one, or occurrences of one that are asked for together.
    late
        Whether the plan delivers them late.
    names
        What people read for ids.
    """

    given: Given
    jobs: tuple[Job, ...]
    late: bool
    names: Names

    @property
    def expanded(self) -> Expanded:
        """The scenario as the rules see it, with the history of the plan."""
        return self.given.facts.expanded

    @cached_property
    def step(self) -> Fraction:
        """The grid of hours."""
        return self.expanded.step

    @cached_property
    def tasks(self) -> dict[str, Task]:
        """The tasks of the scenario, by id."""
        return {task.id: task for task in self.given.scenario.tasks}

    @cached_property
    def task(self) -> Task:
        """The task of the scenario that all of these come from."""
        return self.tasks[self.jobs[0].task]

    @cached_property
    def staff(self) -> dict[str, Staff]:
        """The entries of the staff, by id."""
        return {member.id: member for member in self.given.scenario.staff}

    @cached_property
    def before(self) -> tuple[Job, ...]:
        """All tasks that come before these, directly or not, the nearest first."""
        found: dict[str, Job] = {}
        jobs, known = self.expanded.jobs, {job.id for job in self.jobs}
        queue = [task for job in self.jobs for task, _ in job.after]
        while queue:
            id_ = queue.pop(0)
            if id_ not in found and id_ not in known and not jobs[id_].done:
                found[id_] = jobs[id_]
                queue += [task for task, _ in jobs[id_].after]
        return tuple(found.values())

    @property
    def row(self) -> tuple[Job, ...]:
        """These tasks and all that come before them."""
        return (*self.jobs, *self.before)

    def called(self, id_: str) -> str:
        """Return what a task is called, with its client where that is another one."""
        client = self.expanded.jobs[id_].client
        name = self.names.work(id_)
        return name if client == self.jobs[0].client else f"{name} for {self.names.client(client)}"

    def trial(
        self,
        patch: Mapping[str, Any] | None = None,
        *,
        given_up: Collection[str] = (),
        about: Collection[str] = (),
        begin: Draft | None = None,
        shape: Callable[[Problem], Problem] | None = None,
    ) -> Trial | None:
        """Return the plan sought of the scenario, or of a change of it; None where that change is refused.

        Parameters
        ----------
        patch
            The change.
        given_up
            Tasks that the plan delivers and that may wait.
        about
            Further tasks that are surely free.
        begin
            Hours to begin from, if not those of the plan.
        shape
            What else is changed of the problem; if None, nobody is hired whom the plan does not hire.
        """
        try:
            scenario = self.given.scenario.patch(patch) if patch else self.given.scenario
        except ScenarioError:
            return None
        jobs = scenario.expanded.jobs
        also = {job.id: jobs[job.id].due if self.late else None for job in self.jobs}
        wish = as_good(self.given, also, given_up, jobs)
        free = [*also, *about]
        return Trial(self.given, scenario, wish, free, begin=begin, shape=shape or self.without_hires)

    def accepts(self, patch: Mapping[str, Any]) -> bool:
        """Return whether a change makes a scenario that checks take."""
        try:
            self.given.scenario.patch(patch)
        except ScenarioError:
            return False
        return True

    def without_hires(self, problem: Problem) -> Problem:
        """Return a problem in which nobody is hired whom the plan does not hire."""
        hired = self.given.facts.hired
        not_hired = {number for number, one in enumerate(problem.people) if one.hire and one.id not in hired}
        return replace(
            problem,
            jobs=tuple(
                replace(job, pairs=tuple(pair for pair in job.pairs if pair.person not in not_hired))
                for job in problem.jobs
            ),
        )

    def as_it_is(self, problem: Problem) -> Problem:
        """Return a problem as it is, with whom it may hire: the shape of a trial that may hire anybody."""
        return problem

    def members(self) -> Iterator[tuple[Staff, str]]:
        """Yield the entries of the staff that stand for one person each, and that person."""
        for member in self.given.scenario.staff:
            people = self.expanded.copies[member.id]
            if len(people) == 1:
                yield member, people[0]
