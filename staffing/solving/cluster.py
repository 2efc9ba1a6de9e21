"""A Dask cluster as an executor of :mod:`concurrent.futures`."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from staffing.errors import StaffingError

PATIENCE = 10
"""Seconds that a scheduler has to answer in."""


@contextmanager
def connected(address: str) -> Iterator[tuple[Executor, int]]:
    """Connect to the scheduler at an address, such as tcp://10.0.0.5:8786; give its executor and its threads.

    Raises
    ------
    StaffingError
        Where Dask is not installed, nobody answers, or the scheduler has no workers.
    """
    if find_spec("distributed") is None:
        raise StaffingError('a cluster needs Dask: pip install "staffing[dask]"')
    from distributed import Client as untyped

    Client: Any = untyped

    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, ImportError) as error:
        raise StaffingError(f"no Dask scheduler answers at {address}: start one with `dask scheduler`") from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise StaffingError(f"the scheduler at {address} has no workers: start one with `dask worker {address}`")
        with client.get_executor(pure=False) as executor:
            yield executor, threads
