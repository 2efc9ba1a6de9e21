"""The plan in work as named tables, read by compiled code row by row and by numpy column by column.

``state.jobs[job].first`` is the first week of a job, and ``state.jobs["first"]`` the first weeks of all.
"""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol, TypeVar, cast, overload

import numpy as np

from staffing.scenario.records import KINDS
from staffing.solving.arrays import FloatArray, IntArray, SmallArray
from staffing.solving.state.rows import Budget, Group, Hours, Job, Link, Pair, Person, Scratch, Sums, Week, Weights

Row = TypeVar("Row", covariant=True)
_NUMBERS = {"int": np.int64, "Small": np.int32, "Index": np.uint32, "float": np.float64}

ENDLESS = 2**30
"""A limit that never matters."""
FINEST = 2**30
"""The highest value density."""
UNKNOWN, WAITED, DELIVERED = range(3)
"""What an earlier plan says of a job: nothing, that it waited, that it was delivered."""
SETTLED = -2
"""A week of the earlier plan that history has settled: as before, whatever comes."""
EITHER = len(KINDS)
"""In place of a kind of work: contacts count the jobs of both kinds, too."""


class Table(Protocol[Row]):
    """A record array: rows by number, or by (person, week); columns by name."""

    @property
    def shape(self) -> tuple[int, ...]:
        """How many rows there are, by dimension."""
        ...

    @overload
    def __getitem__(self, at: int | tuple[int, int]) -> Row: ...
    @overload
    def __getitem__(self, at: str) -> IntArray: ...
    def __len__(self) -> int: ...


class Guide(NamedTuple):
    """What counts when an owner is chosen, and what a step of each person in each week is worth."""

    weights: Table[Weights]
    prices: FloatArray
    """By (person, week)."""


class State(NamedTuple):
    """Problem and plan in one."""

    sums: Table[Sums]
    jobs: Table[Job]
    pairs: Table[Pair]
    links: Table[Link]
    people: Table[Person]
    weeks: Table[Week]
    """By (person, week)."""
    kind_left: SmallArray
    """Steps left of a kind of work, by kind, person and week."""
    served: SmallArray
    """Jobs by person, client and week."""
    contacts: SmallArray
    """Jobs by client, person and kind (or either)."""
    owners: IntArray
    """People who own some of a client's kind of work, by client and kind."""
    groups: Table[Group]
    budgets: Table[Budget]
    hours: Table[Hours]
    scratch: Table[Scratch]


def table(row: type, *shape: int) -> Any:
    """Return an empty table of some rows."""
    dtype = np.dtype([(name, _NUMBERS[kind]) for name, kind in row.__annotations__.items()])
    return np.zeros(shape, dtype=dtype).view(np.recarray)


def guide(prices: FloatArray, **weights: float) -> Guide:
    """Return a guide of prices by (person, week) and of weights; those not named are 0."""
    into = table(Weights, 1)
    for name, weight in weights.items():
        into[name] = weight
    return Guide(into, prices)


def copied(state: State) -> State:
    """Return a copy that shares nothing."""
    return State(*(one.copy() for one in cast(Any, state)))


def copy_into(target: State, source: State) -> None:
    """Make a state of the same problem equal to another."""
    for mine, other in zip(cast(Any, target), cast(Any, source), strict=True):
        np.copyto(mine, other)


ROWS: dict[str, type] = {
    "sums": Sums,
    "jobs": Job,
    "pairs": Pair,
    "links": Link,
    "people": Person,
    "weeks": Week,
    "groups": Group,
    "budgets": Budget,
    "hours": Hours,
    "scratch": Scratch,
}
"""The classes of the rows, by table."""


class Objects(list[Any]):
    """A table of Python objects, which plain Python reads quicker than rows of a record array."""

    def __init__(self, columns: Any, row: type) -> None:
        self.shape = columns.shape
        names = list(row.__annotations__)
        for values in zip(*(columns[name].ravel().tolist() for name in names), strict=True):
            one = row()
            one.__dict__.update(zip(names, values, strict=True))
            self.append(one)

    def __getitem__(self, at: Any) -> Any:
        return super().__getitem__(at[0] * self.shape[1] + at[1] if isinstance(at, tuple) else at)


def as_objects(state: State) -> State:
    """Return the same state with tables of Python objects."""
    objects: Any = {name: Objects(getattr(state, name), row) for name, row in ROWS.items()}
    return state._replace(**objects)
