"""Tiny scenarios drawn at random, valid by construction, that together use every field of the format.

They are drawn tight: more work than hours, short budgets, near due dates; so that things wait, budgets bind and
overtime is worth its price.
"""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from persiantools.jdatetime import JalaliDate
from pydantic import ValidationError

from staffing.errors import ScenarioError
from staffing.scenario.records import GOALS
from staffing.scenario.scenario import Scenario

STARTS = ("2025-12-29", "2025-12-27", "2026-01-05", "2026-03-14", "2026-04-22", "2026-03-23", "2026-06-27")
PLACES: tuple[dict[str, Any], ...] = (
    {"country": "DE"},
    {"country": "DE", "subdivision": "BY"},
    {"country": "GB", "subdivision": "ENG"},
    {"country": "IR"},
    {"country": "IR", "system": "jalali"},
    {"system": "jalali"},
)
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
SKILLS = ("seo", "copy")
NAMES = ("sara", "omid", "نیلوفر", "kim")


def random_scenario(seed: int) -> dict[str, Any]:
    """Draw the scenario of a seed, in the form a file has; a draw that is refused is drawn anew."""
    for attempt in range(50):
        data = _Draw(Random(f"{seed}/{attempt}")).scenario(seed)
        try:
            view = Scenario.model_validate(data).expanded
        except (ScenarioError, ValidationError):
            continue
        if len(view.jobs) <= 12:
            return data
    raise AssertionError(f"no valid scenario for seed {seed}")


class _Draw:
    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.start = dt.date.fromisoformat(rng.choice(STARTS))
        self.theme = rng.choice(("anything", "clients", "repeats", "budgets", "sequence"))
        """What this scenario has more of than others."""
        self.calm = rng.choice((0.2, 0.2, 1))
        """How much of what merely forbids people is left: where little can be done, little is decided."""
        self.weeks = rng.choice({"anything": (1, 2, 2, 3), "clients": (1, 1, 2)}.get(self.theme, (2, 3, 3, 4)))
        self.basis = rng.choice(("bill", "bill", "cost"))
        self.goals = self._goals()
        self.net_value = any(
            "net_value" in (goal, goal["goal"] if isinstance(goal, dict) else "") for goal in self.goals
        )
        self.roles = self._roles()
        self.staff: list[dict[str, Any]] = []
        self.clients: list[dict[str, Any]] = []
        self.projects: list[dict[str, Any]] = []
        self.tasks: list[dict[str, Any]] = []
        self.as_of = self.day(1, 7 * self.weeks + 1) if self.chance(0.25) else None
        """The second month, where some days are over; soon after the start most of the time."""
        if self.as_of is not None and self.chance(0.7):
            self.as_of = self.day(-1, 8)

    # small things

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def about(self, theme: str, share: float, otherwise: float) -> float:
        """Return a probability: `share` where the scenario is about the theme, else `otherwise`."""
        return share if self.theme == theme else otherwise

    def maybe(self, entry: dict[str, Any], key: str, share: float, *values: Any) -> None:
        """Set a key to one of some values, in a share of the draws."""
        if self.chance(share):
            entry[key] = self.rng.choice(values)

    def day(self, low: int = 0, high: int | None = None) -> dt.date:
        return self.start + dt.timedelta(days=self.rng.randint(low, 7 * self.weeks - 1 if high is None else high))

    def text(self, day: dt.date) -> str:
        """Write a date, now and then in the Solar Hijri calendar."""
        if self.chance(0.15):
            return str(JalaliDate(day).isoformat())  # type: ignore[no-untyped-call]
        return day.isoformat()

    def point(self, low: int = 1, high: int | None = None) -> int | str:
        """Draw a week number or a date, which may lie a little outside."""
        high = self.weeks if high is None else high
        if self.chance(0.3):
            spread = 3 if self.chance(0.3) else 0
            return self.text(self.day(7 * (low - 1) - spread, 7 * high - 1 + spread))
        return self.rng.randint(min(low, high), high)

    def some(self, items: list[str], most: int = 2) -> list[str]:
        return self.rng.sample(items, min(len(items), self.rng.randint(1, most)))

    def rate(self, *, fine: float = 0.15) -> float:
        if self.chance(fine):
            return self.rng.choice((33.3333, 12.0625, 7.1999))
        return self.rng.choice((7.25, 8, 10, 12.5, 15, 20, 31.4))

    # the scenario

    def scenario(self, seed: int) -> dict[str, Any]:
        self._staff()
        self._clients()
        self._projects()
        self._tasks()
        self._budgets()
        data: dict[str, Any] = {"start": self.text(self.start), "weeks": self.weeks}
        self.maybe(data, "name", 0.9, f"Random {seed}")
        self.maybe(data, "description", 0.2, "Drawn at random")
        self.maybe(data, "currency", 0.3, "EUR", "تومان")
        self.maybe(data, "step", 0.7, 0.5, 1)
        calendar = self._calendar()
        if calendar:
            data["calendar"] = calendar
        if self.basis == "cost" or self.chance(0.2):
            data["budget_basis"] = self.basis
        self.maybe(data, "switching", self.about("clients", 0.8, 0.25), 0.5, 1, 0.3, 0.25)
        if self.goals:
            data["goals"] = self.goals
        if self.roles:
            data["roles"] = self.roles
        if self.as_of is not None:
            data["as_of"] = self.text(self.as_of)
        worked = self._worked() if self.as_of is not None or self.chance(0.06) else []
        lists = {"staff": self.staff, "clients": self.clients, "projects": self.projects, "tasks": self.tasks}
        lists["worked"] = worked
        lists["bookings"] = self._bookings() if self.chance(0.25) else []
        self._uncertain()
        return data | {key: entries for key, entries in lists.items() if entries}

    def _goals(self) -> list[Any]:
        if self.chance(0.2):
            return []
        goals: list[Any] = self.rng.sample(GOALS, self.rng.randint(2, 6))
        if self.chance(0.88):
            work = self.rng.choice(("value", "value", "net_value"))
            first = ["must", work] if "must" in goals and self.chance(0.5) else [work]
            goals = [*first, *(goal for goal in goals if goal not in first)]
        return [
            {"goal": goal, "tolerance": self.rng.choice((0.02, 0.1, 0.25, 0.3333, 0, 1))} if self.chance(0.25) else goal
            for goal in goals
        ]

    def _calendar(self) -> dict[str, Any]:
        calendar: dict[str, Any] = dict(self.rng.choice(PLACES)) if self.chance(0.35) else {}
        if self.chance(0.2):
            first = self.rng.randrange(7)
            calendar["workdays"] = [WEEKDAYS[(first + number) % 7] for number in range(self.rng.choice((3, 4, 5, 6)))]
        if self.chance(0.25):
            calendar["holidays"] = sorted({self.text(self.day()) for _ in range(self.rng.randint(1, 2))})
        return calendar

    def _roles(self) -> dict[str, Any]:
        roles: dict[str, Any] = {}
        if self.chance(0.3):
            roles["account_manager"] = {"tactical": self.rng.choice((0.7, 0.6, 0))}
            self.maybe(roles["account_manager"], "weekly_hours", 0.5, 5, 6)
            self.maybe(roles["account_manager"], "strategic", 0.3, 1.2)
        if self.chance(0.4):
            roles["designer"] = {"tactical": self.rng.choice((0.7, 1, 1.5))}
            self.maybe(roles["designer"], "strategic", 0.5, 0.5, 0.75, 0.3333)
            self.maybe(roles["designer"], "weekly_hours", 0.7, 4, 6.5)
            self.maybe(roles["designer"], "cost_rate", 0.5, self.rate())
            self.maybe(roles["designer"], "bill_rate", 0.5, self.rate())
        return roles

    # people

    def _staff(self) -> None:
        room = self.rng.choice(
            {"clients": (1, 1, 2, 2, 3), "repeats": (2, 2, 3)}.get(self.theme, (1, 2, 2, 3, 3, 3, 4))
        )
        names = self.rng.sample(NAMES, len(NAMES))
        while room > 0:
            person = self._person(names.pop())
            count = person.get("placeholder")
            copies = count["count"] if isinstance(count, dict) else 1
            if copies > room:
                person["placeholder"], copies = True, 1
            room -= copies
            self.staff.append(person)

    def _person(self, name: str) -> dict[str, Any]:
        roles = ["account_manager", "account_manager", "project_manager", *self.roles]
        role = self.rng.choice(roles)
        person: dict[str, Any] = {"id": name, "role": role}
        self.maybe(person, "name", 0.15, name.title())
        self._contract(person)
        given = self.roles.get(role, {})
        if "cost_rate" not in given or self.chance(0.4):
            self.maybe(person, "cost_rate", 0.9, self.rate())
        if "bill_rate" not in given or self.chance(0.4):
            person["bill_rate"] = self.rate()
        self.maybe(person, "tactical", 0.2, 0.7, 0.9, 1.25)
        self.maybe(person, "strategic", 0.3, 0.7, 1.1, 0 if role == "account_manager" else 0.5)
        if self.chance(0.5):
            person["overtime"] = self.rng.choice((0.6, 1, 2, 3))
            if self.chance(0.5):
                person["overtime"] = {"hours": person["overtime"]}
                self.maybe(person["overtime"], "premium", 0.8, 1, 1.25, 2, 1.3333)
        if self.chance(0.7):
            names = self.rng.sample(SKILLS, self.rng.randint(1, 2))
            person["skills"] = names if self.chance(0.4) else {skill: self.rng.randint(1, 3) for skill in names}
        if self.chance(0.2 * self.calm + 0.05):
            person["limits"] = {}
            self.maybe(person["limits"], "strategic", 0.6, 1, 2, 1.1)
            self.maybe(person["limits"], "tactical", 0.6, 1, 2, 2.7)
        self.maybe(person, "max_clients", self.about("clients", 0.3, 0.1), 1, 1, 2, 0)
        self.maybe(person, "max_clients_per_week", self.about("clients", 0.4, 0.1), 1, 1, 2)
        self.maybe(person, "pay", 0.3, "salary", "salary", "hourly")
        if self.chance(0.3):
            person["placeholder"] = self.rng.choice((True, {"count": 2}, {"count": 2}, {"count": 1}, False))
            self.maybe(person, "hire_cost", 0.6, 5, 12.5, 40)
        return person

    def _contract(self, person: dict[str, Any]) -> None:
        """Draw the contract: hours, days, absence and employment."""
        if self.chance(0.85):
            person["weekly_hours"] = self.rng.choice((3, 4, 5, 6, 7.5, 4.3))
            if self.chance(0.2):
                days = sorted({self.day(-10) for _ in range(2)})
                person["weekly_hours"] = [{"from": self.text(day), "hours": self.rng.choice((3, 5, 8))} for day in days]
        if self.chance(0.3 * self.calm):
            person["workdays"] = self.rng.sample(WEEKDAYS, self.rng.choice((3, 4, 5, 6)))
        self.maybe(person, "target_utilisation", 0.25, 0.8, 0.9, 0.75)
        if self.chance(self.about("repeats", 0.5, 0.25 * self.calm)):
            person["time_off"] = []
            for _ in range(self.rng.randint(1, 2)):
                day = self.day(-3)
                last = day + dt.timedelta(days=self.rng.randint(0, 6))
                span = {"from": self.text(day), "to": self.text(last)}
                person["time_off"].append(span if self.chance(0.5) else self.text(day))
        if self.chance(0.15):
            person["start"] = self.text(self.day(-5))
        if self.chance(0.15):
            person["end"] = self.text(self.day(7 * self.weeks - 5, 7 * self.weeks + 2))

    # clients and projects

    def _clients(self) -> None:
        people = [person["id"] for person in self.staff]
        for name in ("nova", "orbit", "pars")[
            : self.rng.choice((2, 3, 3) if self.theme == "clients" else (1, 2, 2, 3))
        ]:
            client: dict[str, Any] = {"id": name}
            self.maybe(client, "name", 0.15, name.title())
            self.maybe(client, "single_owner", 0.35, True, True, False)
            if self.chance(0.2 * self.calm):
                client["owners"] = {}
                self.maybe(client["owners"], "strategic", 0.6, *people)
                self.maybe(client["owners"], "tactical", 0.6, *people)
            if self.chance(0.2 * self.calm if len(people) > 1 else 0.02):
                client["exclude"] = self.some(people, 1)
            self.clients.append(client)

    def _projects(self) -> None:
        for name in ("site", "launch")[
            : self.rng.choice((1, 1, 2) if self.theme in ("sequence", "budgets") else (0, 0, 1, 1))
        ]:
            project: dict[str, Any] = {"id": name, "client": self.rng.choice(self.clients)["id"]}
            self.maybe(project, "name", 0.15, name.title())
            self.maybe(project, "earliest", 0.25, self.point(1, max(1, self.weeks - 1)))
            self.maybe(project, "due", 0.4, self.point(1, max(1, self.weeks - 1)))
            self.maybe(project, "deadline", 0.25, self.point(max(1, self.weeks - 1)))
            self.projects.append(project)

    def _budgets(self) -> None:
        """Add budgets that are short of the work, in money of about the right size."""
        work = sum(task["hours"] for task in self.tasks)
        for owner in (*self.clients, *self.projects):
            if not self.chance(self.about("budgets", 0.75, 0.2)):
                continue
            per = self.rng.choice(("horizon", "week", "month", "month", "quarter"))
            share = (
                work
                / (len(self.clients) * {"week": self.weeks, "month": 1.5, "quarter": 1.3}.get(per, 1))
                * self.rng.choice((0.7, 1.1, 1.7))
            )
            amount = round(share * 14, self.rng.choice((0, 2)))
            owner["budget"] = amount
            if self.chance(0.7):
                owner["budget"] = {"amount": amount}
                if per != "horizon" or self.chance(0.3):
                    owner["budget"]["per"] = per
                self.maybe(owner["budget"], "spent", 0.35, round(amount * 0.3, 2), round(amount * 0.2, 2), 10, 500)

    # tasks

    def _tasks(self) -> None:
        count = self.rng.choice((2, 3, 4, 5, 5, 6, 6) if self.theme != "clients" else (4, 5, 6))
        order = self.rng.sample(range(count), count)
        ids = [f"t{number + 1}" for number in range(count)]
        drawn: dict[int, dict[str, Any]] = {}
        for number in order:
            earlier = [ids[before] for before, task in drawn.items() if "repeat" not in task]
            drawn[number] = self._task(ids[number], earlier)
        self.tasks = [drawn[number] for number in range(count)]

    def _task(self, name: str, earlier: list[str]) -> dict[str, Any]:
        task: dict[str, Any] = {"id": name, "kind": self._kind()}
        self.maybe(task, "name", 0.1, name.upper())
        if self.projects and self.chance(0.6):
            project = self.rng.choice(self.projects)
            task["project"] = project["id"]
            if self.chance(0.3):
                task["client"] = project["client"]
        else:
            task["client"] = self.rng.choice(self.clients)["id"]
        small = (
            (0.5, 0.5, 1, 1, 1.5, 2, 1.3) if self.theme == "clients" else (0.5, 1, 1.5, 2, 2, 2.5, 3, 3, 4, 1.3, 2.6667)
        )
        task["hours"] = self.rng.choice(small)
        self.maybe(task, "must", 0.2, True, True, False)
        self.maybe(task, "priority", 0.5, "low", "normal", "high", "high")
        if self.net_value or self.chance(0.3):
            task["value"] = self.rng.choice((0, 20, 45.5, 60, 80, 99.99, 120, 200))
        self.maybe(task, "billable", 0.15, False)
        self.maybe(task, "cancelled", 0.06, True, True, False)
        if earlier and self.chance(self.about("sequence", 0.6, 0.2)):
            task["after"] = [
                {"task": before, "lag": self.rng.choice((0, 1, 1, 2))} if self.chance(0.5) else before
                for before in self.some(earlier)
            ]
        held = sorted({skill for person in self.staff for skill in person.get("skills", ())})
        if self.chance(0.25 * self.calm + 0.03 if held else 0.02):
            needed = self.rng.choice(held or SKILLS)
            task["skills"] = [needed] if self.chance(0.5) else {needed: self.rng.choice((1, 1, 2))}
        self._owners(task)
        self.maybe(task, "weekly_max", 0.12, 1, 1.6, 2, 2.5)
        if self.chance(self.about("repeats", 0.45, 0.1)):
            task["repeat"] = self._repeat()
        else:
            self._dates(task)
        return task

    def _kind(self) -> str:
        """Draw a kind that somebody does, most of the time."""
        kinds = ["strategic", "tactical"]
        manages = [person["role"] == "account_manager" for person in self.staff]
        return "tactical" if not any(manages) and self.chance(0.7) else self.rng.choice(kinds)

    def _dates(self, task: dict[str, Any]) -> None:
        if self.chance(0.2):
            task["done"] = self.rng.choice((0.5, 0.25, 0.4, task["hours"]))
        self.maybe(task, "left", 0.2 if self.as_of else 0.03, 0, 0.5, 1, 1.3, 2)
        self.maybe(task, "earliest", 0.15, self.point())
        self.maybe(task, "due", self.about("sequence", 0.7, 0.4), self.point(1, max(1, self.weeks - 1)))
        self.maybe(task, "deadline", 0.15, self.point())

    def _bookings(self) -> list[dict[str, Any]]:
        """Draw hours promised: of days that are over too, and of whoever, able to do it or not."""
        rows = []
        people = [copy for person in self.staff for copy in self._copies(person)]
        for _ in range(self.rng.randint(1, 4)):
            shared = [task for task in self.tasks if task.get("max_owners", 1) > 1]
            task = self.rng.choice(shared if shared and self.chance(0.5) else self.tasks)
            row: dict[str, Any] = {"task": task["id"], "staff": task.get("owner", self.rng.choice(people))}
            if self.chance(0.4):
                row["staff"] = self.rng.choice(people)
            if "repeat" in task and self.chance(0.4):
                row["task"] = f"{task['id']}@{self.rng.randint(1, self.weeks)}"
            if self.chance(0.6):
                row["week"] = self.rng.randint(1, self.weeks)
            else:
                row["date"] = self.text(self.day(-1 if self.chance(0.1) else 0, 7 * self.weeks))
            row["hours"] = self.rng.choice((0.25, 0.5, 0.5, 1, 1, 1.5, 2, 0.7, 4))
            rows.append(row)
        return rows

    def _worked(self) -> list[dict[str, Any]]:
        """Draw rows of timesheets: of days before the horizon too, and of whoever, able to do it or not."""
        rows = []
        last = 7 * self.weeks + 2 if self.as_of is None else (self.as_of - self.start).days - 1
        people = [copy for person in self.staff for copy in self._copies(person)]
        for _ in range(self.rng.randint(1, 5)):
            task = self.rng.choice(self.tasks)
            row: dict[str, Any] = {"task": task["id"], "staff": self.rng.choice(people)}
            if "repeat" in task and self.chance(0.4):
                row["task"] = f"{task['id']}@{self.rng.randint(1, self.weeks)}"
            if last >= 0 and self.chance(0.3):
                row["week"] = self.rng.randint(1, min(self.weeks, last // 7 + 1))
            else:
                row["date"] = self.text(self.day(min(last, self.rng.choice((0, 0, -9))), last))
            row["hours"] = self.rng.choice((0.25, 0.5, 0.5, 0.75, 1, 1, 1.3, 2.5))
            rows.append(row)
        return rows

    def _uncertain(self) -> None:
        """Draw what no plan counts: absences, lost work, and ranges of hours around the likely ones."""
        for person in self.staff:
            self.maybe(person, "absence", 0.1, 0.05, 0.3)
        for entry in (*self.clients, *self.projects):
            self.maybe(entry, "probability", 0.1, 0, 0.7)
        for task in self.tasks:
            if self.chance(0.1):
                task["hours"] = {"low": 0.1, "likely": task["hours"], "high": round(2 * task["hours"], 4)}

    @staticmethod
    def _copies(person: dict[str, Any]) -> list[str]:
        count = person.get("placeholder")
        more = range(2, count["count"] + 1) if isinstance(count, dict) else ()
        return [person["id"], *(f"{person['id']}-{number}" for number in more)]

    def _repeat(self) -> dict[str, Any]:
        repeat: dict[str, Any] = {"every": self.rng.choice((1, 1, 1, 2, 3, "month"))}
        self.maybe(repeat, "from", 0.3, self.point(), self.text(self.day(-12, 6)))
        self.maybe(repeat, "until", 0.3, self.point())
        self.maybe(repeat, "window", 0.4, 1, 2, 2)
        self.maybe(repeat, "same_owner", 0.6, False, False, True)
        return repeat

    def _owners(self, task: dict[str, Any]) -> None:
        people = [person["id"] for person in self.staff]
        if self.chance(0.1 * self.calm + 0.02):
            task["owner"] = self.rng.choice(people)
        elif self.chance(0.35):
            task["max_owners"] = self.rng.choice((2, 2, 3, 1))
            task["hours"] = round(task["hours"] + self.rng.choice((0, 0, 3, 4.5)), 4)
        if self.chance(0.1 * self.calm + 0.03):
            task["roles"] = self.some(["account_manager", "project_manager", *self.roles])
        if self.chance(0.15 * self.calm + 0.02):
            task["only"] = self.some(people, 3) if self.chance(0.85) else []
        if self.chance(0.15 * self.calm + 0.02 if len(people) > 1 else 0.02):
            task["except"] = self.some(people, 1)
        if self.chance(0.3) and task.get("max_owners", 1) == 1:
            task["estimates"] = {}
            for name in self.some(people):
                person = next(entry for entry in self.staff if entry["id"] == name)
                asked: dict[str, Any] = {"hours": self.rng.choice((0.4, 1, 2, 2.6, 3))}
                if person.get("pay") != "salary":
                    self.maybe(asked, "price", 0.6, 0, 15, 22.5, 60.25)
                task["estimates"][name] = asked
