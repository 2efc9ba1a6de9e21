"""The fewest people for work with fixed weeks (shift minimisation personnel task scheduling), known by construction.

The weeks of so many people, each busy in every week, are cut into tasks that fill their weeks; each may be done by
whoever had it and by some others. So many people are enough, and as every week holds as many tasks, fewer are not.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

FULL = 40
"""Hours of everybody's week."""
SHORTEST, LONGEST = 3, 14
"""Weeks of a task; the last of each person may be shorter."""
OTHERS = 0.6
"""Share of the others who may do a task."""


@dataclass(frozen=True, slots=True)
class Crew:
    """How many people are needed, of how many, for how many weeks."""

    needed: int
    people: int
    weeks: int


SIZES = {"6of8": Crew(6, 8, 16), "20of23": Crew(20, 23, 70)}


def fewest(crew: Crew, seed: int) -> dict[str, Any]:
    """Return a scenario whose least cost is `crew.needed`: everybody could be hired, for a cost of 1."""
    random = Random(f"fewest {crew.needed} {crew.people} {crew.weeks} {seed}")
    names = [f"w{number + 1}" for number in range(crew.people)]
    tasks = []
    for name in random.sample(names, crew.needed):
        week = 1
        while week <= crew.weeks:
            last = min(crew.weeks, week + random.randint(SHORTEST, LONGEST) - 1)
            able = [one for one in names if one == name or random.random() < OTHERS]
            tasks.append((week, last, able))
            week = last + 1
    random.shuffle(tasks)
    return {
        "name": f"The fewest of {crew.people} people",
        "start": "2026-01-05",
        "weeks": crew.weeks,
        "step": 1,
        "goals": ["must", "cost"],
        "roles": {"worker": {"tactical": 1, "weekly_hours": FULL}},
        "staff": [{"id": name, "role": "worker", "placeholder": True, "hire_cost": 1} for name in names],
        "clients": [{"id": "all"}],
        "tasks": [
            {
                "id": f"t{number + 1}",
                "kind": "tactical",
                "client": "all",
                "must": True,
                "hours": FULL * (last - first + 1),
                "earliest": first,
                "deadline": last,
                "only": able,
            }
            for number, (first, last, able) in enumerate(tasks)
        ],
    }
