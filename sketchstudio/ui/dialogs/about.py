"""What this is, and in which versions."""

from __future__ import annotations

import platform
import sys

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from sketchstudio import __version__
from sketchstudio.engine.messages import EngineState
from sketchstudio.system.language import tr
from sketchstudio.system.paths import log_folder
from sketchstudio.ui.panels.engine_indicator import explain


def about_box(parent: QWidget, state: EngineState) -> QMessageBox:
    """The About dialog, with what a report of trouble needs."""
    box = QMessageBox(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle(tr("About sketchstudio"))
    box.setIconPixmap(parent.windowIcon().pixmap(64, 64))
    box.setText(
        f"<b>sketchstudio {__version__}</b><br>{tr('Draw together with a neural network.')}"
    )
    torch = sys.modules.get("torch")
    lines = [
        explain(state),
        *(
            [tr("Model {name}, %n categories", len(state.categories)).format(name=state.model)]
            if state.model
            else []
        ),
        f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
        + (f", torch {torch.__version__}" if torch else ""),
        tr("Log: {folder}").format(folder=log_folder()),
    ]
    box.setInformativeText("\n".join(lines))
    return box
