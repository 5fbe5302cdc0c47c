"""Keeps the open document safe from crashes: every change of it goes to a journal."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.recorder import Recorder
from sketchstudio.state.session import Session

INK_EVERY_MS = 60
"""So often ink is kept while the pen is down."""


class Keeper(QObject):
    """Notes what a session holds as soon as it changes.

    Args:
        session: Whose document is kept.
        root: Folder of all journals.

    Signals:
        trouble: Nothing can be kept any more, with the reason; empty when it can be again.
    """

    trouble = Signal(str)

    def __init__(self, session: Session, root: Path) -> None:
        super().__init__()
        self._session = session
        self._recorder = Recorder(root, self.trouble.emit)
        self._ink: Callable[[], Stroke | None] = lambda: None
        self._last_ink: Stroke | None = None
        self._while_drawing = QTimer(self, interval=INK_EVERY_MS)
        self._while_drawing.timeout.connect(self._on_ink)
        session.document_changed.connect(self.note)
        session.dirty_changed.connect(self.note)
        session.path_changed.connect(self.note)
        session.proposals_changed.connect(self.note)

    def watch_ink(self, ink: Callable[[], Stroke | None]) -> None:
        """Keep strokes under the pen, too.

        Args:
            ink: The stroke so far; None when the pen is up.
        """
        self._ink = ink

    @Slot()
    def on_ink_started(self) -> None:
        """The pen is down."""
        self._while_drawing.start()

    @Slot()
    def note(self) -> None:
        """Keep the document as it is now."""
        session = self._session
        name = session.path.name if session.path else session.document.title
        self._recorder.note(Draft(session.whole, name, session.path, session.dirty))

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until all is on the disk, so many seconds; False where it is not by then."""
        return self._recorder.flush(timeout)

    def close(self, keep: bool) -> None:
        """Keep no more; what was kept stays for the next start, or goes."""
        self._while_drawing.stop()
        self._recorder.close(keep)

    @Slot()
    def _on_ink(self) -> None:
        ink, last = self._ink(), self._last_ink
        self._last_ink = ink
        if ink is None:
            self._while_drawing.stop()
            self.note()
            return
        if last is not None and np.array_equal(ink.samples, last.samples):
            return
        session = self._session
        drawn = add_strokes(session.active_layer, [ink], "").apply(session.whole)
        name = session.path.name if session.path else session.document.title
        self._recorder.note(Draft(drawn, name, session.path))
