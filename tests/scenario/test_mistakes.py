"""All mistakes at once: what is wrong with one entry does not hide what is wrong with another."""

from typing import Any

import pytest
from agency import AGENCY, agency, cases, names, said

KEYS = cases("""
wekks: 3
    wekks: "wekks" is not a known key; did you mean weeks?
tasks: [{id: plan, deu: 3}]
    tasks[plan].deu: "deu" is not a known key; did you mean due?
tasks: [{id: plan, every: 2}]
    tasks[plan].every: "every" is not a known key here; it belongs in repeat
clients: [{id: nova, amount: 900}]
    clients[nova].amount: "amount" is not a known key here; it belongs in budget
calendar: {land: DE}
    calendar.land: "land" is not a known key: workdays, country, subdivision, holidays and system are allowed
clients: [{id: nova, budget: {per: week}}]
    clients[nova].budget: "amount" is missing: money that may burn in each period
tasks: [{id: new, kind: tactcal}]
    tasks[new].kind: "tactcal" is not allowed: strategic or tactical; did you mean tactical?
staff: [{id: Sara}]
    staff[Sara]: "role" is missing: account_manager, project_manager or a role of the scenario; capitals count, did
    you mean sara?
tasks: [{id: plan, hours: ten}]
    tasks[plan].hours: "ten" is not a number: more than 0, at most 100000, with at most 4 decimals
tasks: [{id: plan, skills: [{seo: 1}]}]
    tasks[plan].skills: a list is neither a list of skills nor a mapping of skills to levels
tasks: [{id: call, repeat: {every: weekly}}]
    tasks[call].repeat.every: "weekly" is neither a number of weeks nor month
tasks: [{id: call, repeat: 3}]
    tasks[call].repeat: 3 is not a mapping such as {every: ...}
staff: [{id: sara, weekly_hours: [{from: 2026-01-05}]}]
    staff[sara].weekly_hours[1]: "hours" is missing: contract hours a week
tasks: [{id: plan, estimates: {sara: {hours: 0}}}]
    tasks[plan].estimates.sara.hours: 0 is out of range: more than 0, at most 100000, with at most 4 decimals
roles: {writer: {tactical: -1}}
    roles.writer.tactical: -1 is out of range: at least 0, at most 100000, with at most 4 decimals
goals: [value, {goal: cost, tolerance: 2}]
    goals[2].tolerance: 2 is out of range: at least 0, at most 1, with at most 4 decimals
""")


@pytest.mark.parametrize(("change", "sentence"), KEYS, ids=names(KEYS))
def test_a_wrong_value_is_said_in_one_plain_sentence(change: dict[str, Any], sentence: str) -> None:
    assert said(agency(**change)) == [sentence]


def test_everything_is_said_at_once_in_the_order_of_the_data() -> None:
    data = agency(
        weeks=10**9,
        staff=[{"id": "omid", "role": "manager"}],
        tasks=[{"id": "brief", "hours": 0, "after": ["plann"]}, {"id": "call", "client": "lunna"}],
    )
    assert [sentence.split(":")[0] for sentence in said(data)] == [
        "weeks",
        "staff[omid].role",
        "tasks[brief].hours",
        "tasks[brief].after[1]",
        "tasks[call].client",
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"staff": [{"id": "omid", "weekly_hours": "x"}], "tasks": [{"id": "call", "owner": "omid"}]},
        {"staff": [{"id": "pm", "role": ["x"]}], "tasks": [{"id": "call", "owner": "pm"}]},
        {"clients": [{"id": "luna", "budget": "x"}]},
        {"projects": [{"id": "spring", "client": 1.5}]},
        {"roles": {"writer": {"tactical": "x"}}, "staff": [{"id": "omid", "role": "writer"}]},
        {"tasks": [{"id": "plan", "hours": "x"}]},
    ],
)
def test_an_entry_with_a_mistake_is_still_known(change: dict[str, Any]) -> None:
    assert len(said(agency(**change))) == 1


def test_a_list_that_cannot_be_read_leaves_its_references_unjudged() -> None:
    assert said({**AGENCY, "clients": "nova"}) == ['clients: "nova" is not a list']


def test_what_an_entry_with_a_mistake_lacks_is_not_said() -> None:
    assert said(agency(tasks=[{"id": "call", "client": None, "clent": "luna"}])) == [
        'tasks[call].clent: "clent" is not a known key; did you mean client?'
    ]


@pytest.mark.parametrize("data", [3, None, [], "text"])
def test_a_scenario_is_a_mapping(data: Any) -> None:
    assert len(said(data)) == 1
