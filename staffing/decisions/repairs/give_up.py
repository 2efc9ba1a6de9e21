"""Other tasks given up: those of the least value together."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Elastic
from staffing.decisions.repairs.words import number
from staffing.decisions.trial import Trial, as_good
from staffing.plan.facts import ZERO, Facts
from staffing.plan.obstacles.find import hindered
from staffing.problem.problem import JobData, Problem
from staffing.scenario.expand import Job
from staffing.scenario.findings import listed
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var

LARGE = 10**10
"""Values beyond are not multiplied: they have four decimals, and 64 bits are not enough for all."""


class GiveUp(Elastic):
    """Tasks of the scenario that the plan delivers, taken out: a repeating one with all its occurrences.

    `must` work stays, and what has fixed hours: it was worked on, or promised. What comes after a task that is taken
    out need not wait for it.
    """

    cheapest = True

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._edges: dict[str, tuple[tuple[str, int], ...]] = {}

    @cached_property
    def tasks(self) -> dict[str, list[Job]]:
        """By id of a task of the scenario that may be given up: what the plan delivers of it."""
        question = self.question
        facts = question.given.facts
        fixed = {facts.expanded.jobs[job].task for job, _, _ in (*facts.history, *facts.promised)}
        kept = fixed | {question.task.id} | {row.task for row in question.given.scenario.worked}
        found: dict[str, list[Job]] = {}
        for job in facts.delivered:
            if not job.must and job.task not in kept:
                found.setdefault(job.task, []).append(job)
        return found

    def trial(self) -> Trial | None:
        """Return the plan sought if all of these may wait."""
        if not self.tasks:
            return None
        free = {job.id for jobs in self.tasks.values() for job in jobs}
        trial = self.question.trial(given_up=free, about=self._paid, shape=self._in_time)
        if trial is None or not self._followed:
            return trial
        if trial.large:  # a part of it would not know that what is kept may come first
            self.least_is_exact = False
            return trial
        return self.question.trial(given_up=free, about=self._paid, shape=self._loose)

    @cached_property
    def _paid(self) -> list[str]:
        """What the plan delivers out of a budget that has too little left for the tasks."""
        facts, jobs = self.question.given.facts, self.question.jobs
        short = {(one.of, one.budget) for one in hindered(facts, jobs[0]).obstacles if one.kind == "budget"}
        return [
            job.id
            for job in facts.delivered
            if job.billable and not short.isdisjoint({("client", job.client), ("project", job.project)})
        ]

    @property
    def _followed(self) -> bool:
        """Whether anything comes after what may be given up."""
        jobs = self.question.expanded.jobs
        return any(jobs[before].task in self.tasks for job in jobs.values() for before, _ in job.after)

    def _in_time(self, problem: Problem) -> Problem:
        """Return a problem in which what may be given up is no later than it is, or may be, where it is delivered."""
        last = as_good(self.question.given, {}).delivered
        tasks = self.tasks

        def one(job: JobData) -> JobData:
            latest = last.get(job.id) if job.family in tasks else None
            return job if latest is None else replace(job, last=min(job.last, latest - 1))

        problem = self.question.without_hires(problem)
        return replace(problem, jobs=tuple(map(one, problem.jobs)))

    def _loose(self, problem: Problem) -> Problem:
        """Return a problem in which nothing waits for what may be given up; the model says when it does."""
        problem = self._in_time(problem)
        ids = [job.id for job in problem.jobs]
        loose = {number for number, job in enumerate(problem.jobs) if job.family in self.tasks}
        self._edges = {
            job.id: tuple((ids[before], lag) for before, lag in job.after if before in loose) for job in problem.jobs
        }
        return replace(
            problem,
            jobs=tuple(
                replace(job, after=tuple(entry for entry in job.after if entry[0] not in loose)) for job in problem.jobs
            ),
        )

    def objective(self, model: Model) -> Terms:
        """Return the value of what is given up."""
        numbers = {job.id: number for number, job in enumerate(model.problem.jobs)}
        gone: dict[str, Var] = {}
        terms: Terms = []
        for task, jobs in self.tasks.items():
            free = [numbers[job.id] for job in jobs if job.id in numbers]
            if not free:
                continue
            flag = gone[task] = model.flag(
                f"gone {task}",
                lambda read, free=free: not all(map(read.delivered, free)),  # type: ignore[misc]
            )
            for job in free:
                if job in model.delivered:
                    model.cp.add(model.delivered[job] + flag == 1)
                else:
                    model.cp.add(flag == 1)
            worth = int(sum((job.value for job in jobs), ZERO) / model.problem.money_unit)
            terms.append((flag, worth * self._fewest + 1 if self._fewest > 1 else worth))
        for later, edges in self._edges.items():
            for before, lag in edges:
                if later in numbers and before in numbers:
                    first = numbers[before]
                    _in_order(model, numbers[later], first, lag, gone.get(model.problem.jobs[first].family))
        return terms

    @cached_property
    def _fewest(self) -> int:
        """What values are multiplied by, so that of tasks of one value together the fewest are given up."""
        values = sum((job.value for jobs in self.tasks.values() for job in jobs), ZERO)
        return len(self.tasks) + 1 if values * len(self.tasks) < LARGE else 1

    def change(self, facts: Facts) -> Change | None:
        """Return what a plan does not deliver whole."""
        gone = {task: jobs for task, jobs in self.tasks.items() if not all(facts.is_delivered(job.id) for job in jobs)}
        if not gone:
            return None
        value = sum((job.value for jobs in gone.values() for job in jobs), ZERO)
        called = listed([_times(self.question.called(jobs[0].id), len(jobs)) for jobs in gone.values()])
        return Change(
            kind="give_up",
            amount=value,
            unit="value",
            patch={"remove": {"tasks": list(gone)}},
            text=f"Give up {called}, worth {number(value)}{' together' if len(gone) > 1 else ''}.",
            given_up=frozenset(job.id for jobs in gone.values() for job in jobs),
        )


def _times(name: str, often: int) -> str:
    return name if often == 1 else f"{name} ×{often}"


def _in_order(model: Model, later: int, before: int, lag: int, gone: Var | None) -> None:
    """Hold a task to what comes before it, unless that is gone (rule P)."""
    if later not in model.delivered:
        return
    unless = [] if gone is None else [gone]
    if before not in model.delivered:
        model.cp.add_bool_or([model.delivered[later].negated(), *unless])
        return
    model.cp.add_bool_or([model.delivered[later].negated(), model.delivered[before], *unless])
    first, data = model.problem.jobs[before], model.problem.jobs[later]
    for week in range(data.first, min(data.last, first.last + lag - 1) + 1):
        begun = model.begun(later, week)
        if model.high(begun) > 0:
            over = model.over(before, week - lag)
            model.cp.add_bool_or([begun.negated(), over, *unless])
