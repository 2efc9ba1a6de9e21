"""``staffing solve``: options, outputs, the summary, Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from staffing.errors import InternalError
from staffing.plan.plan import Plan
from staffing.solving import cluster
from staffing.solving.tuning import varied

from .conftest import Command

Solver = Callable[..., Plan]


@pytest.fixture
def asked(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Options the solver was called with; it gives the plan made by hand."""
    options: dict[str, Any] = {}

    def solve(_scenario: object, **given: Any) -> Plan:
        options.update(given)
        return plan

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    return options


def test_a_plan_is_summed_up_and_written(
    scenario_file: Path, tmp_path: Path, staffing_command: Command, asked: dict[str, Any], plan: Plan
) -> None:
    outputs = [tmp_path / "p.json", tmp_path / "p.csv"]
    done = staffing_command("solve", scenario_file, "-o", outputs[0], "--output", outputs[1])
    assert done.exit_code == 0
    assert "Nova: feasible" in done.stdout
    assert "Waiting: 1" in done.stdout
    assert done.stderr == "".join(f"{path} written\n" for path in outputs)
    assert Plan.load(outputs[0]) == plan
    assert outputs[1].read_text(encoding="utf-8-sig").startswith("task,client,")


def test_options_reach_the_solver(scenario_file: Path, staffing_command: Command, asked: dict[str, Any]) -> None:
    done = staffing_command(
        "solve", scenario_file, "--time-limit", "1.5", "--gap", "0.01", "--seed", "7", "--deterministic"
    )
    assert done.exit_code == 0
    assert {name: asked[name] for name in ("time_limit", "gap", "workers", "seed", "deterministic")} == {
        "time_limit": 1.5,
        "gap": 0.01,
        "workers": None,
        "seed": 7,
        "deterministic": True,
    }
    assert asked["baseline"] is None
    assert asked["from_week"] is None


def test_a_minute_is_the_default(scenario_file: Path, staffing_command: Command, asked: dict[str, Any]) -> None:
    staffing_command("solve", scenario_file)
    assert asked["time_limit"] == 60.0


def test_a_baseline_is_read(
    scenario_file: Path, plan_file: Path, plan: Plan, staffing_command: Command, asked: dict[str, Any]
) -> None:
    assert staffing_command("solve", scenario_file, "--baseline", plan_file, "--from-week", 2).exit_code == 0
    assert asked["baseline"] == plan
    assert asked["from_week"] == 2


def test_what_a_baseline_says_twice_over_is_told_before_solving(
    scenario_file: Path, plan: Plan, tmp_path: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    moved = replace(plan.assigned[1], staff="omid", fixed=False)
    replace(plan, assigned=(replace(plan.assigned[0], fixed=False), moved)).save(tmp_path / "moved.json")
    done = staffing_command("solve", scenario_file, "--baseline", tmp_path / "moved.json", "--from-week", 2)
    assert done.exit_code == 0
    assert done.stderr.splitlines()[0] == (
        f'warning: {tmp_path / "moved.json"}: tasks[0]: plan is said to be "delivered, sara, weeks 1 to 2, 12 hours"; '
        'its hours say "delivered, omid and sara, weeks 1 to 2, 12 hours" and count.'
    )
    assert asked["from_week"] == 2


def test_hours_of_a_baseline_that_are_left_out_are_told(
    scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--from-week", 3)
    assert "44.5 hours of the baseline are left out, for they belong to no task of the scenario: talk@1, talk@2; " in (
        done.stderr
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"hours": -4.0},
            "allocations[0]: The allocation of plan to sara in week 1 has -4.0 hours; hours are",
        ),
        ({"week": 2}, "begins on 2026-01-05; that week begins on 2026-01-12: let both say the same week."),
        ({"task": "other"}, "no baseline for the scenario: none of its tasks (other) is one of the scenario's"),
    ],
)
def test_a_baseline_that_has_two_readings_is_refused_with_its_record(
    change: dict[str, Any],
    words: str,
    scenario_file: Path,
    plan: Plan,
    tmp_path: Path,
    staffing_command: Command,
    asked: dict[str, Any],
) -> None:
    wrong = replace(plan, assigned=(replace(plan.assigned[0], **change),), results=())
    wrong.save(tmp_path / "wrong.json")
    done = staffing_command("solve", scenario_file, "--baseline", tmp_path / "wrong.json")
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{tmp_path / 'wrong.json'}: ")
    assert words in done.stderr
    assert not asked


@pytest.mark.parametrize(
    "options",
    [
        ["--time-limit", "0"],
        ["--time-limit", "-3"],
        ["--time-limit", "nan"],
        ["--time-limit", "inf"],
        ["--time-limit", "soon"],
        ["--gap", "-0.1"],
        ["--gap", "2"],
        ["--workers", "0"],
        ["--seed", "-1"],
        ["--deterministic", "--workers", "4"],
        ["--from-week", "2"],
        ["--keep", "plan"],
        ["-o", "plan"],
        ["-o", "plan.docx"],
    ],
)
def test_options_out_of_range_are_a_matter_of_usage(
    options: list[str], scenario_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    done = staffing_command("solve", scenario_file, *options)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert not asked


def test_an_unknown_suffix_says_what_is_allowed(scenario_file: Path, staffing_command: Command) -> None:
    assert ".json, .csv" in staffing_command("solve", scenario_file, "-o", "plan.docx").stderr


def test_a_week_beyond_the_horizon_is_a_matter_of_usage(
    scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--from-week", 4)
    assert done.exit_code == 2
    assert "3 weeks" in done.stderr


WORKED = "worked: [{task: plan, staff: sara, week: 1, hours: 2}]\n"


@pytest.mark.parametrize(
    ("more", "week", "sentence"),
    [
        (WORKED + "as_of: 2026-01-12\n", 3, "With as_of 2026-01-12 planning begins in week 2, not 3"),
        ("as_of: 2026-01-12\n", 1, "With as_of 2026-01-12 planning begins in week 2, not 1"),
        (WORKED, 2, "say as_of in it instead of --from-week"),
    ],
)
def test_a_week_that_does_not_agree_with_what_is_over_is_a_matter_of_usage(
    more: str,
    week: int,
    sentence: str,
    scenario_file: Path,
    plan_file: Path,
    staffing_command: Command,
    asked: dict[str, Any],
) -> None:
    scenario_file.write_text(scenario_file.read_text(encoding="utf-8") + more, encoding="utf-8")
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--from-week", week)
    assert done.exit_code == 2
    assert sentence in " ".join(done.stderr.split())
    assert not asked


def test_what_was_worked_needs_no_baseline_and_none_of_its_hours(
    scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    """The baseline of hand has hours of tasks that the scenario does not have: they are no history, and not told."""
    text = scenario_file.read_text(encoding="utf-8") + WORKED + "as_of: 2026-01-12\n"
    scenario_file.write_text(text, encoding="utf-8")
    assert staffing_command("solve", scenario_file).exit_code == 0
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--from-week", 2)
    assert done.exit_code == 0
    assert "left out" not in done.stderr


def test_an_output_never_overwrites_an_input(
    scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    before = plan_file.read_bytes()
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "-o", plan_file)
    assert done.exit_code == 2
    assert plan_file.read_bytes() == before


@pytest.mark.parametrize("place", ["missing/p.json", "file/p.json", "folder.json"])
def test_what_cannot_be_written_is_said_before_solving(
    place: str, scenario_file: Path, tmp_path: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    (tmp_path / "folder.json").mkdir()
    done = staffing_command("solve", scenario_file, "-o", tmp_path / "good.json", "-o", tmp_path / place)
    assert done.exit_code == 1
    assert place in done.stderr
    assert not asked
    assert not (tmp_path / "good.json").exists()


def test_a_folder_without_permission_is_said_before_solving(
    scenario_file: Path,
    tmp_path: Path,
    staffing_command: Command,
    asked: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("staffing.plan.writing._fill", refuse)
    done = staffing_command("solve", scenario_file, "-o", tmp_path / "p.json")
    assert done.exit_code == 1
    assert "Permission denied" in done.stderr
    assert not asked


def test_a_wrong_scenario_writes_nothing(tmp_path: Path, staffing_command: Command, asked: dict[str, Any]) -> None:
    (tmp_path / "s.yaml").write_text("weeks: 3\n", encoding="utf-8")
    done = staffing_command("solve", tmp_path / "s.yaml", "-o", tmp_path / "p.json")
    assert done.exit_code == 1
    assert not asked
    assert not (tmp_path / "p.json").exists()


def test_strict_says_no_when_must_work_waits_and_writes_the_plan(
    scenario_file: Path,
    tmp_path: Path,
    must_waits: Plan,
    staffing_command: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("staffing.solving.solve.solve", lambda _scenario, **_given: must_waits)
    done = staffing_command("solve", scenario_file, "--strict", "-o", tmp_path / "p.json")
    assert done.exit_code == 3
    assert "8 hours of must work wait." in done.stdout
    assert (tmp_path / "p.json").exists()
    assert staffing_command("solve", scenario_file).exit_code == 0


def test_strict_is_content_when_all_must_work_is_delivered(
    scenario_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    assert staffing_command("solve", scenario_file, "--strict").exit_code == 0


def test_a_bug_of_the_solver_is_code_70(
    scenario_file: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(_scenario: object, **_given: Any) -> Plan:
        raise InternalError("the plan broke its own rules: report bug.json")

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    done = staffing_command("solve", scenario_file)
    assert done.exit_code == 70
    assert done.stderr == "the plan broke its own rules: report bug.json\n"


def test_the_first_ctrl_c_gives_the_best_plan_so_far(
    scenario_file: Path, tmp_path: Path, plan: Plan, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(_scenario: object, *, stop: threading.Event, **_given: Any) -> Plan:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(timeout=30)
        return plan

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    done = staffing_command("solve", scenario_file, "-o", tmp_path / "p.json")
    assert done.exit_code == 0
    assert "best plan so far" in done.stderr
    assert Plan.load(tmp_path / "p.json").status == "feasible"


NEVER_ENDING = """
import time
import staffing.solving.solve as solving
from staffing.__main__ import main

def solve(scenario, **options):
    print("solving", flush=True)
    time.sleep(600)

solving.solve = solve
main()
"""


def test_the_second_ctrl_c_leaves_at_once(scenario_file: Path, tmp_path: Path) -> None:
    output = tmp_path / "p.json"
    process = subprocess.Popen(
        [sys.executable, "-c", NEVER_ENDING, "solve", str(scenario_file), "-o", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline() == "solving\n"
    process.send_signal(signal.SIGINT)
    first = process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, talk = process.communicate(timeout=60)
    assert "best plan so far" in first
    assert process.returncode == 130
    assert "Traceback" not in talk
    assert not output.exists()


def test_a_real_solve_in_a_pipe_has_no_control_characters(scenario_file: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "staffing", "solve", str(scenario_file), "-o", str(tmp_path / "p.json")],
        capture_output=True,
        check=False,
        timeout=120,
    )
    text = done.stdout.decode("utf-8") + done.stderr.decode("utf-8")
    assert done.returncode == 0, text
    assert "سارا" in text
    assert not [char for char in text if char not in "\r\n" and unicodedata.category(char) in ("Cc", "Cf")]
    assert Plan.load(tmp_path / "p.json").status == "optimal"


def test_what_is_kept_reaches_the_solver(
    scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--keep", "plan", "--keep", "omid")
    assert done.exit_code == 0
    assert asked["keep"] == ("plan", "omid")
    assert "--keep omid: the baseline has no hours of it that could be kept" in done.stderr


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("pln", 'no task, person or client "pln" whose hours could be kept; did you mean plan?'),
        ("plan@2", "no occurrence"),
    ],
)
def test_names_that_cannot_be_kept_are_a_matter_of_usage(
    name: str, why: str, scenario_file: Path, plan_file: Path, staffing_command: Command, asked: dict[str, Any]
) -> None:
    done = staffing_command("solve", scenario_file, "--baseline", plan_file, "--keep", name)
    assert done.exit_code == 2
    assert why in done.stderr
    assert not asked


def test_small_scenarios_are_planned_here_and_it_is_said(scenario_file: Path, staffing_command: Command) -> None:
    done = staffing_command("solve", scenario_file, "--scheduler", "tcp://127.0.0.1:1")
    assert done.exit_code == 0
    assert done.stderr == (
        "warning: the scenario is small enough to be planned here: the workers of tcp://127.0.0.1:1 are not asked\n"
    )


def test_a_scheduler_that_does_not_answer_is_told(
    scenario_file: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    with varied(part_cells=0):
        done = staffing_command("solve", scenario_file, "--scheduler", "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert done.stderr == (
        "no Dask scheduler answers at tcp://127.0.0.1:1: `dask scheduler` starts one, and says its address\n"
    )


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--deterministic"], "--deterministic works with one worker, on this machine: leave --scheduler out."),
        (
            ["--trade-off", "--baseline", "p.json"],
            "--trade-off is sought on this machine alone: leave --scheduler out.",
        ),
    ],
)
def test_what_a_scheduler_is_not_for_is_refused(more: list[str], said: str, staffing_command: Command) -> None:
    done = staffing_command("solve", "s.yaml", "--scheduler", "tcp://127.0.0.1:1", *more)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())
