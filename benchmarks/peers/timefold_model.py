"""The planning model as Timefold wants it: a task chooses one of its options, a person with hours week by week.

Hard is all that breaks a rule, in steps, money or counts. Net value has medium for must and soft for itself. The
default goals share the two: must and value are weighted together in medium, the others in soft, so that no amount of a
later goal outweighs an earlier one.
"""

# ruff: noqa: ARG005
# A stream hands over all it has, wanted or not.
# mypy: ignore-errors
# Timefold is optional, and its decorators carry no types that mypy can follow.

from dataclasses import dataclass, field
from typing import Annotated

from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardMediumSoftScore,
    Joiners,
    constraint_provider,
)

HARD = HardMediumSoftScore.ONE_HARD
MEDIUM = HardMediumSoftScore.ONE_MEDIUM
SOFT = HardMediumSoftScore.ONE_SOFT


@dataclass(unsafe_hash=True)
class PersonWeek:
    """A person in a week; limits of -1 are none, money comes with the weight of its goal."""

    id: int
    capacity: int = field(hash=False)
    most: int = field(hash=False)
    switching: int = field(hash=False)
    rate: int = field(hash=False)
    premium: int = field(hash=False)
    strategic: int = field(hash=False)
    tactical: int = field(hash=False)
    clients: int = field(hash=False)


@dataclass(unsafe_hash=True)
class Period:
    """A period of a budget with the money left."""

    id: int
    left: int = field(hash=False)


@dataclass(unsafe_hash=True)
class Use:
    """Hours of an option in a week."""

    id: int
    place: PersonWeek = field(hash=False)
    client: int = field(hash=False)
    kind: int = field(hash=False)
    hours: int = field(hash=False)


@dataclass(unsafe_hash=True)
class Burn:
    """What an option burns of a budget period."""

    id: int
    period: Period = field(hash=False)
    money: int = field(hash=False)


@dataclass(unsafe_hash=True)
class Share:
    """An option's person in a one-owner group."""

    id: int
    group: int = field(hash=False)
    person: int = field(hash=False)


@dataclass(unsafe_hash=True)
class Option:
    """A person who does a task, and how."""

    id: int
    person: int = field(hash=False)
    max_clients: int = field(hash=False)
    first: int = field(hash=False)
    last: int = field(hash=False)
    uses: list[Use] = field(hash=False)
    burns: list[Burn] = field(hash=False)
    shares: list[Share] = field(hash=False)
    medium: int = field(hash=False)
    """What the task is worth in medium."""
    soft: int = field(hash=False)
    """What it is worth in soft, its own cost off, switching and overtime aside."""


@planning_entity
@dataclass(unsafe_hash=True)
class Work:
    """A task to plan."""

    id: Annotated[int, PlanningId]
    client: int = field(hash=False)
    kind: int = field(hash=False)
    options: Annotated[list[Option], ValueRangeProvider(id="options")] = field(hash=False)
    option: Annotated[
        Option | None, PlanningVariable(value_range_provider_refs=["options"], allows_unassigned=True)
    ] = field(default=None, hash=False)


@dataclass(unsafe_hash=True)
class Edge:
    """A task that comes before another."""

    id: int
    first: int = field(hash=False)
    second: int = field(hash=False)
    lag: int = field(hash=False)


@planning_solution
@dataclass
class Schedule:
    """All tasks with what limits them."""

    edges: Annotated[list[Edge], ProblemFactCollectionProperty]
    works: Annotated[list[Work], PlanningEntityCollectionProperty]
    contact_weight: int
    score: Annotated[HardMediumSoftScore, PlanningScore] = field(default=None)


def over(place: PersonWeek, hours: int, clients: int) -> int:
    """Steps of load beyond what a week has."""
    return max(0, hours + place.switching * (clients - 1) - place.most)


def pay(place: PersonWeek, hours: int, clients: int) -> int:
    """Money for switching and overtime."""
    lost = place.switching * (clients - 1)
    return lost * place.rate + max(0, hours + lost - place.capacity) * place.premium


def used(factory: ConstraintFactory):
    """Stream hours by person and week."""
    return factory.for_each(Work).map(lambda work: work.option.uses).flatten_last(lambda uses: uses)


def weeks(factory: ConstraintFactory):
    """Stream weeks of people with their hours and clients."""
    return used(factory).group_by(
        lambda use: use.place,
        ConstraintCollectors.sum(lambda use: use.hours),
        ConstraintCollectors.count_distinct(lambda use: use.client),
    )


@constraint_provider
def rules(factory: ConstraintFactory) -> list[Constraint]:
    """Every rule and goal."""
    return [
        weeks(factory)
        .filter(lambda place, hours, clients: over(place, hours, clients) > 0)
        .penalize(HARD, lambda place, hours, clients: over(place, hours, clients))
        .as_constraint("capacity"),
        weeks(factory)
        .filter(lambda place, hours, clients: pay(place, hours, clients) > 0)
        .penalize(SOFT, lambda place, hours, clients: pay(place, hours, clients))
        .as_constraint("switching and overtime"),
        weeks(factory)
        .filter(lambda place, hours, clients: place.clients >= 0 and clients > place.clients)
        .penalize(HARD, lambda place, hours, clients: clients - place.clients)
        .as_constraint("clients in a week"),
        used(factory)
        .filter(lambda use: use.kind == 0 and use.place.strategic >= 0)
        .group_by(lambda use: use.place, ConstraintCollectors.sum(lambda use: use.hours))
        .filter(lambda place, hours: hours > place.strategic)
        .penalize(HARD, lambda place, hours: hours - place.strategic)
        .as_constraint("strategic hours"),
        used(factory)
        .filter(lambda use: use.kind == 1 and use.place.tactical >= 0)
        .group_by(lambda use: use.place, ConstraintCollectors.sum(lambda use: use.hours))
        .filter(lambda place, hours: hours > place.tactical)
        .penalize(HARD, lambda place, hours: hours - place.tactical)
        .as_constraint("tactical hours"),
        factory.for_each(Work)
        .filter(lambda work: work.option.max_clients >= 0)
        .group_by(
            lambda work: work.option.person,
            lambda work: work.option.max_clients,
            ConstraintCollectors.count_distinct(lambda work: work.client),
        )
        .filter(lambda person, most, clients: clients > most)
        .penalize(HARD, lambda person, most, clients: clients - most)
        .as_constraint("clients of a person"),
        factory.for_each(Work)
        .map(lambda work: work.option.burns)
        .flatten_last(lambda burns: burns)
        .group_by(lambda burn: burn.period, ConstraintCollectors.sum(lambda burn: burn.money))
        .filter(lambda period, money: money > period.left)
        .penalize(HARD, lambda period, money: money - period.left)
        .as_constraint("budget"),
        factory.for_each(Work)
        .map(lambda work: work.option.shares)
        .flatten_last(lambda shares: shares)
        .group_by(lambda share: share.group, ConstraintCollectors.count_distinct(lambda share: share.person))
        .filter(lambda group, people: people > 1)
        .penalize(HARD, lambda group, people: people - 1)
        .as_constraint("one owner"),
        factory.for_each(Edge)
        .join(Work, Joiners.equal(lambda edge: edge.second, lambda work: work.id))
        .if_not_exists(Work, Joiners.equal(lambda edge, work: edge.first, lambda work: work.id))
        .penalize(HARD)
        .as_constraint("nothing comes after what waits"),
        factory.for_each(Edge)
        .join(Work, Joiners.equal(lambda edge: edge.second, lambda work: work.id))
        .join(Work, Joiners.equal(lambda edge, second: edge.first, lambda work: work.id))
        .filter(lambda edge, second, first: second.option.first < first.option.last + edge.lag)
        .penalize(HARD, lambda edge, second, first: first.option.last + edge.lag - second.option.first)
        .as_constraint("precedence"),
        factory.for_each(Work)
        .filter(lambda work: work.option.medium > 0)
        .reward(MEDIUM, lambda work: work.option.medium)
        .as_constraint("first goals"),
        factory.for_each(Work).impact(SOFT, lambda work: work.option.soft).as_constraint("later goals"),
        factory.for_each(Work)
        .group_by(
            lambda work: work.client,
            lambda work: work.kind,
            ConstraintCollectors.count_distinct(lambda work: work.option.person),
        )
        .filter(lambda client, kind, people: people > 1)
        .penalize(SOFT, lambda client, kind, people: people - 1)
        .as_constraint("contacts"),
    ]
