"""Ctrl-C from the first line on, and stdout that cannot be written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from staffing import starting
from staffing.cli import interrupt
from staffing.cli.interrupt import Running

KILLED = """
import os, random, signal, sys
left = [int(os.environ["LINES_LEFT"])]

def on_line(frame, event, argument):
    if event == "line":
        left[0] -= 1
        if not left[0]:
            sys.settrace(None)
            os.kill(os.getpid(), signal.SIGINT)
    return on_line

def on_call(frame, event, argument):
    name = frame.f_code.co_filename
    return on_line if os.environ["LINES_OF"] in name else None

sys.settrace(on_call)
"""
"""Sends Ctrl-C at a line of its own choice, so that every run is the same: Python looks for this module at start."""


def killed(folder: Path, lines_of: str, lines: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line, with Ctrl-C after so many lines of the files that have a word in their names."""
    (folder / "sitecustomize.py").write_text(KILLED, encoding="utf-8")
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return subprocess.run(
        [sys.executable, "-m", "staffing", *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": path, "LINES_OF": lines_of, "LINES_LEFT": str(lines)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_ctrl_c_while_starting_is_one_word_and_130(tmp_path: Path, scenario_file: Path) -> None:
    lines = random.Random(5).sample(range(40, 1500), 4)
    for done in (killed(tmp_path, f"{os.sep}staffing{os.sep}", line, "validate", scenario_file) for line in lines):
        assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


@pytest.mark.parametrize(
    ("library", "arguments"),
    [
        ("click", ["--version"]),
        ("pydantic", ["validate", "nova.yaml"]),
        ("ortools", ["solve", "nova.yaml", "-o", "p.json"]),
        ("pandas", ["show", "plan.json", "--format", "csv"]),
        ("rich", ["show", "plan.json"]),
    ],
)
def test_ctrl_c_amid_imports_is_one_word_and_130(
    library: str,
    arguments: list[str],
    tmp_path: Path,
    scenario_file: Path,
    plan_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    done = killed(tmp_path, f"{os.sep}{library}{os.sep}", 30, *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")
    assert not (tmp_path / "p.json").exists()


def test_amid_imports_ctrl_c_leaves_and_elsewhere_it_is_raised(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ours: None
) -> None:
    left: list[str] = []

    def leave(*_: object) -> None:
        left.append("left")

    monkeypatch.setattr(interrupt, "leave", leave)
    signal.signal(signal.SIGINT, leave)
    (tmp_path / "interrupted_import.py").write_text(
        "import os, signal\nos.kill(os.getpid(), signal.SIGINT)\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with Running(), pytest.raises(KeyboardInterrupt):
        __import__("interrupted_import")
    assert left
    left.clear()
    with pytest.raises(KeyboardInterrupt), Running():
        os.kill(os.getpid(), signal.SIGINT)
    assert not left


@pytest.fixture
def ours() -> Iterator[None]:
    """Put Ctrl-C back as it was."""
    before = signal.getsignal(signal.SIGINT)
    signal.signal(signal.SIGINT, starting.leave)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_that_a_library_made_an_error_of_is_ctrl_c_all_the_same(ours: None) -> None:
    def load() -> None:
        try:
            os.kill(os.getpid(), signal.SIGINT)
        except KeyboardInterrupt:
            raise ImportError("initialization failed") from None

    with pytest.raises(KeyboardInterrupt), Running():
        load()
    assert signal.getsignal(signal.SIGINT) is starting.leave


def test_an_error_without_ctrl_c_stays_what_it_is(ours: None) -> None:
    with pytest.raises(ZeroDivisionError), Running():
        raise ZeroDivisionError


def test_in_a_program_of_somebody_else_ctrl_c_is_left_alone() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Running():
        assert signal.getsignal(signal.SIGINT) is before
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("name", "line", "is_command"),
    [
        ("bin/staffing", ["python", "bin/staffing"], True),
        ("staffing.exe", ["staffing.exe"], True),
        ("-m", ["python", "-m", "staffing", "solve"], True),
        ("-m", ["python", "-m", "pytest", "staffing"], False),
        ("-c", ["python", "-c", "import staffing"], False),
        ("my-planner.py", ["python", "my-planner.py"], False),
    ],
)
def test_the_command_is_known_from_programs_that_use_the_library(
    name: str, line: Sequence[str], is_command: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", [name])
    monkeypatch.setattr(sys, "orig_argv", line)
    assert starting.is_command() is is_command


def test_listening_begins_where_python_would_raise_and_hears_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    code = (
        "import os, signal, sys\nsys.argv[0] = 'staffing'\nimport staffing\n"
        "class Last:\n    def __del__(self): raise KeyboardInterrupt\n"
        "Last()\nprint('not heard')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "interrupted\n")


def to(target: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command line with its stdout into a device, or into a pipe nobody reads."""
    if target == "pipe":
        reading, number = os.pipe()
        os.close(reading)
    else:
        number = os.open(target, os.O_WRONLY)
    try:
        return subprocess.run(
            [sys.executable, "-m", "staffing", *map(str, arguments)],
            stdout=number,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=120,
        )
    finally:
        os.close(number)


ARGUMENTS: dict[str, Callable[[Path, Path], list[str | Path]]] = {
    "version": lambda _scenario, _plan: ["--version"],
    "help": lambda _scenario, _plan: ["--help"],
    "help of a command": lambda _scenario, _plan: ["solve", "--help"],
    "schema": lambda _scenario, _plan: ["validate", "--schema"],
    "validate": lambda scenario, _plan: ["validate", scenario],
    "show": lambda _scenario, plan: ["show", plan],
    "calendar": lambda _scenario, plan: ["show", plan, "--ics", "sara"],
    "compare": lambda _scenario, plan: ["compare", plan, "--format", "json"],
}


@pytest.mark.parametrize("case", ARGUMENTS)
def test_a_full_disk_is_one_sentence(case: str, scenario_file: Path, plan_file: Path) -> None:
    done = to("/dev/full", *ARGUMENTS[case](scenario_file, plan_file))
    assert (done.returncode, done.stderr) == (1, "standard output cannot be written: No space left on device\n")


@pytest.mark.parametrize("case", ["version", "help", "show"])
def test_a_reader_that_has_had_enough_hears_no_complaint(case: str, scenario_file: Path, plan_file: Path) -> None:
    done = to("pipe", *ARGUMENTS[case](scenario_file, plan_file))
    assert (done.returncode, done.stderr) == (0, "")


def test_the_exit_code_stays_right_when_the_reader_has_had_enough(
    scenario_file: Path, plan_file: Path, tmp_path: Path
) -> None:
    assert to("pipe", "audit", scenario_file, plan_file).returncode == 3
    done = to("pipe", "validate", scenario_file, tmp_path / "missing.yaml")
    assert (done.returncode, done.stderr) == (1, f"{tmp_path / 'missing.yaml'}: there is no such file\n")


def test_completion_into_a_full_disk_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_STAFFING_COMPLETE", "zsh_source")
    done = to("/dev/full")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_talk_that_nobody_can_read_changes_no_exit_code(tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "staffing", "validate", str(tmp_path / "missing.yaml")],
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
            timeout=60,
        )
    assert (done.returncode, done.stdout) == (1, b"")


def test_ctrl_c_is_left_alone_in_threads() -> None:
    codes: list[int] = []

    def run() -> None:
        from click.testing import CliRunner

        from staffing.cli.group import staffing

        codes.append(CliRunner().invoke(staffing, ["--version"]).exit_code)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert codes == [0]
