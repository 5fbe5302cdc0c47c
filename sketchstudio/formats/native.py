"""The app's own ``.sketch`` files: a zip that a person can open.

``mimetype`` comes first, as in OpenRaster, so that the kind of file can be told from its first
bytes. ``document.json`` holds everything but the ink; ``samples.f32`` holds the ink, little-endian
float32 (N, 4) as in `Stroke.samples`, all strokes in order. Nothing is compressed: writing is what
a person waits for, and ink hardly shrinks.
"""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from typing import IO, Any

from sketchstudio.core.document import Document, Page
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.formats.archive import open_zip, read_member
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.records import Ink, document_lines, read_document, sample_bytes
from sketchstudio.formats.safe_write import safe_write

ENDING = ".sketch"
MIME_TYPE = "application/x-sketchstudio"
FORMAT_VERSION = 2

MAX_JSON_BYTES = 64 << 20
MAX_JSON_PARTS = 1_000_000
"""Objects and lists of ``document.json``: of 200,000 strokes, say. More take seconds to read."""

MAX_SAMPLE_BYTES = 1 << 30


def save(document: Document, path: Path) -> None:
    """Write a document whole or not at all; equal documents give equal bytes.

    The version before stays, as `safe_write.backup_of` names it.

    Raises:
        WriteError: The place cannot be written.
    """
    with safe_write(path, backup=True) as file:
        write(document, file)


def write(document: Document, file: IO[bytes]) -> None:
    """Write a document to an open file."""
    strokes = [stroke for layer in document.layers for stroke in layer.strokes]
    # A stroke at a time, so that a thread that saves never holds up the one that draws.
    index = f'{{"format_version": {FORMAT_VERSION}, ' + "".join(document_lines(document))[1:]
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in (
            ("mimetype", MIME_TYPE.encode()),
            ("document.json", index.encode()),
            ("samples.f32", sample_bytes(strokes)),
        ):
            archive.writestr(zipfile.ZipInfo(name), data)  # a fixed date: the same bytes again


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
            if text.count(b"[") + text.count(b"{") > MAX_JSON_PARTS:
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
    except (
        ArithmeticError,
        AttributeError,
        EOFError,
        NotImplementedError,
        RecursionError,
        RuntimeError,
        TypeError,
        ValueError,
        zlib.error,
    ) as error:
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
    for step in _MIGRATIONS[version - 1 :]:
        step(index)
    ink = Ink(data)
    document = read_document(index, ink)
    ink.finish()
    return document


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
