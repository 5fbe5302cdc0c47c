"""The app's own ``.sketch`` files: a zip that a person can open.

``mimetype`` comes first, as in OpenRaster, so that the kind of file can be told from its first
bytes. ``document.json`` holds everything but the ink; ``samples.f32`` holds the ink, little-endian
float32 (N, 4) as in `Stroke.samples`, all strokes in order. Nothing is compressed: writing is what
a person waits for, and ink hardly shrinks.
"""

from __future__ import annotations

import json
import math
import re
import zipfile
import zlib
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.stroke import Origin, Provenance, Stroke, StrokeStyle
from sketchstudio.formats.archive import read_member
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import safe_write

ENDING = ".sketch"
MIME_TYPE = "application/x-sketchstudio"
FORMAT_VERSION = 2

MAX_JSON_BYTES = 256 << 20
MAX_SAMPLE_BYTES = 1 << 30

_SAMPLE = np.dtype("<f4")
_SAMPLE_BYTES = 4 * _SAMPLE.itemsize


def save(document: Document, path: Path) -> None:
    """Write a document whole or not at all; equal documents give equal bytes.

    Raises:
        WriteError: The place cannot be written.
    """
    with safe_write(path) as file:
        write(document, file)


def write(document: Document, file: IO[bytes]) -> None:
    """Write a document to an open file."""
    strokes = [stroke for layer in document.layers for stroke in layer.strokes]
    ends = iter(np.cumsum([len(stroke.samples) for stroke in strokes]).tolist())
    index = {
        "format_version": FORMAT_VERSION,
        "title": document.title,
        "page": asdict(document.page),
        "layers": [
            {
                "id": layer.id,
                "name": layer.name,
                "visible": layer.visible,
                "locked": layer.locked,
                "opacity": layer.opacity,
                "strokes": [_stroke_record(stroke, next(ends)) for stroke in layer.strokes],
            }
            for layer in document.layers
        ],
    }
    samples = b"".join(stroke.samples.astype(_SAMPLE).tobytes() for stroke in strokes)
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in (
            ("mimetype", MIME_TYPE.encode()),
            ("document.json", json.dumps(index, indent=1, allow_nan=False).encode()),
            ("samples.f32", samples),
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
        with zipfile.ZipFile(file) as archive:
            if read_member(archive, "mimetype", 100) != MIME_TYPE.encode():
                raise FormatError("not a sketchstudio document")
            index = json.loads(read_member(archive, "document.json", MAX_JSON_BYTES))
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


def _stroke_record(stroke: Stroke, end: int) -> dict[str, Any]:
    count = len(stroke.samples)
    record: dict[str, Any] = {
        "id": stroke.id,
        "offset": end - count,
        "count": count,
        **asdict(stroke.style),
        "origin": stroke.origin.value,
    }
    if stroke.provenance:
        record["provenance"] = _provenance_record(stroke.provenance)
    return record


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
    if len(data) % _SAMPLE_BYTES:
        raise FormatError("damaged: samples.f32 is cut off")
    ink = _Ink(np.frombuffer(data, dtype=_SAMPLE).reshape(-1, 4))
    layers = tuple(_layer(record, ink) for record in index["layers"])
    if ink.used != len(ink.samples):
        raise FormatError("damaged: samples.f32 holds ink that no stroke uses")
    ids = [layer.id for layer in layers]
    ids += [stroke.id for layer in layers for stroke in layer.strokes]
    if len(set(ids)) != len(ids):
        raise FormatError("damaged: two layers or strokes have the same id")
    return Document(layers, _page(index["page"]), _text(index["title"]))


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


class _Ink:
    """Hands out the samples once and in order, so that a small file cannot ask for much."""

    def __init__(self, samples: npt.NDArray[np.float32]) -> None:
        self.samples = samples
        self.used = 0

    def take(self, offset: object, count: object) -> npt.NDArray[np.float32]:
        if offset != self.used or type(count) is not int or count < 1:
            raise FormatError(f"damaged: a stroke of {count} samples at {offset}")
        self.used += count
        if self.used > len(self.samples):
            raise FormatError("damaged: samples.f32 is cut off")
        return self.samples[self.used - count : self.used]


def _page(record: dict[str, Any]) -> Page:
    size = record["size"]
    if size is not None:
        width, height = size
        size = _number(width, 1, 1e6), _number(height, 1, 1e6)
    return Page(
        paper=_color(record["paper"]),
        pattern=Pattern(record["pattern"]),
        spacing=_number(record["spacing"], 2, 1e4),
        size=size,
    )


def _layer(record: dict[str, Any], ink: _Ink) -> Layer:
    return Layer(
        name=_text(record["name"]),
        strokes=tuple(_stroke(stroke, ink) for stroke in record["strokes"]),
        visible=_flag(record["visible"]),
        locked=_flag(record["locked"]),
        opacity=_number(record["opacity"], 0, 1),
        id=_text(record["id"]),
    )


def _stroke(record: dict[str, Any], ink: _Ink) -> Stroke:
    made_by = record.get("provenance")
    return Stroke(
        ink.take(record["offset"], record["count"]),
        _style(record),
        Origin(record["origin"]),
        _provenance(made_by) if made_by is not None else None,
        _text(record["id"]),
    )


def _style(record: dict[str, Any]) -> StrokeStyle:
    return StrokeStyle(
        color=_color(record["color"]),
        width=_number(record["width"], 0, 1e6),
        pressure=_flag(record["pressure"]),
        smoothing=_number(record["smoothing"], 0, 1),
        highlighter=_flag(record.get("highlighter", False)),
        grain=_number(record["grain"], 1e-6, 1e6),
    )


def _provenance_record(made_by: Provenance) -> dict[str, Any]:
    return {
        "model": made_by.model,
        "action": made_by.action,
        "seed": made_by.seed,
        "temperature": made_by.temperature,
        "categories": made_by.categories,
    }


def _provenance(record: dict[str, Any]) -> Provenance:
    seed = record["seed"]
    if type(seed) is not int:
        raise FormatError(f"damaged: {seed!r} is no seed")
    return Provenance(
        model=_text(record["model"]),
        action=_text(record["action"]),
        seed=seed,
        temperature=_number(record["temperature"], 0, 1e6),
        categories=tuple(_text(name) for name in record["categories"]),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise FormatError(f"damaged: {value!r:.40} where text should be")
    return value


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise FormatError(f"damaged: {value!r:.40} where true or false should be")
    return value


def _number(value: object, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormatError(f"damaged: {value!r:.40} where a number should be")
    if not (math.isfinite(value) and low <= value <= high):
        raise FormatError(f"damaged: {value!r:.40} is not within {low} to {high}")
    return value


def _color(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise FormatError(f"damaged: {value!r:.40} where a colour #rrggbb should be")
    return value
