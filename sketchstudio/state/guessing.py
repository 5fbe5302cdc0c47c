"""What the drawing looks like to the model, kept up to date while the person draws."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.smoothing import drawn_points
from sketchstudio.engine.messages import EngineState, Failed, Finished, Guess, Lane
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.referring import Referring

SHOWN = 3
"""Names of a guess."""

LEAST = 0.05
"""A share that is not worth a name."""

_WAIT_MS = 120  # a gesture that erases ten strokes is ten changes


class Guessing(QObject):
    """Names the ink that a proposal would be about.

    Attributes:
        names: Categories with their probabilities, likeliest first; none without ink or model.

    Signals:
        changed: The names are others.
    """

    changed = Signal()

    def __init__(
        self, referring: Referring, service: InferenceService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._referring, self._service = referring, service
        self.names: tuple[tuple[str, float], ...] = ()
        self._stale = False
        self._loaded = 0
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._ask)
        referring.changed.connect(self._on_ink)
        service.state_changed.connect(self._on_state)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @Slot()
    def _on_ink(self) -> None:
        self._stale = True
        self._timer.start()

    @Slot()
    def _ask(self) -> None:
        if not self._service.state.usable:
            return
        self._stale = False
        ink = tuple(drawn_points(stroke) for stroke in self._referring.ink.strokes)
        if ink:
            self._service.submit(Guess(ink))
        else:
            self._service.cancel(Lane.GUESS)
            self._set(())

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if state.loaded != self._loaded:  # it may know other names now
            self._loaded, self._stale = state.loaded, True
        if state.usable and self._stale and not self._timer.isActive():
            self._ask()  # drawn while the model was loaded

    @Slot(object)
    def _on_finished(self, result: Finished) -> None:
        if isinstance(result.task, Guess):
            self._set(tuple(pair for pair in result.guesses[:SHOWN] if pair[1] >= LEAST))

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if isinstance(failure.task, Guess):
            self._set(())

    def _set(self, names: tuple[tuple[str, float], ...]) -> None:
        if names != self.names:
            self.names = names
            self.changed.emit()
