"""Wrong input of every kind ends in sentences: no internal error, no traceback, two seconds and 500 MB at most.

Every run tries the same inputs; ``--long`` tries a hundred thousand. Inputs are made and tried in processes of their
own, which watch their time and memory.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from staffing.errors import InternalError

from . import trial
from .cases import KINDS, Workshop, lines_of

TESTS = Path(__file__).parents[1]
NUMBERS, LONG_NUMBERS, AT_ONCE = 60, 7_700, 30
"""Inputs of each kind, with ``--long``, and of each kind in one process."""

Faults = dict[str, list[str]]


def tried_apart(share: dict[str, tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Try a share of the inputs in a process of its own; yield kind and words of each fault."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (TESTS, TESTS.parent)))}
    done = subprocess.run(
        [sys.executable, "-m", "fuzz.trial", json.dumps(share)],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=3_600,
    )
    for line in done.stdout.splitlines():
        said = json.loads(line)
        if "fault" in said:
            again = f"PYTHONPATH=tests python -m fuzz {said['kind']} {said['number']}"
            yield said["kind"], f"{said['fault']}\nstaffing {' '.join(said['line'])}\nagain: {again}"
    if done.returncode:
        *_, last = [line for line in done.stderr.splitlines() if line.startswith('{"now"')] or ['{"now": ["", 0]}']
        kind, number = json.loads(last)["now"]
        yield kind, f"{kind} {number} ended the process with {done.returncode}\n{done.stderr[-3000:]}"


@pytest.fixture(scope="module")
def faults(long: bool) -> Faults:
    """Try all inputs, two processes beside each other, and return the faults of each kind."""
    shares = [
        dict.fromkeys(KINDS, (first, first + AT_ONCE)) for first in range(0, LONG_NUMBERS if long else NUMBERS, AT_ONCE)
    ]
    found: Faults = {}
    with ThreadPoolExecutor(2) as pool:
        for share in pool.map(lambda share: [*tried_apart(share)], shares):
            for kind, fault in share:
                found.setdefault(kind, []).append(fault)
    return found


@pytest.mark.parametrize("kind", ["", *KINDS])
def test_input_of_every_kind_is_told_in_sentences(kind: str, faults: Faults) -> None:
    found = faults.get(kind, [])
    assert not found, f"{len(found)} faults, first:\n" + "\n\n".join(found[:3])


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop.at(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_is_the_same_again(kind: str, workshop: Workshop) -> None:
    def made() -> tuple[object, ...]:
        lines = lines_of(kind, 7, workshop)
        inputs = sorted(path for path in workshop.folder.rglob("*") if path.is_file() and path.suffix != ".xlsx")
        return lines, [(path, path.read_bytes()) for path in inputs]

    assert made() == made()


def test_sound_input_is_sound(workshop: Workshop) -> None:
    for form in (".yaml", ".toml", ".json", ".xlsx"):
        assert trial.run(["validate", workshop.write(f"sound{form}", workshop.contents[form])]).code == 0
    assert trial.run(["audit", workshop.path("base.yaml"), workshop.path("base.json")]).code == 0


@pytest.mark.parametrize(
    ("error", "word"), [(ZeroDivisionError("by nought"), "by nought"), (InternalError("a bug"), "exit code 70")]
)
def test_a_fault_is_found(error: Exception, word: str, workshop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(_path: object) -> object:
        raise error

    monkeypatch.setattr("staffing.loading.read", read)
    monkeypatch.setattr("staffing.cli.failures.bug_report", repr)
    assert word in trial.run(["validate", workshop.path("base.yaml")]).fault


def test_slow_and_large_are_faults_too() -> None:
    tried = partial(trial.Tried, ["validate", "a.yaml"], 1, "a.yaml: no")
    assert not tried(1.9, 499).fault
    assert tried(2.1, 100).fault == "2.1 s of CPU time"
    assert tried(0.1, 501).fault == "501 MB"
    assert trial.Tried(["show", "p.json"], 1, "", 0.1, 100).fault == "exit code 1 without a word"
