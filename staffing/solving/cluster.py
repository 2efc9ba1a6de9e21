"""A Dask cluster that is there already: the one place that knows Dask, and what is said where something goes wrong."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar

from staffing.errors import StaffingError

_Result = TypeVar("_Result")

PATIENCE = 10
"""Seconds to wait for the scheduler."""
LOOK = 2.0
"""Seconds between two looks how many workers there are."""
TO_INSTALL = "pip install 'staffing[dask]'"
KILLED = "its worker was killed again and again: is there too little memory?"


class Gone(StaffingError):
    """The scheduler is there no more."""


class Killed(StaffingError):
    """What was asked for cost several workers their lives, and is not tried again."""


class Cluster:
    """The workers of a Dask cluster.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://127.0.0.1:8786``.

    Raises
    ------
    StaffingError
        Where Dask is not installed, or nothing answers there.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            import distributed
        except ImportError:
            raise StaffingError(f"a cluster takes Dask, which is not installed here: {TO_INSTALL}") from None
        self._levels = _hushed()
        try:
            of_dask: Any = distributed  # it has no types
            self._client = of_dask.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            _spoken(self._levels)
            raise StaffingError(
                f"no Dask scheduler answers at {address}: `dask scheduler` starts one, and says its address"
            ) from None
        self._threads, self._looked = 0, -LOOK
        self._executor: Any = self._client.get_executor(pure=False)

    @property
    def threads(self) -> int:
        """Threads of all workers; none while there are no workers."""
        if time.monotonic() > self._looked + LOOK and self._client.status == "running":
            with suppress(Exception):  # that the scheduler is gone, the results will tell
                self._threads = sum(self._client.nthreads().values())
            self._looked = time.monotonic()
        return self._threads

    def awaited(self, stop: threading.Event, seconds: float) -> bool:
        """Wait for the first worker, as long as it may take to start one; return whether there is one."""
        end = time.monotonic() + min(PATIENCE, seconds)
        while not self.threads and time.monotonic() < end and not stop.wait(LOOK / 4):
            pass
        return self.threads > 0 or stop.is_set()

    def submit(self, function: Callable[..., _Result], *arguments: Any) -> Future[_Result]:
        """Let a worker call a function.

        Raises
        ------
        Gone
            Where the scheduler is there no more.
        """
        try:
            future: Future[_Result] = self._executor.submit(function, *arguments)
        except Exception:  # noqa: BLE001  a client without its scheduler fails in many ways
            raise self._gone() from None
        return future

    def result(self, future: Future[_Result]) -> _Result:
        """Return what came of a call; what a lost worker was doing the scheduler gave to another.

        Raises
        ------
        Gone
            Where the scheduler is there no more.
        Killed
            Where each worker that tried was killed.
        StaffingError
            Where the call failed.
        """
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            raise Killed(KILLED) from None
        except CancelledError:
            raise self._gone() from None
        except StaffingError:
            raise
        except ImportError:
            raise StaffingError(
                "the workers of the cluster cannot import staffing: install it on each of them"
            ) from None
        except Exception as error:  # noqa: BLE001  whatever a cluster may say
            said = " ".join(str(error).split())
            raise StaffingError(f"the cluster at {self.address} cannot do its part: {said}") from None

    def _gone(self) -> Gone:
        return Gone(f"the Dask scheduler at {self.address} is gone")

    def close(self) -> None:
        """Take leave of the cluster; what it is still doing is given up."""
        try:
            self._executor.shutdown(wait=False)
        finally:
            self._client.close(timeout=2)
            _spoken(self._levels)


def other_version(theirs: str, ours: str) -> StaffingError:
    """Return what is said where a worker has another version of this package."""
    return StaffingError(f"a worker has staffing {theirs}, and this is {ours}: install the same everywhere")


def _hushed() -> dict[str, int]:
    """Let Dask log nothing, for what matters of it is told in our words; return the levels before."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return levels


def _spoken(levels: dict[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
