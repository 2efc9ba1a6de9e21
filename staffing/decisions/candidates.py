"""Who could own a task instead, at what price, and who not and why: the answer to "why her?"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from staffing.decisions.against import Against, Forbidden
from staffing.decisions.allowing import allowing
from staffing.decisions.candidate import Candidate
from staffing.decisions.candidate_words import consequences, could, present
from staffing.decisions.explanation import Explained
from staffing.decisions.given import Effort, Given
from staffing.decisions.owning import Owned, OwnerTrial
from staffing.decisions.price import Move, Price, fares, price_of
from staffing.decisions.trial import Trial, Wish
from staffing.errors import Mistake, ScenarioError
from staffing.plan.facts import Facts
from staffing.plan.names import Names
from staffing.plan.obstacles.find import hindered
from staffing.plan.obstacles.words import HINDRANCES
from staffing.plan.records import Number
from staffing.scenario.expand import Job, Person
from staffing.scenario.findings import Speller, meant
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario


@dataclass(frozen=True)
class Asked:
    """A task whose owner is asked for, or occurrences of one.

    Attributes
    ----------
    jobs
        What is asked for.
    kept
        What must be delivered: these, and for a whole family what the plan delivers of it.
    family
        All that gets the owner, among it what waits.
    """

    jobs: tuple[Job, ...]
    kept: tuple[str, ...]
    family: tuple[str, ...]

    @classmethod
    def of(cls, facts: Facts, ids: Sequence[str], named: Sequence[str]) -> Asked:
        """Return what is asked for, given the ids of an entry and those that a caller named."""
        jobs = tuple(facts.expanded.jobs[id_] for id_ in ids)
        whole = [job for job in facts.expanded.jobs.values() if job.task == jobs[0].task]
        family = jobs[0].task in named
        kept = [job.id for job in whole if job.id in ids or (family and facts.is_delivered(job.id))]
        return cls(jobs, tuple(kept), tuple(job.id for job in whole) if family or jobs[0].same_owner else tuple(ids))


class Candidates:
    """Prices everybody as the owner of a task.

    Parameters
    ----------
    given
        The plan.
    names
        What people, tasks and clients are called.
    """

    def __init__(self, given: Given, names: Names) -> None:
        self._given = given
        self._names = names
        self._expanded = given.facts.expanded
        self._against = Against(self._expanded, names)
        self._impossible: dict[tuple[str, ...], bool] = {}
        self._must = frozenset(job.id for job in self._expanded.jobs.values() if job.must)

    def everybody(self, asked: Asked, effort: Effort) -> tuple[Candidate, ...]:
        """Return all people: the present owner first, then the cheapest first, then those whom it is forbidden."""
        people = sorted(self._reached(), key=lambda person: person.id not in self._owners(asked))
        rules = {person.id: self._against.of(asked.jobs, person) for person in people}
        found = [self._forbidden(person.id, rules[person.id]) for person in people if rules[person.id]]
        trials = []
        for person in (person for person in people if not rules[person.id]):
            if effort.stop.is_set():
                found.append(self._left(asked, person.id))
                continue
            trials.append((person.id, self._trial(asked, self._given.scenario, person.id)))
            trials[-1][1].placed  # noqa: B018  for everybody first, so that nobody is left out for want of time
        for number, (staff, trial) in enumerate(trials):
            owned = trial.owned(effort.part(1 / (len(trials) - number)))
            found.append(self._priced(asked, staff, owned))
        return tuple(sorted(found, key=lambda candidate: candidate.key))

    def why_not(self, asked: Asked, staff: str, effort: Effort) -> Candidate:
        """Return one person in full: what moves, and where rules forbid it, the change that allows it."""
        person = self._expanded.people[staff]
        rules = self._against.of(asked.jobs, person)
        if not rules:
            owned = self._trial(asked, self._given.scenario, staff).owned(effort)
            moved = () if owned.after is None else tuple(_moved(self._given.facts, owned.after.facts))
            return replace(self._priced(asked, staff, owned), moved=moved)
        found = allowing(self._given, self._names, asked.jobs, person, rules)
        candidate = replace(self._forbidden(staff, rules), moved=())
        if found is None:
            return candidate
        scenario, change = found
        owned = self._trial(asked, scenario, staff).owned(effort)
        price = self._price(owned)
        moved = () if owned.after is None else tuple(_moved(self._given.facts, owned.after.facts))
        text = change.text
        if price is None:
            text += f": even then {self._none(asked, staff, owned)}"
        else:
            told = self._told(asked, price, owned)
            text += f", {could(self._names, staff, price, told)}"
        return replace(
            candidate,
            moved=moved,
            allowing=replace(change, price=price, proven=owned.proven, text=text),
        )

    # one of them

    def _left(self, asked: Asked, staff: str) -> Candidate:
        text = f"{self._names.person(staff)}: not looked into, as the time was over."
        return Candidate(staff, staff in self._owners(asked), (), None, proven=False, text=text)

    def _forbidden(self, staff: str, rules: tuple[Forbidden, ...]) -> Candidate:
        text = " ".join(one.text for one in rules)
        return Candidate(staff, False, rules, None, proven=True, text=text)

    def _priced(self, asked: Asked, staff: str, owned: Owned) -> Candidate:
        price, owners = self._price(owned), self._owners(asked)
        told = self._told(asked, price, owned) if price is not None else []
        if staff in owners:
            text = present(self._names, staff, price, told, owners)
        elif price is None:
            text = self._none(asked, staff, owned)
            text = text[0].upper() + text[1:]
        else:
            text = could(self._names, staff, price, told)
        return Candidate(staff, staff in owners, (), price, proven=owned.proven, text=text)

    def _told(self, asked: Asked, price: Price, owned: Owned) -> list[str]:
        """Return what a price means, and why the first of what would wait does."""
        assert owned.after is not None
        facts = owned.after.facts

        def why(task: str) -> str:
            obstacle = hindered(facts, facts.expanded.jobs[task]).because.obstacle
            return "" if obstacle is None else HINDRANCES[obstacle.kind]

        return consequences(self._names, price, asked.family, self._must, why)

    def _none(self, asked: Asked, staff: str, owned: Owned) -> str:
        name = self._names.person(staff)
        if owned.refuted and self._never(asked.kept):
            return "no plan delivers it, whoever does it."
        if owned.refuted:
            return f"no plan has {name} as the owner."
        return f"no plan with {name} as the owner was found in the time."

    def _never(self, kept: tuple[str, ...]) -> bool:
        """Return whether it is plain that no plan delivers something, whoever owns it."""
        if kept not in self._impossible:
            wish = Wish(dict.fromkeys(kept))
            self._impossible[kept] = Trial(self._given, self._given.scenario, wish, about=kept).impossible
        return self._impossible[kept]

    def _price(self, owned: Owned) -> Price | None:
        return None if owned.after is None else price_of(self._given, owned.after)

    def _trial(self, asked: Asked, scenario: Scenario, staff: str) -> OwnerTrial:
        wish = Wish(dict.fromkeys(asked.kept), dict.fromkeys(asked.family, frozenset({staff})))
        return OwnerTrial(self._given, scenario, wish, about=asked.family)

    def _owners(self, asked: Asked) -> tuple[str, ...]:
        facts = self._given.facts
        return tuple(dict.fromkeys(owner for job in asked.jobs for owner in facts.owners(job.id)))

    def _reached(self) -> Iterator[Person]:
        """Yield everybody; of the copies of a placeholder none after the first that is not hired (rule H)."""
        hired = self._given.facts.hired
        for person in self._expanded.people.values():
            if person.id in hired or person.earlier_copy is None or person.earlier_copy in hired:
                yield person


def best_gain(entries: Sequence[Explained]) -> Mapping[Goal, Number] | None:
    """Return the price of the best plan of the unchanged scenario found by the way, if it is better than that given."""
    prices = [one.price for entry in entries for one in entry.candidates or () if one.price and one.price.gains]
    return min(prices, key=lambda price: price.key).goals if prices else None


def person_of(given: Given, staff: str) -> str:
    """Return the id of a person.

    Raises
    ------
    ScenarioError
        Where nobody has it.
    """
    people = given.facts.expanded.people
    if staff not in people:
        raise ScenarioError([Mistake(f'there is nobody "{staff}"{meant(Speller().nearest(staff, list(people)))}')])
    return staff


def _moved(before: Facts, after: Facts) -> Iterator[Move]:
    """Yield the tasks that change state, owners or weeks; those that change only their weeks last."""
    one, other = fares(before), fares(after)
    moves = [Move(task, one.get(task), other.get(task)) for task in dict.fromkeys([*one, *other])]
    moves = [move for move in moves if move.before != move.after]
    yield from sorted(moves, key=_only_weeks)


def _only_weeks(move: Move) -> bool:
    was, now = move.before, move.after
    return was is not None and now is not None and (was.state, set(was.owners)) == (now.state, set(now.owners))
