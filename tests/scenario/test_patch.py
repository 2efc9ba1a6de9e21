"""What-if in code."""

from decimal import Decimal
from typing import Any

from staffing.scenario.records import Budget, Role, Staff
from staffing.scenario.scenario import Scenario

BASE = Scenario.model_validate(
    {
        "name": "Base",
        "start": "2026-01-05",
        "weeks": 4,
        "roles": {"writer": {"tactical": 1, "bill_rate": 90}, "account_manager": {"bill_rate": 120}},
        "staff": [{"id": "sara", "role": "account_manager", "skills": ["seo"]}, {"id": "omid", "role": "writer"}],
        "clients": [{"id": "nova", "budget": {"amount": 900, "per": "month"}}],
        "tasks": [
            {"id": "plan", "kind": "strategic", "client": "nova", "hours": 10},
            {"id": "text", "kind": "tactical", "client": "nova", "hours": 10, "after": ["plan"], "only": ["omid"]},
        ],
    }
)


def patched(**changes: Any) -> Scenario:
    return BASE.patch(changes)


def test_an_empty_patch_changes_the_name_alone() -> None:
    assert (patched().name, patched().fingerprint) == ("Base (patched)", BASE.fingerprint)


def test_a_patch_may_name_the_scenario() -> None:
    assert patched(name="More people").name == "More people"


def test_a_patch_changes_an_entry_by_its_id() -> None:
    changed = patched(clients=[{"id": "nova", "budget": {"amount": 500}}])
    assert changed.clients[0].budget == Budget(amount=Decimal(500), per="month")


def test_a_patch_adds_an_entry_with_a_new_id() -> None:
    changed = patched(staff=[{"id": "pm", "role": "project_manager", "bill_rate": 90}])
    assert [person.id for person in changed.staff] == ["sara", "omid", "pm"]


def test_none_takes_a_field_back_to_its_default() -> None:
    assert patched(clients=[{"id": "nova", "budget": None}]).clients[0].budget is None


def test_a_removed_person_leaves_every_reference() -> None:
    assert patched(remove={"staff": ["omid"]}).tasks[1].only == ()


def test_a_patched_scenario_can_be_patched_again() -> None:
    assert patched(weeks=5).patch({"weeks": 4}).fingerprint == BASE.fingerprint


def test_replace_gives_new_values_to_fields() -> None:
    changed = BASE.replace(weeks=6, staff=[Staff(id="sara", role="writer", bill_rate=Decimal(80)), *BASE.staff[1:]])
    assert (changed.weeks, changed.staff[0].role, changed.tasks) == (6, "writer", BASE.tasks)


def test_replaced_roles_are_merged_over_the_built_in_ones() -> None:
    rate = Decimal(90)
    roles = {
        "writer": Role(tactical=Decimal(2), bill_rate=rate),
        "account_manager": Role(tactical=Decimal(0), bill_rate=rate),
    }
    changed = BASE.replace(roles=roles)
    assert changed.roles["writer"].tactical == Decimal(2)
    assert changed.roles["account_manager"].strategic == Decimal(1)
