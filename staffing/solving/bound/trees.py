"""The cheapest way to deliver the jobs of each branch, or to leave them, by dynamic programming on trees.

With G(a, b) the cost of a job in the window [a, b], the least cost of the job and all below it, if it begins in week w
or later, is

    F(w) = min(0, min over a ≥ w, b of G(a, b) + Σ over its children of F'(b + lag)),

without the 0 for what must be delivered. A branch costs Σ F at its roots, a component the least of its branches.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from staffing.solving.arrays import BoolArray, FloatArray, IntArray
from staffing.solving.bound.branches import NOBODY, Branches
from staffing.solving.bound.columns import sums_by
from staffing.solving.bound.costs import RelaxedSolution, WindowCosts


class Level(NamedTuple):
    """Nodes of one depth. A *state* is a window of a node; a *run*, its states with the same latest begin."""

    nodes: IntArray
    states: IntArray
    """States in the order of runs."""
    run_start: IntArray
    run_key: IntArray
    """By run: place of the node in `nodes` × (weeks + 1) + latest begin."""


class TreePrograms:
    """The dynamic programmes of all branches; `forced` says by job whether it must be delivered."""

    def __init__(self, weeks: int, branches: Branches, costs: WindowCosts, forced: BoolArray) -> None:
        self.weeks, self.branches, self.costs = weeks, branches, costs
        windows = costs.windows
        self.count = windows.count[branches.job]
        self.first_state = np.cumsum(self.count) - self.count
        self.node = np.repeat(np.arange(len(branches.job)), self.count)
        window = np.arange(len(self.node)) - self.first_state[self.node]
        slot = np.where(branches.pair >= 0, costs.pair_slot[branches.pair], costs.job_slot[branches.job])
        self.slot = slot[self.node] + window
        self.slot[branches.pair[self.node] == NOBODY] = costs.size
        window += windows.start[branches.job][self.node]
        self.latest_begin = windows.latest_begin[window]
        self.soonest_end = windows.soonest_end[window]
        self.waiting = np.where(forced[branches.job], np.inf, 0.0)
        """By node: the cost of not delivering it."""
        self.levels = [self._level(nodes) for nodes in branches.levels]
        self.component_start = np.flatnonzero(np.diff(branches.component, prepend=-1))
        self.branch_start = np.flatnonzero(np.diff(branches.branch_of_root, prepend=-1))

    def _level(self, nodes: IntArray) -> Level:
        states = np.flatnonzero(np.isin(self.node, nodes))
        states = states[np.lexsort((self.latest_begin[states], self.node[states]))]
        place = np.full(len(self.branches.job), -1, dtype=np.int64)
        place[nodes] = np.arange(len(nodes))
        key = place[self.node[states]] * (self.weeks + 1) + self.latest_begin[states]
        run_start = np.flatnonzero(np.diff(key, prepend=-1))
        return Level(nodes, states, run_start, key[run_start])

    def solve(self, table: FloatArray, group_owner: FloatArray) -> tuple[float, RelaxedSolution]:
        """Return the least cost of all components, and what is delivered for it."""
        by_branch, by_state = self.branch_costs(table, group_owner)
        by_component = np.minimum.reduceat(by_branch, self.component_start)
        return float(by_component.sum()), self._solution(by_state, by_branch, by_component, table)

    def branch_costs(self, table: FloatArray, group_owner: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the cost of each branch, and of each state with all below it: G + Σ F' in the formula above."""
        branches, weeks = self.branches, np.arange(self.weeks + 1)
        by_state = table[self.slot]
        below = np.zeros((len(branches.job), len(weeks)))
        """By node and week: Σ F' of its children, if it ends in that week."""
        least = np.zeros(len(branches.job))
        for depth in range(len(self.levels) - 1, -1, -1):
            level = self.levels[depth]
            if depth + 1 < len(self.levels):
                by_state[level.states] += below[self.node[level.states], self.soonest_end[level.states]]
            from_week = self._from_week(level, by_state)
            if depth == 0:
                least[level.nodes] = from_week[:, 0]
                continue
            lagged = np.minimum(weeks + branches.lag[level.nodes][:, None], self.weeks)
            after = np.take_along_axis(from_week, lagged, axis=1)
            key = branches.parent[level.nodes][:, None] * len(weeks) + weeks
            below += sums_by(key.ravel(), after.ravel(), below.size).reshape(below.shape)
        chosen = sums_by(branches.branch_of_choice, group_owner[branches.choice], len(branches.component))
        return np.add.reduceat(least[branches.root], self.branch_start) + chosen, by_state

    def _from_week(self, level: Level, by_state: FloatArray) -> FloatArray:
        """Return F by node of a level and week."""
        found = np.full(len(level.nodes) * (self.weeks + 1), np.inf)
        found[level.run_key] = np.minimum.reduceat(by_state[level.states], level.run_start)
        grid = found.reshape(-1, self.weeks + 1)
        grid = np.minimum.accumulate(grid[:, ::-1], axis=1)[:, ::-1]
        return np.asarray(np.minimum(grid, self.waiting[level.nodes][:, None]), dtype=float)

    # from the least costs back to what is delivered

    def _solution(
        self, by_state: FloatArray, by_branch: FloatArray, by_component: FloatArray, table: FloatArray
    ) -> RelaxedSolution:
        """Follow the least costs from the roots of the cheapest branches."""
        branches, count = self.branches, len(self.branches.job)
        best, leading = self._cheapest_branches(by_branch, by_component)
        chosen = np.zeros(count, dtype=bool)
        chosen[branches.root[np.isin(branches.branch_of_root, best)]] = True
        roots = np.concatenate([np.flatnonzero(chosen), branches.root[np.isin(branches.branch_of_root, leading)]])
        nodes, window = self._delivered(np.unique(roots), by_state)
        job, pair, root = branches.job[nodes], branches.pair[nodes], branches.root_of[nodes]
        free = np.flatnonzero(pair < 0)
        if len(free):
            pair[free] = self.costs.cheapest_pairs(job[free], window[free], table)
        owner = branches.group_owner_of_pair[pair]
        key = owner * count + root
        return RelaxedSolution(
            job, pair, window, chosen[root], (owner >= 0) & np.isin(key, self._leading_keys(leading, count))
        )

    def _cheapest_branches(self, by_branch: FloatArray, by_component: FloatArray) -> tuple[IntArray, IntArray]:
        """Return the first cheapest branch of each component, and of each group owner."""
        branches = self.branches
        best = np.flatnonzero(by_branch == by_component[branches.component])
        best = best[np.diff(branches.component[best], prepend=-1) > 0]
        order = np.lexsort((by_branch[branches.branch_of_choice], branches.choice))
        return best, branches.branch_of_choice[order[np.diff(branches.choice[order], prepend=-1) > 0]]

    def _leading_keys(self, leading: IntArray, count: int) -> IntArray:
        """Return group owner × nodes + root, for each root of the cheapest branch of each group owner."""
        ends = np.append(self.branch_start, len(self.branches.root))
        found = [
            owner * count + self.branches.root[ends[branch] : ends[branch + 1]] for owner, branch in enumerate(leading)
        ]
        return np.concatenate([np.zeros(0, dtype=np.int64), *found])

    def _delivered(self, active: IntArray, by_state: FloatArray) -> tuple[IntArray, IntArray]:
        """Return the nodes that are delivered where some roots are looked at, and the cheapest window of each."""
        branches = self.branches
        begin = np.zeros(len(branches.job), dtype=np.int64)
        window = np.full(len(branches.job), -1, dtype=np.int64)
        delivered = [np.zeros(0, dtype=np.int64)]
        for depth, level in enumerate(self.levels):
            if depth:
                active = level.nodes[window[branches.parent[level.nodes]] >= 0]
                parent = branches.parent[active]
                begin[active] = self.soonest_end[self.first_state[parent] + window[parent]] + branches.lag[active]
            if not len(active):
                break
            states = self.first_state[active][:, None] + np.arange(int(self.count[active].max()))
            valid = np.arange(states.shape[1]) < self.count[active][:, None]
            states = np.where(valid, states, 0)
            costs = np.where(valid & (self.latest_begin[states] >= begin[active][:, None]), by_state[states], np.inf)
            cheapest = np.argmin(costs, axis=1)
            wanted = costs[np.arange(len(active)), cheapest] < self.waiting[active]
            window[active[wanted]] = cheapest[wanted]
            delivered.append(active[wanted])
        nodes = np.concatenate(delivered)
        return nodes, window[nodes]
