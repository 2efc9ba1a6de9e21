"""All single changes of each kind, tried one after the other with the second engine, which shares no code with ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from second_engine.engine import MAXIMISED, _Model
from second_engine.exact_mip import EngineError
from second_engine.world import World

from staffing.errors import ScenarioError
from staffing.plan.facts import Facts
from staffing.scenario.expand import Job
from staffing.scenario.scenario import Scenario

Patch = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A plan, and a task of it that waits or is late."""

    scenario: Scenario
    facts: Facts
    job: Job

    @property
    def late(self) -> bool:
        return self.facts.weeks_late(self.job) > 0

    def changed(self, patch: Patch) -> Scenario | None:
        try:
            return self.scenario.patch(patch) if patch else self.scenario
        except ScenarioError:
            return None

    def does(self, patch: Patch, gone: Sequence[str] = (), hires: Sequence[str] = ()) -> bool:
        """Whether the task can be delivered with a change, beside all that is delivered."""
        scenario = self.changed(patch)
        model = None if scenario is None else self.model(scenario, gone, hires)
        if model is None:
            return False
        try:
            model.mip.minimise({})
        except EngineError:
            return False
        return True

    def model(self, scenario: Scenario, gone: Sequence[str] = (), hires: Sequence[str] | None = ()) -> _Model | None:
        """Return a model in which all must be delivered that is asked for; None where some of it cannot be."""
        world = World(scenario)
        model = _Model(world)
        view = scenario.expanded
        for job in (*self.facts.delivered, self.job):
            if job.id in gone:
                continue
            due, span = view.jobs[job.id].due, self.facts.span(job.id)
            last = due if job.id == self.job.id and self.late else None
            if job.id != self.job.id and due is not None and span is not None:
                last = max(due, span[1])
            if last is not None and any(id_ == job.id and week > last for id_, _, week in self.facts.fixed):
                return None
            if job.id in world.jobs:
                model.mip.row({model.delivered[job.id]: Fraction(1)}, 1, 1)
                for (id_, _, week), steps in model.steps.items():
                    if id_ == job.id and last is not None and week > last:
                        model.mip.row({steps: Fraction(1)}, 0, 0)
            elif not (view.jobs[job.id].covered or view.jobs[job.id].done):
                return None
        for person, flag in model.hired.items():
            if hires is not None and person not in self.facts.hired and person not in hires:
                model.mip.row({flag: Fraction(1)}, 0, 0)
        return model

    def best(self, scenario: Scenario, gone: Sequence[str]) -> list[Fraction]:
        """Return the optimum of each goal in turn."""
        model = self.model(scenario, gone, None)
        assert model is not None
        best = []
        for entry in scenario.goals:
            terms, constant = model.goal(entry.goal)
            sign = -1 if entry.goal in MAXIMISED else 1
            values, least = model.mip.minimise({var: sign * number for var, number in terms.items()})
            del values
            reached = sign * least + constant
            kept = reached + sign * Fraction(entry.tolerance) * abs(reached) - constant
            if terms:
                model.mip.row(terms, low=kept if sign < 0 else None, high=kept if sign > 0 else None)
            best.append(reached)
        return best

    # the least of each kind; None where the kind does not help

    def least(self, kind: str) -> Fraction | None:
        least: Fraction | None = getattr(self, f"_{kind}")()
        return least

    def _first(self, options: Sequence[Sequence[Patch]], unit: Fraction, hires: Sequence[str] = ()) -> Fraction | None:
        """Return the least step at which any of several changes does."""
        for step in range(max(map(len, options), default=0)):
            if any(step < len(option) and self.does(option[step], (), hires) for option in options):
                return (step + 1) * unit
        return None

    @property
    def row(self) -> list[Job]:
        jobs, found = self.facts.expanded.jobs, {self.job.id: self.job}
        for job in list(found.values()):
            found |= self._before(jobs, job)
        return list(found.values())

    def _before(self, jobs: Mapping[str, Job], job: Job) -> dict[str, Job]:
        found: dict[str, Job] = {}
        for id_, _ in job.after:
            if not jobs[id_].done:
                found |= {id_: jobs[id_], **self._before(jobs, jobs[id_])}
        return found

    def _overtime(self) -> Fraction | None:
        staff = [{"id": member.id, "overtime": {"hours": 168}} for member in self.scenario.staff]
        scenario = self.changed({"staff": staff})
        model = None if scenario is None else self.model(scenario)
        if model is None:
            return None
        try:
            terms, constant = model.goal("overtime")
            least = model.mip.minimise(terms)[1] + constant
        except EngineError:
            return None
        return least - sum(self.facts.overtime.values(), Fraction(0))

    def _budget(self) -> Fraction | None:
        def raised(cents: int) -> Patch:
            patch: Patch = {}
            for what, id_, entries in (
                ("clients", self.job.client, self.scenario.clients),
                ("projects", self.job.project, self.scenario.projects),
            ):
                for entry in entries:
                    if entry.id == id_ and entry.budget is not None:
                        total = Fraction(entry.budget.amount) + Fraction(cents, 100)
                        patch[what] = [{"id": id_, "budget": {"amount": float(total)}}]
            return patch

        if not self.job.billable or not raised(1):
            return None
        low, high = 0, 10**7
        if not self.does(raised(high)):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.does(raised(middle)) else (middle, high)
        return Fraction(high, 100)

    def _contract(self) -> Fraction | None:
        step = Fraction(self.scenario.step)

        def longer(member: Any, steps: int) -> Patch:
            more = float(steps * step)
            if isinstance(member.weekly_hours, tuple):
                hours: Any = [
                    {"from": entry.since.isoformat(), "hours": float(entry.hours) + more}
                    for entry in member.weekly_hours
                ]
            else:
                of_role = self.scenario.roles[member.role].weekly_hours
                hours = float(member.weekly_hours if member.weekly_hours is not None else of_role) + more
            return {"staff": [{"id": member.id, "weekly_hours": hours}]}

        single = [one for one in self.scenario.staff if len(self.facts.expanded.copies[one.id]) == 1]
        best = None
        for member in single:
            low, high = 0, best or int(100 / step)
            if not self.does(longer(member, high)):
                continue
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if self.does(longer(member, middle)) else (middle, high)
            best = high
        return None if best is None else best * step

    def _time(self) -> Fraction | None:
        options = []
        for job in self.row:
            task = next(task for task in self.scenario.tasks if task.id == job.task)
            project = next((one for one in self.scenario.projects if one.id == task.project), None)
            if task.repeat is not None:
                continue
            for field, sign in (("deadline", 1), ("due", 1), ("earliest", -1)):
                point = getattr(task, field)
                if point is None and project is not None:
                    point = getattr(project, field)
                if point is not None:
                    week = self.scenario.week(point)
                    options.append(
                        [
                            {"tasks": [{"id": task.id, field: week + sign * step}]}
                            if 1 <= week + sign * step <= self.scenario.weeks
                            else {"weeks": 0}
                            for step in range(1, 20)
                        ]
                    )
        return self._first(options, Fraction(1))

    def _allow(self) -> Fraction | None:
        return self._first([[patch] for patch in self._allowing()], Fraction(1))

    def _allowing(self) -> Iterator[Patch]:
        expanded, task = self.facts.expanded, next(task for task in self.scenario.tasks if task.id == self.job.task)
        for member in self.scenario.staff:
            skills: dict[str, int] = {}
            for job in self.row:
                for skill, level in job.skills.items():
                    skills[skill] = max(level, skills.get(skill, 0), member.skills.get(skill, 0))
            if skills:
                yield {"staff": [{"id": member.id, "skills": skills}]}
            for kind in ("strategic", "tactical"):
                if not expanded.people[member.id].productivity[kind] and any(job.kind == kind for job in self.row):
                    yield {"staff": [{"id": member.id, kind: 1}]}
            if task.only is not None:
                yield {"tasks": [{"id": task.id, "only": [*task.only, member.id]}]}
            if task.exclude:
                copies = expanded.copies[member.id]
                yield {"tasks": [{"id": task.id, "except": [one for one in task.exclude if one not in copies]}]}
            single = expanded.clients[self.job.client].single_owner
            if expanded.owner_for(self.job) is not None or single:
                yield {"tasks": [{"id": task.id, "owner": member.id}]}
        if task.owner is not None:
            yield {"tasks": [{"id": task.id, "owner": None}]}

    def _share(self) -> Fraction | None:
        if self.job.max_owners > 1:
            return None
        return self._first([[{"tasks": [{"id": self.job.task, "max_owners": 2}]}]], Fraction(1))

    def _clients(self) -> Fraction | None:
        options = [
            [{"staff": [{"id": member.id, field: most + step}]} for step in range(1, 6)]
            for member in self.scenario.staff
            for field in ("max_clients", "max_clients_per_week")
            if (most := getattr(member, field)) is not None
        ]
        return self._first(options, Fraction(1))

    def _order(self) -> Fraction | None:
        options = []
        for job in self.row:
            task = next(task for task in self.scenario.tasks if task.id == job.task)
            for number in range(len(task.after)):
                kept = [{"task": one.task, "lag": one.lag} for at, one in enumerate(task.after) if at != number]
                options.append([{"tasks": [{"id": task.id, "after": kept}]}])
        return self._first(options, Fraction(1))

    def _give_up(self) -> Fraction | None:
        fixed = {self.facts.expanded.jobs[job].task for job, _, _ in self.facts.fixed}
        fixed |= {self.job.task} | {row.task for row in self.scenario.worked}
        tasks: dict[str, list[Job]] = {}
        for job in self.facts.delivered:
            if not job.must and job.task not in fixed:
                tasks.setdefault(job.task, []).append(job)
        sets = [
            (sum((job.value for task in chosen for job in tasks[task]), Fraction(0)), chosen)
            for size in range(1, len(tasks) + 1)
            for chosen in combinations(tasks, size)
        ]
        for value, chosen in sorted(sets):
            if self.does({"remove": {"tasks": list(chosen)}}, [job.id for task in chosen for job in tasks[task]]):
                return value
        return None

    def _hire(self) -> Fraction | None:
        options, ids = [], []
        for member in self.scenario.staff:
            copies = self.facts.expanded.copies[member.id]
            if member.placeholder is not None and not self.facts.hired.intersection(copies):
                options.append(
                    [
                        {"staff": [{"id": member.id, "placeholder": False, "weekly_hours": 4 * step}]}
                        for step in range(1, 11)
                    ]
                )
        for role in dict.fromkeys(member.role for member in self.scenario.staff):
            bills = [rate for one in self.scenario.staff if one.role == role and (rate := one.bill_rate) is not None]
            entry: Patch = {"id": f"brand-new-{role}", "role": role}
            if not self.scenario.roles[role].bill_rate and bills:
                entry["bill_rate"] = float(sorted(bills)[len(bills) // 2])
            costs = [rate for one in self.scenario.staff if one.role == role and (rate := one.cost_rate) is not None]
            if not self.scenario.roles[role].cost_rate and costs:
                entry["cost_rate"] = float(sorted(costs)[len(costs) // 2])
            ids.append(entry["id"])
            options.append([{"staff": [{**entry, "weekly_hours": 4 * step}]} for step in range(1, 11)])
        return self._first(options, Fraction(4), ids)


KINDS = ("overtime", "contract", "time", "budget", "allow", "share", "clients", "order", "give_up", "hire")
