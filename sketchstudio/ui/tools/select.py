"""The selection tool: picks strokes, and moves them."""

from __future__ import annotations

import enum

import numpy as np

from sketchstudio.core.enclosed import shares_inside
from sketchstudio.core.geometry import Point, touches
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool

_REACH = 6.0  # screen px round a click
_DRAG = 4.0  # screen px after which a click has become a drag


class _Gesture(enum.Enum):
    NONE = enum.auto()
    CLICK = enum.auto()
    LASSO = enum.auto()
    MOVE = enum.auto()


class SelectTool(Tool):
    """A click picks the topmost stroke, a drag draws a lasso, a drag on the selection moves it.

    Shift adds to the selection. A move is one undo step.
    """

    _gesture = _Gesture.NONE
    _pressed: PenSample

    def press(self, sample: PenSample) -> None:
        self._gesture = _Gesture.CLICK
        self._pressed = sample

    def move(self, sample: PenSample) -> None:
        overlay = self.surface.overlay
        dx, dy = sample.x - self._pressed.x, sample.y - self._pressed.y
        if self._gesture is _Gesture.CLICK:
            if max(abs(dx), abs(dy)) * self.surface.zoom < _DRAG:
                return
            self._begin_drag()
        if self._gesture is _Gesture.MOVE:
            overlay.move(dx, dy)
        elif self._gesture is _Gesture.LASSO:
            overlay.lasso.append((sample.x, sample.y))
        self.surface.repaint_page()

    def release(self, sample: PenSample) -> None:
        self.move(sample)
        gesture, self._gesture = self._gesture, _Gesture.NONE
        overlay = self.surface.overlay
        if gesture is _Gesture.CLICK:
            self._pick((sample.x, sample.y), sample.shift)
        elif gesture is _Gesture.LASSO:
            self._pick_inside(overlay.lasso, sample.shift)
            overlay.lasso = []
        elif gesture is _Gesture.MOVE:
            dx, dy = sample.x - self._pressed.x, sample.y - self._pressed.y
            overlay.drop()
            self.surface.session.move_selection(dx, dy)
            self.surface.hide_strokes(frozenset())
        self.surface.repaint_page()

    def cancel(self) -> None:
        self._gesture = _Gesture.NONE
        self.surface.overlay.lasso = []
        self.surface.overlay.drop()
        self.surface.hide_strokes(frozenset())
        self.surface.repaint_page()

    def _begin_drag(self) -> None:
        at = (self._pressed.x, self._pressed.y)
        frame = self.surface.overlay.frame
        margin = _REACH / self.surface.zoom
        on_frame = frame is not None and frame.expanded(margin).intersects(Bounds(*at, *at))
        under = None if on_frame or self._pressed.shift else self._stroke_at(at)
        if under is not None:
            self.surface.session.select([under])
        if under is None and not (on_frame and not self._pressed.shift):
            self._gesture = _Gesture.LASSO
            self.surface.overlay.lasso = [at]
            return
        self._gesture = _Gesture.MOVE
        self.surface.lift_selection()
        self.surface.hide_strokes(self.surface.session.selected_ids)

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
        shares = shares_inside([drawn_points(stroke) for stroke in near], polygon)
        picked = {stroke.id for stroke, share in zip(near, shares, strict=True) if share > 0.5}
        session.select(session.selected_ids | picked if add else picked)
