"""Rules and goals agree with a second reading of the contract, on drafts good and bad."""

import random
from fractions import Fraction

import pytest
from plan.worlds import plan
from second_engine.random_scenarios import random_scenario
from second_engine.rules import Plan, Reading
from second_engine.world import World

from staffing.auditing import audit, audit_draft
from staffing.auditing.violation import RULES
from staffing.plan.draft import Draft, need
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES
from staffing.scenario.expand import Expanded, Job
from staffing.scenario.scenario import Scenario


def some_draft(view: Expanded, chance: random.Random) -> Draft:
    """Draw a draft that is right for the most part: people who may, the hours they need, weeks of the window."""
    hours: dict[tuple[str, str, int], Fraction] = {}
    for job in view.jobs.values():
        if not (job.done or job.covered) and chance.random() < 0.5:
            able = [person.id for person in view.people.values() if view.may_do(job, person)]
            people = able if able and chance.random() < 0.97 else [*view.people]
            several = min(len(people), 2 if job.max_owners > 1 or chance.random() < 0.03 else 1)
            for person in chance.sample(people, several):
                _spread(hours, view, job, person, several, chance)
    hireable = [person.id for person in view.people.values() if person.placeholder]
    return Draft(hours, view.hired | {person for person in hireable if chance.random() < 0.9})


def _spread(
    hours: dict[tuple[str, str, int], Fraction],
    view: Expanded,
    job: Job,
    person: str,
    owners: int,
    chance: random.Random,
) -> None:
    """Assign a person their share of a job, in two parts."""
    share = (need(job, view.people[person], view.step) or view.step) / owners // view.step * view.step
    first = share // 2 // view.step * view.step
    for part in (first, share - first):
        inside = job.earliest <= job.deadline and chance.random() < 0.98
        week = chance.randint(job.earliest, job.deadline) if inside else chance.randint(1, view.weeks)
        if part:
            cell = (job.id, person, week)
            hours[cell] = hours.get(cell, Fraction(0)) + part


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_both_readings_find_the_same_rules_broken_and_the_same_measures(first: int) -> None:
    for seed in range(first, first + 40):
        scenario = Scenario.model_validate(random_scenario(seed))
        draft = some_draft(scenario.expanded, random.Random(seed))
        reading = Reading(World(scenario), Plan(dict(draft.hours), draft.hired))
        broken = {RULES[violation.rule] for violation in audit_draft(scenario.expanded, draft)}
        other = {sentence[0] for sentence in reading.broken()}
        if not broken & {"W", "E", "Q", "H"}:
            assert broken == other, f"seed {seed}"
            facts = Facts(scenario.expanded, draft)
            for goal, measure in MEASURES.items():
                assert measure(facts) == reading.measure(goal), f"seed {seed}: {goal}"
        else:  # what is burned, paced and paid where people do what nobody may ask of them, no reading says
            assert broken - {"E", "B", "M"} == other - {"E", "B", "M"}, f"seed {seed}"


@pytest.mark.parametrize("first", range(0, 400, 40))
def test_a_plan_told_in_words_breaks_just_the_rules_its_draft_does(first: int) -> None:
    for seed in range(first, first + 40):
        scenario = Scenario.model_validate(random_scenario(seed))
        draft = some_draft(scenario.expanded, random.Random(seed))
        told = plan(Facts(scenario.expanded, draft))
        assert set(audit(scenario, told)) == set(audit_draft(scenario.expanded, draft)), f"seed {seed}"
