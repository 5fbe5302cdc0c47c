"""The app's own ``.sketch`` files: a zip that a person can open.

``mimetype`` comes first, as in OpenRaster, so that the kind of file can be told from its first
bytes. ``document.json`` holds everything but the ink; ``samples.f32`` holds the ink, little-endian
float32 (N, 4) as in `Stroke.samples`, all strokes in order. A small picture lies where OpenRaster
and OpenDocument have theirs, so that tools find it. Nothing is compressed: writing is what a person
waits for, and ink hardly shrinks.
"""

from __future__ import annotations

import json
import logging
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import IO, Any

from sketchstudio.core.document import Document, Page
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.formats.archive import open_zip, read_member
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.records import (
    Ink,
    document_lines,
    reaches_too_far,
    read_document,
    sample_bytes,
)
from sketchstudio.formats.safe_write import begin_sync, safe_write
from sketchstudio.formats.thumbnail import thumbnail_of

log = logging.getLogger(__name__)

ENDING = ".sketch"
MIME_TYPE = "application/x-sketchstudio"
FORMAT_VERSION = 2

THUMBNAIL = "Thumbnails/thumbnail.png"

MAX_STROKES = 100_000
"""A minute of drawing holds about a hundred; more than these take seconds to open."""

MAX_LAYERS = 1_000
MAX_SAMPLE_BYTES = 256 << 20
MAX_JSON_BYTES = 128 << 20
MAX_JSON_PARTS = 3_000_000
"""Values of ``document.json``, about: a stroke has ten to thirty."""

MAX_THUMBNAIL_BYTES = 1 << 20


_DAMAGED = (
    *(ArithmeticError, AttributeError, EOFError, NotImplementedError, RecursionError),
    *(RuntimeError, TypeError, ValueError, zlib.error),
)
"""What reading a damaged file can raise."""


class TooLargeError(FormatError):
    """A document that could not be opened again; the message is a sentence that says why."""


def save(document: Document, path: Path) -> None:
    """Write a document whole or not at all; equal documents give equal bytes.

    The version before stays, as `safe_write.backup_of` names it.

    Raises:
        TooLargeError: It holds more than a file may.
        WriteError: The place cannot be written.
    """
    with safe_write(path, backup=True) as file:
        write(document, file, partial(begin_sync, file))


def write(
    document: Document,
    file: IO[bytes],
    ink_written: Callable[[], object] = lambda: None,
) -> None:
    """Write a document to an open file.

    Args:
        document: Any.
        file: Begins with it.
        ink_written: Called once the ink, by far the most, is written; the rest is yet to be made.

    Raises:
        TooLargeError: It holds more than a file may.
    """
    _check_counts(len(document.layers), sum(len(layer.strokes) for layer in document.layers))
    samples = sample_bytes([stroke for layer in document.layers for stroke in layer.strokes])
    _check_size("ink", samples, MAX_SAMPLE_BYTES)
    if reaches_too_far(samples):
        raise TooLargeError("the drawing reaches beyond all measure")
    with zipfile.ZipFile(file, "w") as archive:
        _put(archive, "mimetype", MIME_TYPE.encode())
        _put(archive, "samples.f32", samples)
        ink_written()
        # A stroke at a time, so that a thread that saves never holds up the one that draws.
        head = f'{{"format_version": {FORMAT_VERSION}, '
        index = (head + "".join(document_lines(document))[1:]).encode()
        _check_size("pictures and proposals", index, MAX_JSON_BYTES)
        if (parts := _parts(index)) > MAX_JSON_PARTS:
            many = f"{parts:,} parts, those of names and proposals included"
            raise TooLargeError(f"the drawing has {many}; a file holds up to {MAX_JSON_PARTS:,}")
        _put(archive, "document.json", index)
        _put(archive, THUMBNAIL, _thumbnail(document))


def _put(archive: zipfile.ZipFile, name: str, data: bytes | memoryview) -> None:
    archive.writestr(zipfile.ZipInfo(name), data)  # a fixed date: the same bytes again


def _check_size(kind: str, data: bytes | memoryview, most: int) -> None:
    if len(data) > most:
        size = f"{len(data) >> 20} MiB of {kind}"
        raise TooLargeError(f"the drawing has {size}; a file holds up to {most >> 20} MiB")


def _parts(index: bytes) -> int:
    """How many values ``document.json`` has at most, whatever its texts hold."""
    return sum(map(index.count, (b",", b"[", b"{")))


def _thumbnail(document: Document) -> bytes:
    """The small picture; none where it fails, since that must not cost the drawing."""
    try:
        return thumbnail_of(document)
    except Exception:
        log.exception("no thumbnail")
        return b""


def thumbnail(path: Path) -> bytes:
    """The PNG file within a ``.sketch`` file; empty where there is none that can be had.

    Whoever decodes it must not trust it more than any other picture.
    """
    try:
        with path.open("rb") as file, open_zip(file) as archive:
            return read_member(archive, THUMBNAIL, MAX_THUMBNAIL_BYTES)
    except (OSError, KeyError, zipfile.BadZipFile, *_DAMAGED):
        return b""


def load(path: Path) -> Document:
    """Read a document.

    Raises:
        FormatError: Not a ``.sketch`` file, damaged, or of a newer version.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return read(file, str(path))


def read(file: IO[bytes], name: str) -> Document:
    """Read a document from an open file; ``name`` stands for it in errors.

    Raises:
        FormatError: Not a ``.sketch`` file, damaged, or of a newer version.
    """
    try:
        with open_zip(file) as archive:
            if read_member(archive, "mimetype", 100) != MIME_TYPE.encode():
                raise FormatError("not a sketchstudio document")
            text = read_member(archive, "document.json", MAX_JSON_BYTES)
            if _parts(text) > MAX_JSON_PARTS:
                raise FormatError("damaged: document.json has too many parts")
            index = json.loads(text)
            samples = read_member(archive, "samples.f32", MAX_SAMPLE_BYTES)
        return _document(index, samples)
    except zipfile.BadZipFile:
        raise FormatError(f"{name}: not a sketchstudio document, or cut off") from None
    except KeyError as error:
        raise FormatError(f"{name}: damaged: {error.args[0]!r} is missing") from None
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from None
    except _DAMAGED as error:
        raise FormatError(f"{name}: damaged: {error}") from None


def _document(index: Any, data: bytes) -> Document:
    version = index["format_version"]
    if type(version) is not int or version < 1:
        raise FormatError(f"damaged: format version {version!r}")
    if version > FORMAT_VERSION:
        raise FormatError(
            f"written by a newer sketchstudio (format {version}, this one reads {FORMAT_VERSION});"
            " please update"
        )
    layers = index["layers"]
    _check_counts(len(layers), sum(len(layer["strokes"]) for layer in layers))
    for step in _MIGRATIONS[version - 1 :]:
        step(index)
    ink = Ink(data)
    document = read_document(index, ink)
    ink.finish()
    return document


def _check_counts(layers: int, strokes: int) -> None:
    for kind, count, most in (("layers", layers, MAX_LAYERS), ("strokes", strokes, MAX_STROKES)):
        if count > most:
            raise TooLargeError(f"the drawing has {count:,} {kind}; a file holds up to {most:,}")


def _from_1(index: dict[str, Any]) -> None:
    """Version 1 knew endless plain pages only, and smoothed all strokes alike."""
    plain, evened = Page(), StrokeStyle()
    page = {"pattern": plain.pattern, "spacing": plain.spacing, "size": None}
    index["page"] = page | index["page"]
    for layer in index["layers"]:
        for stroke in layer["strokes"]:
            stroke |= {"smoothing": evened.smoothing, "grain": evened.grain}


_MIGRATIONS = (_from_1,)
"""From each version to the next; the first from version 1."""
