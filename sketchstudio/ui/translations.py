"""For translators: ``python -m sketchstudio.ui.translations [LANGUAGE]`` updates the files.

It gathers every text from the sources into ``resources/translations/sketchstudio_*.ts``, which Qt
Linguist opens, keeps the translations there are, and compiles each to the ``.qm`` that the app
loads. A LANGUAGE, such as ``de``, begins a new file; its name goes into ``LANGUAGES`` of
``state/settings.py``.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import PySide6

from sketchstudio.core import edits
from sketchstudio.state.setting_kinds import Choice
from sketchstudio.state.settings import LANGUAGES, MODELS, SCHEMA
from sketchstudio.system.language import CONTEXT
from sketchstudio.ui.actions import ACTIONS, MENUS, Submenu
from sketchstudio.ui.bindings import RESERVED
from sketchstudio.ui.dialogs.preferences import SHORTCUTS
from sketchstudio.ui.samples import SAMPLES

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"

EDITS = {
    name
    for name, made in vars(edits).items()
    if inspect.isfunction(made) and made.__module__ == edits.__name__
}
"""Functions of core that make edits: their last argument is the step's name in the history."""

STEPS = (
    *("Draw", "Highlight", "Erase", "Erase part", "Move", "Scale", "Turn"),
    *("Recolour", "Change width", "Change smoothing"),
    *("Show layer", "Hide layer", "Lock layer", "Unlock layer", "Change paper"),
    *(
        field.default
        for made in vars(edits).values()
        if dataclasses.is_dataclass(made) and made.__module__ == edits.__name__
        for field in dataclasses.fields(made)
        if field.name == "name" and isinstance(field.default, str)
    ),
)
"""Names of steps that are chosen while the app runs, and what edits are called by themselves."""


def texts() -> dict[str, bool]:
    """Every text that the person may see, in English, and whether it has a plural."""
    found = dict.fromkeys(_in_tables(), False)
    for path in sorted((ROOT / "sketchstudio").rglob("*.py")):
        found |= dict(_in_source(ast.parse(path.read_text(encoding="utf-8"))))
    return {text: found[text] for text in sorted(found) if text}


def _in_tables() -> Iterator[str]:
    for spec in ACTIONS:
        yield from (spec.text, spec.tip)
    for title, entries in MENUS.items():
        yield title
        yield from (entry.title for entry in entries if isinstance(entry, Submenu))
    for entry in SCHEMA.values():
        yield from (entry.page, entry.label, entry.tip)
        if isinstance(entry.kind, Choice) and entry.kind.labels not in (LANGUAGES, MODELS):
            yield from entry.kind.labels.values()
    yield LANGUAGES["system"]
    yield SHORTCUTS
    yield from STEPS
    yield from RESERVED.values()
    yield from SAMPLES.values()
    with (ROOT / "trainer" / "configs" / "studio.toml").open("rb") as file:
        yield from tomllib.load(file)["categories"]


def _in_source(tree: ast.Module) -> Iterator[tuple[str, bool]]:
    """The literal texts of ``tr("…")``, ``tr("…", count)`` and ``mark("…")``; names of edits."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or not node.args:
            continue
        named = node.func.id in ("tr", "mark")
        text = node.args[0] if named else node.args[-1]
        known = named or node.func.id in EDITS
        if known and isinstance(text, ast.Constant) and isinstance(text.value, str):
            yield text.value, named and len(node.args) > 1


def update(path: Path) -> int:
    """Bring a ``.ts`` file up to date; returns how many texts it leaves untranslated."""
    known = {}
    if path.exists():
        for message in ElementTree.parse(path).getroot().iter("message"):
            known[message.findtext("source")] = message.find("translation")
    language = path.stem.removeprefix("sketchstudio_")
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ElementTree.SubElement(root, "context")
    ElementTree.SubElement(context, "name").text = CONTEXT
    missing = 0
    for text, plural in texts().items():
        message = ElementTree.SubElement(context, "message", {"numerus": "yes"} if plural else {})
        ElementTree.SubElement(message, "source").text = text
        translation = known.get(text)
        if translation is None:
            translation = ElementTree.Element("translation", type="unfinished")
        translation.tail = None
        message.append(translation)
        missing += translation.get("type") == "unfinished"
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    return missing


def compile_file(path: Path) -> None:
    """Write the ``.qm`` beside a ``.ts``, with the tool that PySide6 brings.

    Raises:
        OSError: The tool is missing.
        subprocess.CalledProcessError: It failed.
    """
    tool = Path(PySide6.__file__).parent / (
        "lrelease.exe" if sys.platform == "win32" else "lrelease"
    )
    subprocess.run([tool, "-silent", path, "-qm", path.with_suffix(".qm")], check=True)


def main(arguments: list[str]) -> None:
    """Update and compile all files, and those of the languages named."""
    FOLDER.mkdir(exist_ok=True)
    wanted = {FOLDER / f"sketchstudio_{language}.ts" for language in arguments}
    for path in sorted(wanted | set(FOLDER.glob("*.ts"))):
        missing = update(path)
        compile_file(path)
        sys.stdout.write(f"{path.name}: {missing} texts to translate\n")


if __name__ == "__main__":
    main(sys.argv[1:])
