"""Generalised assignment: instances of others, planned as scenarios by the planner itself.

Every job goes to one agent, within the agents' capacities, at least cost. As a scenario: one week, agents are staff
with their capacity as weekly hours, jobs are tasks that must be delivered, weights and costs are estimates with hours
and price, and the goals are must and cost.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.answers import Judged, judge
from benchmarks.peers.stages import Means
from benchmarks.phases import search, timed
from staffing.loading import from_mapping

BEST_KNOWN = "gap_best_known.csv"
COLUMNS = (
    "instance",
    "cost",
    "bound",
    "best_known",
    "gap_to_bound",
    "gap_to_best_known",
    "proven",
    "load_s",
    "search_s",
    "violations",
)
HEADS = (
    f"{'instance':10}",
    f"{'cost':>8}",
    f"{'bound':>11}",
    f"{'best known':>10}",
    f"{'to bound':>9}",
    f"{'to best':>9}",
    f"{'load s':>7}",
    f"{'search s':>8}",
)


@dataclass(frozen=True, slots=True)
class Instance:
    """Costs and weights by agent and job, and capacities by agent."""

    costs: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[int, ...], ...]
    capacities: tuple[int, ...]


@dataclass(frozen=True)
class Result:
    """What came of one instance."""

    name: str
    judged: Judged
    best_known: int | None
    load_seconds: float

    @property
    def cost(self) -> float | None:
        """Cost of the plan, if it is valid and every job is in it."""
        complete = self.judged.values.get("must") == 0
        return float(self.judged.values["cost"]) if complete else None

    @property
    def bound(self) -> float | None:
        """Lower bound on the cost of any complete plan."""
        entries = self.judged.answer.bounds
        complete = bool(entries) and entries[0].limit == 0
        found = next((entry.bound for entry in entries if entry.goal == "cost"), None)
        return float(found) if complete and found is not None else None

    @property
    def proven(self) -> bool:
        """Whether the plan is proven to be best."""
        return self.cost is not None and self.cost == self.bound

    @property
    def problems(self) -> list[str]:
        """Broken rules, and bounds that a known plan or our own beats."""
        found = [*self.judged.violations]
        if self.judged.answer.state == "failed":
            found.append(self.judged.answer.note)
        costs = [cost for cost in (self.cost, self.best_known) if cost is not None]
        if self.bound is not None and costs and self.bound > min(costs):
            found.append(f"the bound {self.bound:g} is beaten by {min(costs):g}")
        return found

    @property
    def to_bound(self) -> float | None:
        """|cost − bound| ÷ cost."""
        if self.cost is None or self.bound is None:
            return None
        return abs(self.cost - self.bound) / abs(self.cost)

    @property
    def to_best(self) -> float | None:
        """(cost − best known) ÷ best known."""
        return None if self.cost is None or not self.best_known else (self.cost - self.best_known) / self.best_known

    @property
    def seconds(self) -> float:
        """Seconds of the search."""
        return self.judged.answer.phases["search"]

    def cells(self) -> tuple[str, ...]:
        """Return a line of the table, cell by cell."""
        return (
            f"{self.name:10}",
            f"{_shown(self.cost, 'g'):>8}",
            f"{_shown(self.bound, '.2f'):>11}",
            f"{_shown(self.best_known, 'd'):>10}",
            f"{_shown(self.to_bound, '.3%'):>9}",
            f"{_shown(self.to_best, '.3%'):>9}",
            f"{self.load_seconds:7.2f}",
            f"{self.seconds:8.2f}",
        )


def _shown(number: float | None, how: str) -> str:
    return "-" if number is None else format(number, how)


def read(path: Path) -> Instance:
    """Read an instance: m n; m rows of n costs; m rows of n weights; m capacities.

    Raises
    ------
    ValueError
        Where the numbers are not as many as the first two ask for.
    """
    numbers = [int(word) for word in path.read_text(encoding="ascii").split()]
    agents, jobs = numbers[:2]
    if len(numbers) != 2 + 2 * agents * jobs + agents:
        raise ValueError(f"{path.name}: {len(numbers)} numbers do not make {agents} agents and {jobs} jobs")
    rows = [tuple(numbers[at : at + jobs]) for at in range(2, 2 + 2 * agents * jobs, jobs)]
    return Instance(tuple(rows[:agents]), tuple(rows[agents:]), tuple(numbers[-agents:]))


def scenario(instance: Instance, name: str) -> dict[str, Any]:
    """Return an instance as a scenario."""
    agents = [f"agent-{number + 1}" for number in range(len(instance.capacities))]
    return {
        "name": name,
        "start": "2026-01-05",
        "weeks": 1,
        "step": 1,
        "goals": ["must", "cost"],
        "roles": {"agent": {"strategic": 0, "tactical": 0}},
        "staff": [
            {"id": agent, "role": "agent", "weekly_hours": hours}
            for agent, hours in zip(agents, instance.capacities, strict=True)
        ],
        "clients": [{"id": "client"}],
        "tasks": [
            {
                "id": f"job-{job + 1}",
                "kind": "tactical",
                "client": "client",
                "hours": 1,
                "must": True,
                "estimates": {
                    agent: {"hours": instance.weights[number][job], "price": instance.costs[number][job]}
                    for number, agent in enumerate(agents)
                },
            }
            for job in range(len(instance.costs[0]))
        ],
    }


def instances(folder: Path, only: Collection[str] = ()) -> list[Path]:
    """Return the instances of a folder, small ones first.

    With `only`, those of these names: ``c05100`` is one, ``gap1`` all of gap1-0, gap1-1, ..., and ``c`` a whole class.
    """
    files = [path for path in folder.iterdir() if path.is_file() and not path.suffix and path.name[-1].isdigit()]
    chosen = [path for path in files if not only or any(_named(path.name, one) for one in only)]
    return sorted(chosen, key=lambda path: (path.stat().st_size, path.name))


def _named(name: str, wanted: str) -> bool:
    return name == wanted or name.startswith(f"{wanted}-") or (len(wanted) == 1 and name.startswith(wanted))


def best_known(folder: Path) -> dict[str, int]:
    """Return the best known costs, from the file in the folder or above it; empty without one."""
    for place in (folder / BEST_KNOWN, folder.parent / BEST_KNOWN):
        if place.is_file():
            with place.open(newline="", encoding="utf-8") as file:
                return {row["instance"]: int(row["best_known_min"]) for row in csv.DictReader(file)}
    return {}


def solve_instance(path: Path, means: Means) -> Result:
    """Plan an instance; the plan is audited and the bound held against the best known cost."""
    made, seconds = timed(lambda: from_mapping(scenario(read(path), path.name)))
    return Result(path.name, judge(made, search(made, means)), best_known(path.parent).get(path.name), seconds)


def write_csv(results: Iterable[Result], path: Path) -> None:
    """Write a row for each instance."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for one in results:
            violations = len(one.judged.violations)
            gaps = (one.to_bound, one.to_best)
            found = (one.name, one.cost, one.bound, one.best_known, *gaps, one.proven)
            writer.writerow((*found, round(one.load_seconds, 3), round(one.seconds, 3), violations))
