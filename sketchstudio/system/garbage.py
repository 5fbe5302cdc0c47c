"""Garbage is collected in the GUI thread alone: widgets may be let go nowhere else."""

from __future__ import annotations

import gc
import time

from PySide6.QtCore import QObject, QTimer, Slot

LOOKED_AFTER_MS = 500
OLDEST_EVERY = 60
"""Looks from one collection of everything to the next."""

LONGEST = 0.02
"""Seconds a collection may take before what has survived it is left alone for good: torch alone
has objects for 0.15 s, and the pen would wait for them."""


class GuiCollector(QObject):
    """Takes over from Python, which collects in whatever thread happens to make objects.

    A cycle of Python objects may hold a widget. Let go in the thread of the engine, or of a file
    being saved, it takes the whole app with it.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._looks = 0
        self._timer = QTimer(self, interval=LOOKED_AFTER_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def release(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    @Slot()
    def _look(self) -> None:
        self._looks += 1
        if self._looks == OLDEST_EVERY:
            gc.freeze()  # by now everything is loaded, and stays
        elif self._looks % OLDEST_EVERY == 0:
            started = time.perf_counter()
            gc.collect()
            if time.perf_counter() - started > LONGEST:
                gc.freeze()
        elif gc.get_count()[0] > gc.get_threshold()[0]:
            gc.collect(1)
