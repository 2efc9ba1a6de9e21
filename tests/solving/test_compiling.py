"""Code is compiled beside the search, once: in a process of its own that is quiet, alone, and ends by itself."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from staffing.solving.context import ProgressReport
from staffing.solving.limits import Clock, Limits
from staffing.solving.process import start
from staffing.solving.ruin import compiling
from staffing.solving.state.kept import LOCK, compiling_alone
from staffing.solving.state.tables import State

NOTHING: Any = None
"""In place of a state, where nothing is compiled."""


class Scene:
    """What is compiled where: nothing is kept yet, and whoever compiles only says so."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.done: list[str] = []
        self.report = ProgressReport(Clock(Limits()), None)
        monkeypatch.setattr(compiling, "KEPT", [folder])
        monkeypatch.setattr(compiling, "READY", threading.Event())
        monkeypatch.setattr(compiling, "prepare", self._prepare)

    def _prepare(self, state: State) -> None:
        self.done.append("compiling" if self.report.compiling else "loading")

    def run(self) -> list[str]:
        compiling.compile_beside(NOTHING, self.report).join()
        assert not self.report.compiling
        return self.done


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Scene:
    return Scene(tmp_path, monkeypatch)


def started(monkeypatch: pytest.MonkeyPatch, code: str) -> list[list[str]]:
    """Let a process of other code be started instead; return the commands asked for."""
    asked: list[list[str]] = []
    real = subprocess.Popen

    def popen(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
        asked.append(command)
        return real([sys.executable, "-c", code], **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    return asked


def test_a_process_compiles_and_the_thread_waits_for_it(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever comes of it, the thread then loads what there is, and compiles what there is not."""
    asked = started(monkeypatch, "raise SystemExit(1)")
    assert scene.run() == ["compiling"]
    [command] = asked
    assert command[:2] == [sys.executable, "-P"]
    assert json.loads(command[-1]) == sys.path


def test_what_is_kept_is_loaded_at_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = started(monkeypatch, "")
    monkeypatch.setattr(compiling, "is_sealed", lambda folder: True)
    assert scene.run() == ["loading"]
    assert asked == []


@pytest.mark.parametrize("executable", ["", None, "/opt/studio/bin/studio"])
def test_inside_another_program_a_thread_compiles(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, executable: str | None
) -> None:
    asked = started(monkeypatch, "")
    monkeypatch.setattr(sys, "executable", executable)
    assert scene.run() == ["compiling"]
    assert asked == []


def test_where_no_process_can_be_started_a_thread_compiles(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refused)
    assert scene.run() == ["compiling"]


def test_where_nothing_can_be_kept_a_thread_compiles(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = started(monkeypatch, "")
    monkeypatch.setattr(compiling, "KEPT", [])
    assert scene.run() == ["compiling"]
    assert asked == []


def test_what_another_process_compiles_is_waited_for(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """No second process is started for it."""
    asked = started(monkeypatch, "")
    begun = threading.Event()
    with compiling_alone(tmp_path) as alone:
        assert alone
        thread = compiling.compile_beside(NOTHING, scene.report)
        begun.wait(3 * compiling.LOOK)
        assert scene.done == []
    thread.join()
    assert asked == []
    assert scene.done == ["compiling"]


def test_one_at_a_time_compiles_and_the_next_one_finds_it_done(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    compiling.main()
    monkeypatch.setattr(compiling, "is_sealed", lambda folder: True)
    compiling.main()
    assert scene.done == ["loading"]  # once: nobody reports to anybody here


def test_the_right_to_compile_ends_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from staffing.solving.state.kept import compiling_alone\n"
        "with compiling_alone(pathlib.Path(sys.argv[1])) as alone: print(alone, flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with compiling_alone(tmp_path) as alone:
            assert not alone
        other.kill()
    with compiling_alone(tmp_path) as alone:
        assert alone


def test_where_nothing_can_be_written_nobody_else_compiles(tmp_path: Path) -> None:
    with compiling_alone(tmp_path / "nowhere") as alone:
        assert alone
    assert not (tmp_path / "nowhere" / LOCK).exists()


def test_the_process_finds_the_package_and_says_nothing() -> None:
    """Here all is compiled already, or is now; it takes the path of whoever starts it."""
    process = start(compiling.COMMAND)
    assert process is not None
    assert process.wait() == 0
    assert compiling._all_kept()
