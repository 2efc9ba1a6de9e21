"""The page: one file that opens anywhere, asks the network for nothing and runs no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from staffing.comparing.comparison import Comparison, compare
from staffing.plan.plan import Plan
from staffing.plan.writing import write_whole
from staffing.report import breakdown, burn, changes, gantt, heat, sides, tasks, weeks, worked
from staffing.report.answers.document import Record, checked
from staffing.report.answers.section import Section, is_of, sections
from staffing.report.decision import Line, decision
from staffing.report.language import ENGLISH_PAGE, Language, language_of, name
from staffing.report.names import Told
from staffing.report.sketch import sketch

if TYPE_CHECKING:
    from staffing.decisions.answer import Answer
    from staffing.scenario.scenario import Scenario


def page(plans: Sequence[Plan], answers: Sequence[Record] = ()) -> str:
    """Return one plan, or several side by side, as a whole HTML document, with a section for each answer.

    Parameters
    ----------
    plans
        Several are compared with the first. The first one's calendar chooses the language and the direction.
    answers
        Documents of answers; they may stand alone, and then ids stand for names.

    Returns
    -------
    str
        The same for the same plans. Its content security policy allows its own style and nothing else.

    Raises
    ------
    ValueError
        Without a plan and without an answer.
    """
    if not plans and not answers:
        raise ValueError("there is nothing to show: at least one plan is asked for")
    if not plans:
        return _of_answers(answers)
    say = language_of(plans[0])
    tolds = [Told(plan, say) for plan in plans]
    if len(tolds) == 1:
        return _render("plan.html", say, **_of_plan(tolds[0], answers))
    return _render("comparison.html", say, **_of_plans(tolds, answers))


def save(plans: Sequence[Plan], path: Path, answers: Sequence[Record] = ()) -> None:
    """Write the page into a file, whole or not at all.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    write_whole(path, page(plans, answers), encoding="utf-8")


def save_plan(plan: Plan, path: Path) -> None:
    """Write the page of one plan into a file."""
    save([plan], path)


def save_answer(answer: Answer, path: Path) -> None:
    """Write a page with an answer alone into a file."""
    save([], path, [checked(answer.as_document())])


def scenario_fragment(scenario: Scenario) -> str:
    """Return the HTML of a scenario for a notebook: its people, its clients, and how much work there is."""
    return _render("notebook_scenario.html", ENGLISH_PAGE, about=sketch(scenario, ENGLISH_PAGE))


def plan_fragment(plan: Plan) -> str:
    """Return the HTML of a plan for a notebook: its five lines, its heat map and its goals."""
    told = Told.of(plan)
    return _render("notebook_plan.html", told.say, told=told, lines=decision(told), heat=heat.heat(told))


def comparison_fragment(comparison: Comparison) -> str:
    """Return the HTML of a comparison for a notebook: measures, and the tasks that differ."""
    say = ENGLISH_PAGE
    clients = sides.differing(comparison, [Told(plan, say) for plan in comparison.plans])
    rows = [row for client in clients for row in client.rows]
    names = [name(text) for text in comparison.names]
    measures = sides.measures(comparison, say)
    return _render("notebook_comparison.html", say, names=names, measures=measures, rows=rows)


def answer_fragment(answer: Answer) -> str:
    """Return the HTML of an answer for a notebook: what its section on a page shows."""
    document = checked(answer.as_document())
    (section,) = sections([_nobody(document)], [document])
    return _render("notebook_answer.html", ENGLISH_PAGE, answer=section)


def _nobody(answer: Record) -> Told:
    """Return a plan that knows no names, for an answer that stands alone."""
    plan = Plan(answer.text("scenario"), answer.text("fingerprint"), "feasible", (), (), ())
    return Told(plan, ENGLISH_PAGE)


def _of_answers(answers: Sequence[Record]) -> str:
    """Return a page with answers alone."""
    tolds = [_nobody(answer) for answer in answers]
    drawn = sections(tolds, answers)
    view = {"title": tolds[0].title, "fingerprint": tolds[0].plan.fingerprint[:12]}
    return _render("answer.html", ENGLISH_PAGE, answers=drawn, sections=_heads((), drawn, ENGLISH_PAGE), **view)


def _heads(own: Sequence[str], answers: Sequence[Section], say: Language) -> list[tuple[str, Markup]]:
    """Return the anchors and heads of all sections, answers after those of the page itself."""
    return [*((head, say(head)) for head in own), *((one.anchor, one.head) for one in answers)]


def _of_plan(told: Told, answers: Sequence[Record]) -> dict[str, Any]:
    """Return everything that a page on one plan shows."""
    of_it = [answer for answer in answers if is_of(told, answer)]
    waiting, late, burnt = tasks.waiting(told, of_it), tasks.late(told), burn.burn(told)
    answered = sections([told], answers)
    done = worked.worked(told)
    changed = changes.changed(told)
    left_out = {
        "budgets": not (burnt.tables or burnt.without),
        "late": not late,
        "actuals": not done,
        "changed": not changed,
    }
    heads = ("decision", "changed", "people", "schedule", "budgets", "actuals", "late", "waiting", "weeks")
    return {
        "told": told,
        "facts": _facts(told),
        "sections": _heads([head for head in heads if not left_out.get(head)], answered, told.say),
        "answers": answered,
        "lines": decision(told, of_it),
        "heat": heat.heat(told),
        "gantt": gantt.gantt(told),
        "burn": burnt,
        "worked": done,
        "worked_folded": len(done) > worked.MOST_OPEN,
        "late": late,
        "changed": changed,
        "changed_folded": len(changed) > changes.MOST_OPEN,
        "waiting": waiting,
        "waiting_folded": sum(len(group.rows) for group in waiting) > tasks.MOST_OPEN,
        "pages": weeks.pages(told),
        "pages_folded": len(told.people) > weeks.MOST_OPEN,
    }


def _facts(told: Told) -> Markup:
    """Return what the plan is about: its weeks, people, clients and tasks, and how good it is."""
    say, plan = told.say, told.plan
    parts: list[object] = []
    if told.weeks:
        parts.append(
            say("span", weeks=say.count("weeks", len(told.weeks)), day=say.day(next(iter(told.weeks.values()))))
        )
    parts.append(say.count("people", len(told.people)))
    if plan.context is not None:
        parts.append(say.count("clients", len(plan.context.clients)))
    parts += [say.count("tasks", len(plan.results)), say.words[f"status_{plan.status}"]]
    return Markup(" · ").join(Markup.escape(part) for part in parts)


@dataclass(frozen=True, slots=True)
class _Side:
    """One plan of several."""

    name: Markup
    told: Told
    lines: tuple[Line, ...]
    heat: heat.Heat


def _of_plans(tolds: Sequence[Told], answers: Sequence[Record]) -> dict[str, Any]:
    """Return everything that a page on several plans shows."""
    comparison = compare([told.plan for told in tolds])
    names = [name(text) for text in comparison.names]
    differing = sides.differing(comparison, tolds)
    answered = sections(tolds, answers)
    return {
        "names": names,
        "sections": _heads(
            ("decisions", "measures", "people", "by_client", "by_person", "differences"), answered, tolds[0].say
        ),
        "answers": answered,
        "sides": [
            _Side(label, told, decision(told), heat.heat(told)) for label, told in zip(names, tolds, strict=True)
        ],
        "measures": sides.measures(comparison, tolds[0].say),
        "by_client": breakdown.clients(comparison, tolds),
        "by_person": breakdown.people(comparison, tolds),
        "most_open": breakdown.MOST_OPEN,
        "differing": differing,
        "tasks": len(comparison.fates),
        "differing_folded": sum(len(client.rows) for client in differing) > sides.MOST_OPEN,
    }


def _render(template: str, say: Language, **view: Any) -> str:
    style = _style_of_notebooks() if template.startswith("notebook") else _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    # the style is the package's own and must stand as it is: its digest is what the policy allows
    return (
        _environment()
        .get_template(template)
        .render(say=say, style=Markup(style), style_hash=f"sha256-{digest}", **view)
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("staffing.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return files("staffing.report").joinpath("style.css").read_text(encoding="utf-8")


@cache
def _style_of_notebooks() -> str:
    """Return the style with more weight than the notebook's own, which applies to every table in it."""
    return _style().replace(".plan-page", ".plan-page" * 3)
