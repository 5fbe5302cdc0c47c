"""The pen: draws strokes."""

from __future__ import annotations

from dataclasses import replace

from sketchstudio.core.edits import add_strokes
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Tool

_STEP = 0.4  # screen px; closer samples only add noise


class PenTool(Tool):
    """Each gesture is a stroke and an undo step; with Shift the line goes straight on."""

    _last: PenSample
    _straight = False

    def press(self, sample: PenSample) -> None:
        self.surface.session.select(())  # what is drawn next is what the person works on
        self.surface.ink_begins()
        self._last = sample
        self._straight = False
        self.surface.overlay.live = LiveInk(
            replace(self.surface.tools.style, grain=1 / self.surface.zoom), sample
        )
        self.surface.repaint_page(self.surface.overlay.live.move_end(sample))

    def move(self, sample: PenSample) -> None:
        live = self.surface.overlay.live
        if live is None:
            return
        step = max(abs(sample.x - self._last.x), abs(sample.y - self._last.y))
        if step * self.surface.zoom < _STEP:
            return
        self._last = sample
        go_on = live.move_end if sample.shift and self._straight else live.append
        changed = go_on(sample)
        self._straight = sample.shift
        self.surface.repaint_page(changed)

    def release(self, sample: PenSample) -> None:
        live = self.surface.overlay.live
        if live is None:
            return
        self.move(replace(sample, pressure=self._last.pressure))  # a lifted pen presses no more
        if len(live) == 1:
            live.move_end(replace(self._last, pressure=1.0))  # a tap is a dot as wide as the line
        stroke = live.stroke()
        self.surface.overlay.live = None
        session = self.surface.session
        session.execute(add_strokes(session.active_layer, [stroke], "Draw"))
        self.surface.ink_ends(stroke)

    def cancel(self) -> None:
        self.surface.overlay.live = None
        self.surface.repaint_page()
