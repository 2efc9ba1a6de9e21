"""The cheapest deliveries of bundles, for costs by pair and window."""

from __future__ import annotations

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.bound.components import Nodes, Taken, Ties
from staffing.solving.bound.costs import Tables
from staffing.solving.bound.windows import Flags, Floats, Options, Whole


class Trees:
    """The dynamic programme over all nodes; see `bundles` for its formula.

    Parameters
    ----------
    problem, options, ties
        What is planned, who may own it, and what is tied.
    forced
        By job: whether it must be delivered.
    timed
        Whether it matters when jobs end, even those that nothing comes after.
    """

    def __init__(self, problem: Problem, options: Options, ties: Ties, forced: Flags, *, timed: bool) -> None:
        self.weeks = problem.weeks
        self.nodes = Nodes(options, ties)
        self.tables = Tables(problem, options, ties, timed=timed)
        self._slots(forced)

    def _slots(self, forced: Flags) -> None:
        """Lay out the windows of all nodes: their place in the table, when they begin and end."""
        nodes = self.nodes
        tables = self.tables
        counts, offset = tables.counts, tables.shape_start
        self.count = counts[nodes.job]
        self.offset = np.cumsum(self.count) - self.count
        self.node_of = np.repeat(np.arange(len(nodes.job)), self.count)
        self.window = np.arange(len(self.node_of)) - self.offset[self.node_of]
        base = np.where(nodes.pair >= 0, tables.pair_slot[nodes.pair], tables.job_slot[nodes.job])
        self.place = base[self.node_of] + self.window
        self.place[nodes.pair[self.node_of] == -2] = tables.size
        of_job = offset[nodes.job][self.node_of] + self.window
        self.latest = tables.latest_begin[of_job]
        self.soonest = tables.soonest_end[of_job]
        self.open = np.where(forced[nodes.job], np.inf, 0.0)
        self._by_level = [self._level(nodes_) for nodes_ in nodes.levels]
        self._siblings = [self._by_parent(nodes_) for nodes_ in nodes.levels]
        self.case_starts = np.flatnonzero(np.diff(nodes.bundle, prepend=-1))
        self.root_starts = np.flatnonzero(np.diff(nodes.case, prepend=-1))

    def _level(self, chosen: Whole) -> tuple[Whole, Whole, Whole, Whole, Whole]:
        """Return the slots of a level's nodes by node and latest begin, and where each run of equal ones starts."""
        slots = np.flatnonzero(np.isin(self.node_of, chosen))
        rank = np.full(len(self.nodes.job), -1, dtype=np.int64)
        rank[chosen] = np.arange(len(chosen))
        order = np.lexsort((self.latest[slots], self.node_of[slots]))
        slots = slots[order]
        key = rank[self.node_of[slots]] * (self.weeks + 1) + self.latest[slots]
        starts = np.flatnonzero(np.diff(key, prepend=-1))
        return chosen, slots, starts, key[starts], rank

    def _by_parent(self, chosen: Whole) -> tuple[Whole, Whole, Whole]:
        """Return the order of a level's nodes by parent, where those of each parent begin in it, and the parents."""
        parent = self.nodes.parent[chosen]
        order = np.argsort(parent, kind="stable")
        starts = np.flatnonzero(np.diff(parent[order], prepend=-2))
        return order, starts, parent[order[starts]]

    def solve(self, table: Floats, extra: Floats) -> tuple[float, Taken]:
        """Return the least cost of all bundles together, and what is delivered for it."""
        cases, costs = self.cases(table, extra)
        bundles = np.minimum.reduceat(cases, self.case_starts)
        return float(bundles.sum()), self._taken(costs, cases, bundles, table)

    def cases(self, table: Floats, extra: Floats) -> tuple[Floats, Floats]:
        """Return the cost of each case, with something extra for each, and of each window with all that comes after."""
        nodes, weeks = self.nodes, self.weeks
        costs = table[self.place]
        after = np.zeros((len(nodes.job) if len(nodes.levels) > 1 else 0, weeks + 1))
        self.least = np.zeros(len(nodes.job))
        for level in range(len(nodes.levels) - 1, -1, -1):
            chosen, slots, starts, key, _ = self._by_level[level]
            if level + 1 < len(nodes.levels):
                costs[slots] += after[self.node_of[slots], self.soonest[slots]]
            if not len(slots):
                continue
            runs = np.minimum.reduceat(costs[slots], starts)
            if level == 0:
                first = np.flatnonzero(np.diff(key // (weeks + 1), prepend=-1))
                self.least[chosen] = np.minimum(self.open[chosen], np.minimum.reduceat(runs, first))
                continue
            from_week = np.full(len(chosen) * (weeks + 1), np.inf)
            from_week[key] = runs
            grid = from_week.reshape(-1, weeks + 1)
            grid = np.minimum.accumulate(grid[:, ::-1], axis=1)[:, ::-1]
            grid = np.minimum(grid, self.open[chosen][:, None])
            lagged = np.minimum(np.arange(weeks + 1) + nodes.lag[chosen][:, None], weeks)
            order, of_parent, parents = self._siblings[level]
            after[parents] += np.add.reduceat(np.take_along_axis(grid, lagged, axis=1)[order], of_parent, axis=0)
        return np.add.reduceat(self.least[nodes.root], self.root_starts) + extra, costs

    def _leading(self, cases: Floats, bundles: Floats) -> tuple[Whole, Whole]:
        """Return the first cheapest case of each bundle, and of each choice."""
        nodes = self.nodes
        best = np.flatnonzero(cases == bundles[nodes.bundle])
        best = best[np.diff(nodes.bundle[best], prepend=-1) > 0]
        order = np.lexsort((cases[nodes.case_of_choice], nodes.choice))
        return best, nodes.case_of_choice[order[np.diff(nodes.choice[order], prepend=-1) > 0]]

    def _taken(self, costs: Floats, cases: Floats, bundles: Floats, table: Floats) -> Taken:
        """Follow the least costs from the roots."""
        nodes = self.nodes
        best, leading = self._leading(cases, bundles)
        decided = np.zeros(len(nodes.job), dtype=bool)
        decided[nodes.root[np.isin(nodes.case, best)]] = True
        led = np.isin(nodes.case, leading)
        active = np.flatnonzero(decided)
        active = np.unique(np.concatenate([active, nodes.root[led]]))
        ends = np.append(self.root_starts, len(nodes.case))
        keys = np.concatenate(
            [
                np.zeros(0, dtype=np.int64),
                *(
                    choice * len(nodes.job) + nodes.root[ends[case] : ends[case + 1]]
                    for choice, case in enumerate(leading)
                ),
            ]
        )
        begin = np.zeros(len(nodes.job), dtype=np.int64)
        window = np.full(len(nodes.job), -1, dtype=np.int64)
        delivered = []
        for level in range(len(nodes.levels)):
            if level:
                below = self._by_level[level][0]
                parent = nodes.parent[below]
                active = below[window[parent] >= 0]
                parent = nodes.parent[active]
                begin[active] = self.soonest[self.offset[parent] + window[parent]] + nodes.lag[active]
            if not len(active):
                break
            places = self.offset[active][:, None] + np.arange(int(self.count[active].max()))
            valid = np.arange(places.shape[1]) < self.count[active][:, None]
            places = np.where(valid, places, 0)
            found = np.where(valid & (self.latest[places] >= begin[active][:, None]), costs[places], np.inf)
            cheapest = np.argmin(found, axis=1)
            value = found[np.arange(len(active)), cheapest]
            wanted = value < self.open[active]
            window[active[wanted]] = cheapest[wanted]
            delivered.append(active[wanted])
        listed = np.concatenate(delivered) if delivered else np.zeros(0, dtype=np.int64)
        pair = self.tables.owner(nodes.job[listed], nodes.pair[listed], window[listed], table)
        root = nodes.root_of[listed]
        choice = nodes.choice_of_pair[pair]
        return Taken(
            nodes.job[listed],
            pair,
            window[listed],
            decided[root],
            (choice >= 0) & np.isin(choice * len(nodes.job) + root, keys),
        )
