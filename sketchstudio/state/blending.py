"""Blending: what is blended and where, and the sketches the model draws of it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle, depicting
from sketchstudio.engine.messages import (
    Blend,
    Code,
    CodeOf,
    EngineState,
    Failed,
    Finished,
    Lane,
    Morph,
    Place,
    Portraits,
    Sketch,
    Strip,
    Thumbnails,
)
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.code_files import NamedCode
from sketchstudio.state.blend_ink import grid_boxes, placed_blends, sketch_box
from sketchstudio.state.code_library import CodeLibrary
from sketchstudio.state.mixture import End, Mixture
from sketchstudio.state.placing import put_on_page
from sketchstudio.state.session import Session
from sketchstudio.system.language import mark, tr

_FIRST = ("cat", "pig", "sun", "car")
"""The corners to begin with, where the model knows them."""

_THUMBNAIL_SAMPLING = Sampling(temperature=0.05, seed=1)

A, B, C, D = CORNERS = range(4)
PLUS, MINUS = 4, 5
"""Numbers of the ends: at the corners, and of the difference."""


class Blending(QObject):
    """Asks the engine for a blend whenever what decides it changes.

    Attributes:
        mixture: What is blended, how and where; another with every `change`.
        library: The codes that were kept.
        thumbnails: The categories as the model draws them.

    Signals:
        changed: The mixture is another.
        ends_changed: An end is another, or has got its picture.
        sketch_changed: There is a new sketch to show.
        strip_changed: There are other sketches on the way.
        thumbnails_changed: The model has drawn the categories.
        failed: One line for the person.
    """

    changed = Signal()
    ends_changed = Signal()
    sketch_changed = Signal()
    strip_changed = Signal()
    thumbnails_changed = Signal()
    failed = Signal(str)

    def __init__(
        self, session: Session, service: InferenceService, library: CodeLibrary | None = None
    ) -> None:
        super().__init__()
        self.library = library or CodeLibrary()
        self._session = session
        self._service = service
        self.mixture = Mixture()
        self.thumbnails: dict[str, Sketch] = {}
        self._live = False
        self._stale = True
        self._asked = self._asked_strip = self.mixture
        self._shown: tuple[Mixture, Finished] | None = None
        self._strip: tuple[Mixture, Finished] | None = None
        self._way: tuple[object, ...] = ()
        self._portraits_of: tuple[CodeOf, ...] = ()
        self._loaded = self._thumbnails_asked = 0
        service.state_changed.connect(self._on_state)
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @property
    def ends(self) -> tuple[End, ...]:
        """What is blended; nothing before the model is loaded."""
        return self.mixture.ends

    @property
    def sampling(self) -> Sampling:
        """How the decoder draws."""
        return self.mixture.sampling

    @property
    def sketch(self) -> Sketch:
        """The newest sketch in box units; empty before there is one."""
        return self._shown[1].drawn[0].strokes if self._shown else ()

    @property
    def strip(self) -> tuple[Sketch, ...]:
        """The newest sketches on the way, box units."""
        return tuple(drawn.strokes for drawn in self._strip[1].drawn) if self._strip else ()

    @property
    def shown_code(self) -> Code | None:
        """What the newest sketch was drawn from."""
        codes = self._shown[1].codes if self._shown else None
        return codes[0] if codes is not None else None

    @property
    def shown_place(self) -> Place | None:
        """Where the newest sketch is."""
        return self._shown[0].place if self._shown else None

    @property
    def name(self) -> str:
        """What to call the newest sketch."""
        mixture = self._shown[0] if self._shown else self.mixture
        return " + ".join(tr(name) for name in dict.fromkeys(mixture.names))

    def set_live(self, live: bool) -> None:
        """Whether anyone is looking; nothing is asked for while nobody is."""
        self._live = live
        if live:
            self._on_state(self._service.state)

    def ask_thumbnails(self) -> None:
        """Have the model draw its categories, once until it is taught something."""
        state = self._service.state
        if state.usable and self._thumbnails_asked != state.loaded:
            self._thumbnails_asked = state.loaded
            self._service.submit(Thumbnails(_THUMBNAIL_SAMPLING))

    def change(self, **fields: Any) -> None:
        """Give fields of the mixture other values."""
        self.mixture = replace(self.mixture, **fields)
        low, high = self.mixture.span
        within = min(max(low, self.mixture.position), high)
        if within != self.mixture.position:
            self.mixture = replace(self.mixture, position=within)
        self.changed.emit()
        self._ask()

    def set_position(self, position: float) -> None:
        """Where on the line."""
        self.change(position=position)

    def set_sampling(self, sampling: Sampling) -> None:
        """How the decoder draws."""
        if sampling != self.sampling:
            self.change(sampling=sampling)

    # Ends, by their numbers

    def end(self, number: int) -> End | None:
        """One of the corners or of the difference; None where there is none yet."""
        if number in (PLUS, MINUS):
            return self.mixture.plus if number == PLUS else self.mixture.minus
        return self.mixture.corners[number] if self.mixture.corners else None

    def set_end(self, number: int, end: End | None) -> None:
        """Put another end there; only those of the difference may be none."""
        if number == PLUS:
            self.change(plus=end)
        elif number == MINUS:
            self.change(minus=end)
        elif end is not None and self.mixture.corners:
            corners = list(self.mixture.corners)
            corners[number] = end
            self.change(corners=tuple(corners))
        self.ends_changed.emit()
        self._ask_portraits()

    def set_category(self, number: int, category: str) -> None:
        """Make a category an end."""
        self.set_end(number, End(CodeOf(category), category, self.thumbnails.get(category)))

    def set_code(self, number: int, code: Code, name: str) -> None:
        """Make a code an end, to be called so."""
        self.set_end(number, End(CodeOf(code=code), name))

    def set_random(self, number: int) -> None:
        """Take another of the typical drawings of an end's category."""
        end = self.end(number)
        if end is None or end.code.category is None:
            return
        others = [i for i in range(self._service.state.examples) if i != end.code.example]
        example = random.choice(others) if others else 0
        self.set_end(number, End(CodeOf(end.code.category, example=example), end.name))

    def set_drawing(self, number: int) -> bool:
        """Make the selected strokes, or all, an end; False where there are none."""
        chosen = self._session.selected_strokes() or tuple(self._session.document.strokes())
        return self.set_strokes(number, chosen, mark("my drawing"))

    def set_strokes(self, number: int, strokes: Sequence[Stroke], name: str) -> bool:
        """Make ink, as of a proposal or a traced picture, an end; False where there is none."""
        ink = depicting(strokes)
        if ink:
            self.set_end(number, End.of_strokes(ink, name))
        return bool(ink)

    def set_kept(self, number: int, kept: NamedCode) -> None:
        """Make a code of the library an end."""
        self.set_end(number, End.of_kept(kept, self._service.state.encoder))

    def swap(self) -> None:
        """Exchange A and B; the sketch shown stays the same."""
        if self.mixture.corners:
            a, b, *others = self.mixture.corners
            self.change(corners=(b, a, *others), position=1 - self.mixture.position)
            self.ends_changed.emit()

    # To the page

    def put_on_page(self, style: StrokeStyle, visible: Bounds) -> bool:
        """Add the sketch to the active layer in one undo step and select it.

        It goes where the drawing of an end was, else into the middle of what is visible.

        Args:
            style: Colour and width.
            visible: The part of the page on the screen.

        Returns:
            False where there is no sketch, or the layer is locked or hidden.
        """
        if self._shown is None:
            return False
        mixture, finished = self._shown
        box = sketch_box(mixture, visible)
        placed = placed_blends(mixture, (mixture.place,), finished, (box,))
        step = tr("Blend {names}").format(names=self.name)
        return put_on_page(self._session, placed, style, step)

    def put_strip(self, style: StrokeStyle, visible: Bounds) -> bool:
        """Add all sketches on the way as one row, or those of the pad as a square; as above."""
        if self._strip is None:
            return False
        mixture, finished = self._strip
        count = len(finished.drawn)
        columns = 3 if mixture.square else count
        boxes = grid_boxes(columns, count // columns, visible)
        placed = placed_blends(mixture, mixture.strip_places, finished, boxes)
        step = tr("Blends of {names}").format(names=self.name)
        return put_on_page(self._session, placed, style, step)

    # To the engine and back

    def _ask(self) -> None:
        """Ask for what is wanted now, once the answers under way are here.

        A newer request would stop the one under way, and a hand moves faster than the model
        draws: nothing would be seen until it rests. A blend stops a strip, too; so where strips
        change with every move, blends and strips take turns.
        """
        self._stale = True
        mixture = self.mixture
        if not mixture.corners or not self._live or not self._service.state.usable:
            return
        others = mixture.way != self._way
        if self._service.is_busy(Lane.BLEND) or (others and self._service.is_busy(Lane.STRIP)):
            return
        self._stale = False
        self._asked = mixture
        self._service.submit(mixture.blend())
        if others:
            self._way, self._asked_strip = mixture.way, mixture
            self._service.submit(mixture.strip())

    def _ask_portraits(self) -> None:
        """Have the model draw the ends that have no picture yet."""
        if not self._live or not self._service.state.usable:
            return
        codes = tuple(end.code for end in self.mixture.everyone if not end.sketch)
        if codes and codes != self._portraits_of:
            self._portraits_of = codes
            self._service.submit(Portraits(codes, _THUMBNAIL_SAMPLING))

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if not state.usable:
            return
        if state.loaded != self._loaded:
            self._loaded, self._stale, self._way = state.loaded, True, ()
        if not self.mixture.corners and state.categories:
            self.change(corners=_first_corners(state.categories))
            self.ends_changed.emit()
        if self._live:
            self._go_on()
            self._ask_portraits()
            self.ask_thumbnails()

    @Slot(object)
    def _on_finished(self, finished: Finished) -> None:
        task = finished.task
        if isinstance(task, Blend):
            self._shown = self._asked, finished
            self.sketch_changed.emit()
            self._go_on()
        elif isinstance(task, Strip) and not isinstance(task, Morph):
            self._strip = self._asked_strip, finished
            self.strip_changed.emit()
            self._go_on()
        elif isinstance(task, Portraits):
            sketches = (drawn.strokes for drawn in finished.drawn)
            self._picture(dict(zip(task.codes, sketches, strict=True)))
        elif isinstance(task, Thumbnails):
            sketches = (drawn.strokes for drawn in finished.drawn)
            self.thumbnails = dict(zip(self._service.state.categories, sketches, strict=False))
            self._picture(
                {
                    end.code: self.thumbnails.get(end.code.category, ())
                    for end in self.mixture.everyone
                    if end.code.category is not None and not end.code.example
                }
            )
            self.thumbnails_changed.emit()

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if isinstance(failure.task, Blend):
            self.failed.emit(failure.message)
        if isinstance(failure.task, Blend | Strip):
            self._go_on()

    def _go_on(self) -> None:
        if self._stale:
            self._ask()

    def _picture(self, sketches: dict[CodeOf, Sketch]) -> None:
        """Give ends their pictures, which change nothing of what is blended."""

        def pictured(end: End) -> End:
            return replace(end, sketch=end.sketch or sketches.get(end.code))

        mixture = self.mixture
        self.mixture = replace(
            mixture,
            corners=tuple(pictured(end) for end in mixture.corners),
            plus=mixture.plus and pictured(mixture.plus),
            minus=mixture.minus and pictured(mixture.minus),
        )
        self.ends_changed.emit()


def _first_corners(categories: Sequence[str]) -> tuple[End, ...]:
    known = [name for name in _FIRST if name in categories]
    known = known if len(known) == len(_FIRST) else [categories[0], categories[-1]] * 2
    return tuple(End(CodeOf(name), name) for name in known)
