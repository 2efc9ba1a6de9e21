"""Bad input is told in sentences, within two seconds and 500 MB, and never with a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from staffing.loading import read

HEAD = "start: 2026-01-05\nweeks: 4\nstaff: [{id: sara, role: account_manager}]\n"
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]\n" for number in range(1, 12)
)
NOISE = "client: none, kind: tactical, hours: 1"
BAD: dict[str, tuple[str, str | bytes]] = {
    "syntax": ("s.yaml", HEAD + "tasks: [{id: a\n"),
    "json syntax": ("s.json", '{"start": '),
    "toml syntax": ("s.toml", "start = \n"),
    "duplicate key": ("s.yaml", HEAD + "weeks: 5\n"),
    "unknown key": ("s.yaml", HEAD + "colour: red\n"),
    "wrong type": ("s.yaml", HEAD + "tasks: {a: 1}\n"),
    "impossible date": ("s.yaml", HEAD.replace("01-05", "02-30")),
    "impossible Solar Hijri date": ("s.yaml", HEAD.replace("2026-01-05", "1404-12-30")),
    "unknown reference": ("s.yaml", HEAD + f"tasks: [{{id: a, {NOISE}}}]\n"),
    "circle": (
        "s.yaml",
        HEAD + "clients: [{id: c}]\ntasks: [{id: a, client: c, kind: tactical, hours: 1, after: [a]}]\n",
    ),
    "circle of files": ("s.yaml", "extends: s.yaml\n"),
    "empty": ("s.yaml", ""),
    "only a comment": ("s.yaml", "# nothing\n"),
    "a list": ("s.yaml", "- 1\n- 2\n"),
    "a bare word": ("s.yaml", "scenario\n"),
    "binary": ("s.yaml", bytes(range(256)) * 100),
    "not UTF-8": ("s.yaml", HEAD.encode() + b"name: \xe9\n"),
    "UTF-16": ("s.yaml", HEAD.encode("utf-16")),
    "alias bomb": ("s.yaml", HEAD + BOMB),
    "merge bomb": ("s.yaml", HEAD + BOMB + "<<: [*a11]\n"),
    "nested lists": ("s.yaml", HEAD + "tasks: " + "[" * 50_000),
    "nested lists in JSON": ("s.json", '{"tasks": ' + "[" * 100_000),
    "nested lists in TOML": ("s.toml", "tasks = " + "[" * 50_000),
    "1e400": ("s.yaml", HEAD + "switching: 1e400\n"),
    "a huge exponent": ("s.yaml", HEAD + "switching: 1e999999999\n"),
    "a tiny number": ("s.yaml", HEAD + "switching: 1e-999999\n"),
    "many digits": ("s.yaml", HEAD + f"switching: {'9' * 100_000}\n"),
    "not a number": ("s.yaml", HEAD + "switching: .nan\n"),
    "infinity": ("s.yaml", HEAD + "switching: .inf\n"),
    "NaN in JSON": ("s.json", '{"start": "2026-01-05", "weeks": NaN}'),
    "a billion weeks": ("s.yaml", HEAD.replace("weeks: 4", "weeks: 1000000000")),
    "a billion copies": ("s.yaml", HEAD.replace("manager}", "manager, placeholder: {count: 1000000000}}")),
    "the end of time": ("s.yaml", HEAD.replace("2026-01-05", "9999-12-31")),
    "a long id": ("s.yaml", HEAD + f"tasks: [{{id: a, {NOISE.replace('none', 'n' * 100_000)}}}]\n"),
    "many mistakes": ("s.yaml", HEAD + "tasks:\n" + "".join(f"  - {{id: a{n}, {NOISE}{n}}}\n" for n in range(2_000))),
    "no suffix": ("scenario", HEAD),
    "another suffix": ("s.docx", HEAD),
}


def write(folder: Path, name: str, content: str | bytes) -> Path:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize(("name", "content"), BAD.values(), ids=BAD)
def test_bad_input_is_told_in_sentences(name: str, content: str | bytes, tmp_path: Path) -> None:
    file = write(tmp_path, name, content)
    loaded = read(file)
    assert loaded.scenario is None
    assert loaded.errors
    for mistake in loaded.errors:
        assert str(mistake).startswith(str(file))
        assert "\n" not in str(mistake)
        assert len(mistake.message) < 400


@pytest.mark.parametrize("path", ["missing.yaml", ".", "a\0b.yaml", "x" * 5_000 + ".yaml"])
def test_what_is_no_file_is_told_so(path: str, tmp_path: Path) -> None:
    assert len(read(f"{tmp_path}/{path}").errors) == 1


MEASURE = """
import json, re, sys, time
from staffing.loading import read
for path in sys.stdin.read().splitlines():
    start = time.process_time()
    read(path)
    peak = re.search("VmHWM:\\s*([0-9]+) kB", open("/proc/self/status").read())
    print(json.dumps([time.process_time() - start, int(peak[1])]))
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[float, int]]:
    """Return each case's seconds of processor time, and the peak memory up to it in kB, of a process of its own.

    Neither other programs nor what traces the tests counts.
    """
    files = [write(tmp_path_factory.mktemp("bad"), *content) for content in BAD.values()]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE], input="\n".join(map(str, files)), capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return dict(zip(BAD, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("case", BAD)
def test_bad_input_takes_less_than_two_seconds_and_500_megabytes(
    case: str, measured: dict[str, tuple[float, int]]
) -> None:
    seconds, kilobytes = measured[case]
    assert seconds < 2
    assert kilobytes < 500_000
