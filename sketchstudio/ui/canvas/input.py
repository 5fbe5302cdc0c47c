"""From Qt's mouse, tablet and touch events to pen samples."""

from __future__ import annotations

import math
import time
from typing import Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import (
    QEventPoint,
    QInputEvent,
    QMouseEvent,
    QPointingDevice,
    QTabletEvent,
    QTouchEvent,
)

from sketchstudio.state.input_settings import Barrel, InputSettings, Touch
from sketchstudio.state.tool_state import ToolName
from sketchstudio.ui.canvas.pen_sample import PenKind, PenSample

_MOUSE_DEAF_S = 0.15  # after a pen event: drivers send the same movement as mouse events, too
_FINGER_DEAF_S = 0.5  # after a pen event: the hand that holds the pen rests on the screen
_PEN_KINDS = (PenKind.PEN, PenKind.ERASER)
_BARREL_TOOLS = {
    Barrel.ERASE: ToolName.ERASER,
    Barrel.PAN: ToolName.HAND,
    Barrel.SELECT: ToolName.LASSO,
    Barrel.PICK: ToolName.PICKER,
}


class PenTarget(Protocol):
    """Takes pen samples in logical screen px."""

    def pen_pressed(self, sample: PenSample, tool: ToolName | None) -> None:
        """Something touches; ``tool``: to be used for this gesture, whatever is in hand."""

    def pen_moved(self, sample: PenSample) -> None:
        """It moves, touching."""

    def pen_released(self, sample: PenSample) -> None:
        """It lifts."""

    def pen_cancelled(self) -> None:
        """What was begun shall have no effect."""

    def pen_hovered(self, sample: PenSample) -> None:
        """It moves without touching."""

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """Two fingers round (x, y) moved by (dx, dy) and spread by ``factor``."""


class SpeedPressure:
    """Pressure for devices that feel none: quick lines are thinner, as a pen's are."""

    _FAST = 2.5  # screen px per ms

    def __init__(self) -> None:
        self.on = True
        self._value = 0.55
        self._at = (0.0, 0.0, 0.0)

    def begin(self, x: float, y: float, t_ms: float) -> float:
        self._value = 0.55 if self.on else 1.0
        self._at = (x, y, t_ms)
        return self._value

    def follow(self, x: float, y: float, t_ms: float) -> float:
        """Pressure 0..1 at the next place of the pointer."""
        x0, y0, t0 = self._at
        elapsed = t_ms - t0
        distance = math.hypot(x - x0, y - y0)
        if not self.on or elapsed <= 0 or distance == 0:
            return self._value
        self._at = (x, y, t_ms)
        wanted = 0.85 - 0.55 * min(distance / elapsed / self._FAST, 1.0)
        self._value += (wanted - self._value) * min(distance / 30.0, 0.35)
        return self._value


class PenInput:
    """Sorts events by device, so that each gesture comes from one device only.

    Args:
        target: Takes the samples.
        settings: What pens, mice and fingers mean.
    """

    def __init__(self, target: PenTarget, settings: InputSettings) -> None:
        self._target = target
        self._speed = SpeedPressure()
        self._pressed: PenKind | None = None
        self._button = Qt.MouseButton.NoButton
        self._last: PenSample  # of the gesture under way
        self._pen_pressure = 0.5
        self._pen_seen = -math.inf
        self._pinch: tuple[QPointF, float] | None = None
        self.set_settings(settings)

    @property
    def pressed(self) -> bool:
        """Whether something touches the canvas."""
        return self._pressed is not None

    def set_settings(self, settings: InputSettings) -> None:
        """Take input otherwise, from the next event on."""
        self._settings = settings
        self._speed.on = settings.simulate_pressure

    def forget(self) -> None:
        """The gesture under way is given up; nothing more comes of it."""
        self._pressed = None

    def tablet(self, event: QTabletEvent) -> None:
        """Take a tablet event; it is accepted, so that no mouse event follows from it."""
        event.accept()
        self._pen_seen = time.monotonic()
        kind = PenKind.PEN
        if event.pointerType() == QPointingDevice.PointerType.Eraser:
            kind = PenKind.ERASER
        if event.pressure() > 0:  # some drivers leave it out of some events
            self._pen_pressure = self._settings.curve(min(event.pressure(), 1.0))
        sample = _sample(event, event.position(), self._pen_pressure, kind)
        if event.type() == QEvent.Type.TabletPress:
            self._pen_press(event, sample)
        elif event.type() == QEvent.Type.TabletRelease:
            if self._pressed in _PEN_KINDS and event.button() == self._button:
                self._pressed = None
                self._target.pen_released(sample)
        elif self._pressed in _PEN_KINDS:
            # As with a mouse; but not all drivers name the buttons of a pen that moves.
            if event.pressure() <= 0 and not event.buttons() & self._button:
                self._end_unheard()
            else:
                self._move(sample)
        else:
            self._target.pen_hovered(sample)

    def mouse(self, event: QMouseEvent) -> None:
        """Take a mouse event, unless it only repeats what a pen did."""
        event.accept()
        if self._pressed not in (None, PenKind.MOUSE):
            return
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self._mouse_press(event)
        elif event.type() == QEvent.Type.MouseButtonRelease:
            if self._pressed is PenKind.MOUSE and event.button() == self._button:
                self._pressed = None
                self._target.pen_released(self._mouse_sample(event))
        elif self._pressed is PenKind.MOUSE:
            if event.buttons() & self._button:
                self._move(self._mouse_sample(event))
            else:
                self._end_unheard()
        elif not self._pen_within(_MOUSE_DEAF_S):
            self._target.pen_hovered(_sample(event, event.position(), 1.0, PenKind.MOUSE))

    def touch(self, event: QTouchEvent) -> None:
        """Take a touch event: one finger draws, or pans once a pen is in use; two pan and zoom."""
        event.accept()
        held = [p for p in event.points() if p.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._pinch = None
            if self._pressed is PenKind.TOUCH:
                self._cancel()
        elif len(held) >= 2:
            if self._pressed is PenKind.TOUCH:
                self._cancel()
            # A palm touches at several points, too.
            if self._pressed is None and not self._pen_within(_FINGER_DEAF_S):
                self._pinch_by(held)
        elif self._pinch is None:
            self._finger(event)
        if not held:
            self._pinch = None

    def _pen_press(self, event: QTabletEvent, sample: PenSample) -> None:
        """The tip or a side button goes down; a side button counts once the tip touches."""
        tip, side = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        button = event.button()
        barrel = button == side or bool(event.buttons() & side)
        tool = _BARREL_TOOLS.get(self._settings.barrel) if barrel else None
        if button == side and event.pressure() <= 0 and tool is not ToolName.HAND:
            return
        if button not in (tip, side, Qt.MouseButton.MiddleButton):
            return
        if self._pressed is not None:
            if self._pressed in _PEN_KINDS and button == side:
                return  # pressed in mid-stroke: by mistake
            self._cancel()
        self._pressed, self._last = sample.kind, sample
        self._button = button
        self._target.pen_pressed(
            sample, ToolName.HAND if button == Qt.MouseButton.MiddleButton else tool
        )

    def _finger(self, event: QTouchEvent) -> None:
        point = event.points()[0]
        x, y, t = point.position().x(), point.position().y(), float(event.timestamp())
        if event.type() == QEvent.Type.TouchBegin:
            if self._pressed is None and not self._pen_within(_FINGER_DEAF_S):
                self._pressed = PenKind.TOUCH
                pressure = self._speed.begin(x, y, t)
                sample = _sample(event, point.position(), pressure, PenKind.TOUCH)
                self._target.pen_pressed(sample, ToolName.HAND if self._fingers_pan else None)
        elif self._pressed is PenKind.TOUCH:
            pressure = self._speed.follow(x, y, t)
            sample = _sample(event, point.position(), pressure, PenKind.TOUCH)
            if event.type() == QEvent.Type.TouchEnd:
                self._pressed = None
                self._target.pen_released(sample)
            else:
                self._move(sample)

    @property
    def _fingers_pan(self) -> bool:
        touch = self._settings.touch
        return touch is Touch.PAN or (touch is Touch.AUTO and self._pen_seen > -math.inf)

    def _pinch_by(self, held: list[QEventPoint]) -> None:
        a, b = held[0].position(), held[1].position()
        middle = (a + b) / 2
        spread = max(math.hypot(a.x() - b.x(), a.y() - b.y()), 1.0)
        if self._pinch is not None:
            before, spread_before = self._pinch
            moved = middle - before
            self._target.pinched(
                middle.x(), middle.y(), moved.x(), moved.y(), spread / spread_before
            )
        self._pinch = middle, spread

    def _mouse_press(self, event: QMouseEvent) -> None:
        if self._pressed is not None or self._pen_within(_MOUSE_DEAF_S):
            return
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            event.ignore()
            return
        self._pressed = PenKind.MOUSE
        self._button = event.button()
        x, y, t = event.position().x(), event.position().y(), float(event.timestamp())
        sample = _sample(event, event.position(), self._speed.begin(x, y, t), PenKind.MOUSE)
        self._last = sample
        middle = event.button() == Qt.MouseButton.MiddleButton
        self._target.pen_pressed(sample, ToolName.HAND if middle else None)

    def _mouse_sample(self, event: QMouseEvent) -> PenSample:
        x, y, t = event.position().x(), event.position().y(), float(event.timestamp())
        return _sample(event, event.position(), self._speed.follow(x, y, t), PenKind.MOUSE)

    def _move(self, sample: PenSample) -> None:
        self._last = sample
        self._target.pen_moved(sample)

    def _end_unheard(self) -> None:
        """End what was released over something else, as a message that came up in mid-stroke."""
        self._pressed = None
        self._target.pen_released(self._last)

    def _pen_within(self, seconds: float) -> bool:
        return time.monotonic() - self._pen_seen < seconds

    def _cancel(self) -> None:
        self._pressed = None
        self._target.pen_cancelled()


def _sample(event: QInputEvent, at: QPointF, pressure: float, kind: PenKind) -> PenSample:
    keys, held = Qt.KeyboardModifier, event.modifiers()
    return PenSample(
        at.x(),
        at.y(),
        pressure,
        float(event.timestamp()),
        kind,
        shift=bool(held & keys.ShiftModifier),
        ctrl=bool(held & keys.ControlModifier),
        alt=bool(held & keys.AltModifier),
    )
