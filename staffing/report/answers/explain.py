"""Why tasks wait, or are late: what is in the way, what would help, who else could do it, what cannot hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from markupsafe import Markup

from staffing.console.families import weeks_of
from staffing.plan.obstacles.records import Hindrance, Obstacle
from staffing.plan.records import State
from staffing.report.answers.document import Record
from staffing.report.answers.price import Figures, differences
from staffing.report.answers.remedies import Candidate, Repair, candidate, in_a_line, repair
from staffing.report.language import name
from staffing.report.names import Told
from staffing.report.obstacles import sentence
from staffing.scenario.records import MAXIMISED

MOST_OPEN = 4
"""Tasks that are told in the open; of more each is folded."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A task, or occurrences of one, with all that is said of it.

    Attributes
    ----------
    why
        The most telling of what is in the way.
    obstacles
        All of it, one sentence each.
    help
        The cheapest repair in a line, with its price; "" where there is none.
    as_it_is
        How it is delivered with nothing changed, where that can be.
    repairs, repair_figures
        The repairs, and what they cost.
    searched
        Whether any was searched for.
    candidates, candidate_figures
        Who could do it, and what that costs.
    barred
        Who may not do it, and why.
    """

    task: Markup
    times: int
    whose: Markup
    state: str
    why: Markup
    obstacles: tuple[Markup, ...]
    help: Markup
    as_it_is: Markup
    repairs: tuple[Repair, ...]
    repair_figures: Figures
    searched: bool
    candidates: tuple[Candidate, ...]
    candidate_figures: Figures
    barred: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What is explained: a line for each project, the tasks, and what cannot hold together."""

    projects: tuple[Markup, ...]
    entries: tuple[Entry, ...]
    conflict: tuple[Markup, ...]
    conflict_text: Markup
    more: int

    @property
    def folded(self) -> bool:
        """Whether tasks are folded."""
        return len(self.entries) > MOST_OPEN


def view(told: Told, answer: Record) -> Explained:
    """Return what a section on why tasks wait shows."""
    say = told.say
    return Explained(
        projects=tuple(say.english(one.text("text")) for one in answer.records("projects") if one.text("text")),
        entries=tuple(_entry(told, one) for one in entries_of(answer)),
        conflict=tuple(_fact(told, one) for one in answer.records("conflict")),
        conflict_text=say.english(answer.text("conflict_text")),
        more=max(0, answer.whole("more") or 0),
    )


def entries_of(answer: Record) -> tuple[Record, ...]:
    """Return what is said task by task; candidates for one task may stand beside its name alone."""
    if answer.records("tasks") or not answer.records("candidates"):
        return answer.records("tasks")
    return (answer,)


def ids_of(entry: Record) -> tuple[str, ...]:
    """Return the ids of the task, or the occurrences, that an entry is about."""
    return entry.texts("tasks") or ((entry.text("task"),) if entry.text("task") else ())


def by_task(told: Told, answers: Iterable[Record]) -> dict[str, Entry]:
    """Return what answers say of each task; of several the last that has something to say of it."""
    return {id_: _entry(told, entry) for answer in answers for entry in entries_of(answer) for id_ in ids_of(entry)}


def best_help(told: Told, answers: Iterable[Record], state: State) -> Markup | None:
    """Return, in a line, the change with the best price of all that help a task in a state; None where none is told."""
    repairs = [
        (_order(change.amounts("price")), number, change, entry)
        for answer in answers
        for entry in entries_of(answer)
        if (entry.text("state") or "waiting") == state
        for number, change in enumerate(entry.records("repairs"))
        if change.amounts("price")
    ]
    if not repairs:
        return None
    _, _, change, entry = min(repairs, key=lambda found: found[:2])
    return told.say("best_help", task=_called(told, entry), help=in_a_line(told, change))


def _order(price: Mapping[str, float]) -> tuple[float, ...]:
    """Return what orders prices, the cheapest first: goal by goal, as they stand in the scenario."""
    return tuple(-amount if goal in MAXIMISED else amount for goal, amount in price.items())


# a task


def _entry(told: Told, entry: Record) -> Entry:
    say, ids = told.say, ids_of(entry)
    repairs = entry.records("repairs")
    barred = [one for one in entry.records("candidates") if one.records("forbidden") or one.texts("forbidden")]
    candidates = [one for one in entry.records("candidates") if one not in barred]
    obstacles = tuple(_obstacle(told, entry, one) for one in entry.records("obstacles"))
    sentences = dict(zip((one.text("text") for one in entry.records("obstacles")), obstacles, strict=True))
    why = entry.text("why")
    nothing = entry.record("as_it_is")
    as_it_is = say.english(nothing.text("text"))
    return Entry(
        task=_called(told, entry),
        times=len(ids),
        whose=_whose(told, entry),
        state=f"state_{entry.text('state')}" if entry.text("state") in get_args(State) else "",
        why=sentences.get(why) or say.english(why) or _reason(told, entry),
        obstacles=obstacles,
        help=in_a_line(told, nothing if as_it_is else repairs[0]) if repairs or as_it_is else Markup(""),
        as_it_is=as_it_is,
        repairs=tuple(repair(told, one, ids) for one in repairs),
        repair_figures=differences(told, repairs),
        searched=entry.flag("searched"),
        candidates=tuple(candidate(told, one, ids) for one in candidates),
        candidate_figures=differences(told, candidates),
        barred=tuple(candidate(told, one, ids) for one in barred),
    )


def _called(told: Told, entry: Record) -> Markup:
    """Return the name of a task: the plan's, else the one that the answer gives, else its id."""
    ids = ids_of(entry)
    if ids and told.knows(ids[0]):
        return told.work(ids[0])
    return name(entry.text("name") or (ids[0].partition("@")[0] if ids else "–"))


def _whose(told: Told, entry: Record) -> Markup:
    client, project, weeks = entry.text("client"), entry.text("project"), weeks_of(ids_of(entry))
    named = {"client": told.client(client), "project": told.project(project)}
    parts = [
        shown if shown != name(id_) else name(entry.text(f"{what}_name") or id_)
        for (what, shown), id_ in zip(named.items(), (client, project), strict=True)
        if id_
    ]
    parts += [told.say("in_week" if len(weeks) == 1 else "in_weeks", n=told.weeks_listed(weeks))] if weeks else []
    return told.say.listed(parts)


def _reason(told: Told, entry: Record) -> Markup:
    key = f"reason_{entry.text('reason')}"
    return told.say.capital(told.say(key)) if key in told.say.words else Markup("")


def _obstacle(told: Told, entry: Record, one: Record) -> Markup:
    """Return what is in the way in a sentence: in English the answer's own, else as far as it can be said anew."""
    text, say = one.text("text"), told.say
    several = len(ids_of(entry)) > 1 and one.text("kind") in ("budget", "hours")
    if one.text("kind") in get_args(Hindrance) and not several and not (text and say.code == "en"):
        return sentence(told, _read(one), late=entry.text("state") == "late")
    return say.english(text or one.text("kind"))


def _read(one: Record) -> Obstacle:
    """Return an obstacle as a record; what is not told, or of another kind, is left out."""
    texts: dict[str, Any] = {
        key: one.text(key) or None
        for key in ("staff", "budget", "period", "task", "of", "rule", "work", "skill", "owner")
    }
    numbers: dict[str, Any] = {key: one.number(key) for key in ("needed", "left", "most")}
    kind: Any = one.text("kind")
    return Obstacle(kind, weeks=one.wholes("weeks"), overtime=one.number("overtime") or 0, **texts, **numbers)


# what cannot hold together


def _fact(told: Told, one: Record) -> Markup:
    """Return one of the facts that cannot hold together."""
    if one.text("text"):
        return told.say.english(one.text("text"))
    return told.say.listed(_details(told, one))


def _details(told: Told, one: Record) -> Iterator[Markup]:
    yield name(one.text("kind"))
    if one.text("staff"):
        yield told.person(one.text("staff"))
    if one.text("task"):
        yield told.task(one.text("task"))
    if one.text("budget"):
        yield told.client(one.text("budget"))
    if one.text("period"):
        yield Markup.escape(told.say.period(one.text("period")))
    if one.number("week") is not None:
        yield told.say("week_n", n=told.say.number(one.number("week")))
