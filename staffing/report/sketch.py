"""A scenario in short: who is there, for whom they work, and how much of it there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from markupsafe import Markup

from staffing.report.language import Language, name

if TYPE_CHECKING:
    from staffing.scenario.expand import Person
    from staffing.scenario.scenario import Scenario

MOST_ROWS = 12
"""Rows of a table; of more, their number is told."""


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody, and the hours of capacity over all weeks."""

    name: Markup
    role: Markup
    hours: float


@dataclass(frozen=True, slots=True)
class Account:
    """A client with its tasks, occurrences each for themselves, and the hours of effort left in them."""

    name: Markup
    tasks: int
    hours: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """A scenario in short."""

    title: Markup
    description: Markup
    facts: Markup
    people: tuple[Member, ...]
    clients: tuple[Account, ...]
    more: Markup
    """How many more there are than are shown; nothing where all are."""


def sketch(scenario: Scenario, say: Language) -> Sketch:
    """Return a scenario in short."""
    expanded = scenario.expanded
    tasks = Counter(job.client for job in expanded.jobs.values())
    effort = dict.fromkeys(expanded.clients, Fraction(0))
    for job in expanded.jobs.values():
        effort[job.client] += max(Fraction(0), job.effort)
    facts = (
        say("span", weeks=say.count("weeks", scenario.weeks), day=say.day(scenario.start)),
        say.count("people", len(expanded.people)),
        say.count("clients", len(expanded.clients)),
        say.count("tasks", len(expanded.jobs)),
    )
    people, clients = list(expanded.people.values()), list(expanded.clients.values())
    return Sketch(
        title=name(scenario.name),
        description=name(scenario.description) if scenario.description else Markup(""),
        facts=Markup(" · ").join(facts),
        people=tuple(Member(name(person.name), say.role(person.role), _hours(person)) for person in people[:MOST_ROWS]),
        clients=tuple(
            Account(name(client.name or client.id), tasks[client.id], float(effort[client.id]))
            for client in clients[:MOST_ROWS]
        ),
        more=_more(say, {"people": len(people) - MOST_ROWS, "clients": len(clients) - MOST_ROWS}),
    )


def _more(say: Language, hidden: dict[str, int]) -> Markup:
    told = [say.count(things, number) for things, number in hidden.items() if number > 0]
    return say("and_more_of", things=say.listed(told)) if told else Markup("")


def _hours(person: Person) -> float:
    return float(sum(person.capacity, Fraction(0)))
