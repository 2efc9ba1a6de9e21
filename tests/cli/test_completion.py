"""Completion in the shell, as the reference beside the scenarios tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest


def completed(line: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Ask for what may stand at the end of a line, as bash does."""
    words = line.split(" ")
    asked = {"_STAFFING_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    return subprocess.run(
        [sys.executable, *options, "-m", "staffing"],
        env=os.environ | asked,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("staffing so", {"plain,solve"}),
        ("staffing solve --time", {"plain,--time-limit"}),
        ("staffing compare --format ", {"plain,table", "plain,csv", "plain,json"}),
        ("staffing solve te", {"file,te"}),
        ("staffing solve team.yaml -o pl", {"file,pl"}),
        ("staffing report plan.json -o pl", {"file,pl"}),
        ("staffing convert team.yaml te", {"file,te"}),
        ("staffing init te", {"file,te"}),
    ],
)
def test_commands_options_choices_and_files_are_completed(line: str, found: set[str], tmp_path: Path) -> None:
    done = completed(line, tmp_path)
    assert (set(done.stdout.splitlines()), done.stderr) == (found, "")


def test_completion_loads_nothing_heavy(tmp_path: Path) -> None:
    loaded = completed("staffing s", tmp_path, "-X", "importtime").stderr
    assert "staffing.cli.reading" in loaded
    assert not {line.rpartition("|")[2].strip().partition(".")[0] for line in loaded.splitlines()} & {
        "ortools",
        "pandas",
        "numpy",
        "rich",
        "pydantic",
    }


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_has_its_script(shell: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "staffing"],
        env=os.environ | {"_STAFFING_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert f"_STAFFING_COMPLETE={shell}_complete" in done.stdout
