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
    """Nodes of one depth, and the states above. A *state* is a window of a node."""

    nodes: IntArray
    states: IntArray
    """States of the nodes, by node and latest begin; those alike in both are a run."""
    run_start: IntArray
    run_key: IntArray
    """By run: place of the node in `nodes` × (weeks + 1) + latest begin."""
    parent_start: IntArray
    """Where the children of each parent begin in `nodes`."""
    above: IntArray
    """States of the parents."""
    above_parent: IntArray
    """By state above: place of its parent among the parents."""


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
        self.levels = [self._level(nodes) for nodes in branches.levels[1:]]
        self.component_start = np.flatnonzero(np.diff(branches.component, prepend=-1))
        self.branch_start = np.flatnonzero(np.diff(branches.branch_of_root, prepend=-1))
        self.roots = np.sort(branches.branch_of_root * len(branches.job) + branches.root)
        """The roots of each branch, each as the number of the branch × nodes + the root."""

    def _level(self, nodes: IntArray) -> Level:
        states = np.flatnonzero(np.isin(self.node, nodes))
        states = states[np.lexsort((self.latest_begin[states], self.node[states]))]
        key = np.searchsorted(nodes, self.node[states]) * (self.weeks + 1) + self.latest_begin[states]
        run_start = np.flatnonzero(np.diff(key, prepend=-1))
        parent = self.branches.parent[nodes]
        parent_start = np.flatnonzero(np.diff(parent, prepend=-1))
        above = np.flatnonzero(np.isin(self.node, parent))
        above_parent = np.searchsorted(parent[parent_start], self.node[above])
        return Level(nodes, states, run_start, key[run_start], parent_start, above, above_parent)

    def solve(self, table: FloatArray, group_owner: FloatArray) -> tuple[float, RelaxedSolution]:
        """Return the least cost of all components, and what is delivered for it."""
        by_branch, by_state = self.branch_costs(table, group_owner)
        by_component = np.minimum.reduceat(by_branch, self.component_start)
        return float(by_component.sum()), self._solution(by_state, by_branch, by_component, table)

    def branch_costs(self, table: FloatArray, group_owner: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the cost of each branch, and of each state with all below it: G + Σ F' in the formula above."""
        branches, weeks = self.branches, np.arange(self.weeks + 1)
        by_state = table[self.slot]
        for level in reversed(self.levels):
            lagged = np.minimum(weeks + branches.lag[level.nodes][:, None], self.weeks)
            after = np.take_along_axis(self._from_week(level, by_state), lagged, axis=1)
            below = np.add.reduceat(after, level.parent_start, axis=0)
            by_state[level.above] += below[level.above_parent, self.soonest_end[level.above]]
        least = np.minimum(self.waiting, np.minimum.reduceat(by_state, self.first_state))
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
        chosen = self._roots_of(best)
        nodes, window = self._delivered(np.flatnonzero(chosen | self._roots_of(leading)), by_state)
        job, pair, root = branches.job[nodes], branches.pair[nodes], branches.root_of[nodes]
        free = np.flatnonzero(pair < 0)
        if len(free):
            pair[free] = self.costs.cheapest_pairs(job[free], window[free], table)
        owner = branches.group_owner_of_pair[pair]
        leads = owner >= 0
        key = leading[owner[leads]] * count + root[leads]
        leads[leads] = self.roots[np.minimum(np.searchsorted(self.roots, key), len(self.roots) - 1)] == key
        return RelaxedSolution(job, pair, window, chosen[root], leads)

    def _cheapest_branches(self, by_branch: FloatArray, by_component: FloatArray) -> tuple[IntArray, IntArray]:
        """Return the first cheapest branch of each component, and of each group owner."""
        branches = self.branches
        best = np.flatnonzero(by_branch == by_component[branches.component])
        best = best[np.diff(branches.component[best], prepend=-1) > 0]
        order = np.lexsort((by_branch[branches.branch_of_choice], branches.choice))
        return best, branches.branch_of_choice[order[np.diff(branches.choice[order], prepend=-1) > 0]]

    def _roots_of(self, some: IntArray) -> BoolArray:
        """Return, by node, whether it is a root of some branches."""
        branches = self.branches
        is_in, found = np.zeros(len(branches.component), dtype=bool), np.zeros(len(branches.job), dtype=bool)
        is_in[some] = True
        found[branches.root[is_in[branches.branch_of_root]]] = True
        return found

    def _delivered(self, roots: IntArray, by_state: FloatArray) -> tuple[IntArray, IntArray]:
        """Return the nodes that are delivered in the trees of some roots, and the window of each, from 0."""
        branches = self.branches
        window = np.full(len(branches.job), -1, dtype=np.int64)
        window[roots] = self._cheapest_windows(roots, np.zeros(len(roots), dtype=np.int64), by_state)
        for level in self.levels:
            nodes = level.nodes[window[branches.parent[level.nodes]] >= 0]
            parent = branches.parent[nodes]
            begin = self.soonest_end[self.first_state[parent] + window[parent]] + branches.lag[nodes]
            window[nodes] = self._cheapest_windows(nodes, begin, by_state)
        nodes = np.flatnonzero(window >= 0)
        return nodes, window[nodes]

    def _cheapest_windows(self, nodes: IntArray, begin: IntArray, by_state: FloatArray) -> IntArray:
        """Return the window of each node that costs least from a week on; -1 where it costs less to wait."""
        count = self.count[nodes]
        states = self.first_state[nodes][:, None] + np.arange(int(count.max(initial=1)))
        valid = np.arange(states.shape[1]) < count[:, None]
        states = np.where(valid, states, 0)
        costs = np.where(valid & (self.latest_begin[states] >= begin[:, None]), by_state[states], np.inf)
        cheapest = np.argmin(costs, axis=1)
        return np.where(costs[np.arange(len(nodes)), cheapest] < self.waiting[nodes], cheapest, -1)
