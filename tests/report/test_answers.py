"""Answers as sections of a page: what they say of which documents, with the plan's names, in both languages."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from markupsafe import Markup

from report.answers import ALL, BREAK_EVEN, EXPLAIN, HIRE, RISK, SWEEP, TRADE_OFF, WORTH
from report.plans import HOSTILE, persian, small
from report.test_page import Outline
from staffing.cli.group import staffing
from staffing.errors import InputError
from staffing.plan.obstacles.lacking import Lacked, most_lacked
from staffing.plan.obstacles.records import Because, Obstacle
from staffing.plan.plan import Plan
from staffing.report.answers import explain, sweep
from staffing.report.answers.document import KEYS, Record, checked, read
from staffing.report.answers.picture import Picture, Scale, ticks
from staffing.report.answers.section import VIEWS, sections
from staffing.report.decision import decision
from staffing.report.language import ENGLISH_PAGE, PERSIAN_PAGE
from staffing.report.names import Told
from staffing.report.page import page
from staffing.report.tasks import waiting


def plain(texts: object) -> Any:
    """Markup as the text that people read, in whatever it stands."""
    if isinstance(texts, Markup):
        return texts.striptags()
    return [plain(text) for text in texts] if isinstance(texts, (tuple, list)) else texts


def text_of(html: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", html, flags=re.DOTALL)
    return " ".join(Markup(body).striptags().split())


# the document


def test_every_question_has_a_section_and_words_in_both_languages() -> None:
    assert VIEWS.keys() == KEYS.keys() == ALL.keys()
    for question in KEYS:
        assert ENGLISH_PAGE(f"answer_{question}") != PERSIAN_PAGE(f"answer_{question}")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "this is no answer: it is not JSON"),
        ("[" * 100_000, "this is no answer: it is not JSON"),
        ("[]", 'this is no answer: it does not say "format": "staffing-answer/1"'),
        ('{"format": "staffing-plan/1"}', 'this is no answer: it does not say "format": "staffing-answer/1"'),
        (
            '{"format": "staffing-answer/2", "question": "hire"}',
            'this is no answer: it is of the format "staffing-answer/2", and staffing-answer/1 is read',
        ),
        (
            '{"format": "staffing-answer/1", "question": "why"}',
            'this is no answer on a page: its "question" is "why", and a page shows answers to '
            "explain, hire, worth, break-even, trade-off, sweep, risk",
        ),
        ('{"format": "staffing-answer/1"}', 'this is no answer on a page: its "question" is missing, and a page'),
        (
            '{"format": "staffing-answer/1", "question": "trade-off"}',
            'this is no answer: of an answer to "trade-off" it has no "points"',
        ),
        (
            '{"format": "staffing-answer/1", "question": "hire", "sets": null}',
            'this is no answer: of an answer to "hire" it has neither "sets" nor "ladder" nor "short_of"',
        ),
        (
            '{"format": "staffing-answer/1", "question": "worth", "hours": {"a": 1}}',
            'this is no answer: "hours" is no list',
        ),
    ],
)
def test_what_is_no_answer_is_refused_in_one_sentence(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "answer.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        read(file)
    (mistake,) = refused.value.errors
    assert str(mistake).startswith(f"{file}: {said}")


def test_values_of_another_kind_are_not_there() -> None:
    odd = Record({"a": [1, {"b": 2}], "c": "7", "d": float("nan"), "e": True, "f": 10**400, "g": {"x": "1", "y": 2}})
    assert odd.records("a") == (Record({"b": 2}),)
    assert [odd.number(key) for key in "acdef"] == [None] * 5
    assert (odd.amounts("g"), odd.texts("c"), odd.text("a"), "z" in odd) == ({"y": 2}, (), "", False)


def thinned(value: Any, number: int) -> Any:
    """A document in which every value in turn is missing, null, or of another kind."""
    if isinstance(value, dict):
        kinds: tuple[Any, ...] = ({}, None, "text", [None], -1e300)
        odd = {key: thinned(one, number + place) for place, (key, one) in enumerate(value.items())}
        return {
            key: kinds[(number + place) % 5] if (number + place) % 4 == 0 else one
            for place, (key, one) in enumerate(odd.items())
            if (number + place) % 7
        }
    return [thinned(one, number + place) for place, one in enumerate(value)] if isinstance(value, list) else value


@pytest.mark.parametrize("question", ALL)
def test_documents_that_lack_anything_are_drawn_all_the_same(question: str, long: bool) -> None:
    """Each beside one of three kinds of plans in turn; with ``--long`` beside all of them."""
    for number in range(60):
        document = thinned(ALL[question], number) | {"question": question}
        for key in KEYS[question]:
            document[key] = document.get(key) if isinstance(document.get(key), list) else ALL[question].get(key)
        beside: tuple[list[Plan], ...] = ([small()], [persian()], [])
        for plans in beside if long else beside[number % 3 : number % 3 + 1]:
            Outline(page(plans, [checked(document)]))


# on the page


@pytest.fixture(params=["plan", "in Persian", "side by side", "alone", "without names"])
def text(request: Any) -> str:
    plans = {
        "plan": [small()],
        "in Persian": [persian()],
        "side by side": [small(), persian()],
        "alone": [],
        "without names": [replace(small(), context=None)],
    }[request.param]
    return page(plans, [*map(checked, ALL.values()), checked(EXPLAIN)])


def test_a_page_with_answers_is_whole_and_can_be_listened_to(text: str) -> None:
    outline = Outline(text)
    ids = [given["id"] for _, given in outline.elements if "id" in given]
    assert len(ids) == len(set(ids))
    assert {f"answer-{question}" for question in ALL} | {"answer-explain-2"} <= set(ids)
    assert {(given["href"] or "")[1:] for given in outline.of("a")} <= set(ids)
    assert len(outline.of("table")) == len(outline.of("caption"))
    assert all("scope" in given for given in outline.of("th"))
    assert all(given.get("role") == "img" and given.get("aria-label") for given in outline.of("svg") if "role" in given)
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert all(levels[at + 1] <= levels[at] + 1 for at in range(len(levels) - 1))
    attributes = {name for _, given in outline.elements for name in given}
    assert not {name for name in attributes if name.startswith("on") or name in ("style", "src")}
    assert "url(" not in text


def test_the_persian_page_has_english_only_where_it_says_so() -> None:
    text = page([persian()], [checked(document) for document in ALL.values()])
    body = text[text.index('<section id="answer-explain"') : text.index('<section id="weeks"')]
    own = re.sub(r'<span lang="en" dir="ltr">.*?</span>|<bdi>.*?</bdi>|<text.*?</text>|<[^>]*>', "", body)
    assert re.findall("[A-Za-z]{2,}|[0-9]", own.replace("EUR", "")) == []
    assert '<span lang="en" dir="ltr">Omid works 2 hours of overtime in week 3.</span>' in body
    assert "<bdi>Omid</bdi> در هفته‌های ۲ تا ۳، ۶ ساعت وقتِ آزاد دارد" in body  # obstacles are said anew


def test_whatever_documents_say_is_text() -> None:
    def hostile(value: Any, number: int = 0) -> Any:
        if isinstance(value, dict):
            return {key: hostile(one, number + place) for place, (key, one) in enumerate(value.items())}
        if isinstance(value, list):
            return [hostile(one, number + place) for place, one in enumerate(value)]
        return HOSTILE[number % len(HOSTILE)] if isinstance(value, str) else value

    documents = [hostile(document) | {"question": question} for question, document in ALL.items()]
    for plans in ([small()], [persian()], []):
        text = page(plans, [checked(document) for document in documents])
        Outline(text)
        assert not re.search("<script|<img|<svg onload|\u202e|\x1b", text)
        assert "x" * 700 not in text


# what each says


def view(document: Mapping[str, Any], plan: Plan | None = None) -> Any:
    return VIEWS[document["question"]](Told.of(plan or small()), checked(document))


def test_why_a_task_waits_what_would_help_and_who_could_do_it() -> None:
    idea, late = view(EXPLAIN).entries
    assert plain((idea.task, idea.whose, idea.why)) == [
        "An idea",
        "Nova Water, Launch site",
        "Omid has 6 hours left in weeks 2 and 3; the task needs 8.",
    ]
    assert len(idea.obstacles) == 3
    assert plain(idea.help) == (
        "Omid works 2 hours of overtime in week 3 (value delivered +16, overtime hours +2, margin +410 EUR)"
    )
    assert plain([change.amount for change in idea.repairs]) == ["2 hours", "250 EUR"]
    assert plain([change.moves for change in idea.repairs]) == [  # beside the task itself
        [],
        ["Account plan (Nova Water)", "Talk (Nova Water)", "Talk (Nova Water)"],
    ]
    assert plain(idea.repairs[1].proof.at_best) == "at best: value delivered +16"
    figures = idea.repair_figures
    assert plain(figures.heads) == ["Value delivered", "Overtime hours", "Cost (EUR)", "Revenue (EUR)", "Margin (EUR)"]
    assert [(str(figure.text), figure.tone) for figure in figures.rows[0]] == [
        ("+16", "gain"),
        ("+2", "loss"),
        ("+90", "loss"),
        ("+500", "gain"),
        ("+410", "gain"),
    ]
    ((omid,), (sara,)) = (idea.candidates, idea.barred)
    assert (plain(omid.who), omid.priced, omid.forbidden) == ("Omid", True, ())
    assert (plain(sara.who), sara.priced, plain(sara.forbidden)) == ("Sara", False, ["It is for others."])
    assert (late.state, late.searched, late.repairs) == ("state_late", True, ())


def test_what_cannot_hold_together_is_listed() -> None:
    shown = view(EXPLAIN | {"conflict_text": "Two facts cannot hold together."})
    assert plain(shown.conflict) == ["An idea is must work.", "hours, Omid, Week 3"]
    assert plain(shown.conflict_text) == "Two facts cannot hold together."


def test_why_not_says_how_each_task_fares() -> None:
    fared = {"state": "delivered", "owners": ["omid"], "weeks": [2, 3]}
    moved = [{"task": "plan", "before": fared, "after": {"state": "waiting", "owners": [], "weeks": None}}]
    document = HEADED | {"tasks": [{"task": "idea", "candidates": [{"staff": "sara", "price": {}, "moved": moved}]}]}
    (sara,) = view(document).entries[0].candidates
    assert plain(sara.moved) == [["Account plan (Nova Water)", "Omid (weeks 2 to 3)", "waits"]]


HEADED = {key: value for key, value in EXPLAIN.items() if key not in ("tasks", "projects", "conflict", "more")}


def test_a_task_that_can_be_delivered_as_it_is_says_so_first() -> None:
    nothing = {"text": "A plan delivers it with nothing changed.", "price": {"value": 16}, "money": {}}
    entry = EXPLAIN["tasks"][0] | {"as_it_is": nothing}
    (told,) = view(HEADED | {"tasks": [entry]}).entries
    assert plain(told.help) == "A plan delivers it with nothing changed (value delivered +16)"


def test_whom_to_hire_and_what_each_further_hire_brings() -> None:
    shown = view(HIRE)
    assert plain(shown.headline) == "Cheapest, and proven so: New PM (24 h a week, from week 2)."
    assert plain([people for people, _ in shown.sets]) == [
        ["New PM (24 h a week, from week 2)"],
        ["Designer (8 h a week) ×2"],
    ]
    assert plain(shown.set_figures.heads) == ["Value delivered", "Cost (EUR)", "Revenue (EUR)", "Margin (EUR)"]
    assert [step.fates for step in shown.ladder] == [(3, 1, 1), (4, 1, 0), (4, 0, 0)]
    labels = [label.text for label in shown.picture.labels]
    assert labels[:5] == ["0 hired", "2", "1", "1", "cost 2,015.5 EUR, margin 3,009.5 EUR"]  # on time, late, waiting
    widths = [float(bar.width) for bar in shown.picture.bars[:3]]
    assert widths[0] == pytest.approx(2 * widths[1]) == pytest.approx(2 * widths[2])


def test_what_a_hire_changes_is_shown_beyond_what_the_plan_can_gain_by_itself() -> None:
    beyond = {"beyond": {"price": {"value": 8, "cost": 700}, "money": {"cost": 700, "revenue": 0, "margin": -700}}}
    other = HIRE | {"plan_gain": {"value": 8, "cost": 200}, "sets": [HIRE["sets"][0] | beyond]}
    (section,) = sections([Told.of(small())], [checked(other)])
    assert plain(section.notes) == [
        "The plan itself can gain: value delivered +8, cost +200. What follows is beyond that."
    ]
    figures = view(other).set_figures
    assert plain([cell.text for cell in figures.rows[0]]) == ["+8", "+700", "−700"]
    (section,) = sections([Told.of(small())], [checked(HIRE | {"plan_gain": {"value": 8}})])
    assert plain(section.notes)[0].endswith("What follows counts from the plan as it is.")


def test_where_no_hire_is_enough_it_is_said_what_stops_the_rest() -> None:
    shown = view(HIRE | {"sets": [], "short_of": "Nova's budget has 420 left."})
    assert plain((shown.headline, shown.short_of)) == [
        "No hires are enough for all of it.",
        "Nova's budget has 420 left.",
    ]
    assert plain(view(HIRE | {"sets": [{"hires": [], "proven": True}]}).headline) == "Nobody needs to be hired."


def test_what_an_hour_is_worth_is_a_map_of_roles_by_week() -> None:
    shown = view(WORTH)
    assert plain(shown.headline) == (
        "One more hour helps most here: Project manager, week 1 (value delivered +8, cost +40)."
    )
    managers, projects = shown.map.rows
    assert plain([managers.name, projects.name]) == ["Account manager", "Project manager"]
    assert [(cell.text, cell.level, cell.sure) for cell in managers.cells.values()] == [
        ("0", "h0", "estimate"),
        ("+2.5", "h2", "proven"),
        ("−15", "h1", "estimate"),  # of cost alone, which is named
    ]
    assert plain([cell.goal for cell in managers.cells.values()]) == ["", "", "cost"]
    assert [cell.level for cell in projects.cells.values()] == ["h4", "h3"]
    assert shown.map.any_missing  # project managers in week 3
    assert plain([row[:2] for row in shown.budgets.rows]) == [["Nova Water", "Jan 2026"], ["Brio Books", "Whole plan"]]
    assert plain([row[:2] for row in shown.deadlines.rows]) == [["An idea (Nova Water)", "Week 3"]]


def test_hours_that_were_not_solved_show_their_estimate() -> None:
    hours = [
        {"role": "pm", "staff": "omid", "week": week, "gain": None, "goal": goal, "estimate": 3.5, "proven": False}
        for week, goal in ((1, "value"), (2, "cost"))
    ]
    shown = view(WORTH | {"hours": hours, "goals": ["value", "cost"]})
    (omid,) = shown.map.rows
    assert plain(omid.name) == "Omid"
    assert [cell.text for cell in omid.cells.values()] == ["+3.5", "−3.5"]  # so much less cost
    assert plain(shown.headline) == "By estimate, one more hour helps most here: Omid, week 1 (value delivered +3.5)."


def test_an_hour_that_was_tried_and_does_harm_is_not_dark_and_estimates_do_not_overrule_it() -> None:
    hours = [
        {"role": "pm", "week": 1, "gain": {"value": -40}, "goal": "value", "estimate": 12, "proven": False},
        {"role": "pm", "week": 2, "gain": None, "goal": "value", "estimate": 11, "proven": False},
    ]
    shown = view(WORTH | {"hours": hours})
    (row,) = shown.map.rows
    assert [(cell.text, cell.level, cell.sure) for cell in row.cells.values()] == [
        ("−40", "h0", "tried"),
        ("+11", "h4", "estimate"),
    ]
    assert plain(shown.headline) == "Of the hours that were tried (1), none helps."


def test_where_no_hour_helps_it_is_said() -> None:
    hours = [{"role": "pm", "staff": None, "week": 1, "gain": {"value": 0}, "proven": True}]
    assert plain(view(WORTH | {"hours": hours}).headline) == "One more hour would help nowhere."
    assert view(WORTH | {"hours": hours}).map is None


def test_where_the_answer_turns_is_a_sentence_and_two_lines() -> None:
    shown = view(BREAK_EVEN)
    assert plain(shown.headline) == "at 41.5, One AM is better; at 41.51, AM and PM is better. Judged by cost."
    assert plain(shown.path) == "cost rate of Omid"
    assert [one.end for one in shown.points] == [False, True, True, False]
    assert [path.style for path in shown.picture.paths[-3:]] == ["of-first", "of-second", "mark"]
    assert "41.5 to 41.51" in [label.text for label in shown.picture.labels]
    equal = BREAK_EVEN | {"at_low": {"first": 4400, "second": 4400}, "low": 1.001, "high": 1.002, "unit": "factor"}
    shown = view(equal | {"path": "tasks.*.hours"})
    assert plain(shown.headline).startswith("at 1.001, both are equally good; at 1.002, AM and PM is better")
    assert plain(shown.path) == "hours of all tasks, times what it is"


def test_winners_may_be_told_as_first_and_second_and_nothing_may_turn() -> None:
    shown = view(BREAK_EVEN | {"winner_below": "first", "winner_above": "second"})
    assert plain(shown.headline).startswith("at 41.5, One AM is better; at 41.51, AM and PM is better")
    never = view(BREAK_EVEN | {"winner_above": "One AM", "points": []})
    assert plain(never.headline) == "One AM is better all the way. Judged by cost."
    assert never.picture is None


def test_sentences_of_the_answer_itself_are_told_too() -> None:
    own = "With the rate at 41.5 both are equally good."
    assert plain(view(BREAK_EVEN | {"text": own}).text) == own
    points = TRADE_OFF | {"text": "After 3 changes more gain nothing."}
    assert plain(view(points).headline) == "After 3 changes more gain nothing."
    assert plain(view(points, persian()).headline) == "پس از ۳ تغییر، تغییرِ بیشتر دیگر نمی‌ارزد."
    assert plain(view(HIRE | {"text": "Hire a PM."}).headline) == "Hire a PM."


def test_the_curve_marks_where_more_changes_no_longer_pay() -> None:
    shown = view(TRADE_OFF)
    assert plain(shown.headline) == "After 3 changes, more no longer pay."
    assert [point.enough for point in shown.points] == [False, False, False, True, False]
    assert plain(shown.figures.heads) == ["Value delivered", "Cost (EUR)", "Revenue (EUR)", "Margin (EUR)"]
    dots = [dot.style for dot in shown.picture.dots]
    assert dots == ["proven", "proven", "open", "proven", "ring", "proven"]
    assert "reach" in [path.style for path in shown.picture.paths]
    heights = [float(dot.y) for dot in shown.picture.dots if dot.style != "ring"]
    assert heights == sorted(heights, reverse=True)  # more value stands higher
    assert heights[3] == heights[4]


def test_an_answer_that_says_where_it_is_enough_is_believed() -> None:
    points = TRADE_OFF["points"][:4]
    proven = TRADE_OFF | {"points": points, "enough": 3, "enough_proven": True}
    assert plain(view(proven).headline) == "After 3 changes, more no longer pay."
    found = view(proven | {"enough_proven": False})
    assert plain(found.headline) == "More than 3 changes gained nothing in the time given."
    assert plain(view(TRADE_OFF | {"points": points}).headline) == "More changes pay up to the last point: 3 changes."


def test_chances_of_tasks_people_budgets_and_money() -> None:
    shown = view(RISK)
    assert plain(shown.tasks.rows[0]) == ["Account plan (Nova Water)", ["40%", "95%", "1%"]]
    assert plain(shown.budgets.rows) == [["Nova Water (Jan 2026)", ["30%", "1%"]]]
    assert plain(shown.money.rows)[1] == ["Margin", ["2,500", "3,000", "3,100"]]
    assert {plain(row.name): row.cells[week].level for row, week in zip(shown.map.rows, (2, 1), strict=True)} == {
        "Omid": "h3",
        "Sara": "h1",
    }


# pictures


def test_pictures_run_from_right_to_left_in_persian() -> None:
    def drawn(say: Any) -> Picture:
        picture = Picture(say, 100, 50, Markup("a picture"))
        picture.bar(10, 0, 30, 5, "s")
        picture.text(10, 5, "n")
        picture.path([(0, 0), (25, 5)], "p")
        return picture

    one, other = drawn(ENGLISH_PAGE), drawn(PERSIAN_PAGE)
    assert [(picture.bars[0].x, picture.labels[0].x) for picture in (one, other)] == [("10", "10"), ("60", "90")]
    assert (one.paths[0].points, other.paths[0].points) == ("0,0 25,5", "100,0 75,5")


def test_scales_and_ticks() -> None:
    assert Scale(0, 10, 100, 200)(2.5) == 125
    assert Scale(3, 3, 100, 200)(3) == 150
    assert ticks(0, 37) == [0, 10, 20, 30, 40]
    assert ticks(-3, 4) == [-4, -2, 0, 2, 4]
    assert ticks(1.0001, 1.0004)[0] <= 1.0001


# beside the plan


def test_the_waiting_list_carries_all_that_is_in_the_way_and_the_cheapest_help() -> None:
    ((idea,),) = (group.rows for group in waiting(Told.of(small()), [checked(EXPLAIN)]))
    assert len(idea.obstacles) == 3
    assert plain(idea.help).startswith("Omid works 2 hours")
    ((bare,),) = (group.rows for group in waiting(Told.of(small())))
    assert (bare.obstacles, bare.help) == ((), None)


def test_the_five_lines_name_the_cheapest_thing_that_would_help_most() -> None:
    document = copy.deepcopy(EXPLAIN)
    document["tasks"][1]["repairs"] = [{"text": "Sara begins earlier.", "price": {"lateness": -2}, "money": {}}]
    lines = decision(Told.of(small()), [checked(document)])
    assert [plain(line.help) for line in lines] == [
        None,
        "Cheapest help, for Account plan: Sara begins earlier (weighted weeks late −2).",
        "Cheapest help, for An idea: Omid works 2 hours of overtime in week 3 "
        "(value delivered +16, overtime hours +2, margin +410 EUR).",
        None,
        None,
    ]


def test_the_best_price_of_all_tasks_is_named_goal_by_goal() -> None:
    def repaired(task: str, **price: float) -> dict[str, Any]:
        return {"task": task, "state": "waiting", "repairs": [{"text": f"Mend {task}.", "price": price, "money": {}}]}

    prices = {"idea": (5, 0), "talk@1": (9, 80), "plan": (9, 90)}
    tasks = [repaired(task, value=value, cost=cost) for task, (value, cost) in prices.items()]
    told = Told.of(small())
    assert plain(explain.best_help(told, [checked(HEADED | {"tasks": tasks})], "waiting")).startswith(
        "Cheapest help, for Talk: Mend talk@1 (value delivered +9, cost +80"
    )


def lacking(*obstacles: Obstacle, values: tuple[int, ...] = (16, 16, 16)) -> Plan:
    """The small plan, in which tasks wait for obstacles; Nova's January budget has 250 left of 5,000."""
    plan = small()
    assert plan.context is not None
    result = plan.results[-1]
    names = [f"wait-{number}" for number in range(len(obstacles))]
    results = [replace(result, task=name, value=value) for name, value in zip(names, values, strict=False)]
    because = tuple(Because(name, obstacle) for name, obstacle in zip(names, obstacles, strict=True))
    return replace(plan, results=tuple(results), context=replace(plan.context, because=because))


BUDGET = Obstacle("budget", budget="nova", of="client", period="2026-01", needed=600, left=250)


def test_without_answers_the_budget_that_is_lacked_most_is_named_with_its_sum() -> None:
    plan = lacking(BUDGET, replace(BUDGET, needed=400))
    assert most_lacked(plan) == Lacked("client", "nova", "2026-01", 750, 2)  # 600 + 400 − 250
    assert plain(decision(Told.of(plan))[2].help) == (
        "What waiting tasks lack most is the Jan 2026 budget of Nova Water: 750 EUR more would pay for 2 of them."
    )


@pytest.mark.parametrize(
    "plan",
    [
        lacking(BUDGET, Obstacle("hours", staff="omid", weeks=(1,), needed=9, left=2), values=(10, 16)),
        lacking(replace(BUDGET, staff="omid")),  # another owner may burn less
        lacking(replace(BUDGET, period=None)),
        lacking(replace(BUDGET, period="2026-02")),  # not in the plan's measures
        lacking(replace(BUDGET, needed=200)),
        small(),
        replace(small(), context=None),
    ],
    ids=["more lacks hours", "one owner", "several periods", "no such budget", "enough", "not said", "no context"],
)
def test_where_arithmetic_cannot_say_what_is_lacked_nothing_is_said(plan: Plan) -> None:
    assert most_lacked(plan) is None
    assert decision(Told.of(plan))[2].help is None


def test_an_answer_about_another_scenario_says_so_and_is_kept_out_of_the_lines() -> None:
    other = EXPLAIN | {"fingerprint": "f" * 64, "scenario": "Brio", "plan_gain": {"value": 1250, "cost": 0}}
    (section,) = sections([Told.of(small())], [checked(other)])
    assert plain(section.notes) == [
        "This answer is about another scenario, Brio, than this plan: its figures need not hold here.",
        "The plan itself can gain: value delivered +1,250. What follows counts from the plan as it is.",
    ]
    assert "Cheapest help, for" not in page([small()], [checked(other)])


def test_of_several_plans_an_answer_speaks_with_the_names_of_its_own() -> None:
    renamed = replace(small(), fingerprint="e" * 64, scenario="Another", context=None)
    (section,) = sections([Told.of(renamed), Told.of(small())], [checked(EXPLAIN)])
    assert section.notes == ()
    assert plain(section.view.entries[0].task) == "An idea"


def test_alone_an_answer_is_told_by_its_own_names_or_by_ids() -> None:
    named = copy.deepcopy(EXPLAIN)
    named["tasks"][0] |= {"name": "A bright idea", "client_name": "Nova Water Ltd", "project_name": "Launch"}
    text = text_of(page([], [checked(named)]))
    assert "A bright idea Nova Water Ltd, Launch" in text
    assert "plan nova" in text


# the command


@pytest.fixture
def report(tmp_path: Path) -> Callable[..., Any]:
    small().save(tmp_path / "plan.json")

    def run(*documents: Any, plans: bool = True) -> Any:
        files = [str(tmp_path / "plan.json")] if plans else []
        for number, document in enumerate(documents):
            file = tmp_path / f"answer-{number}.json"
            file.write_text(json.dumps(document), encoding="utf-8")
            files.append(str(file))
        return CliRunner().invoke(staffing, ["report", *files, "-o", str(tmp_path / "page.html")])

    return run


def test_report_takes_answers_beside_plans(report: Callable[..., Any], tmp_path: Path) -> None:
    done = report(EXPLAIN, HIRE)
    assert (done.exit_code, done.stderr) == (0, f"{tmp_path / 'page.html'} written\n")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page([small()], [checked(EXPLAIN), checked(HIRE)])
    assert report(WORTH, plans=False).exit_code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page([], [checked(WORTH)])


def test_report_warns_of_answers_about_another_scenario(report: Callable[..., Any], tmp_path: Path) -> None:
    done = report(HIRE | {"fingerprint": "f" * 64})
    assert done.exit_code == 0
    assert done.stderr.startswith(
        f"warning: {tmp_path / 'answer-0.json'}: this answer is about another scenario than that of the plan\n"
    )


def test_report_refuses_what_is_neither_plan_nor_answer(report: Callable[..., Any], tmp_path: Path) -> None:
    for document in ({"format": "staffing-answer/1", "question": "why"}, {"a": 1}):
        done = report(document)
        assert done.exit_code == 1
        assert done.stderr.count("\n") == 1
        assert done.stderr.startswith(f"{tmp_path / 'answer-0.json'}: ")
        assert not (tmp_path / "page.html").exists()


def test_numbers_of_runs_do_not_cover_each_other() -> None:
    """Five runs at one place share one label; what is near has its own, on the other side of the dot."""
    points = {**dict.fromkeys(range(1, 6), (1000.0, 50.0)), 6: (1010.0, 50.0), 7: (5.0, 900.0)}
    runs = [SWEEP["runs"][0] | {"run": run, "measures": {"cost": x, "value": y}} for run, (x, y) in points.items()]
    shown = view(SWEEP | {"runs": runs, "front": list(points)})
    assert shown.picture is not None
    labels = {label.text: label for label in shown.picture.labels if label.style == "strong"}
    assert labels.keys() == {"1, 2, 3, 4, …", "6", "7"}
    assert float(labels["6"].y) - float(labels["1, 2, 3, 4, …"].y) >= sweep.LINE
