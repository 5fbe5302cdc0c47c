"""What pens, mice and fingers send, in numbers and in ink."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QSinglePointEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.system.language import tr
from sketchstudio.ui import theme

_KEPT = 4000  # places drawn
_NOTHING = "-"
_RATE_S = 1.0  # over which events are counted
_COLORS = {"pen": "#2563eb", "eraser": "#db2777", "mouse": "#dc2626", "touch": "#15924a"}


@dataclass(frozen=True, slots=True)
class Arrived:
    """One event, as it came.

    Attributes:
        kind: ``pen``, ``eraser``, ``mouse`` or ``touch``.
        device: Its name.
        x: On the sheet, px, as fine as the device tells.
        y: Likewise.
        pressure: 0..1; None for a device that feels none.
        tilt: Degrees to the right and towards the person.
        turn: Of the pen about its axis, degrees.
        buttons: Names of those held.
        touching: Whether it draws.
    """

    kind: str
    device: str
    x: float
    y: float
    pressure: float | None
    tilt: tuple[float, float]
    turn: float
    buttons: str
    touching: bool


class TabletTest(QDialog):
    """A sheet that takes everything, beside what the last event said.

    Args:
        parent: As in Qt.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Test Pen and Tablet"))
        self.sheet = Sheet()
        self.sheet.arrived.connect(self._show)
        self.values: dict[str, QLabel] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        for name, text in (
            ("kind", tr("Kind")),
            ("device", tr("Device")),
            ("position", tr("Position")),
            ("pressure", tr("Pressure")),
            ("tilt", tr("Tilt")),
            ("turn", tr("Rotation")),
            ("buttons", tr("Buttons")),
            ("rate", tr("Events per second")),
        ):
            label = QLabel(_NOTHING)
            label.setMinimumWidth(150)
            label.setWordWrap(True)
            label.setAccessibleName(text)
            form.addRow(text, label)
            self.values[name] = label
        legend = QLabel(
            "&nbsp; &nbsp;".join(
                f'<span style="color:{_COLORS[kind]}">●</span> {name}'
                for kind, name in (
                    ("pen", tr("Pen")),
                    ("eraser", tr("Eraser end of the pen")),
                    ("mouse", tr("Mouse")),
                    ("touch", tr("Finger")),
                )
            )
        )
        said = QLabel(
            tr(
                "Draw with all you have. If a pen draws in the colour of the mouse, or without "
                "pressure, its driver passes it off as a mouse."
            )
        )
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        clear = QPushButton(tr("Clear"))
        clear.setAutoDefault(False)
        clear.clicked.connect(self.sheet.clear)
        side = QVBoxLayout()
        side.addLayout(form)
        side.addStretch(1)
        side.addWidget(said)
        upper = QHBoxLayout()
        sheet = QVBoxLayout()
        sheet.addWidget(self.sheet, 1)
        sheet.addWidget(legend)
        upper.addLayout(sheet, 1)
        upper.addLayout(side)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(clear, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(upper, 1)
        layout.addWidget(buttons)
        self.resize(760, 480)

    @Slot(object)
    def _show(self, event: Arrived) -> None:
        names = {
            "pen": tr("Pen"),
            "eraser": tr("Eraser end of the pen"),
            "mouse": tr("Mouse"),
            "touch": tr("Finger"),
        }
        said = {
            "kind": names[event.kind],
            "device": event.device.strip("\0 ") or _NOTHING,
            "position": f"{event.x:.2f}, {event.y:.2f}",
            "pressure": _NOTHING if event.pressure is None else f"{event.pressure:.3f}",
            "tilt": f"{event.tilt[0]:.0f}°, {event.tilt[1]:.0f}°",
            "turn": f"{event.turn:.0f}°",
            "buttons": event.buttons or _NOTHING,
            "rate": f"{self.sheet.rate:.0f}",
        }
        for name, text in said.items():
            self.values[name].setText(text)


class Sheet(QWidget):
    """Draws every event where it arrived, as wide as its pressure, in the colour of its kind.

    Attributes:
        events: The last ones, oldest first.

    Signals:
        arrived: Carries the `Arrived`.
    """

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.events: deque[Arrived] = deque(maxlen=_KEPT)
        self._times: deque[float] = deque(maxlen=1000)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setMinimumSize(360, 300)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Sheet to try devices on"))

    @property
    def rate(self) -> float:
        """Events per second, of the last one."""
        last = self._times[-1] if self._times else 0.0
        return sum(last - at < _RATE_S for at in self._times) / _RATE_S

    @Slot()
    def clear(self) -> None:
        """Forget all events."""
        self.events.clear()
        self._times.clear()
        self.update()

    def _take(self, event: Arrived) -> None:
        self.events.append(event)
        self._times.append(time.monotonic())
        self.update()
        self.arrived.emit(event)

    # Qt.

    def tabletEvent(self, event: QTabletEvent) -> None:
        event.accept()
        eraser = event.pointerType() == event.pointingDevice().PointerType.Eraser
        at = event.position()
        self._take(
            Arrived(
                "eraser" if eraser else "pen",
                event.pointingDevice().name(),
                at.x(),
                at.y(),
                event.pressure(),
                (event.xTilt(), event.yTilt()),
                event.rotation(),
                _buttons(event),
                event.pressure() > 0,
            )
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse(event)

    def _mouse(self, event: QMouseEvent) -> None:
        event.accept()
        at = event.position()
        held = event.buttons() != Qt.MouseButton.NoButton
        device = event.pointingDevice().name()
        self._take(Arrived("mouse", device, at.x(), at.y(), None, (0, 0), 0, _buttons(event), held))

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QTouchEvent):
            return super().event(event)
        event.accept()
        for point in event.points():
            at = point.position()
            down = point.state() != point.State.Released
            device = event.pointingDevice().name()
            felt = point.pressure() if down else None
            self._take(
                Arrived("touch", device, at.x(), at.y(), felt, (0, 0), point.rotation(), "", down)
            )
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.line), 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        last: dict[str, Arrived] = {}
        for one in self.events:
            before = last.get(one.kind)
            here = QPointF(one.x, one.y)
            color = QColor(_COLORS[one.kind])
            if before is not None and before.touching and one.touching:
                width = 1.5 if one.pressure is None else 1 + 9 * one.pressure
                painter.setPen(QPen(color, width, c=Qt.PenCapStyle.RoundCap))
                painter.drawLine(QPointF(before.x, before.y), here)
            last[one.kind] = one
        for one in last.values():
            painter.setPen(QPen(QColor(_COLORS[one.kind]), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(one.x, one.y), 6, 6)


def _buttons(event: QSinglePointEvent) -> str:
    button = Qt.MouseButton
    names = {
        button.LeftButton: tr("tip or left"),
        button.RightButton: tr("side or right"),
        button.MiddleButton: tr("second side or middle"),
        button.BackButton: tr("back"),
        button.ForwardButton: tr("forward"),
    }
    return ", ".join(name for which, name in names.items() if event.buttons() & which)
