"""The eraser: takes whole strokes away."""

from __future__ import annotations

from sketchstudio.core.edits import remove_strokes
from sketchstudio.core.geometry import Point, box_between, touches
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool


class EraserTool(Tool):
    """Every stroke touched goes at once; a gesture is one undo step."""

    _touched: frozenset[str] = frozenset()
    _at: Point = (0.0, 0.0)

    def press(self, sample: PenSample) -> None:
        self._touched = frozenset()
        self._at = (sample.x, sample.y)
        self.move(sample)

    def move(self, sample: PenSample) -> None:
        to = (sample.x, sample.y)
        radius = self.surface.tools.eraser_width / 2 / self.surface.zoom
        hit = {
            stroke.id
            for stroke in self.surface.strokes_in(box_between(self._at, to).expanded(radius))
            if stroke.id not in self._touched and touches(stroke, self._at, to, radius)
        }
        self._at = to
        if hit:
            self._touched |= hit
            self.surface.hide_strokes(self._touched)
        self.hover(sample)

    def release(self, sample: PenSample) -> None:
        self.move(sample)
        session = self.surface.session
        session.execute(remove_strokes(session.active_layer, self._touched, "Erase"))
        self.surface.hide_strokes(frozenset())
        self._touched = frozenset()

    def cancel(self) -> None:
        self._touched = frozenset()
        self.surface.hide_strokes(frozenset())
        self.leave()

    def hover(self, sample: PenSample) -> None:
        self.surface.overlay.eraser = ((sample.x, sample.y), self.surface.tools.eraser_width)
        self.surface.repaint_page()

    def leave(self) -> None:
        self.surface.overlay.eraser = None
        self.surface.repaint_page()
