"""The true lexicographic optimum of a small scenario, by a formulation of its own.

Owners are binaries, hours are whole steps by job, person and week. Everything else (weeks used, first and last week,
clients served, overtime, hiring) is a variable only where some rule or goal of the scenario asks for it. After each
goal the plan is read back from the hours alone, checked against every rule and measured in Fractions; what HiGHS
claims must agree, or :class:`EngineError` is raised.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, lcm

from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario

from .exact_mip import EngineError, ExactMip, Sum
from .rules import Plan, Reading
from .world import Job, Person, World

MAXIMISED = ("value", "net_value")
AT_LEAST_0 = ("must", "lateness", "cost", "overtime", "hours", "contacts", "balance", "changes")


@dataclass(frozen=True)
class Answer:
    """The optimum of each goal at its turn, what later goals had to keep, and a plan that reaches all of it."""

    goals: list[Goal]
    best: list[Fraction]
    limits: list[Fraction]
    plan: Plan
    world: World


def optimum(scenario: Scenario) -> list[Fraction]:
    """Return the optimum of each goal in turn: no plan within the limits of the earlier goals does better."""
    return answer(scenario).best


def answer(scenario: Scenario, owned: tuple[str, str] | None = None) -> Answer:
    """Solve goal by goal; each keeps within the limits of the earlier ones.

    Parameters
    ----------
    scenario
        What is planned.
    owned
        A job that must be delivered, and the only person who may own what is left of it.
    """
    world = World(scenario)
    model = _Model(world)
    plan = Plan(hired=frozenset(world.hired_already()))
    if owned is not None:
        model.own(*owned)
        plan = model.plan(model.mip.minimise({model.delivered[owned[0]]: Fraction(1)})[0])
    measured: dict[Goal, Fraction] = {}
    best: list[Fraction] = []
    limits: list[Fraction] = []
    for entry in scenario.goals:
        goal = entry.goal
        sign = -1 if goal in MAXIMISED else 1
        terms, constant = model.goal(goal)
        reached = Reading(world, plan).measure(goal)
        if terms and not (goal in AT_LEAST_0 and reached == 0):
            values, least = model.mip.minimise({var: sign * number for var, number in terms.items()})
            plan = model.plan(values)
            reading = Reading(world, plan)
            broken = reading.broken()
            if broken:
                raise EngineError(f"the plan breaks {broken}")
            reached = reading.measure(goal)
            if reached != sign * least + constant:
                raise EngineError(f"{goal} is {reached} in the plan, {sign * least + constant} in the model")
            for earlier, before in measured.items():
                if reading.measure(earlier) * _sign(earlier) > before * _sign(earlier):
                    raise EngineError(f"{earlier} is given back beyond {before} for {goal}")
        limit = reached + sign * Fraction(entry.tolerance) * abs(reached)
        if terms:
            kept = limit - constant
            model.mip.row(terms, low=kept if sign < 0 else None, high=kept if sign > 0 else None)
        best.append(reached)
        limits.append(limit)
        measured[goal] = limit
    return Answer([entry.goal for entry in scenario.goals], best, limits, plan, world)


def _sign(goal: Goal) -> int:
    return -1 if goal in MAXIMISED else 1


def _sum(variables: Iterable[int], factor: Fraction | int = 1) -> Sum:
    total: Sum = defaultdict(Fraction)
    for var in variables:
        total[var] += Fraction(factor)
    return total


def _add(*parts: Sum) -> Sum:
    total: Sum = defaultdict(Fraction)
    for part in parts:
        for var, number in part.items():
            total[var] += number
    return total


def _times(part: Sum, factor: Fraction | int) -> Sum:
    return {var: number * factor for var, number in part.items()}


class _Model:
    def __init__(self, world: World) -> None:
        self.world = world
        self.mip = ExactMip()
        self.need = {job.id: world.may_finish(job) for job in world.jobs.values()}
        self.delivered: dict[str, int] = {}
        self.owns: dict[tuple[str, str], int] = {}
        self.steps: dict[tuple[str, str, int], int] = {}
        self.hired = {person.id: self.mip.whole(1) for person in world.people.values() if person.placeholder}
        self._first: dict[str, dict[int, int]] = {}
        self._last: dict[str, dict[int, int]] = {}
        self._served: dict[tuple[str, str, int], int] = {}
        self._extra: dict[tuple[str, int], int] = {}
        self._switches: dict[tuple[str, int], int] = {}
        for name in world.hired_already():
            self.mip.row({self.hired[name]: Fraction(1)}, 1, 1)
        for job in world.jobs.values():
            self._job(job)
        for person in world.people.values():
            self._person(person)
        for job in world.jobs.values():
            self._after(job)
        self._one_owner()
        self._budgets()

    def own(self, job: str, owner: str) -> None:
        """Have a job delivered by one person alone."""
        self.mip.row({self.delivered[job]: Fraction(1)}, 1, 1)
        for person in self.need[job]:
            self.mip.row({self.owns[job, person]: Fraction(1)}, high=int(person == owner))

    def count(self, hours: Fraction) -> int:
        """Count the steps of hours that lie on the grid."""
        steps = hours / self.world.step
        assert steps.denominator == 1
        return steps.numerator

    # jobs: rules W, E, Q, M and the hired part of H

    def _job(self, job: Job) -> None:
        x = self.delivered[job.id] = self.mip.whole(1)
        pace = None if job.weekly_max is None else self.count(job.weekly_max)
        for person, need in self.need[job.id].items():
            y = self.owns[job.id, person] = self.mip.whole(1)
            most = self.count(need)
            weeks = []
            for week in job.window:
                room = self._room(self.world.people[person], week)
                high = min(bound for bound in (most, room, self._pace(job, week)) if bound is not None)
                if high > 0:
                    steps = self.steps[job.id, person, week] = self.mip.whole(high)
                    weeks.append(steps)
            if job.most_owners == 1:
                self.mip.row(_add(_sum(weeks), {y: Fraction(-most)}), 0, 0)
            else:
                self.mip.row(_add(_sum(weeks), {y: Fraction(-most)}), high=0)
                self.mip.row(_add(_sum(weeks), {y: Fraction(-1)}), low=0)
            if person in self.hired:
                self.mip.row({y: Fraction(1), self.hired[person]: Fraction(-1)}, high=0)
        owners = _sum(self.owns[job.id, person] for person in self.need[job.id])
        if job.most_owners == 1:
            self.mip.row(_add(owners, {x: Fraction(-1)}), 0, 0)
        else:
            self.mip.row(_add(owners, {x: Fraction(-1)}), low=0)
            self.mip.row(_add(owners, {x: Fraction(-job.most_owners)}), high=0)
            self._shared_effort(job, x)
        if pace is not None:
            for week in job.window:
                self.mip.row(_sum(self._steps_of(job, week)), high=self._pace(job, week))
        promisers = self.world.promisers(job.id)
        others = _sum(self.owns[job.id, who] for who in self.need[job.id] if who not in promisers)
        if promisers and others:
            self.mip.row(others, high=max(0, job.most_owners - len(promisers)))

    def _pace(self, job: Job, week: int) -> int | None:
        if job.weekly_max is None:
            return None
        promised = sum((row.hours for row in self.world.promised(job=job.id, week=week)), Fraction(0))
        return max(0, floor((job.weekly_max - promised) / self.world.step))

    def _room(self, person: Person, week: int) -> int:
        return self.count(self.world.free(person, week) + self.world.free_overtime(person, week))

    def _steps_of(self, job: Job, week: int) -> list[int]:
        return [self.steps[job.id, who, week] for who in self.need[job.id] if (job.id, who, week) in self.steps]

    def _shared_effort(self, job: Job, x: int) -> None:
        """Cover the effort, and with one step less of any owner fall short of it.

        In whole numbers of the finest effort, falling short of R means at most R − 1.
        """
        able = {who: self.world.people[who].able[job.task.kind] * self.world.step for who in self.need[job.id]}
        if not able:
            return
        finest = Fraction(1, lcm(*(number.denominator for number in (*able.values(), job.effort))))
        effort = job.effort / finest
        done: Sum = defaultdict(Fraction)
        for (name, who, _), steps in self.steps.items():
            if name == job.id:
                done[steps] += able[who] / finest
        self.mip.row(_add(done, {x: -effort}), low=0)
        best = max(able.values()) / finest
        for who, productivity in able.items():
            own = productivity / finest
            y = self.owns[job.id, who]
            self.mip.row(_add(done, {y: best - own}), high=effort - 1 + best)

    # people: rules C, K, N and the order of copies in H

    def _person(self, person: Person) -> None:
        world = self.world
        name = person.id
        if person.earlier is not None:
            self.mip.row({self.hired[name]: Fraction(1), self.hired[person.earlier]: Fraction(-1)}, high=0)
        for week in world.weeks:
            here = {job: steps for (job, who, at), steps in self.steps.items() if (who, at) == (name, week)}
            if not here:
                continue
            load = _sum(here.values())
            promised = world.promised_clients(name, week)
            clients = {world.jobs[job].client for job in here} - promised
            first = 0 if promised else 1
            per_week = person.entry.max_clients_per_week
            if per_week is not None or (world.switching and len(clients) > first):
                served = {client: self.mip.whole(1) for client in clients}
                self._served |= {(name, client, week): var for client, var in served.items()}
                for job, steps in here.items():
                    if world.jobs[job].client in served:
                        self._switch_on(steps, self._room(person, week), served[world.jobs[job].client])
                if per_week is not None and served:
                    self.mip.row(_sum(served.values()), high=max(0, per_week - len(promised)))
                if world.switching and len(clients) > first:
                    switches = self._switches[name, week] = self.mip.whole(len(clients) - first)
                    self.mip.row(_add(_sum(served.values()), {switches: Fraction(-1)}), high=first)
                    load = _add(load, {switches: Fraction(self.count(world.switching))})
            most = self.count(world.free_overtime(person, week))
            if most:
                extra = self._extra[name, week] = self.mip.whole(most)
                load = _add(load, {extra: Fraction(-1)})
            self.mip.row(load, high=self.count(world.free(person, week)))
            for kind, limit in person.limits.items():
                own = [steps for job, steps in here.items() if world.jobs[job].task.kind == kind]
                left = floor((limit - world.promised_of_kind(name, week, kind)) / world.step)
                self.mip.row(_sum(own), high=max(0, left))
        if person.entry.max_clients is not None:
            clients_of: dict[str, int] = {}
            for (job, who), y in self.owns.items():
                client = world.jobs[job].client
                if who == name and client not in world.promised_clients(name):
                    if client not in clients_of:
                        clients_of[client] = self.mip.whole(1)
                    self.mip.row({y: Fraction(1), clients_of[client]: Fraction(-1)}, high=0)
            left = person.entry.max_clients - len(world.promised_clients(name))
            self.mip.row(_sum(clients_of.values()), high=max(0, left))

    def _switch_on(self, steps: int, high: int, flag: int) -> None:
        self.mip.row({steps: Fraction(1), flag: Fraction(-high)}, high=0)

    # weeks of a job: first and last, made only where asked for

    def last(self, job: Job) -> dict[int, int]:
        """Return a binary for each week: whether it is the job's last."""
        if job.id not in self._last:
            self._ends(job)
        return self._last[job.id]

    def first(self, job: Job) -> dict[int, int]:
        """Return a binary for each week: whether it is the job's first."""
        if job.id not in self._first:
            self._ends(job)
        return self._first[job.id]

    def _ends(self, job: Job) -> None:
        weeks = list(job.window)
        used = {week: self.mip.whole(1) for week in weeks}
        first = self._first[job.id] = {week: self.mip.whole(1) for week in weeks}
        last = self._last[job.id] = {week: self.mip.whole(1) for week in weeks}
        x = self.delivered[job.id]
        for ends in (first, last):
            self.mip.row(_add(_sum(ends.values()), {x: Fraction(-1)}), 0, 0)
        for week in weeks:
            steps = self._steps_of(job, week)
            self.mip.row(_add(_sum(steps), {used[week]: Fraction(-1)}), low=0)
            for who in self.need[job.id]:
                if (job.id, who, week) in self.steps:
                    most = min(self._room(self.world.people[who], week), self.count(self.need[job.id][who]))
                    self._switch_on(self.steps[job.id, who, week], most, used[week])
            for ends in (first, last):
                self.mip.row({ends[week]: Fraction(1), used[week]: Fraction(-1)}, high=0)
            begun = _sum(first[at] for at in weeks if at <= week)
            ending = _sum(last[at] for at in weeks if at >= week)
            for side in (begun, ending):
                self.mip.row(_add({used[week]: Fraction(1)}, _times(side, -1)), high=0)

    # rule P

    def _after(self, job: Job) -> None:
        for before in job.task.after:
            if before.task in self.world.done or before.task in self.world.covered:
                continue
            earlier = self.world.jobs[before.task]
            pair = {self.delivered[job.id]: Fraction(1), self.delivered[earlier.id]: Fraction(-1)}
            self.mip.row(pair, high=0)
            for week, begins in self.first(job).items():
                in_time = _sum(var for at, var in self.last(earlier).items() if at + before.lag <= week)
                self.mip.row(_add({begins: Fraction(1)}, _times(in_time, -1)), high=0)

    # rule O

    def _one_owner(self) -> None:
        for group in self.world.groups:
            if any(self.world.promisers(job) for job in group):
                continue
            people = {who for (job, who) in self.owns if job in group}
            chosen = {who: self.mip.whole(1) for who in people}
            self.mip.row(_sum(chosen.values()), high=1)
            for (job, who), y in self.owns.items():
                if job in group:
                    self.mip.row({y: Fraction(1), chosen[who]: Fraction(-1)}, high=0)

    # rule B

    def _budgets(self) -> None:
        world = self.world
        for purse in world.purses:
            burn: Sum = defaultdict(Fraction)
            for (name, who, week), steps in self.steps.items():
                if name not in purse.jobs or week not in purse.weeks:
                    continue
                person = world.people[who]
                if world.scenario.budget_basis == "bill":
                    burn[steps] += person.bill_rate * world.step
                elif who not in world.jobs[name].price:
                    burn[steps] += person.cost_rate * world.step
            if world.scenario.budget_basis == "cost":
                for name in sorted(purse.jobs):
                    for who, price in world.jobs[name].price.items():
                        if (name, who) in self.owns and price:
                            burn = _add(burn, self._price(world.jobs[name], who, price, purse.weeks))
            if burn:
                self.mip.row(burn, high=purse.free)

    def _price(self, job: Job, who: str, price: Fraction, weeks: frozenset[int]) -> Sum:
        """Burn a fixed price where the job's last hours lie in these weeks: owner and end together."""
        y = self.owns[job.id, who]
        if weeks >= set(job.window):
            return {y: price}
        ends = _sum(var for week, var in self.last(job).items() if week in weeks)
        both = self.mip.whole(1)
        self.mip.row(_add(ends, {y: Fraction(1), both: Fraction(-1)}), high=1)
        return {both: price}

    # goals

    def goal(self, goal: Goal) -> tuple[Sum, Fraction]:
        """Return a goal as a sum over variables and a constant."""
        measures: dict[Goal, Callable[[], tuple[Sum, Fraction]]] = {
            "must": self._must,
            "value": self._value,
            "net_value": self._net_value,
            "lateness": self._lateness,
            "cost": self._cost,
            "overtime": lambda: (_sum(self._extra.values(), self.world.step), self._fixed_overtime()),
            "hours": lambda: (_sum(self.steps.values(), self.world.step), self._fixed_hours()),
            "contacts": self._contacts,
            "balance": self._balance,
            "changes": lambda: ({}, Fraction(0)),
        }
        return measures[goal]()

    def _must(self) -> tuple[Sum, Fraction]:
        musts = [job for job in self.world.jobs.values() if job.task.must]
        return {self.delivered[job.id]: -job.effort for job in musts}, sum((job.effort for job in musts), Fraction(0))

    def _value(self) -> tuple[Sum, Fraction]:
        jobs = self.world.jobs.values()
        covered = sum((job.value for job in self.world.covered.values()), Fraction(0))
        return {self.delivered[job.id]: job.value for job in jobs if job.value}, covered

    def _net_value(self) -> tuple[Sum, Fraction]:
        value, nothing = self._value()
        cost, fixed = self._cost()
        return _add(value, _times(cost, -1)), nothing - fixed

    def _lateness(self) -> tuple[Sum, Fraction]:
        total: Sum = {}
        constant = Fraction(0)
        for job in self.world.covered.values():
            if job.due is not None:
                constant += job.weight * max(0, self._promised_until(job) - job.due)
        for job in self.world.jobs.values():
            if job.due is None or not len(job.window):
                continue
            until = self._promised_until(job)
            if until > job.due:
                total[self.delivered[job.id]] = Fraction(job.weight * (until - job.due))
            if job.window[-1] > max(job.due, until):
                for week, var in self.last(job).items():
                    if week > max(job.due, until):
                        total[var] = Fraction(job.weight * (week - max(job.due, until)))
        return total, constant

    def _promised_until(self, job: Job) -> int:
        return max((self.world.week(row.day) for row in self.world.promised(job=job.id)), default=0)

    def _fixed_overtime_of(self, person: Person, week: int) -> Fraction:
        return self.world.past_overtime(person, week) + self.world.promised_overtime(person, week)

    def _fixed_overtime(self) -> Fraction:
        people, weeks = self.world.people.values(), self.world.weeks
        return sum((self._fixed_overtime_of(person, week) for person in people for week in weeks), Fraction(0))

    def _fixed_hours(self) -> Fraction:
        return sum([*self.world.past.values(), *(row.hours for row in self.world.booked)], Fraction(0))

    def _fixed_cost(self) -> Fraction:
        """What was worked or is promised costs, whatever the plan: by the hour or the price asked, and premiums."""
        world = self.world
        cost = sum([*world.past_price.values(), *world.booked_price.values()], Fraction(0))
        fixed = [((job, who), hours) for (job, who, _), hours in world.past.items()]
        fixed += [((row.job, row.staff), row.hours) for row in world.booked]
        for (job, who), hours in fixed:
            priced = (job, who) in world.past_price or (job, who) in world.booked_price
            if not world.people[who].salaried and not priced:
                cost += hours * world.people[who].cost_rate
        for person in world.people.values():
            extra = person.premium if person.salaried else person.premium - 1
            for week in world.weeks:
                cost += self._fixed_overtime_of(person, week) * person.cost_rate * extra
                if not person.salaried:
                    lost = max(0, len(world.promised_clients(person.id, week)) - 1) * world.switching
                    cost += lost * person.cost_rate
        return cost

    def _cost(self) -> tuple[Sum, Fraction]:
        world = self.world
        total: Sum = defaultdict(Fraction)
        constant = self._fixed_cost()
        for person in world.people.values():
            name, rate = person.id, person.cost_rate
            fixed = Fraction(person.entry.hire_cost) if person.placeholder else Fraction(0)
            if person.salaried:
                fixed += rate * sum(person.contract)
            if person.placeholder:
                total[self.hired[name]] += fixed
            else:
                constant += fixed
            for week in world.weeks:
                if (name, week) in self._extra:
                    extra = person.premium if person.salaried else person.premium - 1
                    total[self._extra[name, week]] += rate * extra * world.step
                if (name, week) in self._switches and not person.salaried:
                    total[self._switches[name, week]] += rate * world.switching
        for (job, who, _), steps in self.steps.items():
            person = world.people[who]
            if not person.salaried and who not in world.jobs[job].price:
                total[steps] += person.cost_rate * world.step
        for (job, who), y in self.owns.items():
            total[y] += world.jobs[job].price.get(who, Fraction(0))
        return {var: number for var, number in total.items() if number}, constant

    def _contacts(self) -> tuple[Sum, Fraction]:
        """Count distinct owners of a client's kind, less one where there is any."""
        groups: dict[tuple[str, str], dict[str, list[int]]] = {}
        known: dict[tuple[str, str], set[str]] = {}
        for row in self.world.booked:
            client, task = self.world.about[row.job]
            known.setdefault((client, task.kind), set()).add(row.staff)
        constant = Fraction(sum(len(people) - 1 for people in known.values()))
        for (name, who), y in self.owns.items():
            job = self.world.jobs[name]
            if who not in known.get((job.client, job.task.kind), ()):
                groups.setdefault((job.client, job.task.kind), {}).setdefault(who, []).append(y)
        total: Sum = {}
        for group, people in groups.items():
            if len(people) < 2 and group not in known:
                continue
            contacts = []
            for owned in people.values():
                contact = self.mip.whole(1)
                contacts.append(contact)
                for y in owned:
                    self.mip.row({y: Fraction(1), contact: Fraction(-1)}, high=0)
            total |= _sum(contacts)
            if group not in known:
                some = self.mip.whole(1)
                self.mip.row(_add({some: Fraction(1)}, _sum(contacts, -1)), high=0)
                total[some] = Fraction(-1)
        return total, constant

    def _balance(self) -> tuple[Sum, Fraction]:
        shares = []
        past = Fraction(0)
        for person in self.world.people.values():
            capacity = sum(person.capacity)
            own = [steps for (_, who, _), steps in self.steps.items() if who == person.id]
            worked = sum((hours for (_, who, _), hours in self.world.past.items() if who == person.id), Fraction(0))
            worked += sum((row.hours for row in self.world.promised(who=person.id)), Fraction(0))
            if capacity:
                past = max(past, 100 * worked / capacity)
            if capacity and own:
                shares.append((_sum(own, 100 * self.world.step / capacity), 100 * worked / capacity))
        if not shares:
            return {}, Fraction(ceil(past))
        hours = sum(
            (max(self.need[job.id].values(), default=Fraction(0)) for job in self.world.jobs.values()), Fraction(0)
        )
        most = ceil(max(max(share.values()) for share, _ in shares) * self.count(hours) + past) + 100
        highest = self.mip.whole(most)
        self.mip.row({highest: Fraction(1)}, low=ceil(past))
        for share, worked in shares:
            self.mip.row(_add(share, {highest: Fraction(-1)}), high=-worked)
        return {highest: Fraction(1)}, Fraction(0)

    # back to a plan

    def plan(self, values: list[int]) -> Plan:
        """Read the plan from the hours and the placeholders hired, and from nothing else."""
        return Plan(
            {key: values[var] * self.world.step for key, var in self.steps.items() if values[var]},
            frozenset(person for person, var in self.hired.items() if values[var]),
        )
