"""How properties are tried: the same examples each time, however long one takes; and many more with ``--long``."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "same", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Try many more kills and inputs, which takes long.")


@pytest.fixture(scope="session")
def long(request: pytest.FixtureRequest) -> bool:
    """Whether tests that can go on for long shall."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(autouse=True)
def pipe_width(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lay tables out as wide as a pipe has them, however wide the terminal is that runs the tests."""
    monkeypatch.delenv("COLUMNS", raising=False)
