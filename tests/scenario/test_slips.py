"""What people write by habit where a number or a date is asked, and what they mean by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from staffing.errors import ScenarioError
from staffing.loading import from_mapping
from staffing.scenario.slips import date_remedy, meant_dates, meant_number, meant_span, two_readings


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("1.200", "1200", "1.2"),
        ("10.000", "10000", "10"),
        ("1,200", "1200", "1.2"),
        ("-1.200", "-1200", "-1.2"),
        ("1.200 €", "1200", "1.2"),
        ("EUR 1.200", "1200", "1.2"),
        ("۱.۲۰۰", "1200", "1.2"),
        ("12.500%", "125", "0.125"),
    ],
)
def test_three_digits_after_one_mark_are_thousands_or_decimals(text: str, first: str, second: str) -> None:
    assert two_readings(text) == (Decimal(first), Decimal(second))


@pytest.mark.parametrize("text", ["0.500", "0,500", "1.20", "1234.567", "1.2000", "1.200.000", "1,008.5", "1200", ""])
def test_other_numbers_can_be_read_in_one_way_at_most(text: str) -> None:
    assert two_readings(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80%", "0.8"),
        ("۸۰٪", "0.8"),
        ("38,5", "38.5"),
        ("0,500", "0.5"),
        (",5", "0.5"),
        ("-,5", "-0.5"),
        ("1.008,5", "1008.5"),
        ("1,008.5", "1008.5"),
        ("1.200.000", "1200000"),
        ("10 000", "10000"),
        ("10\u00a0000", "10000"),
        ("10'000", "10000"),
        ("8h", "8"),
        ("8 hours", "8"),
        ("€ 50", "50"),
        ("8:30", "8.5"),
        ("3:20", "3.3333"),
        ("۱٬۲۰۰", "1200"),
    ],
)
def test_a_number_in_other_clothes_is_known(text: str, number: str) -> None:
    assert meant_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["much", "", "+", "1e5", "5-6", "1,2,3", "1.2.3", "8:75", "1" * 50])
def test_what_is_no_number_stays_none(text: str) -> None:
    assert meant_number(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("13.03.2026", ["2026-03-13"]),
        ("5. 3. 2026", ["2026-03-05"]),
        ("13.3.26", ["2026-03-13"]),
        ("13/03/2026", ["2026-03-13"]),
        ("03/13/2026", ["2026-03-13"]),
        ("05/03/2026", ["2026-03-05", "2026-05-03"]),
        ("05/05/2026", ["2026-05-05"]),
        ("1405/02/10", ["1405-02-10"]),
        ("۱۴۰۵/۰۲/۱۰", ["1405-02-10"]),
        ("2026-3-5", ["2026-03-05"]),
        ("2026-13-03", ["2026-03-13"]),
        ("20260313", ["2026-03-13"]),
        ("2026-03-13T00:00:00", ["2026-03-13"]),
        ("13 Jan 2026", ["2026-01-13"]),
        ("13-Jan-2026", ["2026-01-13"]),
        ("13. März 2026", ["2026-03-13"]),
        ("January 13, 2026", ["2026-01-13"]),
        ("46100", ["2026-03-19"]),
        ("31.02.2026", []),
        ("26-01-05", []),
        ("13 Foo 2026", []),
        ("soon", []),
        ("1" * 50, []),
    ],
)
def test_a_date_in_other_clothes_is_known(text: str, days: list[str]) -> None:
    assert list(meant_dates(text)) == days


@pytest.mark.parametrize("mark", [" - ", "-", "–", "..", "...", " to ", "/", ":", " bis ", " تا "])
def test_a_span_is_known_by_its_two_dates(mark: str) -> None:
    assert meant_span(f"2026-01-19{mark}2026-01-23") == ("2026-01-19", "2026-01-23")
    assert meant_span(f"19.01.2026{mark}23.01.2026") == ("2026-01-19", "2026-01-23")


@pytest.mark.parametrize("text", ["2026-01-19", "01/02/2026 - 02/02/2026", "2026-01-19 - soon", "-" * 50])
def test_what_is_no_span_of_known_days_stays_none(text: str) -> None:
    assert meant_span(text) is None


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("13.03.2026", "; write 2026-03-13"),
        ("05/03/2026", "; write 2026-03-05 or 2026-05-03"),
        ("46100", "; a spreadsheet keeps 2026-03-19 as this number: write 2026-03-19"),
        ("2026-01-19 - 2026-01-23", "; one date is allowed here"),
        ("soon", ""),
    ],
)
def test_a_remedy_shows_the_date(text: str, remedy: str) -> None:
    assert date_remedy(text) == remedy


ALLOWED = "more than 0, at most 100000, with at most 4 decimals"


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("weekly_hours", "1.200", '"1.200" can be read in two ways, as 1200 and as 1.2: write the one that is meant'),
        ("weekly_hours", "38,5", f'"38,5" is not a number: {ALLOWED}; write 38.5'),
        ("weekly_hours", "40", f'"40" is not a number: {ALLOWED}; write 40, without quotes'),
        ("weekly_hours", Decimal("1.23456"), f"1.23456 is too fine: {ALLOWED}; round it to 1.2346"),
        (
            "weekly_hours",
            10 / 3,
            f"3.3333333333333335 is too fine: {ALLOWED}; round it to 3.3333, in a formula by =ROUND(..., 4)",
        ),
        ("weekly_hours", Decimal("0.00001"), f"0.00001 is too fine: {ALLOWED}"),
        ("max_clients", Decimal("2.5"), "2.5 is too fine: at least 0, at most 156, a whole number"),
        ("time_off", "a, b", '"a, b" is not a list; write [a, b]'),
        ("skills", "a; b", '"a; b" is neither a list of skills nor a mapping of skills to levels; write [a, b]'),
        (
            "time_off",
            ["2026-01-19..2026-01-23"],
            '"2026-01-19..2026-01-23" is not a date: days off from one to another are '
            "{from: 2026-01-19, to: 2026-01-23}",
        ),
        ("time_off", ["13.03.2026"], '"13.03.2026" is not a date: a date is YYYY-MM-DD; write 2026-03-13'),
    ],
)
def test_every_format_tells_the_remedy(field: str, value: object, says: str) -> None:
    with pytest.raises(ScenarioError) as wrong:
        from_mapping(
            {"start": "2026-01-05", "weeks": 4, "staff": [{"id": "a", "role": "account_manager", field: value}]}
        )
    (mistake,) = wrong.value.errors
    assert mistake.message == says
