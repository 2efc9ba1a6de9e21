"""What looks the same, and what tells it apart."""

import pytest

from staffing.scenario.spelling import Twins, alike, difference, forms, invisible_in

SAME = [
    ("SEO", "seo", "capitals count"),
    ("STRASSE", "Straße", "capitals count"),
    ("ΝΙΚΗ", "νικη", "capitals count"),
    ("media buying ", "media  buying", "blanks count"),
    ("аnna", "anna", 'its "а" is CYRILLIC SMALL LETTER A (U+0430), not LATIN SMALL LETTER A (U+0061)'),
    ("Νova", "nova", 'its "Ν" is GREEK CAPITAL LETTER NU (U+039D), not LATIN SMALL LETTER N (U+006E)'),
    ("علي", "علی", 'its "ي" is ARABIC LETTER YEH (U+064A), not ARABIC LETTER FARSI YEH (U+06CC)'),
    ("كاوه", "کاوه", 'its "ك" is ARABIC LETTER KAF (U+0643), not ARABIC LETTER KEHEH (U+06A9)'),
    ("task۱", "task1", 'its "۱" is EXTENDED ARABIC-INDIC DIGIT ONE (U+06F1), not DIGIT ONE (U+0031)'),
    ("nova–plan", "nova-plan", 'its "–" is EN DASH (U+2013), not HYPHEN-MINUS (U+002D)'),
    ("an\u200bna", "anna", "it holds the invisible ZERO WIDTH SPACE (U+200B)"),
    ("anna", "an\u00adna", "the other holds the invisible SOFT HYPHEN (U+00AD)"),
    ("\u200fanna", "anna", "it holds the invisible RIGHT-TO-LEFT MARK (U+200F)"),
    ("media\u00a0buying", "media buying", "it holds the invisible NO-BREAK SPACE (U+00A0)"),
    ("a\ufe0f", "a", "it holds the invisible VARIATION SELECTOR-16 (U+FE0F)"),
    (
        "rene\u0301",
        "ren\u00e9",
        "its accents are coded in another way, as signs of their own or as parts of their letters",
    ),
    ("ﬁlm", "film", 'its "ﬁ" is LATIN SMALL LIGATURE FI (U+FB01), not LATIN SMALL LETTER F (U+0066)'),
    ("a\u200b\u200b", "a\u200b", "some of its letters only look the same"),
]


@pytest.mark.parametrize(("word", "other", "said"), SAME, ids=[ascii(word) for word, _, _ in SAME])
def test_what_looks_the_same_is_found_and_told_apart(word: str, other: str, said: str) -> None:
    assert set(forms(word)) & set(forms(other))
    assert difference(word, other) == said
    twins = Twins()
    assert [twins.of(each) for each in (other, other, word)] == [None, None, other]


@pytest.mark.parametrize(("one", "other"), [("seo", "sea"), ("plan-1", "plan-2"), ("vera", "вера"), ("é", "e")])
def test_what_does_not_look_the_same_is_let_be(one: str, other: str) -> None:
    assert not set(forms(one)) & set(forms(other))


def test_capitals_and_other_scripts_may_come_together() -> None:
    assert set(forms("SЕО")) & set(forms("seo"))
    assert 'its "Е" is CYRILLIC CAPITAL LETTER IE (U+0415)' in difference("SЕО", "seo")


def test_names_of_people_are_compared_without_what_nobody_sees() -> None:
    assert alike(" Sara\u00a0 KHAN\u200f ") == alike("sara khan")
    assert alike("مهدي") == alike("مهدی")


def test_only_what_is_not_seen_is_invisible() -> None:
    assert invisible_in("anna becker") is None
    assert invisible_in("anna\tbecker") == "character (U+0009)"
