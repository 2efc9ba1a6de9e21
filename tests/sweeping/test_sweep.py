"""Sweeps as a whole: the same plans as one by one, each once, whatever was done before, and side by side."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.metadata import version
from itertools import product
from pathlib import Path
from random import Random

import pytest

import staffing
from staffing.errors import StaffingError
from staffing.sweeping import crews, running
from staffing.sweeping import sweep as module
from staffing.sweeping.crews import Lost
from staffing.sweeping.measures import front, known, measured, more_is_better, unknown
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.request import Options
from staffing.sweeping.running import SweepProgress, patience
from staffing.sweeping.store import Store
from staffing.sweeping.work import Job, Outcome, work

from .worlds import Here, asked, both, hangs_with_thirty_hours, tiny


def test_each_run_is_the_plan_of_its_variant(here: Here) -> None:
    answer = staffing.sweep(asked())
    assert [job.seed for job in here.jobs] == [0] * 6
    assert answer.text.startswith("6 of 6 runs are done. By value and cost, runs ")
    for one in answer.runs:
        variant = one.run.variant.scenario
        plan = answer.plan(one.run.number)
        assert staffing.audit(variant, plan) == []
        assert one.result.goals == {goal.goal: goal.value for goal in plan.goals}
        alone = staffing.solve(variant, workers=1, time_limit=5)
        assert (plan.status, one.result.goals) == (alone.status, {goal.goal: goal.value for goal in alone.goals})
        hours, rate = one.run.variant.values.values()
        assert one.measures == {"value": hours // 10 * 10 * 2, "cost": hours // 10 * 10 * rate}
    assert answer.front == (1, 3, 5), "at 30 an hour, more for more; at 50 the same for more"
    with pytest.raises(StaffingError, match="there is no plan of run 7"):
        answer.plan(7)


def test_nothing_is_solved_twice_by_whichever_sweep(here: Here, tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    fewer = asked(vary={"staff.omid.weekly_hours": [20, 30], "staff.omid.cost_rate": [30]})
    first = staffing.sweep(fewer, path)
    assert len(here.jobs) == 2
    whole = staffing.sweep(asked(), path)
    assert len(here.jobs) == 6
    assert {(one.run.key, one.result.seconds) for one in first.runs} < {
        (one.run.key, one.result.seconds) for one in whole.runs
    }
    staffing.sweep(asked(measures=["margin"]), path)
    assert len(here.jobs) == 6
    alike = staffing.sweep(asked(vary={"tasks.*.hours": [1, 1.0]}, solve={"time_limit": 4}), path)
    assert len(here.jobs) == 7, "values that come to the same are one run"
    assert [one.result.state for one in alike.runs] == ["done", "done"]


def test_the_runs_stand_beside_the_file_unless_another_is_named(here: Here, tmp_path: Path) -> None:
    tiny().save(tmp_path / "base.yaml")
    file = tmp_path / "hours.yaml"
    file.write_text("base: base.yaml\nvary: {staff.omid.weekly_hours: [20, 30]}\n", encoding="utf-8")
    answer = staffing.sweep(file)
    assert (answer.name, answer.scenario, answer.database) == ("hours", "tiny", str(tmp_path / "hours.sqlite"))
    assert answer.plan(2).scenario == "tiny"
    staffing.sweep(str(file), str(tmp_path / "other.db"))
    assert {one.name for one in tmp_path.iterdir()} == {"base.yaml", "hours.yaml", "hours.sqlite", "other.db"}


def test_two_sweeps_at_once_share_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each run is asked of one of them; both have all results, and wait for each other's last ones."""
    monkeypatch.setattr(running, "TICK", 0.01)
    crews: list[Here] = []

    def slowly(job: Job) -> Outcome:
        time.sleep(0.02)
        return Outcome("done", status="optimal", goals={}, measures={"cost": job.seed}, plan=b"", seconds=0.02)

    def crew(_seats: int) -> Here:
        crews.append(Here(do=slowly))
        return crews[-1]

    monkeypatch.setattr(module, "Home", crew)
    sweep = asked(repeat=5, measures=["cost"], solve={"deterministic": True})
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: staffing.sweep(sweep, tmp_path / "runs.sqlite"), range(3)))
    done = [(job.scenario.fingerprint, job.seed) for crew in crews for job in crew.jobs]
    assert len(done) == len(set(done)) == 30
    assert all(answer.count("done") == 30 for answer in answers)
    assert len({answer.to_csv() for answer in answers}) == 1


def test_variants_begin_from_the_nearest_that_is_done(here: Here) -> None:
    answer = staffing.sweep(asked())
    begun = [None if job.start is None else job.start for job in here.jobs]
    plans = {one.run.number: answer.plans(one.run.key) for one in answer.runs}
    # 20/30, 20/50, 30/30, 30/50, 40/30, 40/50: the first that shares most of their values
    assert begun == [None, plans[1], plans[1], plans[2], plans[1], plans[2]]


def test_deterministic_results_do_not_depend_on_what_was_done_before(here: Here, tmp_path: Path) -> None:
    sweep = asked(solve={"deterministic": True, "time_limit": 1})
    staffing.sweep(sweep, tmp_path / "one.sqlite")
    backwards = asked(
        vary={"staff.omid.weekly_hours": [40, 30, 20], "staff.omid.cost_rate": [50, 30]}, solve=sweep["solve"]
    )
    staffing.sweep(backwards, tmp_path / "two.sqlite")
    assert [job.start for job in here.jobs] == [None] * 12
    runs = read_sweep(sweep).request.runs
    with Store(tmp_path / "one.sqlite") as one, Store(tmp_path / "two.sqlite") as two:
        for run in runs:
            first, second = one.results([run.key])[run.key], two.results([run.key])[run.key]
            assert (first.goals, first.measures) == (second.goals, second.measures)


def test_a_plan_of_something_else_is_no_start(here: Here) -> None:
    other = tiny(name="Other", tasks=[{**tiny().tasks[0].model_dump(exclude_unset=True), "id": "other"}])
    answer = staffing.sweep(asked(vary={}, scenarios=[tiny(), other]))
    assert [job.start is None for job in here.jobs] == [True, False]
    assert [one.result.status for one in answer.runs] == ["optimal", "optimal"]


def test_a_run_that_fails_is_told_and_the_others_are_done(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    def sometimes(job: Job) -> Outcome:
        rate = job.scenario.staff[0].cost_rate
        return Outcome("failed", "the numbers are too large") if rate == 50 else work(job)

    here._do = sometimes
    answer = staffing.sweep(asked())
    assert [one.result.state for one in answer.runs] == ["done", "failed"] * 3
    assert answer.text.startswith("3 of 6 runs are done, 3 failed.")
    assert answer.rows()[1][-1] == "the numbers are too large"
    assert answer.front == (1, 3, 5)


def test_whatever_goes_wrong_in_a_run_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    request = read_sweep(asked()).request
    job = Job(request.variants[0].scenario, request.options, 0, None, "0.0.0")
    assert work(job).state == "other_version"
    from staffing.solving import solve as module

    job = Job(job.scenario, job.options, 0, None, version("staffing"))
    for error, sentence in (
        (StaffingError("it is\ntoo large"), "it is; too large"),
        (MemoryError(), "there was not enough memory"),
        (KeyError("a"), "internal error, a bug of ours: KeyError: 'a'"),
    ):

        def fail(*_: object, error: Exception = error, **__: object) -> None:
            raise error

        monkeypatch.setattr(module, "solve", fail)
        assert (work(job).state, work(job).error) == ("failed", sentence)


def test_a_run_that_kills_its_worker_three_times_has_failed(here: Here) -> None:
    asked_for: list[Job] = []

    def deadly(job: Job) -> Outcome:
        asked_for.append(job)
        hours = job.scenario.staff[0].weekly_hours
        if hours == 30 or (hours == 20 and len(asked_for) == 1):
            raise Lost
        return work(job)

    here._do = deadly
    answer = staffing.sweep(asked(vary={"staff.omid.weekly_hours": [20, 30, 40]}))
    assert [one.result.state for one in answer.runs] == ["done", "failed", "done"]
    assert answer.runs[1].result.error == "its worker was killed again and again: is there too little memory?"
    assert len(asked_for) == 2 + 3 + 1


def test_a_run_that_hangs_is_ended_and_the_others_are_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """With one seat: what comes after is done by a new worker."""
    failed: list[int] = []
    monkeypatch.setattr(crews, "work", hangs_with_thirty_hours)
    monkeypatch.setattr(running, "patience", lambda _: 1e6 if sum(failed) else 0.1)
    hours = {"staff.omid.weekly_hours": [30, 20, 40]}
    answer = staffing.sweep(
        asked(vary=hours, measures=["cost"]), workers=1, progress=lambda report: failed.append(report.failed)
    )
    assert [one.result.state for one in answer.runs] == ["failed", "done", "done"]
    assert re.fullmatch(
        r"it was ended: it hung after \d+ seconds, of a time limit of 5", str(answer.runs[0].result.error)
    )
    assert answer.runs[1].measures == answer.runs[2].measures != {"cost": os.getpid()}


def test_a_run_hangs_only_far_beyond_its_time_limit() -> None:
    assert (patience(Options(time_limit=60)), patience(Options(time_limit=0))) == (240, 60)
    assert patience(Options(time_limit=60, deterministic=True)) == 660


def test_what_nobody_has_begun_does_not_hang(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "patience", lambda _: -1.0)
    monkeypatch.setattr(running, "TICK", 0.001)
    waiting: list[Future[Outcome]] = []
    looks: list[None] = []

    def submit(_job: Job) -> Future[Outcome]:
        waiting.append(Future())
        return waiting[-1]

    def end(future: Future[Outcome]) -> bool:
        looks.append(None)
        if len(looks) == 3:
            future.set_result(Outcome("done", goals={}, measures={}))
        return False

    monkeypatch.setattr(here, "submit", submit)
    monkeypatch.setattr(here, "end", end)
    answer = staffing.sweep(asked(vary={}))
    assert (answer.count("done"), len(waiting), len(looks)) == (1, 1, 3)


def test_workers_of_another_version_end_the_sweep(here: Here) -> None:
    here._do = lambda _: Outcome("other_version", "9.9")
    with pytest.raises(StaffingError, match=r"a worker has staffing 9\.9, and this is .*: install the same everywhere"):
        staffing.sweep(asked())


def test_stopped_it_tells_what_is_there(here: Here, tmp_path: Path) -> None:
    stop = threading.Event()
    seen: list[SweepProgress] = []

    def progress(report: SweepProgress) -> None:
        seen.append(report)
        if report.done == 2:
            stop.set()

    answer = staffing.sweep(asked(), tmp_path / "runs.sqlite", progress=progress, stop=stop)
    assert (answer.count("done"), answer.count("open"), answer.count("failed")) == (3, 3, 0)
    assert answer.text.startswith("3 of 6 runs are done, 3 are open.")
    assert {report.total for report in seen} == {6}
    assert (seen[0].done, seen[0].seconds_left) == (0, 6 * 5)
    assert staffing.sweep(asked(), tmp_path / "runs.sqlite").count("done") == 6
    assert len(here.jobs) == 6


def test_the_answer_as_frame_csv_json_and_page(here: Here, tmp_path: Path) -> None:
    answer = staffing.sweep(asked(name="Omid", cases=[{"goals": ["value"]}], plot=["cost", "value"]))
    frame = answer.frame
    assert list(frame.columns) == list(answer.heads)
    assert frame["cost"].tolist() == [600, 1000, 900, 1500, 1200, 2000]
    assert frame["goals"].tolist() == ['["value"]'] * 6
    rows = list(csv.DictReader(io.StringIO(answer.to_csv())))
    assert [row["staff.omid.cost_rate"] for row in rows] == ["30", "50"] * 3
    document = json.loads(answer.to_json())
    assert (document["question"], document["name"], document["scenario"]) == ("sweep", "Omid", "tiny")
    assert (document["vary"][1], document["plot"], document["seeds"]) == (
        "staff.omid.weekly_hours",
        ["cost", "value"],
        [0],
    )
    assert document["runs"][0]["values"] == {
        "goals": ["value"],
        "staff.omid.weekly_hours": 20,
        "staff.omid.cost_rate": 30,
    }
    answer.save(tmp_path / "sweep.html")
    assert "<svg" in (tmp_path / "sweep.html").read_text(encoding="utf-8")
    assert "<svg" in answer._repr_html_()
    assert repr(answer) == "<Sweep 'Omid': 6 of 6 runs done>"


def test_the_front_is_what_no_other_run_betters() -> None:
    """Against every pair, on points with many ties."""
    chance = Random(7)
    for names in product(("cost", "late_tasks"), ("value", "utilisation.all", "contacts")):
        points = {number: (chance.randrange(6), chance.randrange(6)) for number in range(1, 25)}
        signs = [-1 if more_is_better(name) else 1 for name in names]

        def beats(one: int, other: int) -> bool:
            here, there = (tuple(s * v for s, v in zip(signs, points[at], strict=True)) for at in (one, other))  # noqa: B023
            return here != there and all(a <= b for a, b in zip(here, there, strict=True))

        assert front(points, names) == tuple(one for one in points if not any(beats(two, one) for two in points))


def test_every_measure_of_a_plan_is_known_before() -> None:
    scenario = both()
    plan = staffing.solve(scenario, time_limit=2)
    names = known([scenario])
    assert [name for name in measured(plan) if name not in names] == []
    assert all(unknown(name, names) is None for name in measured(plan))
    assert (
        measured(plan)["utilisation.by_role.project_manager"]
        == plan.metrics["utilisation"]["by_role"]["project_manager"]
    )
