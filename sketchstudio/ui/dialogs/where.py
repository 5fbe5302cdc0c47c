"""Where from and where to: the questions before a file is read or written, and where they begin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from sketchstudio.state.settings import Settings
from sketchstudio.system.language import tr


def folder_for_files(last: str) -> Path:
    """The folder used last, or the person's own where there is none, or not any more."""
    folder = Path(last)
    return folder if last and folder.is_dir() else Path.home()


def file_name(title: str) -> str:
    """What to call a file of something with that title, without an ending.

    Titles come from files and from the person: a slash in one would name a folder.
    """
    return re.sub(r"[^\w ,+-]", "", title).strip() or tr("drawing")


def ask_which(parent: QWidget, title: str, settings: Settings, kinds: str) -> Path | None:
    """Ask for a file to read; the next question begins in its folder.

    Args:
        parent: Over which to ask.
        title: Of the dialog.
        settings: Know the folder used last.
        kinds: What files can be read, as Qt takes it: ``Codes (*.codes)``.

    Returns:
        None where nobody said.
    """
    kinds = f"{kinds};;{tr('All files')} (*)"
    folder = str(folder_for_files(settings.last_folder))
    name, _ = QFileDialog.getOpenFileName(parent, title, folder, kinds)
    if not name:
        return None
    settings.last_folder = str(Path(name).absolute().parent)
    return Path(name)


def ask_where(parent: QWidget, title: str, start: Path, kinds: Mapping[str, str]) -> Path | None:
    """Ask for a file to write; one that exists is only given once the person agrees.

    Args:
        parent: Over which to ask.
        title: Of the dialog.
        start: Folder and name to begin with.
        kinds: What files of each ending are; the first is meant where nothing else is said.

    Returns:
        With one of the endings; None where nobody said.
    """
    filters = {f"{words} (*{ending})": ending for ending, words in kinds.items()}
    shown = ";;".join((*filters, f"{tr('All files')} (*)"))
    name, chosen = QFileDialog.getSaveFileName(parent, title, str(start), shown)
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() in kinds:
        return path
    # "Dr. Who" has a dot, but no ending.
    path = path.with_name(path.name + filters.get(chosen, next(iter(kinds))))
    # The dialog asked about the name without the ending, not about this file.
    return path if not path.exists() or _may_replace(path, parent) else None


def _may_replace(path: Path, parent: QWidget) -> bool:
    button = QMessageBox.StandardButton
    text = tr("{file} exists. Replace it?").format(file=path.name)
    return QMessageBox.question(parent, tr("Replace"), text) == button.Yes
