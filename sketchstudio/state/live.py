"""Live mode: the model goes on by itself when the pen rests."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.stroke import Stroke, depicting
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session

SHORTEST_WAIT, FIRST_WAIT, LONGEST_WAIT = 0.35, 0.8, 1.6
"""Seconds the pen rests before the model goes on: at least, before anything is known, at most."""

PATIENCE = 1.6
"""The wait, in usual pauses between two strokes."""

_LONG_PAUSE = 4.0  # seconds; whoever rests longer was thinking, not drawing
_REMEMBERED = 8


class LiveMode(QObject):
    """Asks for a completion whenever the person has drawn and then rests.

    How long it waits follows the person: some draw strokes without a pause, some look first.

    Args:
        session: Whose ink it is about.
        proposals: What is asked.
        clock: Seconds, growing; tests have their own.

    Signals:
        changed: It was turned on or off.
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        proposals: Proposals,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._proposals, self._clock = proposals, clock
        self._on = False
        self._paused = self._missed = False
        self._lifted: float | None = None
        self._pauses: deque[float] = deque(maxlen=_REMEMBERED)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        session.document_changed.connect(self._on_document_changed)

    @property
    def on(self) -> bool:
        return self._on

    @property
    def wait(self) -> float:
        """Seconds from the pen's lifting to the model's going on."""
        if not self._pauses:
            return FIRST_WAIT
        usual = PATIENCE * statistics.median(self._pauses)
        return min(max(usual, SHORTEST_WAIT), LONGEST_WAIT)

    def set_on(self, on: bool) -> None:
        """Turn it on or off; what is proposed already stays."""
        if on != self._on:
            self._on = on
            self._missed = False
            self._timer.stop()
            self.changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Rest while nobody sees the page, and go on where it was when somebody does again."""
        self._paused = paused
        if paused and self._timer.isActive():
            self._timer.stop()
            self._missed = True
        elif not paused and self._missed:
            self._wait()

    @Slot()
    def pen_touched(self) -> None:
        """The person draws: nothing is asked for now."""
        self._missed = False
        self._timer.stop()
        if self._lifted is not None:
            pause = self._clock() - self._lifted
            if pause < _LONG_PAUSE:
                self._pauses.append(pause)
            self._lifted = None

    @Slot(object)
    def ink_drawn(self, stroke: Stroke) -> None:
        """The person drew a stroke, which is in the document as it will stay."""
        self._lifted = self._clock()
        if self._on and depicting([stroke]):
            self._wait()

    def _wait(self) -> None:
        self._missed = self._paused
        if not self._paused:
            self._timer.start(round(self.wait * 1000))

    @Slot()
    def _on_document_changed(self) -> None:
        self._missed = False
        self._timer.stop()  # undone, erased, pasted, accepted: nobody draws on from there

    @Slot()
    def _go_on(self) -> None:
        self._proposals.complete()
