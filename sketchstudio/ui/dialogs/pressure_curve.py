"""The pressure curve in a dialog, where a pen can try it at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.pressure import FIRM, LINEAR, SOFT, PressureCurve
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.input import PenInput
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import paint_pieces
from sketchstudio.ui.dialogs.curve_editor import CurveEditor


class PressureDialog(QDialog):
    """What is changed takes effect at once.

    Args:
        tools: Hold the curve.
        parent: As in Qt.
    """

    def __init__(self, tools: ToolState, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Pressure Curve"))
        self._tools = tools
        self.editor = CurveEditor()
        self.editor.setAccessibleName(tr("Pressure curve"))
        self.editor.setValue(list(tools.input.curve.handles))
        self.pad = _Pad(tools, self.editor)
        self.presets = {}
        row = QHBoxLayout()
        for name, curve in ((tr("Soft"), SOFT), (tr("Straight"), LINEAR), (tr("Firm"), FIRM)):
            button = QPushButton(name)
            button.setAutoDefault(False)
            button.clicked.connect(partial(self.editor.setValue, list(curve.handles)))
            row.addWidget(button)
            self.presets[name] = button
        side = QVBoxLayout()
        side.addWidget(self.editor)
        side.addLayout(row)
        side.addStretch(1)
        upper = QHBoxLayout()
        upper.addLayout(side)
        upper.addWidget(self.pad, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(upper)
        layout.addWidget(buttons)
        self.editor.valueChanged.connect(self._on_curve)

    @Slot()
    def _on_curve(self) -> None:
        self._tools.change_input(curve=PressureCurve(*self.editor.value()))
        self.pad.take_settings()


class _Pad(QWidget):
    """A sheet to scribble on; the curve shows what the pen presses."""

    def __init__(self, tools: ToolState, editor: CurveEditor) -> None:
        super().__init__()
        self._tools = tools
        self._editor = editor
        self._input = PenInput(self, tools.input)
        self._lines: list[LiveInk] = []
        self.setMinimumSize(260, 220)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Sheet to try the pen on"))

    def take_settings(self) -> None:
        """Draw as the tools are set now."""
        self._input.set_settings(self._tools.input)

    # PenTarget.

    def pen_pressed(self, sample: PenSample, tool: object) -> None:
        style = StrokeStyle(theme.current().text, 14.0)
        self._lines = [*self._lines[-7:], LiveInk(style, sample)]
        self.update()

    def pen_moved(self, sample: PenSample) -> None:
        self._lines[-1].append(sample)
        self.update()

    def pen_released(self, sample: PenSample) -> None:
        self._editor.show_pressure(None)

    def pen_cancelled(self) -> None:
        self._editor.show_pressure(None)

    def pen_hovered(self, sample: PenSample) -> None:
        """Nothing is drawn without touching."""

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """The sheet stays where it is."""

    # Qt.

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.tablet(event)
        if event.type() != QEvent.Type.TabletRelease:
            self._editor.show_pressure(event.pressure() or None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors.line), 1))
        painter.setBrush(QColor(colors.surface))
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        if not self._lines:
            painter.setPen(QColor(colors.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Draw here to try it"))
        for line in self._lines:
            paint_pieces(painter, line.pieces(), QColor(colors.text))
