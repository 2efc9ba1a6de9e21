"""TaskJuggler: what a manager's tool gives, without optimising.

Tasks become tasks with effort, candidates (one of them keeps the task), priority, earliest start, dependencies and
pace; people become resources with their capacity as a limit of each week. It has no deadlines that make a task wait, no
budgets, no clients and no limits by kind, a dependency ends before the next task begins, nobody is hired, and who has
an estimate for a task is no candidate. Of its schedule we keep, most valuable first, the tasks that satisfy the
contract as they stand; the others wait.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import lcm
from pathlib import Path

from benchmarks.answers import Answer, Cell
from benchmarks.peers.stages import Means
from staffing.plan.draft import need
from staffing.scenario.amounts import up
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.scenario import Scenario

ENGINE = "TaskJuggler"
LONGER = 3
"""The project is this many times as long as the horizon, so that everything finds a place; what lies beyond waits."""
BOOKING = re.compile(r"(\d{4}-\d\d-\d\d)-\d\d:\d\d-\+0000 \+ ([\d.]+)h")


def plan(scenario: Scenario, means: Means) -> Answer:
    """Schedule a scenario; it takes as long as it takes, the time limit is for giving up."""
    if shutil.which("tj3") is None:
        return Answer(ENGINE, "not installed", note="install the Debian package tj3")
    expanded = scenario.expanded
    if scenario.start.weekday():
        return Answer(ENGINE, "cannot say", note="weeks that do not begin on Monday")
    began = time.perf_counter()
    names = _names(expanded)
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "agency.tjp"
        project.write_text(_project(expanded, names), encoding="utf-8")
        built = time.perf_counter()
        command = ["tj3", "--no-color", "--silent", project.name]
        try:
            done = subprocess.run(
                command, cwd=folder, capture_output=True, text=True, check=False, timeout=10 * means.seconds + 60
            )
        except subprocess.TimeoutExpired:
            return Answer(ENGINE, "nothing found", note=f"gave up after {10 * means.seconds + 60:g} s")
        ended = time.perf_counter()
        bookings = Path(folder) / "bookings.tji"
        if not bookings.exists():
            return Answer(ENGINE, "failed", note=f"tj3 ended with {done.returncode}: {done.stderr.strip()[:300]}")
        scheduled = _bookings(bookings.read_text(encoding="utf-8"), expanded, names)
    kept = _valid(expanded, scheduled)
    note = f"{len(scheduled)} tasks scheduled, {len(kept)} kept; no time limit, one thread"
    hours = {cell: amount for cells in kept.values() for cell, amount in cells.items()}
    return Answer(ENGINE, hours=hours, phases={"build": built - began, "search": ended - built}, note=note)


# ---------------------------------------------------------------------- writing


def _names(expanded: Expanded) -> dict[str, str]:
    """Return names for jobs and people in the letters that TaskJuggler reads."""
    people = {f"person {id_}": f"p{number}" for number, id_ in enumerate(expanded.people)}
    return people | {f"job {id_}": f"t{number}" for number, id_ in enumerate(expanded.jobs)}


def _project(expanded: Expanded, names: Mapping[str, str]) -> str:
    minutes = int(60 * expanded.step)
    scale = _scale(expanded)
    start = expanded.scenario.start
    lines = [
        f'project agency "agency" {start} +{LONGER * expanded.weeks}w {{',
        f'  timezone "UTC"\n  timingresolution {minutes}min\n}}',
    ]
    for person in _there(expanded):
        lines.append(f'resource {names[f"person {person.id}"]} "{person.id}" {{')
        lines.append(
            f"  efficiency {float(scale * _efficiency(person)) * (1 + 1e-7):.9g}\n  workinghours mon - sun 0:00 - 12:00"
        )
        limits = [
            f"weeklymax {float(hours):g}h {{ period {first_day(week, start)} +1w }}"
            for week, hours in enumerate(person.capacity, 1)
            if hours
        ]
        off = [
            f"  leaves annual {first_day(week, start)} +1w"
            for week, hours in enumerate(person.capacity, 1)
            if not hours
        ]
        lines += [f"  limits {{ {' '.join(limits)} }}", *off, "}"]
    lines += [f'task w{w} "w{w}" {{ start {first_day(w, start)} milestone }}' for w in range(1, expanded.weeks + 1)]
    ranks = _ranks(expanded)
    for job in expanded.jobs.values():
        lines += _task(expanded, job, names, ranks)
    return "\n".join([*lines, 'export "bookings" { definitions - taskattributes booking }', ""])


def _there(expanded: Expanded) -> list[Person]:
    """Return the people who are there: nobody is hired."""
    return [person for person in expanded.people.values() if not person.placeholder]


def _efficiency(person: Person) -> Fraction:
    """Return the one efficiency that a resource can have."""
    return person.productivity["tactical"] or person.productivity["strategic"] or Fraction(1)


def _scale(expanded: Expanded) -> int:
    """Return the factor that makes every efficiency whole, for effort is counted in whole slots of time."""
    return lcm(*(_efficiency(person).denominator for person in expanded.people.values()))


def _ranks(expanded: Expanded) -> dict[str, int]:
    """Return the priority of each job: 1000 for must, 1 to 900 for others by value per hour."""
    ordered = sorted(expanded.jobs.values(), key=lambda job: job.value / job.hours)
    return {
        job.id: 1000 if job.must else 1 + 899 * number // max(1, len(ordered) - 1) for number, job in enumerate(ordered)
    }


def _task(expanded: Expanded, job: Job, names: Mapping[str, str], ranks: Mapping[str, int]) -> Iterator[str]:
    """Yield the lines of a task, for candidates with one ratio of efficiency to productivity: effort has no kinds."""
    if job.done or job.earliest > min(job.deadline, expanded.weeks):
        return
    able = [person for person in _there(expanded) if expanded.may_do(job, person) and person.id not in job.estimates]
    ratios = Counter(_efficiency(person) / person.productivity[job.kind] for person in able)
    if not ratios:
        return
    ratio = ratios.most_common(1)[0][0]
    fitting = [person for person in able if _efficiency(person) / person.productivity[job.kind] == ratio]
    candidates = [names[f"person {person.id}"] for person in fitting]
    effort = up(job.effort * ratio * _scale(expanded), expanded.step)
    yield f'task {names[f"job {job.id}"]} "{names[f"job {job.id}"]}" {{'
    first = [f"w{job.earliest}"]
    after = [
        names[f"job {before}"] + (f" {{ gapduration {lag}w }}" if lag else "")
        for before, lag in job.after
        if not expanded.jobs[before].done
    ]
    others = f" {{ alternative {', '.join(candidates[1:])} select minloaded persistent }}" if candidates[1:] else ""
    yield f"  depends {', '.join(first + after)}"
    yield f"  effort {float(effort):g}h\n  priority {ranks[job.id]}\n  allocate {candidates[0]}{others}"
    if job.weekly_max is not None:
        yield f"  limits {{ weeklymax {float(job.weekly_max):g}h }}"
    yield "}"


# ---------------------------------------------------------------------- reading


def _bookings(text: str, expanded: Expanded, names: Mapping[str, str]) -> dict[str, dict[Cell, Fraction]]:
    """Return the hours by task, read from people's bookings, each a start and a length."""
    ours = {name: key.split(" ", 1)[1] for key, name in names.items()}
    start, found = expanded.scenario.start, dict[str, dict[Cell, Fraction]]()
    for block in re.split(r"^supplement ", text, flags=re.M):
        head = re.match(r"task (t\d+) \{", block)
        if head is None:
            continue
        cells: dict[Cell, Fraction] = defaultdict(Fraction)
        for person, bookings in re.findall(r"booking (p\d+) ([^{}]*)", block):
            for day, hours in BOOKING.findall(bookings):
                week = (dt.date.fromisoformat(day) - start).days // 7 + 1
                cells[ours[head[1]], ours[person], week] += Fraction(hours)
        if cells:
            found[ours[head[1]]] = dict(cells)
    return found


def _valid(expanded: Expanded, scheduled: Mapping[str, dict[Cell, Fraction]]) -> dict[str, dict[Cell, Fraction]]:
    """Return the tasks that keep every rule as they stand, beside those kept before; predecessors come first."""
    kept: dict[str, dict[Cell, Fraction]] = {}
    used = _Used(expanded)
    ranks = _ranks(expanded)
    waiting = sorted(scheduled, key=lambda id_: -ranks[id_])
    while waiting:
        ready = [
            id_
            for id_ in waiting
            if all(before in kept or expanded.jobs[before].done for before, _ in expanded.jobs[id_].after)
        ]
        if not ready:
            return kept
        for id_ in ready:
            if used.takes(expanded.jobs[id_], scheduled[id_], kept):
                kept[id_] = scheduled[id_]
        waiting = [id_ for id_ in waiting if id_ not in ready]
    return kept


class _Used:
    """What the tasks kept so far use up."""

    def __init__(self, expanded: Expanded) -> None:
        self.expanded = expanded
        self.hours: dict[tuple[str, int], Fraction] = defaultdict(Fraction)
        self.kinds: dict[tuple[str, int, str], Fraction] = defaultdict(Fraction)
        self.clients: dict[tuple[str, int], set[str]] = defaultdict(set)
        self.all_clients: dict[str, set[str]] = defaultdict(set)
        self.burn: dict[tuple[str, str, str], Fraction] = defaultdict(Fraction)
        self.owner: dict[tuple[str, str], str] = {}

    def takes(self, job: Job, cells: dict[Cell, Fraction], kept: Mapping[str, dict[Cell, Fraction]]) -> bool:
        """Return whether a task fits beside what is kept, and if so count it."""
        people = {person for _, person, _ in cells}
        if len(people) != 1:
            return False
        person = self.expanded.people[people.pop()]
        weeks = {week: hours for (_, _, week), hours in cells.items()}
        if sum(weeks.values()) != need(job, person, self.expanded.step) or not (
            job.earliest <= min(weeks) and max(weeks) <= min(job.deadline, self.expanded.weeks)
        ):
            return False
        for before, lag in job.after:
            if before in kept and min(weeks) < max(week for _, _, week in kept[before]) + lag:
                return False
        groups = [("repeat", job.task)] if job.same_owner else []
        if self.expanded.clients[job.client].single_owner and job.owner is None:
            groups.append((job.client, job.kind))
        burn = self._burn(job, person, weeks)
        if (
            any(self.owner.get(group, person.id) != person.id for group in groups)
            or not self._has_room(job, person, weeks)
            or any(self.burn[period] + money > left for period, (money, left) in burn.items())
        ):
            return False
        for group in groups:
            self.owner[group] = person.id
        for week, hours in weeks.items():
            self.hours[person.id, week] += hours
            self.kinds[person.id, week, job.kind] += hours
            self.clients[person.id, week].add(job.client)
        self.all_clients[person.id].add(job.client)
        for period, (money, _) in burn.items():
            self.burn[period] += money
        return True

    def _has_room(self, job: Job, person: Person, weeks: Mapping[int, Fraction]) -> bool:
        served = self.all_clients[person.id] | {job.client}
        if person.max_clients is not None and len(served) > person.max_clients:
            return False
        for week, hours in weeks.items():
            clients = self.clients[person.id, week] | {job.client}
            load = self.hours[person.id, week] + hours + self.expanded.switching * (len(clients) - 1)
            extra = person.overtime if person.available_days[week - 1] else 0
            limit = person.limits.get(job.kind)
            if (
                load > person.capacity[week - 1] + extra
                or (limit is not None and self.kinds[person.id, week, job.kind] + hours > limit)
                or (person.max_clients_per_week is not None and len(clients) > person.max_clients_per_week)
                or (job.weekly_max is not None and hours > job.weekly_max)
            ):
                return False
        return True

    def _burn(
        self, job: Job, person: Person, weeks: Mapping[int, Fraction]
    ) -> dict[tuple[str, str, str], tuple[Fraction, Fraction]]:
        """Return what a task burns of each budget period, and what is left of it, in money."""
        by_cost = self.expanded.scenario.budget_basis == "cost"
        rate = person.cost_rate if by_cost else person.bill_rate
        found = {}
        for key in (("client", job.client), ("project", job.project or "")):
            for period in self.expanded.budgets.get(key, ()) if job.billable else ():
                money = rate * sum((hours for week, hours in weeks.items() if week in period.weeks), Fraction(0))
                if money:
                    found[(*key, period.name)] = (money, period.left)
        return found
