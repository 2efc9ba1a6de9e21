"""Every page in a browser without a network: its figures are in it, and nothing is asked for, said or run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from report.answers import ALL
from report.plans import drawn, hostile, persian, small

import staffing
from browser.conftest import Open
from staffing.comparing.comparison import compare
from staffing.plan.plan import Plan
from staffing.report.answers.document import checked

SCENARIOS = Path(__file__).parents[2] / "scenarios"
PAGES = {
    "one plan": [small()],
    "in Persian": [persian()],
    "of hostile names": [hostile()],
    "without names": [replace(small(), context=None)],
    "of a year": [drawn(people=35, tasks=150, weeks=52, clients=6)],
    "side by side": [small(), replace(drawn(people=12, tasks=60, weeks=14, clients=3)), hostile()],
    "side by side in Persian": [persian(), hostile()],
}
CONTRAST = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const light = c => { c /= 255; return c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => .2126 * light(r) + .7152 * light(g) + .0722 * light(b);
  const paper = element => {
    for (let at = element; at; at = at.parentElement) {
      const c = channels(getComputedStyle(at).backgroundColor);
      if (c.length === 3 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const worst = {};
  for (const element of document.body.querySelectorAll('*')) {
    if (![...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())) continue;
    if (element.closest('.skip, .vh')) continue;
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(paper(element))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    const where = element.tagName + '.' + element.className + ' in ' + element.parentElement.className;
    if (ratio < 4.5) worst[where] = ratio;
  }
  return worst;
}"""


@pytest.mark.parametrize("plans", PAGES.values(), ids=PAGES.keys())
def test_a_page_opens_quietly_and_never_scrolls_sideways(opened: Open, plans: list[Plan]) -> None:
    with opened(plans, width=390) as seen:
        assert seen.width_beyond() == 0
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert seen.width_beyond() == 0
        seen.page.set_viewport_size({"width": 800, "height": 800})
        assert seen.width_beyond() == 0


ANSWERS = [checked(document) for document in ALL.values()]


@pytest.mark.parametrize("plans", [[small()], [persian()], [small(), persian()], []], ids=["one", "fa", "two", "none"])
def test_answers_open_quietly_and_never_scroll_sideways(opened: Open, plans: list[Plan]) -> None:
    with opened(plans, width=390, answers=ANSWERS) as seen:
        assert seen.width_beyond() == 0
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert seen.width_beyond() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_stand_out_from_their_paper(opened: Open, scheme: str) -> None:
    with opened([small()], answers=ANSWERS, color_scheme=scheme) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        seen.page.evaluate("document.querySelectorAll('svg text[class^=on-]').forEach(one => one.remove())")
        assert seen.page.evaluate(CONTRAST) == {}


@pytest.mark.parametrize("plans", [[small()], [persian()]], ids=["en", "fa"])
def test_labels_of_pictures_stay_within_them(opened: Open, plans: list[Plan]) -> None:
    with opened(plans, answers=ANSWERS) as seen:
        beyond = seen.page.eval_on_selector_all(
            ".picture text",
            "all => all.filter(one => { const a = one.getBoundingClientRect(), b = one.ownerSVGElement"
            ".getBoundingClientRect(); return a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 "
            "|| a.bottom > b.bottom + 1 }).map(one => one.textContent)",
        )
        assert beyond == []
        assert len(seen.texts(".picture text")) > 20


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("plans", [PAGES["one plan"], PAGES["side by side"]], ids=["one", "several"])
def test_text_stands_out_from_its_paper(opened: Open, plans: list[Plan], scheme: str) -> None:
    with opened(plans, color_scheme=scheme) as seen:
        seen.page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert seen.page.evaluate(CONTRAST) == {}


def test_the_figures_of_a_shipped_scenario_are_in_its_page(opened: Open) -> None:
    plan = staffing.solve(staffing.load(SCENARIOS / "am-pm.yaml"), time_limit=4)
    with opened([plan]) as seen:
        delivered, late, waiting, cost, _ = seen.texts(".lines strong")
        metrics = plan.metrics
        assert delivered == f"{metrics['delivered_tasks']} of {len(plan.results)} tasks"
        assert late.startswith(f"{metrics['late_tasks']} task" if metrics["late_tasks"] else "Nothing")
        assert waiting.startswith(f"{metrics['waiting_tasks']} task" if metrics["waiting_tasks"] else "Nothing")
        assert cost == f"{metrics['cost']:,} EUR"
        cells = seen.page.eval_on_selector_all(
            ".heat tbody:not(.total) td:not(.sum)", "all => all.map(one => one.firstChild.data)"
        )
        assert [float(cell) for cell in cells] == plan.people["hours"].tolist()
        bars = [bar.rstrip("!") for bar in seen.texts(".gantt .b")]  # the mark of what is late
        assert sum(map(float, bars)) == metrics["planned_hours"]
        shares = [float(share.rstrip("%")) for share in seen.texts(".burn strong")]
        burnt = [100 * (entry["burn"] + entry["spent"]) / entry["amount"] for entry in metrics["budgets"]]
        assert shares == pytest.approx(burnt, abs=0.5)
        hours = seen.texts(".week td:last-child")
        assert sum(map(float, hours)) == metrics["planned_hours"]


def test_kinds_are_told_apart_without_colours(opened: Open) -> None:
    with opened([small()]) as seen:
        marks = seen.page.eval_on_selector_all(
            ".gantt .k",
            "all => all.map(one => [one.textContent, one.ariaLabel, getComputedStyle(one).borderRadius])",
        )
        (strategic, tactical) = ({tuple(mark) for mark in marks if mark[0] == letter} for letter in "ST")
        assert {mark[1] for mark in strategic} == {"strategic"}
        assert {mark[1] for mark in tactical} == {"tactical"}
        assert {mark[2] for mark in tactical} == {"50%"}  # a circle, and the other a square
        assert "50%" not in {mark[2] for mark in strategic}


def test_persian_runs_from_right_to_left(opened: Open) -> None:
    with opened([persian()]) as seen:
        weeks = seen.page.eval_on_selector_all(
            ".heat thead th", "all => all.map(one => one.getBoundingClientRect().left)"
        )
        assert weeks == sorted(weeks, reverse=True)
        assert seen.texts(".lines strong")[0] == "۳ از ۴ کار"
        assert seen.texts(".heat tbody.total td")[0] == "۵۶٫۵۲۸٪"  # hours, and under them the share


def test_hostile_names_are_inert(opened: Open) -> None:
    for plans in ([hostile()], [small(), hostile()]):
        with opened(plans) as seen:
            assert seen.page.locator("script, img, svg[onload], [onerror], [onmouseover]").count() == 0
            assert "<script>alert(1)</script>" in seen.page.inner_text("body")
            seen.page.mouse.move(300, 300)


def test_the_keyboard_reaches_everything(opened: Open) -> None:
    with opened([drawn(people=40, tasks=200, weeks=10, clients=4)], width=800) as seen:
        page = seen.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.focus(".person summary")
        page.keyboard.press("Enter")
        assert page.locator("#p1").is_visible()


def test_a_name_leads_to_its_folded_weeks(opened: Open) -> None:
    with opened([drawn(people=6, tasks=60, weeks=8, clients=2)]) as seen:
        assert not seen.page.locator("#p4").is_visible()
        seen.page.click(".heat a[href='#p4']")
        assert seen.page.locator("#p4").is_visible()


def test_in_print_everything_is_unfolded_and_everybody_has_a_page(opened: Open) -> None:
    def printed() -> int:
        pdf = seen.page.pdf(prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b", pdf))

    with opened([drawn(people=6, tasks=60, weeks=8, clients=2)]) as seen:
        assert printed() >= 1 + 6
        seen.page.click(".heat a[href='#p4']")
        assert printed() == 1


def test_the_largest_page_opens_in_seconds(opened: Open) -> None:
    with opened([drawn(people=150, tasks=3000, weeks=52, length=24)]) as seen:
        taken = seen.page.evaluate("performance.getEntriesByType('navigation')[0].domComplete")
        assert taken < 10_000
        assert len(seen.texts(".person")) == 150


NOTEBOOK = """
.jp-RenderedHTMLCommon table { border-collapse: collapse; border: none; table-layout: fixed; margin: 0 auto 1em }
.jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th { padding: .5em; white-space: normal; max-width: none }
:not(.jp-RenderedMarkdown).jp-RenderedHTMLCommon :is(td, th) { text-align: right }
.jp-OutputArea-output dl, .jp-OutputArea-output dt, .jp-OutputArea-output dd { display: block }
.jp-OutputArea-output dl { width: 100%; overflow: hidden; padding: 0; margin: 0 }
.jp-OutputArea-output dt { font-weight: bold; float: left; width: 20%; padding: 0; margin: 0 }
.jp-OutputArea-output dd { float: left; width: 80%; padding: 0; margin: 0 }
"""
"""What a notebook says of every table and list in it."""


def test_labels_stay_whole_in_a_notebook(browser: Browser) -> None:
    shown = [small()._repr_html_(), persian()._repr_html_(), compare([small(), persian()])._repr_html_()]
    html = "".join(
        f'<div class="jp-RenderedHTMLCommon jp-OutputArea-output" style="width: 480px">{one}</div>' for one in shown
    )
    page = browser.new_page(viewport={"width": 500, "height": 900})
    page.set_content(f"<!doctype html><style>{NOTEBOOK}</style>{html}")
    labels = "all => all.map(one => getComputedStyle(one).whiteSpace)"
    found = page.eval_on_selector_all(".heat th[scope=row], .figures th[scope=row]", labels)
    assert found
    assert set(found) == {"nowrap"}
    sides = page.eval_on_selector_all(".heat th[scope=row]", "all => all.map(one => getComputedStyle(one).textAlign)")
    assert set(sides) == {"start"}
    layouts = page.eval_on_selector_all("table.heat", "all => all.map(one => getComputedStyle(one).tableLayout)")
    assert set(layouts) == {"auto"}
    cut = "all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.textContent)"
    assert page.eval_on_selector_all(".lines dt", cut) == []
    weights = page.eval_on_selector_all(".lines dt", "all => all.map(one => getComputedStyle(one).fontWeight)")
    assert set(weights) == {"400"}
    page.close()
