"""Words that mean yes or no."""

from __future__ import annotations

import pytest

from staffing.timesheets.billing import NO, YES, is_billable

YESES = "yes Y TRUE 1 1.0 Ja Oui Sí Sim WAHR VRAI Да Evet نعم بله بلي آری はい ✓ Billable chargeable Abrechenbar ۱"
NOS = "no N FALSE 0 0.0 Nein Non Não FALSCH Нет Hayır HAYIR لا خیر خير いいえ ✗ ۰ Non-billable Nonbillable"


@pytest.mark.parametrize("word", YESES.split())
def test_words_that_mean_yes(word: str) -> None:
    assert is_billable(word) is True


@pytest.mark.parametrize(
    "word", [*NOS.split(), "non billable", "NOT BILLABLE", "Nicht-abrechenbar", "Non facturable", "No."]
)
def test_words_that_mean_no(word: str) -> None:
    assert is_billable(word) is False


@pytest.mark.parametrize("word", ["maybe", "internal", "2", "n/a", "?", "Ann Lee", "yes no"])
def test_words_that_are_not_known_mean_neither(word: str) -> None:
    assert is_billable(word) is None


def test_no_word_means_both() -> None:
    assert not YES & NO


def test_words_of_the_users_own_go_before_the_known_ones() -> None:
    assert is_billable("Internal", no=["internal"]) is False
    assert is_billable("retainer", yes=["Retainer"]) is True
    assert is_billable("yes", no=["yes"]) is False
