"""One drawing through every model there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.provenance import Provenance
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Box, boxed
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import (
    EngineState,
    Failed,
    Finished,
    Lane,
    RedrawEach,
    Sketch,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.models import ModelEntry, listed
from sketchstudio.state.placing import Placed, put_on_page
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr

_WAIT_MS = 250  # from the last change of the ink; whoever draws on needs no comparison yet
_APART = 1.25  # from one copy on the page to the next, in sizes of the drawing


class Comparison(QObject):
    """Has the selected strokes, or else the active layer, redrawn by one model after the other.

    Args:
        session: Whose ink.
        service: A door to the engine of its own.

    Attributes:
        sampling: The same for all models.
        failures: Why a model drew nothing, by its name.

    Signals:
        changed: There is another sketch, another drawing or another model.
    """

    changed = Signal()

    def __init__(
        self, session: Session, service: InferenceService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._service = session, service
        self.sampling = Sampling()
        self.failures: dict[str, str] = {}
        self._ink: Sketch = ()
        self._drawn: dict[str, tuple[Drawn, Box]] = {}
        self._waiting: list[str] = []
        self._live = False
        self._loaded = 0
        self._settle = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._settle.timeout.connect(self._start)
        session.document_changed.connect(self._on_ink)
        session.selection_changed.connect(self._on_ink)
        session.active_layer_changed.connect(self._on_ink)
        service.state_changed.connect(self._on_state)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @property
    def models(self) -> list[ModelEntry]:
        """All that could be compared."""
        return listed(self._service.state.model)

    @property
    def drawing(self) -> Sketch:
        """What is compared, in box units; empty where nothing is drawn."""
        return tuple(boxed(self._ink, Box.around(self._ink))) if self._ink else ()

    @property
    def busy(self) -> bool:
        """Whether sketches are still to come."""
        return bool(self._waiting)

    def sketch(self, model: str) -> Sketch:
        """What a model made of the drawing, in box units; empty before it did."""
        if model not in self._drawn:
            return ()
        drawn, box = self._drawn[model]
        return tuple(box.to_box(stroke) for stroke in drawn.strokes)

    def set_live(self, live: bool) -> None:
        """Whether anyone is looking; nothing is asked for while nobody is."""
        self._live = live
        if live:
            self._start()
        else:
            self._settle.stop()
            self._waiting = []
            self._service.cancel(Lane.STUDY)

    def set_sampling(self, sampling: Sampling) -> None:
        """Draw otherwise from now on."""
        if sampling != self.sampling:
            self.sampling = sampling
            self._start()

    def put_on_page(self, models: Sequence[str], style: StrokeStyle) -> bool:
        """Copy what these models made to the right of the drawing, in one undo step.

        Returns:
            False where there is nothing to copy.
        """
        placed: list[Placed] = []
        for model in models:
            if model not in self._drawn:
                continue
            drawn, box = self._drawn[model]
            beside = Box(box.x + _APART * box.size * (1 + len(placed)), box.y, box.size)
            made = Provenance(model, "redraw", drawn.seed, self.sampling.temperature)
            placed.append(Placed(self.sketch(model), beside, made))
        return bool(placed) and put_on_page(self._session, placed, style, tr("Copy comparison"))

    @Slot()
    def _on_ink(self) -> None:
        if self._live:
            self._settle.start()

    @Slot()
    def _start(self) -> None:
        """Ask the first model; its answer asks the next."""
        if not self._live or not self._service.state.usable:
            return
        self._loaded = self._service.state.loaded
        self._ink = tuple(map(drawn_points, self._session.meant_strokes))
        self.failures = {}
        self._waiting = [entry.name for entry in self.models if entry.present and self._ink]
        if not self._ink:
            self._drawn = {}
            self._service.cancel(Lane.STUDY)
        self.changed.emit()
        self._ask_next()

    def _ask_next(self) -> None:
        if self._waiting:
            self._service.submit(RedrawEach((self._ink,), self.sampling, self._waiting[0]))

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if state.usable and state.loaded != self._loaded:
            self._start()

    @Slot(object)
    def _on_finished(self, answer: Finished) -> None:
        if isinstance(answer.task, RedrawEach):
            self._drawn[answer.task.model] = answer.drawn[0], Box.around(answer.task.inks[0])
            self._go_on()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if isinstance(failure.task, RedrawEach):
            self.failures[failure.task.model] = failure.message
            self._drawn.pop(failure.task.model, None)
            self._go_on()

    def _go_on(self) -> None:
        self._waiting = self._waiting[1:]
        self.changed.emit()
        self._ask_next()
