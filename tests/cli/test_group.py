"""The group: fast help, examples, versions, failures."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from staffing.cli import failures
from staffing.cli.failures import bug_report, guarded
from staffing.cli.group import COMMANDS, staffing
from staffing.errors import InputError, InternalError, Mistake, OutputError

HEAVY = ("ortools", "pandas", "numpy", "rich", "pydantic")


def run(*arguments: str, cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as people do, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "staffing", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env=os.environ | more,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "staffing", *arguments], capture_output=True, text=True, check=True
    )
    imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}
    assert not imported & set(HEAVY)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_in_its_help(name: str) -> None:
    done = CliRunner().invoke(staffing, [name, "--help"])
    assert done.exit_code == 0
    assert f"  staffing {name}" in done.output.partition("Example:")[2]


def test_every_command_stands_in_the_help_of_the_group() -> None:
    done = CliRunner().invoke(staffing, ["--help"])
    assert all(f"\n  {name} " in done.output for name in COMMANDS)


def test_the_version_is_shown() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("staffing 0.")


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("slove", "there is no command slove; did you mean solve?"),
        ("Solve", "there is no command Solve; did you mean solve?"),
        ("validat", "there is no command validat; did you mean validate?"),
        (
            "plan",
            "there is no command plan: init, validate, convert, solve, show, audit, explain, hire,",
        ),
    ],
)
def test_an_unknown_command_says_what_was_meant(word: str, meant: str) -> None:
    for arguments in ([word, "a.yaml"], ["help", word]):
        done = CliRunner().invoke(staffing, arguments)
        assert done.exit_code == 2
        assert f"Error: {meant}" in done.stderr
        assert done.stdout == ""


def test_a_file_where_the_command_stands_says_so(scenario_file: Path) -> None:
    done = CliRunner().invoke(staffing, [str(scenario_file)])
    assert done.exit_code == 2
    assert f"such as: staffing solve {scenario_file}" in done.stderr


def test_a_mistyped_option_says_what_was_meant() -> None:
    done = CliRunner().invoke(staffing, ["solve", "a.yaml", "--time-limt", "3"])
    assert done.exit_code == 2
    assert "Did you mean '--time-limit'?" in done.stderr


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_may_come_first(name: str) -> None:
    asked = [name] if name else []
    told = CliRunner().invoke(staffing, ["help", *asked])
    assert told.exit_code == 0
    assert told.output == CliRunner().invoke(staffing, [*asked, "--help"]).output


def test_the_version_is_shown_without_a_process() -> None:
    assert CliRunner().invoke(staffing, ["--version"]).output.startswith("staffing 0.")


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", "import sys, staffing.__main__ as m; sys.argv[1:] = ['init', '--help']; m.main()"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    talk = process.stderr.read()
    process.stderr.close()
    process.wait(timeout=60)
    assert b"Traceback" not in talk


def failing(error: BaseException) -> int:
    def command() -> None:
        raise error

    return guarded(command)


def test_each_mistake_is_one_line_and_the_exit_code_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    mistakes = [Mistake("is missing", "start", "a.yaml", 1, 1), Mistake("is no id", "staff[2].id", "a.yaml", 7, 9)]
    assert failing(InputError(mistakes)) == 1
    assert capsys.readouterr().err == "a.yaml:1:1: start: is missing\na.yaml:7:9: staff[2].id: is no id\n"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OutputError("out.json: no"), 1),
        (PermissionError(13, "Permission denied", "x.yaml"), 1),
        (InternalError("a bug: report plan.txt"), 70),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (BrokenPipeError(), 0),
    ],
)
def test_every_failure_has_its_exit_code(
    error: BaseException, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failures, "_forget_stdout", lambda: None)
    assert failing(error) == code
    assert capsys.readouterr().err.count("\n") <= 1


def test_a_bug_is_one_sentence_that_names_the_report(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert failing(ZeroDivisionError("by nought")) == 70
    (report,) = tmp_path.glob("staffing-bug-*.txt")
    talk = capsys.readouterr().err
    assert talk.count("\n") == 1
    assert str(report) in talk
    assert "by nought" in report.read_text(encoding="utf-8")


def test_a_report_says_which_version_failed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert "Python 3." in Path(bug_report(ValueError("x"))).read_text(encoding="utf-8")


def test_talk_cannot_change_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    failing(InputError([Mistake("\x1b[2J is no id", "staff[\x07]", "a\nb.yaml")]))
    assert capsys.readouterr().err == "a b.yaml: staff[ ]:  [2J is no id\n"


def test_closed_streams_are_no_error(tmp_path: Path) -> None:
    code = f"{sys.executable} -m staffing init {tmp_path / 's.json'} >&- 2>&-"
    assert subprocess.run(["sh", "-c", code], check=False, timeout=60).returncode == 0
    assert (tmp_path / "s.json").exists()


def test_names_of_any_script_leave_through_a_pipe_of_any_locale(scenario_file: Path) -> None:
    persian = scenario_file.rename(scenario_file.with_name("برنامه.yaml"))
    done = run("validate", str(persian), PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "برنامه" in done.stdout
