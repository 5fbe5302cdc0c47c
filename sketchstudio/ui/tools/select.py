"""The selection tools: pick strokes by a lasso or a box, move, scale and turn them."""

from __future__ import annotations

import enum

import numpy as np

from sketchstudio.core.enclosed import shares_inside
from sketchstudio.core.geometry import Point, touches
from sketchstudio.core.stroke import Bounds
from sketchstudio.core.transform import Affine
from sketchstudio.ui.canvas.handles import Handle, cursor_of, handle_at, pulled
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Surface, Tool

_REACH = 6.0  # screen px round a click
_DRAG = 4.0  # screen px after which a click has become a drag


class _Gesture(enum.Enum):
    NONE = enum.auto()
    CLICK = enum.auto()
    CATCH = enum.auto()
    MOVE = enum.auto()
    PULL = enum.auto()


class SelectTool(Tool):
    """A click picks the topmost stroke, a drag catches what it goes round.

    A drag on the selection moves it, one on a handle scales or turns it, each as one undo step.
    Shift adds to the selection, keeps proportions, and turns in steps; Alt scales about the middle.

    Args:
        surface: As in `Tool`.
        box: Whether a drag draws a box, rather than a lasso.
    """

    _pressed: PenSample

    def __init__(self, surface: Surface, box: bool) -> None:
        super().__init__(surface)
        self._box = box
        self._gesture = _Gesture.NONE
        self._handle: Handle | None = None
        self._affine = Affine()

    def press(self, sample: PenSample) -> None:
        self._gesture = _Gesture.CLICK
        self._pressed = sample
        self._handle = self._handle_at(sample)

    def move(self, sample: PenSample) -> None:
        overlay = self.surface.overlay
        dx, dy = sample.x - self._pressed.x, sample.y - self._pressed.y
        if self._gesture is _Gesture.CLICK:
            if max(abs(dx), abs(dy)) * self.surface.zoom < _DRAG:
                return
            self._begin_drag()
        if self._gesture is _Gesture.CATCH:
            if self._box:
                overlay.lasso = self.surface.corners(self._pressed, sample)
            else:
                overlay.lasso.append((sample.x, sample.y))
        elif self._gesture is not _Gesture.NONE:
            self._affine = self._wanted(sample)
            overlay.carry(self._affine)
        self.surface.repaint_page()

    def release(self, sample: PenSample) -> None:
        self.move(sample)
        gesture, self._gesture = self._gesture, _Gesture.NONE
        overlay, session = self.surface.overlay, self.surface.session
        if gesture is _Gesture.CLICK:
            if self._handle is None:
                self._pick((sample.x, sample.y), sample.shift)
        elif gesture is _Gesture.CATCH:
            self._pick_inside(overlay.lasso, sample.shift)
            overlay.lasso = []
        elif gesture is not _Gesture.NONE:
            overlay.drop()
            session.transform_selection(self._affine, self._step())
            self.surface.hide_strokes(frozenset())
        self.hover(sample)
        self.surface.repaint_page()

    def cancel(self) -> None:
        self._gesture = _Gesture.NONE
        self.surface.overlay.lasso = []
        self.surface.overlay.drop()
        self.surface.hide_strokes(frozenset())
        self.surface.repaint_page()

    def hover(self, sample: PenSample) -> None:
        handle = self._handle_at(sample)
        self.surface.overlay.cursor = (
            None if handle is None else cursor_of(handle, self.surface.angle)
        )

    def leave(self) -> None:
        self.surface.overlay.cursor = None

    def _begin_drag(self) -> None:
        at = (self._pressed.x, self._pressed.y)
        frame = self.surface.overlay.frame
        margin = _REACH / self.surface.zoom
        on_frame = frame is not None and frame.expanded(margin).intersects(Bounds(*at, *at))
        add = self._pressed.shift and self._handle is None
        loose = self._handle is None and not on_frame and not add
        under = self._stroke_at(at) if loose else None
        if under is not None:
            self.surface.session.select([under])
        if self._handle is None and (add or (under is None and not on_frame)):
            self._gesture = _Gesture.CATCH
            self.surface.overlay.lasso = [at]
            return
        self._gesture = _Gesture.MOVE if self._handle is None else _Gesture.PULL
        self._affine = Affine()
        self.surface.lift_selection()
        self.surface.hide_strokes(self.surface.session.selected_ids)

    def _wanted(self, sample: PenSample) -> Affine:
        start, to = (self._pressed.x, self._pressed.y), (sample.x, sample.y)
        frame = self.surface.overlay.frame
        if self._handle is None or frame is None:
            return Affine.moving(to[0] - start[0], to[1] - start[1])
        return pulled(self._handle, frame, start, to, even=sample.shift, centred=sample.alt)

    def _step(self) -> str:
        if self._handle is None:
            return "Move"
        return "Turn" if self._handle is Handle.TURN else "Scale"

    def _handle_at(self, sample: PenSample) -> Handle | None:
        frame = self.surface.overlay.frame
        if frame is None:
            return None
        return handle_at(frame, (sample.x, sample.y), self.surface.zoom)

    def _stroke_at(self, point: Point) -> str | None:
        reach = _REACH / self.surface.zoom
        for stroke in reversed(self.surface.strokes_in(Bounds(*point, *point).expanded(reach))):
            if touches(stroke, point, point, reach):
                return stroke.id
        return None

    def _pick(self, point: Point, add: bool) -> None:
        session = self.surface.session
        picked = self._stroke_at(point)
        if not add:
            session.select([] if picked is None else [picked])
        elif picked is not None:
            session.select(session.selected_ids ^ {picked})

    def _pick_inside(self, corners: list[Point], add: bool) -> None:
        session = self.surface.session
        polygon = np.array(corners, dtype=np.float32)
        low, high = polygon.min(axis=0).tolist(), polygon.max(axis=0).tolist()
        near = self.surface.strokes_in(Bounds(*low, *high))
        shares = shares_inside(near, self.surface.boxes_of(near), polygon)
        picked = {stroke.id for stroke, share in zip(near, shares, strict=True) if share > 0.5}
        session.select(session.selected_ids | picked if add else picked)
