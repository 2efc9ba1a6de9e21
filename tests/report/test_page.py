"""The whole page: its policy, its size, what it says to people who listen to it."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from report.plans import HOSTILE, drawn, hostile, persian, small
from staffing.comparing.comparison import compare
from staffing.errors import OutputError
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult
from staffing.report.page import page, save

VOID = {"meta", "col", "rect"}


class Outline(HTMLParser):
    """Read a page as a browser does: its elements, and that each is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def of(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]


@pytest.fixture(
    params=[small(), persian(), hostile(), replace(small(), context=None), None],
    ids=lambda plan: "plan" if plan else "",
)
def text(request: Any) -> str:
    plans = [request.param] if request.param is not None else [small(), persian(), hostile()]
    return page(plans)


@pytest.mark.parametrize(("plan", "cell"), [(small(), "not bounded"), (persian(), "معلوم نیست")])
def test_a_goal_that_is_not_bounded_says_so_in_its_cell(plan: Plan, cell: str) -> None:
    late = GoalResult("lateness", 12, 12, None, 12, False)
    assert f"<td>{cell}</td>" in page([replace(plan, goals=(*plan.goals, late))])
    assert f"<td>{cell}</td>" not in page([plan])


def test_the_policy_allows_the_page_its_own_style_and_nothing_else(text: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in text


def test_nothing_runs_and_nothing_is_fetched(text: str) -> None:
    outline = Outline(text)
    tags = {tag for tag, _ in outline.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "base", "form", "input", "use", "image"}
    attributes = {name for _, given in outline.elements for name in given}
    assert not {
        name for name in attributes if name.startswith("on") or name in ("style", "src", "srcset", "xlink:href")
    }
    assert all((given["href"] or "").startswith("#") for given in outline.of("a"))
    assert "url(" not in text
    assert "@import" not in text


def test_links_lead_somewhere_and_ids_are_unique(text: str) -> None:
    outline = Outline(text)
    ids = [given["id"] for _, given in outline.elements if "id" in given]
    assert len(ids) == len(set(ids))
    assert {(given["href"] or "")[1:] for given in outline.of("a")} <= set(ids)


def test_it_can_be_listened_to(text: str) -> None:
    outline = Outline(text)
    assert len(outline.of("table")) == len(outline.of("caption"))
    assert all("scope" in given for given in outline.of("th"))
    assert all(
        given.get("role") == "region" and given.get("aria-label") for given in outline.of("div") if "tabindex" in given
    )
    assert len(outline.of("h1")) == 1
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert all(next_ <= level + 1 for level, next_ in pairwise(levels))
    assert outline.of("html")[0]["lang"] in ("en", "fa")
    assert outline.of("body")[0]["id"] == "top"
    assert outline.elements[outline.elements.index(("body", outline.of("body")[0])) + 1][1]["class"] == "skip"


def test_names_are_text_whatever_they_say() -> None:
    text = page([hostile()])
    assert "<script>alert" not in text
    assert "<img" not in text
    assert "{{ 7 * 7 }}" in text  # nor is it a template
    assert "\u202e" not in text
    assert "\x1b" not in text
    assert "x" * 100 not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert len(HOSTILE) == 8


def test_persian_reads_from_right_to_left_in_its_own_words_dates_and_digits() -> None:
    text = page([persian()])
    assert '<html lang="fa" dir="rtl">' in text
    assert "۳ هفته از ۱۵ فروردین ۱۴۰۵" in text
    assert "<small>۲۲ فروردین</small>" in text
    assert "فروردین ۱۴۰۵" in text
    body = re.sub(r"<[^>]*>", "", text[text.index("<main") : text.index("<footer")])
    assert not re.search("[0-9]", body)
    assert "Week" not in body


def test_the_first_plan_chooses_the_language_of_several() -> None:
    assert page([persian(), small()]).startswith('<!doctype html>\n<html lang="fa" dir="rtl">')
    assert page([small(), persian()]).startswith('<!doctype html>\n<html lang="en" dir="ltr">')


@pytest.mark.parametrize(("weeks", "length"), [(52, 24), (16, 14)], ids=["a year", "a quarter, all busy"])
def test_150_people_and_3000_tasks_stay_under_5_megabytes(weeks: int, length: int) -> None:
    plan = drawn(people=150, tasks=3000, weeks=weeks, length=length)
    text = page([plan])
    assert len(plan.assigned) > 15_000
    assert len(text.encode()) < 4_000_000
    assert text.count('<details class="person">') == 150  # folded
    assert "open>" not in text


def test_two_of_the_largest_plans_side_by_side_stay_under_5_megabytes() -> None:
    assert len(page([drawn(), drawn(tasks=2900)]).encode()) < 5_000_000


def test_the_same_plan_is_the_same_page() -> None:
    assert page([small()]) == page([small()])


def test_a_plan_of_nothing_is_a_page() -> None:
    empty = Plan("Nothing", "0" * 64, "optimal", (), (), ())
    assert "Nothing is planned." in page([empty])
    assert "The plan delivers every task." in page([empty])
    assert "No task differs" in page([empty, empty])


def test_no_plan_is_no_page() -> None:
    with pytest.raises(ValueError, match="at least one plan"):
        page([])


def test_a_page_is_written_whole(tmp_path: Path) -> None:
    save([small()], tmp_path / "plan.html")
    assert (tmp_path / "plan.html").read_text(encoding="utf-8") == page([small()])
    with pytest.raises(OutputError):
        save([small()], tmp_path / "no" / "plan.html")


def test_a_notebook_shows_a_plan_with_the_page_s_own_parts() -> None:
    html = small()._repr_html_()
    assert "Nova &amp; &lt;b&gt;sons&lt;/b&gt;" in html
    assert 'class="heat"' in html
    assert "<a " not in html  # there is no page of weeks to go to
    assert 'dir="rtl"' in persian()._repr_html_()
    Outline(html)


def test_a_notebook_shows_a_comparison_with_the_page_s_own_parts() -> None:
    one, two = small(), hostile()
    html = compare([one, replace(two, results=two.results[:2])])._repr_html_()
    assert "&lt;script&gt;" in html
    assert 'class="figures sides"' in html
    assert "not in this plan" in html
    assert "No task differs" in compare([one, one])._repr_html_()
    Outline(html)
