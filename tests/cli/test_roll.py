"""``staffing roll``."""

from __future__ import annotations

from pathlib import Path

import pytest

from staffing.loading import load

from .conftest import Command

MARCH = """\
name: Nova
start: 2026-01-05
weeks: 8
as_of: 2026-02-02
staff:
  - {id: omid, role: project_manager, bill_rate: 90}
clients:
  - {id: nova, budget: {amount: 5000, per: quarter}}
tasks:
  - {id: plan, client: nova, kind: tactical, hours: 12}
  - {id: site, client: nova, kind: tactical, hours: 20, due: 6}
  - {id: call, name: Weekly call, client: nova, kind: tactical, hours: 2, repeat: {every: 1}}
worked:
  - {task: plan, staff: omid, date: 2026-01-06, hours: 12}
  - {task: site, staff: omid, date: 2026-01-13, hours: 5.5}
  - {task: call, staff: omid, date: 2026-01-20, hours: 1}
"""


@pytest.fixture
def march(tmp_path: Path) -> Path:
    file = tmp_path / "march.yaml"
    file.write_text(MARCH, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", ["q.yaml", "q.toml", "q.json", "q.xlsx", "q/"])
def test_the_work_goes_on_from_a_later_week_in_any_format(
    name: str, march: Path, tmp_path: Path, staffing_command: Command
) -> None:
    """12 hours of the plan and 1 of a call are 1,170 of the quarter; 14.5 of the site and 8 calls are open."""
    done = staffing_command("roll", march, "--to", "2026-02-02", "-o", f"{tmp_path}/{name}")
    assert (done.exit_code, done.stdout) == (0, "")
    after = load(tmp_path / name)
    assert (str(after.start), [task.id for task in after.tasks]) == ("2026-02-02", ["site", "call"])
    assert after.tasks[0].due == 2
    assert after.clients[0].budget is not None
    assert after.clients[0].budget.spent == 1170
    assert done.stderr.splitlines()[-1] == (
        f"{tmp_path / name} written: 8 weeks from 2026-02-02, 9 tasks (30.5 hours) open, "
        "1 finished task left out; what was burned stands in spent of 1 budget"
    )


def test_what_is_not_carried_is_listed(march: Path, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("roll", march, "--to", "2026-02-02", "--weeks", "13", "-o", tmp_path / "q.yaml")
    talk = done.stderr[done.stderr.index("Work to look at") :]
    _, _, _, row, *_ = talk.splitlines()
    assert row.split("  ")[0] == "call"
    assert "not carried: the weeks of 4 occurrences, 2026-01-05 to 2026-01-26 are over" in " ".join(talk.split())
    assert load(tmp_path / "q.yaml").weeks == 13


def test_days_that_are_not_over_are_not_left_behind(march: Path, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("roll", march, "--to", "2026-03-02", "-o", tmp_path / "q.yaml")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1].startswith(f"{march}: 2026-03-02 is after as_of, 2026-02-02: ")
    assert not (tmp_path / "q.yaml").exists()


def test_a_scenario_is_not_overwritten(march: Path, tmp_path: Path, staffing_command: Command) -> None:
    assert staffing_command("roll", march, "--to", "2026-02-02", "-o", march, "--force").exit_code == 2
    (tmp_path / "q.yaml").write_text("mine")
    done = staffing_command("roll", march, "--to", "2026-02-02", "-o", tmp_path / "q.yaml")
    assert (done.exit_code, "--force overwrites it" in done.stderr) == (1, True)


@pytest.mark.parametrize("options", [["--to", "tomorrow"], ["--to", "2026-02-02", "--weeks", "0"], []])
def test_what_means_nothing_is_a_matter_of_usage(
    options: list[str], march: Path, tmp_path: Path, staffing_command: Command
) -> None:
    assert staffing_command("roll", march, *options, "-o", tmp_path / "q.yaml").exit_code == 2


def test_days_may_be_solar_hijri(march: Path, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("roll", march, "--to", "1404-11-13", "-o", tmp_path / "q.yaml")
    assert done.exit_code == 0
    assert str(load(tmp_path / "q.yaml").start) == "2026-02-02"


def test_what_the_scenario_extends_is_not_overwritten(march: Path, staffing_command: Command) -> None:
    child = march.with_name("child.yaml")
    child.write_text("extends: march.yaml\n", encoding="utf-8")
    refused = staffing_command("roll", child, "--to", "2026-02-02", "--force", "-o", march)
    assert refused.exit_code == 2
    assert "march.yaml would overwrite" in refused.stderr
    assert march.read_text(encoding="utf-8") == MARCH
