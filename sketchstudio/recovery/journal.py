"""A journal: what a document is now, appended to a file as it changes.

The file begins with a line that names the format. Each record is its length, the CRC-32 of what
follows (both little-endian uint32), a line of JSON and samples as in ``.sketch`` files. The first
tells a document whole, each one after it what has changed. A record cut off by a crash or a power
cut is the last one, does not fit its checksum, and is passed over.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import struct
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from sketchstudio.core.document import Document
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.records import checked
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.recovery.difference import changed, difference

log = logging.getLogger(__name__)

_MAGIC = b"sketchstudio journal "
_VERSION = 1
_FRAME = struct.Struct("<II")
_SLACK = 4 << 20  # bytes that a journal may grow beyond twice what its document needs


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it is being worked on.

    Attributes:
        document: As it is now.
        name: What it is called.
        path: Its file; None where it has none yet.
        dirty: Whether it differs from its file, so that it would be missed.
        time: When it was so, seconds since 1970.
    """

    document: Document
    name: str = ""
    path: Path | None = None
    dirty: bool = True
    time: float = field(default_factory=time.time, compare=False)


class Journal:
    """Writes drafts to a file.

    One outlives the process when `write` returns, and a power cut when `sync` does. They are apart
    because a busy disk may take its time over the second.

    Args:
        path: The file; its folder must exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._last: Draft | None = None
        self._size = self._limit = 0

    def write(self, draft: Draft) -> None:
        """Go on to a draft.

        Raises:
            OSError: It could not be written. What was written before is still there, and the next
                draft is written whole.
        """
        if self._file is None or self._last is None:
            self._begin(draft)
        else:
            try:
                self._append(self._file, _record(self._last.document, draft))
            except OSError:
                self.close()  # its end may be torn: nothing may follow that
                raise
            if self._size > self._limit:
                self._begin_anew(draft)
        self._last = draft

    def sync(self) -> None:
        """Wait until all that was written is on the disk; may run beside `write`.

        Raises:
            OSError: It may not be there: `close`, so that the next draft is written whole.
        """
        try:
            descriptor = os.dup(self._file.fileno()) if self._file else None
        except ValueError:  # just closed
            descriptor = None
        if descriptor is not None:
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def close(self) -> None:
        """Let the file go; the next draft begins it anew."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None

    def _begin(self, draft: Draft) -> None:
        self.close()
        whole = b"%s%d\n%s" % (_MAGIC, _VERSION, _record(None, draft))
        with safe_write(self._path) as file:
            file.write(whole)
        self._file = self._path.open("ab", buffering=0)
        self._size = len(whole)
        self._limit = 2 * self._size + _SLACK

    def _begin_anew(self, draft: Draft) -> None:
        """Forget how the document became what it is."""
        try:
            self._begin(draft)
        except OSError as error:
            log.warning("the journal only grows: %s", error)
            self._limit *= 2
            self._file = self._path.open("ab", buffering=0)

    def _append(self, file: BinaryIO, record: bytes) -> None:
        rest = memoryview(record)
        while rest:
            rest = rest[file.write(rest) :]
        self._size += len(record)


def read(path: Path) -> Draft:
    """The last draft that was written whole; what follows a damaged record is passed over.

    Raises:
        FormatError: Not a journal, of a newer version, or without any whole record.
        OSError: The file cannot be read.
    """
    data = path.read_bytes()
    line, _, _ = data[:64].partition(b"\n")
    if not line.startswith(_MAGIC) or not line[len(_MAGIC) :].isdigit():
        raise FormatError(f"{path}: not a journal")
    if int(line[len(_MAGIC) :]) > _VERSION:
        raise FormatError(f"{path}: written by a newer sketchstudio; please update")
    at = len(line) + 1
    draft = _last(_drafts(data, at), path)
    try:
        checked(draft.document)
    except FormatError:  # seen to at the end, since checking every draft takes ten times as long
        each = _drafts(data, at)
        draft = _last((replace(one, document=checked(one.document)) for one in each), path)
    return draft


def _drafts(data: bytes, at: int) -> Iterator[Draft]:
    """What each whole record makes of the one before."""
    document = None
    while (payload := _whole_record(data, at)) is not None:
        at += _FRAME.size + len(payload)
        text, _, samples = payload.partition(b"\n")
        told = json.loads(text)
        document = changed(document, told, samples)
        place = told["path"]
        yield Draft(
            document,
            str(told["name"]),
            None if place is None else Path(place),
            bool(told["dirty"]),
            float(told["time"]),
        )


def _last(drafts: Iterator[Draft], path: Path) -> Draft:
    """The last of some drafts, up to one that cannot be read."""
    last = None
    try:
        for draft in drafts:
            last = draft
    except (
        *(ArithmeticError, AttributeError, FormatError, LookupError, RecursionError),
        *(TypeError, ValueError),
    ) as error:
        reason = error if isinstance(error, FormatError) else f"damaged: {error}"
        if last is None:
            raise FormatError(f"{path}: {reason}") from None
        log.warning("%s: only read up to a record that is %s", path, reason)
    if last is None:
        raise FormatError(f"{path}: holds no whole record")
    return last


def _record(before: Document | None, draft: Draft) -> bytes:
    about = {
        "name": draft.name,
        "path": None if draft.path is None else str(draft.path),
        "dirty": draft.dirty,
        "time": draft.time,
    }
    text, samples = difference(before, draft.document)
    payload = b"%s, %s\n%s" % (json.dumps(about)[:-1].encode(), text[1:].encode(), samples)
    return _FRAME.pack(len(payload), zlib.crc32(payload)) + payload


def _whole_record(data: bytes, at: int) -> bytes | None:
    """What the record at ``at`` holds; None where it is cut off or torn."""
    if at + _FRAME.size > len(data):
        return None
    length, checksum = _FRAME.unpack_from(data, at)
    payload = data[at + _FRAME.size : at + _FRAME.size + length]
    return payload if len(payload) == length and zlib.crc32(payload) == checksum else None
