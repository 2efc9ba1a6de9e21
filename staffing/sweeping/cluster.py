"""Runs done away: by the workers of a Dask cluster."""

from __future__ import annotations

import logging
import time
from concurrent.futures import CancelledError, Future
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
        """As many runs as are worked on at once: one a thread of the workers, at least one to wait for the first."""
        if self._most is not None:
            return self._most
        if time.monotonic() > self._looked + LOOK and self._client.status == "running":
            self._threads, self._looked = sum(self._client.nthreads().values()), time.monotonic()
        return max(1, self._threads)

    def submit(self, job: Job) -> Future[Outcome]:
        """Give a run to the cluster."""
        future: Future[Outcome] = self._executor.submit(work, job)
        return future

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """Return what the cluster made of a run; a worker that is lost is replaced by the scheduler itself."""
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            raise Lost(for_good=True) from None
        except CancelledError:
            raise StaffingError(
                f"the Dask scheduler at {self._address} is gone: start it, and then the same sweep again"
            ) from None
        except ImportError:
            raise StaffingError(
                "the workers of the cluster cannot import staffing: install it on each of them"
            ) from None
        except Exception as error:  # noqa: BLE001  whatever a cluster may say
            raise StaffingError(
                f"the cluster at {self._address} cannot do a run: {' '.join(str(error).split())}"
            ) from None

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
