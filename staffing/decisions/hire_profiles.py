"""What new people are like who stand in no scenario: their role's rates, and what the people of the role have alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, count
from typing import Any

from staffing.errors import Mistake, ScenarioError
from staffing.plan.figures import number
from staffing.scenario.directory import Directory
from staffing.scenario.expand import Person
from staffing.scenario.findings import Speller, listed
from staffing.scenario.records import Staff
from staffing.scenario.scenario import Scenario


@dataclass(frozen=True)
class Profile:
    """New people of a role.

    Attributes
    ----------
    role
        Their role.
    id, name
        Of the first of them; others get a number after it.
    fields
        What they have beside hours: as in a scenario.
    salaried
        Whether the whole contract is paid.
    text
        What is taken for them, in a sentence.
    """

    role: str
    id: str
    name: str
    fields: dict[str, Any]
    salaried: bool
    text: str


def profiles_of(scenario: Scenario, roles: Sequence[str], most: int) -> tuple[tuple[Profile, ...], tuple[str, ...]]:
    """Return what new people are like, and what is said of roles of which nobody can be hired.

    Parameters
    ----------
    scenario
        The scenario.
    roles
        Roles; all that somebody has, or that could do some of the work, where none are named.
    most
        How many of a role may be hired.

    Raises
    ------
    ScenarioError
        With each named role that is none of the scenario's, or has no rates.
    """
    directory = Directory("roles", dict.fromkeys(scenario.roles), Speller())
    unknown = [Mistake(directory.missing(role)) for role in roles if role not in scenario.roles]
    if unknown:
        raise ScenarioError(unknown)
    asked = list(dict.fromkeys(roles)) or [role for role in scenario.roles if _matters(scenario, role)]
    taken = set(scenario.expanded.people) | {member.id for member in scenario.staff}
    found = {role: _profile(scenario, role, _free(role, most, taken)) for role in asked}
    lacking = [f"{_called(role)}: {found[role]}" for role in asked if isinstance(found[role], str)]
    if roles and lacking:
        raise ScenarioError([Mistake(text) for text in lacking])
    profiles = [profile for profile in found.values() if isinstance(profile, Profile)]
    if not profiles:
        nobody = "there is nobody to hire: no placeholder, and no role with rates"
        raise ScenarioError([Mistake("; ".join([nobody, *lacking]))])
    return tuple(profiles), tuple(lacking)


def _matters(scenario: Scenario, role: str) -> bool:
    """Return whether somebody has a role, or could do some of the work with it."""
    if any(member.role == role for member in scenario.staff):
        return True
    does = scenario.roles[role]
    open_ = (job for job in scenario.expanded.jobs.values() if not (job.done or job.covered or job.skills))
    return any(getattr(does, job.kind) and (job.roles is None or role in job.roles) for job in open_)


def _profile(scenario: Scenario, role: str, id_: str) -> Profile | str:
    """Return what new people of a role are like; a reason where it cannot be told."""
    people = _people(scenario, role)
    given = scenario.roles[role]
    like = sorted(people, key=lambda person: person.cost_rate)[(len(people) - 1) // 2] if people else None
    cost = given.cost_rate or (like.cost_rate if like else 0)
    bill = given.bill_rate or (like.bill_rate if like else 0)
    if not cost:
        return "neither the role nor anybody of it has a cost_rate; give the role cost_rate and bill_rate"
    if not bill and _needs_bill_rate(scenario):
        return "neither the role nor anybody of it has a bill_rate, by which budgets burn; give the role one"
    member = next((one for one in scenario.staff if like is not None and one.id == like.id), None)
    pay, share = _terms(scenario, member)
    skills = _alike(people)
    fields = {
        "role": role,
        **({} if given.cost_rate else {"cost_rate": _plain(cost)}),
        **({} if given.bill_rate else {"bill_rate": _plain(bill)}),
        **({"pay": "salary"} if pay == "salary" else {}),
        **({"target_utilisation": _plain(share)} if share != 1 else {}),
        **({"skills": skills} if skills else {}),
    }
    by = "as its role says" if given.cost_rate else f"as {like.name if like else ''} does"
    told = f"A new {_called(role)} costs {number(float(cost))} an hour and bills {number(float(bill))}, {by}"
    rest = [
        "paid a salary" if pay == "salary" else "paid by the hour",
        *([f"planned for {number(float(share * 100))} % of the contract at most"] if share != 1 else []),
        *([f"with the skills that all of the role have ({_levels(skills)})"] if skills else []),
    ]
    return Profile(role, id_, f"New {_called(role)}", fields, pay == "salary", f"{told}; {', '.join(rest)}.")


def _people(scenario: Scenario, role: str) -> list[Person]:
    """Return the people of a role; placeholders where there is nobody else."""
    people = [person for person in scenario.expanded.people.values() if person.role == role]
    return [person for person in people if not person.placeholder] or people


def _terms(scenario: Scenario, member: Staff | None) -> tuple[str, Decimal]:
    """Return pay and target utilisation: of somebody of the role, or what everybody else has alike."""
    others = [member] if member is not None else [one for one in scenario.staff if one.placeholder is None]
    pays, shares = {one.pay for one in others}, {one.target_utilisation for one in others}
    return pays.pop() if len(pays) == 1 else "hourly", shares.pop() if len(shares) == 1 else Decimal(1)


def _alike(people: Iterable[Person]) -> dict[str, int]:
    """Return the skills that all of some people have, each at the least of their levels."""
    held = [person.skills for person in people]
    shared = set.intersection(*map(set, held)) if held else set()
    return {skill: min(skills[skill] for skills in held) for skill in (held[0] if held else ()) if skill in shared}


def _levels(skills: dict[str, int]) -> str:
    return listed([skill if level == 1 else f"{skill} at level {level}" for skill, level in skills.items()])


def _needs_bill_rate(scenario: Scenario) -> bool:
    budgets = [*(client.budget for client in scenario.clients), *(project.budget for project in scenario.projects)]
    return scenario.budget_basis == "bill" and any(budget is not None for budget in budgets)


def _free(role: str, most: int, taken: set[str]) -> str:
    """Return an id that nobody has, nor would share with the copies of anybody; it is taken from now on."""
    names = chain([f"new-{role}"], (f"new{number_}-{role}" for number_ in count(2)))
    for id_ in names:
        own = {id_, *(f"{id_}-{copy}" for copy in range(2, most + 1))}
        if taken.isdisjoint(own):
            taken |= own
            return id_
    raise AssertionError("there is always a further number")


def _called(role: str) -> str:
    """Return the name of a role as people say it."""
    return role.replace("_", " ")


def _plain(amount: Any) -> float | int:
    return int(amount) if amount == int(amount) else float(amount)
