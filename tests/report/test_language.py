"""Words, digits, dates and names."""

from __future__ import annotations

import datetime as dt
import re
from typing import get_args

import pytest
from markupsafe import Markup

from report.plans import persian, small
from staffing.plan.obstacles.records import Hindrance
from staffing.plan.records import Reason, State, Status, Why
from staffing.report.language import ENGLISH_PAGE, LONGEST_NAME, PERSIAN_PAGE, language_of, name, plain
from staffing.report.words import ENGLISH
from staffing.report.words_persian import PERSIAN
from staffing.scenario.records import GOALS

DAY = dt.date(2026, 1, 5)  # 15 Dey 1404


def test_both_languages_have_every_word_with_the_same_gaps() -> None:
    def gaps(words: dict[str, str]) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}

    assert gaps(ENGLISH) == gaps(PERSIAN)


@pytest.mark.parametrize("words", [ENGLISH, PERSIAN])
def test_every_reason_goal_state_and_status_has_a_word(words: dict[str, str]) -> None:
    wanted = {f"reason_{reason}" for reason in get_args(Reason)} | {f"goal_{goal}" for goal in GOALS}
    wanted |= {f"state_{state}" for state in get_args(State)} | {f"status_{status}" for status in get_args(Status)}
    wanted |= {f"why_{why}" for why in get_args(Why)} | {f"hindrance_{kind}" for kind in get_args(Hindrance)}
    assert wanted <= words.keys()


def test_the_calendar_chooses_the_language() -> None:
    assert (language_of(small()).code, language_of(small()).direction) == ("en", "ltr")
    assert (language_of(persian()).code, language_of(persian()).direction) == ("fa", "rtl")


def test_persian_has_digits_and_signs_of_its_own() -> None:
    assert PERSIAN_PAGE.number(1234.5) == "۱٬۲۳۴٫۵"
    assert PERSIAN_PAGE.percent(0.94) == "۹۴٪"
    assert PERSIAN_PAGE.signed(-3) == "\u2066−۳\u2069"  # isolated, or the sign would wander to the other side
    assert PERSIAN_PAGE.count("tasks", 3) == "۳ کار"


def test_english_counts_in_singular_and_plural() -> None:
    assert [ENGLISH_PAGE.count("tasks", n) for n in (0, 1, 1200)] == ["0 tasks", "1 task", "1,200 tasks"]
    assert [ENGLISH_PAGE.signed(n) for n in (2.5, -2.5, 0)] == ["+2.5", "−2.5", "0"]


def test_what_is_not_known_is_a_dash() -> None:
    assert [ENGLISH_PAGE.number(None), ENGLISH_PAGE.percent(None), PERSIAN_PAGE.number(None)] == ["–", "–", "–"]


def test_dates_are_those_of_the_calendar() -> None:
    assert (ENGLISH_PAGE.day(DAY), ENGLISH_PAGE.day_and_month(DAY)) == ("5 Jan 2026", "5 Jan")
    assert (PERSIAN_PAGE.day(DAY), PERSIAN_PAGE.day_and_month(DAY)) == ("۱۵ دی ۱۴۰۴", "۱۵ دی")


@pytest.mark.parametrize(
    ("period", "english", "persian"),
    [
        ("2026-01", "Jan 2026", "۲۰۲۶-۰۱"),
        ("1405-01", "1405-01", "فروردین ۱۴۰۵"),
        ("2026-Q3", "Q3 2026", "۲۰۲۶-Q۳"),
        ("1405-Q1", "1405-Q1", "بهار ۱۴۰۵"),
        ("week 3", "Week 3", "هفتهٔ ۳"),
        ("horizon", "Whole plan", "کل برنامه"),
        ("2026-13", "2026-13", "۲۰۲۶-۱۳"),
        ("now and then", "now and then", "now and then"),
    ],
)
def test_periods_are_named_and_those_of_another_calendar_stay(period: str, english: str, persian: str) -> None:
    assert (ENGLISH_PAGE.period(period), PERSIAN_PAGE.period(period)) == (english, persian)


def test_names_are_escaped_isolated_cleaned_and_shortened() -> None:
    assert name("<b>&") == "<bdi>&lt;b&gt;&amp;</bdi>"
    assert plain("abc\u202edcba\nx\x00") == "abcdcba x"
    assert len(plain("x" * 10_000)) == LONGEST_NAME
    assert plain("x" * LONGEST_NAME) == "x" * LONGEST_NAME


def test_gaps_are_escaped_unless_they_are_markup() -> None:
    assert ENGLISH_PAGE("hired_says", names="<i>") == "Hired: &lt;i&gt;."
    assert ENGLISH_PAGE("hired_says", names=Markup("<i>")) == "Hired: <i>."


def test_a_sentence_begins_with_a_capital_but_a_name_stays() -> None:
    assert ENGLISH_PAGE.capital(Markup("value delivered")) == "Value delivered"
    assert ENGLISH_PAGE.capital(name("nova")) == "<bdi>nova</bdi>"


def test_roles_are_words() -> None:
    assert ENGLISH_PAGE.role("account_manager") == "<bdi>Account manager</bdi>"
    assert ENGLISH_PAGE.role("media_buyer") == "<bdi>Media buyer</bdi>"
    assert PERSIAN_PAGE.role("project_manager") == "<bdi>مدیر پروژه</bdi>"
