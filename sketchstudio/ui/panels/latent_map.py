"""The map of codes as a plot: categories by colour, mark and name, and what lies on it."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from sketchstudio.core.code_map import CodeMap, Place
from sketchstudio.system.language import tr
from sketchstudio.ui import theme

# pyqtgraph is imported when the first plot is made: the window comes first.

_COLORS = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7"),
    *("#b58900", "#3b9fd8", "#7b5fc4", "#8a8a8a"),
)
"""After Okabe and Ito: told apart by colour-blind eyes, and seen on light and dark."""

_MARKS = ("o", "s", "t", "d", "p", "h")
_APART = 6  # so many nearest categories have other colours
_STEP, _LEAP = 12, 60  # px, of the arrow keys
_ZOOM = 1.25
_MARGIN = 0.12  # of the map, round it
_CLUSTER = 0.12  # radius on the map, about
_OFF = 0.012  # from a cluster to its name, on the map


class LatentMapPlot(QFrame):
    """A `CodeMap` to point at, with the mouse or the arrow keys.

    Signals:
        pointed(object): The `Place` pointed at, None once the pointer has left.
        chosen(object): A place was clicked, or Enter pressed.
        dragged(object, object): From one place to another.
    """

    pointed = Signal(object)
    chosen = Signal(object)
    dragged = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        import pyqtgraph

        super().__init__(parent)
        self.setObjectName("latent_map")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Latent map"))
        self._pg = pyqtgraph
        self._map: CodeMap | None = None
        self._labels: list[tuple[Any, Place, Place]] = []
        self._pressed: QPointF | None = None
        self._cursor: Place = (0.0, 0.0)
        # Not a whole PlotWidget: its hidden menus are widgets that would outlive the window until
        # Python collects them, in whichever thread that happens.
        self.plot = pyqtgraph.GraphicsView()
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.plot.setFocusProxy(self)
        self.plot.setFrameShape(QFrame.Shape.NoFrame)
        self._view = pyqtgraph.ViewBox(lockAspect=True, enableMenu=False)
        self.plot.setCentralItem(self._view)
        self._view.sigRangeChanged.connect(self._sort_labels)
        self._dots = self._scatter(0)
        self._ghosts = self._scatter(2)
        self._looked = self._scatter(3)
        self._kept = self._scatter(3)
        self._ink = self._scatter(4)
        self._path = pyqtgraph.PlotCurveItem()
        self._path.setZValue(2)
        self._view.addItem(self._path)
        self.plot.viewport().installEventFilter(self)
        self.plot.viewport().setMouseTracking(True)
        self.plot.viewport().setCursor(Qt.CursorShape.CrossCursor)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 1, 1, 1)
        layout.addWidget(self.plot)
        self.setMinimumSize(320, 320)
        # Later than the event: Qt still goes through the parts of the plot that would change.
        self._restyle = QTimer(self, singleShot=True, interval=0)
        self._restyle.timeout.connect(self._take_theme)
        self._take_theme()

    def set_map(self, code_map: CodeMap | None) -> None:
        """Show a map, whole; nothing for None."""
        self._map = code_map
        self._show_map()
        self.show_whole()

    def set_marks(self, ink: Place | None, ghosts: tuple[Place, ...]) -> None:
        """Show where the drawing and what is proposed for it lie."""
        self._ink.setData(pos=_positions([ink] if ink else []))
        self._ghosts.setData(pos=_positions(list(ghosts)))

    def set_looked(self, looked: Place | None, kept: Place | None) -> None:
        """Show the place that is looked at, and the one that is kept."""
        self._looked.setData(pos=_positions([looked] if looked else []))
        self._kept.setData(pos=_positions([kept] if kept else []))
        if looked is not None:
            self._cursor = looked

    def go_to(self, place: Place) -> None:
        """Move the cursor of the arrow keys; the place comes into sight."""
        self._cursor = place
        (left, right), (low, high) = self._view.viewRange()
        if not (left <= place[0] <= right and low <= place[1] <= high):
            dx, dy = place[0] - (left + right) / 2, place[1] - (low + high) / 2
            self._view.translateBy(x=dx, y=dy)
        self.pointed.emit(place)

    def show_whole(self) -> None:
        """Show all of the map."""
        size = 1 + _MARGIN
        self._view.setRange(xRange=(-size, size), yRange=(-size, size), padding=0)

    def view_position(self, place: Place) -> QPointF:
        """Where a place is seen, px in the plot's viewport."""
        scene = self._view.mapViewToScene(QPointF(*place))
        return QPointF(self.plot.mapFromScene(scene))

    @Slot()
    def _take_theme(self) -> None:
        colors = theme.current()
        pen, brush = self._pg.mkPen, self._pg.mkBrush
        self.plot.setBackground(colors.surface)
        self._ink.setSymbol("star")
        self._ink.setSize(22)
        self._ink.setBrush(brush(colors.text))
        self._ink.setPen(pen(colors.surface, width=1.5))
        self._ghosts.setSymbol("x")
        self._ghosts.setSize(9)
        self._ghosts.setBrush(brush(colors.accent))
        self._ghosts.setPen(pen(colors.surface, width=0.5))
        self._looked.setSymbol("o")
        self._looked.setSize(15)
        self._looked.setBrush(brush(None))
        self._looked.setPen(pen(colors.text, width=1.5))
        self._kept.setSymbol("+")
        self._kept.setSize(17)
        self._kept.setBrush(brush(colors.accent))
        self._kept.setPen(pen(colors.surface, width=1))
        self._path.setPen(pen(colors.accent, width=2))
        self._show_map()

    def _scatter(self, depth: int) -> Any:
        item = self._pg.ScatterPlotItem(pxMode=True)
        item.setZValue(depth)
        self._view.addItem(item)
        return item

    def _place(self, position: QPointF) -> Place:
        at = self._view.mapSceneToView(self.plot.mapToScene(position.toPoint()))
        return at.x(), at.y()

    def _show_map(self) -> None:
        for label, _, _ in self._labels:
            self._view.removeItem(label)
        self._labels = []
        if self._map is None:
            self._dots.clear()
            return
        code_map, colors = self._map, theme.current()
        looks = _looks(code_map)
        brushes = [self._pg.mkBrush(color) for color, _ in looks]
        self._dots.setData(
            pos=code_map.points,
            size=7,
            symbol=[looks[label][1] for label in code_map.labels],
            brush=[brushes[label] for label in code_map.labels],
            pen=self._pg.mkPen(colors.surface, width=0.5),
        )
        ground = QColor(colors.surface)
        ground.setAlpha(205)
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * 0.9)
        for index, name in enumerate(code_map.categories):
            label = self._pg.TextItem(tr(name), color=colors.text, fill=self._pg.mkBrush(ground))
            label.setFont(font)
            label.setZValue(1)
            self._view.addItem(label)
            self._labels.append((label, *_top_and_bottom(code_map, index)))
        self._sort_labels()

    def _sort_labels(self) -> None:
        """Put names over their clusters, or under them; where there is no room they are hidden."""
        taken: list[QRectF] = []
        for label, top, bottom in self._labels:
            size = label.boundingRect().size()
            label.setVisible(False)
            for place, anchor in ((top, 1.0), (bottom, 0.0)):
                at = self.view_position(place)
                corner = QPointF(at.x() - size.width() / 2, at.y() - size.height() * anchor)
                room = QRectF(corner, size)
                if not any(room.intersects(other) for other in taken):
                    label.setAnchor((0.5, anchor))
                    label.setPos(*place)
                    label.setVisible(True)
                    taken.append(room)
                    break

    def _point(self, place: Place) -> None:
        self._cursor = place
        self.pointed.emit(place)

    # Qt.

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._restyle.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        left = Qt.MouseButton.LeftButton
        if self._map is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Leave:
            self.pointed.emit(None)
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        here = event.position()
        kind = event.type()
        if kind == QEvent.Type.MouseMove and not event.buttons() & ~left:
            if self._pressed is not None:
                self._show_path(self._place(self._pressed), self._place(here))
            self._point(self._place(here))
            return True
        if event.button() != left:
            return super().eventFilter(watched, event)
        if kind == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._pressed = here
        elif kind == QEvent.Type.MouseButtonRelease and self._pressed is not None:
            start, self._pressed = self._pressed, None
            if (here - start).manhattanLength() >= QApplication.startDragDistance():
                self.dragged.emit(self._place(start), self._place(here))
            else:
                self._path.setData([], [])
                self.chosen.emit(self._place(start))
        return True  # the plot itself would move with the left button

    def _show_path(self, a: Place, b: Place) -> None:
        self._path.setData([a[0], b[0]], [a[1], b[1]])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key
        ways = {
            key.Key_Left: (-1, 0),
            key.Key_Right: (1, 0),
            key.Key_Up: (0, 1),
            key.Key_Down: (0, -1),
        }
        pressed = key(event.key())
        if self._map is None:
            super().keyPressEvent(event)
        elif pressed in ways:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            width, height = self._view.viewPixelSize()
            dx, dy = ways[pressed]
            step = _LEAP if far else _STEP
            x, y = self._cursor
            self.go_to((x + dx * step * width, y + dy * step * height))
        elif pressed in (key.Key_Return, key.Key_Enter, key.Key_Space):
            self.chosen.emit(self._cursor)
        elif pressed in (key.Key_Plus, key.Key_Equal):
            self._view.scaleBy((1 / _ZOOM, 1 / _ZOOM), center=QPointF(*self._cursor))
        elif pressed == key.Key_Minus:
            self._view.scaleBy((_ZOOM, _ZOOM), center=QPointF(*self._cursor))
        elif pressed in (key.Key_Home, key.Key_0):
            self.show_whole()
        else:
            super().keyPressEvent(event)


def _positions(places: list[Place]) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(places, dtype=np.float64).reshape(-1, 2)


def _top_and_bottom(code_map: CodeMap, label: int) -> tuple[Place, Place]:
    """Over and under the main cluster of a category."""
    x, y = code_map.centre(code_map.categories[label])
    own = code_map.points[code_map.labels == label]
    near = own[np.linalg.norm(own - np.array([x, y]), axis=1) < _CLUSTER]
    low, high = (float(edge) for edge in np.quantile(near[:, 1], (0.05, 0.95)))
    return (x, high + _OFF), (x, low - _OFF)


def _looks(code_map: CodeMap) -> list[tuple[str, str]]:
    """A colour and a mark for each category: neighbours differ in colour, namesakes in mark."""
    centres = np.array([code_map.centre(name) for name in code_map.categories])
    looks: list[tuple[str, str]] = []
    used = [0] * len(_COLORS)
    for index, centre in enumerate(centres):
        ways = np.linalg.norm(centres[:index] - centre, axis=1)
        near = {looks[i][0] for i in np.argsort(ways)[:_APART]}
        free = [i for i, color in enumerate(_COLORS) if color not in near]
        chosen = min(free, key=used.__getitem__)
        looks.append((_COLORS[chosen], _MARKS[used[chosen] % len(_MARKS)]))
        used[chosen] += 1
    return looks
