"""What nobody caught: errors, told in one line, after which the app goes on; and hard crashes."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import platform
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import TextIO

import PySide6
from PySide6.QtCore import QObject, Signal, qVersion

from sketchstudio import __version__
from sketchstudio.system.language import tr

log = logging.getLogger(__name__)

_OLD = 30 * 24 * 3600  # seconds
_LINES = 200  # of the log


class Traces:
    """The trace of a hard crash, of Python or of Qt, and the report made of it at the next start.

    Every process has a file of its own that stays empty unless it crashes.

    Args:
        folder: Where logs are kept; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mine: Path | None = None
        self._file: TextIO | None = None

    @property
    def report_path(self) -> Path:
        """Where the last report lies, if there has been a crash."""
        return self._folder / "crash-report.txt"

    def keep(self) -> None:
        """Have the trace of a crash written down from now on."""
        # In a sandbox every process may have the same number.
        path = self._folder / f"crash-{time.time_ns():x}-{os.getpid()}.log"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # It stays open: faulthandler writes to it when nothing else can run any more.
            self._file = path.open("w", encoding="utf-8")
            faulthandler.enable(self._file)
        except OSError as error:
            log.warning("no crash log: %s", error)
            faulthandler.enable()
        else:
            self._mine = path

    def collect(self) -> bool:
        """Make a report of a crash there was since the last time; whether there was one.

        What an earlier process left empty goes once it cannot be running any more.
        """
        found = False
        try:
            for path in sorted(self._folder.glob("crash-*.log")):
                trace, changed = path.read_text("utf-8", "replace"), path.stat().st_mtime
                if path == self._mine or (not trace and time.time() - changed < _OLD):
                    continue
                if trace:
                    self.report_path.write_text(_report(trace, changed, self._folder), "utf-8")
                    found = True
                path.unlink()
        except OSError as error:
            log.warning("no crash report: %s", error)
        return found

    def release(self) -> None:
        """The process ends as it should."""
        if self._mine is not None and self._file is not None:
            faulthandler.disable()
            self._file.close()
            with contextlib.suppress(OSError):
                self._mine.unlink()


def _report(trace: str, when: float, folder: Path) -> str:
    """What whoever mends a crash has to know; it goes nowhere by itself."""
    try:
        lines = (folder / "sketchstudio.log").read_text("utf-8", "replace").splitlines()
    except OSError:
        lines = []
    moment = time.strftime("%Y-%m-%d %H:%M", time.localtime(when))
    about = [
        f"sketchstudio {__version__} crashed on {moment}",
        f"Python {platform.python_version()}, Qt {qVersion()}, PySide6 {PySide6.__version__}",
        platform.platform(),
    ]
    return "\n".join([*about, "", trace.strip(), "", "Log:", *lines[-_LINES:], ""])


class CrashReporter(QObject):
    """Takes over what Python does with uncaught errors, of slots and of threads.

    Signals:
        reported: One line for the person. May be emitted in any thread, so connect it only to a
            bound slot of a QObject.
    """

    reported = Signal(str)

    def install(self) -> None:
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _on_error(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        log.error("uncaught error", exc_info=(kind, error, trace))
        line = tr("Something went wrong: {error}").format(error=_line(kind, error))
        self.reported.emit(line)

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._on_error(args.exc_type, args.exc_value, args.exc_traceback)


def _line(kind: type[BaseException], error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{kind.__name__}: {text}" if text else kind.__name__
