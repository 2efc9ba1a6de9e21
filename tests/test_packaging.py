"""What is installed is whole, and what it needs is declared."""

import ast
import re
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from email import message_from_string
from functools import cache
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from hatchling.build import build_wheel

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SOURCES = {path for path in (ROOT / "staffing").rglob("*") if path.is_file() and path.parent.name != "__pycache__"}
PART_OF = {"pydantic-core": "pydantic"}
"""A distribution that comes with another one, in just the version that one asks for."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return zipfile.ZipFile(folder / build_wheel(str(folder)))


def test_the_wheel_has_the_package_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == {path.relative_to(ROOT).as_posix() for path in SOURCES}
    assert {"staffing/py.typed", "staffing/cli/starter.yaml", "staffing/cli/starter.toml"} <= inside


def test_the_wheel_brings_the_command(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    assert "staffing = staffing.__main__:main" in wheel.read(name).decode()


def test_the_wheel_says_what_it_is(wheel: zipfile.ZipFile) -> None:
    (name,) = (name for name in wheel.namelist() if name.endswith("METADATA"))
    said = message_from_string(wheel.read(name).decode())
    assert (said["Name"], said["Version"]) == ("staffing", PROJECT["version"])
    assert said["Requires-Python"] == ">=3.11"
    assert any(name.endswith("licenses/LICENSE") for name in wheel.namelist())


def test_the_package_imports_what_is_declared_and_nothing_else() -> None:
    asked = {distribution(module) for module in imported("staffing")}
    extras = (PROJECT["optional-dependencies"][extra] for extra in ("dask", "notebook"))
    assert asked == declared([*PROJECT["dependencies"], *chain.from_iterable(extras)])


def test_tests_import_what_is_declared() -> None:
    ours = {path.stem for path in (ROOT / "tests").rglob("*.py")} | {path.name for path in (ROOT / "tests").iterdir()}
    asked = {distribution(module) for module in imported("tests") - ours - {"staffing"}}
    assert asked <= declared(PROJECT["dependencies"]) | declared(PROJECT["optional-dependencies"]["test"])


def test_the_version_has_an_entry_in_the_changelog() -> None:
    assert f"## [{PROJECT['version']}]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def imported(folder: str) -> set[str]:
    """Name the top-level modules of others that the code in a folder imports, anywhere in a file."""
    found: set[str] = set()
    for path in (ROOT / folder).rglob("*.py"):
        found.update(module.partition(".")[0] for module in _imports(ast.parse(path.read_bytes())))
    return found - sys.stdlib_module_names - {folder}


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


installed = cache(packages_distributions)


def distribution(module: str) -> str:
    name = _plain(installed()[module][0])
    return PART_OF.get(name, name)


def declared(requirements: list[str]) -> set[str]:
    """Name distributions as they are compared: in small letters, joined by a dash."""
    return {_plain(re.split(r"[<>=!~;\[ ]", requirement)[0]) for requirement in requirements}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
