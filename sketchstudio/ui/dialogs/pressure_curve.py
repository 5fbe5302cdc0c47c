"""The pressure curve in a dialog, where a pen can try it at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.pressure import FIRM, LINEAR, SOFT, PressureCurve
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.curve_editor import CurveEditor
from sketchstudio.ui.panels.drawing_pad import DrawingPad


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
        self.pad = DrawingPad(tools.input, tr("Draw here to try it"), width=14.0, most=8)
        self.pad.setAccessibleName(tr("Sheet to try the pen on"))
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
        self.pad.pressed.connect(self.editor.show_pressure)
        tools.input_changed.connect(self.pad.set_settings)

    @Slot()
    def _on_curve(self) -> None:
        self._tools.change_input(curve=PressureCurve(*self.editor.value()))
