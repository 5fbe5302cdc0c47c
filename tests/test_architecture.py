"""The import rules: who may know whom, and what must not be imported before it is needed."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

KNOWS = {
    "core": set(),
    "formats": {"core"},
    "recovery": {"formats", "core"},
    "model": {"core", "system"},
    "engine": {"model", "core"},
    "state": {"recovery", "engine", "formats", "core", "system"},
    "ui": {"state", "recovery", "engine", "formats", "core", "system"},
    "system": set(),
    "bench": {"ui", "recovery", "state", "engine", "model", "formats", "core"},
    "cli": {"bench", "core", "formats", "model", "engine", "system", "ui"},
    "trainer": {"model", "formats", "core"},
}
"""Parts and what they may import of sketchstudio; app and __main__ compose them all."""

NO_QT = {"core", "formats", "recovery", "model", "trainer", "cli"}
MAY_IMPORT_TORCH_AT_ONCE = {"model", "trainer"}
NEVER_TORCH = {"core", "formats", "recovery", "ui", "state", "system"}
LAZY = {"torch", "pyqtgraph", "svgwrite", "cv2"}


def modules() -> Iterator[tuple[str, Path]]:
    """Every module with the part it belongs to."""
    for path in sorted((ROOT / "sketchstudio").rglob("*.py")):
        part = path.relative_to(ROOT / "sketchstudio").parts[0].removesuffix(".py")
        if part not in ("__init__", "__main__", "app"):
            yield part, path
    for path in sorted((ROOT / "trainer").rglob("*.py")):
        yield "trainer", path


def imports(tree: ast.AST) -> Iterator[str]:
    """Names of imported modules, dotted."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where things come from"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def at_once(tree: ast.Module) -> ast.Module:
    """The tree without function bodies and type-checking blocks: what an import runs."""

    class Strip(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST | None:
            guard = ast.unparse(node.test)
            return None if guard.endswith("TYPE_CHECKING") else self.generic_visit(node)

    return Strip().visit(tree)


CASES = [pytest.param(part, path, id=str(path.relative_to(ROOT))) for part, path in modules()]


@pytest.mark.parametrize(("part", "path"), CASES)
def test_imports_follow_the_architecture(part: str, path: Path):
    """Dependencies point one way: app, ui, state, engine, model, core."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for name in imports(tree):
        package, _, rest = name.partition(".")
        if package == "sketchstudio" and rest:
            other = rest.split(".")[0]
            assert other in KNOWS[part] | {part, "__version__"}, f"{part} must not know {name}"
        if package == "trainer":
            assert part == "trainer", f"{part} must not know the trainer"
        if package in ("PySide6", "shiboken6"):
            assert part not in NO_QT, f"{part} must not import Qt"
        if package == "torch":
            assert part not in NEVER_TORCH, f"{part} must not import torch"
        if package == "svgwrite":
            assert path.name == "svg_write.py", "only svg_write.py knows svgwrite"
    if part not in MAY_IMPORT_TORCH_AT_ONCE:
        for name in imports(at_once(tree)):
            assert name.split(".")[0] not in LAZY, f"{name} is imported before it is needed"


def test_every_package_ships():
    """A package that the build does not list is missing from the wheel, as resources once were."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    folders = {path.parent for _, path in modules()} | {ROOT / "sketchstudio"}
    there = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert set(listed) == there | {"sketchstudio.resources"}


def test_unknown_parts_are_noticed():
    """A new package states what it may import."""
    assert {part for part, _ in modules()} <= KNOWS.keys()


def test_worker_signals_meet_only_bound_methods():
    """A lambda on a worker's signal would run in the worker's thread and touch widgets there."""
    for part, path in modules():
        if part != "engine":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "connect"
            ):
                assert isinstance(node.args[0], ast.Attribute), f"{path.name}:{node.lineno}"


def test_start_imports_nothing_heavy():
    """The window is up before torch is: its imports, and theirs, stay light."""
    code = (
        "import sys, sketchstudio.app;"
        "print(*({'torch', 'pyqtgraph', 'svgwrite', 'cv2', 'scipy'} & sys.modules.keys()))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    assert result.stdout.strip() == ""
