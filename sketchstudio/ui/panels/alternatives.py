"""The alternatives of a proposal, as a row of small pictures to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from sketchstudio.core.sampling import Drawn
from sketchstudio.core.sketch_codec import Box, Polylines
from sketchstudio.engine.messages import Sketch
from sketchstudio.system.language import tr
from sketchstudio.ui.canvas.ghost import GHOST_ON_LIGHT

_SIDE = 46
_MARGIN = 5
_COLUMNS = (9, 5, 3)  # in one row, two or three
_INK = "#8d8d97"


class Alternatives(QWidget):
    """Pictures of the alternatives; the chosen one is framed.

    Signals:
        picked: Index of the one clicked.
        accepted: One was double-clicked.
    """

    picked = Signal(int)
    accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Drawn, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.picked)
        self._columns = _COLUMNS[0]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2)
        self._grid.setSpacing(3)

    @property
    def buttons(self) -> list[QToolButton]:
        """One for each alternative."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def show_alternatives(
        self, ink: Sketch, drawn: tuple[Drawn, ...], chosen: int, adds: bool
    ) -> None:
        """Show them, or nothing where there is no choice.

        Args:
            ink: What they are about, page px.
            drawn: The alternatives, page px.
            chosen: Index of the framed one.
            adds: They add to the ink and are shown with it; else they replace it.
        """
        if drawn is not self._shown:
            self._shown = drawn
            self._fill(ink if adds else (), drawn)
        if drawn:
            self._group.button(chosen).setChecked(True)
        self.setVisible(len(drawn) > 1)

    def _fill(self, ink: Sketch, drawn: Sequence[Drawn]) -> None:
        for button in self.buttons:
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        for index, one in enumerate(drawn):
            button = _Picture()
            name = tr("Alternative {number} of {count}").format(number=index + 1, count=len(drawn))
            name += f": {tr(one.category)}" if one.category else ""
            button.setToolTip(f"{name}\n{tr('Seed {seed}').format(seed=one.seed)}")
            button.setAccessibleName(name)
            button.setIcon(QIcon(_picture(ink, one.strokes, self.devicePixelRatioF())))
            button.double_clicked.connect(self._on_double_click)
            self._group.addButton(button, index)
            self._grid.addWidget(button, *divmod(index, self._columns))
            button.ensurePolished()  # the bar takes its size before they are shown

    def set_room(self, width: int) -> None:
        """Use as many rows as it takes to stay within a width, px."""
        buttons = self.buttons
        each = buttons[0].sizeHint().width() + self._grid.spacing() if buttons else 1
        columns = next((n for n in _COLUMNS if n * each <= width), _COLUMNS[-1])
        if columns != self._columns:
            self._columns = columns
            for index, button in enumerate(buttons):
                self._grid.removeWidget(button)
                self._grid.addWidget(button, *divmod(index, columns))

    @Slot()
    def _on_double_click(self) -> None:
        self.accepted.emit()


class _Picture(QToolButton):
    double_clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "picture")
        self.setCheckable(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the canvas's keys go on working

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.double_clicked.emit()


def _picture(ink: Polylines | Sketch, drawn: Sketch, density: float) -> QPixmap:
    pixmap = QPixmap(round(_SIDE * density), round(_SIDE * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#ffffff"))
    painter.drawRoundedRect(QRectF(0, 0, _SIDE, _SIDE), 5, 5)
    whole = [*ink, *drawn]
    if whole:
        box = Box.around(whole)
        painter.translate(_SIDE / 2, _SIDE / 2)
        painter.scale(*2 * [(_SIDE - 2 * _MARGIN) / box.size])
        painter.translate(-box.x, -box.y)
        for sketch, color, width in ((ink, _INK, 1.2), (drawn, GHOST_ON_LIGHT, 1.5)):
            pen = QPen(QColor(color), width)
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(_path(sketch), pen)
    painter.end()
    return pixmap


def _path(sketch: Polylines | Sketch) -> QPainterPath:
    path = QPainterPath()
    for points in sketch:
        rows = points.tolist()
        path.moveTo(*rows[0])
        for x, y in rows[1:] or [(rows[0][0] + 0.01, rows[0][1])]:
            path.lineTo(x, y)
    return path
