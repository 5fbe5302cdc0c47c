"""Drawings used lately, and small pictures of drawings."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from sketchstudio.core.document import Document
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.picture_header import PNG, read_header
from sketchstudio.formats.thumbnail import thumbnail_of
from sketchstudio.state.settings import Preferences
from sketchstudio.system.paths import cache_folder

log = logging.getLogger(__name__)

_KEPT = 12
_LARGEST = 1024  # px; a file may hold any picture


class RecentFiles(QObject):
    """Remembers files with their pictures, newest first.

    Signals:
        changed: There are others, or another order.
    """

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences

    def paths(self) -> list[Path]:
        """Those that are still there."""
        return [path for path in map(Path, self._preferences.values.recent_files) if path.is_file()]

    def add(self, path: Path, document: Document) -> None:
        """A file was opened or saved, and looks like this document."""
        path = path.absolute()
        known = self._preferences.values.recent_files
        files = [str(path), *(other for other in known if other != str(path))]
        self._keep(files[:_KEPT], files[_KEPT:])
        if not _is_ours(path):  # which holds a picture itself
            # Once the drawing is on the screen: a large one takes a while to paint.
            QTimer.singleShot(0, self, partial(self._keep_picture, path, document))

    def _keep_picture(self, path: Path, document: Document) -> None:
        if str(path) not in self._preferences.values.recent_files:
            return
        target = _picture_path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(thumbnail_of(document))
        except OSError as error:
            log.warning("no picture of the drawing: %s", error)

    def picture(self, path: Path) -> QImage:
        """What the file looked like when it was used last; empty where nobody knows."""
        return picture_in(path) if _is_ours(path) else QImage(str(_picture_path(path)))

    def clear(self) -> None:
        """Forget all, with their pictures."""
        self._keep([], self._preferences.values.recent_files)

    def _keep(self, files: list[str], gone: list[str]) -> None:
        for name in gone:
            with contextlib.suppress(OSError):
                _picture_path(Path(name)).unlink()
        self._preferences.set("recent_files", files)
        self.changed.emit()


def picture_in(path: Path) -> QImage:
    """The small picture of a ``.sketch`` file; empty where it cannot be read."""
    data = native.thumbnail(path)
    header = read_header(data)
    if header and header.kind == PNG and max(header.width, header.height) <= _LARGEST:
        image = QImage.fromData(data)
        if not image.isNull():
            return image
    try:
        return picture_of(native.load(path))  # as of files from before they held one
    except (FormatError, OSError):
        return QImage()


def picture_of(document: Document) -> QImage:
    """All ink of a document on its paper."""
    return QImage.fromData(thumbnail_of(document))


def _is_ours(path: Path) -> bool:
    return path.suffix.lower() == native.ENDING


def _picture_path(path: Path) -> Path:
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:32]
    return cache_folder() / "pictures" / f"{name}.png"
