"""Menu entry, icon and file type for a Linux desktop, in the person's own folders."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from sketchstudio.system.paths import resource_path

FILES = {
    "desktop/sketchstudio.desktop": "applications/sketchstudio.desktop",
    "desktop/sketchstudio.xml": "mime/packages/sketchstudio.xml",
    "icons/app.svg": "icons/hicolor/scalable/apps/sketchstudio.svg",
}
"""Of ``resources``, and where each goes below the data folder."""

_REFRESH = (("update-mime-database", "mime"), ("update-desktop-database", "applications"))


def install(data_folder: Path | None = None) -> list[Path]:
    """Write the files, in place of older ones, and tell the desktop.

    Args:
        data_folder: ``$XDG_DATA_HOME`` where none is given.

    Returns:
        What was written.

    Raises:
        OSError: A folder cannot be written to.
    """
    base = data_folder or default_folder()
    written = []
    for source, target in FILES.items():
        text = resource_path(source).read_text(encoding="utf-8")
        if source.endswith(".desktop"):
            text = text.replace("Exec=sketchstudio", f"Exec={_command()}")
        path = base / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        written.append(path)
    _refresh(base)
    return written


def remove(data_folder: Path | None = None) -> list[Path]:
    """Take back what `install` wrote; returns what was there."""
    base = data_folder or default_folder()
    there = [base / target for target in FILES.values() if (base / target).exists()]
    for path in there:
        path.unlink()
    _refresh(base)
    return there


def default_folder() -> Path:
    """Where a person's desktop files lie."""
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def _command() -> str:
    """What starts this very installation, as a desktop entry quotes it."""
    script = Path(sys.executable).with_name("sketchstudio")
    if script.exists():
        return _quoted(str(script))
    return f"{_quoted(sys.executable)} -m sketchstudio"


def _quoted(path: str) -> str:
    plain = shlex.quote(path) == path
    escaped = path.replace("\\", r"\\").replace('"', r"\"").replace("`", r"\`").replace("$", r"\$")
    return path if plain else f'"{escaped}"'.replace("%", "%%")


def _refresh(base: Path) -> None:
    """Menus and file managers look again; where the tools are missing they do so by themselves."""
    for tool, folder in _REFRESH:
        if shutil.which(tool) and (base / folder).is_dir():
            subprocess.run([tool, str(base / folder)], capture_output=True, check=False)
