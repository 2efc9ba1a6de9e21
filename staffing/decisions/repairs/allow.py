"""One person more who may do the work: by a skill, by another kind of work, or by whom a task is for."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Any, Literal, NamedTuple

from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Ladder
from staffing.decisions.trial import Objective, Trial
from staffing.plan.facts import Facts
from staffing.scenario.expand import Job
from staffing.scenario.findings import listed
from staffing.scenario.records import Kind
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var

By = Literal["skills", "kind", "only", "except"]
_BY: dict[str, By] = {"skill": "skills", "kind": "kind", "only": "only", "except": "except"}
"""What lifts a part of rule Q."""


class Leave(NamedTuple):
    """What would let one entry of the staff do more."""

    by: By
    member: str


class Allow(Ladder):
    """Skills or a kind of work for one person, or one person more whom the task is for; one of these is chosen."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self._used: dict[Leave, dict[str, int]] = {}
        self.people = {person: id_ for id_ in question.staff for person in question.expanded.copies[id_]}

    @property
    def top(self) -> int:
        """One step, where anybody could be allowed to do anything."""
        return int(bool(self.leaves))

    @cached_property
    def leaves(self) -> dict[Leave, dict[str, int] | Kind | None]:
        """What could be allowed: with the levels of the skills, or the kind of work."""
        found: dict[Leave, Any] = {}
        for job in self.question.row:
            for id_, rules in self._rules(job).items():
                member = self.people[id_]
                if rules == ("skill",):
                    skills = found.setdefault(Leave("skills", member), {})
                    for skill, level in self._missing(job, id_).items():
                        skills[skill] = max(level, skills.get(skill, 0))
                elif rules == ("kind",) and not self._rewrites(Leave("kind", member)):
                    found[Leave("kind", member)] = job.kind
                elif rules in (("only",), ("except",)) and job.task == self.question.task.id:
                    found[Leave("only" if rules == ("only",) else "except", member)] = None
        if found and not self.question.accepts(self.allowing(found)):
            one_by_one = [{leave: granted} for leave, granted in found.items()]
            return {key: one[key] for one in one_by_one for key in one if self.question.accepts(self.allowing(one))}
        return found

    def _rewrites(self, leave: Leave) -> bool:
        """Return whether somebody who could do another kind of work has done some already, which then counts."""
        copies = self.question.expanded.copies[leave.member]
        return leave.by == "kind" and not self._worked.isdisjoint({leave.member, *copies})

    @cached_property
    def _worked(self) -> set[str]:
        rows = {row.staff for row in self.question.given.scenario.worked}
        return rows | {person for _, person, _ in self.question.given.facts.fixed}

    def _rules(self, job: Job) -> dict[str, tuple[str, ...]]:
        expanded = self.question.expanded
        return {person.id: tuple(expanded.forbidden(job, person)) for person in expanded.people.values()}

    def _missing(self, job: Job, person: str) -> dict[str, int]:
        has = self.question.expanded.people[person].skills
        return {skill: level for skill, level in job.skills.items() if has.get(skill, 0) < level}

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that allows all of it."""
        del step
        return self.allowing(self.leaves)

    def allowing(self, leaves: Mapping[Leave, dict[str, int] | Kind | None]) -> dict[str, Any]:
        """Return the What-if that allows some of it."""
        staff: dict[str, dict[str, Any]] = {}
        task: dict[str, Any] = {}
        for leave, granted in leaves.items():
            entry = staff.setdefault(leave.member, {"id": leave.member}) if leave.by in ("skills", "kind") else {}
            if leave.by == "skills":
                entry["skills"] = granted
            elif leave.by == "kind":
                entry[str(granted)] = 1
        only = [leave.member for leave in leaves if leave.by == "only"]
        no_more = {leave.member for leave in leaves if leave.by == "except"}
        of = self.question.task
        if only:
            task["only"] = [*(of.only or ()), *only]
        if no_more:
            task["except"] = [id_ for id_ in of.exclude if self._entry(id_) not in no_more]
        return {
            **({"staff": list(staff.values())} if staff else {}),
            **({"tasks": [{"id": of.id, **task}]} if task else {}),
        }

    def _entry(self, id_: str) -> str:
        return self.people.get(id_, id_)

    def _needed(self, job: Job, person: str) -> Leave | None:
        """Return what alone would let a person do a task that they may not do; None where nothing here would."""
        rules = tuple(self.question.expanded.forbidden(job, self.question.expanded.people[person]))
        by = _BY.get(rules[0]) if len(rules) == 1 else None
        leave = None if by is None else Leave(by, self.people[person])
        if (
            leave is None
            or leave not in self.leaves
            or (leave.by in ("only", "except") and job.task != self.question.task.id)
        ):
            return None
        granted = self.leaves[leave]
        if leave.by == "kind":
            return leave if granted == job.kind else None
        if leave.by == "skills":
            assert isinstance(granted, dict), "skills are granted with their levels"
            enough = all(granted.get(skill, 0) >= level for skill, level in self._missing(job, person).items())
            return leave if enough else None
        return leave

    def _may(self, job: Job, person: str) -> bool:
        return self.question.expanded.may_do(job, self.question.expanded.people[person])

    def tied(self, trial: Trial, without: Collection[Hashable]) -> Objective:
        """Return what holds a model to one of these."""
        del trial
        jobs = self.question.expanded.jobs

        def tie(model: Model) -> Terms:
            chosen: dict[Leave, Var] = {}
            for (number, person), owns in model.owns.items():
                job, id_ = jobs[model.problem.jobs[number].id], model.problem.people[person].id
                if self._may(job, id_):
                    continue
                leave = self._needed(job, id_)
                if leave is None or leave in without:
                    model.cp.add(owns == 0)
                    continue
                if leave not in chosen:
                    chosen[leave] = model.cp.new_bool_var(f"{leave.by} {leave.member}")
                model.cp.add_implication(owns, chosen[leave])
            model.at_most([(flag, 1) for flag in chosen.values()], 1)
            return []

        return tie

    def option(self, trial: Trial, facts: Facts) -> Hashable | None:
        """Return the one that a plan makes use of, with the skills that it needs."""
        del trial
        used: Leave | None = None
        skills: dict[str, int] = {}
        for id_, people in facts.new_hours.items():
            job = self.question.expanded.jobs[id_]
            for person in people:
                if not self._may(job, person):
                    used = self._needed(job, person)
                    for skill, level in self._missing(job, person).items():
                        skills[skill] = max(level, skills.get(skill, 0))
        if used is not None:
            self._used[used] = skills
        return used

    def only(self) -> bool:
        """Return whether there is but one."""
        return len(self.leaves) == 1

    def change(self, option: Hashable, step: int) -> Change:
        """Return one of these."""
        assert isinstance(option, Leave)
        del step
        granted = self._used[option] if option.by == "skills" else self.leaves[option]
        patch = self.allowing({option: granted})
        return Change("allow", Fraction(1), "change", patch, self.text(option, granted))

    def text(self, leave: Leave, granted: dict[str, int] | Kind | None) -> str:
        """Return in a sentence what is allowed."""
        names = self.question.names
        who, task = names.person(leave.member), names.work(self.question.jobs[0].id)
        if isinstance(granted, dict):
            skills = [skill if level == 1 else f"{skill} at level {level}" for skill, level in granted.items()]
            return f"Let {who} do it with the {'skill' if len(skills) == 1 else 'skills'} {listed(skills)}."
        if leave.by == "kind":
            return f"Let {who} do {granted} work, with a productivity of 1."
        if leave.by == "only":
            return f"Let {who} be one of those whom {task} is for."
        return f"Lift the exception of {who} from {task}."

    def apart(self) -> list[Ladder]:
        """Return what is tried one by one: another kind of work for those whose hours of it so far would count."""
        people = self.question.expanded.people
        kinds = dict.fromkeys(job.kind for job in self.question.row)
        return [
            KindOfWork(self, Leave("kind", member), kind)
            for person, member in self.people.items()
            for kind in kinds
            if not people[person].productivity[kind] and self._rewrites(Leave("kind", member))
        ]


class KindOfWork(Ladder):
    """Another kind of work for somebody."""

    def __init__(self, among: Allow, leave: Leave, kind: Kind) -> None:
        super().__init__(among.question)
        self.among, self.leave, self.kind = among, leave, kind

    @property
    def top(self) -> int:
        """One step."""
        return 1

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that lets them do it."""
        del step
        return self.among.allowing({self.leave: self.kind})

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        text = self.among.text(self.leave, self.kind)
        return Change("allow", Fraction(1), "change", self.patch(step), text)


class Owner(Ladder):
    """Another owner of the task than the one who is fixed."""

    def __init__(self, question: Question, owner: str | None) -> None:
        super().__init__(question)
        self.owner = owner

    @property
    def top(self) -> int:
        """One step."""
        return 1

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that lifts the owner, or names another one."""
        del step
        return {"tasks": [{"id": self.question.task.id, "owner": self.owner}]}

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        names, job = self.question.names, self.question.jobs[0]
        fixed = self.question.expanded.owner_for(job)
        if self.owner is None:
            text = f"Let others own {names.work(job.id)} than {names.person(fixed or '')}, who is fixed."
        elif fixed is None or fixed == self.owner:
            text = f"Let {names.person(self.owner)} own {names.work(job.id)}, whoever owns other such work."
        else:
            text = f"Let {names.person(self.owner)} own {names.work(job.id)} instead of {names.person(fixed)}."
        return Change("allow", Fraction(1), "change", self.patch(step), text)


def allowed(question: Question) -> list[Ladder]:
    """Return all that could be allowed."""
    allow = Allow(question)
    return [allow, *allow.apart(), *_owners(question)]


def _owners(question: Question) -> list[Ladder]:
    """Return each other owner that the task could have; one of its own need not be that of other such work."""
    job, expanded = question.jobs[0], question.expanded
    own = question.task.owner
    if expanded.owner_for(job) is None and not expanded.clients[job.client].single_owner:
        return []
    may = [
        id_
        for id_ in question.staff
        if id_ != own and set(expanded.forbidden(job, expanded.people[expanded.copies[id_][0]])) <= {"owner"}
    ]
    return [*([] if own is None else [Owner(question, None)]), *(Owner(question, id_) for id_ in may)]
