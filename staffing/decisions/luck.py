"""What chance decides of a plan that is carried out: how long tasks take, which work comes, who is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.plan.facts import Facts, PersonWeek
from staffing.scenario.availability import exact_room
from staffing.scenario.confidence import beta_shape
from staffing.scenario.expand import Job
from staffing.scenario.records import HoursRange, Task
from staffing.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Luck:
    """What chance decides, once for each draw.

    Attributes
    ----------
    draws
        How many.
    factors
        By task that is carried out: its hours, relative to those planned.
    comes
        By task that is carried out: whether its client and its project are won.
    room
        By person and week: hours of capacity that absence leaves.
    contract
        By person and week: hours of the contract that absence, holidays and time off leave.
    """

    draws: int
    factors: Mapping[str, Floats]
    comes: Mapping[str, Bools]
    room: Mapping[PersonWeek, Floats]
    contract: Mapping[PersonWeek, Floats]

    @classmethod
    def drawn(cls, facts: Facts, scenario: Scenario, draws: int, seed: int) -> Luck:
        """Draw hours, clients and projects, and absences; the same seed gives the same luck.

        A plan may have been made with other hours than the likely ones, so the scenario itself says what they may be.
        """
        random = np.random.default_rng(seed)
        tasks = {task.id: task for task in scenario.tasks}
        jobs = carried_out(facts)
        factors = {job.id: _hours(random, tasks[job.task], draws) / float(job.hours) for job in jobs}
        won = {
            (kind, entry.id): random.random(draws) < float(entry.probability)
            for kind, entries in (("client", scenario.clients), ("project", scenario.projects))
            for entry in entries
        }
        every = np.ones(draws, dtype=np.bool_)
        comes = {
            job.id: won["client", job.client] & (won["project", job.project] if job.project is not None else every)
            for job in jobs
        }
        room, contract = {}, {}
        for (id_, week), (hours, paid), here in _present(facts, random, draws):
            room[id_, week], contract[id_, week] = hours * here, paid * here
        return cls(draws, factors, comes, room, contract)


def carried_out(facts: Facts) -> list[Job]:
    """Return the tasks that somebody is to work on: those delivered, and those that wait but have promised hours."""
    ids = {job for job, _, _ in (*facts.draft.hours, *facts.promised)}
    return [job for job in facts.expanded.jobs.values() if job.id in ids]


def _hours(random: np.random.Generator, task: Task, draws: int) -> Floats:
    """Draw the hours of a task: those of a PERT estimate are spread between low and high by a beta distribution."""
    hours = task.hours
    if not isinstance(hours, HoursRange) or hours.low == hours.high:
        return np.full(draws, float(task.likely))
    low, high = float(hours.low), float(hours.high)
    return low + (high - low) * random.beta(*beta_shape(hours), draws)


def _present(
    facts: Facts, random: np.random.Generator, draws: int
) -> Iterator[tuple[PersonWeek, tuple[float, float], Floats]]:
    """Yield each person and week: hours of capacity and contract, and the share of available days they are there."""
    scenario = facts.expanded.scenario
    staff = {copy: member for member in scenario.staff for copy in facts.expanded.copies[member.id]}
    for person in facts.present:
        member = staff[person.id]
        absence, share = float(member.absence), float(member.target_utilisation)
        for week, exact in enumerate(exact_room(member, scenario)):
            days = person.available_days[week]
            missed = random.binomial(days, absence, draws) / days if days and absence else np.zeros(draws)
            yield (person.id, week + 1), (float(person.room[week]), float(exact) / share), 1 - missed
