"""The one command, from outside."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sketchstudio import __version__, cli
from sketchstudio.__main__ import main


def test_help_names_the_commands(capsys):
    """A person without a display finds what there is to do."""
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(command in said for command in cli.NAMES)


def test_version(capsys):
    """For reports of trouble."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert __version__ in capsys.readouterr().out


def test_neither_file_nor_command_is_an_error(capsys):
    """A mistyped command does not open an empty window."""
    assert main(["redrwa"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "redrwa" in said


def test_the_app_starts_paints_loads_and_quits(tmp_path: Path):
    """The real start: the window is painted before the engine's thread imports torch."""
    code = """
import sys
from PySide6.QtCore import QTimer
from sketchstudio import app
from sketchstudio.ui import windows
from sketchstudio.ui.main_window import MainWindow
from sketchstudio.engine.messages import Status

class Watched(MainWindow):
    def paintEvent(self, event):
        if "first" not in globals():
            globals()["first"] = "torch" in sys.modules
        super().paintEvent(event)
    def __init__(self, service, **parts):
        super().__init__(service=service, **parts)
        service.state_changed.connect(self.close_when_loaded)
    def close_when_loaded(self, state):
        if state.status in (Status.READY, Status.FAILED):
            QTimer.singleShot(0, self.close)

windows.MainWindow = Watched
code = app.run(None, False)
print("painted with torch:", first, "ended:", code, "loaded:", "torch" in sys.modules)
"""
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")}
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | folders,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert "painted with torch: False ended: 0 loaded: True" in result.stdout, result.stderr
    assert (tmp_path / "c" / "sketchstudio" / "settings.json").is_file()
    assert (tmp_path / "d" / "sketchstudio" / "logs" / "sketchstudio.log").is_file()


_CLEAN = """
from sketchstudio import app
raise SystemExit(app.run(None, True))
"""

_DIRTY = (
    """
from sketchstudio.ui import windows

class Dirty(windows.MainWindow):
    def __init__(self, session, **parts):
        super().__init__(session=session, **parts)
        session.undo_stack.resetClean()

windows.MainWindow = Dirty
"""
    + _CLEAN
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to send")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_app_with_its_settings(tmp_path: Path, number):
    """Log-out, which waits for no answer, and Ctrl+C keep what the person set; status 0."""
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")}
    with subprocess.Popen(
        [sys.executable, "-c", _DIRTY if number == signal.SIGTERM else _CLEAN],
        env=os.environ | folders,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for line in process.stderr:
            if "window painted" in line:
                process.send_signal(number)
                break
        process.stderr.read()
    assert process.returncode == 0
    assert (tmp_path / "c" / "sketchstudio" / "settings.json").is_file()
