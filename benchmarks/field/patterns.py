"""What agencies write into their files: retainers, phases of projects, single tasks, and work of the house."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TRADES = ("strategy", "delivery", "design", "web", "copy", "search")
"""Whose hours work takes. Strategy is strategic, all else tactical; the last four are crafts, which need a skill."""


@dataclass(frozen=True)
class Phase:
    """A task of a project.

    Attributes
    ----------
    id, name, trade
        What it is called, and whose hours it takes.
    hours
        About how many, before all are scaled.
    after
        Phases that come first, each with its lag in weeks.
    level
        Level of the craft that it asks for.
    fields
        Further fields, as in a scenario; `pace` is the share of its hours that `weekly_max` is.
    """

    id: str
    name: str
    trade: str
    hours: float
    after: tuple[tuple[str, int], ...] = ()
    level: int = 1
    fields: dict[str, Any] = field(default_factory=dict)


def _after(*names: str, lag: int = 0) -> tuple[tuple[str, int], ...]:
    return tuple((name, lag) for name in names)


SITE = (
    Phase("strategy", "Strategy", "strategy", 24),
    Phase("concept", "Concept of pages", "design", 30, _after("strategy"), 2),
    Phase("design", "Page design", "design", 60, _after("concept"), 2, {"max_owners": 2}),
    Phase("copy", "Copy", "copy", 32, _after("concept")),
    Phase("build", "Build", "web", 90, _after("design"), 2, {"max_owners": 2, "pace": 0.3}),
    Phase("qa", "QA", "delivery", 20, _after("build", "copy")),
    Phase("launch", "Launch and monitoring", "delivery", 12, _after("qa", lag=1), fields={"priority": "high"}),
)
CAMPAIGN = (
    Phase("insight", "What customers want", "strategy", 26),
    Phase("idea", "Campaign concept", "strategy", 28, _after("insight"), fields={"priority": "high"}),
    Phase("media", "Media plan and booking", "search", 28, _after("idea"), 2),
    Phase(
        "production",
        "Running the production",
        "delivery",
        70,
        _after("idea"),
        fields={"max_owners": 2, "pace": 0.45, "roles": ["project_manager"]},
    ),
    Phase("launch", "Trafficking and launch", "delivery", 20, _after("media", "production")),
    Phase("lessons", "What we learned", "strategy", 12, _after("launch", lag=2), fields={"priority": "low"}),
)
BRAND = (
    Phase("research", "Interviews and research", "strategy", 36),
    Phase("position", "Positioning", "strategy", 24, _after("research")),
    Phase("identity", "Identity", "design", 70, _after("position"), 2),
    Phase("guide", "Guidelines", "design", 28, _after("identity", lag=1)),
    Phase("deck", "Sales deck", "copy", 18, _after("identity"), fields={"priority": "low"}),
)
EVENT = (
    Phase("message", "Message", "strategy", 18),
    Phase("brief", "Brief and kick-off", "delivery", 12, _after("message")),
    Phase("stand", "Stand and logistics", "delivery", 46, _after("brief"), fields={"priority": "high"}),
    Phase("invitations", "Invitations", "copy", 18, _after("brief")),
    Phase("event", "The days themselves", "delivery", 20, _after("stand", "invitations", lag=1)),
)
LETTER = (
    Phase("concept", "Concept", "strategy", 12),
    Phase("setup", "Setting up the mailings", "web", 26, _after("concept")),
    Phase("issues", "The first issues", "copy", 24, _after("setup", lag=1)),
)
SMALL = (
    Phase("plan", "Season plan", "strategy", 16),
    Phase("running", "Running it", "delivery", 34, _after("plan"), fields={"pace": 0.4}),
    Phase("end", "Hand-over", "delivery", 10, _after("running", lag=1)),
)
"""Needs no craft: for clients with one owner for everything."""
PROJECTS = {"site": SITE, "campaign": CAMPAIGN, "brand": BRAND, "event": EVENT, "letter": LETTER, "season": SMALL}

MONTHLY = (
    Phase("account", "Client calls, insight and budget", "strategy", 22),
    Phase("delivery", "Delivery and monthly report", "delivery", 26),
    Phase("report", "Report of the month", "strategy", 8, fields={"window": 2}),
    Phase("search", "Search, month by month", "search", 16),
    Phase("content", "Content, month by month", "copy", 14),
    Phase("visuals", "Visuals, month by month", "design", 14),
    Phase("care", "Care of the site", "web", 12, fields={"window": 3}),
)
WEEKLY = (
    Phase("traffic", "Status, timeline and traffic", "delivery", 5, fields={"priority": "high"}),
    Phase("call", "Weekly call", "strategy", 3),
)
SINGLES = (
    Phase("plan", "Account plan", "strategy", 14),
    Phase("review", "Quarterly review", "strategy", 15, fields={"priority": "high"}),
    Phase("brochure", "Brochure", "design", 22),
    Phase("audit", "Search audit", "search", 24, level=2),
    Phase("page", "Landing page", "web", 28),
    Phase("case", "Case study", "copy", 14, fields={"priority": "low"}),
    Phase("workshop", "Workshop", "delivery", 16),
)
HOUSE = (
    Phase("booking", "Booking people and rooms", "delivery", 7, fields={"every": 2, "roles": ["project_manager"]}),
    Phase("pitches", "New business", "strategy", 16, fields={"every": "month", "same_owner": False}),
)
HOUSE_SITE = (
    Phase("cases", "Choosing our cases", "strategy", 16),
    Phase("build", "Building the site", "web", 36, _after("cases")),
)
_NAMES = (
    "Alpina Outdoor; Baeckerei Sommer; CargoLine; Dental Plus; EcoFarm; Fintra Bank; Gartenwelt; Hotel "
    "Krone; Ipsum Verlag; Hallwin Insurance; Corvant Rail; Pellwood Furniture; Mistrale Cosmetics; Orbeck "
    "Machines; Tullen Dairy; Varnhall University; Kesper Energy; Linnard Hotels; Dorvin Bicycles; Ellmark "
    "Pharmacies; Tavoro Kitchens; Mirabo Toys; Brackle Tools; Havelin Clinics; Ostrella Savings; Lindwyn "
    "Sports"
)
CLIENTS = _NAMES.split("; ")
