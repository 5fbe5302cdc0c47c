"""The colour picker: draw on in a colour that is on the page."""

from __future__ import annotations

from sketchstudio.core.geometry import Point, touches
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool

_REACH = 3.0  # screen px round a click


class PickerTool(Tool):
    """Takes the colour of the topmost ink under it, else the paper's, and is put away."""

    def press(self, sample: PenSample) -> None:
        self.hover(sample)

    def move(self, sample: PenSample) -> None:
        self.hover(sample)

    def release(self, sample: PenSample) -> None:
        color = self._color_at((sample.x, sample.y))
        tools = self.surface.tools
        self.leave()
        if tools.tool == "picker":
            tools.put_away()
        tools.set_color(color)
        tools.remember_color(color)

    def cancel(self) -> None:
        self.leave()

    def hover(self, sample: PenSample) -> None:
        at = (sample.x, sample.y)
        self.surface.overlay.picked = at, self._color_at(at)
        self.surface.repaint_page()

    def leave(self) -> None:
        self.surface.overlay.picked = None
        self.surface.repaint_page()

    def _color_at(self, point: Point) -> str:
        reach = _REACH / self.surface.zoom
        box = Bounds(*point, *point).expanded(reach)
        for stroke in reversed(self.surface.strokes_in(box, all_layers=True)):
            if touches(stroke, point, point, reach):
                return stroke.style.color
        return self.surface.paper_color
