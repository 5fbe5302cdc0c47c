"""The composition root: makes every part and ties them together."""

from __future__ import annotations

import logging
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from sketchstudio import __version__
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import load_studio
from sketchstudio.formats.code_files import ENDING
from sketchstudio.state.code_library import CodeLibrary
from sketchstudio.state.settings import SavedPreferences
from sketchstudio.state.teaching import WEIGHTS, Teaching
from sketchstudio.system import language, logs, paths, qt_messages
from sketchstudio.system.crash import CrashReporter, Traces
from sketchstudio.system.garbage import GuiCollector
from sketchstudio.system.signals import SystemSignals
from sketchstudio.ui import theme
from sketchstudio.ui.windows import Windows

log = logging.getLogger(__name__)


def run(file: Path | None, verbose: bool) -> int:
    """Open a window and stay until the last one is closed; returns the exit status.

    Args:
        file: A drawing to open, or None for an empty page.
        verbose: Debug lines on the terminal.
    """
    QCoreApplication.setApplicationName("sketchstudio")
    QCoreApplication.setApplicationVersion(__version__)
    logs.set_up(paths.log_folder(), verbose)
    qt_messages.install()
    traces = Traces(paths.log_folder())
    traces.keep()
    reporter = CrashReporter()
    reporter.install()

    app = QApplication(sys.argv[:1])
    collector = GuiCollector(app)
    # Every move of the mouse is ink, so none may be merged away. Qt's X11 plugin merges them
    # whatever was asked for before it was loaded.
    app.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    app.setApplicationDisplayName("sketchstudio")
    app.setDesktopFileName("sketchstudio")
    app.setWindowIcon(QIcon(str(paths.resource_path("icons/app.svg"))))

    preferences = SavedPreferences(paths.config_folder() / "settings.json")
    language.install(app, preferences.values.language)
    theme.apply(preferences.values.theme)

    taught = paths.taught_folder() / WEIGHTS
    chosen = preferences.values
    service = InferenceService(partial(load_studio, chosen.device, taught, chosen.model))
    teaching = Teaching(taught.parent, service)
    library = CodeLibrary(paths.data_folder() / f"library{ENDING}")
    windows = Windows(service, preferences, library, teaching=teaching)
    reporter.reported.connect(windows.show_error)
    signals = SystemSignals()
    signals.interrupted.connect(app.closeAllWindows)
    # Whoever sends SIGTERM does not wait for an answer; ``quit`` would ask about unsaved ink.
    signals.terminated.connect(windows.leave)
    # Only once a window is on the screen does the engine's thread import torch.
    windows.painted.connect(service.start, Qt.ConnectionType.QueuedConnection)
    windows.painted.connect(windows.offer_recovery, Qt.ConnectionType.QueuedConnection)
    if traces.collect():
        windows.painted.connect(windows.tell_of_crash, Qt.ConnectionType.QueuedConnection)
    windows.open_file(file)
    try:
        return app.exec()
    finally:
        windows.remember()
        teaching.close()
        service.shutdown()
        preferences.save()
        reporter.uninstall()
        qt_messages.uninstall()
        collector.release()
        traces.release()
