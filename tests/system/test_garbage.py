"""Garbage is collected in the GUI thread alone."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from sketchstudio.system import garbage
from sketchstudio.system.garbage import GuiCollector


class Cycle:
    """Holds itself."""

    def __init__(self) -> None:
        self.me = self


def test_no_thread_collects_what_the_window_let_go(qtbot: QtBot) -> None:
    """Objects made elsewhere, however many, start no collection there; the GUI's look does."""
    parent = QObject()
    collector = GuiCollector(parent)
    try:
        died_in: list[threading.Thread] = []
        weakref.finalize(Cycle(), lambda: died_in.append(threading.current_thread()))

        def make_many() -> None:
            kept: list[Cycle] = []
            for _ in range(20):
                kept += [Cycle() for _ in range(1_000)]

        thread = threading.Thread(target=make_many)
        thread.start()
        thread.join()
        assert died_in == []
        qtbot.waitUntil(lambda: bool(died_in), timeout=10 * garbage.LOOKED_AFTER_MS)
        assert died_in == [threading.main_thread()]
    finally:
        collector.release()
    assert gc.isenabled()
