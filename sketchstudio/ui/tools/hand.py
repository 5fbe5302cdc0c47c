"""The hand: moves the page."""

from __future__ import annotations

from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool


class HandTool(Tool):
    """The point of the page that was grasped stays under the pen."""

    _grasped: PenSample

    def press(self, sample: PenSample) -> None:
        self._grasped = sample

    def move(self, sample: PenSample) -> None:
        self.surface.pan(sample.x - self._grasped.x, sample.y - self._grasped.y)

    def release(self, sample: PenSample) -> None:
        self.move(sample)

    def cancel(self) -> None:
        """The page stays where it was moved."""
