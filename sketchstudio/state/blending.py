"""Blending: two ends, a place between them, and the sketch the model draws there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Box, boxed
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import (
    EVENED,
    Bounds,
    Origin,
    Provenance,
    Stroke,
    StrokeStyle,
    depicting,
)
from sketchstudio.engine.messages import (
    Blend,
    Code,
    CodeOf,
    EngineState,
    Failed,
    Finished,
    Lane,
    Sketch,
    Strip,
    Thumbnails,
    place,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.session import Session
from sketchstudio.system.language import mark, tr

STRIP_SKETCHES = 9
"""Between the ends, with them."""

SIZE_ON_PAGE = 0.4
"""Side of a new sketch, of the shorter side of the visible page."""

_THUMBNAIL_SAMPLING = Sampling(temperature=0.05, seed=1)


@dataclass(frozen=True, eq=False)
class End:
    """One end of a blend.

    Attributes:
        code: Where its code comes from.
        name: A category, or ``my drawing``.
        sketch: What to show for it in box units; None until it is known.
        box: Where the drawing lay on the page; None for a category.
    """

    code: CodeOf
    name: str
    sketch: Sketch | None = None
    box: Box | None = None


class Blending(QObject):
    """Asks the engine for a blend whenever an end, the position or the sampling changes.

    Signals:
        ends_changed: An end is another, or has got its picture.
        sketch_changed: There is a new sketch to show.
        strip_changed: There are other sketches between the ends.
        thumbnails_changed: The model has drawn the categories.
        failed: One line for the person.
    """

    ends_changed = Signal()
    sketch_changed = Signal()
    strip_changed = Signal()
    thumbnails_changed = Signal()
    failed = Signal(str)

    def __init__(self, session: Session, service: InferenceService) -> None:
        super().__init__()
        self._session = session
        self._service = service
        self.ends: tuple[End, End] | None = None
        self.position = 0.5
        self.sampling = Sampling()
        self.thumbnails: dict[str, Sketch] = {}
        self.strip: tuple[Sketch, ...] = ()
        self._strip_of: tuple[CodeOf, CodeOf, Sampling] | None = None
        self._live = False
        self._stale = True
        self._asked_between: tuple[End, End] | None = None
        self._shown_between: tuple[End, End] | None = None
        self._shown: Finished | None = None
        self._thumbnails_asked: tuple[str, ...] = ()
        service.state_changed.connect(self._on_state)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @property
    def sketch(self) -> Sketch:
        """The newest sketch in box units; empty before there is one."""
        return self._shown.drawn[0].strokes if self._shown else ()

    def set_live(self, live: bool) -> None:
        """Whether anyone is looking; nothing is asked for while nobody is."""
        self._live = live
        if live:
            self._on_state(self._service.state)

    def ask_thumbnails(self) -> None:
        """Have the model draw its categories, once until it is taught others."""
        state = self._service.state
        if state.usable and self._thumbnails_asked != state.categories:
            self._thumbnails_asked = state.categories
            self._service.submit(Thumbnails(_THUMBNAIL_SAMPLING))

    def set_category(self, side: int, category: str) -> None:
        """Make a category the end ``side``, 0 or 1."""
        self._set_end(side, End(CodeOf(category), category, self.thumbnails.get(category)))

    def set_code(self, number: int, code: Code, name: str) -> None:
        """Make a code an end, to be called so."""
        self._set_end(number, End(CodeOf(code=code), name))

    def set_drawing(self, side: int) -> bool:
        """Make the selected strokes, or all, the end ``side``; False where there are none."""
        chosen = self._session.selected_strokes() or tuple(self._session.document.strokes())
        strokes = depicting(chosen)
        if not strokes:
            return False
        ink = tuple(drawn_points(stroke) for stroke in strokes)
        box = Box.around(ink)
        self._set_end(side, End(CodeOf(ink=ink), mark("my drawing"), tuple(boxed(ink, box)), box))
        return True

    def swap(self) -> None:
        """Exchange the ends; the sketch shown stays the same."""
        if self.ends:
            self.ends = self.ends[::-1]
            self.position = 1 - self.position
            self.ends_changed.emit()
            self._ask()

    def set_position(self, position: float) -> None:
        """Where between the ends, 0 to 1."""
        self.position = position
        self._ask()

    def set_sampling(self, sampling: Sampling) -> None:
        """How the decoder draws."""
        self.sampling = sampling
        self._ask()

    def put_on_page(self, style: StrokeStyle, visible: Bounds) -> Sequence[Stroke]:
        """Add the sketch to the active layer in one undo step and select it.

        It goes where the drawing of an end was, else into the middle of what is visible.

        Args:
            style: Colour and width.
            visible: The part of the page on the screen.

        Returns:
            The new strokes; none where there is no sketch, or the layer is locked or hidden.
        """
        if self._shown is None or self._shown_between is None or not self.sketch:
            return ()
        ends, task = self._shown_between, self._shown.task
        assert isinstance(task, Blend)
        drawn = next((end.box for end in ends if end.box), None)
        box = drawn or Box(
            (visible.left + visible.right) / 2,
            (visible.top + visible.bottom) / 2,
            SIZE_ON_PAGE * min(visible.width, visible.height),
        )
        names = tuple(end.name for end in ends)
        made = Provenance(
            self._shown.model, "blend", task.sampling.seed, task.sampling.temperature, names
        )
        even = replace(style, pressure=False, smoothing=EVENED, grain=1.0, highlighter=False)
        strokes = [
            Stroke.from_points(points, even, Origin.MODEL, made)
            for points in place(self.sketch, box)
        ]
        step = tr("Blend {a} + {b}").format(a=tr(names[0]), b=tr(names[1]))
        edit = add_strokes(self._session.active_layer, strokes, step)
        if not self._session.execute(edit):
            return ()
        self._session.select(stroke.id for stroke in strokes)
        return strokes

    def _set_end(self, side: int, end: End) -> None:
        if self.ends is None:
            return
        self.ends = (end, self.ends[1]) if side == 0 else (self.ends[0], end)
        self.ends_changed.emit()
        self._ask()

    def _ask(self) -> None:
        """Ask for what is wanted now, once the answer under way is here.

        A newer request would stop the one under way, and a slider moves faster than the model
        draws: nothing would be seen until it rests.
        """
        self._stale = True
        if self.ends is None or not self._live or not self._service.state.usable:
            return
        self._ask_strip(self.ends)
        if self._service.is_busy(Lane.BLEND):
            return
        self._stale = False
        a, b = self._asked_between = self.ends
        self._service.submit(Blend((a.code, b.code), (self.position, 0.0), self.sampling))

    def _ask_strip(self, ends: tuple[End, End]) -> None:
        """Ask for the sketches between the ends where they would be others."""
        a, b = ends
        wanted = (a.code, b.code, self.sampling)
        if wanted != self._strip_of:
            self._strip_of = wanted
            places = tuple((i / (STRIP_SKETCHES - 1), 0.0) for i in range(STRIP_SKETCHES))
            self._service.submit(Strip((a.code, b.code), places, self.sampling))

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if not state.usable:
            return
        if self.ends is None and state.categories:
            names = state.categories
            pair = ("cat", "pig") if {"cat", "pig"} <= set(names) else (names[0], names[-1])
            self.ends = (End(CodeOf(pair[0]), pair[0]), End(CodeOf(pair[1]), pair[1]))
            self.ends_changed.emit()
        if self._live:
            self._go_on()
            self.ask_thumbnails()

    @Slot(object)
    def _on_finished(self, finished: Finished) -> None:
        task = finished.task
        if isinstance(task, Blend):
            self._shown, self._shown_between = finished, self._asked_between
            self.sketch_changed.emit()
            self._go_on()
        elif isinstance(task, Strip):
            self.strip = tuple(drawn.strokes for drawn in finished.drawn)
            self.strip_changed.emit()
        elif isinstance(task, Thumbnails):
            sketches = (drawn.strokes for drawn in finished.drawn)
            self.thumbnails = dict(zip(self._service.state.categories, sketches, strict=False))
            if self.ends:
                self.ends = (self._pictured(self.ends[0]), self._pictured(self.ends[1]))
            self.thumbnails_changed.emit()
            self.ends_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if isinstance(failure.task, Blend):
            self.failed.emit(failure.message)
            self._go_on()

    def _go_on(self) -> None:
        if self._stale:
            self._ask()

    def _pictured(self, end: End) -> End:
        return end if end.sketch else replace(end, sketch=self.thumbnails.get(end.name))
