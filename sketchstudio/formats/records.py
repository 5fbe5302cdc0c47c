"""A document's parts as JSON records and back; files of ours and journals share them.

Reading believes nothing: what is missing, of another kind, beyond its range or not finite is
refused. Fields that this version does not know are kept as they are and written again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document, Layer, Page, Pattern, View
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.fields import (
    FAR,
    color,
    encode,
    flag,
    more,
    number,
    text,
    unknown,
    within,
)
from sketchstudio.formats.picture_record import picture_record, read_picture_record
from sketchstudio.formats.proposals import (
    Codes,
    codes_record,
    proposal_record,
    provenance_record,
    read_codes,
    read_proposals,
    read_provenance,
)

SAMPLE = np.dtype("<f4")
"""Of the four numbers of a sample."""

SAMPLE_BYTES = 4 * SAMPLE.itemsize

_LONGEST_NAME = 10_000  # characters; a window that shows a longer one stands still

_BEYOND = 1e30
"""Greater numbers end in infinities when they are drawn, and keep Qt busy for seconds a stroke."""

_STYLE = {field.name for field in fields(StrokeStyle)}
_STROKE = _STYLE | {"id", "offset", "count", "origin", "provenance"}
_LAYER = {"id", "name", "visible", "locked", "opacity", "strokes"}
_PAGE = {"paper", "pattern", "spacing", "size", "picture"}
_VIEW = {"x", "y", "zoom", "angle"}
_DOCUMENT = {"format_version", "title", "page", "view", "layers", "codes", "proposals"}


def document_lines(document: Document) -> Iterator[str]:
    """The JSON of a document but for its ink, a stroke a line."""
    yield _head(document) + ', "layers": ['
    offset = 0
    for level, layer in enumerate(document.layers):
        yield f'{"," if level else ""}\n{layer_head(layer)}, "strokes": ['
        style, look = None, ""
        for place, stroke in enumerate(layer.strokes):
            if stroke.style is not style:  # most look as the one before
                style, look = stroke.style, _style_text(stroke.style)
            yield f"{',' if place else ''}\n{stroke_record(stroke, offset, look)}"
            offset += len(stroke.samples)
        yield "]}"
    yield "]"
    if codes := codes_record(document):
        yield f', "codes": {codes}'
    for place, proposal in enumerate(document.proposals):
        yield (", " if place else ', "proposals": [') + "\n" + proposal_record(proposal)
    if document.proposals:
        yield "]"
    yield "}\n"


def layer_head(layer: Layer) -> str:
    """The record of a layer up to its strokes; the brace is open."""
    known = {
        "id": layer.id,
        "name": layer.name,
        "visible": layer.visible,
        "locked": layer.locked,
        "opacity": float(layer.opacity),
    }
    return encode(known)[:-1] + more(layer.unknown)


def stroke_record(stroke: Stroke, offset: int, look: str = "") -> str:
    """The record of a stroke whose samples begin at ``offset``; ``look`` is that of its style."""
    record = (
        f'{{"id": {encode(stroke.id)}, "offset": {offset}, "count": {len(stroke.samples)}, '
        f'{look or _style_text(stroke.style)}, "origin": "{stroke.origin}"'
    )
    if stroke.provenance:
        record += f', "provenance": {provenance_record(stroke.provenance)}'
    return f"{record}{more(stroke.unknown)}}}"


def sample_bytes(strokes: list[Stroke]) -> bytes | memoryview:
    """The samples of all strokes, one after the other."""
    if not strokes:
        return b""
    samples = np.concatenate([s.samples for s in strokes]).astype(SAMPLE, copy=False)
    return samples.data.cast("B")


def reaches_too_far(data: bytes | memoryview) -> bool:
    """Whether samples, all finite, are such that `Ink` would refuse them."""
    values = np.frombuffer(data, dtype=SAMPLE)
    return len(values) > 0 and bool(max(values.max(), -values.min()) > _BEYOND)


def read_document(index: Mapping[str, Any], ink: Ink) -> Document:
    """The document of a record of the current version.

    Raises:
        FormatError, KeyError, TypeError, ValueError: It is damaged.
    """
    codes = read_codes(index.get("codes", {}))
    layers = tuple(
        read_layer(record, tuple(read_stroke(stroke, ink, codes) for stroke in record["strokes"]))
        for record in index["layers"]
    )
    proposals = read_proposals(index.get("proposals", ()), codes)
    return checked(replace(read_head(index, layers), proposals=proposals))


def read_head(index: Mapping[str, Any], layers: tuple[Layer, ...]) -> Document:
    """A document of these layers and everything else from its record."""
    view = index.get("view")
    return Document(
        layers,
        _page(index["page"]),
        text(index["title"])[:_LONGEST_NAME],
        None if view is None else _view(view),
        unknown(index, _DOCUMENT),
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
        name=text(record["name"])[:_LONGEST_NAME],
        strokes=strokes,
        visible=flag(record["visible"]),
        locked=flag(record["locked"]),
        opacity=number(record["opacity"], 0, 1),
        id=text(record["id"]),
        unknown=unknown(record, _LAYER),
    )


def read_stroke(record: Mapping[str, Any], ink: Ink, codes: Codes | None = None) -> Stroke:
    """The stroke of a record, with the next samples; ``codes`` are those it may name."""
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
        read_provenance(made_by, codes or {}) if made_by is not None else None,
        text(record["id"]),
        unknown(record, _STROKE),
    )


class Ink:
    """Hands out samples once and in order, so that a small file cannot ask for much.

    Args:
        data: Little-endian float32, four numbers a sample.

    Raises:
        FormatError: They are cut off, or beyond all measure.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) % SAMPLE_BYTES:
            raise FormatError("damaged: samples.f32 is cut off")
        self._samples = np.frombuffer(data, dtype=SAMPLE).reshape(-1, 4)
        if (np.abs(self._samples) > _BEYOND).any():
            raise FormatError("damaged: a sample that is not finite, or beyond all measure")
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
    head = f'"title": {encode(document.title)}, "page": {encode(paper)[:-1]}'
    if page.picture is not None:
        head += f', "picture": {picture_record(page.picture)}'
    head += more(page.unknown) + "}"
    if view is not None:
        seen = {
            "x": within(view.x, -FAR, FAR),
            "y": within(view.y, -FAR, FAR),
            "zoom": float(view.zoom),
            "angle": float(view.angle),
        }
        head += f', "view": {encode(seen)[:-1]}{more(view.unknown)}}}'
    return "{" + head + more(document.unknown)


@lru_cache(maxsize=256)
def _style_text(style: StrokeStyle) -> str:
    """The fields of a style; most strokes share theirs with others, so it is made once."""
    return encode(
        {
            "color": style.color,
            "width": float(style.width),
            "pressure": bool(style.pressure),
            "smoothing": float(style.smoothing),
            "grain": float(style.grain),
            "highlighter": bool(style.highlighter),
        }
    )[1:-1]


def _page(record: Mapping[str, Any]) -> Page:
    size = record["size"]
    if size is not None:
        width, height = size
        size = number(width, 1, 1e6), number(height, 1, 1e6)
    picture = record.get("picture")
    return Page(
        paper=color(record["paper"]),
        pattern=Pattern(record["pattern"]),
        spacing=number(record["spacing"], 2, 1e4),
        size=size,
        unknown=unknown(record, _PAGE),
        picture=None if picture is None else read_picture_record(picture),
    )


def _view(record: Mapping[str, Any]) -> View:
    return View(
        x=number(record["x"], -FAR, FAR),
        y=number(record["y"], -FAR, FAR),
        zoom=number(record["zoom"], 1e-3, 1e3),
        angle=number(record["angle"], -180, 180),
        unknown=unknown(record, _VIEW),
    )


@lru_cache(maxsize=256, typed=True)
def _style(
    ink: object,
    width: object,
    pressure: object,
    smoothing: object,
    grain: object,
    highlighter: object,
) -> StrokeStyle:
    return StrokeStyle(
        color=color(ink),
        width=number(width, 0, 1e6),
        pressure=flag(pressure),
        smoothing=number(smoothing, 0, 1),
        grain=number(grain, 1e-6, 1e6),
        highlighter=flag(highlighter),
    )
