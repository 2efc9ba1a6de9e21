"""Runs handed out, and their results taken in, until all are known: also those that another sweep is at."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from importlib.metadata import version

from staffing.solving.cluster import KILLED, other_version
from staffing.sweeping.crews import Crew, Lost
from staffing.sweeping.request import Options, Run
from staffing.sweeping.store import Store
from staffing.sweeping.work import Job, Outcome

TICK = 0.25
"""Seconds between two looks at what others have done meanwhile."""
BEAT = 5.0
"""Seconds between two signs of life."""
KILLS = 3
"""As often a run may lose its worker."""
HANGS, HANGS_DETERMINISTIC, HANGS_SECONDS = 3.0, 10.0, 60.0
"""Times its time limit, and seconds on top, after which a run hangs; a deterministic one counts work, not seconds."""


def patience(options: Options) -> float:
    """Return the seconds after which a run is taken to hang."""
    return options.time_limit * (HANGS_DETERMINISTIC if options.deterministic else HANGS) + HANGS_SECONDS


@dataclass(frozen=True, slots=True)
class SweepProgress:
    """Where a sweep stands.

    Attributes
    ----------
    total, done, failed
        Different runs, and what has become of them.
    at_work, elsewhere
        Runs that this sweep, or another one on the same file, is at.
    seconds_left
        About; until the first run has ended, by its time limit.
    """

    total: int
    done: int
    failed: int
    at_work: int
    elsewhere: int
    seconds_left: float


@dataclass
class Running:
    """A sweep at work.

    Attributes
    ----------
    runs
        What is not known yet, each key once.
    options, store, crew
        How it is solved, kept, and by whom.
    known
        Keys that are done already, or have failed, with their runs.
    stop
        When set, nothing more is handed out.
    progress
        Told where it stands.
    """

    runs: Sequence[Run]
    options: Options
    store: Store
    crew: Crew
    known: dict[str, Run]
    stop: threading.Event
    progress: Callable[[SweepProgress], None] | None = None

    _at_work: dict[Future[Outcome], Run] = field(default_factory=dict)
    _since: dict[Future[Outcome], float] = field(default_factory=dict)
    _open: deque[Run] = field(default_factory=deque)
    _done: int = 0
    _failed: int = 0
    _elsewhere: int = 0
    _seconds: list[float] = field(default_factory=list)
    _beaten: float = field(default_factory=time.monotonic)

    def finish(self) -> None:
        """Do all runs, or those at work when it is stopped."""
        self._open.extend(self.runs)
        self._done = len(self.known)
        try:
            while self._at_work or (self._open and not self.stop.is_set()):
                self._hand_out()
                self._report()
                if self._at_work:
                    ended, _ = wait(self._at_work, timeout=TICK, return_when=FIRST_COMPLETED)
                    for future in ended:
                        self._take_in(future)
                    self._end_what_hangs()
                else:
                    self.stop.wait(TICK if self._open else 0)
                if time.monotonic() > self._beaten + BEAT:
                    self._beaten = time.monotonic()
                    self.store.beat()
            self._report()
        finally:
            self.crew.close()

    def _hand_out(self) -> None:
        """Assign runs to those who have nothing to do; what others are at is looked at again the next time."""
        self._elsewhere = 0
        seats = self.crew.seats
        for _ in range(len(self._open)):
            if self.stop.is_set() or len(self._at_work) >= seats:
                return
            run = self._open.popleft()
            claim = self.store.claim(run, self.options)
            if claim == "mine":
                job = Job(run.variant.scenario, self.options, run.seed, self._start(run), version("staffing"))
                future = self.crew.submit(job)
                self._at_work[future], self._since[future] = run, time.monotonic()
            elif claim == "taken":
                self._open.append(run)
                self._elsewhere += 1
            else:
                self._ended(run, claim == "done")

    def _start(self, run: Run) -> bytes | None:
        """Return the plan of the nearest variant that is done; none where results must not depend on the order."""
        if self.options.deterministic or not self.known:
            return None
        nearest = min(self.known.values(), key=lambda other: (run.variant.distance(other.variant), other.number))
        return self.store.plan(nearest.key)

    def _take_in(self, future: Future[Outcome]) -> None:
        run, _ = self._at_work.pop(future), self._since.pop(future)
        try:
            outcome = self.crew.outcome(future)
        except Lost as lost:
            kills = self.store.killed(run.key)
            if not lost.for_good and kills < KILLS:
                self._open.appendleft(run)  # it is claimed still
                return
            outcome = Outcome("failed", KILLED)
        if outcome.state == "other_version":
            raise other_version(outcome.error, version("staffing"))
        self._keep(run, outcome)

    def _end_what_hangs(self) -> None:
        """End runs that are far beyond their time limit, of which nothing will come any more."""
        now, most = time.monotonic(), patience(self.options)
        for future in [future for future, since in self._since.items() if now > since + most and not future.done()]:
            if not self.crew.end(future):
                self._since[future] = now
                continue
            run, seconds = self._at_work.pop(future), now - self._since.pop(future)
            hung = f"it was ended: it hung after {seconds:.0f} seconds, of a time limit of {self.options.time_limit:g}"
            self._keep(run, Outcome("failed", hung, seconds=round(seconds, 3)))

    def _keep(self, run: Run, outcome: Outcome) -> None:
        self.store.finish(run.key, outcome)
        self._seconds.append(outcome.seconds)
        self._ended(run, outcome.state == "done")

    def _ended(self, run: Run, done: bool) -> None:
        if done:
            self._done += 1
            self.known[run.key] = run
        else:
            self._failed += 1

    def _report(self) -> None:
        if self.progress is None:
            return
        left = len(self._open) + len(self._at_work)
        each = sum(self._seconds) / len(self._seconds) if self._seconds else self.options.time_limit
        self.progress(
            SweepProgress(
                total=left + self._done + self._failed,
                done=self._done,
                failed=self._failed,
                at_work=len(self._at_work),
                elsewhere=self._elsewhere,
                seconds_left=each * left / max(1, min(self.crew.seats, left)),
            )
        )
