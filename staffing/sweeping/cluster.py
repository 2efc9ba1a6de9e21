"""Runs done away: by the workers of a Dask cluster."""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from typing import Any

from staffing.errors import StaffingError
from staffing.sweeping.crews import Crew, Lost
from staffing.sweeping.work import Job, Outcome, work

PATIENCE = 10
"""Seconds to wait for the scheduler."""
LOOK = 2.0
"""Seconds between two looks how many workers there are."""
TO_INSTALL = "pip install 'staffing[dask]'"


class Away(Crew):
    """Workers of a Dask cluster that is there already.

    Parameters
    ----------
    address
        Of its scheduler, such as ``tcp://127.0.0.1:8786``.
    seats
        Most runs at once; as many as its workers have threads if None.

    Raises
    ------
    StaffingError
        Where Dask is not installed, or nothing answers there.
    """

    def __init__(self, address: str, seats: int | None) -> None:
        self._address, self._most = address, seats
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
    def seats(self) -> int:
        """As many runs as are worked on at once: one a thread of its workers; none while there are none."""
        if time.monotonic() > self._looked + LOOK and self._client.status == "running":
            with suppress(Exception):  # that the scheduler is gone, the runs will tell
                self._threads = sum(self._client.nthreads().values())
            self._looked = time.monotonic()
        return self._threads if self._most is None else min(self._most, self._threads)

    def submit(self, job: Job) -> Future[Outcome]:
        """Give a run to the cluster."""
        try:
            future: Future[Outcome] = self._executor.submit(work, job)
        except Exception:  # noqa: BLE001  a client without its scheduler fails in many ways
            raise self._gone() from None
        return future

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """Return what the cluster made of a run; a worker that is lost is replaced by the scheduler itself."""
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            raise Lost(for_good=True) from None
        except CancelledError:
            raise self._gone() from None
        except ImportError:
            raise StaffingError(
                "the workers of the cluster cannot import staffing: install it on each of them"
            ) from None
        except Exception as error:  # noqa: BLE001  whatever a cluster may say
            raise StaffingError(
                f"the cluster at {self._address} cannot do a run: {' '.join(str(error).split())}"
            ) from None

    def _gone(self) -> StaffingError:
        return StaffingError(f"the Dask scheduler at {self._address} is gone: start it, and then the same sweep again")

    def close(self) -> None:
        """Take leave of the cluster; what it is still doing for this sweep is given up."""
        try:
            self._executor.shutdown(wait=False)
        finally:
            self._client.close(timeout=2)
            _spoken(self._levels)


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
