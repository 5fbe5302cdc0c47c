"""Errors nobody caught: told, logged, and survived."""

from __future__ import annotations

import logging
import threading

import pytest
from PySide6.QtCore import QObject, QTimer, Slot

from sketchstudio.system.crash import CrashReporter


@pytest.fixture
def reporter():
    reporter = CrashReporter()
    reporter.install()
    yield reporter
    reporter.uninstall()


class Listener(QObject):
    """Hears as the window does."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.threads: list[str] = []

    @Slot(str)
    def hear(self, line: str) -> None:
        self.lines.append(line)
        self.threads.append(threading.current_thread().name)


def fail() -> None:
    raise ValueError("no such\nink")


def test_failing_slot_is_told_in_one_line(reporter, qtbot, caplog):
    """A bug in a slot becomes a line on the screen and a trace in the log; the app goes on."""
    listener = Listener()
    reporter.reported.connect(listener.hear)
    with caplog.at_level(logging.ERROR), qtbot.capture_exceptions():
        reporter.install()
        QTimer.singleShot(0, fail)
        qtbot.waitUntil(lambda: bool(listener.lines))
    assert listener.lines == ["Something went wrong: ValueError: no such ink"]
    assert "Traceback" in caplog.text


def test_failing_thread_is_told_in_the_gui_thread(reporter, qtbot):
    """The window is never touched from another thread."""
    listener = Listener()
    reporter.reported.connect(listener.hear)
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bool(listener.lines))
    assert listener.threads == [threading.main_thread().name]
