"""What nobody would write is put right, and rules are left out on demand."""

from __future__ import annotations

from benchmarks.generator import Entry
from staffing.loading import from_mapping
from staffing.scenario.checks_fit import misfits

LIFTED = (("deadline", "weekly_max", "roles"), ("only", "except", "owner"), ("earliest",), ("skills",))
"""What a task that cannot fit even alone gives up, one group after the other; a shorter task is the last resort."""


def mend(scenario: Entry) -> Entry:
    """Lift what keeps a task from fitting even alone: somebody would have seen the warning."""
    for attempt in range(2 * len(LIFTED)):
        wrong = [number for finding in misfits(from_mapping(scenario)) for number in [finding.path[1]]]
        if not wrong:
            break
        for number in wrong:
            task = scenario["tasks"][number]
            for field in LIFTED[min(attempt, len(LIFTED) - 1)]:
                task.pop(field, None)
            if task.get("repeat", {}).get("every") == "month":
                task["repeat"].pop("window", None)
            if attempt >= len(LIFTED) - 1:
                task["hours"] = max(1, round(0.6 * task["hours"]))
                task.pop("estimates", None)
    return scenario


def leave_out(scenario: Entry, without: frozenset[str]) -> Entry:
    """Leave rules out of a finished scenario."""
    if "repeats" in without:
        scenario["tasks"] = [task for task in scenario["tasks"] if "repeat" not in task]
    if "hiring" in without:
        scenario["staff"] = [entry for entry in scenario["staff"] if "placeholder" not in entry]
    entries = [scenario, *(entry for what in ("staff", "clients", "projects", "tasks") for entry in scenario[what])]
    for rule, fields in FIELDS.items():
        for name in fields if rule in without else ():
            for entry in entries:
                entry.pop(name, None)
    if "one_owner" in without:
        for task in scenario["tasks"]:
            if "repeat" in task:
                task["repeat"]["same_owner"] = False
    return scenario


FIELDS: dict[str, tuple[str, ...]] = {
    "budgets": ("budget",),
    "limits": ("limits",),
    "max_clients": ("max_clients", "max_clients_per_week"),
    "one_owner": ("single_owner",),
    "overtime": ("overtime",),
    "pace": ("weekly_max",),
    "precedence": ("after",),
    "prices": ("estimates",),
    "shared": ("max_owners",),
    "skills": ("skills",),
    "switching": ("switching",),
    "time_off": ("time_off",),
}
"""Fields that say a rule."""
