"""The composition root: makes every part and ties them together."""

from __future__ import annotations

import logging
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from sketchstudio import __version__
from sketchstudio.engine.service import InferenceService
from sketchstudio.state import settings as stored
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system import logs, paths
from sketchstudio.system.crash import CrashReporter, keep_traces
from sketchstudio.ui import theme
from sketchstudio.ui.main_window import MainWindow

log = logging.getLogger(__name__)


def run(file: Path | None, verbose: bool) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Args:
        file: A drawing to open, or None for an empty page.
        verbose: Debug lines on the terminal.
    """
    QCoreApplication.setApplicationName("sketchstudio")
    QCoreApplication.setApplicationVersion(__version__)
    logs.set_up(paths.log_folder(), verbose)
    keep_traces(paths.log_folder())
    reporter = CrashReporter()
    reporter.install()

    app = QApplication(sys.argv[:1])
    # Every move of the mouse is ink, so none may be merged away. Qt's X11 plugin merges them
    # whatever was asked for before it was loaded.
    app.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    app.setApplicationDisplayName("sketchstudio")
    app.setWindowIcon(QIcon(str(paths.resource_path("icons/app.svg"))))
    app.setProperty("quit_timer", _let_ctrl_c_quit(app))

    settings_file = paths.config_folder() / "settings.json"
    settings = stored.load(settings_file)
    theme.apply(settings.theme)

    session = Session()
    service = InferenceService()
    window = MainWindow(
        session=session,
        tools=ToolState(),
        service=service,
        proposals=Proposals(session, service),
        blending=Blending(session, service),
        preferences=Preferences(settings),
    )
    reporter.reported.connect(window.show_error)
    # Only once the window is on the screen does the engine's thread import torch.
    window.painted.connect(service.start, Qt.ConnectionType.QueuedConnection)
    window.show()
    if file is not None:
        window.files.open_path(file)
    try:
        return app.exec()
    finally:
        service.shutdown()
        stored.save(settings, settings_file)
        reporter.uninstall()


def _let_ctrl_c_quit(app: QApplication) -> QTimer:
    """Close on Ctrl+C in the terminal."""
    signal.signal(signal.SIGINT, lambda *_: app.closeAllWindows())
    timer = QTimer(app, interval=300)
    timer.timeout.connect(lambda: None)  # Python hears of a signal only while it runs
    timer.start()
    return timer
