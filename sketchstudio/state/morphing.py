"""Playing the way from one end of a blend to the other, and getting its frames for a file."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.engine.messages import Failed, Finished, Lane, Morph, Place, Sketch
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.animation import FRAMES_A_SECOND, there_and_back
from sketchstudio.state.blending import Blending

SECONDS = 3.0
"""One way, in the panel."""


class Morphing(QObject):
    """A flip book of a blend: the model draws its frames at once, then they are shown in turn.

    Attributes:
        sketch: The frame that is shown, box units; empty while nothing is.
        place: Where among the ends it is.

    Signals:
        changed: It begins or ends to play, or to draw frames for a file.
        frame_changed: There is another frame to show.
        rendered: The frames asked for with `render`; carries the sketches, box units.
        failed: One line for the person.
    """

    changed = Signal()
    frame_changed = Signal()
    rendered = Signal(object)
    failed = Signal(str)

    def __init__(
        self, blending: Blending, service: InferenceService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._blending = blending
        self._service = service
        self.sketch: Sketch = ()
        self.place: Place = (0.0, 0.0)
        self._to_play: Morph | None = None
        self._to_render: Morph | None = None
        self._frames: list[tuple[Place, Sketch]] = []
        self._next = 0
        self._timer = QTimer(self, interval=round(1000 / FRAMES_A_SECOND))
        self._timer.timeout.connect(self._show_next)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        blending.changed.connect(self.stop)

    @property
    def playing(self) -> bool:
        """Whether it plays, or will as soon as the frames are drawn."""
        return self._to_play is not None

    @property
    def rendering(self) -> bool:
        """Whether frames are drawn for a file: nothing plays meanwhile, no other file begins."""
        return self._to_render is not None

    def play(self) -> None:
        """Show the way to and fro, or round the pad, until it is stopped or the blend changes."""
        mixture = self._blending.mixture
        free = not self.playing and not self.rendering
        if mixture.corners and self._service.state.usable and free:
            self._to_play = mixture.morph(round(SECONDS * FRAMES_A_SECOND))
            self._service.submit(self._to_play)
            self.changed.emit()

    @Slot()
    def stop(self) -> None:
        """Show the blend itself again."""
        if self._to_play is None:
            return
        self._timer.stop()
        if self._service.is_busy(Lane.MORPH):
            self._service.cancel(Lane.MORPH)
        self._to_play, self._frames, self.sketch = None, [], ()
        self.changed.emit()

    def render(self, frames: int) -> None:
        """Have frames drawn for a file; ``rendered`` brings them."""
        self.stop()
        self._to_render = self._blending.mixture.morph(frames)
        self._service.submit(self._to_render)
        self.changed.emit()

    @Slot(object)
    def _on_finished(self, finished: Finished) -> None:
        if finished.task is self._to_render:
            self._to_render = None
            self.changed.emit()
            self.rendered.emit(tuple(drawn.strokes for drawn in finished.drawn))
        elif finished.task is self._to_play and self._to_play is not None:
            sketches = [drawn.strokes for drawn in finished.drawn]
            count, round_trip = len(sketches), self._blending.mixture.square
            order = list(range(count)) if round_trip else there_and_back(count)
            places = self._to_play.places
            self._frames = [(places[i], sketches[i]) for i in order]
            self._next = 0
            self._show_next()
            self._timer.start()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if failure.task is self._to_render or failure.task is self._to_play:
            self._to_render = None
            self.changed.emit()
            self.stop()
            self.failed.emit(failure.message)

    @Slot()
    def _show_next(self) -> None:
        self.place, self.sketch = self._frames[self._next]
        self._next = (self._next + 1) % len(self._frames)
        self.frame_changed.emit()
