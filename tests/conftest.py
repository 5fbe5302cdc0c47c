"""For all tests: no screen, no settings of the person, no threads left behind."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("OMP_NUM_THREADS", "1")

# A busy machine is no failure.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
    wait.__kwdefaults__["timeout"] = 60_000  # ms; a test that succeeds does not take it


@pytest.fixture(scope="session", autouse=True)
def garbage_kept() -> Iterator[None]:
    """No thread but this one collects, as in the app: widgets may be let go nowhere else."""
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True)
def garbage_collected(garbage_kept: None) -> Iterator[None]:
    """What a test left is gone before the next."""
    yield
    gc.disable()
    gc.collect(1)


@pytest.fixture(scope="module", autouse=True)
def all_garbage_collected(garbage_kept: None) -> Iterator[None]:
    """Also what had become old."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings, logs and caches of a test go to its own folder."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(autouse=True)
def no_thread_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that leaves a QThread running: the next test would meet its signals."""
    if "PySide6.QtCore" not in sys.modules:
        yield
        return
    from PySide6.QtCore import QThread
    from shiboken6 import isValid

    started: list[QThread] = []
    start = QThread.start

    def start_noted(thread: QThread, *args: object) -> None:
        started.append(thread)
        start(thread, *args)

    monkeypatch.setattr(QThread, "start", start_noted)
    yield
    running = [thread for thread in started if isValid(thread) and thread.isRunning()]
    assert not running, f"the test left a thread running: {running}"


@pytest.fixture(autouse=True)
def clipboard_emptied() -> Iterator[None]:
    """The offscreen clipboard outlives Python: what lies on it then calls into nothing."""
    yield
    if "PySide6.QtGui" in sys.modules:
        from PySide6.QtGui import QGuiApplication

        if QGuiApplication.instance() is not None:
            QGuiApplication.clipboard().clear()
