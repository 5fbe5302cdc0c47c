"""What the tool in hand can be set to: width and smoothing, or how the eraser takes ink away."""

from __future__ import annotations

import math
from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.smoothing import STEADIED
from sketchstudio.core.stroke import EVENED, StrokeStyle
from sketchstudio.state.tool_state import ERASER_WIDTHS, ToolName, ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import SIZE
from sketchstudio.ui.panels.slider import Slider
from sketchstudio.ui.panels.swatches import WidthDot
from sketchstudio.ui.window_actions import WindowAction

WIDTHS = (1.5, 3.0, 6.0, 12.0)
"""The line widths one click away, page px."""

_STEPS = 100  # of a slider
_RANGE = (1.0, 60.0)  # page px


class ToolOptions(QWidget):
    """Follows the tool in hand.

    Signals:
        width_picked: The person chose a line width, page px.
        smoothing_picked: The person chose how much ink is smoothed, 0..1.
    """

    width_picked = Signal(float)
    smoothing_picked = Signal(float)

    def __init__(self, tools: ToolState, actions: Mapping[str, WindowAction]) -> None:
        super().__init__()
        self._tools = tools
        self._pages = QStackedLayout(self)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self._pages.addWidget(self._ink_page())
        self._pages.addWidget(self._eraser_page(actions["eraser_splits"]))
        tools.tool_changed.connect(self._show_tool)
        tools.style_changed.connect(self._show_style)
        tools.eraser_changed.connect(self._show_eraser)
        self._show_tool(tools.tool)
        self._show_style(tools.style)
        self._show_eraser()

    def _ink_page(self) -> QWidget:
        page, layout = _column()
        row = QHBoxLayout()
        row.setSpacing(0)
        self.widths = []
        for width in WIDTHS:
            dot = WidthDot(width)
            dot.clicked.connect(self._on_dot)
            row.addWidget(dot)
            self.widths.append(dot)
        layout.addLayout(row)
        self.width_slider, self._width_label = _slider(layout, tr("Line width"))
        self.width_slider.valueChanged.connect(self._on_width)
        self.smoothing, self._smoothing_label = _slider(layout, tr("Smoothing"))
        self.smoothing.valueChanged.connect(self._on_smoothing)
        return page

    def _eraser_page(self, splits: WindowAction) -> QWidget:
        page, layout = _column()
        self.splits = QToolButton()
        self.splits.setDefaultAction(splits)
        self.splits.setProperty("shape", "square")
        self.splits.setIconSize(QSize(SIZE, SIZE))
        self.splits.setAccessibleName(splits.title)
        layout.addWidget(self.splits, 0, Qt.AlignmentFlag.AlignHCenter)
        self.eraser_slider, self._eraser_label = _slider(layout, tr("Eraser width"))
        self.eraser_slider.valueChanged.connect(self._on_eraser)
        return page

    @Slot(str)
    def _show_tool(self, name: str) -> None:
        self._pages.setCurrentIndex(1 if name == ToolName.ERASER else 0)

    @Slot(object)
    def _show_style(self, style: StrokeStyle) -> None:
        for dot in self.widths:
            dot.setChecked(abs(dot.width_px - style.width) < 0.05)
        _set(self.width_slider, _share(style.width, _RANGE))
        _set(self.smoothing, style.smoothing)
        self._width_label.setText(f"{style.width:.3g} px")
        self._smoothing_label.setText(_smoothing_name(style.smoothing))
        said = tr("Smoothing {share}").format(share=f"{style.smoothing:.0%}")
        self.smoothing.setToolTip(f"{said}: {_smoothing_name(style.smoothing)}")

    @Slot()
    def _show_eraser(self) -> None:
        _set(self.eraser_slider, _share(self._tools.eraser_width, ERASER_WIDTHS))
        self._eraser_label.setText(f"{self._tools.eraser_width:.0f} px")

    @Slot()
    def _on_dot(self) -> None:
        dot = self.sender()
        if isinstance(dot, WidthDot):
            self.width_picked.emit(dot.width_px)

    @Slot(int)
    def _on_width(self, value: int) -> None:
        width = _value(value, _RANGE)
        self.width_picked.emit(round(width * 2) / 2 if width > 2 else round(width, 1))

    @Slot(int)
    def _on_smoothing(self, value: int) -> None:
        self.smoothing_picked.emit(value / _STEPS)

    @Slot(int)
    def _on_eraser(self, value: int) -> None:
        self._tools.set_eraser_width(round(_value(value, ERASER_WIDTHS)))


def _column() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(3)
    layout.setAlignment(Qt.AlignmentFlag.AlignTop)
    return page, layout


def _slider(layout: QVBoxLayout, name: str) -> tuple[Slider, QLabel]:
    slider = Slider()
    slider.setRange(0, _STEPS)
    slider.setAccessibleName(name)
    slider.setToolTip(name)
    label = QLabel()
    label.setProperty("role", "muted")
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    layout.addWidget(slider)
    layout.addWidget(label)
    return slider, label


def _set(slider: Slider, share: float) -> None:
    with QSignalBlocker(slider):
        slider.setValue(round(share * _STEPS))


def _share(value: float, within: tuple[float, float]) -> float:
    """Where a width is on a slider, 0..1; each step is the same factor."""
    low, high = within
    return math.log(max(value, low) / low) / math.log(high / low)


def _value(step: int, within: tuple[float, float]) -> float:
    low, high = within
    return low * math.pow(high / low, step / _STEPS)


def _smoothing_name(amount: float) -> str:
    if amount == 0:
        return tr("Raw")
    if amount <= EVENED:
        return tr("Even")
    return tr("Smooth") if amount <= STEADIED else tr("Steady")
