"""A pad with a code at each corner: the point on it is the blend of all four."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from sketchstudio.engine.messages import Place, Sketch
from sketchstudio.state.mixture import End
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.panels.kept_picture import KeptPicture
from sketchstudio.ui.panels.sketch_view import paint_sketches

_HEIGHT = 216
_RIM = 30  # px from the edge to the square of the blend: room for the corners' pictures
_CORNER = 56  # side of a corner's picture, px
_LINE, _FAINT_LINE = 1.4, 1.0  # px
_STEP, _FINE_STEP = 0.05, 0.01
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class BlendPad(QWidget):
    """Drag the point, or move it with the arrow keys; a click on a corner chooses its code.

    Signals:
        moved: Where the point is, (0, 0) at A to (1, 1) at D.
        corner_clicked: Number of a corner, 0 to 3; Return chooses the nearest.
    """

    moved = Signal(object)
    corner_clicked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._corners: tuple[End, ...] = ()
        self._sketches: tuple[Sketch, ...] = ()
        self._spot: Place = (0.5, 0.5)
        self._ink = KeptPicture(self)  # the point moves far more often than the sketches change
        self._dragging = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Pad between four sketches"))
        self.setToolTip(tr("Drag the point or use the arrow keys; a corner chooses what is there."))

    @property
    def spot(self) -> Place:
        return self._spot

    def set_corners(self, corners: tuple[End, ...]) -> None:
        """Show these ends: top left, top right, bottom left, bottom right."""
        self._corners = corners
        self._ink.forget()
        names = [tr(end.name) for end in corners]
        self.setAccessibleDescription(", ".join(names))
        self.update()

    def set_sketches(self, sketches: tuple[Sketch, ...]) -> None:
        """Show sketches of the way faintly, box units, three by three."""
        self._sketches = sketches
        self._ink.forget()
        self.update()

    def set_spot(self, spot: Place) -> None:
        """Put the point somewhere; does not emit ``moved``."""
        self._spot = spot
        self.update()

    def corner_area(self, number: int) -> QRectF:
        """Where a corner's picture is."""
        x, y = number % 2, number // 2
        return QRectF(x * (self.width() - _CORNER), y * (self.height() - _CORNER), _CORNER, _CORNER)

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colors = QPainter(self), theme.current()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(colors.accent if self.hasFocus() else colors.line), 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(frame, 10, 10)
        self._ink.show(painter, colors.text, self._paint_ink)
        self._paint_point(painter)

    def _paint_ink(self, painter: QPainter) -> None:
        """The corners' pictures, and the sketches between them."""
        colors = theme.current()
        corners = [
            (end.sketch, self.corner_area(number))
            for number, end in enumerate(self._corners)
            if end.sketch
        ]
        paint_sketches(painter, corners, colors.text, _LINE)
        between = []
        for index, sketch in enumerate(self._sketches):
            x, y = (index % 3) / 2, (index // 3) / 2
            if 0.5 in (x, y):  # the corners have pictures of their own
                area = QRectF(0, 0, _CORNER, _CORNER)
                area.moveCenter(self._at((x, y)))
                between.append((sketch, area))
        paint_sketches(painter, between, colors.disabled, _FAINT_LINE)

    def _paint_point(self, painter: QPainter) -> None:
        colors = theme.current()
        enabled = self.isEnabled()
        painter.setPen(QPen(QColor(colors.accent if enabled else colors.disabled), 2.5))
        painter.setBrush(QColor(colors.soft if self.hasFocus() else colors.surface))
        painter.drawEllipse(self._at(self._spot), 7, 7)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or not self._corners:
            return
        near = (self._at(self._spot) - event.position()).manhattanLength() < 16
        corner = self._corner_at(event.position())
        if corner is not None and not near:
            self.corner_clicked.emit(corner)
            return
        self._dragging = True
        self._move_to(self._place_of(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move_to(self._place_of(event.position()))
        over_corner = self._corner_at(event.position()) is not None and not self._dragging
        shape = Qt.CursorShape.PointingHandCursor if over_corner else Qt.CursorShape.CrossCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragging = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if key in _STEPS:
            fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = _FINE_STEP if fine else _STEP
            x, y = _STEPS[key]
            self._move_to((self._spot[0] + x * step, self._spot[1] + y * step))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain:
            nearest = round(self._spot[0]) + 2 * round(self._spot[1])
            self.corner_clicked.emit(nearest)
        else:
            super().keyPressEvent(event)

    def _move_to(self, place: Place) -> None:
        self._spot = (min(max(place[0], 0.0), 1.0), min(max(place[1], 0.0), 1.0))
        self.update()
        self.moved.emit(self._spot)

    def _corner_at(self, point: QPointF) -> int | None:
        """The corner whose picture is there."""
        for number in range(4):
            area = self.corner_area(number)
            if area.contains(point):
                return number
        return None

    def _at(self, place: Place) -> QPointF:
        area = self._square()
        return QPointF(area.left() + place[0] * area.width(), area.top() + place[1] * area.height())

    def _place_of(self, point: QPointF) -> Place:
        area = self._square()
        return (
            (point.x() - area.left()) / area.width(),
            (point.y() - area.top()) / area.height(),
        )

    def _square(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_RIM, _RIM, -_RIM, -_RIM)
