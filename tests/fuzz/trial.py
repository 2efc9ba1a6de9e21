"""Trying inputs, one after the other, in a process that watches its own time and memory."""

from __future__ import annotations

import faulthandler
import json
import re
import resource
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from staffing.cli import failures
from staffing.cli.group import staffing

from .cases import Line, Workshop, lines_of

SECONDS = 2.0
"""Most CPU time of a command line, searches and what Python needs to start aside."""
MEGABYTES = 500
STUCK = 60
"""Seconds after which a command line never ends."""
REPEATS = 3
"""A slow one is tried so often; the quickest counts, for others use the machine as well."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a command line."""

    line: Line
    code: int
    talk: str
    seconds: float
    megabytes: float

    @property
    def fault(self) -> str:
        """What is wrong with it; "" if nothing is."""
        if self.code not in (0, 1, 2, 3) or "Traceback" in self.talk:
            return f"exit code {self.code}\n{self.talk[-6000:]}"
        if self.code in (1, 2) and not self.talk.strip():
            return f"exit code {self.code} without a word"
        if self.megabytes > MEGABYTES:
            return f"{self.megabytes:.0f} MB"
        return f"{self.seconds:.1f} s of CPU time" if self.seconds > SECONDS else ""


def run(line: Line) -> Tried:
    """Run a command line in this process."""
    _forget_peak()
    faulthandler.dump_traceback_later(STUCK, exit=True)
    before = time.process_time()
    done = CliRunner().invoke(staffing, line)
    seconds = time.process_time() - before
    faulthandler.cancel_dump_traceback_later()
    talk = done.stderr
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        talk += "".join(traceback.format_exception(done.exception))
    return Tried(line, done.exit_code, talk, seconds, _peak())


def run_fairly(line: Line) -> Tried:
    """Run a command line, again where it seems slow."""
    tried = run(line)
    for _ in range(REPEATS - 1):
        if tried.seconds <= SECONDS or tried.code not in (0, 1, 2, 3):
            break
        tried = min(tried, run(line), key=lambda one: one.seconds)
    return tried


def try_one(kind: str, number: int, workshop: Workshop) -> Iterable[Tried]:
    """Try one input: a second command only where the first finds no mistake."""
    for line in lines_of(kind, number, workshop):
        tried = run_fairly(line)
        yield tried
        if tried.code or tried.fault:
            return


def prepare(folder: Path) -> Workshop:
    """Make ready what all inputs need, so that it counts for none: imports, compiled code, what is read once."""
    failures.bug_report = lambda error: "".join(traceback.format_exception(error))
    workshop = Workshop.at(folder)
    for line in (
        ["validate", "base.yaml"],
        ["report", "base.json", "-o", "page.html"],
        ["convert", "base.yaml", "w.xlsx"],
    ):
        run([workshop.path(word) if "." in word else word for word in line])
    while True:  # code is compiled beside the search
        before = time.process_time()
        time.sleep(0.5)
        if time.process_time() - before < 0.1:
            return workshop


def _forget_peak() -> None:
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """Most memory since the peak was forgotten, in MB."""
    found = re.search(r"VmHWM:\s*([0-9]+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1000


def main(kinds: dict[str, tuple[int, int]]) -> None:
    """Try inputs of each kind, from one number to another, and print a line for each fault and each kind."""
    limit = 16 * 10**9  # what would take the machine down ends as a MemoryError, which is a fault too
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    with tempfile.TemporaryDirectory() as name:
        workshop = prepare(Path(name))
        for kind, (first, last) in kinds.items():
            codes: dict[int, int] = {}
            for number in range(first, last):
                print(json.dumps({"now": [kind, number]}), file=sys.stderr, flush=True)
                for tried in try_one(kind, number, workshop):
                    codes[tried.code] = codes.get(tried.code, 0) + 1
                    if tried.fault:
                        said = {"kind": kind, "number": number, "line": tried.line, "fault": tried.fault}
                        print(json.dumps(said), flush=True)
            print(json.dumps({"kind": kind, "codes": codes}), flush=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
