"""Where journals lie: a locked folder for each open document, and those left by a crash."""

from __future__ import annotations

import contextlib
import logging
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from sketchstudio.formats.errors import FormatError
from sketchstudio.recovery import journal
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.locks import Lock

log = logging.getLogger(__name__)

KEPT_DAYS = 14
"""So long a document is offered that nobody restored."""


class Place:
    """A folder for the journal of one document; whoever has it holds its lock."""

    def __init__(self, folder: Path, lock: Lock) -> None:
        self.folder = folder
        self._lock = lock

    @classmethod
    def make(cls, root: Path) -> Place:
        """A new one beside the others.

        Raises:
            OSError: It cannot be made.
        """
        while True:
            folder = root / uuid.uuid4().hex
            folder.mkdir(parents=True)
            place = cls.take(folder)
            if place is not None:  # else another process took it for one left behind
                return place

    @classmethod
    def take(cls, folder: Path) -> Place | None:
        """One that is there; None where it is another's, or gone."""
        try:
            lock = Lock.take(folder / "lock")
        except FileNotFoundError:
            return None
        return cls(folder, lock) if lock else None

    @property
    def journal(self) -> Path:
        return self.folder / "journal"

    def release(self) -> None:
        """Leave the journal to whoever asks next."""
        self._lock.release()

    def delete(self) -> None:
        """Remove the journal; a file that cannot be removed is left."""
        with contextlib.suppress(OSError):
            for file in self.folder.iterdir():
                if file.name != "lock":
                    file.unlink(missing_ok=True)
        self._lock.release()
        with contextlib.suppress(OSError):
            self.folder.rmdir()


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """A document that was open when its process ended; ours until it is released or deleted."""

    draft: Draft
    place: Place


def left_behind(root: Path) -> list[LeftBehind]:
    """What no running window has and would be missed, the latest first.

    Journals of saved documents are removed, and so are those older than `KEPT_DAYS`. One that
    cannot be read stays until then, for a later version or an expert.
    """
    found = []
    try:
        folders = sorted(root.iterdir())
    except OSError:
        return []
    for folder in folders:
        try:
            one = _of(folder)
        except OSError as error:
            log.warning("%s is passed over: %s", folder, error)
        else:
            found += [one] if one else []
    return sorted(found, key=lambda one: -one.draft.time)


def _of(folder: Path) -> LeftBehind | None:
    place = Place.take(folder)
    if place is None:
        return None
    try:
        draft = _draft(place.journal)
    except (FormatError, OSError) as error:
        log.warning("a journal cannot be recovered: %s", error)
        place.release()
        return None
    if draft is None:
        place.delete()
        return None
    return LeftBehind(draft, place)


def _draft(path: Path) -> Draft | None:
    """What a journal ends with; None where nobody would miss it."""
    try:
        changed = path.stat().st_mtime
    except FileNotFoundError:
        return None
    if time.time() - changed > KEPT_DAYS * 24 * 3600:
        return None
    draft = journal.read(path)
    return draft if draft.dirty else None
