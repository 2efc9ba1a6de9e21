"""Bounds that count what no value decides: hours that must be worked, and the people there are for them.

Each is exact and holds for every plan that keeps the goals before it, which force some tasks to be delivered
(:mod:`staffing.solving.bound.forced`). Switching, budgets, numbers of clients and owners of groups are left out, which
can only allow more plans.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import accumulate
from math import ceil

import numpy as np

from staffing.scenario.records import KINDS, Goal
from staffing.solving.arrays import BoolArray, IntArray
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.demand import Demand, lacks, spans_of
from staffing.solving.bound.forced import all_of, forced
from staffing.solving.bound.late import least_lateness
from staffing.solving.cp.cover import Cover
from staffing.solving.objectives import every_must
from staffing.solving.tuning import TUNING


class Counting:
    """Counts for one goal.

    Parameters
    ----------
    columns
        Who may own what, and when.
    kept
        Goals before this one, each with the most that its objective may be.

    Attributes
    ----------
    forced
        What these force on every plan.
    demand
        The hours of what is forced; None as long as nothing is counted.
    cover, hired
        Which placeholders to hire, and the least that they cost; None and 0 where nobody need be hired.
    work
        Seconds of work that covering took.
    """

    def __init__(self, columns: PairColumns, kept: Sequence[tuple[Goal, int]]) -> None:
        self.problem = columns.problem
        self.columns = columns
        self.kept = kept
        self.forced = forced(columns, kept)
        self.demand: Demand | None = None
        self.cover: Cover | None = None
        self.hired = 0
        self.work = 0.0

    def bound(self, goal: Goal) -> int | None:
        """Return a number that the objective of a goal is never below; None where there is nothing to count."""
        counts: dict[Goal, Callable[[Demand], int]] = {
            "must": self._must,
            "net_value": lambda demand: self._cost(demand) - sum(job.value for job in self.problem.jobs),
            "lateness": self._lateness,
            "cost": self._cost,
            "overtime": self._overtime,
            "hours": lambda demand: int(demand.needs.max(axis=1, initial=0).sum()),
            "contacts": self._contacts,
            "balance": self._balance,
        }
        if goal not in counts:
            return None
        jobs = self.problem.jobs
        musts = (job for job, data in enumerate(jobs) if data.must)
        if goal == "must":
            self.forced = all_of(self.columns, musts)
        if not self.forced.last:
            return None
        windows = [(jobs[job].first, last) for job, last in self.forced.last.items()]
        demand = Demand(self.columns, self.forced, spans_of(self.problem.weeks, windows, TUNING.counted_spans))
        self.demand = demand
        return counts[goal](demand) if len(demand.jobs) else None

    def solved(self, cover: Cover) -> int:
        """Return the least cost of a covering problem."""
        least, work = cover.least()
        self.work += work
        return least

    def _must(self, demand: Demand) -> int:
        """Effort left undone: what everybody's hours do not hold, and all that comes after it (P)."""
        place = {int(job): number for number, job in enumerate(demand.jobs)}
        jobs = [self.problem.jobs[job] for job in place]
        cover = Cover([data.effort * data.must for data in jobs])
        for lack in lacks(demand, np.ones(len(self.problem.people), dtype=bool)):
            own = np.flatnonzero(demand.families.jobs[lack.family] & (lack.amounts > 0))
            cover.rows.append(({int(job): int(lack.amounts[job]) for job in own}, lack.lacking))
        for number, data in enumerate(jobs):
            cover.implied += [(place[before], number) for before, _ in data.after if before in place]
        undone = self.solved(cover) if cover.rows else 0
        return undone + every_must(self.problem)

    def _cost(self, demand: Demand) -> int:
        """Hires for hours beyond those of all who are there, and the least that hours and fixed prices cost."""
        cover = self._hires(demand)
        if cover.rows:
            self.cover, self.hired = cover, self.solved(cover)
        return self.hired + sum(self._pay(demand))

    def _hires(self, demand: Demand) -> Cover:
        """Return which placeholders are enough for the hours, and the large tasks, of all that is forced."""
        people = self.problem.people
        place = {person: number for number, person in enumerate(self.problem.placeholders)}
        cover = Cover([people[person].hired_cost for person in place])
        there = np.array([not person.hire for person in people], dtype=bool)
        for lack in lacks(demand, there):
            able = np.flatnonzero(demand.families.people[lack.family] & ~there)
            cover.rows.append(({place[int(one)]: int(lack.room[one]) for one in able}, lack.lacking))
        copies = ((number, people[person].earlier) for person, number in place.items())
        cover.implied += [(number, place[earlier]) for number, earlier in copies if earlier in place]
        return cover

    def _pay(self, demand: Demand) -> Iterator[int]:
        """Yield the least that each job costs in hours or by a fixed price."""
        problem = self.problem
        for job, able in zip(demand.jobs, demand.able, strict=True):
            data = problem.jobs[job]
            pairs = [pair for pair in data.pairs if able[pair.person]]
            rates = [problem.people[pair.person].hour_cost for pair in pairs]
            if data.max_owners > 1:
                yield min(-(-data.effort * rate // pair.power) for pair, rate in zip(pairs, rates, strict=True))
            else:
                yield min(
                    pair.need * rate if pair.price is None else pair.price
                    for pair, rate in zip(pairs, rates, strict=True)
                )

    def _lateness(self, demand: Demand) -> int:
        if all(self.problem.jobs[job].due is None for job in demand.jobs):
            return 0
        surely, cover = least_lateness(self.problem, self.forced, demand)
        return surely + (self.solved(cover) if cover.rows else 0)

    def _overtime(self, demand: Demand) -> int:
        """Steps beyond capacity: of spans side by side the most, each of families without a person in common."""
        regular = demand.within(np.array([person.capacity for person in self.problem.people], dtype=np.int64))
        families = demand.families
        over = families.needs(demand.needs) - families.room({**demand.room, None: regular}, demand.everybody)
        over[[number for number, kind in enumerate(families.kinds) if kind is not None]] = 0
        best = [0] * (self.problem.weeks + 1)
        for last in range(self.problem.weeks):
            ending = np.flatnonzero((demand.spans[:, 1] == last) & (over.max(axis=0, initial=0) > 0))
            sums = (best[demand.spans[span, 0]] + _apart(over[:, span], families.people) for span in ending)
            best[last + 1] = max([best[last], *sums])
        return best[-1]

    def _balance(self, demand: Demand) -> int:
        """Whole percent: hours of the horizon, with those of history, over the capacity of all who may have them."""
        people = self.problem.people
        busiest, budget = 0, self._money_for_hires(demand)
        single = zip(demand.jobs[~demand.shared], demand.able[~demand.shared], strict=True)
        for job, able in single:
            pairs = [pair for pair in self.problem.jobs[job].pairs if able[pair.person]]
            owners = [(people[pair.person], pair.need) for pair in pairs]
            busiest = max(busiest, min(_percent(one.past_hours + need, one.total) for one, need in owners))
        families = demand.families
        for needs, able in zip(families.needs(demand.needs.max(axis=1, keepdims=True)), families.people, strict=True):
            own = [person for number, person in enumerate(people) if able[number]]
            uncounted = sum(sum(map(person.most, range(self.problem.weeks))) for person in own if not person.total)
            there = [person for person in own if person.total and not (person.hire and person.hired_cost)]
            hours = int(needs[0]) - uncounted + sum(person.past_hours for person in there)
            hires = [(person.total, person.hired_cost) for person in own if person.hire and person.hired_cost]
            total = sum(person.total for person in there) + most_hired(hires, budget)
            busiest = max(busiest, _percent(hours, total))
        return busiest

    def _money_for_hires(self, demand: Demand) -> int | None:
        """Return the most that the goals kept leave for hires, beside the pay of what is forced; None if no limit."""
        kept = dict(self.kept)
        limits = [kept["cost"]] if "cost" in kept else []
        if "net_value" in kept:
            limits.append(kept["net_value"] + sum(data.value for data in self.problem.jobs))
        return max(0, min(limits) - sum(self._pay(demand))) if limits else None

    def _contacts(self, demand: Demand) -> int:
        """Owners beyond the first of what is forced of each client and kind."""
        groups: dict[tuple[int, int], list[int]] = {}
        for job in map(int, demand.jobs):
            data = self.problem.jobs[job]
            groups.setdefault((data.client, KINDS.index(data.kind)), []).append(job)
        found = 0
        for (client, kind), jobs in groups.items():
            known = self.problem.kept.owners.get((client, KINDS[kind]), frozenset())
            windows = [(self.problem.jobs[job].first, self.forced.last[job]) for job in jobs]
            part = demand.among(jobs, spans_of(self.problem.weeks, windows, TUNING.group_spans))
            found += self._owners(part, known)
        return found

    def _owners(self, demand: Demand, known: frozenset[int]) -> int:
        """Return how many own some jobs beside those known to, at least, or beyond the first where nobody is known."""
        nobody = np.zeros(len(self.problem.people), dtype=bool)
        listed = list(lacks(demand, nobody))
        cover = Cover([int(person not in known) for person in range(len(nobody))])
        for able in np.unique(demand.able, axis=0):
            cover.rows.append(({int(person): 1 for person in np.flatnonzero(able)}, 1))
        for lack in listed:
            able = demand.families.people[lack.family] & (lack.room > 0)
            cover.rows.append(({int(one): int(lack.room[one]) for one in np.flatnonzero(able)}, lack.lacking))
        enough = [known] if known else [{person} for person in cover.rows[0][0]]
        if any(_fills(cover, people) for people in enough):
            return 0
        return self.solved(cover) - (0 if known else 1)


def _fills(cover: Cover, people: Collection[int]) -> bool:
    """Return whether some people are enough for every row."""
    return all(sum(adds.get(one, 0) for one in people) >= need for adds, need in cover.rows)


def most_hired(hires: Iterable[tuple[int, int]], budget: int | None) -> int:
    """Return the most that hires of pairs (amount, cost) add up to within a budget, or a little more.

    Parts of hires may be had, rounded up, but the amounts of no more hires than there is money for if all are cheap.
    """
    listed = list(hires)
    if budget is None:
        return sum(amount for amount, _ in listed)
    spent = accumulate(sorted(cost for _, cost in listed))
    largest = sorted((amount for amount, _ in listed), reverse=True)
    found = sum(largest[: sum(cost <= budget for cost in spent)])
    in_parts = 0
    for amount, cost in sorted(listed, key=lambda hire: -Fraction(hire[0], hire[1])):
        part = min(cost, budget)
        in_parts += -(-amount * part // cost)
        budget -= part
    return min(found, in_parts)


def _percent(hours: Fraction | int, total: int) -> int:
    """Return hours over a capacity in whole percent, rounded up; 0 without capacity."""
    return ceil(100 * hours / Fraction(total)) if total else 0


def _apart(amounts: IntArray, people: BoolArray) -> int:
    """Return a sum of amounts of families without a person in common, the largest first."""
    found, taken = 0, np.zeros(people.shape[1], dtype=bool)
    for family in np.argsort(-amounts, kind="stable"):
        if amounts[family] <= 0:
            break
        if not (people[family] & taken).any():
            found += int(amounts[family])
            taken |= people[family]
    return found
