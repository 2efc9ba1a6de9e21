"""Each thing that can be wrong between entries, and how it is said."""

from decimal import Decimal
from typing import Any

import pytest
from agency import AGENCY, agency, cases, names, said

from staffing.scenario.records import Client, Staff, Task
from staffing.scenario.scenario import Scenario

WRONG = cases("""
staff: [{id: omid, role: project_manger}]
    staff[omid].role: there is no role "project_manger"; did you mean project_manager?
projects: [{id: spring, client: novva}]
    projects[spring].client: there is no client "novva"; did you mean nova?
tasks: [{id: call, client: xyz}]
    tasks[call].client: there is no client "xyz": nova and luna can be named
tasks: [{id: brief, project: Spring}]
    tasks[brief].project: there is no project "Spring": capitals count; did you mean spring?
tasks: [{id: call, owner: sarah}]
    tasks[call].owner: there is no person "sarah"; did you mean sara?
tasks: [{id: call, only: [sara, omit]}]
    tasks[call].only[2]: there is no person "omit"; did you mean omid?
tasks: [{id: call, except: [omit]}]
    tasks[call].except[1]: there is no person "omit"; did you mean omid?
tasks: [{id: call, estimates: {omit: {hours: 1}}}]
    tasks[call].estimates.omit: there is no person "omit"; did you mean omid?
tasks: [{id: brief, after: [plann]}]
    tasks[brief].after[1]: there is no task "plann"; did you mean plan?
clients: [{id: luna, owners: {tactical: omit}}]
    clients[luna].owners.tactical: there is no person "omit"; did you mean omid?
clients: [{id: luna, exclude: [omit]}]
    clients[luna].exclude[1]: there is no person "omit"; did you mean omid?
tasks: [{id: plan, after: [brief]}]
    tasks[brief].after[1]: no task can wait for itself: plan after brief after plan
tasks: [{id: plan, after: [plan]}]
    tasks[plan].after[1]: no task can wait for itself: plan after plan
tasks: [{id: brief, after: [call]}]
    tasks[brief].after[1]: call repeats, and only a task that does not can come before another
tasks: [{id: plan, due: 5}]
    tasks[plan].due: week 5 is outside the horizon: 1 to 4, or a date, are allowed
projects: [{id: spring, earliest: 0}]
    projects[spring].earliest: week 0 is outside the horizon: 1 to 4, or a date, are allowed
tasks: [{id: call, repeat: {every: 1, from: -1}}]
    tasks[call].repeat.from: week -1 is outside the horizon: 1 to 4, or a date, are allowed
tasks: [{id: call, due: 2}]
    tasks[call].due: a repeating task has no due of its own: its occurrences have the weeks that repeat says
tasks: [{id: call, done: 1}]
    tasks[call].done: a repeating task has no done of its own: its occurrences have the weeks that repeat says
start: 9999-01-01
    start: the first day is after the year 9990: an earlier one is allowed
tasks: [{id: call, client: null}]
    tasks[call]: neither client nor project is given: one of them is needed
tasks: [{id: brief, client: luna}]
    tasks[brief].client: spring is a project of nova: client and project must agree
tasks: [{id: plan, owner: sara, max_owners: 2}]
    tasks[plan].max_owners: a task with an owner cannot be shared: owner or max_owners is allowed, not both
tasks: [{id: plan, estimates: {sara: {hours: 9}}, max_owners: 2}]
    tasks[plan].max_owners: a task with estimates cannot be shared: estimates are allowed with max_owners 1 only
staff: [{id: sara, pay: salary}], tasks: [{id: plan, estimates: {sara: {hours: 9, price: 1}}}]
    tasks[plan].estimates.sara.price: sara has a salary and asks no price: one is allowed with pay hourly only
goals: [net_value], tasks: [{id: plan, value: 1}, {id: call, value: 0}]
    tasks[brief]: "value" is missing: with the goal net_value every task states its value
staff: [{id: omid, bill_rate: 0}]
    staff[omid].bill_rate: a bill_rate above 0 is needed: omid may do brief, which burns a budget
staff: [{id: ab, name: Anna Becker, role: project_manager, bill_rate: 1}], tasks: [{id: call, owner: Anna Becker}]
    tasks[call].owner: there is no person "Anna Becker"; did you mean ab (Anna Becker)?
staff: [{id: ab, name: Anna Becker, role: project_manager, bill_rate: 1}], tasks: [{id: call, only: [anna]}]
    tasks[call].only[1]: there is no person "anna"; did you mean ab (Anna Becker)?
staff: [{id: ab, name: Anna Becker, role: project_manager, bill_rate: 1}], tasks: [{id: call, except: [Anna Beker]}]
    tasks[call].except[1]: there is no person "Anna Beker"; did you mean ab (Anna Becker)?
staff: [{id: omid, name: Omid Rad}], clients: [{id: luna, owners: {tactical: Omid Rad}}]
    clients[luna].owners.tactical: there is no person "Omid Rad"; did you mean omid (Omid Rad)?
staff: [{id: omid, name: Omid Rad}], clients: [{id: luna, exclude: [Omid Rad]}]
    clients[luna].exclude[1]: there is no person "Omid Rad"; did you mean omid (Omid Rad)?
staff: [{id: omid, name: Omid Rad}], tasks: [{id: call, estimates: {Omid Rad: {hours: 1}}}]
    tasks[call].estimates.Omid Rad: there is no person "Omid Rad"; did you mean omid (Omid Rad)?
clients: [{id: nova, name: Nova Ltd}], projects: [{id: spring, client: Nova Ltd}]
    projects[spring].client: there is no client "Nova Ltd"; did you mean nova (Nova Ltd)?
clients: [{id: luna, name: Luna Ltd}], tasks: [{id: call, client: Luna Ltd}]
    tasks[call].client: there is no client "Luna Ltd"; did you mean luna (Luna Ltd)?
projects: [{id: spring, name: Spring campaign}], tasks: [{id: brief, project: Spring campaign}]
    tasks[brief].project: there is no project "Spring campaign"; did you mean spring (Spring campaign)?
tasks: [{id: plan, name: The plan}, {id: brief, after: [The plan]}]
    tasks[brief].after[1]: there is no task "The plan"; did you mean plan (The plan)?
tasks: [{id: plan, name: The plan}, {id: brief, after: [{task: The plan, lag: 1}]}]
    tasks[brief].after[1].task: there is no task "The plan"; did you mean plan (The plan)?
staff: [{id: omid, role: Project Manager}]
    staff[omid].role: there is no role "Project Manager"; did you mean project_manager?
staff: [{id: omid, role: the boss}]
    staff[omid].role: "the boss" is not an id: letters, digits, _ - and . are allowed, beginning with a letter or digit
staff: [{id: omid, role: Project_Manager}]
    staff[omid].role: there is no role "Project_Manager": capitals count; did you mean project_manager?
staff: [{id: sara, name: Kim Ito}, {id: omid, name: Kim Rad}], tasks: [{id: call, owner: Kim}]
    tasks[call].owner: there is no person "Kim"; did you mean sara (Kim Ito) or omid (Kim Rad)?
tasks: [{id: call, owner: "om\u00adid"}]
    tasks[call].owner: there is no person "om�id": it holds the invisible SOFT HYPHEN (U+00AD); did you mean omid?
tasks: [{id: call, owner: "оmid"}]
    tasks[call].owner: there is no person "оmid": its "о" is CYRILLIC SMALL LETTER O (U+043E), not LATIN SMALL LETTER O
    (U+006F); did you mean omid?
tasks: [{id: call, owner: "omid "}]
    tasks[call].owner: there is no person "omid ": blanks count; did you mean omid?
tasks: [{id: "ca\u200bll", owner: omid}]
    tasks[ca�ll].id: "ca​ll" is not an id: it holds the invisible ZERO WIDTH SPACE (U+200B); letters, digits, _ - and
    . are allowed, beginning with a letter or digit
staff: [{id: omid, workdays: []}]
    staff[omid].workdays: no day is a working day: at least one of mon to sun is needed
calendar: {workdays: [mon, tue, mon]}
    calendar.workdays: mon is named twice: each working day once
staff: [{id: omid, time_off: [{from: 2026-01-09, to: 2026-01-05}]}]
    staff[omid].time_off[1]: time off ends on 2026-01-05, before it begins on 2026-01-09: from is the first day
staff: [{id: omid, start: 2026-02-01, end: 2026-01-05}]
    staff[omid].end: employment ends on 2026-01-05, before it starts on 2026-02-01: start is the first day
staff: [{id: omid, weekly_hours: [{from: 2026-01-05, hours: 20}, {from: 2026-01-05, hours: 30}]}]
    staff[omid].weekly_hours[2]: two changes begin on 2026-01-05: one for each day is allowed
calendar: {country: de}
    calendar.country: "de" is no country with known public holidays: an ISO code such as DE or IR; did you mean DE?
calendar: {country: GB, subdivision: XX}
    calendar.subdivision: "XX" is no subdivision of GB with its own holidays: ENG, NIR, SCT, WLS
calendar: {subdivision: BY}
    calendar.subdivision: a subdivision is part of a country: country is missing
""")

ALLOWED = cases("""
staff: [{id: pm, role: project_manager, bill_rate: 1, placeholder: {count: 2}}], tasks: [{id: call, only: [pm-2]}]
tasks: [{id: plan, due: 2027-01-01, earliest: 2025-01-01}]
tasks: [{id: call, done: 0, max_owners: 1, owner: omid}]
tasks: [{id: brief, client: nova}]
budget_basis: cost, staff: [{id: omid, bill_rate: 0}]
staff: [{id: omid, bill_rate: 0}], clients: [{id: nova, exclude: [omid]}]
staff: [{id: omid, bill_rate: 0}], tasks: [{id: brief, billable: false}]
staff: [{id: omid, bill_rate: 0}], tasks: [{id: brief, done: 8}]
staff: [{id: omid, tactical: 0}]
staff: [{id: omid, tactical: 0}], tasks: [{id: plan, estimates: {omid: {hours: 1}}}]
staff: [{id: omid, tactical: 0}], tasks: [{id: plan, estimates: {omid: {hours: 1}}}, {id: brief, estimates: {omid:
+ {hours: 1}}}, {id: call, estimates: {omid: {hours: 1}}}]
staff: [{id: omid, tactical: 0}], tasks: [{id: plan, owner: sara}, {id: brief, owner: sara}, {id: call, owner:
+ sara}]
""")


@pytest.mark.parametrize(("change", "sentence"), WRONG, ids=names(WRONG))
def test_what_is_wrong_is_said(change: dict[str, Any], sentence: str) -> None:
    assert said(agency(**change)) == [sentence]


@pytest.mark.parametrize(("change", "sentence"), ALLOWED, ids=names(ALLOWED))
def test_what_is_allowed_passes(change: dict[str, Any], sentence: str) -> None:
    assert said(agency(**change)) == []


@pytest.mark.parametrize("kind", ["staff", "clients", "projects", "tasks"])
def test_an_id_stands_once_in_its_list(kind: str) -> None:
    doubled = {**AGENCY, kind: [*AGENCY[kind], AGENCY[kind][0]]}
    name = AGENCY[kind][0]["id"]
    assert said(doubled) == [f'{kind}[{name}].id: "{name}" is an id for the second time: ids are unique']


def test_the_copies_of_a_placeholder_have_ids_too() -> None:
    pm = {"role": "project_manager", "bill_rate": 1}
    staff = [{"id": "pm", **pm, "placeholder": {"count": 3}}, {"id": "pm-2", **pm}]
    assert said(agency(staff=staff)) == [
        'staff[pm-2].id: "pm-2" is also the id of a copy of the placeholder pm: ids are unique'
    ]


def test_somebody_has_to_be_there() -> None:
    assert said({"start": "2026-01-05", "weeks": 1, "staff": []}) == [
        "staff: nobody is on the staff: at least one person is needed"
    ]


def test_a_circle_names_all_its_tasks() -> None:
    tasks = [{"id": f"t{number}", "after": [f"t{(number + 1) % 3}"]} for number in range(3)]
    assert said(agency(tasks=tasks)) == [
        "tasks[t2].after[1]: no task can wait for itself: t0 after t1 after t2 after t0"
    ]


def test_a_long_chain_is_no_circle() -> None:
    chain = [{"id": f"t{number}", "after": [f"t{number - 1}"]} for number in range(1, 5_000)]
    assert said(agency(tasks=[{"id": "t0"}, *chain])) == []


def test_records_made_in_code_are_checked_too() -> None:
    task = Task(id="plan", kind="strategic", client="novva", hours=Decimal(1))
    sara = Staff(id="sara", role="account_manager")
    scenario = {"start": "2026-01-05", "weeks": 1, "staff": [sara], "clients": [Client(id="nova")], "tasks": [task]}
    assert said(scenario) == ['tasks[plan].client: there is no client "novva"; did you mean nova?']


def test_a_replaced_scenario_is_checked_again() -> None:
    scenario = Scenario.model_validate(AGENCY)
    with pytest.raises(Exception, match="there is no person"):
        scenario.replace(clients=[Client(id="nova", exclude=("nobody",)), Client(id="luna")])
