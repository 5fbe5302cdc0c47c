"""The canvas: lets the pen work on what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QWidget

from sketchstudio.core.geometry import Point
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.ui.canvas.cursors import cursor_shape
from sketchstudio.ui.canvas.gestures import Gestures
from sketchstudio.ui.canvas.input import PenInput
from sketchstudio.ui.canvas.overlay import Overlay
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.view import CanvasView

_NUDGES: dict[int, tuple[float, float]] = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}
_FAR = 10.0  # page px of a nudge with Shift
_GHOST_REACH = 10.0  # screen px round ghost ink where a click takes it


class Canvas(CanvasView):
    """An endless page that takes mouse, pen and touch.

    Signals:
        ink_started: The pen touched; nothing is drawn yet.
        ink_finished: A stroke was drawn; carries the ``Stroke``.
        ghost_clicked: Ghost ink was clicked.
        drawing_changed: Whether ``is_drawing``.

    Args:
        session: The document, its history and selection.
        tools: The tool in hand and its style.
        parent: As in Qt.
    """

    ink_started = Signal()
    ink_finished = Signal(object)
    ghost_clicked = Signal()
    drawing_changed = Signal(bool)

    def __init__(self, session: Session, tools: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._tools = tools
        self._space = False
        self._was_drawing = False
        self._over_ghost = False
        self._holds_focus = False
        self._gestures = Gestures(self, self._on_ghost, self.ghost_clicked.emit)
        self._input = PenInput(self, tools.input)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Canvas"))
        session.document_changed.connect(self._on_ground_lost)
        session.active_layer_changed.connect(self._on_ground_lost)
        tools.tool_changed.connect(self._on_tool_changed)
        tools.eraser_changed.connect(self._on_eraser_changed)
        tools.input_changed.connect(self._input.set_settings)
        self._show_cursor()

    # What others may do with the canvas.

    @property
    def is_drawing(self) -> bool:
        """Whether a gesture is under way: ink, erasure, selection or the hand."""
        return self._gestures.active

    def set_ghost(self, strokes: tuple[Stroke, ...]) -> None:
        """Show ghost ink in place of any shown before; an empty tuple shows none."""
        super().set_ghost(strokes)
        if not self._ghost:
            self._over_ghost = False
            self._show_cursor()

    def hold_focus(self, hold: bool) -> None:
        """Whether Tab stays here, because it is about to have a meaning."""
        self._holds_focus = hold

    # Surface: what tools may do.

    @property
    def session(self) -> Session:
        """The document, its history and selection."""
        return self._session

    @property
    def tools(self) -> ToolState:
        """The tool in hand and its style."""
        return self._tools

    @property
    def overlay(self) -> Overlay:
        """What tools show over the ink."""
        return self._overlay

    def ink_begins(self) -> None:
        self.ink_started.emit()

    def ink_ends(self, stroke: Stroke) -> None:
        self.ink_finished.emit(stroke)

    @property
    def paper_color(self) -> str:
        return self._session.document.page.paper

    def strokes_in(self, bounds: Bounds, all_layers: bool = False) -> list[Stroke]:
        """Shown strokes of the active layer, or of all, that may meet a box; topmost last."""
        layers = [self._session.active_layer]
        if all_layers:
            layers = [layer for layer in self._session.document.layers if layer.visible]
        return [found for layer in layers for found in self._tiles.strokes_in(bounds, layer.id)]

    def boxes_of(self, strokes: Sequence[Stroke]) -> list[Bounds]:
        """For each of these strokes of the document a box that holds it as it is drawn."""
        return self._tiles.boxes_of(strokes)

    def corners(self, a: PenSample, b: PenSample) -> list[Point]:
        """The four corners of the box between two places, upright on the screen; page px."""
        left, top = self._viewport.to_screen(a.x, a.y)
        right, bottom = self._viewport.to_screen(b.x, b.y)
        screen = ((left, top), (right, top), (right, bottom), (left, bottom))
        return [self._viewport.to_page(x, y) for x, y in screen]

    def show_area(self, corners: list[Point]) -> None:
        """Show a part of the page as large as it goes."""
        self._show(self._viewport.framing(corners))

    def lift_selection(self) -> None:
        self._overlay.lift(self._viewport)

    # PenTarget: samples in screen px.

    def pen_pressed(self, sample: PenSample, tool: ToolName | None) -> None:
        self._gestures.press(self._on_page(sample), ToolName.HAND if self._space else tool)
        self._tell_drawing()

    def pen_moved(self, sample: PenSample) -> None:
        self._gestures.move(self._on_page(sample))

    def pen_released(self, sample: PenSample) -> None:
        self._gestures.release(self._on_page(sample))
        self._tell_drawing()

    def pen_cancelled(self) -> None:
        self._gestures.cancel()
        self._tell_drawing()

    def pen_hovered(self, sample: PenSample) -> None:
        on_page = self._on_page(sample)
        self._gestures.hover(on_page)
        self._over_ghost = self._on_ghost(on_page)
        self._show_cursor()

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """Pan and zoom as two fingers do."""
        self._show(self._viewport.panned(dx, dy).zoomed(self.zoom * factor, x, y))

    def _on_page(self, sample: PenSample) -> PenSample:
        self._pointer = QPointF(sample.x, sample.y)
        x, y = self._viewport.to_page(sample.x, sample.y)
        return replace(sample, x=x, y=y)

    def _on_ghost(self, sample: PenSample) -> bool:
        return self._ghost.near((sample.x, sample.y), _GHOST_REACH / self.zoom)

    def _tell_drawing(self) -> None:
        self._show_cursor()
        if self.is_drawing != self._was_drawing:
            self._was_drawing = self.is_drawing
            self.drawing_changed.emit(self._was_drawing)

    def _show_cursor(self) -> None:
        shape = cursor_shape(
            self._tools.tool,
            pressed=self._gestures.active,
            panning=self._space,
            ghost=self._over_ghost,
            wanted=self._overlay.cursor,
        )
        if shape != self.cursor().shape():
            self.setCursor(shape)

    def _nudge(self, across: float, down: float) -> None:
        """Move the selection on the screen by so many px at 100 %, however the page is turned."""
        x0, y0 = self._viewport.to_page(0.0, 0.0)
        x, y = self._viewport.to_page(across * self.zoom, down * self.zoom)
        self._session.nudge_selection(x - x0, y - y0)

    @Slot()
    def _on_ground_lost(self) -> None:
        """Give up a gesture begun on what was there before; a tool's own edits come after it."""
        if self._gestures.active:
            self._input.forget()
            self.pen_cancelled()

    @Slot(str)
    def _on_tool_changed(self, _name: str) -> None:
        self._gestures.leave()
        self._show_cursor()

    @Slot()
    def _on_eraser_changed(self) -> None:
        if self._overlay.eraser is not None:
            self._overlay.eraser = self._overlay.eraser[0], self._tools.eraser_width
            self.update()

    # Qt.

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._input.touch(event)
            return True
        if (
            isinstance(event, QNativeGestureEvent)
            and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture
        ):
            at = event.position()
            self.pinched(at.x(), at.y(), 0.0, 0.0, 1.0 + event.value())
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.tablet(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._gestures.leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self._show_cursor()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._holds_focus or super().focusNextPrevChild(forward)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif (way := _NUDGES.get(key)) and self._session.selected_ids:
            step = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1.0
            self._nudge(step * way[0], step * way[1])
        elif key == Qt.Key.Key_Escape and self._gestures.active:
            self._input.forget()
            self.pen_cancelled()
        elif key == Qt.Key.Key_Escape and self._session.selected_ids:
            self._session.select([])
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)
