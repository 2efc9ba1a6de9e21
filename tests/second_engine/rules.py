"""The rules and goals, checked and measured exactly on a plan's allocations alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil

from staffing.scenario.records import Goal

from .world import Job, Person, World


@dataclass(frozen=True)
class Plan:
    """Hours above 0 by job, person and week, and the placeholders hired."""

    hours: dict[tuple[str, str, int], Fraction] = field(default_factory=dict)
    hired: frozenset[str] = frozenset()


class Reading:
    """A plan seen through a world: who owns what, which weeks, which load."""

    def __init__(self, world: World, plan: Plan) -> None:
        self.world = world
        self.plan = plan
        self.parts: dict[str, dict[tuple[str, int], Fraction]] = {}
        self.planned: dict[tuple[str, int], Fraction] = {}
        self.served: dict[tuple[str, int], set[str]] = {}
        for (job, person, week), hours in plan.hours.items():
            self.parts.setdefault(job, {})[person, week] = hours
            self.planned[person, week] = self.planned.get((person, week), Fraction(0)) + hours
            self.served.setdefault((person, week), set()).add(world.jobs[job].client)
        for row in world.booked:
            key = row.staff, world.week(row.day)
            self.planned[key] = self.planned.get(key, Fraction(0)) + row.hours
            self.served.setdefault(key, set()).add(world.about[row.job][0])
        self.delivered = {**world.covered, **{job: world.jobs[job] for job in self.parts}}
        self.past: dict[tuple[str, int], Fraction] = {}
        for (_, person, week), hours in world.past.items():
            self.past[person, week] = self.past.get((person, week), Fraction(0)) + hours

    def owners(self, job: str) -> set[str]:
        """Whoever has new or promised hours on it."""
        return {person for person, _ in self.parts.get(job, {})} | self.world.promisers(job)

    def used(self, job: str) -> set[int]:
        return {week for _, week in self.parts.get(job, {})}

    def last(self, job: str) -> int:
        """Last week with new or promised hours."""
        return max([*self.used(job), *(self.world.week(row.day) for row in self.world.promised(job=job))])

    def load(self, person: str, week: int) -> Fraction:
        """New and promised hours, and switching; what was worked stands in `past`."""
        switches = max(0, len(self.served.get((person, week), ())) - 1)
        return self.planned.get((person, week), Fraction(0)) + switches * self.world.switching

    def new_overtime(self, person: Person, week: int) -> Fraction:
        added = self.load(person.id, week) - self.world.promised_load(person.id, week)
        return max(Fraction(0), added - self.world.free(person, week))

    def overtime(self, person: Person, week: int) -> Fraction:
        """What is planned or promised above the room that is left, and worked above the capacity of the days before."""
        fixed = self.world.promised_overtime(person, week) + self.world.past_overtime(person, week)
        return self.new_overtime(person, week) + fixed

    # rules

    def broken(self) -> list[str]:
        """Name every rule the plan breaks."""
        return [*self._jobs(), *self._people(), *self._together(), *self._money()]

    def _jobs(self) -> Iterator[str]:
        for name, parts in self.parts.items():
            job = self.world.jobs[name]
            for (person, week), hours in parts.items():
                if hours <= 0 or hours % self.world.step:
                    yield f"grid: {name} {person} week {week}: {hours}"
                if week not in job.window:
                    yield f"W {name} week {week}"
                if person not in job.need:
                    yield f"Q {name} {person}"
                who = self.world.people[person]
                if who.placeholder and person not in self.plan.hired:
                    yield f"H {name} {person} is not hired"
            if job.weekly_max is not None:
                for week in job.window:
                    promised = sum(row.hours for row in self.world.promised(job=name, week=week))
                    new = sum(hours for (_, at), hours in parts.items() if at == week)
                    if new > max(Fraction(0), job.weekly_max - promised):
                        yield f"M {name} week {week}"
            promisers = self.world.promisers(name)
            if promisers and len(self.owners(name)) > max(job.most_owners, len(promisers)):
                yield f"F {name}"
            if not self._effort_fits(job):
                yield f"E {name}"
            for before in job.task.after:
                last = self._last(before.task)
                waits = last is None and before.task not in self.world.done
                if waits or (last is not None and min(self.used(name)) < last + before.lag):
                    yield f"P {name} after {before.task}"

    def _last(self, job: str) -> int | None:
        """Last week of a job that is delivered, or was worked off."""
        if job in self.world.done:
            return self.world.over.get(job)
        worked = {week for name, _, week in self.world.past if name == job}
        return max(self.last(job), *worked, 0) if job in self.delivered else None

    def _effort_fits(self, job: Job) -> bool:
        shares: dict[str, Fraction] = {}
        for (person, _), hours in self.parts[job.id].items():
            shares[person] = shares.get(person, Fraction(0)) + hours
        if len(shares) > job.most_owners or not set(shares) <= set(job.need):
            return False
        if len(shares) == 1:
            return all(hours == job.need[person] for person, hours in shares.items())
        able = {person: self.world.people[person].able[job.task.kind] for person in shares}
        done = sum(hours * able[person] for person, hours in shares.items())
        return done >= job.effort and all(done - able[person] * self.world.step < job.effort for person in shares)

    def _people(self) -> Iterator[str]:
        for person in self.world.people.values():
            clients = set()
            for week in self.world.weeks:
                served = self.served.get((person.id, week), set())
                clients |= served
                if self.new_overtime(person, week) > self.world.free_overtime(person, week):
                    yield f"C {person.id} week {week}"
                most = person.entry.max_clients_per_week
                if most is not None and len(served) > max(most, len(self.world.promised_clients(person.id, week))):
                    yield f"N {person.id} week {week}"
                for kind, limit in person.limits.items():
                    hours = sum(
                        hours
                        for (job, who, at), hours in self.plan.hours.items()
                        if (who, at) == (person.id, week) and self.world.jobs[job].task.kind == kind
                    )
                    if hours > max(Fraction(0), limit - self.world.promised_of_kind(person.id, week, kind)):
                        yield f"K {person.id} week {week} {kind}"
            most = person.entry.max_clients
            if most is not None and len(clients) > max(most, len(self.world.promised_clients(person.id))):
                yield f"N {person.id}"
            if person.id in self.plan.hired and person.earlier and person.earlier not in self.plan.hired:
                yield f"H {person.id} before {person.earlier}"

    def _together(self) -> Iterator[str]:
        for group in self.world.groups:
            promised = {who for job in group for who in self.world.promisers(job)}
            new = {person for job in group for person, _ in self.parts.get(job, {})}
            if new and len(new | promised) > max(1, len(promised)):
                yield f"O {', '.join(group)}"

    def _money(self) -> Iterator[str]:
        for purse in self.world.purses:
            burn = sum(self._burn(self.world.jobs[job], week) for job in purse.jobs for week in purse.weeks)
            if burn > purse.free:
                yield f"B {purse.name}: {burn} > {purse.free}"

    def _burn(self, job: Job, week: int) -> Fraction:
        burn = Fraction(0)
        for (person, at), hours in self.parts.get(job.id, {}).items():
            who = self.world.people[person]
            if self.world.scenario.budget_basis == "bill":
                burn += hours * who.bill_rate if at == week else 0
            elif person not in job.price:
                burn += hours * who.cost_rate if at == week else 0
            elif at == week == max(self.used(job.id)):
                burn += job.price[person]
        return burn

    # goals

    def measure(self, goal: Goal) -> Fraction:
        """Measure a goal as section 5 of the contract says."""
        return Fraction(getattr(self, f"_{goal}")())

    def _must(self) -> Fraction:
        waiting = [job.effort for job in self.world.jobs.values() if job.task.must and job.id not in self.parts]
        return sum(waiting, Fraction(0))

    def _value(self) -> Fraction:
        return sum((job.value for job in self.delivered.values()), Fraction(0))

    def _net_value(self) -> Fraction:
        return self._value() - self._cost()

    def _lateness(self) -> int:
        late = 0
        for name, job in self.delivered.items():
            if job.due is not None:
                late += job.weight * max(0, self.last(name) - job.due)
        return late

    def _cost(self) -> Fraction:
        cost = Fraction(0)
        for person in self.world.people.values():
            if person.placeholder:
                if person.id not in self.plan.hired:
                    continue
                cost += Fraction(person.entry.hire_cost)
            for week in self.world.weeks:
                overtime = self.overtime(person, week)
                if person.salaried:
                    cost += person.cost_rate * (person.contract[week - 1] + person.premium * overtime)
                else:
                    load = self.load(person.id, week) + self.past.get((person.id, week), Fraction(0))
                    cost += person.cost_rate * (load + (person.premium - 1) * overtime)
            for name, parts in self.parts.items():
                price = self.world.jobs[name].price.get(person.id)
                hours = sum(hours for (who, _), hours in parts.items() if who == person.id)
                if price is not None and hours:
                    cost += price - person.cost_rate * hours
            for (name, who), price in self.world.booked_price.items():
                if who == person.id:
                    promised = sum(row.hours for row in self.world.promised(job=name, who=who))
                    cost += price - person.cost_rate * promised
            for (name, who), price in self.world.past_price.items():
                if who == person.id:
                    hours = sum(hours for (job, at, _), hours in self.world.past.items() if (job, at) == (name, who))
                    cost += price - person.cost_rate * hours
        return cost

    def _overtime(self) -> Fraction:
        people = self.world.people.values()
        return sum((self.overtime(person, week) for person in people for week in self.world.weeks), Fraction(0))

    def _hours(self) -> Fraction:
        promised = [row.hours for row in self.world.booked]
        return sum([*self.plan.hours.values(), *self.world.past.values(), *promised], Fraction(0))

    def _contacts(self) -> int:
        contacts: dict[tuple[str, str], set[str]] = {}
        for name in {*self.delivered, *(row.job for row in self.world.booked)}:
            client, task = self.world.about[name]
            contacts.setdefault((client, task.kind), set()).update(self.owners(name))
        return sum(len(owners) - 1 for owners in contacts.values())

    def _balance(self) -> int:
        highest = Fraction(0)
        for person in self.world.people.values():
            capacity = sum(person.capacity)
            if capacity:
                parts = (self.planned, self.past)
                hours = sum(part.get((person.id, week), Fraction(0)) for part in parts for week in self.world.weeks)
                highest = max(highest, hours / capacity)
        return ceil(100 * highest)

    def _changes(self) -> int:
        return 0
