"""Why tasks wait, or are late."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import Cells, facts, omid, plan, scenario, task

import staffing
from staffing.decisions.explanation import COLUMNS, Explanation
from staffing.decisions.valid import NotValidError
from staffing.errors import OutputError, ScenarioError
from staffing.scenario.scenario import Scenario


def explained(world: Scenario, cells: Cells | None = None, **more: Any) -> Explanation:
    return staffing.explain(world, plan(facts(world, cells or {})), **more)


@pytest.fixture
def world() -> Scenario:
    """Omid alone; of Nova's site the brief is delivered, and the budget has too little left for the rest."""
    return scenario(
        staff=[omid(name="Omid")],
        clients=[{"id": "nova", "name": "Nova", "budget": 4000}, {"id": "zeta", "name": "Zeta"}],
        projects=[{"id": "site", "name": "Site", "client": "nova"}],
        tasks=[
            task("brief", name="Brief", project="site", hours=40),
            task("build", name="Build", project="site", hours=20),
            task("launch", name="Launch", project="site", hours=4, after=["build"]),
            task("call", name="Call", client="zeta", hours=41, repeat={"every": 1}),
            task("audit", name="Audit", client="zeta", hours=30, due=1),
        ],
    )


CELLS: Cells = {("brief", "omid", 1): 40, ("audit", "omid", 2): 30}


def test_what_waits_comes_first_the_most_valuable_first_then_what_is_late(world: Scenario) -> None:
    answer = explained(world, CELLS)
    assert [(entry.task, len(entry.tasks), entry.state) for entry in answer.tasks] == [
        ("call@1", 4, "waiting"),
        ("build", 1, "waiting"),
        ("launch", 1, "waiting"),
        ("audit", 1, "late"),
    ]
    assert [entry.why for entry in answer.tasks] == [
        "Omid has at most 40 hours left for any of them; each needs 41.",
        "Nova's budget has 800 left; the task burns 1,600.",
        "It comes after Build, which waits.",
        "Omid has no hours left in week 1; the task needs 30.",
    ]
    assert repr(answer) == "<Explanation of 'tiny': 6 waiting, 1 late>"


def test_a_project_is_one_line(world: Scenario) -> None:
    (site,) = explained(world, CELLS).projects
    assert (site.project, site.delivered, site.tasks, site.waiting) == ("site", 1, 3, ("build", "launch"))
    assert site.text == "Site: 1 of 3 delivered, the 2 that wait need 1,120 more budget"


def test_a_project_that_does_not_lack_budget_tells_what_is_in_the_way_of_its_first_task() -> None:
    world = scenario(
        staff=[omid(name="Omid")],
        projects=[{"id": "site", "name": "Site", "client": "nova"}],
        tasks=[task("b", project="site", after=["a"]), task("a", name="Plan", project="site", hours=200)],
    )
    (site,) = explained(world).projects
    assert (
        site.text == "Site: 0 of 2 delivered, Plan waits: Omid has 160 hours left in weeks 1 to 4; the task needs 200"
    )


def test_only_what_was_asked_for(world: Scenario) -> None:
    assert [entry.task for entry in explained(world, CELLS, tasks=["call"]).tasks] == ["call@1"]
    (one,) = explained(world, CELLS, tasks=["call@2"]).tasks
    assert one.why == "Omid has 10 hours left in week 2; the task needs 41."
    (one,) = explained(world, CELLS, tasks=["brief"]).tasks
    assert (one.state, one.obstacles, one.why) == ("delivered", (), "It is delivered, not late.")
    with pytest.raises(ScenarioError, match='there is no task "biuld"; did you mean build'):
        explained(world, CELLS, tasks=["biuld"])


def test_the_rest_is_counted(world: Scenario) -> None:
    answer = explained(world, CELLS, most=1)
    assert ([entry.task for entry in answer.tasks], answer.more) == (["call@1"], 3)


def test_an_obstacle_of_one_occurrence_alone_names_its_week() -> None:
    world = scenario(
        staff=[omid(name="Omid", limits={"tactical": 9})],
        weeks=2,
        clients=[{"id": "nova", "name": "Nova", "budget": {"amount": 0, "per": "month"}}, {"id": "zeta"}],
        tasks=[task("call", repeat={"every": 1, "until": 2}), task("b", client="zeta", kind="tactical", hours=9)],
    )
    (entry,) = explained(world, {("b", "omid", 1): 9}, tasks=["call"]).tasks
    assert [said.text for said in entry.obstacles] == [
        "Nova's budget has at most 0 left for any of them; each burns 800.",
        "Omid's limit of 9 tactical hours a week leaves 9 in weeks 1 and 2; the task needs 10.",
    ]


def test_the_answer_as_json_csv_and_frame(world: Scenario, tmp_path: Path) -> None:
    answer = explained(world, CELLS)
    answer.save(tmp_path / "answer.json")
    document = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert list(document)[:6] == ["format", "question", "scenario", "fingerprint", "plan_gain", "seconds"]
    assert (document["format"], document["question"]) == ("staffing-answer/1", "explain")
    build = document["tasks"][1]
    assert build["obstacles"] == [
        {
            "kind": "budget",
            "staff": None,
            "weeks": [1, 2, 3, 4],
            "budget": "nova",
            "period": "horizon",
            "task": None,
            "needed": 1600,
            "left": 800,
            "of": "client",
            "text": "Nova's budget has 800 left; the task burns 1,600.",
        }
    ]
    answer.save(tmp_path / "answer.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "answer.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["task"], row["kind"], row["needed"]) for row in rows][:2] == [
        ("call@1", "hours", "41"),
        ("build", "budget", "1600"),
    ]
    assert tuple(answer.frame.columns) == COLUMNS
    assert len(answer.frame) == len(rows)
    with pytest.raises(OutputError, match=r"\.json, \.csv or \.html"):
        answer.save(tmp_path / "answer.txt")


def test_the_answer_in_a_notebook_escapes_names() -> None:
    world = scenario(
        staff=[omid(name="<b>Omid</b>")], tasks=[task("a", hours=500), task("b", hours=600, client="zeta")]
    )
    answer = explained(world)
    html = answer._repr_html_()
    assert "&lt;b&gt;Omid&lt;/b&gt; has 160 hours left" in html
    assert "<b>Omid" not in html


def test_the_answer_as_a_page_of_its_own(world: Scenario, tmp_path: Path) -> None:
    explained(world, CELLS).save(tmp_path / "answer.html")
    text = (tmp_path / "answer.html").read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "<bdi>Build</bdi>" in text  # the answer brings its names
    assert "Nova&#39;s budget has 800 left; the task burns 1,600." in text


def test_a_plan_that_is_not_valid_is_refused_with_its_violations(world: Scenario) -> None:
    made = plan(facts(world, CELLS))
    with pytest.raises(NotValidError) as refused:
        staffing.explain(world, replace(made, assigned=made.assigned[1:]))
    assert refused.value.violations
    assert len(refused.value.violations) == len(refused.value.errors)
