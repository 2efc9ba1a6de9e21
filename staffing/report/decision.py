"""The decision in five lines: what is delivered, what slips, what waits, what it costs, how near the best it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markupsafe import Markup

from staffing.console.families import results_alike
from staffing.console.tasks import done_before, late_alike
from staffing.plan.obstacles.lacking import most_lacked
from staffing.plan.records import GoalResult, Number, TaskResult
from staffing.report.answers.document import Record
from staffing.report.answers.explain import best_help
from staffing.report.names import Told
from staffing.scenario.records import MAXIMISED

Tone = Literal["good", "warn", "plain"]
MOST_NAMES = 3
"""Tasks that a line names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the decision.

    Attributes
    ----------
    label
        What it is about, in a word.
    figure
        The answer, as short as can be.
    text
        What there is to say beyond it.
    tone
        Whether it is good news, something to look at, or neither.
    help
        The cheapest thing that would help most, or what is lacked most; None where nothing of the kind is known.
    """

    label: str
    figure: Markup
    text: Markup
    tone: Tone = "plain"
    help: Markup | None = None


def decision(told: Told, answers: Sequence[Record] = ()) -> tuple[Line, ...]:
    """Return the plan in five lines: what is delivered, late and waiting, what it costs, and what is proven.

    Parameters
    ----------
    told
        The plan.
    answers
        What was answered of it: the cheapest thing that would help most is named.
    """
    late = replace(_late(told), help=best_help(told, answers, "late"))
    waiting = replace(_waiting(told), help=best_help(told, answers, "waiting") or _lacked(told))
    return (_delivered(told), late, waiting, _cost(told), _proof(told))


def _delivered(told: Told) -> Line:
    say, metrics = told.say, told.plan.metrics
    done, waiting = metrics.get("delivered_tasks", 0), metrics.get("waiting_tasks", 0)
    text = say(
        "delivered_says",
        value=say.number(metrics.get("delivered_value")),
        total=say.number(metrics.get("total_value")),
        hours=say.number(metrics.get("planned_hours")),
        capacity=say.number(metrics.get("capacity_hours")),
        share=say.percent(metrics.get("utilisation", {}).get("all")),
        overtime=say.count("hours", metrics.get("overtime_hours", 0)),
        switching=say.count("hours", metrics.get("switching_hours", 0)),
    )
    before = done_before(told.plan)
    if before:
        text += Markup(" ") + say("done_before", tasks=say.count("tasks", before))
    figure = say("of_tasks", n=say.number(done), tasks=say.count("tasks", done + waiting))
    return Line(say.words["line_delivered"], figure, text, "good" if not waiting else "plain")


def _late(told: Told) -> Line:
    say = told.say
    late = late_alike(told.plan)
    if not late:
        return Line(say.words["line_late"], say("nothing_late"), say("all_on_time"), "good")
    named = [
        told.called(
            [task.task for task in results], late=say("late_by", weeks=say.count("weeks", results[0].weeks_late))
        )
        for results in late[:MOST_NAMES]
    ]
    tasks = sum(map(len, late))
    weeks = say.count("weeks", sum(task.weeks_late for results in late for task in results))
    text = say("late_says", weeks=weeks, names=_and_more(told, named, len(late)))
    return Line(say.words["line_late"], say("tasks_late", tasks=say.count("tasks", tasks)), text, "warn")


def _waiting(told: Told) -> Line:
    say = told.say
    waiting = [task for task in told.plan.results if task.state == "waiting"]
    if not waiting:
        return Line(say.words["line_waiting"], say("nothing_waits"), say("all_delivered"), "good")
    by_reason: defaultdict[str, list[TaskResult]] = defaultdict(list)
    for task in waiting:
        if word := told.word_of(task):
            by_reason[word].append(task)
    most_first = sorted(by_reason.items(), key=lambda entry: -len(entry[1]))
    most_names = MOST_NAMES if len(by_reason) < MOST_NAMES else 1
    reasons = [_because(told, word, tasks, most_names) for word, tasks in most_first]
    must = told.plan.metrics.get("must_waiting_hours")
    if must:
        reasons.insert(0, say("must_waits", hours=say.count("hours", must)))
    text = say(
        "waiting_says",
        value=say.number(sum(task.value for task in waiting)),
        reasons=say.capital(say.listed(reasons, "semicolon")),
    )
    return Line(say.words["line_waiting"], say("tasks_wait", tasks=say.count("tasks", len(waiting))), text, "warn")


def _because(told: Told, word: str, tasks: list[TaskResult], most_names: int) -> Markup:
    """Return why tasks wait, how many, and which have the highest value; occurrences of one task count as one."""
    say = told.say
    alike = results_alike(tasks, told.word_of)
    dearest = sorted(alike, key=lambda several: -sum(task.value for task in several))
    named = [told.called([task.task for task in several]) for several in dearest[:most_names]]
    names = _and_more(told, named, len(dearest))
    return say("reason_names", reason=say.words[word], n=say.number(len(tasks)), names=names)


def _lacked(told: Told) -> Markup | None:
    """Return which budget waiting tasks lack most, as far as arithmetic alone can say it."""
    say, lacked = told.say, most_lacked(told.plan)
    if lacked is None:
        return None
    return say(
        "lacks_budget_whole" if lacked.period == "horizon" else "lacks_budget",
        budget=told.project(lacked.owner) if lacked.of == "project" else told.client(lacked.owner),
        period=say.period(lacked.period),
        amount=told.money(lacked.more),
        n=say.number(lacked.tasks),
    )


def _and_more(told: Told, named: list[Markup], of: int) -> Markup:
    more = [told.say("and_more", n=told.say.number(of - len(named)))] if of > len(named) else []
    return told.say.listed([*named, *more])


def _cost(told: Told) -> Line:
    say, metrics = told.say, told.plan.metrics
    text = say("cost_says", revenue=told.money(metrics.get("revenue")), margin=told.money(metrics.get("margin")))
    if told.plan.hired:
        text += Markup(" ") + say("hired_says", names=told.persons(told.plan.hired))
    return Line(say.words["line_cost"], told.money(metrics.get("cost")), text)


def _proof(told: Told) -> Line:
    say, goals = told.say, told.plan.goals
    label = say.words["line_proof"]
    if not goals:
        return Line(label, say("no_goals"), say("no_goals_says"), "warn")
    still_open = [goal for goal in goals if not goal.proven]
    if not still_open:
        return Line(label, say("all_proven"), say("all_proven_says", n=say.number(len(goals))), "good")
    parts = []
    if bounded := [_open(told, goal, goal.bound) for goal in still_open if goal.bound is not None]:
        parts.append(say.capital(say.listed(bounded, "semicolon")) + ".")
    if unbounded := [_reached(told, goal) for goal in still_open if goal.bound is None]:
        parts.append(say("not_bounded_goals", goals=say.listed(unbounded, "semicolon")))
    proven = [say.words[f"goal_{goal.goal}"] for goal in goals if goal.proven]
    if proven:
        parts.append(say("proven_goals", names=say.listed(proven)))
    parts.append(say("in_their_order"))
    return Line(label, _nearest(told, still_open[0]), Markup(" ").join(parts), "warn")


def _nearest(told: Told, goal: GoalResult) -> Markup:
    """Return how near to the best a goal is proven to be, as a share where that can be taken."""
    say, word = told.say, told.say.capital(told.say(f"goal_{goal.goal}"))
    if goal.bound is None:
        return say("near_unbounded", goal=word, value=say.number(goal.value))
    if goal.goal in MAXIMISED and 0 < goal.value <= goal.bound:
        return say("near_best", goal=word, share=say.percent(goal.value / goal.bound))
    return say("near_least", goal=word, value=say.number(goal.value), bound=say.number(goal.bound))


def _open(told: Told, goal: GoalResult, bound: Number) -> Markup:
    say = told.say
    side = say.words["side_most" if goal.goal in MAXIMISED else "side_least"]
    word = say.words[f"goal_{goal.goal}"]
    return say("open_goal", goal=word, value=say.number(goal.value), side=side, bound=say.number(bound))


def _reached(told: Told, goal: GoalResult) -> Markup:
    return told.say("goal_at", goal=told.say.words[f"goal_{goal.goal}"], value=told.say.number(goal.value))
