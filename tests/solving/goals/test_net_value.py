"""net_value: value of delivered tasks − cost of the plan."""

from plan.worlds import omid, sara, scenario, task

from solving.worlds import delivered, planned, proven_at, result


def test_what_costs_more_than_it_is_worth_waits() -> None:
    """Omid costs 300 for each: a brings 350 − 300 = 50, b would bring 250 − 300 = −50."""
    tasks = [task("a", value=350), task("b", value=250)]
    plan = planned(scenario(tasks=tasks, staff=[omid()], goals=["net_value"]))
    assert proven_at(plan, "net_value", 50)
    assert delivered(plan) == ["a"]


def test_salaries_are_paid_anyway() -> None:
    """4 weeks × 40 hours × 30 = 4800; delivering a and b costs nothing more: 600 − 4800."""
    tasks = [task("a", value=350), task("b", value=250)]
    plan = planned(scenario(tasks=tasks, staff=[omid(pay="salary")], goals=["net_value"]))
    assert proven_at(plan, "net_value", -4200)


def test_a_hire_has_to_pay_for_itself() -> None:
    """Three tasks of 40 hours worth 2000 in one week. Sara does one (50 hours needed: she cannot), Omid one at 1200.

    A placeholder costs 1200 and 700 to hire: 2000 − 1900 = 100 is worth it once; a second copy would be worth it, too.
    """
    tasks = [task(name, hours=40, value=2000) for name in "abc"]
    staff = [sara(), omid(), omid(id="new", placeholder={"count": 2}, hire_cost=700)]
    plan = planned(scenario(tasks=tasks, staff=staff, weeks=1, goals=["net_value"]))
    assert proven_at(plan, "net_value", 800 + 100 + 100)
    assert plan.hired == ("new", "new-2")
    dear = [sara(), omid(), omid(id="new", placeholder={"count": 2}, hire_cost=801)]
    plan = planned(scenario(tasks=tasks, staff=dear, weeks=1, goals=["net_value"]))
    assert proven_at(plan, "net_value", 800)
    assert plan.hired == ()


def test_below_nothing_a_tolerance_widens_as_well() -> None:
    """Best is −4200 (above); a tenth of 4200 is 420, so the limit is −4620: b (250) or a (350) may wait, not both."""
    tasks = [task("a", value=350), task("b", value=250)]
    goals = [{"goal": "net_value", "tolerance": 0.1}, "hours"]
    plan = planned(scenario(tasks=tasks, staff=[omid(pay="salary")], goals=goals))
    net = result(plan, "net_value")
    assert (net.best, net.bound, net.limit, net.proven) == (-4200, -4200, -4620, True)
    assert proven_at(plan, "hours", 10)
