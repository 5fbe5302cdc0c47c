"""Small sketches side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QWidget

from sketchstudio.core.sketch_codec import Box
from sketchstudio.engine.messages import Sketch
from sketchstudio.ui.panels.sketch_view import sketch_pixmap

_INK = "#1b1b1f"
_SIDE = 60


class SketchRow(QScrollArea):
    """Shows sketches on paper; where it may, a click on one takes it away.

    Args:
        name: For whoever cannot see it.
        tip: What a click does; empty where it does nothing.
        side: Of each, px.

    Signals:
        clicked: Carries the place of the sketch.
    """

    clicked = Signal(int)

    def __init__(self, name: str, tip: str = "", side: int = _SIDE) -> None:
        super().__init__()
        self._tip, self._side = tip, side
        self.sketches: tuple[Sketch, ...] = ()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(side + (26 if tip else 12))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet("QScrollArea, QScrollArea > QWidget > QWidget { background: none; }")

    def set_sketches(self, sketches: Sequence[Sketch]) -> None:
        """Show sketches in any units."""
        self.sketches = tuple(sketches)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(6)
        for place, sketch in enumerate(self.sketches):
            row.addWidget(self._button(place, sketch))
        row.addStretch(1)
        self.setWidget(holder)

    def _button(self, place: int, sketch: Sketch) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "paper")
        button.setFixedSize(self._side + 4, self._side + 4)
        button.setIconSize(QSize(self._side, self._side))
        if sketch:
            box = Box.around(sketch)
            boxed = tuple(box.to_box(points) for points in sketch)
            ratio = self.devicePixelRatioF()
            button.setIcon(sketch_pixmap(boxed, self._side, _INK, ratio))
        button.setAccessibleName(f"{self.accessibleName()} {place + 1}")
        button.setStyleSheet("background: #ffffff; border: 1px solid #c9c9d2; border-radius: 7px;")
        if self._tip:
            button.setToolTip(self._tip)
            button.clicked.connect(lambda: self.clicked.emit(place))
        else:
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button
