"""Capacity, periods and occurrences, each expectation reckoned by hand."""

from fractions import Fraction
from typing import Any

from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


def expanded(**change: Any) -> Expanded:
    """Four weeks from Monday, 5 January 2026, with one account manager."""
    return Scenario.model_validate(
        {
            "start": "2026-01-05",
            "weeks": 4,
            "staff": [{"id": "sara", "role": "account_manager"}],
            "clients": [{"id": "nova"}],
            **change,
        }
    ).expanded


def sara(**change: Any) -> Any:
    calendar = change.pop("calendar", {})
    staff = [{"id": "sara", "role": "account_manager", **change}]
    return expanded(staff=staff, calendar=calendar).people["sara"]


def repeated(*, weeks: Any = 4, **repeat: Any) -> dict[str, tuple[int, int]]:
    task = {"id": "call", "kind": "strategic", "client": "nova", "hours": 1, "repeat": repeat}
    jobs = expanded(weeks=weeks, tasks=[task]).jobs
    return {job.id: (job.earliest, job.deadline) for job in jobs.values()}


def test_a_week_of_five_days_has_the_whole_contract() -> None:
    assert sara().capacity == (40, 40, 40, 40)


def test_a_day_off_takes_a_fifth_of_the_week() -> None:
    person = sara(time_off=["2026-01-06"])
    assert (person.capacity[0], person.available_days[0], person.contract[0]) == (32, 4, 40)


def test_capacity_is_rounded_down_to_the_grid_and_contract_is_not() -> None:
    person = sara(weekly_hours=37, target_utilisation=0.7, start="2026-01-06")
    assert person.capacity[0] == Fraction("20.5")  # 37 × 0.7 × 4 ÷ 5 = 20.72
    assert person.contract[0] == Fraction(148, 5)


def test_a_contract_changes_day_by_day() -> None:
    person = sara(weekly_hours=[{"from": "2026-01-14", "hours": 20}])
    assert person.capacity == (40, 28, 20, 20)  # 2 days of 8 hours, 3 of 4


def test_weekends_off_and_holidays_on_weekends_take_nothing() -> None:
    assert sara(calendar={"holidays": ["2026-01-10"]}).capacity[0] == 40


def test_public_holidays_are_days_off() -> None:
    person = expanded(start="2025-12-29", calendar={"country": "GB"}).people["sara"]
    assert person.capacity[0] == 32  # New Year's Day is a Thursday


def test_iran_works_from_saturday_to_wednesday() -> None:
    assert expanded(calendar={"country": "IR"}).scenario.workdays == ("sat", "sun", "mon", "tue", "wed")


def test_copies_of_a_placeholder_are_people_of_their_own() -> None:
    view = expanded(staff=[{"id": "pm", "role": "project_manager", "placeholder": {"count": 3}}])
    assert list(view.people) == ["pm", "pm-2", "pm-3"]
    assert view.people["pm-3"].earlier_copy == "pm-2"


def test_a_repeat_comes_every_so_many_weeks() -> None:
    assert repeated(every=2) == {"call@1": (1, 1), "call@3": (3, 3)}


def test_a_repeat_from_before_the_horizon_keeps_its_phase() -> None:
    assert repeated(**{"every": 3, "from": "2025-12-29"}) == {"call@3": (3, 3)}  # weeks 0, 3


def test_a_window_is_cut_at_the_horizon() -> None:
    assert repeated(every=3, window=2) == {"call@1": (1, 2), "call@4": (4, 4)}


def test_until_is_a_limit_for_first_weeks_alone() -> None:
    assert repeated(every=1, until=2, window=2) == {"call@1": (1, 2), "call@2": (2, 3)}


def test_every_month_has_one_occurrence_over_the_weeks_that_begin_in_it() -> None:
    # weeks begin on 5, 12, 19, 26 January, 2, 9 February
    assert repeated(weeks=6, every="month") == {"call@1": (1, 4), "call@5": (5, 6)}
    assert repeated(weeks=6, every="month", window=2) == {"call@1": (1, 2), "call@5": (5, 6)}
    assert repeated(**{"weeks": 6, "every": "month", "from": 3}) == {"call@3": (3, 4), "call@5": (5, 6)}


def test_the_window_of_a_month_never_passes_its_last_week() -> None:
    # weeks begin on 5, 12, 19, 26 January, 2, 9, 16, 23 February, 2 March
    months = {"call@1": (1, 4), "call@5": (5, 8), "call@9": (9, 9)}
    assert repeated(weeks=9, every="month", window=6) == months == repeated(weeks=9, every="month")
    late = {"call@3": (3, 4), "call@5": (5, 7), "call@9": (9, 9)}  # of January, two weeks begin from week 3 on
    assert repeated(**{"weeks": 9, "every": "month", "from": 3, "window": 3}) == late


def test_spent_money_comes_off_the_first_period() -> None:
    client = {"id": "nova", "budget": {"amount": 100, "per": "month", "spent": 130}}
    periods = expanded(weeks=6, clients=[client]).budgets["client", "nova"]
    assert [(period.name, period.weeks, period.left) for period in periods] == [
        ("2026-01", (1, 2, 3, 4), Fraction(0)),
        ("2026-02", (5, 6), Fraction(100)),
    ]


def test_points_in_time_outside_the_horizon() -> None:
    def job(**points: str) -> tuple[int, int, int | None]:
        task = {"id": "a", "kind": "strategic", "client": "nova", "hours": 1, **points}
        only = expanded(tasks=[task]).jobs["a"]
        return only.earliest, only.deadline, only.due

    assert job(earliest="2025-12-01", deadline="2027-01-01", due="2027-01-01") == (1, 4, None)
    assert job(earliest="2026-02-02", deadline="2025-12-29", due="2025-12-29") == (5, 0, 0)
