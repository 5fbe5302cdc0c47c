"""The tool that moves and scales the picture under the ink."""

from __future__ import annotations

import math
from dataclasses import replace

from PySide6.QtCore import Qt

from sketchstudio.core.edits import PageChanged
from sketchstudio.core.geometry import Point
from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import Bounds
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.traced_picture import corners
from sketchstudio.ui.tools.base import Surface, Tool

_REACH = 12.0  # screen px round a grip that belong to it


class PictureTool(Tool):
    """A drag moves the picture, one at a corner scales it about the opposite corner.

    Each drag is one undo step. Alt scales about the middle.
    """

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._before: Picture | None = None
        self._pressed: Point = (0.0, 0.0)
        self._corner: int | None = None

    def press(self, sample: PenSample) -> None:
        picture = self._picture
        if picture is None:
            return
        if picture.locked:
            self.surface.session.refused.emit(
                tr("The picture is locked: unlock it in the Page menu first")
            )
            return
        self._before = picture
        self._pressed = sample.x, sample.y
        self._corner = self._corner_at(picture, self._pressed)

    def move(self, sample: PenSample) -> None:
        if self._before is not None:
            self.surface.overlay.picture = self._wanted(self._before, sample).bounds
            self.surface.repaint_page()

    def release(self, sample: PenSample) -> None:
        before, self._before = self._before, None
        if before is not None:
            after = self._wanted(before, sample)
            page = self.surface.session.document.page
            name = mark("Move picture") if self._corner is None else mark("Scale picture")
            self.surface.session.execute(PageChanged(page, replace(page, picture=after), name))
        self.hover(sample)

    def cancel(self) -> None:
        self._before = None
        self._show(None)

    def hover(self, sample: PenSample) -> None:
        picture = self._picture
        if picture is None or picture.locked:
            self._show(None)
            return
        self._show(picture.bounds)
        corner = self._corner_at(picture, (sample.x, sample.y))
        overlay = self.surface.overlay
        if corner is None:
            overlay.cursor = Qt.CursorShape.SizeAllCursor
        else:
            turned = round(self.surface.angle / 90) + corner
            overlay.cursor = (
                Qt.CursorShape.SizeBDiagCursor if turned % 2 else Qt.CursorShape.SizeFDiagCursor
            )

    def leave(self) -> None:
        self.surface.overlay.cursor = None
        self._show(None)

    @property
    def _picture(self) -> Picture | None:
        return self.surface.session.document.page.picture

    def _show(self, frame: Bounds | None) -> None:
        if frame != self.surface.overlay.picture:
            self.surface.overlay.picture = frame
            self.surface.repaint_page()

    def _wanted(self, before: Picture, sample: PenSample) -> Picture:
        x, y = self._pressed
        if self._corner is None:
            return before.moved(sample.x - x, sample.y - y)
        box = before.bounds
        fixed = corners(box)[(self._corner + 2) % 4]
        if sample.alt:
            fixed = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        arm = x - fixed[0], y - fixed[1]
        now = sample.x - fixed[0], sample.y - fixed[1]
        length = arm[0] ** 2 + arm[1] ** 2
        factor = (now[0] * arm[0] + now[1] * arm[1]) / length if length else 1.0
        return before.scaled(max(factor, 0.02), *fixed)

    def _corner_at(self, picture: Picture, point: Point) -> int | None:
        reach = _REACH / self.surface.zoom
        ways = [math.dist(corner, point) for corner in corners(picture.bounds)]
        nearest = min(range(4), key=ways.__getitem__)
        return nearest if ways[nearest] <= reach else None
