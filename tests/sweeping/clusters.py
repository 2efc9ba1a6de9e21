"""Real Dask clusters on this machine."""

from __future__ import annotations

import json
import random
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

from .worlds import environment

REFERENCE = (Path(__file__).parents[2] / "scenarios" / "README.md").read_text(encoding="utf-8")
(COMMANDS,) = re.findall(r"<!-- a cluster -->\n```sh\n(.*?)```", REFERENCE, flags=re.DOTALL)
PATIENCE = 60


class Cluster:
    """A scheduler and its workers, none of them with a dashboard, or with a guardian unless it is asked for."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""
        self.scheduler = self.start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(self.file)
        )
        end = time.monotonic() + PATIENCE
        while not (self.file.exists() and self.file.read_text().strip().endswith("}")):
            assert time.monotonic() < end
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text())["address"]
        for _ in range(workers):
            self.hire()

    def start(self, what: str, *options: str) -> subprocess.Popen[bytes]:
        """Start one of both by the command of the reference, at an address of its own."""
        (line,) = (line for line in COMMANDS.splitlines() if line.startswith(f"dask {what}"))
        words = [self.address if word.startswith("tcp://") else word for word in shlex.split(line)]
        command = [sys.executable, "-m", *words, "--no-dashboard", *options]
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                env=environment(),
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    def hire(self, *, guardian: bool = False) -> None:
        nanny = "--nanny" if guardian else "--no-nanny"
        self.workers.append(self.start("worker", "--nworkers", "1", nanny, "--host", "127.0.0.1"))

    def lose(self, chance: random.Random) -> None:
        """Kill one of the workers."""
        victim = self.workers.pop(chance.randrange(len(self.workers)))
        victim.kill()
        victim.wait()

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
