"""What the wheel does: it pans, and with Ctrl it zooms to the pointer."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from sketchstudio.ui.canvas.viewport import Viewport

ZOOM_STEP = 1.25
"""Zoom factor of one notch."""

_NOTCH = 120  # of QWheelEvent.angleDelta
_SCROLL = 72.0  # screen px a notch pans


def after_wheel(viewport: Viewport, event: QWheelEvent) -> Viewport:
    """What is shown once the wheel has turned; Shift pans sideways."""
    pixels, angle = event.pixelDelta(), event.angleDelta()
    modifiers = event.modifiers()
    if modifiers & Qt.KeyboardModifier.ControlModifier:
        at = event.position()
        factor = ZOOM_STEP ** (angle.y() / _NOTCH)
        return viewport.zoomed(viewport.zoom * factor, at.x(), at.y())
    delta = QPointF(pixels) if pixels != QPoint() else QPointF(angle) * (_SCROLL / _NOTCH)
    if modifiers & Qt.KeyboardModifier.ShiftModifier and delta.x() == 0:
        delta = QPointF(delta.y(), 0.0)
    return viewport.panned(delta.x(), delta.y())
