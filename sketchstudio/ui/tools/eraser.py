"""The eraser: takes strokes away, whole or where it touches them."""

from __future__ import annotations

from sketchstudio.core.edits import exchange_strokes
from sketchstudio.core.geometry import Point, box_between, touches, without
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.tools.base import Surface, Tool


class EraserTool(Tool):
    """What is touched goes at once; a gesture is one undo step. Alt takes the other way."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._left: dict[str, list[Stroke]] = {}  # of each stroke that was touched, by its id
        self._at: Point = (0.0, 0.0)
        self._splits = False

    def press(self, sample: PenSample) -> None:
        self._left = {}
        self._at = (sample.x, sample.y)
        self._splits = self.surface.tools.eraser_splits != sample.alt
        self.move(sample)

    def move(self, sample: PenSample) -> None:
        to = (sample.x, sample.y)
        radius = self.surface.tools.eraser_width / 2 / self.surface.zoom
        strokes = self.surface.strokes_in(box_between(self._at, to).expanded(radius))
        if self._splits:
            changed = self._cut(strokes, to, radius)
        else:
            changed = self._take(strokes, to, radius)
        self._at = to
        if changed:
            self.surface.hide_strokes(frozenset(self._left))
            self.surface.overlay.parts = [part for left in self._left.values() for part in left]
        self.hover(sample)

    def release(self, sample: PenSample) -> None:
        self.move(sample)
        session = self.surface.session
        name = "Erase part" if self._splits else "Erase"
        session.execute(exchange_strokes(session.active_layer, self._left, name))
        self._forget()

    def cancel(self) -> None:
        self._forget()
        self.leave()

    def hover(self, sample: PenSample) -> None:
        self.surface.overlay.eraser = ((sample.x, sample.y), self.surface.tools.eraser_width)
        self.surface.repaint_page()

    def leave(self) -> None:
        self.surface.overlay.eraser = None
        self.surface.repaint_page()

    def _take(self, strokes: list[Stroke], to: Point, radius: float) -> bool:
        hit = [
            stroke.id
            for stroke in strokes
            if stroke.id not in self._left and touches(stroke, self._at, to, radius)
        ]
        self._left.update((id, []) for id in hit)
        return bool(hit)

    def _cut(self, strokes: list[Stroke], to: Point, radius: float) -> bool:
        """Cut strokes that are whole so far, and what is left of others."""
        whole = {stroke.id: [stroke] for stroke in strokes if stroke.id not in self._left}
        changed = False
        near: Bounds = box_between(self._at, to).expanded(radius)
        for id, parts in (*whole.items(), *self._left.items()):
            left: list[Stroke] = []
            cut = False
            for part in parts:
                rest = without(part, self._at, to, radius) if part.bounds.intersects(near) else None
                left.extend([part] if rest is None else rest)
                cut = cut or rest is not None
            if cut:
                self._left[id] = left
                changed = True
        return changed

    def _forget(self) -> None:
        self._left = {}
        self.surface.overlay.parts = []
        self.surface.hide_strokes(frozenset())
