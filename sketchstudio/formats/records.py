"""A document's parts as JSON records and back; files of ours and journals share them.

Reading believes nothing: what is missing, of another kind, beyond its range or not finite is
refused. Fields that this version does not know are kept as they are and written again.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document, Layer, Page, Pattern, View
from sketchstudio.core.stroke import Origin, Provenance, Stroke, StrokeStyle
from sketchstudio.formats.errors import FormatError

SAMPLE = np.dtype("<f4")
"""Of the four numbers of a sample."""

SAMPLE_BYTES = 4 * SAMPLE.itemsize

_STYLE = {field.name for field in fields(StrokeStyle)}
_STROKE = _STYLE | {"id", "offset", "count", "origin", "provenance"}
_LAYER = {"id", "name", "visible", "locked", "opacity", "strokes"}
_PAGE = {"paper", "pattern", "spacing", "size"}
_VIEW = {"x", "y", "zoom", "angle"}
_DOCUMENT = {"format_version", "title", "page", "view", "layers"}

_encode = json.JSONEncoder(allow_nan=False).encode


def document_lines(document: Document) -> Iterator[str]:
    """The JSON of a document but for its ink, a stroke a line."""
    yield _head(document) + ', "layers": ['
    offset = 0
    for number, layer in enumerate(document.layers):
        yield f'{"," if number else ""}\n{layer_head(layer)}, "strokes": ['
        for place, stroke in enumerate(layer.strokes):
            yield f"{',' if place else ''}\n{stroke_record(stroke, offset)}"
            offset += len(stroke.samples)
        yield "]}"
    yield "]}\n"


def layer_head(layer: Layer) -> str:
    """The record of a layer up to its strokes; the brace is open."""
    known = {
        "id": layer.id,
        "name": layer.name,
        "visible": layer.visible,
        "locked": layer.locked,
        "opacity": float(layer.opacity),
    }
    return _encode(known)[:-1] + _more(layer.unknown)


def stroke_record(stroke: Stroke, offset: int) -> str:
    """The record of a stroke whose samples begin at ``offset``."""
    parts = [
        f'{{"id": {_encode(stroke.id)}, "offset": {offset}, "count": {len(stroke.samples)}',
        f'{_style_text(stroke.style)}, "origin": "{stroke.origin.value}"',
    ]
    if stroke.provenance:
        parts.append(f'"provenance": {_provenance_text(stroke.provenance)}')
    return ", ".join(parts) + _more(stroke.unknown) + "}"


def sample_bytes(strokes: list[Stroke]) -> bytes:
    """The samples of all strokes, one after the other."""
    if not strokes:
        return b""
    return np.concatenate([s.samples for s in strokes]).astype(SAMPLE, copy=False).tobytes()


def read_document(index: Mapping[str, Any], ink: Ink) -> Document:
    """The document of a record of the current version.

    Raises:
        FormatError, KeyError, TypeError, ValueError: It is damaged.
    """
    layers = tuple(
        read_layer(record, tuple(read_stroke(stroke, ink) for stroke in record["strokes"]))
        for record in index["layers"]
    )
    return checked(read_head(index, layers))


def read_head(index: Mapping[str, Any], layers: tuple[Layer, ...]) -> Document:
    """A document of these layers and everything else from its record."""
    view = index.get("view")
    return Document(
        layers,
        _page(index["page"]),
        _text(index["title"]),
        None if view is None else _view(view),
        _unknown(index, _DOCUMENT),
    )


def checked(document: Document) -> Document:
    """The document itself, where no two layers or strokes have the same id."""
    ids = [layer.id for layer in document.layers]
    ids += [stroke.id for layer in document.layers for stroke in layer.strokes]
    if len(set(ids)) != len(ids):
        raise FormatError("damaged: two layers or strokes have the same id")
    return document


def read_layer(record: Mapping[str, Any], strokes: tuple[Stroke, ...]) -> Layer:
    """A layer of these strokes and everything else from its record."""
    return Layer(
        name=_text(record["name"]),
        strokes=strokes,
        visible=_flag(record["visible"]),
        locked=_flag(record["locked"]),
        opacity=_number(record["opacity"], 0, 1),
        id=_text(record["id"]),
        unknown=_unknown(record, _LAYER),
    )


def read_stroke(record: Mapping[str, Any], ink: Ink) -> Stroke:
    """The stroke of a record, with the next samples."""
    made_by = record.get("provenance")
    return Stroke(
        ink.take(record["offset"], record["count"]),
        _style(
            record["color"],
            record["width"],
            record["pressure"],
            record["smoothing"],
            record["grain"],
            record.get("highlighter", False),
        ),
        Origin(record["origin"]),
        _provenance(made_by) if made_by is not None else None,
        _text(record["id"]),
        _unknown(record, _STROKE),
    )


class Ink:
    """Hands out samples once and in order, so that a small file cannot ask for much.

    Args:
        data: Little-endian float32, four numbers a sample.

    Raises:
        FormatError: They are cut off.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) % SAMPLE_BYTES:
            raise FormatError("damaged: samples.f32 is cut off")
        self._samples = np.frombuffer(data, dtype=SAMPLE).reshape(-1, 4)
        self._used = 0

    def take(self, offset: object, count: object) -> npt.NDArray[np.float32]:
        """The next ``count`` samples (N, 4), which begin at ``offset``."""
        if offset != self._used or type(count) is not int or count < 1:
            raise FormatError(f"damaged: a stroke of {count} samples at {offset}")
        self._used += count
        if self._used > len(self._samples):
            raise FormatError("damaged: samples.f32 is cut off")
        return self._samples[self._used - count : self._used]

    def finish(self) -> None:
        """Be sure that all were taken."""
        if self._used != len(self._samples):
            raise FormatError("damaged: samples.f32 holds ink that no stroke uses")


def head_record(document: Document) -> str:
    """The record of a document without layers."""
    return _head(document) + "}"


def _head(document: Document) -> str:
    page, view = document.page, document.view
    paper = {
        "paper": page.paper,
        "pattern": page.pattern.value,
        "spacing": float(page.spacing),
        "size": [float(length) for length in page.size] if page.size else None,
    }
    text = f'"title": {_encode(document.title)}, "page": {_encode(paper)[:-1]}'
    text += _more(page.unknown) + "}"
    if view is not None:
        seen = {name: float(getattr(view, name)) for name in ("x", "y", "zoom", "angle")}
        text += f', "view": {_encode(seen)[:-1]}{_more(view.unknown)}}}'
    return "{" + text + _more(document.unknown)


@lru_cache(maxsize=256)
def _style_text(style: StrokeStyle) -> str:
    """The fields of a style; most strokes share theirs with others, so it is made once."""
    return _encode(
        {
            "color": style.color,
            "width": float(style.width),
            "pressure": bool(style.pressure),
            "smoothing": float(style.smoothing),
            "grain": float(style.grain),
            "highlighter": bool(style.highlighter),
        }
    )[1:-1]


@lru_cache(maxsize=256)
def _provenance_text(made_by: Provenance) -> str:
    known = {
        "model": made_by.model,
        "action": made_by.action,
        "seed": made_by.seed,
        "temperature": float(made_by.temperature),
        "categories": made_by.categories,
    }
    return _encode(known)


def _more(unknown: str) -> str:
    """Fields kept from a file, to follow others."""
    return f", {unknown[1:-1]}" if unknown else ""


def _unknown(record: Mapping[str, Any], known: set[str]) -> str:
    """The fields that this version does not know, as JSON; empty where there are none."""
    rest = record.keys() - known
    return _encode({name: record[name] for name in record if name in rest}) if rest else ""


def _page(record: Mapping[str, Any]) -> Page:
    size = record["size"]
    if size is not None:
        width, height = size
        size = _number(width, 1, 1e6), _number(height, 1, 1e6)
    return Page(
        paper=_color(record["paper"]),
        pattern=Pattern(record["pattern"]),
        spacing=_number(record["spacing"], 2, 1e4),
        size=size,
        unknown=_unknown(record, _PAGE),
    )


def _view(record: Mapping[str, Any]) -> View:
    return View(
        x=_number(record["x"], -1e9, 1e9),
        y=_number(record["y"], -1e9, 1e9),
        zoom=_number(record["zoom"], 1e-3, 1e3),
        angle=_number(record["angle"], -180, 180),
        unknown=_unknown(record, _VIEW),
    )


@lru_cache(maxsize=256, typed=True)
def _style(
    color: object,
    width: object,
    pressure: object,
    smoothing: object,
    grain: object,
    highlighter: object,
) -> StrokeStyle:
    return StrokeStyle(
        color=_color(color),
        width=_number(width, 0, 1e6),
        pressure=_flag(pressure),
        smoothing=_number(smoothing, 0, 1),
        grain=_number(grain, 1e-6, 1e6),
        highlighter=_flag(highlighter),
    )


def _provenance(record: Mapping[str, Any]) -> Provenance:
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
    return float(value)


def _color(value: object) -> str:
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise FormatError(f"damaged: {value!r:.40} where a colour #rrggbb should be")
    return value
