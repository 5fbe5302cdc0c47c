"""Cut, copy and paste of strokes within the app."""

from __future__ import annotations

import uuid
from dataclasses import replace

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.geometry import moved
from sketchstudio.core.stroke import Stroke
from sketchstudio.state.session import Session

_STEP = 16.0  # page px between a stroke and its copy, so that the copy is seen


class Clipboard:
    """Holds the strokes copied last."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._strokes: tuple[Stroke, ...] = ()
        self._pasted = 0

    def cut(self) -> None:
        """Take the selected strokes off the page; pasting puts them back in place."""
        self.copy()
        self._pasted = -1
        self._session.delete_selection()

    def copy(self) -> None:
        """Remember the selected strokes."""
        self._strokes = self._session.selected_strokes() or self._strokes
        self._pasted = 0

    def paste(self) -> None:
        """Add copies of the strokes as one undo step and select them."""
        if not self._strokes:
            return
        self._pasted += 1
        shift = self._pasted * _STEP
        copies = [
            replace(moved(stroke, shift, shift), id=uuid.uuid4().hex) for stroke in self._strokes
        ]
        self._session.execute(add_strokes(self._session.active_layer, copies, "Paste"))
        self._session.select(stroke.id for stroke in copies)
