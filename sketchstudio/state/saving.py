"""Saving in the background: the pen goes on, and the document is clean only once it is safe."""

from __future__ import annotations

import errno
import hashlib
import logging
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEventLoop, QObject, Signal, Slot

from sketchstudio.core.document import Document
from sketchstudio.formats import native
from sketchstudio.formats.native import TooLargeError
from sketchstudio.formats.temporary import sweep
from sketchstudio.recovery.locks import Lock
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr

log = logging.getLogger(__name__)


Seen = tuple[int, int]
"""When a file was written (ns) and how long it was (bytes): another pair, another content."""


class OpenElsewhereError(OSError):
    """Another window has the file open."""


class ChangedElsewhereError(OSError):
    """The file is not what it was when it was opened or saved here."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving.

    Attributes:
        path: Where to.
        document: What.
        error: Why it was not; None where it was.
    """

    path: Path
    document: Document
    error: Exception | None = None


class Saving(QObject):
    """Writes a session's document to files, one after the other, and claims the one it is from.

    Args:
        session: Whose document is saved.
        locks: Folder that tells all windows which files are open.

    Signals:
        finished(Saved): Well or not; the session knows by then.
    """

    finished = Signal(object)
    _written = Signal(object)

    def __init__(self, session: Session, locks: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._claims = _Claims(locks)
        self._running = False
        self._last: Saved | None = None
        self._seen: Seen | None = None  # the session's file, when it was read or written here
        self._written.connect(self._on_written)
        session.path_changed.connect(self._on_path_changed)

    @property
    def is_ours(self) -> bool:
        """Whether the session's file may be written: no other window has it open."""
        path = self._session.path
        return path is None or self._claims.has(path)

    def remember(self, seen: Seen | None) -> None:
        """The session's document is what its file held then; see `look_at`."""
        self._seen = seen

    def save(
        self, path: Path, document: Document | None = None, *, may_replace: bool = False
    ) -> None:
        """Begin to write a document, the session's unless told otherwise, once none is running.

        Args:
            path: Absolute.
            document: The session's in another view.
            may_replace: Whatever lies there now, even if others changed the session's own file.
        """
        self.wait()
        guarded = path == self._session.path and not may_replace
        document = document or self._session.whole
        self._session.begin_saving()
        self._running = True
        # No daemon: Python ends only once it is written.
        threading.Thread(target=self._write, args=(path, document, guarded), name="save").start()

    def wait(self) -> bool:
        """Let nothing else happen until nothing is being saved; whether all went well."""
        if self._running:
            loop = QEventLoop()
            self.finished.connect(loop.quit)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        return self._last is None or self._last.error is None

    def close(self) -> None:
        """Let other windows have the file."""
        self._claims.keep_only(None)

    def _write(self, path: Path, document: Document, guarded: bool) -> None:
        error: Exception | None = None
        try:
            if not self._claims.take(path):
                raise OpenElsewhereError(f"{path} is open in another window")
            if guarded and look_at(path) not in (None, self._seen):
                raise ChangedElsewhereError(f"{path} was changed since it was opened")
            native.save(document, path)
            self._seen = look_at(path)
        except Exception as caught:  # told to the person, whatever it is
            log.warning("%s was not saved: %s", path, caught)
            error = caught
        self._written.emit(Saved(path, document, error))

    @Slot(object)
    def _on_written(self, saved: Saved) -> None:
        self._running = False
        self._last = saved
        if saved.error is None:
            self._session.mark_saved(saved.path)
        else:
            self._session.mark_unsaved()
        self._claims.keep_only(self._session.path)
        self.finished.emit(saved)

    @Slot()
    def _on_path_changed(self) -> None:
        path = self._session.path
        self._claims.keep_only(path)
        if path is not None:
            self._claims.take(path)
            # What a crash left beside it; a network folder may take its time to be listed.
            threading.Thread(target=sweep, args=(path.parent,), name="sweep", daemon=True).start()


class _Claims:
    """Which files this window has; a place that cannot be locked stops nobody."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: dict[Path, Lock | None] = {}

    def has(self, path: Path) -> bool:
        return path in self._held

    def take(self, path: Path) -> bool:
        """Claim a file; False where another window has it."""
        if path in self._held:
            return True
        name = hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            lock = Lock.take(self._folder / name)
        except OSError as error:
            log.warning("%s cannot be claimed: %s", path, error)
        else:
            if lock is None:
                return False
            self._held[path] = lock
            return True
        self._held[path] = None
        return True

    def keep_only(self, path: Path | None) -> None:
        """Let go of all others."""
        for other in [held for held in self._held if held != path]:
            lock = self._held.pop(other)
            if lock is not None:
                lock.release()


def look_at(path: Path) -> Seen | None:
    """What a file is now, to tell later whether others changed it; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def explain(error: Exception) -> str:
    """Why a file could not be written and what to do, a line for the person."""
    if isinstance(error, ChangedElsewhereError):
        return tr(
            "It was changed by another program or window since it was opened here."
            " Save under another name."
        )
    if isinstance(error, OpenElsewhereError):
        return tr("It is open in another window. Close it there, or save under another name.")
    if isinstance(error, TooLargeError):
        line = tr("It is too large: {reason}. Move some of it to another drawing.")
        return line.format(reason=error)
    number = error.errno if isinstance(error, OSError) else None
    if number in (errno.ENOSPC, errno.EDQUOT):
        return tr("The disk is full. Make room and save again, or save in another place.")
    if number in (errno.EACCES, errno.EPERM, errno.EROFS):
        return tr("Nothing may be written there. Save under another name or in another folder.")
    if number in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE, errno.EHOSTDOWN, errno.ENODEV):
        return tr("The folder is not there any more. Bring it back, or save in another place.")
    reason = os.strerror(number) if number else str(error)
    return tr("The system says: {reason}. Save in another place.").format(reason=reason)
