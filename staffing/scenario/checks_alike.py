"""Ids and skills that look the same and are not."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.scenario.directory import one_of
from staffing.scenario.findings import Finding
from staffing.scenario.paths import LISTS, Path, label
from staffing.scenario.scenario import Scenario
from staffing.scenario.spelling import Twins, difference


def ids(scenario: Scenario) -> Iterator[Finding]:
    """Two ids of one list differ in more than what is hard to see."""
    for kind in ("roles", *LISTS):
        twins = Twins()
        for path, id_ in _ids(scenario, kind):
            if (other := twins.of(id_)) is not None:
                yield Finding(path, _two(one_of(kind), id_, other), kind == "roles")


def _ids(scenario: Scenario, kind: str) -> Iterator[tuple[Path, str]]:
    if kind == "roles":
        yield from (((kind, role), role) for role in scenario.roles)
        return
    for number, entry in enumerate(getattr(scenario, kind)):
        yield (kind, number, "id"), entry.id


def skills(scenario: Scenario) -> Iterator[Finding]:
    """A skill is spelled the same wherever people have it or tasks ask for it; each other spelling is found once."""
    twins = Twins()
    told: set[str] = set()
    for kind in ("staff", "tasks"):
        for number, entry in enumerate(getattr(scenario, kind)):
            for skill in entry.skills:
                other = twins.of(skill)
                if other is not None and skill not in told:
                    told.add(skill)
                    yield Finding((kind, number, "skills", skill), _two("skill", skill, other))


def _two(what: str, word: str, other: str) -> str:
    return f'"{label(word)}" is another {what} than "{label(other)}": {difference(word, other)}'
