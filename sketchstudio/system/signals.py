"""Signals of the operating system, heard while Qt waits for events."""

from __future__ import annotations

import contextlib
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot


class SystemSignals(QObject):
    """Tells when the app shall end, as soon as Qt's event loop turns.

    Python's own handlers run only while Python runs, which it does not while Qt waits; the
    wake-up socket makes Qt look.

    Signals:
        interrupted: Ctrl+C in the terminal.
        terminated: The system wants the app to end now.
    """

    interrupted = Signal()
    terminated = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), lambda *_: None)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_wakeup)

    @Slot()
    def _on_wakeup(self) -> None:
        numbers = b""
        with contextlib.suppress(BlockingIOError):
            numbers = self._reader.recv(64)
        if set(numbers) - {signal.SIGINT}:
            self.terminated.emit()
        elif numbers:
            self.interrupted.emit()
