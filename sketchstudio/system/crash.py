"""Errors nobody caught: logged and told in one line; the app goes on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Signal

from sketchstudio.system.language import tr

log = logging.getLogger(__name__)


def keep_traces(folder: Path) -> None:
    """Have the trace of a hard crash written to ``folder/crash.log``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # It stays open: faulthandler writes to it when nothing else can run any more.
        faulthandler.enable((folder / "crash.log").open("a", encoding="utf-8"))
    except OSError as error:
        log.warning("no crash log: %s", error)
        faulthandler.enable()


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
