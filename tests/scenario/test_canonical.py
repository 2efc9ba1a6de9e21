"""One scenario, many spellings, one fingerprint."""

import json
from decimal import Decimal
from typing import Any

import pytest

from staffing.scenario.canonical import canonical
from staffing.scenario.scenario import Scenario

BASE: dict[str, Any] = {
    "name": "Base",
    "start": "2026-01-05",
    "weeks": 4,
    "staff": [{"id": "sara", "role": "account_manager", "overtime": 4, "bill_rate": 120}],
    "clients": [{"id": "nova", "budget": 1000}],
    "projects": [{"id": "spring", "client": "nova", "due": 3}],
    "tasks": [
        {"id": "plan", "kind": "strategic", "client": "nova", "hours": 10},
        {"id": "call", "kind": "tactical", "project": "spring", "hours": 2.5, "after": ["plan"], "skills": ["seo"]},
    ],
}


def with_task(**fields: Any) -> dict[str, Any]:
    return {**BASE, "tasks": [BASE["tasks"][0], {**BASE["tasks"][1], **fields}]}


def with_sara(**fields: Any) -> dict[str, Any]:
    return {**BASE, "staff": [{**BASE["staff"][0], **fields}]}


def fingerprint(data: dict[str, Any]) -> str:
    return Scenario.model_validate(data).fingerprint


SAME = {
    "another name": {**BASE, "name": "Other", "description": "Words change no plan."},
    "a Jalali date": {**BASE, "start": "1404-10-15"},
    "a number with zeros": {**BASE, "weeks": Decimal("4.00")},
    "a step as a float": {**BASE, "step": 0.25},
    "a long budget": {**BASE, "clients": [{"id": "nova", "budget": {"amount": 1000, "per": "horizon"}}]},
    "default goals": {**BASE, "goals": ["value", "lateness", "cost", {"goal": "contacts", "tolerance": 0}]},
    "a default workday list": {**BASE, "calendar": {"workdays": ["tue", "mon", "wed", "thu", "fri"]}},
    "a holiday beyond the horizon": {**BASE, "calendar": {"holidays": ["2027-01-01"]}},
    "a built-in role": {**BASE, "roles": {"account_manager": {"strategic": 1}}},
    "the role's own values": with_sara(strategic=1, tactical=0.8, weekly_hours=40, cost_rate=0),
    "long overtime": with_sara(overtime={"hours": 4, "premium": 1.5}),
    "no placeholder": with_sara(placeholder=False),
    "the id as a name": with_sara(name="sara"),
    "a long predecessor": with_task(after=[{"task": "plan", "lag": 0}]),
    "skill levels": with_task(skills={"seo": 1}),
    "the project's client and due week": with_task(client="nova", due=3),
    "the default value": with_task(value=5),
    "one owner": with_task(max_owners=1),
}

DIFFERENT = {
    "a week more": {**BASE, "weeks": 5},
    "a holiday": {**BASE, "calendar": {"holidays": ["2026-01-06"]}},
    "a lag": with_task(after=[{"task": "plan", "lag": 1}]),
    "nobody at all": with_task(only=[]),
    "a rate": with_sara(cost_rate=1),
}


@pytest.mark.parametrize("data", SAME.values(), ids=SAME)
def test_another_spelling_has_the_same_fingerprint(data: dict[str, Any]) -> None:
    assert canonical(Scenario.model_validate(data)) == canonical(Scenario.model_validate(BASE))


@pytest.mark.parametrize("data", DIFFERENT.values(), ids=DIFFERENT)
def test_another_scenario_has_another_fingerprint(data: dict[str, Any]) -> None:
    assert fingerprint(data) != fingerprint(BASE)


def test_the_fingerprint_is_a_sha256_in_hexadecimal() -> None:
    assert len(bytes.fromhex(fingerprint(BASE))) == 32


def test_the_canonical_form_is_a_scenario_with_the_same_fingerprint() -> None:
    assert fingerprint(json.loads(canonical(Scenario.model_validate(BASE)))) == fingerprint(BASE)


def test_numbers_are_decimals_without_trailing_zeros() -> None:
    assert '"hours":2.5,' in canonical(Scenario.model_validate(with_task(hours=Decimal("2.500"))))


def test_public_holidays_are_listed() -> None:
    data = json.loads(
        canonical(Scenario.model_validate({**BASE, "start": "2025-12-29", "calendar": {"country": "DE"}}))
    )
    assert data["calendar"]["holidays"] == ["2026-01-01"]


def test_names_in_persian_stay_readable() -> None:
    assert '"id":"سارا"' in canonical(
        Scenario.model_validate({**BASE, "staff": [{"id": "سارا", "role": "project_manager", "bill_rate": 1}]})
    )


def test_a_scenario_saved_as_json_is_the_same_scenario() -> None:
    scenario = Scenario.model_validate(BASE)
    assert Scenario.model_validate_json(scenario.model_dump_json(by_alias=True)) == scenario
