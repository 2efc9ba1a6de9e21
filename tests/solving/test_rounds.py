"""Rounds of ruin and recreate and steps of prices are timed; here, as other tests have had the code compiled before."""

from __future__ import annotations

from click.testing import CliRunner

from benchmarks.__main__ import main


def test_rounds_are_timed() -> None:
    done = CliRunner().invoke(main, ["rounds", "--sizes", "XS"])
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.output.splitlines()[1:]] == ["XS net_value", "XS lateness", "XS bound"]
