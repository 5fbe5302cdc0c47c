"""SVG through svgwrite: what the canvas shows, as shapes that other programs can edit."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sketchstudio.core.document import Document, Layer, Page, Pattern, printed_color
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats.export_options import PER_PX, ExportOptions, Unit
from sketchstudio.formats.replay import Timeline
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.formats.svg_data import line_data, number, outline_data
from sketchstudio.formats.svg_embedded import embed

ENDING = ".svg"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PLAIN = ExportOptions()


def _nothing() -> None:
    pass


def write_svg(
    document: Document,
    path: Path,
    options: ExportOptions = _PLAIN,
    *,
    bounds: Bounds | None = None,
    replay: bool = False,
) -> None:
    """Write the layers whole or not at all; arguments as `to_svg_string`.

    Raises:
        SketchError: There is no visible ink, the page is endless and no bounds are given.
            Or it is too large to be held in the file, where that is asked for.
        WriteError: The place cannot be written.
    """
    text = to_svg_string(document, options, bounds=bounds, replay=replay)
    with safe_write(path) as file:
        file.write(text.encode())


def to_svg_string(
    document: Document,
    options: ExportOptions = _PLAIN,
    *,
    bounds: Bounds | None = None,
    replay: bool = False,
    before_each: Callable[[], None] = _nothing,
    debug: bool = False,
) -> str:
    """The layers as the text of an SVG file, whose units are px of the page.

    Strokes of constant width are lines that can still be edited; pressure strokes are outlines.
    Hidden layers are there, but not shown.

    Args:
        document: What to write.
        options: What the picture is like.
        bounds: The part of the page to show; None leaves it to the options.
        replay: Whether it is drawn before the eyes; viewers that do not animate show all of it.
        before_each: Called before each stroke; what it raises ends the writing.
        debug: Let svgwrite check every element; several times slower.

    Raises:
        SketchError: There is no visible ink, the page is endless and no bounds are given.
            Or it is too large to be held in the file, where that is asked for.
    """
    # Here, not above: the window must be up before what only an export needs is imported.
    import svgwrite

    view = bounds or options.view(document)
    left, top, width, height = map(number, (view.left, view.top, view.width, view.height))
    drawing = svgwrite.Drawing(
        size=(_size(view.width, options), _size(view.height, options)),
        viewBox=f"{left} {top} {width} {height}",
        debug=debug,
    )
    drawing.set_desc(_clean(document.title) or "Sketch", "Drawn with sketchstudio")
    area = {"insert": (left, top), "size": (width, height)}
    page = document.page
    if options.background:
        drawing.add(drawing.rect(**area, id="paper", fill=page.paper))
    if options.pattern and page.pattern is not Pattern.PLAIN:
        drawing.defs.add(_pattern(drawing, page))
        drawing.add(drawing.rect(**area, id="printed", fill="url(#pattern)"))
    timeline = Timeline(document, options) if replay else None
    _Writer(drawing, options, timeline, before_each).add(document)
    text = io.StringIO()
    drawing.write(text)
    return embed(text.getvalue(), document) if options.embed else text.getvalue()


def _size(length: float, options: ExportOptions) -> str:
    unit = "" if options.unit is Unit.PX else options.unit.value
    return number(length * options.scale * PER_PX[options.unit], 2 if not unit else 4) + unit


def _pattern(drawing: Any, page: Page) -> Any:
    """One cell of what is printed on the paper, to be repeated from the origin."""
    step = number(page.spacing)
    cell = drawing.pattern((0, 0), (step, step), id="pattern", patternUnits="userSpaceOnUse")
    color = printed_color(page)
    if page.pattern is Pattern.DOTS:
        # In the middle of the cell, where its edges cut nothing off, and moved back as a whole.
        middle = number(page.spacing / 2)
        cell["patternTransform"] = f"translate(-{middle} -{middle})"
        cell.add(drawing.circle((middle, middle), 1, fill=color))
        return cell
    line = f"M0,0H{step}" + (f"M0,0V{step}" if page.pattern is Pattern.GRID else "")
    cell.add(drawing.path(line, stroke=color, stroke_width=2))  # half of it is in the next cell
    return cell


class _Writer:
    """Adds the layers of a document to a picture.

    Args:
        drawing: svgwrite's.
        options: What the picture is like.
        timeline: When each stroke is drawn, in a replay.
        before_each: Called before each stroke.
    """

    def __init__(
        self,
        drawing: Any,
        options: ExportOptions,
        timeline: Timeline | None,
        before_each: Callable[[], None],
    ) -> None:
        from svgwrite.extensions import Inkscape

        self._drawing = drawing
        self._options = options
        self._timeline = timeline
        self._before_each = before_each
        self._masks = 0
        self._layers = Inkscape(drawing) if options.layers else None

    def add(self, document: Document) -> None:
        for layer in document.layers:
            self._drawing.add(self._group(layer))

    def _group(self, layer: Layer) -> Any:
        name = " ".join(_clean(layer.name).split()) or "Layer"
        looks = {
            "id": f"layer-{_clean(layer.id)}",
            "fill": "none",
            "stroke_linecap": "round",
            "stroke_linejoin": "round",
        }
        if self._layers is not None:
            group = self._layers.layer(name, layer.locked, **looks)
        else:
            group = self._drawing.g(**looks)
            group.set_desc(title=name)
        if not layer.visible:
            group["display"] = "none"
        if layer.opacity < 1:
            group["opacity"] = number(layer.opacity)
        for stroke in layer.painted:
            group.add(self._stroke(stroke, layer.visible))
        return group

    def _stroke(self, stroke: Stroke, visible: bool) -> Any:
        self._before_each()
        style = stroke.style
        filled = style.pressure or self._options.outlines
        precision = self._options.tolerance, self._options.decimals
        if filled:
            data = outline_data(stroke, *precision)
            path = self._drawing.path(data, fill=style.color, fill_rule="nonzero")
        else:
            path = self._line(stroke, style.color, number(style.width))
        if style.opacity < 1:
            path["opacity"] = number(style.opacity)
        if self._timeline is not None and visible:
            self._animate(path, stroke, filled)
        return path

    def _line(self, stroke: Stroke, color: str, width: str) -> Any:
        data = line_data(stroke, self._options.tolerance, self._options.decimals)
        return self._drawing.path(data, stroke=color, stroke_width=width)

    def _animate(self, path: Any, stroke: Stroke, filled: bool) -> None:
        """Let a stroke come out from its start: its line, or the mask that uncovers its shape."""
        assert self._timeline is not None
        line = path
        if filled:
            box = stroke.bounds.expanded(2 * stroke.style.width + 10)
            self._masks += 1
            mask = self._drawing.mask(
                (number(box.left), number(box.top)),
                (number(box.width), number(box.height)),
                id=f"mask-{self._masks}",
                maskUnits="userSpaceOnUse",
                fill="none",
                stroke_linecap="round",
                stroke_linejoin="round",
            )
            line = self._line(stroke, "#fff", number(1.5 * stroke.style.width + 1))
            mask.add(line)
            self._drawing.defs.add(mask)
            path["mask"] = f"url(#mask-{self._masks})"
        line["pathLength"] = 1
        for attributes in self._timeline.animations(stroke):
            line.add(self._drawing.animate(**attributes))


def _clean(text: str) -> str:
    """Text without the characters that XML has no way to write."""
    return _NOT_XML.sub("", text)
