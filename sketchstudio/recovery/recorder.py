"""Keeps a journal in threads of its own, so that the pen waits for no disk.

One thread writes, another waits for the disk: while a busy disk takes its time, what is drawn next
is written all the same, and outlives the process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from sketchstudio.recovery.journal import Draft, Journal
from sketchstudio.recovery.places import Place

log = logging.getLogger(__name__)

EVERY = 0.08
"""Seconds from one record to the next, while there is something to write."""

RETRY = 2.0
"""Seconds from a record that could not be written to the next attempt."""


class Recorder:
    """Writes the latest draft; those it has not come to are passed over.

    A document that is as it was saved gets no journal before it changes.

    Args:
        root: Folder of all journals.
        told: Called in the thread: with a line when nothing can be written any more, and with an
            empty one when it can be again.
    """

    def __init__(self, root: Path, told: Callable[[str], object] = lambda _: None) -> None:
        self._root = root
        self._told = told
        self._place: Place | None = None
        self._journal: Journal | None = None
        self._next: Draft | None = None
        self._last: Draft | None = None
        self._writing = self._closing = self._in_trouble = False
        self._unsynced = self._syncing = self._written_all = False
        self._lost: Exception | None = None  # why the disk may not have what was written
        self._change = threading.Condition()
        self._threads = [
            threading.Thread(target=run, name=f"journal {name}", daemon=True)
            for name, run in (("writer", self._run), ("syncer", self._run_syncs))
        ]

    def note(self, draft: Draft) -> None:
        """Have a draft written soon; returns at once."""
        with self._change:
            if self._closing:
                return
            self._next = draft
            self._change.notify_all()
        if self._threads[0].ident is None:
            for thread in self._threads:
                thread.start()

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until all that was noted is on the disk; False where it is not by then."""

        def done() -> bool:
            busy = self._writing or self._unsynced or self._syncing
            return not busy and self._next is None and self._lost is None

        with self._change:
            return self._change.wait_for(done, timeout)

    def close(self, keep: bool) -> None:
        """End; the journal is kept for the next start, or deleted."""
        with self._change:
            self._closing = True
            if not keep:
                self._next = None
            self._change.notify_all()
        if self._threads[0].ident is not None:
            for thread in self._threads:
                thread.join()
        if self._journal is not None:
            self._journal.close()
        if self._place is not None:
            if keep:
                self._place.release()
            else:
                self._place.delete()
            self._place = None

    def _run(self) -> None:
        while (draft := self._take()) is not None:
            pause = EVERY
            with self._change:  # what is lost from now on is for the next round
                lost, self._lost = self._lost, None
            try:
                if lost is not None:
                    raise lost
                self._write(draft)
            except Exception as error:  # whatever it is, the next draft is tried
                self._tell(error)
                pause = RETRY
                if self._journal is not None:
                    self._journal.close()
            else:
                self._tell(None)
            with self._change:
                failed = pause == RETRY
                if failed and not self._closing:
                    self._next = self._next or draft
                self._writing, self._unsynced = False, not failed
                self._change.notify_all()
                self._change.wait_for(lambda: self._closing, pause)
        with self._change:
            self._written_all = True
            self._change.notify_all()

    def _take(self) -> Draft | None:
        """The next draft to be written, once there is one; None at the end."""
        with self._change:
            self._change.wait_for(lambda: self._next or self._lost or self._closing)
            draft, self._next = self._next or (self._last if self._lost else None), None
            self._last = draft
            self._writing = draft is not None
            return draft

    def _run_syncs(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._unsynced or self._written_all)
                if not self._unsynced:
                    return
                self._unsynced, self._syncing = False, True
            error = None
            try:
                if self._journal is not None:
                    self._journal.sync()
            except OSError as caught:
                error = caught
            with self._change:
                self._syncing, self._lost = False, error or self._lost
                self._change.notify_all()

    def _write(self, draft: Draft) -> None:
        if self._journal is None:
            if not draft.dirty:
                return
            self._place = self._place or Place.make(self._root)
            self._journal = Journal(self._place.journal)
        self._journal.write(draft)

    def _tell(self, trouble: Exception | None) -> None:
        if (trouble is not None) != self._in_trouble:
            self._in_trouble = trouble is not None
            if trouble:
                log.warning("the journal cannot be written", exc_info=trouble)
            self._told(str(trouble) if trouble else "")
