"""Timefold: local search, through its Python edition on a Java virtual machine.

A task chooses one of its options: a person and a span of weeks, over which the hours are spread evenly, as far as the
weeks allow. Spans are at most some weeks longer than they must be. A task that several may share has one owner here.
It proves nothing, so it has no bounds.
"""

from __future__ import annotations

import importlib
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from math import lcm
from typing import Any

from benchmarks.answers import Answer, Cell, Point, headline
from benchmarks.peers.stages import Means
from staffing.plan.draft import need
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.records import DEFAULT_GOALS, KINDS
from staffing.scenario.scenario import Scenario

ENGINE = "Timefold"
LONGER = 1
"""Weeks that a span may have beyond the fewest it can do with."""


def plan(scenario: Scenario, means: Means) -> Answer:
    """Plan a scenario; without the enterprise edition Timefold searches with one thread."""
    try:
        solver: Any = importlib.import_module("timefold.solver")
        config: Any = importlib.import_module("timefold.solver.config")
        model: Any = importlib.import_module("benchmarks.peers.timefold_model")
    except ImportError:
        return Answer(ENGINE, "not installed", note="pip install --pre timefold, and a JDK of version 17 or later")
    goals = tuple(entry.goal for entry in scenario.goals)
    if goals not in (("must", "net_value"), DEFAULT_GOALS) or any(entry.tolerance for entry in scenario.goals):
        return Answer(ENGINE, "cannot say", note=f"goals {', '.join(goals)} with their tolerances")
    expanded = scenario.expanded
    if any(person.placeholder for person in expanded.people.values()) or any(
        job.estimates for job in expanded.jobs.values()
    ):
        return Answer(ENGINE, "cannot say", note="people who could be hired, and estimates")
    began = time.perf_counter()
    build = Translation(expanded, model, net="net_value" in goals)
    factory = solver.SolverFactory.create(
        config.SolverConfig(
            solution_class=model.Schedule,
            entity_class_list=[model.Work],
            random_seed=means.seed,
            environment_mode=config.EnvironmentMode.NO_ASSERT,
            score_director_factory_config=config.ScoreDirectorFactoryConfig(constraint_provider_function=model.rules),
            termination_config=config.TerminationConfig(
                spent_limit=config.Duration(milliseconds=int(1000 * means.seconds))
            ),
        )
    )
    engine = factory.build_solver()
    started = time.perf_counter()
    trace: list[Point] = []

    def note(event: Any) -> None:
        score = event.new_best_score
        if not score.hard_score:
            amount = -(-score.soft_score // build.contacts) if build.net else score.medium_score % build.must_weight
            value = float(build.unit * amount) - build.constant
            trace.append(Point(time.perf_counter() - started, headline(goals), value, None))

    engine.add_event_listener(note)
    schedule = engine.solve(build.schedule)
    ended = time.perf_counter()
    phases = {"build": started - began, "search": ended - started}
    text = "Timefold 1.24.0b0, one thread: more are for its enterprise edition"
    if schedule.score.hard_score:
        return Answer(ENGINE, "nothing found", note=f"{text}; score {schedule.score}", phases=phases)
    return Answer(ENGINE, hours=build.hours(schedule), trace=tuple(trace), phases=phases, note=text)


class Translation:
    """A scenario in Timefold's classes; people, weeks, clients and jobs by number, money in the smallest unit."""

    def __init__(self, expanded: Expanded, model: Any, *, net: bool) -> None:
        self.expanded, self.model, self.net = expanded, model, net
        self.people = list(expanded.people.values())
        self.clients = {id_: number for number, id_ in enumerate(expanded.clients)}
        self.periods = [(key, period) for key, periods in expanded.budgets.items() for period in periods]
        amounts = [job.value for job in expanded.jobs.values()]
        amounts += [rate * expanded.step for one in self.people for rate in (one.cost_rate, one.bill_rate)]
        amounts += [one.cost_rate * one.premium * expanded.step for one in self.people]
        self.unit = Fraction(1, lcm(*(amount.denominator for amount in amounts)))
        salaries = sum((one.cost_rate * sum(one.contract) for one in self.people if one.salaried), Fraction(0))
        self.constant = float(salaries) if net else 0.0
        self.count = 0
        self.jobs = [job for job in expanded.jobs.values() if not job.done]
        self.effort_unit = lcm(*(job.effort.denominator for job in self.jobs))
        self.must_weight = 1 + sum(self._money(job.value) for job in self.jobs)
        self._weights()
        places = [self._place(number, week) for number in range(len(self.people)) for week in range(expanded.weeks)]
        self.places = places
        self.model_periods = [model.Period(at, self._money(period.left)) for at, (_, period) in enumerate(self.periods)]
        self.groups = self._groups()
        number = {job.id: at for at, job in enumerate(self.jobs)}
        edges = [
            (number[before], at, lag)
            for at, job in enumerate(self.jobs)
            for before, lag in job.after
            if before in number
        ]
        works = [
            model.Work(at, self.clients[job.client], KINDS.index(job.kind), list(self._options(job)))
            for at, job in enumerate(self.jobs)
        ]
        self.schedule = model.Schedule([model.Edge(at, *edge) for at, edge in enumerate(edges)], works, 1)

    def _weights(self) -> None:
        """Weigh later goals so that no amount of them outweighs an earlier one; a contact weighs 1."""
        self.contacts = 1 + 2 * len(self.clients) * len(self.people)
        rates = sum((2 * one.cost_rate * sum(one.capacity) for one in self.people), Fraction(0))
        latest = sum(job.weight * self.expanded.weeks for job in self.jobs if job.due is not None)
        weighed = (1 + self._money(rates)) * self.contacts
        self.late = min(weighed, 2**61 // (1 + latest))

    def _money(self, amount: Fraction) -> int:
        return int(amount / self.unit)

    def _steps(self, hours: Fraction) -> int:
        return int(hours / self.expanded.step)

    def _groups(self) -> dict[str, list[int]]:
        numbers: dict[tuple[str, str], int] = {}
        found: dict[str, list[int]] = {}
        for job in self.jobs:
            keys = [("repeat", job.task)] if job.same_owner else []
            if self.expanded.clients[job.client].single_owner and job.owner is None:
                keys.append((job.client, job.kind))
            found[job.id] = [numbers.setdefault(key, len(numbers)) for key in keys]
        return found

    def _place(self, number: int, week: int) -> Any:
        person, step = self.people[number], self.expanded.step
        rate = Fraction(0) if person.salaried else person.cost_rate * step
        limits = [self._steps(person.limits[kind]) if kind in person.limits else -1 for kind in KINDS]
        return self.model.PersonWeek(
            number * self.expanded.weeks + week,
            self._steps(person.capacity[week]),
            self._most(person, week),
            self._steps(self.expanded.switching),
            self.contacts * self._money(rate),
            self.contacts * self._money(person.cost_rate * step * person.premium - rate),
            limits[0],
            limits[1],
            -1 if person.max_clients_per_week is None else person.max_clients_per_week,
        )

    def _most(self, person: Person, week: int) -> int:
        extra = person.overtime if person.available_days[week] else Fraction(0)
        return self._steps(person.capacity[week] + extra)

    def _options(self, job: Job) -> Iterator[Any]:
        """Yield the options of a task: spans that hold what a person needs, as short as can be or a little longer."""
        for number, person in enumerate(self.people):
            if not self.expanded.may_do(job, person):
                continue
            hours = need(job, person, self.expanded.step)
            assert hours is not None
            needed = self._steps(hours)
            limits = [limit for limit in (job.weekly_max, person.limits.get(job.kind)) if limit is not None]
            room = [min([self._most(person, week), *map(self._steps, limits)]) for week in range(self.expanded.weeks)]
            for first in range(job.earliest - 1, job.deadline):
                fewest = None
                for last in range(first, job.deadline):
                    if fewest is not None and last > fewest + LONGER:
                        break
                    spread = _spread(needed, room[first : last + 1])
                    if sum(room[first : last + 1]) >= needed and fewest is None:
                        fewest = last
                    if spread:
                        yield self._option(job, number, needed, first, spread)

    def _option(self, job: Job, number: int, needed: int, first: int, spread: list[int]) -> Any:
        person, step = self.people[number], self.expanded.step
        weeks = [first + at for at, hours in enumerate(spread) if hours]
        hours = [hours for hours in spread if hours]
        by_cost = self.expanded.scenario.budget_basis == "cost"
        rate = (person.cost_rate if by_cost else person.bill_rate) * step
        burned: Counter[int] = Counter()
        for at, (key, period) in enumerate(self.periods if job.billable else []):
            if key in (("client", job.client), ("project", job.project or "")):
                burned[at] = self._money(rate) * sum(
                    steps for week, steps in zip(weeks, hours, strict=True) if week + 1 in period.weeks
                )
        cost = 0 if person.salaried else self._money(person.cost_rate * step) * needed
        late = 0 if job.due is None else job.weight * max(0, weeks[-1] + 1 - job.due)
        must = int(job.effort * self.effort_unit) if job.must else 0
        value = self._money(job.value)
        client, kind = self.clients[job.client], KINDS.index(job.kind)
        model = self.model
        return model.Option(
            id=self._next(),
            person=number,
            max_clients=-1 if person.max_clients is None else person.max_clients,
            first=weeks[0],
            last=weeks[-1],
            uses=[
                model.Use(self._next(), self.places[number * self.expanded.weeks + week], client, kind, steps)
                for week, steps in zip(weeks, hours, strict=True)
            ],
            burns=[model.Burn(self._next(), self.model_periods[at], money) for at, money in burned.items() if money],
            shares=[model.Share(self._next(), group, number) for group in self.groups[job.id]],
            medium=must if self.net else must * self.must_weight + value,
            soft=(value - cost) * self.contacts if self.net else -late * self.late - cost * self.contacts,
        )

    def _next(self) -> int:
        self.count += 1
        return self.count

    def hours(self, schedule: Any) -> dict[Cell, Fraction]:
        """Return the hours of the plan by cell."""
        found: dict[Cell, Fraction] = {}
        for work in schedule.works:
            if work.option is not None:
                for use in work.option.uses:
                    week = use.place.id % self.expanded.weeks + 1
                    cell = (self.jobs[work.id].id, self.people[work.option.person].id, week)
                    found[cell] = int(use.hours) * self.expanded.step
        return found


def _spread(needed: int, room: list[int]) -> list[int]:
    """Return steps spread evenly over weeks with room for them; [] where they do not fit, or leave an end empty."""
    hours = [0] * len(room)
    missing = needed
    open_ = [week for week in range(len(room)) if room[week]]
    while missing and open_:
        share = max(1, missing // len(open_))
        for week in open_:
            taken = min(share, room[week] - hours[week], missing)
            hours[week] += taken
            missing -= taken
        open_ = [week for week in open_ if hours[week] < room[week]]
    return hours if not missing and hours[0] and hours[-1] else []
