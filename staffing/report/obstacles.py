"""What is in the way of tasks that wait, in the language of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from staffing.plan.obstacles.records import Obstacle
from staffing.plan.obstacles.words import GAPS, gaps_of, gaps_of_because, key_of, key_of_because
from staffing.plan.records import TaskResult
from staffing.report.language import name
from staffing.report.names import Told


def why(told: Told, results: Sequence[TaskResult]) -> Markup | None:
    """Return in a sentence why tasks wait that do so for the same thing; None where the plan does not say it."""
    because = told.because(results)
    if because is None:
        return None
    key = key_of_because(because, several=len(results) > 1)
    otherwise = told.word_of(results[0]) or "hindrance_nothing"
    return _said(told, key, gaps_of_because(because), because.obstacle, otherwise)


def sentence(told: Told, obstacle: Obstacle, *, late: bool = False) -> Markup:
    """Return an obstacle in a sentence."""
    return _said(told, key_of(obstacle, late=late), gaps_of(obstacle), obstacle, f"hindrance_{obstacle.kind}")


def _said(told: Told, key: str, gaps: Mapping[str, Any], obstacle: Obstacle | None, otherwise: str) -> Markup:
    say, of_project = told.say, obstacle is not None and obstacle.of == "project"
    readers: dict[str, Callable[[Any], object]] = {
        "person": told.person,
        "task": told.task,
        "weeks": lambda weeks: say("in_week" if len(weeks) == 1 else "in_weeks", n=told.weeks_listed(weeks)),
        "period": say.period,
        "budget": told.project if of_project else told.client,
        "work": lambda kind: say.words.get(kind, kind),
        "text": name,
        "hours": lambda hours: say.count("hours", hours),
        "clients": lambda clients: say.count("clients", clients),
    }
    filled = {
        gap: say.number(value) if gap not in GAPS else readers[GAPS[gap]](value) if value is not None else "–"
        for gap, value in gaps.items()
    }
    said = say(f"obstacle_{key}" if f"obstacle_{key}" in say.words else otherwise, **filled)
    return said.replace(Markup("s</bdi>'s "), Markup("s</bdi>' ")) if say.code == "en" else said
