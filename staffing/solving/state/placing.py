"""Giving a job to somebody beside the work that is placed, so that every rule holds.

Nothing placed is moved. A job gets the first weeks that have room, or the last ones; of those who could do it, whoever
is on time above all, is there already, costs least and is known to the client.
"""

from __future__ import annotations

from typing import NamedTuple

from staffing.problem.problem import JobData, Pair
from staffing.solving.state.usage import Cells, Usage, burn_of

Taken = dict[tuple[int, int], int]
"""Steps of one job by (person, week)."""
HIRE_SHARE = 0.25
"""Share of a hire's cost that is charged to the first job it gets."""
LATE = 2.0**40
"""What a week late × the task's weight counts, in units of money, when an owner is chosen."""
HIRE = 2.0**30
"""What a placeholder counts who has nothing to do yet, beside a share of what the hire costs."""
CONTACT = 1e-3
"""What one owner more of a client's kind of work counts."""
WEEK = 1e-6
"""What every week counts that a job ends later."""


class Offer(NamedTuple):
    """How a person could do a job: the steps by week, and what it costs."""

    cells: Taken
    cost: int


class Placing:
    """Places jobs.

    Parameters
    ----------
    usage
        The work placed; jobs are added to it.
    hiring
        Whether placeholders may be given work.
    """

    def __init__(self, usage: Usage, *, hiring: bool) -> None:
        self.usage = usage
        self.problem = usage.problem
        self.hiring = hiring
        self._hire_costs = {person: self._hire_cost(person) for person in self.problem.placeholders}
        self._works_over = [any(person.overtime) for person in self.problem.people]
        self._groups = [self.problem.groups_of.get(job, ()) for job in range(len(self.problem.jobs))]
        self._budgets = [self.problem.budgets_of.get(job, ()) for job in range(len(self.problem.jobs))]

    def _hire_cost(self, person: int) -> int:
        people = self.problem.people
        earlier = people[person].earlier
        return people[person].hired_cost + (0 if earlier is None else self._hire_cost(earlier))

    def window(self, job: int) -> tuple[int, int] | None:
        """Return the first and last week for a job beside those before and after it; None where there is none."""
        data = self.problem.jobs[job]
        first, last = data.first, data.last
        cells = self.usage.cells
        for before, lag in data.after:
            if before not in cells:
                return None
            first = max(first, self.usage.over(before) + lag)
        for later, lag in self.problem.followers.get(job, ()):
            if later in cells:
                last = min(last, self.usage.first(later) - lag)
        return (first, last) if first <= last else None

    def place(self, job: int) -> bool:
        """Place a job if it fits, with whoever is best; what nobody can do alone is shared where it may be."""
        window = self.window(job)
        if window is None:
            return False
        data = self.problem.jobs[job]
        cells = self._best(job, data, window)
        if cells is None:
            return data.max_owners > 1 and self._share(job, data, window)
        self.usage.place(job, cells)
        return True

    def put(self, job: int, cells: Cells) -> bool:
        """Place a job with these hours, which deliver it, if every rule allows it beside what is placed."""
        usage, problem, data = self.usage, self.problem, self.problem.jobs[job]
        window = self.window(job)
        if window is None or any(not window[0] <= week <= window[1] for _, week in cells):
            return False
        if not all(self._may(job, data, person) for person in {person for person, _ in cells}):
            return False
        for (person, week), steps in cells.items():
            at, clients = person * problem.weeks + week, usage.clients(person, week)
            most = problem.people[person].max_clients_per_week
            room = usage.free[at]
            if data.client not in clients and clients:
                room -= problem.switching
            if data.client not in clients and most is not None and len(clients) >= most:
                return False
            if steps > min(room, usage.kind_free[data.kind][at]):
                return False
        if any(money > usage.left[number] for number, money in burn_of(problem, job, cells).items()):
            return False
        usage.place(job, cells)
        return True

    def _best(self, job: int, data: JobData, window: tuple[int, int]) -> Taken | None:
        """Return the cells with which the best owner would do a job alone; None if nobody can."""
        weeks = range(window[0], window[1] + 1)
        best: Taken | None = None
        least = 0.0
        for pair in data.pairs:
            if not self._may(job, data, pair.person):
                continue
            offer = self._filled(data, job, pair, weeks, pair.need, overtime=False)
            if offer is None and self._works_over[pair.person]:  # overtime only if it does not fit without
                offer = self._filled(data, job, pair, weeks, pair.need, overtime=True)
            if offer is None:
                continue
            score = self._score(data, pair.person, offer)
            if best is None or score < least:
                best, least = offer.cells, score
        return best

    def _score(self, data: JobData, person: int, offer: Offer) -> float:
        last = max([week for _, week in offer.cells])
        score = offer.cost + WEEK * last
        if data.due is not None and last > data.due:
            score += LATE * data.weight * (last - data.due)
        owners = self.usage.owners[data.client, data.kind]
        if owners and person not in owners:
            score += CONTACT
        if person in self._hire_costs and not self.usage.jobs_of[person]:
            score += HIRE + HIRE_SHARE * self._hire_costs[person]
        return score

    def _may(self, job: int, data: JobData, person: int) -> bool:
        """Whether a person may own a job, hours aside: hires, one owner, most clients."""
        worker = self.problem.people[person]
        if worker.hire and not self.hiring:
            return False
        for group in self._groups[job]:
            owners = self.usage.group_owners[group]
            if owners and person not in owners:
                return False
        if worker.max_clients is None:
            return True
        clients = self.usage.clients_of[person]
        return data.client in clients or len(clients) < worker.max_clients

    def _filled(
        self,
        data: JobData,
        job: int,
        pair: Pair,
        weeks: range,
        need: int,
        *,
        overtime: bool,
        part: bool = False,
        others: Taken | None = None,
    ) -> Offer | None:
        """Fill week after week until a need is met; None where it is not, unless a part of it will do.

        `others` are the hours of others who share the job: they count against its pace and budgets.
        """
        usage, problem, person = self.usage, self.problem, pair.person
        worker = problem.people[person]
        fixed_burn = problem.price_burns and pair.price is not None
        budgets = self._budgets[job] if worker.burn and not fixed_burn else ()
        free, kind_free, served = usage.free, usage.kind_free[data.kind], usage.served
        client, most_clients = data.client, worker.max_clients_per_week
        base = person * problem.weeks
        cells: Taken = {}
        missing, extra, beyond = need, 0, 0
        for week in weeks:
            at = base + week
            usual = free[at] - usage.extra[at]
            room = free[at] if overtime else usual
            if room <= 0:
                continue
            clients = served[at]
            switched = 0
            if client not in clients:
                if most_clients is not None and len(clients) >= most_clients:
                    continue
                if clients:
                    switched = problem.switching
                    room -= switched
            if room > kind_free[at]:
                room = kind_free[at]
            if room > missing:
                room = missing
            if data.pace is not None:
                pace = data.pace_in(week) or 0
                room = min(room, pace - _in_week(others, week) if others else pace)
            if budgets and room > 0:
                room = self._affordable(budgets, worker.burn, room, week, cells, others)
            if room <= 0:
                continue
            cells[person, week] = room
            missing -= room
            extra += switched
            if room + switched > usual:
                beyond += room + switched - max(0, usual)
            if not missing:
                break
        if (missing and not (part and cells)) or (fixed_burn and not self._price_fits(job, pair, cells)):
            return None
        steps = need - missing
        cost = (steps * worker.hour_cost if pair.price is None else pair.price) + extra * worker.hour_cost
        return Offer(cells, cost + beyond * worker.overtime_cost)

    def _affordable(
        self, budgets: tuple[int, ...], burn: int, room: int, week: int, cells: Taken, others: Taken | None
    ) -> int:
        """Return how many of `room` steps in a week the budgets can pay."""
        for number in budgets:
            weeks = self.problem.budgets[number].weeks
            if week not in weeks:
                continue
            left = self.usage.left[number] - burn * sum([count for (_, at), count in cells.items() if at in weeks])
            for (person, at), count in (others or {}).items():
                if at in weeks:
                    left -= self.problem.people[person].burn * count
            room = min(room, left // burn)
        return room

    def _price_fits(self, job: int, pair: Pair, cells: Taken) -> bool:
        """Whether a fixed price fits the budgets of the week of the last hours."""
        assert pair.price is not None
        last = max(week for _, week in cells)
        return all(
            self.usage.left[number] >= pair.price
            for number in self.problem.budgets_of.get(job, ())
            if last in self.problem.budgets[number].weeks
        )

    def _share(self, job: int, data: JobData, window: tuple[int, int]) -> bool:
        """Let people with room share a job, none of them working a step more than is needed.

        Those with most room come first, and each does all they can.
        """
        weeks = range(window[0], window[1] + 1)
        able: list[tuple[int, Pair]] = []
        for pair in data.pairs:
            if self._may(job, data, pair.person):
                offer = self._filled(data, job, pair, weeks, pair.need, overtime=True, part=True)
                if offer is not None:
                    able.append((-pair.power * sum(offer.cells.values()), pair))
        able.sort(key=lambda one: one[0])
        taken: Taken = {}
        owners: list[Pair] = []
        covered = 0
        for _, pair in able[: data.sharers]:
            need = -(-(data.effort - covered) // pair.power)
            offer = self._filled(data, job, pair, weeks, need, overtime=True, part=True, others=taken)
            if offer is not None:
                taken |= offer.cells
                owners.append(pair)
                covered += pair.power * sum(offer.cells.values())
            if covered >= data.effort:
                self.usage.place(job, _trimmed(taken, owners, covered - data.effort))
                return True
        return False


def _in_week(cells: Taken, week: int) -> int:
    return sum([count for (_, at), count in cells.items() if at == week])


def _trimmed(cells: Taken, owners: list[Pair], spare: int) -> Taken:
    """Take the steps that are not needed from owners, last weeks first, until less than a step's effort is to spare."""
    for pair in owners:
        own = sorted(cell for cell in cells if cell[0] == pair.person)
        while own and spare >= pair.power:
            cells[own[-1]] -= 1
            spare -= pair.power
            if not cells[own[-1]]:
                del cells[own.pop()]
    return cells
