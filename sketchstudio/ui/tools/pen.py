"""The pen and the highlighter: draw strokes."""

from __future__ import annotations

import math
from dataclasses import replace

from sketchstudio.core.edits import add_strokes, replace_strokes
from sketchstudio.core.shapes import shape_of
from sketchstudio.core.stroke import Stroke
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Surface, Tool

_STEP = 0.4  # screen px; closer samples only add noise
_SNAP = math.radians(15)
_GO_ON = 30.0  # screen px that the pen goes on to say it meant no shape


class PenTool(Tool):
    """Each gesture is a stroke and an undo step.

    With Shift the line goes straight on in steps of 15°, with Ctrl, too, at any angle. Held at its
    end, a stroke becomes the shape it was meant to be, as an undo step of its own.

    Args:
        surface: As in `Tool`.
        name: What the history says.
    """

    _last: PenSample
    _anchor: PenSample | None = None  # from where the line goes straight on
    _drawn: Stroke | None = None  # by hand, while the shape it was meant to be is shown

    def __init__(self, surface: Surface, name: str) -> None:
        super().__init__(surface)
        self._name = name

    def press(self, sample: PenSample) -> None:
        self.surface.session.select(())  # what is drawn next is what the person works on
        self.surface.ink_begins()
        self._last = sample
        self._anchor = self._drawn = None
        style = replace(self.surface.tools.style, grain=1 / self.surface.zoom)
        self.surface.overlay.live = LiveInk(style, sample)
        self.surface.repaint_page(self.surface.overlay.live.move_end(sample))

    def move(self, sample: PenSample) -> None:
        live = self.surface.overlay.live
        if live is None:
            return
        step = max(abs(sample.x - self._last.x), abs(sample.y - self._last.y))
        step *= self.surface.zoom
        if self._drawn is not None:
            if step < _GO_ON:
                return
            self._drawn = self.surface.overlay.shape = None
            self.surface.repaint_page()
        if step < _STEP:
            return
        if not sample.shift:
            changed = live.append(sample)
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self._last
            changed = live.append(self._straight(sample))
        else:
            changed = live.move_end(self._straight(sample))
        self._last = sample
        self.surface.repaint_page(changed)

    def hold(self) -> None:
        live = self.surface.overlay.live
        if live is None or not self.surface.tools.input.shape_assist or self._anchor is not None:
            return
        drawn = live.stroke()
        self.surface.overlay.shape = shape_of(drawn)
        if self.surface.overlay.shape is not None:
            self._drawn = drawn
            self.surface.repaint_page()

    def release(self, sample: PenSample) -> None:
        overlay, session = self.surface.overlay, self.surface.session
        live = overlay.live
        if live is None:
            return
        self.move(replace(sample, pressure=self._last.pressure))  # a lifted pen presses no more
        if len(live) == 1:
            live.move_end(replace(self._last, pressure=1.0))  # a tap is a dot as wide as the line
        stroke, shape = self._drawn or live.stroke(), overlay.shape
        overlay.live = overlay.shape = self._drawn = None
        if not session.execute(add_strokes(session.active_layer, [stroke], self._name)):
            self.surface.repaint_page()
            return
        if shape is not None:
            layer = session.active_layer
            session.execute(replace_strokes(layer, [stroke.id], [shape], "Straighten"))
            self.surface.repaint_page()
        self.surface.ink_ends(shape or stroke)

    def cancel(self) -> None:
        self.surface.overlay.live = self.surface.overlay.shape = self._drawn = None
        self.surface.repaint_page()

    def _straight(self, sample: PenSample) -> PenSample:
        """Where a line goes to: in steps of 15° from where it became straight, unless with Ctrl."""
        start = self._anchor
        if start is None or sample.ctrl:
            return sample
        dx, dy = sample.x - start.x, sample.y - start.y
        angle = round(math.atan2(dy, dx) / _SNAP) * _SNAP
        along = dx * math.cos(angle) + dy * math.sin(angle)
        return replace(
            sample, x=start.x + along * math.cos(angle), y=start.y + along * math.sin(angle)
        )
