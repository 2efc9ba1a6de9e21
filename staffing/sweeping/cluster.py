"""Runs done away: by the workers of a Dask cluster."""

from __future__ import annotations

from concurrent.futures import Future

from staffing.errors import StaffingError
from staffing.solving.cluster import Cluster, Gone, Killed
from staffing.sweeping.crews import Crew, Lost
from staffing.sweeping.work import Job, Outcome, work


class Away(Crew):
    """Workers of a Dask cluster that is there already.

    Parameters
    ----------
    cluster
        Its workers.
    seats
        Most runs at once; as many as its workers have threads if None.
    """

    def __init__(self, cluster: Cluster, seats: int | None) -> None:
        self._cluster, self._most = cluster, seats

    @property
    def seats(self) -> int:
        """As many runs as are worked on at once: one a thread of its workers; none while there are none."""
        threads = self._cluster.threads
        return threads if self._most is None else min(self._most, threads)

    def submit(self, job: Job) -> Future[Outcome]:
        """Submit a run to the cluster."""
        try:
            return self._cluster.submit(work, job)
        except Gone as gone:
            raise _to_go_on(gone) from None

    def outcome(self, future: Future[Outcome]) -> Outcome:
        """Return what the cluster made of a run."""
        try:
            return self._cluster.result(future)
        except Killed:
            raise Lost(for_good=True) from None
        except Gone as gone:
            raise _to_go_on(gone) from None

    def end(self, future: Future[Outcome]) -> bool:
        """End the worker of a run that hangs."""
        return self._cluster.end(future)

    def close(self) -> None:
        """Take leave of the cluster; what it is still doing for this sweep is given up."""
        self._cluster.close()


def _to_go_on(gone: Gone) -> StaffingError:
    return StaffingError(f"{gone}: start it, and then the same sweep again")
