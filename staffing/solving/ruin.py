"""What is taken out of a plan to be rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from staffing.scenario.records import Goal
from staffing.solving.standing import Standing
from staffing.solving.usage import Cells

RELAY = 0.7
"""How often other work than that of people laid anew is taken out."""
FOLLOWING = 0.7
"""How often what comes after a job is taken out with it."""
LOOK = 40
"""Jobs that are looked at to find one that waits."""
WAITING = 12
"""Most jobs that wait, of each person concerned, that are tried beside those taken out."""


class Ruined(NamedTuple):
    """What was taken out, and how it is to be put back.

    Attributes
    ----------
    removed
        Jobs taken out, with what they were.
    wanted
        Jobs to place first.
    owners
        Who is tried first as the owner of a job.
    anybody
        Whether others may own those jobs, where that fails.
    by_window
        Whether jobs are put back in the order in which their windows end.
    """

    removed: dict[int, Cells]
    wanted: list[int]
    owners: dict[int, int]
    anybody: bool = True
    by_window: bool = False


class Ruin:
    """Takes jobs out of a plan.

    Parameters
    ----------
    standing
        The plan in work; its goal decides what is worth taking out, and what others claim is left alone.
    random
        Draws.
    """

    def __init__(self, standing: Standing, random: Random) -> None:
        self.usage = standing.usage
        self.problem = standing.usage.problem
        self.goal = standing.goals[-1]
        self.earlier = standing.earlier
        self.claims = standing.claims
        self.random = random
        self._jobs = [number for number, job in enumerate(self.problem.jobs) if job.pairs]
        self._able: dict[int, list[int]] = {}
        for job in self._jobs:
            for pair in self.problem.jobs[job].pairs:
                self._able.setdefault(pair.person, []).append(job)
        self._people = sorted(self._able)
        self._people_now: set[int] = set()
        self._trouble = TROUBLE.get(self.goal)

    def draw(self) -> Ruined | None:
        """Take some jobs out; None where nothing was found."""
        if not self._jobs:
            return None
        removed: dict[int, Cells] = {}
        self._people_now = set()
        way = self.random.random()
        if self._trouble is not None:
            if way < 0.5:
                return self._out_of_trouble(removed)
        elif way < 0.5:
            return self._for_waiting(removed)
        if way < 0.55 and self.problem.one_owner:
            return self._group(removed)
        if way < RELAY:
            return self._relaid(removed)
        return self._people_in_weeks(removed)

    def waiting(self, removed: dict[int, Cells], wanted: list[int]) -> list[int]:
        """Give jobs that wait and that the people concerned could do."""
        cells, random = self.usage.cells, self.random
        found: dict[int, None] = {}
        for person in self._people_now:
            able = self._able[person]
            for job in random.sample(able, min(len(able), WAITING)):
                if job not in cells and job not in removed and job not in wanted:
                    found[job] = None
        return list(found)

    def _take(self, job: int, removed: dict[int, Cells]) -> None:
        """Take a job out, and mostly what comes after it."""
        if job not in self.usage.cells or self._claimed(job):
            return
        for later, _ in self.problem.followers.get(job, ()):
            if later in self.usage.cells and self.random.random() < FOLLOWING:
                self._take(later, removed)
        removed[job] = self.usage.remove(job)

    def _claimed(self, job: int) -> bool:
        """Whether a part in work forbids to move a job."""
        return bool(self.claims.jobs) and self.claims.touch(self.usage, job)

    def _near(self, person: int, first: int, last: int, count: int, removed: dict[int, Cells]) -> None:
        """Take out some of a person's jobs with hours in some weeks."""
        cells = self.usage.cells
        near = [
            job
            for job in self.usage.jobs_of[person]
            if any(first <= week <= last for who, week in cells[job] if who == person)
        ]
        for job in self.random.sample(near, min(len(near), count)):
            self._take(job, removed)

    def _for_waiting(self, removed: dict[int, Cells]) -> Ruined | None:
        """Make room for a job that waits, with what waits before it, in the weeks of somebody who could do it."""
        random, jobs, cells = self.random, self.problem.jobs, self.usage.cells
        sample = random.sample(self._jobs, min(len(self._jobs), LOOK))
        waiting = [job for job in sample if job not in cells and (self.goal != "must" or jobs[job].must)]
        if not waiting:
            return None if self.goal == "must" else self._people_in_weeks(removed)
        target = max(waiting[:3], key=lambda job: jobs[job].value * random.random())
        wanted = self._chain(target)
        for group in self.problem.groups_of.get(target, ()):
            if random.random() < 0.5:
                for job in self.problem.one_owner[group].jobs:
                    self._take(job, removed)
        person = random.choice(jobs[target].pairs).person
        self._people_now = {person}
        middle = random.randint(jobs[target].first, jobs[target].last)
        self._near(person, middle - 1, middle + 1, random.randint(1, 4), removed)
        return Ruined(removed, wanted, {})

    def _chain(self, job: int) -> list[int]:
        """Give a job that waits, after all that waits before it."""
        found: list[int] = []
        open_ = [job]
        while open_:
            top = open_.pop()
            if top not in found and top not in self.usage.cells:
                found.append(top)
                open_ += [before for before, _ in self.problem.jobs[top].after]
        return found[::-1]

    def _group(self, removed: dict[int, Cells]) -> Ruined | None:
        """Give all jobs of a one-owner group to somebody."""
        random = self.random
        group = [job for job in random.choice(self.problem.one_owner).jobs if self.problem.jobs[job].pairs]
        if not group:
            return None
        for job in group:
            self._take(job, removed)
        owner = random.choice(self.problem.jobs[group[0]].pairs).person
        self._people_now = {owner}
        own = sorted(self.usage.jobs_of[owner])
        most = random.choice((2, 5, len(own)))
        for job in random.sample(own, min(len(own), most)):
            self._take(job, removed)
        return Ruined(removed, group, dict.fromkeys(group, owner), anybody=False)

    def _people_in_weeks(self, removed: dict[int, Cells]) -> Ruined:
        """Take out work of two people who could do a job of each other, around a week."""
        random = self.random
        middle, reach = random.randrange(self.problem.weeks), random.choice((0, 1, 1, 2))
        one = random.choice(self._people)
        other = random.choice(self.problem.jobs[random.choice(self._able[one])].pairs).person
        self._people_now = {one, other}
        for person in sorted(self._people_now):
            self._near(person, middle - reach, middle + reach, random.randint(1, 5), removed)
        return Ruined(removed, [], {})

    def _relaid(self, removed: dict[int, Cells]) -> Ruined:
        """Lay a person's work of some weeks anew, earliest end of window first, with one job more."""
        random, cells = self.random, self.usage.cells
        person = random.choice(self._people)
        able = self._able[person]
        target = next(
            (job for job in random.sample(able, min(len(able), LOOK)) if person not in self._owners(job)), able[0]
        )
        data = self.problem.jobs[target]
        wanted = self._chain(target)
        self._take(target, removed)
        own = [
            job
            for job in sorted(self.usage.jobs_of[person])
            if any(data.first <= week <= data.last for who, week in cells[job] if who == person)
        ]
        for job in own:
            self._take(job, removed)
        self._people_now = {person}
        return Ruined(removed, [*wanted, *own, target], dict.fromkeys([target, *own], person), by_window=True)

    def _owners(self, job: int) -> set[int]:
        return {person for person, _ in self.usage.cells.get(job, ())}

    def _out_of_trouble(self, removed: dict[int, Cells]) -> Ruined | None:
        """Take out a job that makes the goal worse, and work of somebody who could do it in its weeks."""
        assert self._trouble is not None
        random = self.random
        jobs = self._trouble(self)
        if not jobs:
            return self._people_in_weeks(removed)
        for job in jobs:
            self._take(job, removed)
        person = random.choice(self.problem.jobs[jobs[0]].pairs).person
        self._people_now = {person}
        data = self.problem.jobs[jobs[0]]
        middle = random.randint(data.first, data.last)
        self._near(person, middle - 1, middle + 1, random.randint(0, 4), removed)
        return Ruined(removed, jobs, dict.fromkeys(jobs, person) if random.random() < 0.5 else {}, anybody=False)

    # what makes goals worse

    def _delivered(self) -> list[int]:
        sample = self.random.sample(self._jobs, min(len(self._jobs), LOOK))
        return [job for job in sample if job in self.usage.cells]

    def _late(self) -> list[int]:
        """A job that is late."""
        jobs = self.problem.jobs
        for job in self._delivered():
            due = jobs[job].due
            if due is not None and self.usage.over(job) > due:
                return [job]
        return []

    def _further_contact(self) -> list[int]:
        """All that one of several owners does of a client's kind of work."""
        keys = [key for key, owners in self.usage.owners.items() if len(owners) > 1]
        if not keys:
            return []
        key = self.random.choice(keys)
        owners = self.usage.owners[key]
        owner = min(owners, key=lambda person: owners[person] * self.random.random())
        jobs = self.problem.jobs
        return [job for job in sorted(self.usage.jobs_of[owner]) if (jobs[job].client, jobs[job].kind) == key]

    def _beyond_capacity(self) -> list[int]:
        """A job of somebody with overtime, in such a week."""
        usage, weeks = self.usage, self.problem.weeks
        for job in self._delivered():
            cells = [person * weeks + week for person, week in usage.cells[job]]
            if any(usage.free[at] < usage.extra[at] for at in cells):
                return [job]
        return []

    def _busiest(self) -> list[int]:
        """A job of whoever has the highest utilisation."""
        people = self.problem.people
        busy = [
            ((person.past_hours + planned) / person.total, number)
            for number, (person, planned) in enumerate(zip(people, self.usage.planned, strict=True))
            if person.total and self.usage.jobs_of[number]
        ]
        return [self.random.choice(sorted(self.usage.jobs_of[max(busy)[1]]))] if busy else []

    def _changed(self) -> list[int]:
        """A job of the earlier plan."""
        return [self.random.choice(sorted(self.earlier.jobs))] if self.earlier.jobs else []

    def _any(self) -> list[int]:
        """Any job that is delivered."""
        return self._delivered()[:1]


TROUBLE: dict[Goal, Callable[[Ruin], list[int]]] = {
    "lateness": Ruin._late,
    "contacts": Ruin._further_contact,
    "overtime": Ruin._beyond_capacity,
    "balance": Ruin._busiest,
    "changes": Ruin._changed,
    "cost": Ruin._any,
    "hours": Ruin._any,
}
"""By goal: jobs that make it worse. Where it is missing, what waits is the trouble."""
