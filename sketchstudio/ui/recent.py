"""Drawings used lately, and small pictures of drawings."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter

from sketchstudio.core.document import Document
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.state.settings import Preferences
from sketchstudio.system.paths import cache_folder
from sketchstudio.ui.canvas.renderer import paint_document

log = logging.getLogger(__name__)

PICTURE = QSize(240, 180)
"""Of a drawing, px."""

_KEPT = 12
_MARGIN = 10


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
        others = (other for other in known if other != str(path))
        self._preferences.set("recent_files", [str(path), *others][:_KEPT])
        self.changed.emit()
        # Once the drawing is on the screen: a large one takes a while to paint.
        QTimer.singleShot(0, self, partial(self._keep_picture, path, document))

    def _keep_picture(self, path: Path, document: Document) -> None:
        target = _picture_path(path)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("no picture of the drawing: %s", error)
        else:
            if not picture_of(document).save(str(target)):
                log.warning("no picture of the drawing: %s cannot be written", target)

    def picture(self, path: Path) -> QImage:
        """What the file looked like when it was used last; empty where nobody knows."""
        image = QImage(str(_picture_path(path)))
        if image.isNull() and path.suffix == native.ENDING:
            with contextlib.suppress(FormatError, OSError):
                return picture_of(native.load(path))
        return image

    def clear(self) -> None:
        """Forget all, with their pictures."""
        for name in self._preferences.values.recent_files:
            _picture_path(Path(name)).unlink(missing_ok=True)
        self._preferences.set("recent_files", [])
        self.changed.emit()


def picture_of(document: Document, size: QSize = PICTURE) -> QImage:
    """All ink of a document on its paper, as large as fits into ``size``, px."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    bounds = document.bounds
    if bounds is not None:
        room = QRectF(0, 0, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN)
        zoom = min(room.width() / max(bounds.width, 1), room.height() / max(bounds.height, 1), 2.0)
        painter.translate(size.width() / 2, size.height() / 2)
        painter.scale(zoom, zoom)
        painter.translate(-(bounds.left + bounds.right) / 2, -(bounds.top + bounds.bottom) / 2)
    paint_document(painter, document)
    painter.end()
    return image


def _picture_path(path: Path) -> Path:
    name = hashlib.sha256(str(path.absolute()).encode()).hexdigest()[:32]
    return cache_folder() / "pictures" / f"{name}.png"
