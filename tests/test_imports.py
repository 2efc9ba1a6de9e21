"""No module is imported, through whatever others, by one that it imports.

All imports count: those that only a type checker sees, and those inside functions, which wait to be needed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import staffing

PACKAGE = Path(staffing.__file__).parent
Imports = Mapping[str, set[str]]


def _modules() -> dict[str, Path]:
    """Return the path of each module by its dotted name; a package is its ``__init__``."""
    found = {}
    for path in PACKAGE.rglob("*.py"):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _named(tree: ast.AST) -> Iterator[tuple[str, ...]]:
    """Yield what each import may mean, the likelier first: ``from a import b`` the module a.b, or else a."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name,) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", str(node.module)) for alias in node.names)


def _imports() -> Imports:
    modules = _modules()
    found: dict[str, set[str]] = {name: set() for name in modules}
    for name, path in modules.items():
        for meanings in _named(ast.parse(path.read_text(encoding="utf-8"))):
            found[name].update([meaning for meaning in meanings if meaning in modules][:1])
    return found


def _reached(start: str, imports: Imports) -> set[str]:
    """Return all that a module imports, through others too."""
    found: set[str] = set()
    open_ = [start]
    while open_:
        new = imports[open_.pop()] - found
        found |= new
        open_ += new
    return found


def _circles(imports: Imports) -> set[frozenset[str]]:
    reached = {name: _reached(name, imports) for name in imports}
    return {
        frozenset(other for other in reached[name] if name in reached[other])
        for name in imports
        if name in reached[name]
    }


def test_imports_are_found_wherever_they_stand() -> None:
    imports = _imports()
    assert "staffing.errors" in imports["staffing.files.text"]  # at the top
    assert "staffing.scenario.scenario" in imports["staffing"]  # for type checkers
    assert "staffing.files" in imports["staffing.scenario.scenario"]  # in a function
    assert "staffing.plan.frames" in imports["staffing.plan.plan"]  # a module of a package


def test_a_circle_is_found() -> None:
    imports = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": set()}
    assert _circles(imports) == {frozenset("abc")}


def test_imports_go_in_no_circle() -> None:
    assert _circles(_imports()) == set()
