"""Killed at any moment, a writer leaves the old content or the new one, and never half of either."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from staffing.errors import ScenarioError
from staffing.files.csv_folder import UNFINISHED
from staffing.loading import load
from staffing.writing.folder import write_folder

from .writers import OUTPUTS

KILLS, MANY_KILLS = 50, 1_000
LONGEST = 0.02
"""Most seconds before a kill."""
Content = bytes | dict[str, bytes] | None
"""What a file holds, or the tables of a folder by name; None is nothing there."""


class Writers:
    """The process that forks writers, with both versions of every output."""

    def __init__(self, folder: Path) -> None:
        self.versions = folder / "0", folder / "1"
        command = [sys.executable, "-m", "kills.writers", str(folder)]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self.hear() == "ready"

    def ask(self, name: str, path: Path, step: int | None = None) -> int:
        """Start a writer, and return its process id."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps([name, str(path), step]) + "\n")
        self.process.stdin.flush()
        return int(self.hear())

    def hear(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def close(self) -> None:
        self.process.communicate()
        assert self.process.returncode == 0


@pytest.fixture(scope="module")
def writers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writers]:
    started = Writers(tmp_path_factory.mktemp("versions"))
    yield started
    started.close()


def content(path: Path) -> Content:
    if not path.is_dir():
        return path.read_bytes() if path.exists() else None
    return {file.name: file.read_bytes() for file in path.iterdir() if file.suffix == ".csv"}


def prepare(writers: Writers, name: str, folder: Path, there: bool) -> Path:
    """Put the first version of an output into a folder of its own, or nothing."""
    folder.mkdir()
    path, old = folder / name, writers.versions[0] / name
    if there and old.is_dir():
        shutil.copytree(old, path)
        (path / "notes.md").write_text("a planner's own")
    elif there:
        shutil.copy(old, path)
    return path


def judge(writers: Writers, path: Path, there: bool) -> Content:
    """Make sure that what a killed writer left is whole, or refused until it is written again; return it."""
    old, new = (content(version / path.name) for version in writers.versions)
    assert old != new
    found = content(path)
    if isinstance(new, dict):
        _judge_folder(path, there, new, old)
    else:
        assert found in ((old, new) if there else (None, old, new))
    beside = [one.name for one in path.parent.iterdir() if one != path]
    assert all(name.startswith(".staffing-") and name.endswith(".part") for name in beside)
    return found


def _judge_folder(path: Path, there: bool, new: dict[str, bytes], old: Content) -> None:
    found = content(path)
    if found not in (old, new):
        marked = (path / UNFINISHED).exists()
        assert marked or (not there and not found)
        with pytest.raises(
            ScenarioError, match="write it again" if marked else "no table|without a suffix is not read"
        ):
            load(path)
        write_folder(path, new)  # which mends it
        assert content(path) == new
        assert load(path).weeks == 5
    if there:
        assert (path / "notes.md").read_text() == "a planner's own"


def test_a_kill_leaves_old_or_new(writers: Writers, tmp_path: Path, long: bool) -> None:
    chance = random.Random(2026)
    for number in range(MANY_KILLS if long else KILLS):
        name, there = OUTPUTS[number % len(OUTPUTS)], chance.random() < 0.7
        path = prepare(writers, name, tmp_path / str(number), there)
        victim = writers.ask(name, path)
        time.sleep(chance.uniform(0, LONGEST if there else LONGEST / 10))
        os.kill(victim, signal.SIGKILL)
        assert writers.hear() == str(-signal.SIGKILL)
        judge(writers, path, there)


@pytest.mark.parametrize("there", [True, False], ids=["over an old one", "where nothing was"])
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_kill_before_any_step_leaves_old_or_new(name: str, there: bool, writers: Writers, tmp_path: Path) -> None:
    old, new = (content(version / name) for version in writers.versions)
    seen = []
    for step in range(100):
        path = prepare(writers, name, tmp_path / str(step), there)
        writers.ask(name, path, step)
        code = writers.hear()
        seen.append(judge(writers, path, there))
        if code == "0":
            break
        assert code == str(-signal.SIGKILL)
    assert seen[0] == (old if there else None)
    assert seen[-1] == new
    assert len(seen) > 2
