"""Hours that a re-plan would count twice: as history of its baseline, and as what is done or spent by the scenario."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from staffing.errors import Mistake, PlanError
from staffing.plan.answer import Answer
from staffing.plan.facts import Cell
from staffing.plan.numbers import written
from staffing.scenario.amounts import plain
from staffing.scenario.expand import Expanded

_INSTEAD = "take it out, or let rows of worked say what was worked, with as_of in place of from_week"


def refuse_doubled(plan: Answer, history: Mapping[Cell, Fraction], expanded: Expanded) -> None:
    """Raise an error for a baseline whose history is in the scenario already.

    Where ``done`` of a task or ``spent`` of a budget is more than it was when the baseline was made, and the baseline
    has history for it, the same days count in both.

    Parameters
    ----------
    plan
        The baseline.
    history
        Its hours that would be history, by job, person and week.
    expanded
        The scenario that is planned again, without history.

    Raises
    ------
    PlanError
        Naming each task and budget.
    """
    jobs = {expanded.jobs[job].id: expanded.jobs[job] for job, _, _ in history}
    found = [*_done(plan, {job.task for job in jobs.values()}, expanded)]
    for what in ("client", "project"):
        owners = {getattr(job, what) for job in jobs.values() if job.billable} - {None}
        found += _spent(plan, what, owners, expanded)
    if found:
        raise PlanError(found)


def _done(plan: Answer, tasks: Iterable[str], expanded: Expanded) -> Iterator[Mistake]:
    before = {task.id: task.done for task in plan.context.tasks} if plan.context is not None else {}
    now = {task.id: task.done for task in expanded.scenario.tasks}
    for id_ in sorted(tasks):
        was = before.get(id_)
        if was is not None and now[id_] > written(was):
            more = f"done of {id_} is {plain(now[id_])} now and was {was:g} when this plan was made"
            yield Mistake(f"{more}, and its hours of weeks that are over count as well: {_INSTEAD}.", "context.tasks")


def _spent(plan: Answer, what: str, owners: Iterable[str], expanded: Expanded) -> Iterator[Mistake]:
    before: dict[str, Fraction] = {}
    for entry in plan.metrics.get("budgets", ()):
        if entry.get(what) is not None and "spent" in entry:
            before[entry[what]] = before.get(entry[what], Fraction(0)) + written(entry["spent"])
    for owner in sorted(owners):
        now = sum((period.spent for period in expanded.budgets.get((what, owner), ())), Fraction(0))
        if owner in before and now > before[owner]:
            more = f"spent of {what} {owner} is {plain(now)} now and was {plain(before[owner])} when this plan was made"
            twice = "and what its weeks that are over burned counts as well"
            yield Mistake(f"{more}, {twice}: {_INSTEAD}.", "metrics.budgets")
