"""A year of a small agency: plan, work otherwise, count the timesheets, plan again, roll on at each quarter.

The hours of the year are kept beside it, as an accountant would: who, when, for what. Every month they say what must be
left of each budget and of each task.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import staffing
from staffing.loading import from_mapping
from staffing.rolling.roll import roll_on
from staffing.writing.write import write_scenario

START = dt.date(2026, 1, 5)
AGENCY: dict[str, Any] = {
    "name": "Agency",
    "start": "2026-01-05",
    "weeks": 13,
    "staff": [
        {"id": "sara", "role": "account_manager", "bill_rate": 120, "cost_rate": 50, "weekly_hours": 20},
        {"id": "omid", "role": "project_manager", "bill_rate": 96, "cost_rate": 38, "weekly_hours": 24},
        {"id": "kim", "role": "project_manager", "bill_rate": 33.33, "cost_rate": 20, "weekly_hours": 20},
    ],
    "clients": [
        {"id": "nova", "budget": {"amount": 9000, "per": "month"}},
        {"id": "brio", "budget": {"amount": 16000, "per": "quarter"}},
        {"id": "pars", "budget": {"amount": 5000, "per": "week"}},
    ],
    "projects": [{"id": "site", "client": "brio", "budget": 60000, "due": 10}],
    "tasks": [
        {"id": "nova-plan", "client": "nova", "kind": "strategic", "hours": 24, "due": 4},
        {
            "id": "nova-copy",
            "client": "nova",
            "kind": "tactical",
            "hours": 40,
            "after": [{"task": "nova-plan", "lag": 1}],
        },
        {"id": "nova-call", "client": "nova", "kind": "tactical", "hours": 2, "repeat": {"every": 1}},
        {"id": "nova-care", "client": "nova", "kind": "tactical", "hours": 6, "repeat": {"every": "month"}},
        {"id": "site-design", "project": "site", "kind": "tactical", "hours": 60},
        {"id": "site-build", "project": "site", "kind": "tactical", "hours": 90, "after": ["site-design"]},
        {"id": "brio-news", "client": "brio", "kind": "tactical", "hours": 5, "repeat": {"every": 2, "window": 2}},
        {"id": "pars-idea", "client": "pars", "kind": "strategic", "hours": 30},
        {"id": "pars-care", "client": "pars", "kind": "tactical", "hours": 3, "repeat": {"every": 2}},
    ],
}
RATES = {"sara": Fraction(120), "omid": Fraction(96), "kim": Fraction("33.33"), "lea": Fraction(80)}
HOLDERS = {"nova": ("nova",), "brio": ("brio",), "pars": ("pars",), "site": ("brio", "site")}
"""The budgets that hours of tasks burn, by how the ids of the tasks begin."""
PRODUCTIVITY = {("sara", "tactical"): Fraction("0.8")}
"""Effort of an hour, where it is not 1."""
MONTHS = [dt.date(2026, month, 1) for month in range(2, 13)] + [dt.date(2027, 1, 4)]
QUARTERS = {dt.date(2026, 4, 1): dt.date(2026, 4, 6), dt.date(2026, 7, 1): dt.date(2026, 7, 6)}
QUARTERS[dt.date(2026, 10, 1)] = dt.date(2026, 10, 5)
"""The day on which the month is closed that ends a quarter: the first Monday of the next."""


@dataclass(frozen=True)
class Hours:
    """Hours of somebody on a day, as the timesheet has them."""

    task: str
    staff: str
    day: dt.date
    hours: Fraction


@dataclass
class Year:
    """The agency as it goes along."""

    folder: Path
    scenario: staffing.Scenario
    plan: staffing.Plan | None = None
    ledger: list[Hours] = field(default_factory=list)
    """The truth: all hours of the year."""
    changes: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    random: Random = field(default_factory=lambda: Random(14))

    # the round of a month

    def solve(self) -> None:
        """Plan from as_of on, against the plan before."""
        plan = staffing.solve(self.scenario, baseline=self.plan, deterministic=True, time_limit=0.3)
        assert staffing.audit(self.scenario, plan) == []
        fixed = sum(Fraction(entry.hours).limit_denominator(10**4) for entry in plan.assigned if entry.fixed)
        assert fixed == self.hours_since(self.scenario.start)
        self.changes += [int(goal.value) for goal in plan.goals if goal.goal == "changes"]
        self.plan = plan

    def work(self, until: dt.date) -> None:
        """Work the plan up to a day, otherwise than it says: more, less, on other things, or not at all."""
        assert self.plan is not None
        since = self.scenario.as_of or START
        for entry in self.plan.assigned:
            days = [entry.week_start + dt.timedelta(days=number) for number in range(5)]
            days = [day for day in days if since <= day < until]
            share = self.random.choice((1, 1, 1, 1.25, 0.75, 0.5, 0))
            hours = Fraction(round(entry.hours * share * 4), 4)
            task = entry.task.partition("@")[0]
            last = task == "brio-news" and until.month == 4 and entry.week_start >= until - dt.timedelta(weeks=1)
            if entry.fixed or not days or not hours or last:  # the last news of the quarter are begun by nobody
                continue
            first = min(hours, Fraction(5, 2))
            self.ledger.append(Hours(task, entry.staff, days[0], first))
            if hours > first:
                self.ledger.append(Hours(task, entry.staff, self.random.choice(days), hours - first))
        self.ledger.append(Hours("nova-call", "omid", until - dt.timedelta(days=4), Fraction(1, 3)))

    def count(self, since: dt.date, until: dt.date) -> None:
        """Bring the timesheet of some days in; twice, as it happens."""
        path = self.folder / f"{until}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(["Who", "Day", "What", "Hours"])
            for entry in self.ledger:
                if since <= entry.day < until:
                    table.writerow([entry.staff, entry.day, entry.task, f"{float(entry.hours):.4f}"])
        columns = {"staff": "Who", "date": "Day", "task": "What", "hours": "Hours"}
        for _ in range(2):
            found = staffing.actuals(self.scenario, path, as_of=until, since=since, columns=columns)
            assert found.remarks == ()
            self.scenario = found.scenario

    def roll(self, to: dt.date) -> None:
        """Begin a new quarter, from a file."""
        rolled = roll_on(self.scenario, to)
        self.told += [str(remark) for remark in rolled.remarks]
        path = self.folder / f"{to}.yaml"
        write_scenario(rolled.scenario, path)
        self.scenario = staffing.load(path)

    def change(self, **changes: Any) -> None:
        self.scenario = self.scenario.patch({"name": "Agency", **changes})

    # what the ledger says

    def hours_since(self, first: dt.date) -> Fraction:
        return sum((rounded(entry) for entry in self.ledger if first <= entry.day), Fraction(0))

    def burned(self, holder: str, inside: Callable[[dt.date], bool]) -> Fraction:
        """Add up what hours burned of a client's or project's budget, on some days."""
        return sum(
            (
                rounded(entry) * RATES[entry.staff]
                for entry in self.ledger
                if holder in HOLDERS[entry.task.partition("-")[0]] and inside(entry.day)
            ),
            Fraction(0),
        )

    def effort(self, task: str, kind: str, first: dt.date, end: dt.date) -> Fraction:
        """Add up the effort delivered on a task on the days of a span."""
        return sum(
            (
                rounded(entry) * PRODUCTIVITY.get((entry.staff, kind), Fraction(1))
                for entry in self.ledger
                if (entry.task == task or entry.task.startswith(f"{task}-2026")) and first <= entry.day < end
            ),
            Fraction(0),
        )


def rounded(entry: Hours) -> Fraction:
    """Round hours as a timesheet does, which has four decimals."""
    return Fraction(f"{float(entry.hours):.4f}")


def test_the_ledger_and_the_scenario_agree_all_the_year(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Each month the plan audits, and no hour and no cent counts twice or is lost."""
    year = Year(tmp_path, from_mapping(AGENCY))
    since = START
    for month in MONTHS:
        until = QUARTERS.get(month, month)
        year.solve()
        year.work(until)
        since = happens(year, month, since)
        year.count(since, until)
        check(year)
        if month in QUARTERS:
            year.roll(until)
            check(year)
            begin_quarter(year, until)
        since = until
    year.solve()
    record_property("changes", year.changes)
    assert len(year.changes) == 12, "every plan but the first tells how much it changes"
    assert any("goes on as the task brio-news-2026-03-30" in remark for remark in year.told)
    assert any("not carried" in remark for remark in year.told)


def happens(year: Year, month: dt.date, since: dt.date) -> dt.date:
    """Let happen what does; return the first day that the timesheet has."""
    match month.month:
        case 3:  # a correction: hours of January were somebody else's, or none; the whole time is counted again
            wrong = next(entry for entry in year.ledger if entry.task == "nova-plan")
            year.ledger.remove(wrong)
            year.ledger.append(Hours("nova-plan", "sara", wrong.day, wrong.hours + Fraction(3, 4)))
            year.ledger.append(Hours("nova-plan", "sara", wrong.day, Fraction(-1, 2)))
            return START
        case 5:  # Kim leaves
            year.change(staff=[{"id": "kim", "end": "2026-05-15"}])
        case 6:  # Lea joins
            lea = {"id": "lea", "role": "project_manager", "bill_rate": 80, "cost_rate": 35, "start": "2026-06-08"}
            year.change(staff=[lea])
        case 8:  # a task is given up
            year.change(tasks=[{"id": "nova-film", "cancelled": True}])
        case 9:  # a client is lost
            lost = [task.id for task in year.scenario.tasks if task.client == "pars"]
            year.change(tasks=[{"id": name, "cancelled": True} for name in lost])
    return since


def begin_quarter(year: Year, first: dt.date) -> None:
    """New work for the quarter."""
    name = "nova-film" if first.month == 7 else f"nova-task-{first.month}"
    new = [
        {"id": name, "client": "nova", "kind": "tactical", "hours": 35, "due": 6},
        {"id": f"pars-plan-{first.month}", "client": "pars", "kind": "strategic", "hours": 16, "earliest": 3},
    ]
    year.change(tasks=new if first.month < 10 else new[:1])


# what must hold


def check(year: Year) -> None:
    """Hold the scenario against the ledger: budgets, effort, hours."""
    check_budgets(year)
    check_effort(year)
    assert sum(year.scenario.expanded.history.values()) == year.hours_since(year.scenario.start)


def check_budgets(year: Year) -> None:
    """What each period has burned is what the ledger says of its days."""
    for (_, holder), periods in year.scenario.expanded.budgets.items():
        for period in periods:
            assert period.spent + period.burned == year.burned(holder, days_of(period.name, year.scenario.start)), (
                period
            )


def days_of(period: str, start: dt.date) -> Callable[[dt.date], bool]:
    if period == "horizon":
        return lambda day: True
    if period.startswith("week "):
        first = start + dt.timedelta(weeks=int(period.removeprefix("week ")) - 1)
        return lambda day: first <= day < first + dt.timedelta(weeks=1)
    if "Q" in period:
        return lambda day: f"{day.year}-Q{(day.month + 2) // 3}" == period
    return lambda day: f"{day:%Y-%m}" == period


def check_effort(year: Year) -> None:
    """What is open of each task is what it has, less what the ledger says was delivered."""
    tasks = {task.id: task for task in year.scenario.tasks}
    for job in year.scenario.expanded.jobs.values():
        task = tasks[job.task]
        if task.cancelled:
            assert job.done
            continue
        name, first, end = span(job.id, year.scenario)
        assert job.effort == Fraction(task.likely) - year.effort(name, task.kind, first, end), job.id


def span(job: str, scenario: staffing.Scenario) -> tuple[str, dt.date, dt.date]:
    """Return the task of a job, as timesheets name it, and the days that are its."""
    name, _, week = job.partition("@")
    if not week:
        task, _, day = name.partition("-2026-")
        if not day:
            return name, dt.date.min, dt.date.max
        first = dt.date.fromisoformat(f"2026-{day}")
        return task, first, first + dt.timedelta(weeks=2)
    first = scenario.start + dt.timedelta(weeks=int(week) - 1)
    weeks = {"nova-call": 1, "brio-news": 2, "pars-care": 2}
    if name in weeks:
        return name, first, first + dt.timedelta(weeks=weeks[name])
    mondays = [START + dt.timedelta(weeks=number) for number in range(60)]
    of_month = [day for day in mondays if (day.year, day.month) == (first.year, first.month)]
    return name, of_month[0], of_month[-1] + dt.timedelta(weeks=1)
