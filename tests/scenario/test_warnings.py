"""What is legal but surely not meant, and how it is said."""

from typing import Any

import pytest
from agency import agency, cases, names

from staffing.scenario.checks_warnings import warnings
from staffing.scenario.paths import friendly
from staffing.scenario.scenario import Scenario


def warned(change: dict[str, Any]) -> list[str]:
    """The warnings about the agency, every client of which has a task, when something is changed."""
    data = agency(**change)
    return [f"{friendly(found.path, data)}: {found.message}" for found in warnings(Scenario.model_validate(data))]


WARNED = cases("""
switching: 0.3
    switching: 0.3 hours are not on the grid of 0.25 hours: 0.5 are used
staff: [{id: omid, overtime: 1.2}], step: 0.5
    staff[omid].overtime: 1.2 hours are not on the grid of 0.5 hours: 1 are used
staff: [{id: omid, limits: {tactical: 10.1}}]
    staff[omid].limits.tactical: 10.1 hours are not on the grid of 0.25 hours: 10 are used
tasks: [{id: plan, weekly_max: 5.3}]
    tasks[plan].weekly_max: 5.3 hours are not on the grid of 0.25 hours: 5.25 are used
tasks: [{id: plan, value: 100}]
    tasks: 1 of 3 tasks state a value, and the others are worth weight × hours: state it for all or for none
goals: [lateness, cost]
    goals: the empty plan is best: neither value nor net_value is a goal
goals: [hours, value]
    goals: the empty plan is best: hours comes before value
goals: [balance, value]
    goals: the empty plan is best: balance comes before value
goals: [cost, value]
    goals: the empty plan is best: cost comes before value
goals: [cost, value], tasks: [{id: plan, must: true}]
    goals: only must tasks are delivered: cost comes before value
staff: [{id: pm, role: project_manager, bill_rate: 1, cost_rate: 1, placeholder: true}]
    staff[pm].placeholder: no goal before value weighs what pm costs: cost or net_value could stand before it
tasks: [{id: call, max_owners: 2}]
    tasks[call].max_owners: same_owner asks for one owner: max_owners is 1 here
tasks: [{id: plan, max_owners: 2}], clients: [{id: nova, single_owner: true}]
    tasks[plan].max_owners: single_owner of its client asks for one owner: max_owners is 1 here
clients: [{id: idle}]
    clients[idle]: idle has no tasks
staff: [{id: eva, role: project_manager, tactical: 0}]
    staff[eva]: eva can do nothing: productivity is 0 on both kinds, and no task that is open to eva has an estimate
staff: [{id: eva, role: project_manager, tactical: 0}], tasks: [{id: plan, except: [eva], estimates: {eva: {hours: 1}}}]
    staff[eva]: eva can do nothing: productivity is 0 on both kinds, and no task that is open to eva has an estimate
staff: [{id: eva, role: project_manager, tactical: 0}], tasks: [{id: plan, done: 10, estimates: {eva: {hours: 1}}}]
    staff[eva]: eva can do nothing: productivity is 0 on both kinds, and no task that is open to eva has an estimate
staff: [{id: omid, hire_cost: 500}]
    staff[omid].hire_cost: omid is no placeholder, and so is not hired: hire_cost counts for nothing
tasks: [{id: call, repeat: {every: 1, from: 2027-01-01}}]
    tasks[call].repeat: no occurrence begins inside the horizon
tasks: [{id: plan, due: 4, deadline: 3}]
    tasks[plan].due: due is after the deadline: the task cannot be late
tasks: [{id: plan, due: 2026-01-04}]
    tasks[plan].due: due is before the horizon: the task is late from week 1 on
projects: [{id: spring, due: 2026-01-04}]
    projects[spring].due: due is before the horizon: tasks that take it over are late from week 1 on
staff: [{id: sara, cost_rate: 1000.5}]
    staff[sara].cost_rate: 1000.5 is much for an hour: cost_rate is money per hour; is it a salary per month?
roles: {account_manager: {cost_rate: 5200}}, currency: EUR
    roles.account_manager.cost_rate: 5200 is much for an hour: cost_rate is money per hour; is it a salary per month?
staff: [{id: Omid, role: project_manager, bill_rate: 1}]
    staff[Omid].id: "Omid" is another person than "omid": capitals count
clients: [{id: nоva}], tasks: [{id: plan, client: nоva}]
    clients[nоva].id: "nоva" is another client than "nova": its "о" is CYRILLIC SMALL LETTER O (U+043E), not LATIN SMALL
    LETTER O (U+006F)
projects: [{id: Spring, client: luna}]
    projects[Spring].id: "Spring" is another project than "spring": capitals count
tasks: [{id: Plan}]
    tasks[Plan].id: "Plan" is another task than "plan": capitals count
roles: {Account_Manager: {tactical: 1}}
    roles.Account_Manager: "Account_Manager" is another role than "account_manager": capitals count
staff: [{id: sara, skills: [SEO, seo]}]
    staff[sara].skills.seo: "seo" is another skill than "SEO": capitals count
staff: [{id: sara, skills: [SEO, media]}, {id: omid, skills: {seo: 2}}],
+ tasks: [{id: plan, skills: [media]}, {id: brief, skills: [seo]}, {id: call, skills: [seo]}]
    staff[omid].skills.seo: "seo" is another skill than "SEO": capitals count
""")

UNFIT = cases("""
tasks: [{id: plan, earliest: 3, deadline: 2}]
    it cannot begin before week 3, and its deadline is week 2
tasks: [{id: plan, earliest: 2027-01-01}]
    it cannot begin before week 52, after the horizon
tasks: [{id: plan, deadline: 2025-12-31}]
    its deadline is before the horizon
tasks: [{id: plan, owner: omid}]
    nobody is both able and allowed to do it
tasks: [{id: plan, only: []}]
    nobody is both able and allowed to do it
tasks: [{id: plan, skills: {seo: 2}}], staff: [{id: sara, skills: [seo]}]
    nobody has the skill seo at level 2
roles: {designer: {tactical: 1}}, tasks: [{id: plan, roles: [designer]}]
    nobody is designer
tasks: [{id: plan, roles: []}]
    nobody is of a role that is allowed
staff: [{id: sara, strategic: 0}]
    nobody does strategic tasks
tasks: [{id: plan, hours: 50, deadline: 1}]
    sara needs 50 hours for it, and has 40 at most in week 1
tasks: [{id: plan, hours: 50, weekly_max: 10}]
    sara needs 50 hours for it, and has 40 at most in weeks 1 to 4
tasks: [{id: plan, hours: 50}], staff: [{id: sara, limits: {strategic: 12}}]
    sara needs 50 hours for it, and has 48 at most in weeks 1 to 4
tasks: [{id: plan, estimates: {sara: {hours: 200}}}]
    sara needs 200 hours for it, and has 160 at most in weeks 1 to 4
tasks: [{id: call, hours: 289, max_owners: 2, repeat: null}]
    2 people together deliver 288 hours of its effort at most in weeks 1 to 4
tasks: [{id: call, hours: 50, max_owners: 2, weekly_max: 12, repeat: null}]
    2 people together deliver 48 hours of its effort at most in weeks 1 to 4
clients: [{id: nova, budget: 1000}]
    it burns 1200 at least, and the client has 1000 left in weeks 1 to 4
projects: [{id: spring, client: nova, budget: {amount: 900, spent: 300}}]
    it burns 720 at least, and the project has 600 left in weeks 1 to 4
clients: [{id: nova, budget: 100}], budget_basis: cost,
+ tasks: [{id: plan, estimates: {sara: {hours: 1, price: 101}}}, {id: brief, done: 8}]
    it burns 101 at least, and the client has 100 left in weeks 1 to 4
tasks: [{id: call, hours: 40, owner: omid}], staff: [{id: omid, end: 2026-01-09}]
    (3 of 4 occurrences)
""")

FINE = cases("""
step: 1
staff: [{id: sara, cost_rate: 1000}]
staff: [{id: sara, cost_rate: 620000}], currency: تومان
staff: [{id: sara, cost_rate: 620000}], currency: TOMAN
staff: [{id: sara, cost_rate: 5000}], calendar: {country: IR}
staff: [{id: sara, cost_rate: 5000}], calendar: {system: jalali}
staff: [{id: sara, cost_rate: 5000}], currency: ¥
staff: [{id: sara, cost_rate: 5000}], currency: Kč
tasks: [{id: plan, due: 2026-01-04, done: 10}]
tasks: [{id: brief, due: 2}], projects: [{id: spring, due: 2026-01-04}]
goals: [cost, value], staff: [{id: sara, pay: salary}]
goals: [cost, value], tasks: [{id: plan, must: true}, {id: brief, must: true}, {id: call, must: true}]
goals: [must, cost, net_value], staff: [{id: sara, pay: salary}],
+ tasks: [{id: plan, value: 1}, {id: brief, value: 1}, {id: call, value: 1}]
goals: [cost, value],
+ staff: [{id: pm, role: project_manager, bill_rate: 1, cost_rate: 1, placeholder: true}, {id: sara, pay: salary}]
tasks: [{id: plan, hours: 50, deadline: 1, billable: false}], staff: [{id: sara, overtime: 10}]
staff: [{id: eva, role: project_manager, tactical: 0, bill_rate: 1}], tasks: [{id: plan, estimates: {eva: {hours: 1}}}]
tasks: [{id: plan, hours: 9999, done: 9999}]
tasks: [{id: plan, hours: 9999, billable: false, estimates: {sara: {hours: 2}}}]
tasks: [{id: call, hours: 288, max_owners: 2, repeat: null}]
""")


@pytest.mark.parametrize(("change", "sentence"), WARNED, ids=names(WARNED))
def test_what_is_surely_not_meant_gives_a_warning(change: dict[str, Any], sentence: str) -> None:
    assert warned(change) == [sentence]


def test_a_skill_spelled_in_another_way_is_told_where_it_is_asked() -> None:
    change = {"staff": [{"id": "sara", "skills": ["SEO"]}], "tasks": [{"id": "plan", "skills": ["seo"]}]}
    assert warned(change) == [
        'tasks[plan].skills.seo: "seo" is another skill than "SEO": capitals count',
        "tasks[plan]: this will wait: nobody has the skill seo at level 1",
    ]


@pytest.mark.parametrize(("change", "reason"), UNFIT)
def test_a_task_that_cannot_fit_even_alone_gives_a_warning(change: dict[str, Any], reason: str) -> None:
    assert [said for said in warned(change) if "this will wait" in said and reason in said] == warned(change)[-1:]


@pytest.mark.parametrize(("change", "sentence"), FINE)
def test_what_may_be_meant_gives_none(change: dict[str, Any], sentence: str) -> None:
    assert warned(change) == []
