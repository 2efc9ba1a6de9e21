"""The five lines."""

from __future__ import annotations

from dataclasses import replace

from report.plans import drawn, persian, small
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult
from staffing.report.decision import decision
from staffing.report.names import Told


def lines(plan: Plan) -> list[tuple[str, str, str]]:
    return [(line.label, line.figure.striptags(), line.text.striptags()) for line in decision(Told.of(plan))]


def test_five_lines_say_what_the_plan_says() -> None:
    assert lines(small()) == [
        (
            "Delivered",
            "3 of 4 tasks",
            "Worth 40 of 56. 56.5 of 200 hours planned (28%), 2.5 hours of overtime, "
            "0 hours lost by switching clients.",
        ),
        ("Slips", "1 task late", "1 week altogether: Account plan (Nova Water, due week 1, 1 week late)."),
        (
            *("Waits", "1 task waiting"),
            "Worth 16. No room found in the time given (1): An idea (Nova Water, Launch site, 8 h, due week 3).",
        ),
        ("Costs", "2,015.5 EUR", "Revenue 5,025 EUR, margin 3,009.5 EUR."),
        (
            "Proof",
            "Value delivered: at least 71% of the best",  # 40 of at most 56
            "Value delivered 40, at most 56 possible. Proven: must work waiting, hours. "
            "Each goal is judged among plans as good at the goals before it.",
        ),
    ]


def test_good_news_is_marked_as_such() -> None:
    plan = small()
    results = tuple(result for result in plan.results if result.state == "delivered")
    goals = (GoalResult("cost", 9, 9, 9, 9, True),)
    plan = replace(plan, results=results, goals=goals, metrics=plan.metrics | {"waiting_tasks": 0})
    said = decision(Told.of(plan))
    assert [line.tone for line in said] == ["good", "good", "good", "plain", "good"]
    assert [line.figure for line in said[1:3]] == ["Nothing is late", "Nothing waits"]
    assert said[4].text == "No plan does better at any of the 1 goals, taken in their order."


def test_must_work_that_waits_comes_first_and_hires_are_named() -> None:
    plan = replace(small(), hired=("new",), metrics=small().metrics | {"must_waiting_hours": 8.0})
    said = lines(plan)
    assert said[2][2].startswith("Worth 16. 8 hours of must work among them; no room")
    assert said[3][2].endswith("Hired: New PM.")


def test_a_goal_that_is_to_be_small_has_no_share_of_the_best() -> None:
    plan = replace(small(), goals=(GoalResult("lateness", 6, 6, 0, 6, False),))
    assert lines(plan)[4][1:] == (
        "Weighted weeks late: 6, at best 0",
        "Weighted weeks late 6, no less than 0 possible. "
        "Each goal is judged among plans as good at the goals before it.",
    )


LATE = GoalResult("lateness", 12, 12, None, 12, False)
FAR = GoalResult("contacts", 5, 5, None, 5, False)


def test_goals_that_are_not_bounded_are_told_as_such() -> None:
    assert lines(replace(small(), goals=(*small().goals, LATE, FAR)))[4][1:] == (
        "Value delivered: at least 71% of the best",
        "Value delivered 40, at most 56 possible. "
        "Not bounded, so how much better a plan could be is not known: weighted weeks late 12; extra points of "
        "contact 5. Proven: must work waiting, hours. Each goal is judged among plans as good at the goals before it.",
    )


def test_where_the_first_open_goal_is_not_bounded_the_figure_says_so() -> None:
    told = lines(replace(small(), goals=(LATE,)))[4]
    assert told[1] == "Weighted weeks late: 12, not bounded"
    assert told[2].startswith("Not bounded, so how much better a plan could be is not known: weighted weeks late 12. ")


def test_goals_that_are_not_bounded_are_told_in_persian_as_well() -> None:
    told = lines(replace(persian(), goals=(LATE,)))[4]
    assert told[1] == "هفته‌های دیرکرد با وزن: ۱۲، کرانش معلوم نیست"
    assert told[2].startswith("کران این‌ها معلوم نیست")


def test_without_goals_nothing_is_proven() -> None:
    assert lines(replace(small(), goals=()))[4][1] == "Nothing is proven"


def test_long_lists_are_cut_and_counted() -> None:
    said = lines(drawn(people=5, tasks=200, weeks=8, clients=3))
    assert "and 20 more" in said[1][2]  # 23 late
    assert said[2][2].count("more") == 6  # one name for each of five reasons, one of which says "worth more"


def test_a_plan_of_other_making_may_know_no_measures() -> None:
    plan = replace(small(), metrics={}, context=None)
    assert lines(plan)[0][1:] == (
        "0 of 0 tasks",
        "Worth – of –. – of – hours planned (–), 0 hours of overtime, 0 hours lost by switching clients.",
    )
    assert lines(plan)[3][1] == "–"
