"""``staffing compare --break-even``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from plan.worlds import omid, sara, scenario, task

from .conftest import Command


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Eight hours of delivery: Sara's 10 hours cost 400, and Omid's 8, in the second file alone, 240."""
    work = [task("a", hours=8, must=True)]
    first = scenario(name="Sara", weeks=1, staff=[sara()], clients=[{"id": "nova"}], tasks=work, goals=["must", "cost"])
    first.save(tmp_path / "one.yaml")
    first.patch({"name": "Both", "staff": [omid()]}).save(tmp_path / "two.yaml")
    return tmp_path / "one.yaml", tmp_path / "two.yaml"


ASKED = ("--break-even", "staff.omid.cost_rate", "--goal", "cost", "--from", "49.5", "--to", "51", "--workers", "1")


def test_the_answer_is_a_sentence_and_the_values_looked_at(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("compare", *files, *ASKED)
    assert (done.exit_code, done.stderr) == (0, "")
    first, second, *_ = done.stdout.splitlines()
    assert f"{first} {second}".strip() == (
        'With staff.omid.cost_rate at 49.99 "Both" is better (cost 399.92 against 400); at 50 both are equally good '
        "(cost 400)."
    )
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["49.99", "400", "399.92", "Both", "<"] in rows
    assert ["50", "400", "400", "equally", "good", "<"] in rows
    assert ["51", "400", "400", "equally", "good"] in rows


def test_the_answer_as_data_and_into_files(files: tuple[Path, Path], tmp_path: Path, staffing_command: Command) -> None:
    target = tmp_path / "answer.json"
    done = staffing_command("compare", *files, *ASKED, "--format", "json", "-o", target, "-o", tmp_path / "a.csv")
    answer = json.loads(done.stdout)
    assert (answer["question"], answer["low"], answer["high"], answer["proven"]) == ("break-even", 49.99, 50, True)
    assert json.loads(target.read_text(encoding="utf-8")) == answer
    rows = list(csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8-sig"))))
    assert [row["value"] for row in rows if row["winner"] == "Both"][-1] == "49.99"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--goal", "cost"), "--goal needs --break-even"),
        (("--from", "1"), "--from needs --break-even"),
        (("-o", "answer.json"), "-o needs --break-even; `staffing report` writes a page"),
        (("--break-even", "switching"), "--break-even needs --goal"),
        (("--break-even", "switching", "--goal", "cost", "--gap", "0.1"), "leave --gap and --deterministic out"),
        (("--break-even", "switching", "--goal", "cost", "-o", "one.yaml"), "its suffix must be one of"),
    ],
)
def test_options_that_do_not_go_together_are_a_matter_of_usage(
    more: tuple[str, ...], said: str, files: tuple[Path, Path], staffing_command: Command
) -> None:
    done = staffing_command("compare", *files, *more)
    assert done.exit_code == 2
    assert said in " ".join(done.stderr.split())


def test_it_takes_two_scenarios(files: tuple[Path, Path], plan_file: Path, staffing_command: Command) -> None:
    for paths in ((files[0],), (*files, files[0]), (files[0], plan_file)):
        done = staffing_command("compare", *paths, *ASKED)
        assert done.exit_code == 2
        assert "--break-even needs two scenarios" in done.stderr


def test_a_number_that_is_none_is_wrong_input(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("compare", *files, "--break-even", "staff.omit.cost_rate", "--goal", "cost")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "did you mean omid?" in done.stderr
