"""Hours that tasks need of people within spans of weeks, at least, and the hours these people have.

The people who may do any of some tasks are a *family* of tasks; all hours of a family are theirs (P. Hall, On
representatives of subsets, 1935). Within a span of weeks a task needs what does not fit into its other weeks, whoever
delivers it. Where one person has room for k of the large tasks at most, tasks are counted beside hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from typing import NamedTuple

import numpy as np

from staffing.scenario.records import KINDS, Kind
from staffing.solving.arrays import BoolArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.forced import Forced
from staffing.solving.tuning import TUNING

Span = tuple[int, int]
"""The first and the last week of some weeks."""


Kinds = dict[Kind | None, IntArray]
"""By kind of work, None for any: by (person, span), the most that a person has there."""


@dataclass(frozen=True)
class Families:
    """Families of jobs, one a row.

    Attributes
    ----------
    jobs
        By (family, job): whether the job belongs to it.
    people
        By (family, person): whether the person may do any of its jobs.
    kinds
        Of which kind of work its jobs are, so that room for that kind counts; None for any.
    """

    jobs: BoolArray
    people: BoolArray
    kinds: list[Kind | None]

    def needs(self, amounts: IntArray) -> IntArray:
        """Return, by (family, span), the sum of amounts by (job, span)."""
        return _product(self.jobs, amounts)

    def room(self, room: Kinds, who: BoolArray) -> IntArray:
        """Return, by (family, span), the room of those of its people who are flagged."""
        found = np.zeros((len(self.kinds), room[None].shape[1]), dtype=np.int64)
        for kind in set(self.kinds):
            own = [number for number, one in enumerate(self.kinds) if one == kind]
            found[own] = _product(self.people[own] & who, room[kind])
        return found


class Demand:
    """What some jobs need within spans of weeks, all of them delivered.

    Parameters
    ----------
    columns
        Who may own what, and when.
    forced
        The jobs and their last weeks, and who is not hired.
    spans
        The spans to look at.

    Attributes
    ----------
    jobs
        The jobs in order, but those that nobody can deliver.
    pairs
        Their pairs, but those without the room for them.
    able
        By (job, person): who may own it.
    room
        The most steps of each person.
    needs
        By (job, span): the least steps of the job.
    """

    def __init__(self, columns: PairColumns, forced: Forced, spans: Sequence[Span]) -> None:
        self.columns = columns
        last = np.full(len(columns.first), -1)
        last[list(forced.last)] = list(forced.last.values())
        there = np.ones(len(columns.room[None]), dtype=bool)
        there[list(forced.barred)] = False
        pairs = np.flatnonzero((last[columns.job] >= 0) & there[columns.person])
        most = columns.before(pairs, last)
        can = (most[:, -1] >= columns.need[pairs]) | columns.is_shared[columns.job[pairs]]
        self._fill(pairs[can], most[can], spans)

    def among(self, jobs: Iterable[int], spans: Sequence[Span]) -> Demand:
        """Return the demand of some of the jobs alone, within other spans."""
        own = np.isin(self.columns.job[self.pairs], list(jobs))
        part = copy(self)
        part.__dict__.pop("families", None)
        part._fill(self.pairs[own], self._most[own], spans)
        return part

    def _fill(self, pairs: IntArray, most: IntArray, spans: Sequence[Span]) -> None:
        columns = self.columns
        self.pairs, self._most = pairs, most
        self.spans = np.array(spans, dtype=np.int64).reshape(-1, 2)
        self.jobs, self._starts, rows = np.unique(columns.job[pairs], return_index=True, return_inverse=True)
        self.shared = columns.is_shared[self.jobs]
        self.able = np.zeros((len(self.jobs), len(columns.room[None])), dtype=bool)
        self.able[rows, columns.person[pairs]] = True
        self.room: Kinds = {kind: self.within(room) for kind, room in columns.room.items()}
        self.needs = self._least_needs()

    def within(self, by_week: IntArray) -> IntArray:
        """Return, by (row, span), what amounts by (row, week) add up to."""
        return _inside(np.pad(by_week, ((0, 0), (1, 0))).cumsum(axis=1), self.spans)

    def large(self, most: int) -> tuple[IntArray, Kinds]:
        """Return the jobs of one owner of which nobody has room for more than some, and for how many each has room."""
        room = self.room[None]
        counted = np.zeros_like(self.needs)
        for block in self._blocks():
            large = self._left(block) * (most + 1) > room[:, block][self.columns.person[self.pairs]]
            counted[:, block] = np.logical_and.reduceat(large, self._starts, axis=0)
        counted[self.shared] = 0
        return counted, {kind: most * (hours > 0) for kind, hours in self.room.items()}

    @property
    def everybody(self) -> BoolArray:
        """A flag of each person."""
        return np.ones(len(self.room[None]), dtype=bool)

    @cached_property
    def families(self) -> Families:
        """The families of each set of people who may do some job, and of everybody."""
        sets, number = np.unique(self.able, axis=0, return_inverse=True)
        weight = np.bincount(number.ravel(), self.needs.max(axis=1, initial=0), len(sets))
        sets = sets[np.argsort(-weight, kind="stable")[: TUNING.counted_families]]
        sets = np.unique(np.vstack([sets, self.able.any(axis=0)]), axis=0)
        inside = _product(~sets, self.able.T) == 0
        kinds: list[Kind | None] = [None, *(kind for kind in KINDS if (self.room[kind] < self.room[None]).any())]
        of_kind = [KINDS[number] for number in self.columns.kind[self.jobs]]
        own = [inside & np.array([kind in (None, one) for one in of_kind], dtype=bool) for kind in kinds]
        every = [kind for kind in kinds for _ in sets]
        return Families(np.vstack(own), np.tile(sets, (len(kinds), 1)), every)

    def _blocks(self) -> Iterator[slice]:
        """Yield spans in blocks that fit into little memory."""
        size = max(1, TUNING.counted_cells // max(1, len(self.pairs)))
        return (slice(at, at + size) for at in range(0, len(self.spans) if len(self.pairs) else 0, size))

    def _left(self, block: slice) -> IntArray:
        """Return, by (pair, span), the steps that a sole owner cannot have outside of the span."""
        outside = self._most[:, -1:] - _inside(self._most, self.spans[block])
        return np.asarray(np.maximum(0, self.columns.need[self.pairs][:, None] - outside))

    def _least_needs(self) -> IntArray:
        needs = np.zeros((len(self.jobs), len(self.spans)), dtype=np.int64)
        for block in self._blocks():
            needs[:, block] = np.minimum.reduceat(self._left(block), self._starts, axis=0)
            if self.shared.any():
                needs[self.shared, block] = self._shared_needs(block)[self.shared]
        return needs

    def _shared_needs(self, block: slice) -> IntArray:
        """Return, by (job, span), the fewest steps for the effort that all together cannot have outside of the span."""
        power = self.columns.power[self.pairs]
        effort = np.array([self.columns.problem.jobs[job].effort for job in self.jobs], dtype=np.int64)
        outside = self._most[:, -1:] - _inside(self._most, self.spans[block])
        others = np.add.reduceat(outside * power[:, None], self._starts, axis=0)
        most_power = np.maximum(1, np.maximum.reduceat(power, self._starts))
        return np.asarray(-(-np.maximum(0, effort[:, None] - others) // most_power[:, None]))


class Lack(NamedTuple):
    """A family that needs more within a span than some people have.

    Attributes
    ----------
    family
        Its number.
    amounts
        By job, what it needs.
    room
        By person, what they have.
    lacking
        What is lacking.
    """

    family: int
    amounts: IntArray
    room: IntArray
    lacking: int


def lacks(demand: Demand, there: BoolArray) -> list[Lack]:
    """Return where people who are there lack hours, or room for large tasks: what others have least room for first."""
    families, found = demand.families, []
    measures = [(demand.needs, demand.room), *(demand.large(most + 1) for most in range(TUNING.large_most))]
    for amounts, room in measures:
        lacking = families.needs(amounts) - families.room(room, there)
        tightness = np.where(lacking > 0, lacking / np.maximum(1, families.room(room, ~there)), 0.0)
        tightest = np.argsort(-tightness, axis=None, kind="stable")[: TUNING.cover_rows]
        for family, span in zip(*np.unravel_index(tightest, tightness.shape), strict=True):
            if lacking[family, span] > 0:
                own = room[families.kinds[family]][:, span]
                lack = Lack(int(family), amounts[:, span], own, int(lacking[family, span]))
                found.append((tightness[family, span], lack))
    found.sort(key=lambda one: -one[0])
    return [lack for _, lack in found[: TUNING.cover_rows]]


def spans_of(weeks: int, windows: Iterable[Span], most: int) -> list[Span]:
    """Return spans of weeks: all where they are few, else all weeks, and each week and the shortest of some windows."""
    if weeks * (weeks + 1) // 2 <= most:
        return list(combinations_with_replacement(range(weeks), 2))
    found = {(0, weeks - 1): None}
    for window in sorted(
        {*windows, *((week, week) for week in range(weeks))}, key=lambda span: (span[1] - span[0], span)
    ):
        if len(found) >= most:
            break
        found[window] = None
    return list(found)


def _inside(before: IntArray, spans: IntArray) -> IntArray:
    """Return, by (row, span), what lies in each span, given by (row, week) what lies before the week."""
    return np.asarray(before[:, spans[:, 1] + 1] - before[:, spans[:, 0]])


def _product(flags: BoolArray, amounts: IntArray) -> IntArray:
    """Return flags × amounts: in floats, which multiply faster and hold whole numbers exactly up to 2⁵³."""
    return np.asarray(np.rint(flags.astype(float) @ amounts.astype(float)), dtype=np.int64)
