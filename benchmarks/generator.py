"""Made-up agencies in the scenario format, the same again for the same seed.

An agency has practices (industries it knows) of about a dozen people: account managers, project managers and
specialists. Clients belong to a practice, and their work asks for people who know it; some people know two, so that
practices are tied to each other. Work is day-to-day repeats, projects (strategy, brief, production, QA, launch, one
after the other) and single tasks. Hours are scaled so that all effort together is `load` × the hours of all people.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Literal

Variant = Literal["net_value", "default"]
Entry = dict[str, Any]

START = dt.date(2026, 1, 5)
PRACTICES = ("retail", "health", "finance", "travel", "energy", "food", "mobility", "culture", "industry", "sport")
CRAFTS = ("web", "media", "seo", "copy", "crm", "research")
STEPS = (
    ("strategy", "strategic", 1.2),
    ("brief", "tactical", 0.6),
    ("production", "tactical", 2.4),
    ("media", "tactical", 1.0),
    ("qa", "tactical", 0.7),
    ("launch", "tactical", 0.6),
)
"""Tasks of a project, one after the other: name, kind and share of the hours."""
RULES = frozenset(
    {
        "budgets",
        "hiring",
        "limits",
        "max_clients",
        "one_owner",
        "overtime",
        "pace",
        "precedence",
        "prices",
        "repeats",
        "shared",
        "skills",
        "switching",
        "time_off",
    }
)
"""What can be left out of an agency, for engines that cannot say it."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large an agency is; tasks are counted with repeats written out."""

    name: str
    people: int
    tasks: int
    weeks: int


SIZES = {
    size.name: size
    for size in (
        Size("XS", 2, 8, 2),
        Size("S", 4, 40, 6),
        Size("M", 12, 150, 8),
        Size("L", 40, 600, 13),
        Size("XL", 150, 3000, 26),
    )
}


def agency(
    size: Size, *, load: float = 1.1, seed: int = 0, variant: Variant = "net_value", without: Collection[str] = ()
) -> Entry:
    """Return a made-up agency.

    Parameters
    ----------
    size
        People, tasks and weeks.
    load
        Effort of all tasks ÷ hours of all people.
    seed
        Another seed, another agency.
    variant
        ``net_value``: goals must and net_value, and every task states its value in money. ``default``: the default
        goals, and values as the format has them, weight × hours.
    without
        Rules of :data:`RULES` to leave out.

    Returns
    -------
    dict
        A scenario as in a file, for :func:`staffing.loading.from_mapping`.
    """
    return _Agency(size, load, seed, variant, rules(without)).scenario()


def rules(without: Collection[str]) -> frozenset[str]:
    """Return the rules to leave out.

    Raises
    ------
    ValueError
        Where there is no such rule.
    """
    if unknown := set(without) - RULES:
        raise ValueError(f"{', '.join(sorted(unknown))}: no such rule; {', '.join(sorted(RULES))} can be left out")
    return frozenset(without)


def write(scenario: Entry, path: Path) -> None:
    """Write a scenario as a JSON or YAML file, by the suffix."""
    if path.suffix == ".json":
        path.write_text(json.dumps(scenario, indent=1), encoding="utf-8")
        return
    from ruamel.yaml import YAML

    with path.open("w", encoding="utf-8") as file:
        YAML(typ="safe").dump(scenario, file)


class _Agency:
    def __init__(self, size: Size, load: float, seed: int, variant: Variant, without: frozenset[str]) -> None:
        self.size, self.load, self.variant, self.without = size, load, variant, without
        self.random = Random(f"{size} {load} {seed}")  # the same agency in both variants
        self.practices = PRACTICES[: max(1, min(len(PRACTICES), round(size.people / 10)))]
        self.staff: list[Entry] = []
        self.home: dict[str, str] = {}
        self.tasks: list[Entry] = []
        self.projects: list[Entry] = []
        self.count = 0

    def scenario(self) -> Entry:
        self.staff = [self._person(number) for number in range(self.size.people)]
        self.clients = [self._client(number) for number in range(max(2, round(self.size.people / 1.5)))]
        repeated = 0 if "repeats" in self.without else round(0.35 * self.size.tasks)
        number = 0
        while self.count < repeated:
            self._repeats(self.clients[number % len(self.clients)], repeated - self.count, number)
            number += 1
        while self.size.tasks - self.count >= 6 and self.count < 0.8 * self.size.tasks:
            self._project(self.random.choice(self.clients))
        while self.count < self.size.tasks:
            self._single(self.random.choice(self.clients))
        self._scale()
        self._budgets()
        found: Entry = {
            "name": f"{self.size.name}, load {self.load}",
            "start": START.isoformat(),
            "weeks": self.size.weeks,
            "currency": "EUR",
            "step": 0.5,
            "roles": {
                "account_manager": {"cost_rate": 44, "bill_rate": 175},
                "project_manager": {"cost_rate": 38, "bill_rate": 135},
                "specialist": {"strategic": 0, "tactical": 1.2, "weekly_hours": 24, "cost_rate": 70, "bill_rate": 150},
            },
            "staff": self.staff,
            "clients": self.clients,
            "projects": self.projects,
            "tasks": self.tasks,
        }
        if "switching" not in self.without:
            found["switching"] = 0.5
        if self.variant == "net_value":
            found["goals"] = ["must", "net_value"]
        return found

    def _chance(self, share: float, rule: str = "") -> bool:
        """Return whether a draw succeeds; it is made even if the rule is left out, so that the rest stays the same."""
        return self.random.random() < share and rule not in self.without

    # ------------------------------------------------------------------ people

    def _person(self, number: int) -> Entry:
        random = self.random
        practice = self.practices[number % len(self.practices)]
        place = number // len(self.practices)
        role = ("account_manager", "project_manager", "project_manager", "account_manager", "specialist")[place % 5]
        if self.size.people <= 4:
            role = ("account_manager", "project_manager", "account_manager", "project_manager")[number % 4]
        skills: dict[str, int] = {practice: 1}
        if self._chance(0.25):
            skills[random.choice(self.practices)] = 1
        for craft in random.sample(CRAFTS, random.choice((2, 3, 4))):
            skills[craft] = random.choice((1, 2, 3))
        if place < len(CRAFTS):
            skills[CRAFTS[place % len(CRAFTS)]] = 3  # every practice of some size has every craft
        person: Entry = {"id": f"p{number + 1:03}", "role": role}
        rate = {"account_manager": 44, "project_manager": 38, "specialist": 70}[role]
        person["cost_rate"] = rate + random.randint(-8, 12)
        person["target_utilisation"] = random.choice((0.75, 0.8, 0.85))
        if role != "specialist" and self._chance(0.2):
            person["weekly_hours"] = random.choice((20, 24, 32))
        if role != "specialist" and self._chance(0.35):
            person["pay"] = "salary"
        if self._chance(0.3, "overtime"):
            person["overtime"] = {"hours": random.choice((2, 4)), "premium": 1.5}
        if self._chance(0.35, "limits") and role == "account_manager":
            person["limits"] = {"tactical": random.choice((8, 10, 12))}
        if self._chance(0.2, "max_clients"):
            person["max_clients"] = random.choice((5, 6, 8))
        if self._chance(0.2, "max_clients"):
            person["max_clients_per_week"] = random.choice((4, 5))
        off = self._time_off()
        if off:
            person["time_off"] = off
        if "skills" not in self.without:
            person["skills"] = skills
        return person

    def _time_off(self) -> list[Entry]:
        weeks = self.size.weeks
        times = sum(self.random.random() < 0.5 for _ in range(max(1, weeks // 6)))
        found = []
        for _ in range(times):
            first = START + dt.timedelta(days=7 * self.random.randrange(weeks) + self.random.choice((0, 0, 3)))
            last = first + dt.timedelta(days=self.random.choice((0, 1, 4)))
            found.append({"from": first.isoformat(), "to": last.isoformat()})
        return [] if "time_off" in self.without else found

    # ------------------------------------------------------------------ work

    def _client(self, number: int) -> Entry:
        client: Entry = {"id": f"c{number + 1:03}"}
        self.home[client["id"]] = self.practices[number % len(self.practices)]
        if self._chance(0.15, "one_owner"):
            client["single_owner"] = True
        return client

    def _add(self, task: Entry, client: str, hours: float, occurrences: int = 1) -> Entry:
        """Add a task; its hours are a weight until they are scaled."""
        random = self.random
        task["hours"] = hours
        priority = random.choices(("low", "normal", "high"), (25, 55, 20))[0]
        if priority != "normal":
            task["priority"] = priority
        if self._chance(0.1):
            task["billable"] = False
        task["_worth"] = random.uniform(0.85, 1.5)
        skills = {self.home[client]: 1}
        craft, level, asked = random.choice(CRAFTS), random.choice((1, 1, 2)), random.random() < 0.3
        if asked and task["kind"] == "tactical" and self.size.people > 4:
            skills[craft] = level
        if "skills" not in self.without:
            task["skills"] = skills
        self.tasks.append(task)
        self.count += occurrences
        return task

    def _repeats(self, client: Entry, most: int, number: int) -> None:
        name, weeks = client["id"], self.size.weeks
        kind = "strategic" if number % 3 == 2 else "tactical"
        every = self.random.choice((1, 1, 2, 4)) if kind == "tactical" else self.random.choice((2, 4))
        starts = range(self.random.randint(1, min(every, weeks)), weeks + 1, every)
        if len(starts) > most:
            starts = starts[:most]
        repeat: Entry = {"every": every, "from": starts[0], "until": starts[-1]}
        if every > 1:
            repeat["window"] = every
        if self.random.random() < 0.4:
            repeat["same_owner"] = False
        task: Entry = {"id": f"{name}-run-{number + 1}", "kind": kind, "client": name, "repeat": repeat}
        self._add(task, name, self.random.uniform(0.25, 0.6) * (1 + every / 4), len(starts))

    def _project(self, client: Entry) -> None:
        random, weeks, name = self.random, self.size.weeks, client["id"]
        project: Entry = {"id": f"{name}-project-{len(self.projects) + 1}", "client": name}
        length = random.randint(min(4, weeks), min(9, weeks))
        first = random.randint(1, max(1, weeks - length // 2))
        last = min(weeks, first + length - 1)
        if first > 1:
            project["earliest"] = first
        project["due"] = max(first, last - random.choice((0, 1, 2)))
        if self._chance(0.5):
            project["deadline"] = min(weeks, last + random.choice((0, 1)))
        self.projects.append(project)
        before: str | None = None
        must = random.random() < 0.08
        for what, kind, weight in STEPS[: random.choice((3, 4, 5, 6))]:
            task: Entry = {"id": f"{project['id']}-{what}", "kind": kind, "project": project["id"]}
            self._add(task, name, weight * random.lognormvariate(0, 0.35))
            if before is not None and "precedence" not in self.without:
                task["after"] = [{"task": before, "lag": 1} if what == "launch" else before]
            if must:
                task["must"] = True
            if self._chance(0.6, "shared") and what == "production":
                task["max_owners"] = 2
            if what == "production" or (what == "media" and self.random.random() < 0.5):
                task["_pace"] = random.choice((0.4, 0.5, 0.6))
            before = task["id"]

    def _single(self, client: Entry) -> None:
        random, weeks, name = self.random, self.size.weeks, client["id"]
        kind = "strategic" if random.random() < 0.35 else "tactical"
        task: Entry = {"id": f"{name}-single-{self.count + 1}", "kind": kind, "client": name}
        first = random.randint(1, weeks)
        last = min(weeks, first + random.randint(0, 5))
        if first > 1:
            task["earliest"] = first
        if random.random() < 0.8:
            task["due"] = random.randint(first, last)
        if last < weeks and random.random() < 0.6:
            task["deadline"] = last
        if random.random() < 0.04:
            task["must"] = True
        self._add(task, name, random.lognormvariate(-0.2, 0.5))

    # ------------------------------------------------------------------ hours and money

    def _hours_of(self, person: Entry) -> float:
        usual = 24 if person["role"] == "specialist" else 40
        weekly = person.get("weekly_hours", usual) * person["target_utilisation"]
        days_off = 0
        for span in person.get("time_off", ()):
            day, last = dt.date.fromisoformat(span["from"]), dt.date.fromisoformat(span["to"])
            while day <= last:
                days_off += day.weekday() < 5
                day += dt.timedelta(days=1)
        return float(weekly * (self.size.weeks - days_off / 5))

    def _scale(self) -> None:
        """Turn weights into hours, so that the load is what was asked for; then paces and values follow."""
        capacity = sum(map(self._hours_of, self.staff))
        weights = [task["hours"] for task in self.tasks]
        factor = self.load * capacity / sum(map(float, weights))
        for _ in range(4):  # a repeat must fit into its weeks, so that others take what it cannot
            for task, weight in zip(self.tasks, weights, strict=True):
                most = 18.0 * task["repeat"].get("window", 1) if "repeat" in task else float("inf")
                task["hours"] = max(1.0, min(most, round(2 * weight * factor) / 2))
            factor *= self.load * capacity / sum(task["hours"] * _times(task) for task in self.tasks)
        for task in self.tasks:
            hours = task["hours"]
            task["hours"] = int(hours) if hours.is_integer() else hours
            pace = max(4, round(task.pop("_pace", 0) * hours))
            if hours > 8 and pace > 4 and "pace" not in self.without:
                task["weekly_max"] = pace
            rate = 170 if task["kind"] == "strategic" else 130
            urgency = {"low": 0.8, "normal": 1.0, "high": 1.3}[task.get("priority", "normal")]
            worth = round(hours * rate * urgency * task.pop("_worth") / 10) * 10
            if self.variant == "net_value":
                task["value"] = worth
        self._give_time()

    def _give_time(self) -> None:
        """Widen windows that leave too few weeks for the hours, as no manager would ask for them."""
        projects = {project["id"]: project for project in self.projects}
        asked: dict[str, float] = {}
        for task in self.tasks:
            weeks = max(task["hours"] / 20, task["hours"] / task.get("weekly_max", task["hours"]))
            if "project" in task:
                asked[task["project"]] = asked.get(task["project"], 0) + weeks + 0.5
            elif "repeat" not in task:
                last = task.get("deadline", self.size.weeks)
                if last - task.get("earliest", 1) + 1 < weeks:
                    task["earliest"] = max(1, int(last - weeks))
                    if last < weeks:
                        task.pop("deadline", None)
        for name, weeks in asked.items():
            project = projects[name]
            if project.get("deadline", self.size.weeks) - project.get("earliest", 1) + 1 < weeks:
                project.pop("deadline", None)
                project["earliest"] = max(1, min(project.get("earliest", 1), int(self.size.weeks - weeks)))

    def _budgets(self) -> None:
        """Add budgets to clients and projects, around what their work would burn."""
        client_of = {project["id"]: project["client"] for project in self.projects}
        burn: dict[str, float] = {}
        for task in self.tasks:
            if task.get("billable", True):
                money = task["hours"] * _times(task) * (175 if task["kind"] == "strategic" else 138)
                names = [task.get("client") or client_of[task["project"]], task.get("project")]
                for name in names:
                    if name is not None:
                        burn[name] = burn.get(name, 0.0) + money
        urgent = {task.get("client") or client_of[task["project"]] for task in self.tasks if task.get("must")}
        urgent |= {task["project"] for task in self.tasks if task.get("must") and "project" in task}
        months = len({(day.year, day.month) for day in _mondays(self.size.weeks)})
        kinds: tuple[tuple[str, Callable[[float], Entry]], ...] = (
            ("month", lambda money: {"amount": _round(1.25 * money / months), "per": "month"}),
            ("horizon", lambda money: {"amount": _round(money)}),
        )
        for entry, share in [*((client, 0.65) for client in self.clients), *((one, 0.3) for one in self.projects)]:
            asked, tight = self.random.random() < share, self.random.uniform(0.75, 1.1)
            tight = max(tight, 1.0) if entry["id"] in urgent else tight
            monthly = entry in self.clients and self.random.random() < 0.8
            if asked and "budgets" not in self.without and entry["id"] in burn:
                entry["budget"] = kinds[0 if monthly else 1][1](tight * burn[entry["id"]])


def _times(task: Entry) -> int:
    """Return how often a task occurs."""
    repeat = task.get("repeat")
    return 1 if repeat is None else len(range(repeat["from"], repeat["until"] + 1, repeat["every"]))


def _round(money: float) -> int:
    return round(money / 100) * 100


def _mondays(weeks: int) -> list[dt.date]:
    return [START + dt.timedelta(days=7 * week) for week in range(weeks)]
