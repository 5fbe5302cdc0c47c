"""The magnifier: shows the page nearer or farther."""

from __future__ import annotations

from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool

_FACTOR = 1.6
_DRAG = 6.0  # screen px after which a click has become a drag


class ZoomTool(Tool):
    """A click shows its place nearer, with Shift or Alt farther; a drag shows what it frames."""

    _pressed: PenSample

    def press(self, sample: PenSample) -> None:
        self._pressed = sample

    def move(self, sample: PenSample) -> None:
        self.surface.overlay.lasso = (
            self.surface.corners(self._pressed, sample) if self._dragged(sample) else []
        )
        self.surface.repaint_page()

    def release(self, sample: PenSample) -> None:
        self.surface.overlay.lasso = []
        if self._dragged(sample):
            self.surface.show_area(self.surface.corners(self._pressed, sample))
        else:
            away = sample.shift or sample.alt
            self.surface.zoom_by(1 / _FACTOR if away else _FACTOR, (sample.x, sample.y))
        self.surface.repaint_page()

    def cancel(self) -> None:
        self.surface.overlay.lasso = []
        self.surface.repaint_page()

    def _dragged(self, sample: PenSample) -> bool:
        way = max(abs(sample.x - self._pressed.x), abs(sample.y - self._pressed.y))
        return way * self.surface.zoom >= _DRAG
