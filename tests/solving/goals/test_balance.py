"""balance: the highest planned utilisation of anyone over the horizon."""

from typing import Any

import pytest
from plan.worlds import omid, scenario, task

from solving.worlds import planned, proven_at

STAFF = [omid(), omid(id="kim")]


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    musts = [{**entry, "must": True} for entry in tasks]
    return scenario(**{"tasks": musts, "staff": STAFF, "goals": ["must", "balance"], "weeks": 1, **change})


def test_work_is_spread_evenly() -> None:
    """30, 20 and 10 hours: 30 for each of two, 75 % of 40."""
    tasks = [task(name, hours=hours) for name, hours in (("a", 30), ("b", 20), ("c", 10))]
    assert proven_at(planned(world(*tasks)), "balance", 75)


@pytest.mark.parametrize(("hours", "percent"), [(10, 25), (10.25, 26), (0.25, 1)])
def test_whole_percent_rounded_up(hours: float, percent: int) -> None:
    """10.25 of 40 hours is 25.6 %."""
    assert proven_at(planned(world(task("a", hours=hours), staff=[omid()])), "balance", percent)


def test_the_whole_horizon_counts_and_not_a_single_week() -> None:
    assert proven_at(planned(world(task("a", hours=40, deadline=1), weeks=4, staff=[omid()])), "balance", 25)


def test_by_each_persons_own_capacity() -> None:
    """Kim has 20 hours. 30 hours shared: omid 20 and kim 10 are 50 % each."""
    staff = [omid(), omid(id="kim", weekly_hours=20)]
    assert proven_at(planned(world(task("a", hours=30, max_owners=2), staff=staff)), "balance", 50)


def test_overtime_is_more_than_all() -> None:
    assert proven_at(planned(world(task("a", hours=41), staff=[omid(overtime=2)])), "balance", 103)  # 102.5 %


def test_switching_aside() -> None:
    tasks = [task("a"), task("z", client="zeta")]
    assert proven_at(planned(world(*tasks, switching=4, staff=[omid()])), "balance", 50)


def test_people_without_capacity_aside() -> None:
    """Kim has none, and 2 hours of overtime take her to no percentage at all."""
    staff = [omid(), omid(id="kim", overtime=2, target_utilisation=0.001)]
    assert proven_at(planned(world(task("a", hours=2), staff=staff)), "balance", 0)


def test_a_hire_shares_the_load() -> None:
    staff = [omid(), omid(id="new", placeholder=True)]
    tasks = [task("a", hours=20), task("b", hours=20)]
    plan = planned(world(*tasks, staff=staff))
    assert proven_at(plan, "balance", 50)
    assert plan.hired == ("new",)
