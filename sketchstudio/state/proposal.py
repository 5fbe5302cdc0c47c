"""What the model proposes: ghost ink that the person accepts, whole or by strokes, or not."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.edits import ChangeSet, StrokesEdit, add_strokes, replace_strokes
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import EVENED, Origin, Stroke, depicting
from sketchstudio.engine.messages import (
    Complete,
    EngineState,
    Failed,
    Finished,
    Lane,
    Progress,
    Redraw,
    Status,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.session import Session
from sketchstudio.state.settings import MAX_SEED
from sketchstudio.system.language import tr

REVEAL_MS, STROKE_MS = 350, 30
"""A ghost is shown stroke by stroke over at most this long, each for at most that long."""


@dataclass(frozen=True, eq=False)
class _Asked:
    """The request a proposal answers, the ink it is about and the layer that holds it."""

    task: Complete | Redraw
    ink: tuple[Stroke, ...]
    layer_id: str


class Proposals(QObject):
    """One proposal at a time, for the selected strokes or else the whole active layer.

    Attributes:
        temperature: For the next proposal.
        seed: For the next proposal; `again` takes the one after it.
        animated: Whether a proposal is shown stroke by stroke, or at once when it is done.
        alternatives: What the model drew, page px, the best first; one of them is the ghost ink.

    Signals:
        changed(): The ghost strokes, whether there are any, or what they wait for is different.
        alternatives_changed(): There are others to choose from, or another is chosen.
        message(str): One line for the person.
    """

    changed = Signal()
    alternatives_changed = Signal()
    message = Signal(str)

    def __init__(
        self, session: Session, service: InferenceService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._service = session, service
        self.temperature = 0.1
        self.seed = 1
        self.animated = True
        self._hidden: tuple[Stroke, ...] = ()
        self._reveal = QTimer(self)
        self._reveal.timeout.connect(self._show_next)
        self._asked: _Asked | None = None
        self._strokes: tuple[Stroke, ...] = ()
        self.alternatives: tuple[Drawn, ...] = ()
        self._chosen = 0
        self._model = ""
        self._accepting = False
        service.progressed.connect(self._on_progress)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)
        service.state_changed.connect(self._on_state)
        session.document_changed.connect(self._on_document_changed)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        """The ghost ink, page px."""
        return self._strokes

    @property
    def active(self) -> bool:
        """Whether there is a proposal, or one is being drawn."""
        return self._asked is not None

    @property
    def is_drawing(self) -> bool:
        """Whether the ghost is not all there yet: the model is still at it, or is loaded."""
        busy = self._service.is_busy(Lane.PROPOSAL)
        return self._asked is not None and (busy or bool(self._hidden))

    @property
    def replaces(self) -> bool:
        """Whether accepting replaces the ink, as a redrawing does, or adds to it."""
        return self._asked is not None and isinstance(self._asked.task, Redraw)

    @property
    def replaced_ids(self) -> frozenset[str]:
        """The strokes that accepting would replace; none of a completion, or before any ghost."""
        if self._asked is None or not self._strokes or not self.replaces:
            return frozenset()
        return frozenset(stroke.id for stroke in self._asked.ink)

    @property
    def ink(self) -> tuple[Stroke, ...]:
        """The ink the proposal is about; none where there is no proposal."""
        return self._asked.ink if self._asked else ()

    @property
    def chosen(self) -> int:
        """Which of the alternatives is the ghost ink."""
        return self._chosen

    @property
    def sampling(self) -> Sampling:
        """Of the next proposal, and of the one there is."""
        return Sampling(self.temperature, self.seed)

    def set_sampling(self, sampling: Sampling) -> None:
        """Draw otherwise from now on; a proposal that there is, is drawn anew."""
        if sampling == self.sampling:
            return
        self.temperature, self.seed = sampling.temperature, sampling.seed
        self._ask_again()

    def complete(self, category: str | None = None) -> None:
        """Propose how the ink could go on, as a ``category`` or whatever it looks like."""
        ink = self._ink()
        if ink:
            points = tuple(drawn_points(stroke) for stroke in ink)
            task = Complete(points, self.sampling, category)
            self._ask(_Asked(task, ink, self._session.active_layer.id))

    def redraw(self) -> None:
        """Propose the model's version of the ink, in its place."""
        ink = self._ink()
        if ink:
            points = tuple(drawn_points(stroke) for stroke in ink)
            task = Redraw(points, self.sampling)
            self._ask(_Asked(task, ink, self._session.active_layer.id))

    def redraw_lines(self, lines: tuple[Stroke, ...]) -> None:
        """Propose the model's version of lines that are not on the page, such as a picture's."""
        if not self._session.refuses():
            task = Redraw(tuple(drawn_points(stroke) for stroke in lines), self.sampling)
            self._ask(_Asked(task, lines, self._session.active_layer.id))

    def again(self) -> None:
        """Propose something else about the same ink, from the next seed."""
        if self._asked is not None:
            self.seed = (self.seed + 1) % (MAX_SEED + 1)
            self._ask_again()

    def choose(self, index: int) -> None:
        """Make another alternative the ghost ink; beyond the last comes the first."""
        if self._asked is not None and self.alternatives:
            self._chosen = index % len(self.alternatives)
            self._show(self.alternatives[self._chosen])
            self.alternatives_changed.emit()

    def choose_next(self) -> None:
        """Show the next alternative."""
        self.choose(self._chosen + 1)

    def choose_previous(self) -> None:
        """Show the alternative before."""
        self.choose(self._chosen - 1)

    def accept(self) -> None:
        """Make the ghost ink ink, as far as it is drawn: one undo step."""
        self._show_all()
        asked, strokes = self._asked, self._strokes
        if asked is None or not strokes:
            return
        layer = self._session.document.layer(asked.layer_id)
        if isinstance(asked.task, Complete):
            edit = add_strokes(layer, strokes, "Accept completion")
        else:
            ids = {stroke.id for stroke in asked.ink}
            edit = replace_strokes(layer, ids, strokes, "Accept redrawing")
        if self._make(edit):
            self._service.cancel(Lane.PROPOSAL)
            self._set(None, ())
            self.message.emit("")

    def accept_stroke(self) -> None:
        """Make the first ghost stroke ink, and keep the others; all of a redrawing, or the last."""
        self._show_all()
        asked, strokes = self._asked, self._strokes
        if asked is None or not isinstance(asked.task, Complete) or len(strokes) < 2:
            self.accept()
            return
        layer = self._session.document.layer(asked.layer_id)
        if not self._make(add_strokes(layer, strokes[:1], "Accept stroke")):
            return
        self._service.cancel(Lane.PROPOSAL)
        self._set_alternatives(())  # they go on from the ink as it was
        points = (*asked.task.ink, strokes[0].points)
        ink = (*asked.ink, strokes[0])
        self._set(replace(asked, task=replace(asked.task, ink=points), ink=ink), strokes[1:])

    def reject(self) -> None:
        """Drop the proposal; the document was never touched."""
        if self._asked is not None:
            self._service.cancel(Lane.PROPOSAL)
            self._set(None, ())
            self.message.emit("")

    def _make(self, edit: StrokesEdit) -> bool:
        """Make an edit of the proposal's own; False where the layer is locked or hidden."""
        self._accepting = True
        try:
            return self._session.execute(edit)
        finally:
            self._accepting = False

    def _ink(self) -> tuple[Stroke, ...]:
        """The ink a proposal is about; says what to do where there is none."""
        state = self._service.state
        if state.status is Status.FAILED:
            self.message.emit(
                tr("The model could not be loaded: {reason}").format(reason=state.detail)
            )
            return ()
        if self._session.refuses():
            return ()
        layer, selected = self._session.active_layer, self._session.selected_ids
        ink = tuple(
            stroke for stroke in depicting(layer.strokes) if not selected or stroke.id in selected
        )
        if not ink:
            self.message.emit(tr("Draw something first, then let the model go on"))
        return ink

    def _ask_again(self) -> None:
        if self._asked is not None:
            task = replace(self._asked.task, sampling=self.sampling)
            self._ask(replace(self._asked, task=task))

    def _ask(self, asked: _Asked) -> None:
        self._service.submit(asked.task)  # answered once the model is loaded
        self._set(asked, ())

    def _set(self, asked: _Asked | None, strokes: tuple[Stroke, ...]) -> None:
        self._asked, self._strokes = asked, strokes
        self._hidden = ()
        self._reveal.stop()
        if not strokes:
            self._set_alternatives(())
        self.changed.emit()

    def _set_alternatives(self, drawn: tuple[Drawn, ...]) -> None:
        if drawn or self.alternatives:
            self.alternatives, self._chosen = drawn, 0
            self.alternatives_changed.emit()

    def _show(self, drawn: Drawn) -> None:
        asked = self._asked
        assert asked is not None
        action = "complete" if isinstance(asked.task, Complete) else "redraw"
        provenance = Provenance(
            self._model,
            action,
            drawn.seed,
            asked.task.sampling.temperature,
            (drawn.category,) if drawn.category else (),
        )
        style = replace(asked.ink[-1].style, smoothing=EVENED, grain=1.0)
        strokes = tuple(
            Stroke.from_points(points, style, Origin.MODEL, provenance) for points in drawn.strokes
        )
        self._set(asked, strokes)

    def _is_ours(self, task: object) -> bool:
        return self._asked is not None and task is self._asked.task

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        one = getattr(progress.task, "candidates", 0) == 1
        if self._is_ours(progress.task) and self.animated and one:
            self._model = progress.model
            self._show(progress.drawn)

    @Slot(object)
    def _on_finished(self, result: Finished) -> None:
        if not self._is_ours(result.task):
            return
        self._model = result.model
        self._set_alternatives(result.drawn)
        self._show(result.drawn[0])
        if self.animated and len(result.drawn) > 1 and len(self._strokes) > 1:
            self._hide_most()

    def _hide_most(self) -> None:
        """Begin to show the ghost as if it were drawn now: eyes follow strokes, not jumps."""
        self._strokes, self._hidden = self._strokes[:1], self._strokes[1:]
        self._reveal.start(min(STROKE_MS, REVEAL_MS // len(self._hidden)))
        self.changed.emit()

    @Slot()
    def _show_next(self) -> None:
        self._strokes, self._hidden = (*self._strokes, self._hidden[0]), self._hidden[1:]
        if not self._hidden:
            self._reveal.stop()
        self.changed.emit()

    def _show_all(self) -> None:
        while self._hidden:
            self._show_next()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if self._is_ours(failure.task):
            self._set(None, ())
            self.message.emit(failure.message)

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if self._asked is None:
            return
        if state.status is Status.FAILED:
            self.reject()
            self.message.emit(
                tr("The model could not be loaded: {reason}").format(reason=state.detail)
            )
        elif not self._strokes:
            self.changed.emit()  # it waited for the model, and is drawn now

    @Slot(object)
    def _on_document_changed(self, _: ChangeSet) -> None:
        if not self._accepting:
            self.reject()
