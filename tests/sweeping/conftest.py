"""Sweeps done in this process."""

from __future__ import annotations

import pytest

from staffing.sweeping import sweep as module

from .worlds import Here


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    """Return the one worker of all sweeps of a test, which is in this process."""
    crew = Here()
    monkeypatch.setattr(module, "Home", lambda _seats: crew)
    return crew
