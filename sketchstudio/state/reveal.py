"""Ghost ink that appears stroke by stroke, as if it were drawn now: eyes follow strokes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.stroke import Stroke

REVEAL_MS, STROKE_MS = 350, 30
"""All strokes are shown within at most this long, each after at most that long."""


class Reveal(QObject):
    """Shows the first stroke as soon as it is known, and each other one a little later.

    Attributes:
        animated: Whether it does; else all strokes are shown at once when all are known.

    Signals:
        changed: More strokes are shown, or others.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.animated = True
        self._known: tuple[Stroke, ...] = ()
        self._shown = 0
        self._whole = True
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_next)

    @property
    def shown(self) -> tuple[Stroke, ...]:
        """What is seen now."""
        return self._known[: self._shown]

    @property
    def known(self) -> tuple[Stroke, ...]:
        """What is seen in the end, as far as it is known."""
        return self._known

    @property
    def done(self) -> bool:
        """Whether all is seen that there will be."""
        return self._whole and self._shown == len(self._known)

    def show(self, strokes: tuple[Stroke, ...]) -> None:
        """Show these now, all of them."""
        self._timer.stop()
        self._known, self._shown, self._whole = strokes, len(strokes), True
        self.changed.emit()

    def tell(self, strokes: tuple[Stroke, ...], whole: bool) -> None:
        """Show these, which begin with those told before, by and by; ``whole`` if no more come."""
        self._known, self._whole = strokes, whole
        if not self.animated:
            self._shown = len(strokes) if whole else 0
        elif strokes:
            self._shown = max(1, self._shown)
            if not self.done and not (self._timer.isActive() and not whole):
                self._timer.start(min(STROKE_MS, REVEAL_MS // len(strokes)))
        self.changed.emit()

    def show_all(self) -> None:
        """Show what is known at once."""
        if self._shown < len(self._known):
            self._shown = len(self._known)
            self.changed.emit()

    @Slot()
    def _show_next(self) -> None:
        if self._shown < len(self._known):
            self._shown += 1
            self.changed.emit()
        if self.done:
            self._timer.stop()
