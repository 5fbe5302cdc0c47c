"""Pen and mouse movements, as a device would send them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication, QWidget

_CAPABILITIES = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure


def tablet(tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen) -> QPointingDevice:
    """A tablet with that tip of its pen down."""
    device = QInputDevice.DeviceType.Stylus
    return QPointingDevice("tablet", 7, device, tip, _CAPABILITIES, 1, 3)


def send_pen(
    widget: QWidget,
    device: QPointingDevice,
    kind: QEvent.Type,
    at: tuple[float, float],
    pressure: float,
    t_ms: int,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Send one event of a tablet."""
    down = kind != QEvent.Type.TabletRelease
    none = Qt.MouseButton.NoButton
    point = QPointF(*at)
    no_key = Qt.KeyboardModifier.NoModifier
    event = QTabletEvent(
        kind, device, point, point, pressure, 0, 0, 0, 0, 0, no_key,
        button if kind != QEvent.Type.TabletMove else none, button if down else none,
    )  # fmt: skip
    event.setTimestamp(t_ms)
    QApplication.sendEvent(widget, event)


def draw_with_pen(
    widget: QWidget,
    points: Sequence[tuple[float, float]],
    pressures: Sequence[float] | None = None,
    tip: QPointingDevice.PointerType = QPointingDevice.PointerType.Pen,
) -> None:
    """Press at the first of ``points`` (screen px), move along, release at the last."""
    device = tablet(tip)
    pressures = pressures or [0.5] * len(points)
    send_pen(widget, device, QEvent.Type.TabletPress, points[0], pressures[0], 0)
    for i, point in enumerate(points[1:], 1):
        send_pen(widget, device, QEvent.Type.TabletMove, point, pressures[i], 5 * i)
    last = 5 * len(points)
    send_pen(widget, device, QEvent.Type.TabletRelease, points[-1], 0.0, last)


def send_mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: tuple[float, float],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    t_ms: int = 0,
) -> None:
    """Send one event of a mouse."""
    move = kind == QEvent.Type.MouseMove
    event = QMouseEvent(
        kind,
        QPointF(*at),
        QPointF(*at),
        Qt.MouseButton.NoButton if move else button,
        Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button,
        modifiers,
    )
    event.setTimestamp(t_ms)
    QApplication.sendEvent(widget, event)


def drag_mouse(
    widget: QWidget,
    points: Sequence[tuple[float, float]],
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    """Press, move and release as a mouse does, 8 ms apart."""
    send_mouse(widget, QEvent.Type.MouseButtonPress, points[0], button, modifiers)
    for i, point in enumerate(points[1:], 1):
        send_mouse(widget, QEvent.Type.MouseMove, point, button, modifiers, 8 * i)
    t_ms = 8 * len(points)
    send_mouse(widget, QEvent.Type.MouseButtonRelease, points[-1], button, modifiers, t_ms)
