"""Hours, dates, prices and budgets of a made-up agency, so that its load is what was asked for."""

from __future__ import annotations

from collections import defaultdict
from math import ceil
from random import Random

from benchmarks.field.calendar import Weeks
from benchmarks.field.people import CRAFTS, ROLES, People
from benchmarks.field.work import HOUSE_ID, Chain, Piece, Work
from benchmarks.generator import Entry

MOST = {1: 12.0, 2: 20.0, "month": 50.0}
"""Most hours of one occurrence, by how often there is one."""
ONCE, SHARED = 70.0, 130.0
"""Most hours of other tasks, and of those that two may share."""
PER_WEEK = 18.0
"""Hours a week that somebody has for one task, when dates are set."""
REACH = 0.75
"""Share of the horizon that what is left of a project may take: longer ones began before."""
LEAST = 8.0
"""As many weeks it may take in any case."""
TRADE_OF = {"strategy": "account_manager", "delivery": "project_manager"} | {
    craft: role for role, craft in CRAFTS.items()
}
"""Whose rates the work of a trade is reckoned with."""


def scale(work: Work, effort: dict[str, float], load: float, weeks: Weeks) -> None:
    """Set the hours of every task: those of a trade together are about `load` × the effort that people can give."""
    asked = {trade: load * supplied * work.random.uniform(0.93, 1.07) for trade, supplied in effort.items()}
    begun = True
    while begun:
        given = sum(_fit(work, trade, hours) for trade, hours in asked.items())
        short = load * sum(effort.values()) / given
        if short > 1:  # a trade with few tasks, each at its most: the others have more to do
            for trade, hours in asked.items():
                _fit(work, trade, min(1.25, short) * hours)
        most = min(weeks.count, max(LEAST, REACH * weeks.count))
        begun = sum(_begin(chain, most) for chain in work.chains.values()) > 0
        work.fill()
    for piece in work.pieces:
        pace = piece.entry.pop("_pace", None)
        if pace is not None and piece.entry["hours"] > 24:
            piece.entry["weekly_max"] = max(12, round(pace * piece.entry["hours"]))


def _begin(chain: Chain, most: float) -> bool:
    """Let the first phases of a project that takes too long be done before the horizon; return whether any are."""
    left = [piece for piece, _ in chain if not piece.done]
    begun = len(left) > 1 and max(_ends(chain).values()) > most
    if begun:
        left[0].done = True
        left[0].entry["done"] = left[0].entry["hours"]
    return begun


def _ends(chain: Chain) -> dict[str, float]:
    """Return after how many weeks each phase of a project ends, if all goes well."""
    ends: dict[str, float] = {}
    for piece, phase in chain:
        before = max((ends[name] + lag for name, lag in phase.after), default=0.0)
        ends[phase.id] = 0.0 if piece.done else before + max(0.7, _weeks_for(piece))
    return ends


def _fit(work: Work, trade: str, asked: float) -> float:
    """Set the hours of the tasks of a trade, and return how many these are."""
    pieces = [piece for piece in work.pieces if piece.trade == trade and not piece.done]
    if not pieces:
        return 0.0
    factor = asked / sum(piece.hours * piece.times for piece in pieces)
    given = 0.0
    for _ in range(5):  # what is cut at its most leaves hours to others
        for piece in pieces:
            piece.entry["hours"] = _round_hours(min(_most(piece), factor * piece.hours))
        given = sum(piece.entry["hours"] * piece.times for piece in pieces)
        factor *= asked / given
    return given


def _most(piece: Piece) -> float:
    if piece.repeats is not None:
        return MOST[piece.repeats] if piece.entry["repeat"].get("window") != 2 else MOST[2]
    return SHARED if "max_owners" in piece.entry else ONCE


def _round_hours(hours: float) -> float | int:
    half = max(1, round(2 * hours) / 2)
    return round(hours) if hours > 6 or half == int(half) else half


def schedule(work: Work, weeks: Weeks) -> None:
    """Set the weeks of projects and tasks: everything has a due date, phases one after the other."""
    random = work.random
    for project in work.projects:
        chain = work.chains[project["id"]]
        ends = _ends(chain)
        needed = min(weeks.count, ceil(1.1 * max(ends.values())) + 1)
        free = max(1, weeks.count - needed + 1)
        first = 1 + min(random.randrange(free), random.randrange(free))  # more begins early: much is under way
        if first > 1:
            project["earliest"] = weeks.monday(first)
        last = min(weeks.count, first + needed - 1)
        project["due"] = weeks.friday(last)
        if random.random() < 0.3 and last < weeks.count:
            project["deadline"] = weeks.friday(min(weeks.count, last + random.choice((1, 2))))
        left = [(piece, phase) for piece, phase in chain if not piece.done]
        for piece, phase in left:
            due = min(last, first + ceil(1.1 * ends[phase.id]) - 1)
            if due < last or phase is not left[-1][1]:
                piece.entry["due"] = weeks.friday(due)
        begun = left[0][0].entry
        if first == 1 and random.random() < 0.5 and begun["hours"] > 6:
            begun["done"] = round(0.4 * begun["hours"])
            begun["hours"] += begun["done"]
    for piece in work.pieces:
        if piece.repeats is None and "project" not in piece.entry:
            _date(piece, random, weeks)


def _weeks_for(piece: Piece) -> float:
    hours: float = piece.entry["hours"]
    owners = 1.6 if "max_owners" in piece.entry else 1.0
    pace: float = piece.entry.get("weekly_max", 1000)
    return max(hours / pace, hours / PER_WEEK / owners)


def _date(piece: Piece, random: Random, weeks: Weeks) -> None:
    length = ceil(_weeks_for(piece)) + random.choice((1, 2, 3))
    first = 1 + random.randrange(max(1, weeks.count - length + 1))
    if first > 1 and random.random() < 0.7:
        piece.entry["earliest"] = weeks.monday(first)
    last = min(weeks.count, first + length - 1)
    piece.entry["due"] = weeks.friday(last)
    if last < weeks.count and random.random() < 0.4:
        piece.entry["deadline"] = weeks.friday(min(weeks.count, last + random.choice((0, 1, 2))))


def worth(work: Work) -> None:
    """Let every task state its value: about what it earns, more where it is urgent."""
    for piece in work.pieces:
        rate = ROLES[TRADE_OF[piece.trade]]["bill_rate"] * work.random.uniform(0.8, 1.5)
        rate *= {"low": 0.75, "normal": 1, "high": 1.3}[piece.entry.get("priority", "normal")]
        rate *= 0.6 if piece.client == HOUSE_ID else 1
        piece.entry["value"] = max(50, round(rate * piece.entry["hours"] / 50) * 50)


def fixed_prices(work: Work, people: People) -> None:
    """Let freelancers ask a fixed price for work of their crafts, with hours of their own."""
    random = work.random
    for entry in people.staff:
        if entry["role"] != "freelancer":
            continue
        fitting = [
            piece
            for piece in work.pieces
            if piece.trade in entry["skills"] and not (piece.repeats or piece.done or "max_owners" in piece.entry)
        ]
        some = [piece for piece in fitting if random.random() < 0.5] or fitting[:1]
        for piece in some or [piece for piece in work.pieces if piece.trade in entry["skills"]][:1]:
            hours = max(1, round(random.uniform(0.6, 0.85) * piece.entry["hours"]))
            price = 50 * max(1, round(hours * random.uniform(75, 100) / 50))
            piece.entry.setdefault("estimates", {})[entry["id"]] = {"hours": hours, "price": price}


def budgets(work: Work, weeks: Weeks, basis: str) -> None:
    """Add budgets to clients and projects, around what their work would burn."""
    random, burn, urgent = work.random, defaultdict[str, float](float), set[str]()
    for piece in work.pieces:
        rate = ROLES[TRADE_OF[piece.trade]]["bill_rate" if basis == "bill" else "cost_rate"]
        names = [piece.client, piece.entry.get("project", piece.client)]
        for name in () if piece.done else dict.fromkeys(names):
            burn[name] += 1.05 * rate * piece.times * piece.entry["hours"]
            urgent |= {name} if piece.entry.get("must") else set()
    quarters = len({(year, (month - 1) // 3) for year, month in weeks.months})
    for number, client in enumerate(work.paying):
        tight = random.uniform(0.85, 1.2)
        money = burn[client["id"]] * (max(1.1, tight) if client["id"] in urgent else tight)
        client |= _budget(number, money, len(weeks.months), quarters, random)
    for project in work.projects:
        asked, tight = random.random() < 0.4, random.uniform(0.9, 1.25)
        if asked and project["client"] != HOUSE_ID:
            project["budget"] = _hundreds(
                burn[project["id"]] * (max(1.15, tight) if project["id"] in urgent else tight)
            )


def _budget(number: int, money: float, months: int, quarters: int, random: Random) -> Entry:
    """Return a client's budget: by month, by quarter, once, or none, in turn."""
    if number % 4 == 0:
        amount = _hundreds(1.35 * money / months)
        budget: Entry = {"amount": amount, "per": "month"}
        return {"budget": budget | {"spent": _hundreds(random.uniform(0.05, 0.15) * amount)}}
    if number % 4 == 1:
        amount = _hundreds(1.2 * money / quarters)
        return {"budget": {"amount": amount, "per": "quarter", "spent": _hundreds(0.08 * amount)}}
    if number % 4 == 2:
        return {"budget": _hundreds(money)} if random.random() < 0.7 else {}
    return {"budget": {"amount": _hundreds(1.4 * money / months), "per": "month"}} if random.random() < 0.6 else {}


def _hundreds(money: float) -> int:
    return max(1, round(money / 100)) * 100
