"""The second month: plan, work, bring the hours in, plan on. Nothing counts twice, nothing gets lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.loading import load
from staffing.plan.plan import Plan

from .conftest import Command

MAP = "{staff: Who, date: Day, hours: Hours, task: Job}"
WORLD = """\
start: 2026-03-02
weeks: 8
clients: [{id: oak, budget: %s}]
roles: {pm: {tactical: 1}}
staff: [{id: mia, role: pm, bill_rate: 100, cost_rate: 40}]
tasks: [{id: job, kind: tactical, client: oak, %s}]
"""
HOURS = "Who,Day,Job,Hours\n" + "".join(f"mia,2026-03-{day:02},job,%s\n" for day in (3, 10, 17, 24))
AS_OF = "2026-03-30"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, staffing_command: Command) -> Command:
    """Run a command in a folder with a map, and see that it is done."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "map.yaml").write_text(MAP, encoding="utf-8")

    def run(*arguments: str | Path) -> None:
        limit = ("--time-limit", "5", "--workers", "1") if arguments[0] == "solve" else ()
        done = staffing_command(*arguments, *limit)
        assert done.exit_code == 0, done.output

    return run  # type: ignore[return-value]


def month(run: Command, world: str, hours: str) -> Plan:
    """Plan, bring a month in twice, and plan on."""
    Path("team.yaml").write_text(world, encoding="utf-8")
    Path("hours.csv").write_text(hours, encoding="utf-8")
    run("solve", "team.yaml", "-o", "plan.json")
    run("actuals", "team.yaml", "hours.csv", "--map", "map.yaml", "--as-of", AS_OF, "-o", "april.yaml")
    run("actuals", "april.yaml", "hours.csv", "--map", "map.yaml", "--as-of", AS_OF, "-o", "again.yaml")
    assert Path("again.yaml").read_bytes() == Path("april.yaml").read_bytes()
    run("solve", "april.yaml", "--baseline", "plan.json", "--from-week", "5", "-o", "april.json")
    run("audit", "april.yaml", "april.json")
    return Plan.load("april.json")


def test_what_was_worked_as_planned_is_not_planned_again(run: Command) -> None:
    world = WORLD % ("{amount: 10000, per: month}", "hours: 160, weekly_max: 20")
    plan = month(run, world, HOURS % ((20,) * 4))
    assert [(one.week, one.hours, one.fixed) for one in plan.assigned] == [
        (week, 20.0, week < 5) for week in range(1, 9)
    ]
    assert [(one["period"], one["burn"]) for one in plan.metrics["budgets"]] == [("2026-03", 10000), ("2026-04", 6000)]
    assert {goal.goal: goal.value for goal in plan.goals}["changes"] == 0


def test_a_retainer_burns_each_month_once(run: Command) -> None:
    plan = month(run, WORLD % ("8000", "hours: 10, repeat: {every: 1}"), HOURS % ((10,) * 4))
    assert [one.state for one in plan.results] == ["done"] * 4 + ["delivered"] * 4
    assert plan.metrics["budgets"][0]["burn"] == 8000
    assert {goal.goal: goal.value for goal in plan.goals}["changes"] == 0


LEAVER = """\
start: 2026-03-02
weeks: 6
clients: [{id: oak, budget: 8000}]
roles: {pm: {tactical: 1}}
staff:
  - {id: mia, role: pm, weekly_hours: 20, bill_rate: 100, cost_rate: 40}
  - {id: leo, role: pm, weekly_hours: 20, bill_rate: 100, cost_rate: 41}
tasks:
  - {id: site, kind: tactical, client: oak, hours: 60, max_owners: 2, deadline: 3}
  - {id: extra, kind: tactical, client: oak, hours: 20, after: [site]}
"""


@pytest.fixture
def left(run: Command) -> Command:
    """A week in which mia worked 20 of 60 hours."""
    Path("team.yaml").write_text(LEAVER, encoding="utf-8")
    Path("hours.csv").write_text("Who,Day,Job,Hours\nmia,2026-03-04,site,20\n", encoding="utf-8")
    run("actuals", "team.yaml", "hours.csv", "--map", "map.yaml", "--as-of", "2026-03-09", "-o", "now.yaml")
    return run


def solved(run: Command, changes: str) -> Plan:
    Path("changed.yaml").write_text(f"extends: now.yaml\n{changes}\n", encoding="utf-8")
    run("solve", "changed.yaml", "-o", "plan.json")
    return Plan.load("plan.json")


def test_the_hours_of_somebody_who_leaves_stay(left: Command) -> None:
    plan = solved(left, "staff: [{id: mia, end: 2026-03-08}]")
    assert [(one.task, one.state, one.owners) for one in plan.results] == [
        ("site", "delivered", ("leo",)),
        ("extra", "delivered", ("leo",)),
    ]
    assert [one.hours for one in plan.assigned if one.staff == "mia"] == [20.0]
    assert plan.metrics["budgets"][0]["burn"] == 8000


def test_the_hours_of_a_cancelled_task_stay_burned(left: Command) -> None:
    extras = ", ".join(f"{{id: e{number}, kind: tactical, client: oak, hours: 10}}" for number in range(10))
    plan = solved(left, f"tasks: [{{id: site, cancelled: true}}, {{id: extra, cancelled: true}}, {extras}]")
    assert sum(one.state == "delivered" for one in plan.results) == 6  # of 8,000 there are 6,000 left
    assert plan.metrics["budgets"][0]["burn"] == 8000


@pytest.mark.parametrize(
    ("gone", "says"),
    [("staff: [mia]", "say end, the last day of employment"), ("tasks: [site]", "say cancelled: true")],
)
def test_what_has_hours_is_not_removed(left: Command, staffing_command: Command, gone: str, says: str) -> None:
    Path("changed.yaml").write_text(f"extends: now.yaml\nremove: {{{gone}}}\n", encoding="utf-8")
    done = staffing_command("validate", "changed.yaml")
    assert done.exit_code == 1
    assert says in done.stderr


def test_every_format_says_the_same_month_after_month(run: Command) -> None:
    Path("team.yaml").write_text(WORLD % ("8000", "hours: 160"), encoding="utf-8")
    Path("hours.csv").write_text(HOURS % ((7.5,) * 4), encoding="utf-8")
    for form in (".yaml", ".toml", ".json", ".xlsx", ""):
        if form != ".yaml":
            run("convert", "team.yaml", f"team{form}")
        for source, target in (("team", "once"), ("once", "twice")):
            day = ("--map", "map.yaml", "--as-of", AS_OF, "-o", f"{target}{form}")
            run("actuals", f"{source}{form}", "hours.csv", *day)
        assert load(f"once{form}") == load(f"twice{form}") == load("once.yaml")
        assert sum(row.hours for row in load(f"twice{form}").worked) == 30
