"""A Dask cluster that is there already: the one place that knows Dask, and what is said where something goes wrong."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any, TypeVar
from uuid import uuid4
from weakref import WeakKeyDictionary

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
            self._lost = _lost(of_dask)
            self._client = of_dask.Client(address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TimeoutError):
            _spoken(self._levels)
            raise StaffingError(
                f"no Dask scheduler answers at {address}: `dask scheduler` starts one, and says its address"
            ) from None
        self._threads, self._looked = 0, -LOOK
        self._executor: Any = self._client.get_executor(pure=False)
        self._keys: WeakKeyDictionary[Future[Any], str] = WeakKeyDictionary()

    @property
    def threads(self) -> int:
        """Threads of all workers; none while there are no workers."""
        if time.monotonic() > self._looked + LOOK and self._client.status == "running":
            with suppress(*self._lost):  # that the scheduler is gone, the results will tell
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
        key = f"staffing-{uuid4().hex}"
        try:
            future: Future[_Result] = self._executor.submit(function, *arguments, key=key)
        except self._lost:
            raise self._gone() from None
        self._keys[future] = key
        return future

    def submit_to_each(self, function: Callable[..., None], *arguments: Any) -> list[Future[None]]:
        """Let each worker call a function; whether it does, what it is asked next will tell."""
        with suppress(*self._lost):
            return [self._executor.submit(function, *arguments, workers=[one]) for one in self._client.nthreads()]
        return []

    def end(self, future: Future[Any]) -> bool:
        """End a call with the worker that has it, whose guardian starts another one; return whether there was one.

        A worker without a guardian is sent away, and is one less.
        """
        key = self._keys[future]
        try:
            at = [worker for worker, keys in self._client.processing().items() if key in keys]
            if at:
                future.cancel()
                self._restart(at)
        except self._lost:
            return False  # that the scheduler is gone, the results will tell
        return bool(at)

    def _restart(self, workers: list[str]) -> None:
        try:
            self._client.restart_workers(workers, timeout=PATIENCE, raise_for_error=False)
        except ValueError:  # they have no guardian
            self._client.retire_workers(workers)

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
        except Exception as error:  # noqa: BLE001  what a call raised on its worker comes back here, of whatever kind
            said = " ".join(str(error).split())
            raise StaffingError(f"the cluster at {self.address} cannot do its part: {said}") from None

    def _gone(self) -> Gone:
        return Gone(f"the Dask scheduler at {self.address} is gone")

    def close(self) -> None:
        """Take leave of the cluster; what it is still doing is given up."""
        with suppress(*self._lost):
            self._executor.shutdown(wait=False)
        with suppress(*self._lost):
            self._client.close(timeout=2)
        _spoken(self._levels)


def other_version(theirs: str, ours: str) -> StaffingError:
    """Return what is said where a worker has another version of this package."""
    return StaffingError(f"a worker has staffing {theirs}, and this is {ours}: install the same everywhere")


def _lost(of_dask: Any) -> tuple[type[Exception], ...]:
    """Return what a client raises whose scheduler is gone: it stumbles over what it has no more, too."""
    return (OSError, RuntimeError, AttributeError, getattr(of_dask.client, "ClosedClientError", OSError))


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
