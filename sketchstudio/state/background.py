"""Work that takes its time, in a thread of its own, with progress and a way to stop it."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

log = logging.getLogger(__name__)

Step = Callable[[float], None]
"""Called by work with the share of it that is done, 0 to 1; what it raises must end the work."""

Work = Callable[[Step], object]


class StoppedError(Exception):
    """Nobody wants the work any more."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of work.

    Attributes:
        work: What was done.
        result: What it gave; None where there is an error.
        error: Why it could not be done.
    """

    work: Work
    result: object = None
    error: Exception | None = None


class BackgroundJob(QObject):
    """Does one thing at a time; a newer one ends the one before.

    Signals:
        progressed: Per cent that are done.
        finished: Carries `Outcome`, but of work that was stopped.
    """

    progressed = Signal(int)
    finished = Signal(object)
    _told = Signal(object, int)
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: Work | None = None
        self._threads: list[threading.Thread] = []
        self._told.connect(self._on_told)
        self._ended.connect(self._on_ended)

    @property
    def is_running(self) -> bool:
        """Whether there is work that is wanted and not finished."""
        return self._work is not None

    def start(self, work: Work) -> None:
        """Do this; what was being done is stopped."""
        self._work = work
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        # No daemon: Python ends only once a file is written or given up.
        thread = threading.Thread(target=self._run, args=(work,), name="export")
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        """Do it no more; it ends at its next step."""
        self._work = None

    def close(self) -> None:
        """Do nothing any more; returns when all work has reached its next step."""
        self.stop()
        for thread in self._threads:
            thread.join()

    def _run(self, work: Work) -> None:
        last = -1

        def step(share: float) -> None:
            nonlocal last
            if self._work is not work:
                raise StoppedError
            percent = int(100 * share)
            if percent != last:
                last = percent
                self._told.emit(work, percent)

        try:
            outcome = Outcome(work, work(step))
        except StoppedError:
            return
        except Exception as error:  # told to the person, whatever it is
            log.info("not done in the background: %r", error)
            outcome = Outcome(work, error=error)
        if self._work is work:
            self._ended.emit(outcome)

    @Slot(object, int)
    def _on_told(self, work: Work, percent: int) -> None:
        if work is self._work:
            self.progressed.emit(percent)

    @Slot(object)
    def _on_ended(self, outcome: Outcome) -> None:
        if outcome.work is self._work:
            self._work = None
            self.finished.emit(outcome)
