"""The bar on the left: tools, colours and line width."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPointF, QRectF, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.smoothing import STEADIED
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.actions import PALETTE
from sketchstudio.ui.icons import SIZE
from sketchstudio.ui.panels.slider import Slider
from sketchstudio.ui.window_actions import WindowAction, follow

WIDTHS = (1.5, 3.0, 6.0, 12.0)
"""The line widths one click away, page px."""

_SLIDER_STEPS = 100
_SLIDER_RANGE = (1.0, 40.0)  # page px
_BAR = 80


class ToolBar(QFrame):
    """Shows the `ToolState` and changes it.

    Signals:
        color_picked: The person chose a colour, ``#rrggbb``.
        width_picked: The person chose a line width, page px.
        smoothing_picked: The person chose how much ink is smoothed, 0..1.
    """

    color_picked = Signal(str)
    width_picked = Signal(float)
    smoothing_picked = Signal(float)

    def __init__(
        self, tools: ToolState, actions: Mapping[str, WindowAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("tool_bar")
        self.setFixedWidth(_BAR)
        self._tools = tools
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 10, 4, 10)
        layout.setSpacing(4)
        for name in ("pen", "eraser", "select", "hand"):
            button = QToolButton()
            button.setDefaultAction(actions[name])
            button.setProperty("shape", "square")
            button.setIconSize(QSize(SIZE, SIZE))
            button.setAccessibleName(actions[name].text())
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(_rule())

        grid = QGridLayout()
        grid.setSpacing(2)
        self.swatches = []
        for i, color in enumerate(PALETTE):
            swatch = Swatch(color)
            follow(swatch, actions[f"color_{i + 1}"])
            grid.addWidget(swatch, i // 2, i % 2)
            self.swatches.append(swatch)
        layout.addLayout(grid)
        self.custom = Swatch("", wide=True)
        self.custom.setToolTip(tr("Another colour…"))
        self.custom.setAccessibleName(tr("Another colour"))
        self.custom.clicked.connect(self._on_custom)
        layout.addWidget(self.custom)
        layout.addWidget(_rule())

        grid = QGridLayout()
        grid.setSpacing(2)
        self.widths = []
        for i, width in enumerate(WIDTHS):
            dot = WidthDot(width)
            dot.clicked.connect(self._on_dot)
            grid.addWidget(dot, i // 2, i % 2)
            self.widths.append(dot)
        layout.addLayout(grid)
        self.slider = Slider()
        self.slider.setRange(0, _SLIDER_STEPS)
        self.slider.setAccessibleName(tr("Line width"))
        self.slider.setToolTip(tr("Line width ([ and ])"))
        self.slider.valueChanged.connect(self._on_slider)
        layout.addWidget(self.slider)
        self._width_label = QLabel()
        self._width_label.setProperty("role", "muted")
        self._width_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._width_label)
        self.smoothing = Slider()
        self.smoothing.setRange(0, 100)
        self.smoothing.setAccessibleName(tr("Smoothing"))
        self.smoothing.valueChanged.connect(self._on_smoothing)
        layout.addWidget(self.smoothing)
        self._smoothing_label = QLabel()
        self._smoothing_label.setProperty("role", "muted")
        self._smoothing_label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._smoothing_label)
        layout.addStretch(1)

        self._actions = actions
        tools.tool_changed.connect(self._show_tool)
        tools.style_changed.connect(self._show_style)
        self._show_tool(tools.tool)
        self._show_style(tools.style)

    def pick_color(self, color: str) -> None:
        """Draw in that colour, ``#rrggbb``, as the person wants."""
        self._tools.set_color(color)
        self.color_picked.emit(self._tools.style.color)

    def pick_width(self, width: float) -> None:
        """Draw in that width, page px, as the person wants."""
        self._tools.set_width(width)
        self.width_picked.emit(self._tools.style.width)

    def pick_smoothing(self, amount: float) -> None:
        """Smooth ink by that much, 0..1, as the person wants."""
        self._tools.set_smoothing(amount)
        self.smoothing_picked.emit(self._tools.style.smoothing)

    def step_width(self, steps: int) -> None:
        """Make the line thicker by so many notches, thinner by negative ones."""
        width = self._tools.style.width * 1.25**steps
        self.pick_width(round(width * 2) / 2 if width > 2 else round(width, 1))

    @Slot(str)
    def _show_tool(self, name: str) -> None:
        self._actions[name].setChecked(True)

    @Slot(object)
    def _show_style(self, style: StrokeStyle) -> None:
        for swatch in self.swatches:
            swatch.setChecked(swatch.color == style.color)
        other = style.color not in PALETTE
        if other:
            self.custom.color = style.color
        self.custom.setChecked(other)
        for dot in self.widths:
            dot.setChecked(abs(dot.width_px - style.width) < 0.05)
        low, high = _SLIDER_RANGE
        share = math.log(max(style.width, low) / low) / math.log(high / low)
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(share * _SLIDER_STEPS))
        self._width_label.setText(f"{style.width:.3g} px")
        with QSignalBlocker(self.smoothing):
            self.smoothing.setValue(round(style.smoothing * 100))
        self._smoothing_label.setText(_smoothing_name(style.smoothing))
        self.smoothing.setToolTip(tr("Smoothing {share}").format(share=f"{style.smoothing:.0%}"))

    @Slot()
    def _on_custom(self) -> None:
        color = QColorDialog.getColor(QColor(self._tools.style.color), self, tr("Colour"))
        self._show_style(self._tools.style)
        if color.isValid():
            self.pick_color(color.name())

    @Slot()
    def _on_dot(self) -> None:
        dot = self.sender()
        if isinstance(dot, WidthDot):
            self.pick_width(dot.width_px)
            self._show_style(self._tools.style)

    @Slot(int)
    def _on_slider(self, value: int) -> None:
        low, high = _SLIDER_RANGE
        width = low * (high / low) ** (value / _SLIDER_STEPS)
        self.pick_width(round(width * 2) / 2 if width > 2 else round(width, 1))

    @Slot(int)
    def _on_smoothing(self, value: int) -> None:
        self.pick_smoothing(value / 100)


class Swatch(QAbstractButton):
    """A round patch of colour; one without a colour shows the rainbow of all."""

    def __init__(self, color: str, wide: bool = False) -> None:
        super().__init__()
        self.color = color
        self.setCheckable(True)
        self._wide = wide
        self.setFixedSize(54 if wide else 26, 26)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        fill = QColor(self.color) if self.color else QColor(colors.surface)
        edge = QColor(colors.muted) if _close(fill, QColor(colors.desk)) else fill
        painter.setPen(QPen(edge if self.color else QColor(colors.line), 1))
        painter.setBrush(fill)
        painter.drawRoundedRect(area, area.height() / 2, area.height() / 2)
        if self._wide and not self.color:
            painter.setPen(QColor(colors.muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, "…")
        if self.isChecked() or self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.text if self.hasFocus() else colors.accent), 2))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)

    def nextCheckState(self) -> None:
        """Being checked follows the style, not the click."""

    def enterEvent(self, event: QEvent) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor)


class WidthDot(QAbstractButton):
    """A dot as thick as the line it stands for."""

    def __init__(self, width_px: float) -> None:
        super().__init__()
        self.width_px = width_px
        self.setCheckable(True)
        self.setFixedSize(26, 26)
        self.setToolTip(f"{width_px:g} px")
        self.setAccessibleName(tr("Line width {width} px").format(width=f"{width_px:g}"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = theme.current()
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(QColor(colors.soft if self.isChecked() else colors.hover))
            painter.drawRoundedRect(area, 7, 7)
        painter.setBrush(QColor(colors.on_soft if self.isChecked() else colors.text))
        radius = max(1.25, self.width_px / 2)
        painter.drawEllipse(QPointF(area.center()), radius, radius)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colors.accent), 1))
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def nextCheckState(self) -> None:
        """Being checked follows the style, not the click."""

    def enterEvent(self, event: QEvent) -> None:
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self.update()


def _smoothing_name(amount: float) -> str:
    if amount == 0:
        return tr("Raw")
    return tr("Smooth") if amount <= STEADIED else tr("Steady")


def _close(one: QColor, other: QColor) -> bool:
    return abs(one.lightness() - other.lightness()) < 40


def _rule() -> QFrame:
    rule = QFrame()
    rule.setProperty("role", "rule")
    rule.setFixedHeight(1)
    rule.setContentsMargins(0, 6, 0, 6)
    return rule
