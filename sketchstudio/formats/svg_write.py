"""SVG through svgwrite: what the canvas shows, as shapes that other programs can edit."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document, Layer, Page, Pattern, printed_color
from sketchstudio.core.outline import centre_line, stroke_outline
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats.safe_write import safe_write

ENDING = ".svg"

MARGIN = 10.0
"""Paper left free round the ink, page px."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_svg(
    document: Document,
    path: Path,
    *,
    bounds: Bounds | None = None,
    background: bool = False,
    pattern: bool = False,
    margin: float = MARGIN,
) -> None:
    """Write the layers whole or not at all; arguments as `to_svg_string`.

    Raises:
        SketchError: There is no visible ink, the page is endless and no bounds are given.
        WriteError: The place cannot be written.
    """
    text = to_svg_string(
        document, bounds=bounds, background=background, pattern=pattern, margin=margin
    )
    with safe_write(path) as file:
        file.write(text.encode())


def to_svg_string(
    document: Document,
    *,
    bounds: Bounds | None = None,
    background: bool = False,
    pattern: bool = False,
    margin: float = MARGIN,
    debug: bool = False,
) -> str:
    """The layers as the text of an SVG file, 1 px of the page to 1 of the picture.

    Strokes of constant width are lines that can still be edited; pressure strokes are outlines.
    Hidden layers are there, but not shown.

    Args:
        document: What to write.
        bounds: The part of the page to show; None takes the page, or where it is endless the
            visible ink with ``margin`` round it.
        background: Whether to lay the paper's colour under it.
        pattern: Whether to write what is printed on the paper, too.
        margin: Page px, for ``bounds`` None.
        debug: Let svgwrite check every element; several times slower.

    Raises:
        SketchError: There is no visible ink, the page is endless and no bounds are given.
    """
    # Here, not above: the window must be up before what only an export needs is imported.
    import svgwrite
    from svgwrite.extensions import Inkscape

    page = document.page
    view = bounds or page.bounds or _ink_bounds(document).expanded(margin)
    left, top, width, height = map(_number, (view.left, view.top, view.width, view.height))
    drawing = svgwrite.Drawing(
        size=(width, height), viewBox=f"{left} {top} {width} {height}", debug=debug
    )
    drawing.set_desc(_clean(document.title) or "Sketch", "Drawn with sketchstudio")
    layers = Inkscape(drawing)
    area = {"insert": (left, top), "size": (width, height)}
    if background:
        drawing.add(drawing.rect(**area, id="paper", fill=page.paper))
    if pattern and page.pattern is not Pattern.PLAIN:
        drawing.defs.add(_pattern(drawing, page))
        drawing.add(drawing.rect(**area, id="printed", fill="url(#pattern)"))
    for layer in document.layers:
        drawing.add(_group(drawing, layers, layer))
    text = io.StringIO()
    drawing.write(text)
    return text.getvalue()


def _pattern(drawing: Any, page: Page) -> Any:
    """One cell of what is printed on the paper, to be repeated from the origin."""
    step = _number(page.spacing)
    cell = drawing.pattern((0, 0), (step, step), id="pattern", patternUnits="userSpaceOnUse")
    color = printed_color(page)
    if page.pattern is Pattern.DOTS:
        # In the middle of the cell, where its edges cut nothing off, and moved back as a whole.
        middle = _number(page.spacing / 2)
        cell["patternTransform"] = f"translate(-{middle} -{middle})"
        cell.add(drawing.circle((middle, middle), 1, fill=color))
        return cell
    line = f"M0,0H{step}" + (f"M0,0V{step}" if page.pattern is Pattern.GRID else "")
    cell.add(drawing.path(line, stroke=color, stroke_width=2))  # half of it is in the next cell
    return cell


def _group(drawing: Any, layers: Any, layer: Layer) -> Any:
    group = layers.layer(
        " ".join(_clean(layer.name).split()) or "Layer",
        layer.locked,
        id=f"layer-{_clean(layer.id)}",
        fill="none",
        stroke_linecap="round",
        stroke_linejoin="round",
    )
    if not layer.visible:
        group["display"] = "none"
    if layer.opacity < 1:
        group["opacity"] = _number(layer.opacity)
    for stroke in layer.painted:
        path = _path(drawing, stroke)
        if stroke.style.opacity < 1:
            path["opacity"] = _number(stroke.style.opacity)
        group.add(path)
    return group


def _path(drawing: Any, stroke: Stroke) -> Any:
    color = stroke.style.color
    if stroke.style.pressure:
        outline = _polyline(stroke_outline(stroke)) + "Z"
        return drawing.path(outline, fill=color, fill_rule="nonzero")
    line = centre_line(stroke)
    if len(line) == 1:
        line = np.repeat(line, 2, axis=0)  # a line to itself, whose caps are the dot
    return drawing.path(_polyline(line), stroke=color, stroke_width=_number(stroke.style.width))


def _ink_bounds(document: Document) -> Bounds:
    ends: list[npt.NDArray[np.float32]] = []
    for stroke in document.strokes():
        line = centre_line(stroke)
        half = np.float32(stroke.style.width / 2)
        ends += [line.min(axis=0) - half, line.max(axis=0) + half]
    if not ends:
        raise SketchError("the drawing is empty: there is nothing to export")
    left, top = np.min(ends, axis=0).tolist()
    right, bottom = np.max(ends, axis=0).tolist()
    return Bounds(left, top, right, bottom)


def _polyline(points: npt.NDArray[np.float32]) -> str:
    rounded = np.round(points.astype(np.float64), 2) + 0.0  # + 0.0 makes -0 a 0
    return "M" + "L".join(f"{_number(x)},{_number(y)}" for x, y in rounded.tolist())


def _number(value: float) -> str:
    """Two decimals at most and never an exponent, which some readers do not know."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _clean(text: str) -> str:
    """Text without the characters that XML has no way to write."""
    return _NOT_XML.sub("", text)
