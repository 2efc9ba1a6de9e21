"""Who does the runs: worker processes of this machine, one run at a time each."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import wait
from types import ModuleType

from staffing.errors import StaffingError
from staffing.sweeping.work import Job, Outcome, ready, work

FEW = 3
"""Workers in a row that do not even begin, after which it is no accident."""

_SILENT = "ignore:resource_tracker:UserWarning"


class Lost(Exception):
    """A worker is gone, and what it was doing with it.

    Attributes
    ----------
    for_good
        Whether the run was tried often enough already.
    """

    def __init__(self, *, for_good: bool = False) -> None:
        super().__init__()
        self.for_good = for_good


class Crew(ABC):
    """Workers."""

    @property
    @abstractmethod
    def seats(self) -> int:
        """As many runs as are worked on at once; 0 while there are no workers."""

    @abstractmethod
    def submit(self, job: Job) -> Future[Outcome]:
        """Assign a run to a worker."""

    @abstractmethod
    def outcome(self, future: Future[Outcome]) -> Outcome:
        """Return what a worker made of a run.

        Raises
        ------
        Lost
            Where the worker was killed, and the run may have been the reason.
        StaffingError
            Where no further run can be done.
        """

    @abstractmethod
    def end(self, future: Future[Outcome]) -> bool:
        """End a run that hangs, with its worker; return False, and let it be, where no worker has begun it yet."""

    @abstractmethod
    def close(self) -> None:
        """Let everybody go, and give up what they are doing."""


class _Seat:
    """A pool of one process, so that a process that is killed takes no other run with it."""

    def __init__(self) -> None:
        with _started_apart():
            self.pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), initializer=_settle)
            self.there = self.pool.submit(ready)

    @property
    def began(self) -> bool:
        """Whether the process has come up."""
        return self.there.done() and self.there.exception() is None

    def leave(self) -> None:
        """End the process, whatever it does."""
        self.pool.shutdown(wait=False, cancel_futures=True)
        if self.began:
            with suppress(OSError):
                os.kill(self.there.result(), signal.SIGTERM)


class Home(Crew):
    """Processes of this machine.

    Parameters
    ----------
    seats
        How many.
    """

    def __init__(self, seats: int) -> None:
        self._free: list[_Seat | None] = [None] * seats
        self._at: dict[Future[Outcome], _Seat] = {}
        self._seats = seats
        self._failures = 0

    @property
    def seats(self) -> int:
        """As many runs as are worked on at once."""
        return self._seats

    def submit(self, job: Job) -> Future[Outcome]:
        """Assign a run to a worker, a new one where there is none."""
        seat = self._free.pop() or _Seat()
        try:
            future = seat.pool.submit(work, job)
        except BrokenProcessPool:  # it was killed while it had nothing to do
            seat = _Seat()
            future = seat.pool.submit(work, job)
        self._at[future] = seat
        return future

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """Return what a worker made of a run."""
        seat = self._at.pop(future)
        try:
            found = future.result()
        except BrokenProcessPool:
            self._free.append(None)
            self._failures = 0 if seat.began else self._failures + 1
            seat.leave()
            if self._failures >= FEW:
                raise StaffingError("worker processes cannot be started on this machine, or end at once") from None
            raise Lost from None
        self._free.append(seat)
        return found

    def end(self, future: Future[Outcome]) -> bool:
        """End the worker of a run that hangs; the next run gets a new one."""
        if not self._at[future].began:
            return False
        self._at.pop(future).leave()
        self._free.append(None)
        return True

    def close(self) -> None:
        """Let everybody go."""
        for seat in (*self._at.values(), *self._free):
            if seat is not None:
                seat.leave()


@contextmanager
def _started_apart() -> Iterator[None]:
    """Start processes that are deaf to Ctrl-C from the first moment, and do not run the script that started them."""
    _start_tracker()
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    can_mask = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT]) if can_mask else None
    try:
        yield
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        sys.modules["__main__"] = main


def _start_tracker() -> None:
    """Start the process of Python that clears away after others, first of all, for it would let Ctrl-C in again.

    When a sweep is killed it has something to do, of which it would warn.
    """
    if sys.platform == "win32":
        return
    sys.warnoptions.append(_SILENT)
    resource_tracker.ensure_running()
    sys.warnoptions.remove(_SILENT)


def _settle() -> None:
    """Settle in a worker process: Ctrl-C is for the sweep to hear, and without the sweep there is nothing to do."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent.sentinel,), daemon=True).start()


def _leave_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
