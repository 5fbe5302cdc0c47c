"""Errors nobody caught: told, logged, and survived."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer, Slot

from sketchstudio import __version__
from sketchstudio.system.crash import CrashReporter, Traces

ROOT = Path(__file__).parent.parent.parent


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


CRASH = """
import faulthandler, logging, pathlib, sys
from PySide6 import QtCore
from sketchstudio.system import logs, qt_messages
from sketchstudio.system.crash import Traces
folder = pathlib.Path(sys.argv[1])
logs.set_up(folder, False)
logging.getLogger("ink").info("the last that was done")
traces = Traces(folder)
traces.keep()
if sys.argv[2] == "crash":
    faulthandler._sigabrt()
if sys.argv[2] == "qt":
    qt_messages.install()
    QtCore.qFatal("no paper left")
if sys.argv[2] == "end":
    traces.release()
"""


def end(folder: Path, how: str) -> int:
    """Run a process that ends so."""
    command = [sys.executable, "-c", CRASH, str(folder), how]
    return subprocess.run(command, capture_output=True, cwd=ROOT).returncode


def test_a_crash_leaves_one_report(tmp_path):
    """With the trace, the versions and what was logged; told once, kept to be read."""
    assert end(tmp_path, "crash") != 0
    traces = Traces(tmp_path)
    traces.keep()
    assert traces.collect()
    report = traces.report_path.read_text("utf-8")
    for part in ("Aborted", "<string>", __version__, "PySide6", "the last that was done"):
        assert part in report
    assert not traces.collect()
    assert traces.report_path.exists()
    traces.release()


def test_a_crash_of_qt_says_why(tmp_path):
    """Its last words are in the report, beside the trace."""
    assert end(tmp_path, "qt") != 0
    traces = Traces(tmp_path)
    assert traces.collect()
    report = traces.report_path.read_text("utf-8")
    for part in ("Aborted", "no paper left"):
        assert part in report


def test_a_process_of_the_same_number_keeps_the_trace(tmp_path, monkeypatch):
    """As in a sandbox, where the app has one and the same at every start."""
    assert end(tmp_path, "crash") != 0
    (trace,) = tmp_path.glob("crash-*.log")
    monkeypatch.setattr(os, "getpid", lambda: int(trace.stem.split("-")[-1]))
    traces = Traces(tmp_path)
    traces.keep()
    assert traces.collect()
    traces.release()


@pytest.mark.parametrize("how", ["end", "kill"])
def test_other_ends_leave_none(tmp_path, how):
    """A good end removes its file; one that was killed has nothing to tell."""
    end(tmp_path, how)
    traces = Traces(tmp_path)
    assert not traces.collect()
    assert not traces.report_path.exists()
    left = list(tmp_path.glob("crash-*.log"))
    assert len(left) == (how == "kill")
    for path in left:
        os.utime(path, times=(1, 1))
    assert not traces.collect()
    assert not list(tmp_path.glob("crash-*.log"))


def test_a_folder_that_cannot_be_written_to(tmp_path):
    """It costs the report, not the start."""
    (tmp_path / "file").write_text("")
    traces = Traces(tmp_path / "file")
    traces.keep()
    assert not traces.collect()
    traces.release()
