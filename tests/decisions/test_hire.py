"""Whom to hire; each figure is told by hand in the comment beside it, and on random scenarios by trying every set."""

from __future__ import annotations

import csv
import io
import json
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import facts, omid, plan, sara, scenario, task

import staffing
from staffing.decisions import hire_pool
from staffing.decisions.hire_choice import Asked
from staffing.decisions.hire_ladder import Ladder
from staffing.decisions.hire_market import Hired, Market, Sought
from staffing.decisions.hiring import COLUMNS, Hire, HireSet, Hiring, Rung
from staffing.errors import ScenarioError
from staffing.scenario.scenario import Scenario

from .hires import Key, key_of, ladder_of, pool_of, sets_of, world_of

Seek = Callable[..., Sought]
SEEDS = range(24)
MANY_SEEDS = range(300)


def kim(**change: Any) -> dict[str, Any]:
    """Somebody to hire, a project manager at 25 an hour."""
    return omid(**{"id": "kim", "name": "Kim", "cost_rate": 25, "placeholder": True, **change})


def hire(world: Scenario, **more: Any) -> Hiring:
    return staffing.hire(world, **{"time_limit": 30, **more})


def ids(one: HireSet | Rung) -> list[str]:
    return [person.id for person in one.hires]


@pytest.fixture
def world() -> Scenario:
    """Omid has 40 hours in one week, and 60 are asked for; Kim could be hired, or Lena, for a salary."""
    lena = omid(id="lena", weekly_hours=20, pay="salary", placeholder={"count": 2}, hire_cost=50)
    return scenario(
        weeks=1, staff=[omid(), kim(), lena], tasks=[task("site", hours=40), task("brief", hours=20, due=1)]
    )


def test_the_cheapest_set_comes_first_and_prices_count_from_the_plan_without_hires(world: Scenario) -> None:
    answer = hire(world)
    assert [ids(one) for one in answer.sets] == [["kim"], ["lena"]]
    # Kim does the site for 40 × 25 and Omid the brief for 20 × 30, where Omid's 40 × 30 were all before
    assert answer.sets[0].price == {"must": 0, "value": 40, "lateness": 0, "cost": 400, "contacts": 1}
    assert answer.sets[1].price["cost"] == 20 * 30 + 50  # her contract, and the price of hiring her
    assert answer.sets[0].money.as_document() == {"cost": 400, "revenue": 20 * 80, "margin": 1200}
    assert all(one.proven for one in answer.sets)
    assert answer.text == (
        "Yes: with Kim (40 hours a week from week 1) all work is delivered, on time; compared with hiring nobody, it "
        "costs 400 more and earns 1,600 more, so the margin grows by 1,200."
    )
    assert answer.short_of is None


def test_a_step_of_the_ladder_is_never_worse_than_the_one_below(world: Scenario) -> None:
    ladder = hire(world).ladder
    assert [(one.count, ids(one), one.delivered, one.late, one.waiting) for one in ladder] == [
        (0, [], 1, 0, 1),
        (1, ["kim"], 2, 0, 0),
        (2, ["kim"], 2, 0, 0),
        (3, ["kim"], 2, 0, 0),
    ]
    assert [one.goals["cost"] for one in ladder] == [1200, 1600, 1600, 1600]
    assert ladder[0].money.as_document() == {"cost": 1200, "revenue": 3200, "margin": 2000}
    assert all(one.proven and one.at_best is None for one in ladder)


def test_the_patch_of_a_set_is_a_what_if_whose_plan_has_the_price(world: Scenario) -> None:
    answer = hire(world)
    assert answer.sets[0].patch == {"remove": {"staff": ["lena"]}, "staff": [{"id": "kim", "placeholder": None}]}
    # what Lena costs to hire, a plan counts only while she is a placeholder
    assert answer.sets[1].patch == {
        "remove": {"staff": ["kim"]},
        "staff": [{"id": "lena", "placeholder": {"count": 1}}],
    }
    before = answer.ladder[0].goals
    for one in answer.sets:
        plan = staffing.solve(world.patch(one.patch), time_limit=10)
        assert {goal.goal: goal.value - before[goal.goal] for goal in plan.goals} == one.price


def test_who_owns_work_by_name_is_not_removed_so_that_it_is_nobody_elses() -> None:
    world = scenario(weeks=1, staff=[omid(), kim()], tasks=[task("site", owner="kim"), task("brief")])
    answer = hire(world)
    assert answer.ladder[0].waiting == 1
    assert answer.ladder[0].patch == {"staff": [{"id": "kim", "start": None, "end": "2025-12-29"}]}
    assert ids(answer.sets[0]) == ["kim"]


def test_nobody_need_be_hired() -> None:
    answer = hire(scenario(staff=[omid(), kim(cost_rate=60)], tasks=[task("site")]))
    assert [ids(one) for one in answer.sets] == [[]]
    assert answer.text == "No: nobody need be hired, all work is delivered without."
    assert answer.sets[0].price["cost"] == 0


def test_where_no_set_suffices_it_says_how_much_can_be_delivered_and_what_stops_the_rest() -> None:
    world = scenario(
        weeks=1,
        staff=[omid(), kim()],
        clients=[{"id": "nova", "name": "Nova", "budget": 4000}, {"id": "zeta"}],
        tasks=[task("site", name="Site", hours=40), task("shop", name="Shop", hours=20), task("call", client="zeta")],
    )
    answer = hire(world)
    assert answer.sets == ()
    # 40 × 80 of 4,000 burn; the call, without a budget, is for whom there is room
    assert answer.short_of == (
        "With one hire the best plan delivers 2 of 3 tasks. What stops the rest: Nova, Shop: Nova's budget has 800 "
        "left; the task burns 1,600."
    )
    assert answer.text.startswith("Yes: with Kim (40 hours a week from week 1) 1 more task is delivered;")
    assert answer.text.endswith("No hires deliver all work; that is proven.")
    assert len(answer.changes) == 1


def test_for_must_work_alone_the_rest_may_wait() -> None:
    world = scenario(
        weeks=1, staff=[omid(), kim(weekly_hours=10)], tasks=[task("a", hours=40, must=True), task("b", hours=60)]
    )
    assert ids(hire(world, for_="must").sets[0]) == []
    assert hire(world).sets == ()


def test_on_time_if_that_can_be_else_late() -> None:
    late = scenario(weeks=2, staff=[omid(), kim()], tasks=[task("a", hours=40, due=1), task("b", hours=40, due=1)])
    answer = hire(late)
    assert [(ids(one), one.late) for one in answer.sets] == [(["kim"], 0)]  # with nobody hired one of them is late
    never = scenario(weeks=2, staff=[omid(), kim()], tasks=[task("a", hours=60, due=1)])
    answer = hire(never)
    assert [(ids(one), one.late) for one in answer.sets] == [(["kim"], 1), ([], 1)]  # late as well, for 5 an hour less


# what is claimed


def out_of_time(start: Hired | None) -> Sought:
    """Return what a search gives that had no time."""
    return Sought(None if start is None else replace(start, outcome=None))


def seeking(monkeypatch: pytest.MonkeyPatch, seek: Seek) -> None:
    """Have plans of the market sought by another function, which is given the real one."""
    real = Market.seek
    monkeypatch.setattr(Market, "seek", lambda self, *asked: seek(partial(real, self), *asked))


def test_a_set_is_not_proven_by_a_step_of_the_ladder_that_compared_fewer_hires(
    world: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One hire is searched to the end, two and three are not, and a set of these might be cheaper."""

    def seek(real: Seek, asked: Asked, start: Hired | None, *more: Any) -> Sought:
        return real(asked, start, *more) if asked.most <= 1 else out_of_time(start)

    seeking(monkeypatch, seek)
    answer = hire(world)
    assert [one.proven for one in answer.ladder] == [True, True, False, False]
    assert [(ids(one), one.proven) for one in answer.sets] == [(["kim"], False)]
    assert answer.text.endswith("It is the cheapest found; a cheaper one is not ruled out.")


def test_a_set_is_not_proven_by_a_search_that_left_out_what_is_more_of_a_dearer_one(
    world: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lena is found first; then Kim, who is cheaper, but Lena and others were not looked into any more."""
    person = Hire("kim", "Kim", "project_manager", 40, 1)

    def seek(real: Seek, asked: Asked, start: Hired | None, *more: Any) -> Sought:
        if asked.but or not asked.most:
            return real(asked, start, *more)
        found = real(replace(asked, but=((person,),)), start, *more)
        return out_of_time(found.plan)

    seeking(monkeypatch, seek)
    assert [(ids(one), one.proven) for one in hire(world).sets] == [(["kim"], False), (["lena"], False)]


def test_work_that_is_late_with_nobody_hired_is_told_and_not_proven_while_hires_may_do_it_on_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of two tasks due in week 1 Omid does one in week 2; Kim would cost more than he does, and cost comes first."""
    world = scenario(
        weeks=2,
        goals=["must", "value", "cost", "lateness"],
        staff=[omid(), kim(cost_rate=35)],
        tasks=[task("a", hours=40, due=1), task("b", hours=40, due=1)],
    )
    assert [(ids(one), one.late) for one in hire(world).sets] == [(["kim"], 0)]

    def seek(real: Seek, asked: Asked, start: Hired | None, *more: Any) -> Sought:
        return Sought() if any(asked.delivered.values()) else real(asked, start, *more)

    seeking(monkeypatch, seek)
    answer = hire(world)
    assert [(ids(one), one.late, one.proven) for one in answer.sets] == [([], 1, False)]
    assert answer.text == (
        "No: nobody need be hired, all work is delivered without, 1 of it late. A better set is not ruled out."
    )


def test_that_hires_do_not_suffice_is_said_of_as_many_as_may_be() -> None:
    world = scenario(weeks=1, staff=[omid(), kim(placeholder={"count": 2})], tasks=[task(t, hours=40) for t in "abc"])
    assert hire(world, most=1).text.endswith("One hire does not deliver all work; that is proven.")
    assert ids(hire(world).sets[0]) == ["kim", "kim-2"]


def test_how_much_can_be_delivered_is_not_claimed_where_the_best_plan_is_not_proven(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A task of 50 hours is nobody's in a week; that all is delivered is refuted before any search."""
    world = scenario(weeks=1, staff=[omid(), kim()], tasks=[task("a", hours=50), task("b"), task("c")])
    assert "2 of 3 tasks. What" in str(hire(world).short_of)
    seeking(monkeypatch, lambda real, asked, start, *more: Sought(refuted=True) if asked.delivered else Sought(start))
    assert "(more is not ruled out)" in str(hire(world).short_of)


# new people


def test_new_people_have_the_rates_of_their_role_or_of_its_people() -> None:
    world = scenario(weeks=1, staff=[sara(), omid(skills={"seo": 2})], tasks=[task("a", hours=90)])
    answer = hire(world, roles=["project_manager"], most=2)
    assert answer.assumed == (
        "A new project manager costs 30 an hour and bills 80, as omid does; paid by the hour, with the skills that all "
        "of the role have (seo at level 2).",
    )
    assert answer.sets == ()  # nobody works 90 hours in a week
    world = scenario(weeks=1, staff=[omid()], tasks=[task("a", hours=40), task("b", hours=10), task("c", hours=6)])
    answer = hire(world, roles=["project_manager"])
    assert answer.text.startswith("Yes: with a new project manager (16 hours a week from week 1) all work")
    # 16 more hours, paid as they are worked, so that a contract of 16 is as good as any larger one
    assert [one.as_document() for one in answer.sets[0].hires] == [
        {"id": "new-project_manager", "role": "project_manager", "weekly_hours": 16, "from_week": 1}
    ]
    assert answer.sets[0].price["cost"] == 16 * 30


def test_with_a_salary_hours_and_start_are_chosen() -> None:
    world = scenario(
        weeks=3,
        staff=[omid(pay="salary")],
        tasks=[task(f"a{week}", hours=40, earliest=week, deadline=week) for week in (1, 2, 3)]
        + [task("b", hours=10, earliest=2, deadline=2), task("c", hours=8, earliest=3)],
    )
    answer = hire(world, roles=["project_manager"])
    # b takes 10 hours of week 2, and c 8 of week 3: 16 hours a week from week 2 on hold both
    assert [(one.weekly_hours, one.from_week) for one in answer.sets[0].hires] == [(16, 2)]
    assert answer.sets[0].price["cost"] == 2 * 16 * 30
    assert answer.sets[0].proven
    assert answer.sets[0].patch == {
        "staff": [
            {
                "id": "new-project_manager",
                "name": "New project manager",
                "weekly_hours": 16,
                "role": "project_manager",
                "cost_rate": 30,
                "bill_rate": 80,
                "pay": "salary",
                "start": "2026-01-12",
            }
        ]
    }


def test_without_placeholders_every_role_with_rates_could_be_hired() -> None:
    world = scenario(weeks=1, staff=[sara()], tasks=[task("a", hours=32), task("b", hours=32)])
    answer = hire(world, most=1)
    assert [one.hires[0].role for one in answer.sets] == ["account_manager"]
    assert "project manager: neither the role nor anybody of it has a cost_rate" in answer.assumed[-1]
    world = world.patch({"roles": {"project_manager": {"cost_rate": 30, "bill_rate": 80}}})
    assert [one.hires[0].role for one in hire(world, most=1).sets] == ["project_manager", "account_manager"]


def test_roles_that_are_none_or_have_no_rates_are_told() -> None:
    world = scenario(weeks=1, staff=[sara()], tasks=[task("a")])
    with pytest.raises(ScenarioError, match=r"there is no role .*did you mean account_manager"):
        hire(world, roles=["account_manger"])
    with pytest.raises(ScenarioError, match="project manager: neither the role nor anybody of it has a cost_rate"):
        hire(world, roles=["project_manager"])


# a plan to begin from, and when to stop


def test_prices_count_from_a_plan_given_and_what_it_could_gain_is_told(world: Scenario) -> None:
    given = plan(facts(world, {("brief", "omid", 1): 20}))
    answer = hire(world, plan=given)
    # of the 40 hours that Omid has, the site is worth 80 and the brief, which the plan has, 40
    assert answer.plan_gain == {"must": 0, "value": 40, "lateness": 0, "cost": 600, "contacts": 0}
    assert answer.sets[0].price["value"] == 80
    # without the plan's own gain, as if the best plan with nobody hired were given
    anew = hire(world)
    assert anew.sets[0].beyond == anew.sets[0].price
    assert [(one.beyond, one.beyond_money, one.text) for one in answer.sets] == [
        (one.price, one.money, one.text) for one in anew.sets
    ]
    assert answer.text == anew.text
    assert answer.frame["cost"].tolist() == anew.frame["cost"].tolist()
    best = plan(facts(world, {("site", "omid", 1): 40}))
    assert hire(world, plan=best).plan_gain is None


def test_a_hire_is_not_given_the_credit_for_what_planning_anew_gains() -> None:
    """Nothing is planned, and Omid could do the site for 40 × 30; Kim does it for 40 × 25. Nobody works 90 hours."""
    world = scenario(weeks=1, staff=[omid(), kim()], tasks=[task("site", hours=40), task("shop", hours=90)])
    answer = hire(world, plan=plan(facts(world, {})))
    assert answer.plan_gain == {"must": 0, "value": 80, "lateness": 0, "cost": 1200, "contacts": 0}
    assert answer.text == (
        "No: with Kim (40 hours a week from week 1) no more tasks are delivered; compared with hiring nobody, it costs "
        "200 less and earns the same, so the margin grows by 200. No hires deliver all work; that is proven."
    )


def test_what_is_cheaper_with_hires_but_delivered_without_needs_none() -> None:
    """Omid does the site for 20 × 30, Kim for 20 × 25; the plan given leaves it waiting."""
    world = scenario(weeks=1, staff=[omid(), kim()], tasks=[task("site", hours=20)])
    answer = hire(world, plan=plan(facts(world, {})))
    assert [ids(one) for one in answer.sets] == [["kim"], []]
    assert answer.text == (
        "No: nobody need be hired, all work is delivered without. By the goals hiring is better all the same: with Kim "
        "(40 hours a week from week 1) all work is delivered, on time; compared with hiring nobody, it costs 100 less "
        "and earns the same, so the margin grows by 100."
    )


def test_prices_are_not_proven_where_a_better_plan_with_nobody_hired_is_not_ruled_out(
    world: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = plan(facts(world, {("brief", "omid", 1): 20}))

    def seek(real: Seek, asked: Asked, start: Hired | None, *more: Any) -> Sought:
        return real(asked, start, *more) if asked.most else out_of_time(start)

    seeking(monkeypatch, seek)
    answer = hire(world, plan=given)
    assert (answer.ladder[0].goals["value"], answer.ladder[0].proven) == (40, False)
    assert [(ids(one), one.proven) for one in answer.sets] == [(["kim"], False), (["lena"], False)]
    assert answer.text.endswith("A better plan with nobody hired is not ruled out.")
    short = scenario(weeks=1, staff=[omid(), kim()], tasks=[task("site", hours=40), task("shop", hours=90)])
    answer = hire(short, plan=plan(facts(short, {("site", "omid", 1): 40})))
    assert "grows by 200. Both plans are the best found; better ones are not ruled out. No hires" in answer.text


def test_no_step_of_the_ladder_is_worse_than_a_set_found(world: Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    def seek(real: Seek, asked: Asked, start: Hired | None, *more: Any) -> Sought:
        return real(asked, start, *more) if asked.delivered else out_of_time(start)

    seeking(monkeypatch, seek)
    monkeypatch.setattr(Ladder, "_ideally", lambda *_: None)
    monkeypatch.setattr(Ladder, "_higher", lambda *_: None)
    answer = hire(world, plan=plan(facts(world, {("brief", "omid", 1): 20})))
    assert [ids(one) for one in answer.ladder] == [[], ["kim"], ["kim"], ["kim"]]
    assert not any(one.proven for one in answer.ladder)


def test_a_plan_that_hires_already_is_where_the_ladder_leads(world: Scenario) -> None:
    given = plan(facts(world, {("site", "kim", 1): 40, ("brief", "omid", 1): 20}, hired=["kim"]))
    answer = hire(world, plan=given)
    assert answer.plan_gain is None
    assert [(ids(one), one.price["cost"]) for one in answer.sets] == [(["kim"], 400), (["lena"], 650)]


def test_told_to_stop_it_answers_what_is_known(world: Scenario) -> None:
    stop = threading.Event()
    stop.set()
    answer = hire(world, stop=stop)
    assert [one.count for one in answer.ladder] == [0, 1, 2, 3]
    assert not answer.ladder[-1].proven
    assert answer.text


def test_a_large_problem_is_climbed_one_hire_after_the_other(world: Scenario) -> None:
    from staffing.solving.tuning import varied

    with varied(hire_cells=0):
        answer = hire(world, most=2, time_limit=6)
    assert [ids(one) for one in answer.ladder] == [[], ["kim"], ["kim"]]
    assert not answer.ladder[1].proven  # others were not compared to the end


# the answer


def test_an_answer_is_a_file_and_a_table(world: Scenario, tmp_path: Path) -> None:
    answer = hire(world)
    document = json.loads(answer.to_json())
    assert (document["format"], document["question"]) == ("staffing-answer/1", "hire")
    assert list(document["sets"][0]) == ["hires", "price", "money", "beyond", "late", "proven", "patch", "text"]
    assert list(document["ladder"][0])[:9] == [
        *("count", "hires", "delivered", "late", "waiting", "goals", "money", "proven", "at_best")
    ]
    answer.save(tmp_path / "answer.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answer.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["what"], row["hires"]) for row in rows][:3] == [("set", "kim"), ("set", "lena"), ("ladder", "")]
    assert tuple(answer.frame.columns) == COLUMNS
    assert repr(answer).startswith("<Hiring for 'tiny': Yes: with Kim")


# every set tried


def reached(answer: Hiring, one: HireSet) -> Key:
    before = answer.ladder[0].goals
    return key_of({goal: before[goal] + change for goal, change in one.price.items()})


@pytest.mark.parametrize("new", [False, True], ids=["placeholders", "new people"])
def test_no_set_of_hires_is_better(new: bool, long: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """New people have contracts of two sizes that fit the small scenarios, so that every set can be tried."""
    monkeypatch.setattr(hire_pool, "HOURS", (2, 4))
    most = (2 if long else 1) if new else 3
    tried = 0
    for seed in MANY_SEEDS if long else SEEDS:
        world = world_of(seed, new=new)
        pool = None if world is None else pool_of(world, most, new=new)
        if world is None or pool is None:
            continue
        answer = hire(world, most=most)
        assert [key_of(one.goals) for one in answer.ladder] == [pytest.approx(key) for key in ladder_of(pool)], seed
        assert all(one.proven for one in answer.ladder), seed
        expected = [pytest.approx(key) for key in sets_of(pool, "all")]
        assert [reached(answer, one) for one in answer.sets] == expected, seed
        assert (answer.short_of is None) == bool(expected), seed
        tried += 1
    assert tried >= 4


def test_a_plan_given_is_read_by_the_tasks_that_are_left_with_nobody_hired() -> None:
    """What only those could do who are not hired is no task of that problem, so that others have other numbers."""
    designer = {"id": "kim", "role": "project_manager", "bill_rate": 80, "placeholder": True, "skills": ["design"]}
    world = scenario(
        staff=[omid(), designer], tasks=[task("draw", skills=["design"]), task("call"), task("brief", hours=12)]
    )
    given = plan(facts(world, {("call", "omid", 1): 10, ("brief", "omid", 2): 12}))
    ladder = staffing.hire(world, given, most=1).ladder
    assert [(rung.delivered, rung.proven) for rung in ladder] == [(2, True), (3, True)]
