"""``staffing report`` and ``solve -o plan.html``."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from report.plans import persian, small
from staffing.cli.group import staffing
from staffing.cli.outputs import write
from staffing.report.page import page


@pytest.fixture
def plans(tmp_path: Path) -> list[str]:
    files = [tmp_path / "one.json", tmp_path / "two.json"]
    for plan, file in zip((small(), persian()), files, strict=True):
        plan.save(file)
    return [str(file) for file in files]


def test_one_plan_is_shown_whole(plans: list[str], tmp_path: Path) -> None:
    done = CliRunner().invoke(staffing, ["report", plans[0], "-o", str(tmp_path / "page.html")])
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.endswith("page.html written\n")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == page([small()])


def test_several_plans_are_put_side_by_side(plans: list[str], tmp_path: Path) -> None:
    assert CliRunner().invoke(staffing, ["report", *plans, "-o", str(tmp_path / "page.HTM")]).exit_code == 0
    assert (tmp_path / "page.HTM").read_text(encoding="utf-8") == page([small(), persian()])


@pytest.mark.parametrize("name", ["page.pdf", "page", "one.json"])
def test_a_page_is_an_html_file(plans: list[str], tmp_path: Path, name: str) -> None:
    done = CliRunner().invoke(staffing, ["report", plans[0], "-o", str(tmp_path / name)])
    assert done.exit_code == 2
    assert "its suffix must be .html" in done.stderr


def test_what_is_not_a_plan_is_refused_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "no.json").write_text("{}", encoding="utf-8")
    done = CliRunner().invoke(staffing, ["report", str(tmp_path / "no.json"), "-o", str(tmp_path / "page.html")])
    assert done.exit_code == 1
    assert not (tmp_path / "page.html").exists()


def test_solve_writes_a_page_by_its_suffix(tmp_path: Path) -> None:
    write(small(), [tmp_path / "plan.html"])
    assert (tmp_path / "plan.html").read_text(encoding="utf-8") == page([small()])
