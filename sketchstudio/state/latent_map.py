"""The map of a model's codes: where the drawing lies on it, and what is drawn elsewhere on it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.code_map import CodeMap, Place
from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Bounds, StrokeStyle
from sketchstudio.engine.messages import (
    DrawCodes,
    Encode,
    EngineState,
    Failed,
    Finished,
    Lane,
    LayOut,
    Sketch,
    Walk,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.placing import Placed, middle_of, put_on_page
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr

WALK_SKETCHES, WALK_MS = 33, 60
"""Sketches on the way from one place to another, and how long each is shown."""

_WAIT_MS = 120  # a gesture that erases ten strokes is ten changes


class LatentMap(QObject):
    """Asks the engine for the map, for the codes of the ink and for sketches of places.

    Everything waits for the pen, the proposals and the blends; of many places that are pointed at
    only the last is sure to be drawn.

    Args:
        session: Whose ink is shown.
        proposals: Whose ghosts are shown.
        service: A door to the engine of its own.

    Attributes:
        model: Name of the model looked at; empty for the main one.
        code_map: None until it is there.
        ink: Where the drawing lies; None without ink.
        ghosts: Where the alternatives of the proposal lie.
        looked: The place that is pointed at, or walked past.
        kept: The place that was chosen last.
        sampling: How places are drawn.
        failure: Why there is no map, a line for the person; empty where there is one or will be.

    Signals:
        map_changed: There is another map, or none yet.
        marks_changed: The ink or the ghosts lie elsewhere.
        looked_changed: Another place is looked at or kept.
        sketch_changed: There is another sketch to show.
        failed: A sketch could not be drawn; one line for the person.
    """

    map_changed = Signal()
    marks_changed = Signal()
    looked_changed = Signal()
    sketch_changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        proposals: Proposals,
        service: InferenceService,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._proposals, self._service = session, proposals, service
        self.model = ""
        self.code_map: CodeMap | None = None
        self.ink: Place | None = None
        self.ghosts: tuple[Place, ...] = ()
        self.looked: Place | None = None
        self.kept: Place | None = None
        self.sampling = Sampling()
        self.failure = ""
        self._shown: Finished | None = None
        self._frame = 0
        self._stale = self._live = False
        self._way: tuple[Place, Place] | None = None
        self._encoding: tuple[bool, Encode] | None = None
        self._asked: tuple[str, int] | None = None
        self._settle = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._settle.timeout.connect(self._ask_marks)
        self._step = QTimer(self, interval=WALK_MS)
        self._step.timeout.connect(self._walk_on)
        for changed in (
            *(session.document_changed, session.selection_changed, session.active_layer_changed),
            proposals.alternatives_changed,
        ):
            changed.connect(self._on_ink)
        service.state_changed.connect(self._on_state)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @property
    def sketch(self) -> Sketch:
        """Of the place looked at, or else kept, in box units; empty before there is one."""
        return self._shown.drawn[self._frame].strokes if self._shown else ()

    @property
    def is_main(self) -> bool:
        """Whether this is the map of the model that the app draws with."""
        return self.model in ("", self._service.state.model)

    @property
    def walking(self) -> bool:
        """Whether the sketches of a way are being shown."""
        return self._way is not None

    def set_live(self, live: bool) -> None:
        """Whether anyone is looking; nothing is asked for while nobody is."""
        self._live = live
        self._asked = None
        if live:
            self._on_state(self._service.state)
            self._ask_marks()
        else:
            self._stop_walk()
            self._settle.stop()
            for lane in (Lane.LOOK, Lane.PLACE, Lane.STUDY):
                self._service.cancel(lane)

    def set_model(self, model: str) -> None:
        """Look at the map of another model."""
        if model == self.model:
            return
        self.model = model
        self._stop_walk()
        self._service.cancel(Lane.LOOK)
        self._asked = None
        self.code_map, self.ink, self.ghosts = None, None, ()
        self.looked = self.kept = self._shown = None
        for signal in (
            *(self.map_changed, self.marks_changed, self.looked_changed),
            self.sketch_changed,
        ):
            signal.emit()
        if self._live:
            self._on_state(self._service.state)
            self._ask_marks()

    def set_sampling(self, sampling: Sampling) -> None:
        """Draw otherwise from now on."""
        self.sampling = sampling
        self._ask_sketch()

    def look_at(self, place: Place | None) -> None:
        """Show the sketch of a place; of the one that is kept for None."""
        if self.walking:
            return
        if place != self.looked:
            self.looked = place
            self.looked_changed.emit()
            self._ask_sketch()

    def keep(self, place: Place) -> None:
        """Choose a place: its sketch stays when the pointer leaves."""
        self._stop_walk()
        self.kept = self.looked = place
        self.looked_changed.emit()
        self._ask_sketch()

    def walk(self, a: Place, b: Place) -> None:
        """Show the sketches on the way from a place to another, and end there."""
        if self.code_map is None:
            return
        self._stop_walk()
        self._way, self.kept, self.looked = (a, b), b, a
        codes = (self.code_map.code_at(a), self.code_map.code_at(b))
        self._service.submit(Walk(*codes, WALK_SKETCHES, self.sampling, self.model))
        self.looked_changed.emit()

    def put_on_page(self, style: StrokeStyle, visible: Bounds) -> bool:
        """Add the sketch to the middle of the visible page; False where there is none to add."""
        if self._shown is None or not self.sketch:
            return False
        place = self.kept or self.looked
        names = self.code_map.shares(place)[:1] if self.code_map and place else []
        codes = self._shown.codes
        made = Provenance(
            self._shown.model,
            "map",
            self._shown.drawn[self._frame].seed,
            self.sampling.temperature,
            tuple(name for name, _ in names),
            code=packed_code(None if codes is None else codes[self._frame]),
        )
        placed = Placed(self.sketch, middle_of(visible), made)
        return put_on_page(self._session, [placed], style, tr("Put from map"))

    def _stop_walk(self) -> None:
        self._step.stop()
        if self._way is not None:
            self._way = None
            self._service.cancel(Lane.LOOK)

    @Slot()
    def _walk_on(self) -> None:
        assert self._way is not None
        self._frame += 1
        (ax, ay), (bx, by) = self._way
        part = self._frame / (WALK_SKETCHES - 1)
        self.looked = (ax + part * (bx - ax), ay + part * (by - ay))
        if self._frame == WALK_SKETCHES - 1:
            self._step.stop()
            self._way = None
        self.looked_changed.emit()
        self.sketch_changed.emit()

    def _ask_sketch(self) -> None:
        """Ask for the sketch that is wanted now, once the answer under way is here.

        A newer request would stop the one under way, and nothing would be seen while the pointer
        moves.
        """
        place = self.looked or self.kept
        self._stale = place is not None
        if self.code_map is None or place is None or self.walking:
            return
        if self._service.is_busy(Lane.LOOK):
            return
        self._stale = False
        code = self.code_map.code_at(place)
        self._service.submit(DrawCodes(code[None], self.sampling, self.model))

    @Slot()
    def _on_ink(self) -> None:
        if self._live:
            self._settle.start()

    @Slot()
    def _ask_marks(self) -> None:
        """Ask for the codes of the ink and of the ghosts."""
        ink = tuple(map(drawn_points, self._session.meant_strokes))
        proposals = self._proposals
        begun = () if proposals.replaces else tuple(stroke.points for stroke in proposals.ink)
        inks: list[Sketch] = [ink] if ink else []
        inks += [(*begun, *drawn.strokes) for drawn in proposals.alternatives if drawn.strokes]
        if inks:
            self._encoding = bool(ink), Encode(tuple(inks), self.model)
            self._service.submit(self._encoding[1])
        else:
            self._service.cancel(Lane.PLACE)
            self._set_marks(None, ())

    def _set_marks(self, ink: Place | None, ghosts: tuple[Place, ...]) -> None:
        if (ink, ghosts) != (self.ink, self.ghosts):
            self.ink, self.ghosts = ink, ghosts
            self.marks_changed.emit()

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if not (self._live and state.usable):
            return
        wanted = (self.model, state.loaded if self.is_main else 0)
        if wanted != self._asked:  # or the model has learnt something new
            self._asked = wanted
            self.failure = ""
            self._service.submit(LayOut(self.model))

    @Slot(object)
    def _on_finished(self, answer: Finished) -> None:
        task = answer.task
        if isinstance(task, LayOut):
            self.code_map = answer.code_map
            self.map_changed.emit()
            self._ask_marks()
            self._ask_sketch()
        elif isinstance(task, Encode):
            self._place_marks(task, answer)
        elif isinstance(task, Walk):
            self._shown, self._frame = answer, 0
            self.sketch_changed.emit()
            if self._proposals.animated:
                self._step.start()
            else:
                self._frame = WALK_SKETCHES - 2
                self._walk_on()
        elif isinstance(task, DrawCodes):
            self._shown, self._frame = answer, 0
            self.sketch_changed.emit()
            if self._stale:
                self._ask_sketch()

    def _place_marks(self, task: Encode, answer: Finished) -> None:
        if self.code_map is None or self._encoding is None or task is not self._encoding[1]:
            return
        assert answer.codes is not None
        places = self.code_map.places(answer.codes, answer.shares)
        inked = self._encoding[0]
        self._set_marks(places[0] if inked else None, tuple(places[int(inked) :]))

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if isinstance(failure.task, Encode):
            self._set_marks(None, ())
        elif isinstance(failure.task, LayOut):
            self.failure = failure.message
            self.map_changed.emit()
        else:
            self._stop_walk()
            self.failed.emit(failure.message)
