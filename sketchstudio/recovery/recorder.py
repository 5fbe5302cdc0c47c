"""Keeps a journal in a thread of its own, so that the pen waits for no disk."""

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
        self._writing = self._closing = self._in_trouble = False
        self._change = threading.Condition()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)

    def note(self, draft: Draft) -> None:
        """Have a draft written soon; returns at once."""
        with self._change:
            if self._closing:
                return
            self._next = draft
            self._change.notify_all()
        if self._thread.ident is None:
            self._thread.start()

    def flush(self, timeout: float = 5.0) -> bool:
        """Wait until all that was noted is on the disk; False where it is not by then."""

        def done() -> bool:
            return self._next is None and not self._writing

        with self._change:
            return self._change.wait_for(done, timeout)

    def close(self, keep: bool) -> None:
        """End; the journal is kept for the next start, or deleted."""
        with self._change:
            self._closing = True
            if not keep:
                self._next = None
            self._change.notify_all()
        if self._thread.ident is not None:
            self._thread.join()
        if self._journal is not None:
            self._journal.close()
        if self._place is not None:
            if keep:
                self._place.release()
            else:
                self._place.delete()
            self._place = None

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._next or self._closing)
                draft, self._next = self._next, None
                if draft is None:
                    return
                self._writing = True
            pause = EVERY
            try:
                self._write(draft)
            except Exception as error:  # whatever it is, the next draft is tried
                self._tell(error)
                pause = RETRY
                with self._change:
                    if not self._closing:
                        self._next = self._next or draft
            else:
                self._tell(None)
            with self._change:
                self._writing = False
                self._change.notify_all()
                self._change.wait_for(lambda: self._closing, pause)

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
