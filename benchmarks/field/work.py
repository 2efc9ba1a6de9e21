"""The work of a made-up agency: clients and what is done for them, before it has hours and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from benchmarks.field.calendar import Weeks
from benchmarks.field.patterns import (
    CLIENTS,
    HOUSE,
    HOUSE_SITE,
    MONTHLY,
    PROJECTS,
    SINGLES,
    SMALL,
    WEEKLY,
    Phase,
)
from benchmarks.field.people import People
from benchmarks.generator import Entry

HOUSE_ID = "house"
PLAIN = ("strategy", "delivery")
"""Trades that need no craft."""


@dataclass
class Piece:
    """A task in the making.

    Attributes
    ----------
    entry
        As it will be written.
    trade, hours
        Whose hours it takes, and about how many for each occurrence, before all are scaled.
    client, times
        For whom, and how often it occurs.
    repeats
        Weeks of an occurrence, or "month"; None for what is done once.
    done
        Whether it was done before the horizon.
    """

    entry: Entry
    trade: str
    hours: float
    client: str
    times: int = 1
    repeats: int | str | None = None
    done: bool = False


Chain = list[tuple[Piece, Phase]]
"""The tasks of a project, and the phases they come from, in order."""


class Work:
    """Clients, projects and tasks, drawn until there are as many tasks as asked for.

    Attributes
    ----------
    clients, projects, pieces
        What is in the agency; the house itself is the last client.
    chains
        By project.
    """

    def __init__(self, random: Random, people: People, tasks: int, weeks: Weeks, effort: Mapping[str, float]) -> None:
        self.random, self.people, self.weeks, self.effort = random, people, weeks, effort
        self.tasks = tasks
        employed = [entry for entry in people.staff if "placeholder" not in entry]
        self.clients = [self._client(number) for number in range(max(2, round(0.5 * len(employed) + 1.5)))]
        self.industry = {entry["id"]: people.industry_of(number) for number, entry in enumerate(self.clients)}
        self.projects: list[Entry] = []
        self.pieces: list[Piece] = []
        self.chains: dict[str, Chain] = {}
        self.paying = list(self.clients)
        self._rules_of_clients()
        self.clients.append({"id": HOUSE_ID, "name": "The agency itself"})
        self._house(small=tasks < 100)
        self._retainers(tasks)
        self._projects(tasks)
        self.fill()
        served = {piece.client for piece in self.pieces}
        self.paying = [client for client in self.paying if client["id"] in served]
        self.clients = [client for client in self.clients if client["id"] in served]

    @property
    def count(self) -> int:
        """Tasks with repeats written out, those done before aside."""
        return sum(piece.times for piece in self.pieces if not piece.done)

    def fill(self) -> None:
        """Add single tasks until there are as many tasks as asked for; clients who have none come first."""
        served = {piece.client for piece in self.pieces}
        idle = [client for client in self.paying if client["id"] not in served]
        while self.count < self.tasks:
            self._single(idle.pop() if idle else self.random.choice(self.paying))

    def _asked(self, trade: str) -> float:
        """Return the hours asked of a trade so far, as a share of what it can give."""
        return sum(piece.hours * piece.times for piece in self.pieces if piece.trade == trade) / self.effort[trade]

    # ------------------------------------------------------------------ clients

    def _client(self, number: int) -> Entry:
        name, again = CLIENTS[number % len(CLIENTS)], number // len(CLIENTS)
        id_ = name.split()[0].lower()
        return {"id": f"{id_}-{again + 1}", "name": f"{name} {again + 1}"} if again else {"id": id_, "name": name}

    def _rules_of_clients(self) -> None:
        """Fix owners, ask for one owner, exclude people: a few clients do."""
        random = self.random
        order = random.sample(self.paying, len(self.paying))
        few = max(1, round(0.15 * len(order)))
        for client in order[:few]:
            client["single_owner"] = True
        for client in order[few : 2 * few]:
            known = self.industry[client["id"]]
            if able := [id_ for id_ in self._lasting("account_manager", "strategist") if self._knows(id_, known)]:
                client["owners"] = {"strategic": random.choice(able)}
        for client in order[2 * few :]:
            names = self._lasting("account_manager", "project_manager")
            if len(names) > 3 and random.random() < 0.2:
                client["exclude"] = [random.choice(names)]

    def _lasting(self, *roles: str) -> list[str]:
        return [id_ for role in roles for id_ in self.people.lasting.get(role, ())]

    def _knows(self, id_: str, industry: str | None) -> bool:
        (entry,) = (entry for entry in self.people.staff if entry["id"] == id_)
        return industry is None or industry in entry.get("skills", {})

    # ------------------------------------------------------------------ tasks

    def _add(self, id_: str, phase: Phase, client: str, *, times: int = 1, **fields: Any) -> Piece:
        """Add a task; a phase's own fields are written as they stand, but for its pace and window."""
        random = self.random
        kind = "strategic" if phase.trade == "strategy" else "tactical"
        written = {key: value for key, value in phase.fields.items() if key in ("priority", "roles", "max_owners")}
        entry = {"id": id_, "name": phase.name, "kind": kind, "hours": 0, **fields, **written}
        if "project" not in entry:
            entry["client"] = client
        if "priority" not in entry and random.random() < 0.25:
            entry["priority"] = random.choice(("low", "low", "high"))
        owner_fixed = any("owners" in one for one in self.clients if one["id"] == client) and kind == "strategic"
        industry = self.industry.get(client)
        if phase.trade not in PLAIN:
            entry["skills"] = {phase.trade: phase.level}
        elif industry is not None and random.random() < 0.8:
            entry["skills"] = [industry]
        elif not self.people.industries and "repeat" not in entry and not owner_fixed:
            self._name_people(entry)
        pace = phase.fields.get("pace")
        piece = Piece(entry | ({"_pace": pace} if pace else {}), phase.trade, phase.hours, client, times)
        piece.hours *= random.lognormvariate(0, 0.3)
        if client == HOUSE_ID:
            entry["billable"] = piece.entry["billable"] = False
        self.pieces.append(piece)
        return piece

    def _name_people(self, entry: Entry) -> None:
        """Name who does it, or who does not, now and then."""
        roles = ("account_manager", "strategist") if entry["kind"] == "strategic" else ("project_manager",)
        names, luck = self._lasting(*roles), self.random.random()
        if luck < 0.06 and names and "max_owners" not in entry:
            entry["owner"] = self.random.choice(names)
        elif luck < 0.12 and len(names) > 2:
            entry["except"] = [self.random.choice(names)]
        elif luck < 0.18 and len(names) > 2:
            entry["only"] = sorted(self.random.sample(names, 2))

    def _repeats(self, phase: Phase, client: str, every: int | str, name: str) -> None:
        repeat: Entry = {"every": every}
        times = self.weeks.monthly if every == "month" else len(range(0, self.weeks.count, int(every)))
        if every == "month" and self.weeks.last_of_months is not None:
            repeat["until"] = self.weeks.last_of_months
        window = phase.fields.get("window", every if every != "month" else None)
        if window not in (None, 1):
            repeat["window"] = window
        if phase.fields.get("same_owner") is False or (client != HOUSE_ID and self.random.random() < 0.15):
            repeat["same_owner"] = False
        piece = self._add(f"{client}-{name}", phase, client, times=times, repeat=repeat)
        piece.repeats = every

    def _house(self, *, small: bool) -> None:
        """Add what nobody pays for; a small agency has no site of its own to build."""
        for phase in HOUSE:
            self._repeats(phase, HOUSE_ID, phase.fields["every"], phase.id)
        if not small:
            self._project("own-site", "Our own web site", HOUSE_SITE, HOUSE_ID)

    def _retainers(self, tasks: int) -> None:
        """Add weekly work for a fifth of all tasks, and monthly work for a quarter, client by client."""
        weekly, monthly = max(1, round(0.2 * tasks / self.weeks.count)), round(0.26 * tasks / self.weeks.monthly)
        rows = [(phase, client) for client in self.paying for phase in WEEKLY if self._takes(client, phase)]
        fixed = {client["id"] for client in self.paying if "owners" in client}
        rows = [(phase, client) for phase, client in rows if phase.trade != "strategy" or client["id"] not in fixed]
        for phase, client in rows[:weekly]:
            self._repeats(phase, client["id"], 1, phase.id)
        left = [(phase, client) for client in self.paying for phase in MONTHLY if self._takes(client, phase)]
        self.random.shuffle(left)
        for number in range(monthly):
            wanted = "report" if number % 4 == 0 else None  # every agency reports: windows and musts
            rows = [row for row in left if (row[0].id == "report") == (wanted is not None)]
            if not rows:
                continue
            phase, client = row = min(rows, key=lambda row: self._asked(row[0].trade))
            left.remove(row)
            self._repeats(phase, client["id"], "month", phase.id)
            if wanted and number % 3 == 0:
                self.pieces[-1].entry["must"] = True

    def _takes(self, client: Entry, phase: Phase) -> bool:
        """Whether a client can have such work: the trade is there, and one owner can do all of it."""
        return phase.trade in self.effort and (phase.trade in PLAIN or not client.get("single_owner"))

    def _projects(self, tasks: int) -> None:
        random, number = self.random, 0
        clients = random.sample(self.paying, len(self.paying))
        clients.sort(key=lambda client: bool(client.get("single_owner")))
        while tasks - self.count >= len(SMALL) + 1 and (not number or self.count < 0.9 * tasks):
            client = clients[number % len(clients)]
            kinds = ["season"] if client.get("single_owner") else random.sample(list(PROJECTS), 3)
            kind = min(kinds, key=lambda kind: min(map(self._asked, self._trades(kind))))
            phases = [phase for phase in PROJECTS[kind] if self._takes(client, phase)]
            if len(phases) > tasks - self.count or len(phases) < len(SMALL):
                kind, phases = "season", list(SMALL)
            name = f"{client['id']}-{kind}-{number + 1}"
            must = "all" if number == 0 else random.choices(("", "all", "launch"), (86, 7, 7))[0]
            self._project(name, f"{client['name']}: {kind}", phases, client["id"], must)
            number += 1

    def _trades(self, kind: str) -> list[str]:
        return [phase.trade for phase in PROJECTS[kind] if phase.trade in self.effort]

    def _project(self, id_: str, name: str, phases: Sequence[Phase], client: str, must: str = "") -> None:
        """Add a project; what came before a phase that is left out comes before what follows it."""
        self.projects.append({"id": id_, "name": name, "client": client})
        phases = [phase for phase in phases if phase.trade in self.effort]
        there = {phase.id for phase in phases}
        chain: Chain = []
        for number, phase in enumerate(phases):
            after = [(before, lag) for before, lag in phase.after if before in there]
            if phase.after and not after:
                after = [(phases[number - 1].id, 0)]
            piece = self._add(f"{id_}-{phase.id}", phase, client, project=id_)
            if after:
                piece.entry["after"] = [
                    {"task": f"{id_}-{before}", "lag": lag} if lag else f"{id_}-{before}" for before, lag in after
                ]
            if (must == "all" and phase.fields.get("priority") != "low") or (must and phase.id == "launch"):
                piece.entry["must"] = True
            chain.append((piece, replace(phase, after=tuple(after))))
        self.chains[id_] = chain

    def _single(self, client: Entry) -> None:
        able = [phase for phase in SINGLES if self._takes(client, phase)]
        self.random.shuffle(able)
        phase = min(able, key=lambda phase: self._asked(phase.trade))
        piece = self._add(f"{client['id']}-{phase.id}-{len(self.pieces) + 1}", phase, client["id"])
        if phase.id == "review" and self.random.random() < 0.3:
            piece.entry["must"] = True
