"""A small agency with a little of everything, what else could be said of it, and a timesheet of it."""

from __future__ import annotations

from typing import Any

BASE: dict[str, Any] = {
    "name": "Tiny",
    "start": "2026-01-05",
    "weeks": 4,
    "currency": "EUR",
    "switching": 0.5,
    "calendar": {"country": "DE", "subdivision": "BY", "holidays": ["2026-01-15"]},
    "goals": ["must", {"goal": "value", "tolerance": 0.02}, "lateness", "cost", "contacts"],
    "roles": {"specialist": {"strategic": 0.5, "tactical": 1.2, "weekly_hours": 30}},
    "staff": [
        {"id": "sara", "name": "سارا", "role": "account_manager", "cost_rate": 40, "bill_rate": 120},
        {
            "id": "omid",
            "role": "project_manager",
            "cost_rate": 30,
            "bill_rate": 90,
            "weekly_hours": [{"from": "2026-01-12", "hours": 32}],
            "overtime": {"hours": 4, "premium": 1.25},
            "skills": {"seo": 2, "copy": 1},
            "time_off": ["2026-01-07", {"from": "2026-01-20", "to": "2026-01-22"}],
            "limits": {"tactical": 20},
            "max_clients": 2,
        },
        {"id": "extra", "role": "specialist", "bill_rate": 80, "placeholder": {"count": 2}, "hire_cost": 500},
    ],
    "clients": [
        {"id": "nova", "name": "Nova", "budget": {"amount": 5000, "per": "month", "spent": 200}, "single_owner": True},
        {"id": "brio", "exclude": ["omid"], "owners": {"strategic": "sara"}},
    ],
    "projects": [{"id": "site", "client": "nova", "budget": 3000, "due": 3, "deadline": "2026-01-30"}],
    "tasks": [
        {"id": "plan", "kind": "strategic", "client": "nova", "hours": 12, "must": True, "due": 2, "value": 2000},
        {"id": "brief", "kind": "tactical", "project": "site", "hours": 8.5, "done": 2, "after": ["plan"]},
        {
            "id": "copy",
            "kind": "tactical",
            "project": "site",
            "hours": 10,
            "skills": ["copy"],
            "after": [{"task": "brief", "lag": 1}],
            "estimates": {"omid": {"hours": 6, "price": 400}},
        },
        {"id": "talk", "kind": "tactical", "client": "brio", "hours": 2, "repeat": {"every": 1}, "priority": "high"},
        {"id": "idea", "kind": "strategic", "client": "brio", "hours": 60, "max_owners": 2, "weekly_max": 12},
    ],
}

FURTHER: dict[str, tuple[tuple[str, Any], ...]] = {
    "": (
        ("budget_basis", "cost"),
        ("calendar", {"country": "IR"}),
        ("calendar", {"system": "jalali", "workdays": ["sat", "sun"]}),
        ("extends", "base.yaml"),
        ("goals", ["net_value", "balance", "hours", "overtime"]),
        ("goals", ["changes", "cost", "value"]),
        ("remove", {"staff": ["sara"], "tasks": ["plan"], "clients": ["brio"]}),
        ("start", "1404-10-13"),
        ("start", "2026-01-19"),
        ("step", 1),
        ("switching", 60),
        ("weeks", 1),
        ("weeks", 156),
    ),
    "staff": (
        ("bill_rate", 0),
        ("cost_rate", 1_000_000),
        ("end", "2026-01-05"),
        ("hire_cost", 10**12),
        ("limits", {"strategic": 0, "tactical": 0.25}),
        ("max_clients", 0),
        ("max_clients_per_week", 1),
        ("overtime", 168),
        ("pay", "salary"),
        ("placeholder", True),
        ("placeholder", {"count": 100}),
        ("role", "account_manager"),
        ("skills", {"seo": 9}),
        ("start", "2026-01-28"),
        ("strategic", 0),
        ("tactical", 0),
        ("tactical", 0.0001),
        ("target_utilisation", 0.01),
        ("time_off", [{"from": "2020-01-01", "to": "2030-01-01"}]),
        ("weekly_hours", 0.25),
        ("weekly_hours", 168),
        ("weekly_hours", [{"from": "2020-01-01", "hours": 1}, {"from": "2026-01-14", "hours": 60}]),
        ("workdays", ["sun"]),
    ),
    "clients": (
        ("budget", {"amount": 0, "per": "week", "spent": 10}),
        ("budget", {"amount": 1000, "per": "quarter"}),
        ("exclude", ["sara", "omid", "extra"]),
        ("owners", {"strategic": "omid", "tactical": "sara"}),
        ("single_owner", True),
    ),
    "projects": (
        ("budget", {"amount": 0.01, "per": "month"}),
        ("client", "brio"),
        ("deadline", "2025-12-01"),
        ("due", "1404-10-25"),
        ("earliest", 4),
    ),
    "tasks": (
        ("after", ["copy"]),
        ("after", [{"task": "plan", "lag": 156}]),
        ("billable", False),
        ("deadline", "2025-12-01"),
        ("done", 100_000),
        ("done", 9.9999),
        ("due", "2020-01-01"),
        ("earliest", "2026-01-21"),
        ("estimates", {"sara": 3, "omid": {"hours": 0.0001}}),
        ("except", ["sara"]),
        ("hours", 0.0001),
        ("hours", 100_000),
        ("max_owners", 156),
        ("must", True),
        ("only", []),
        ("only", ["extra", "extra-2"]),
        ("owner", "omid"),
        ("priority", "low"),
        ("repeat", {"every": "month", "window": 3}),
        ("repeat", {"every": 2, "from": "2025-11-03", "until": "2027-01-01", "window": 156, "same_owner": False}),
        ("skills", {"seo": 3}),
        ("value", 0),
        ("value", 10**12),
        ("weekly_max", 0.25),
    ),
}
"""What more may be said of the whole, and of the entries of each list: legal, as a rule, and often at a limit."""

HOURS: list[list[Any]] = [
    ["User", "Client", "Project", "Task", "Description", "Billable", "Start date", "Duration"],
    ["Sara", "Nova", "", "plan", "Kick-off", "Yes", "2026-01-06", "02:00:00"],
    ["omid", "Nova", "site", "brief", "", "No", "2026-01-07", "1:30"],
    ["Omid", "Nova", "site", "copy", "draft", "Yes", "2026-01-08", "0.75"],
    ["سارا", "brio", "", "talk", "call", "Yes", "2026-01-09", "00:45:00"],
    ["Nobody", "", "", "", "", "", "2026-01-29", "1:00"],
]
"""A report as Toggl writes it, with a row of somebody who is not known."""
HARVEST: list[list[Any]] = [
    ["Date", "Client", "Project", "Project Code", "Task", "Notes", "Hours", "Billable?", "First Name", "Last Name"],
    ["2026-01-06", "Nova", "site", "", "brief", "", "1.25", "Yes", "omid", ""],
    ["2026-01-13", "Brio", "", "", "talk", "x", "8", "No", "sara", ""],
]
MAP: dict[str, Any] = {
    "staff": "User",
    "date": "Start date",
    "hours": ["Duration"],
    "task": ["Task", "Description"],
    "date_format": "dmy",
    "names": {"staff": {"Sara": "sara"}, "tasks": {"Kick-off": "plan"}},
}
MAP_FURTHER: dict[str, tuple[tuple[str, Any], ...]] = {
    "": (
        ("client", "Client"),
        ("project", "Project"),
        ("billable", "Billable"),
        ("hours", ["Duration", "Duration"]),
        ("date_format", "mdy"),
        ("names", {"clients": {"Nova": "nova"}, "projects": {"": "site"}}),
    )
}

EDITS: tuple[tuple[str, Any], ...] = (
    ("week", 2),
    ("week", 156),
    ("week", 0),
    ("hours", 0.1),
    ("hours", 0),
    ("hours", -4),
    ("hours", 12.3333),
    ("staff", "omid"),
    ("staff", "extra-3"),
    ("owners", ["sara", "sara"]),
    ("owners", []),
    ("state", "waiting"),
    ("state", "done"),
    ("state", "delivered"),
    ("first_week", 4),
    ("last_week", None),
    ("task", "talk@2"),
    ("task", "talk"),
    ("fixed", True),
    ("week_start", "2026-01-06"),
    ("reason", "budget"),
)
"""What somebody changes in a plan by hand: hours, people, weeks and states."""
PLAN_FURTHER: dict[str, tuple[tuple[str, Any], ...]] = {
    "": (
        ("baseline", None),
        ("context", None),
        ("hired", ["extra", "extra-2", "sara"]),
        ("holidays", ["2026-01-05"]),
        ("metrics", {}),
        ("overtime", [{"staff": "sara", "week": 1, "hours": 2.0}]),
        ("status", "optimal"),
    ),
    "allocations": EDITS,
    "tasks": EDITS,
}
