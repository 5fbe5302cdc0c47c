"""Painting the paper: its colour, what is printed on it, and the desk beyond its edges."""

from __future__ import annotations

import math

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from sketchstudio.core.document import Page, Pattern, printed_color
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.traced_picture import paint_picture

_CLOSEST = 7.0  # device pixels between lines; where they would be closer only some are shown
_SKIPPED = 5  # so many more at a time
_DOT = 2.2  # device pixels


def is_plain(page: Page, area: Bounds) -> bool:
    """Whether there is only the paper's colour in ``area``, page px."""
    edge, picture = page.bounds, page.picture
    if picture is not None and picture.visible and picture.bounds.intersects(area):
        return False
    return page.pattern is Pattern.PLAIN and (edge is None or _holds(edge, area))


def paint_paper(
    painter: QPainter, page: Page, area: Bounds, desk: QColor, pattern: bool = True
) -> None:
    """Cover ``area`` (page px) with paper, and with ``desk`` where the paper ends.

    Args:
        painter: Maps page px to device pixels; its pen and brush are lost.
        page: The paper.
        area: Page px.
        desk: Beyond the paper's edges.
        pattern: Whether to paint what guides the hand, too: what is printed on the paper, and the
            picture to be traced.
    """
    sheet = area
    if page.bounds is not None:
        painter.fillRect(_rect(area), desk)
        if not page.bounds.intersects(area):
            return
        sheet = _common(page.bounds, area)
    painter.fillRect(_rect(sheet), QColor(page.paper))
    if pattern and page.pattern is not Pattern.PLAIN:
        _paint_pattern(painter, page, sheet)
    if pattern and page.picture is not None:
        paint_picture(painter, page.picture, sheet)


def _paint_pattern(painter: QPainter, page: Page, area: Bounds) -> None:
    to_device = painter.transform()
    scale = math.hypot(to_device.m11(), to_device.m12())
    spacing = page.spacing
    while spacing * scale < _CLOSEST:
        spacing *= _SKIPPED
    dots = page.pattern is Pattern.DOTS
    pen = QPen(QColor(printed_color(page)))
    pen.setCosmetic(True)
    pen.setWidthF(_DOT if dots else 1.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if dots else Qt.PenCapStyle.FlatCap)
    straight = to_device.m12() == 0.0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, dots or not straight)
    painter.setPen(pen)
    margin = _DOT / scale if dots else 0.0  # dots reach into the next tile
    across = _multiples(spacing, area.left - margin, area.right + margin)
    down = _multiples(spacing, area.top - margin, area.bottom + margin)
    if dots:
        painter.drawPoints([QPointF(x, y) for y in down for x in across])
        return
    lines = [QLineF(area.left, y, area.right, y) for y in down]
    if page.pattern is Pattern.GRID:
        lines += [QLineF(x, area.top, x, area.bottom) for x in across]
    painter.drawLines(lines)


def _multiples(step: float, low: float, high: float) -> list[float]:
    return [step * i for i in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


def _common(one: Bounds, other: Bounds) -> Bounds:
    """What lies in both; they meet."""
    return Bounds(
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )


def _rect(bounds: Bounds) -> QRectF:
    return QRectF(bounds.left, bounds.top, bounds.width, bounds.height)
