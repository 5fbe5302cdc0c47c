"""Which ink the model is asked about: the selection, the last object or the whole drawing."""

from __future__ import annotations

import enum
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.edits import ChangeSet
from sketchstudio.core.objects import CONSIDERED, last_object
from sketchstudio.core.stroke import Stroke
from sketchstudio.state.session import Session

_REMEMBERED = 20 * CONSIDERED
"""Strokes of which it is known when they were drawn: those that undo brings back are among them,
and a day of drawing and erasing does not add up."""


class Scope(enum.StrEnum):
    """What ink is of."""

    DRAWING = "drawing"
    OBJECT = "object"
    SELECTION = "selection"


@dataclass(frozen=True, slots=True)
class Referred:
    """Ink and what it is of; there may be none.

    Attributes:
        scope: What it is of.
        strokes: In drawing order.
        layer_id: The layer that holds it.
    """

    scope: Scope
    strokes: tuple[Stroke, ...]
    layer_id: str


class Referring(QObject):
    """Knows what ink is meant, on the active layer.

    Selected strokes always come first. Without them it is all ink of the layer, or of it the
    object that was drawn last.

    Args:
        session: Whose ink.
        clock: Seconds, growing; tests have their own.

    Signals:
        changed: Other ink may be meant.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._clock = session, clock
        self._last_only = False
        self._drawn_at: dict[str, float] = {}
        session.document_changed.connect(self._on_document_changed)
        session.selection_changed.connect(self.changed)
        session.active_layer_changed.connect(self.changed)

    @property
    def last_only(self) -> bool:
        """Whether it is the last object, where nothing is selected."""
        return self._last_only

    def set_last_only(self, last_only: bool) -> None:
        """Refer to the last object from now on, or to the whole drawing."""
        if last_only != self._last_only:
            self._last_only = last_only
            self.changed.emit()

    @property
    def ink(self) -> Referred:
        """What is meant now."""
        layer_id, strokes = self._session.active_layer.id, self._session.meant_strokes
        if self._session.selected_ids:
            return Referred(Scope.SELECTION, strokes, layer_id)
        if self._last_only:
            return Referred(Scope.OBJECT, last_object(strokes, self._drawn_at), layer_id)
        return Referred(Scope.DRAWING, strokes, layer_id)

    @Slot(object)
    def _on_document_changed(self, changes: ChangeSet) -> None:
        if changes.whole:
            self._drawn_at.clear()
        else:
            now = self._clock()
            for stroke in changes.added:
                self._drawn_at.setdefault(stroke.id, now)
            too_many = max(len(self._drawn_at) - _REMEMBERED, 0)
            for old in tuple(islice(self._drawn_at, too_many)):
                del self._drawn_at[old]
        self.changed.emit()
