"""SVG from anywhere as strokes: what it shows as lines, in layers, on a page of its size.

The file is read by expat and drawn from here rather than by a library, since those expand what is
used by reference before anyone can count it; here everything is counted. A shape that is filled and
has no line becomes its outline. Texts and pictures are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.core.transform import Affine
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_embedded import embedded
from sketchstudio.formats.svg_look import Look, Paints, opacity_of, seen_on
from sketchstudio.formats.svg_path import Curves, closed, parse_path, points_along, shape_path
from sketchstudio.formats.svg_path import placed as put
from sketchstudio.formats.svg_style import StyleSheet, combined, length, transform
from sketchstudio.formats.svg_tree import MAX_BYTES, MAX_DEPTH, Element, parse
from sketchstudio.formats.svg_viewport import viewport

ENDINGS = (".svg", ".svgz")

MAX_STROKES = 10_000
MAX_POINTS = 1_000_000
MAX_NUMBERS = 300_000
"""Of all paths."""

MAX_CURVES = 150_000
MAX_DRAWN = 20_000
"""Elements drawn, each as often as it is used: a few can use each other a billion times."""

MAX_LAYERS = 200

_SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_GROUPS = frozenset({"g", "a", "switch", "svg", "symbol", "use"})
_LENGTHS = ("x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2")
_ACROSS = frozenset({"x", "width", "rx", "cx", "x1", "x2"})
_DOWN = frozenset({"y", "height", "ry", "cy", "y1", "y2"})
_LEFT_OUT = {"text": "text", "image": "pictures", "foreignObject": "text"}
_FARTHEST = 1e6  # page px
_LINE = 1.5  # page px, of an outline round what was only filled
_THINNEST, _THICKEST = 0.05, 1e4  # page px
_FEW_GROUPS = 32  # more are no layers but parts of a drawing


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        document: The drawing.
        whole: It is the very drawing that was exported, not what can be told from the picture.
        left_out: Kinds of things it shows that are no strokes: ``text``, ``pictures``.
    """

    document: Document
    whole: bool = False
    left_out: tuple[str, ...] = ()


def load(path: Path) -> Imported:
    """Read a file.

    Raises:
        FormatError: Not an SVG file, too large or involved, or nothing in it can be a stroke.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return read(data, str(path))


def read(data: bytes, name: str) -> Imported:
    """Read the text of a file; ``name`` stands for it in errors.

    Raises:
        FormatError: As `load`.
    """
    try:
        root = parse(data)
        whole = embedded(root)
        if whole is not None:
            return Imported(whole, whole=True)
        reader = _Reader(root)
        document, left_out = reader.document(), tuple(reader.left_out)
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from None
    if not any(layer.strokes for layer in document.layers):
        only = f"only {' and '.join(left_out)}, " if left_out else ""
        raise FormatError(f"{name}: it shows {only}no lines")
    return Imported(document, left_out=left_out)


@dataclass(slots=True)
class _Sheet:
    """A layer while it is read; ``group`` is the element that it comes from."""

    group: Element | None = None
    name: str = Layer().name
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    styles: list[StrokeStyle] = field(default_factory=list)


class _Reader:
    """Draws the elements of a file, counting what it does.

    Attributes:
        left_out: Kinds of things that it met and cannot draw, in the order met.
    """

    def __init__(self, root: Element) -> None:
        self.left_out: dict[str, None] = {}
        self._root = root
        self._by_id: dict[str, Element] = {}
        styles: list[str] = []
        for element in _all(root):
            if id := element.attributes.get("id"):
                self._by_id.setdefault(id, element)
            if element.tag == "style":
                styles.append(element.text)
        self._styles = StyleSheet(styles)
        self._paints = Paints(self._by_id, self._styles)
        self._layer_groups = _layer_groups(root)
        self._sheets: list[_Sheet] = []
        self._sheet = _Sheet()
        self._paper = Page().paper
        self._parts: list[Curves] = []
        self._drawn = self._curves = self._numbers = 0
        self._parsed: dict[Element, list[Curves]] = {}
        self._using: list[Element] = []
        self._view = viewport(root.attributes, enlarge=True)

    def document(self) -> Document:
        """Draw everything, on a page of the picture's size."""
        look = Look().within(self._styles.look(self._root))
        self._draw_all(self._root.children, look, self._view.placed, 0)
        title = next((child.text for child in self._root.children if child.tag == "title"), "")
        page = Page(self._paper, size=self._view.size)
        return Document(tuple(self._layers()) or (Layer(),), page, " ".join(title.split())[:200])

    def _draw_all(self, elements: list[Element], look: Look, placed: Affine, depth: int) -> None:
        for element in elements:
            self._draw(element, look, placed, depth + 1)

    def _draw(self, element: Element, look: Look, placed: Affine, depth: int) -> None:
        tag = element.tag
        if tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] = None
        if tag not in _GROUPS and tag not in _SHAPES:
            return
        self._drawn += 1
        if self._drawn > MAX_DRAWN:
            raise FormatError(f"it draws more than {MAX_DRAWN:,} elements")
        if depth > MAX_DEPTH:
            raise FormatError(f"it uses elements more than {MAX_DEPTH} deep")
        said = self._styles.look(element)
        is_layer = element in self._layer_groups
        if said.get("display") == "none" and not is_layer:
            return
        look = look.within(said, as_layer=is_layer)
        placed = combined(placed, transform(said.get("transform")))
        if tag in _SHAPES:
            self._stroke(element, said, look, placed)
            return
        beneath = self._sheet
        if is_layer:
            self._sheet = _sheet_of(element, said, beneath)
        match tag:
            case "use":
                self._use(said, look, placed, depth)
            case "svg":
                inner = viewport(element.attributes, self._view.frame).placed
                placed = combined(combined(placed, self._moving(said)), inner)
                self._draw_all(element.children, look, placed, depth)
            case "switch":
                fit = (e for e in element.children if "requiredExtensions" not in e.attributes)
                self._draw_all([*fit][:1], look, placed, depth)
            case "g" | "a":
                self._draw_all(element.children, look, placed, depth)
        self._sheet = beneath

    def _use(self, said: dict[str, str], look: Look, placed: Affine, depth: int) -> None:
        target = self._by_id.get(said.get("href", "").strip().removeprefix("#"))
        if target is None or target in self._using:
            return
        self._using.append(target)
        placed = combined(placed, self._moving(said))
        if target.tag == "symbol":
            sized = {key: said[key] for key in ("width", "height") if key in said}
            inner = viewport(target.attributes | sized, self._view.frame).placed
            look = look.within(self._styles.look(target))
            self._draw_all(target.children, look, combined(placed, inner), depth + 1)
        else:
            self._draw(target, look, placed, depth + 1)
        self._using.pop()

    def _moving(self, said: dict[str, str]) -> Affine:
        across, down = self._view.frame
        return Affine.moving(length(said.get("x"), across) or 0, length(said.get("y"), down) or 0)

    def _stroke(self, element: Element, said: dict[str, str], look: Look, placed: Affine) -> None:
        width = length(look.width, float(np.hypot(*self._view.frame)) / np.sqrt(2)) or 0.0
        color = self._paints.line(look, self._paper) if width > 0 else None
        outlined = color is None
        if color is None:
            color = self._paints.fill(look, self._paper)
            if color is None:
                return
        parts = [put(part, placed) for part in self._parts_of(element, said)]
        if outlined:
            if self._is_background(parts):
                self._paper = color
                return
            color, width = seen_on(color, self._paper), _LINE
            parts = [closed(part) for part in parts if np.ptp(part, axis=(0, 1)).all()]
        elif not look.fixed:
            width *= placed.magnification
        width = min(max(width, _THINNEST), _THICKEST)
        style = StrokeStyle(color, width, pressure=False, smoothing=0.0)
        for part in parts:
            low, high = part.min(axis=(0, 1)), part.max(axis=(0, 1))
            if not (max(-low.min(), high.max()) < _FARTHEST):
                continue
            if look.dots or (high != low).any():
                self._add(part, style)

    def _add(self, part: Curves, style: StrokeStyle) -> None:
        if len(self._parts) >= MAX_STROKES:
            raise FormatError(f"it draws more than {MAX_STROKES:,} lines")
        last = self._sheets[-1] if self._sheets else None
        if last is None or (last.group is not self._sheet.group and len(self._sheets) < MAX_LAYERS):
            last = replace(self._sheet, styles=[])
            self._sheets.append(last)
        last.styles.append(style)
        self._parts.append(part)

    def _layers(self) -> Iterator[Layer]:
        lines = iter(points_along(self._parts, MAX_POINTS) if self._parts else ())
        for sheet in self._sheets:
            strokes = tuple(Stroke.from_points(next(lines), style) for style in sheet.styles)
            yield Layer(sheet.name, strokes, sheet.visible, sheet.locked, sheet.opacity)

    def _parts_of(self, element: Element, said: dict[str, str]) -> list[Curves]:
        """The curves of a shape, its own units; parsed once, however often it is used."""
        parts = self._parsed.get(element)
        if parts is None:
            left = MAX_NUMBERS - self._numbers
            parts, count = parse_path(self._path(element, said), left)
            self._numbers += count
            self._parsed[element] = parts
        self._curves += sum(map(len, parts))
        if self._curves > MAX_CURVES:
            raise FormatError(f"it draws more than {MAX_CURVES:,} curves")
        return parts

    def _path(self, element: Element, said: dict[str, str]) -> str:
        if element.tag == "path":
            return said.get("d", "")
        across, down = self._view.frame
        numbers: dict[str, float] = {}
        for key in _LENGTHS:
            whole = across if key in _ACROSS else down if key in _DOWN else (across + down) / 2
            number = length(said.get(key), whole)
            if number is not None:
                numbers[key] = number
        return shape_path(element.tag, numbers, said.get("points", ""))

    def _is_background(self, parts: list[Curves]) -> bool:
        """Whether it covers the whole picture before anything else does: so it is the paper."""
        if self._parts or self._view.size is None or len(parts) != 1 or len(parts[0]) > 5:
            return False
        ends, reach = parts[0][:, 0], np.array(self._view.size)
        low, high = ends.min(axis=0), ends.max(axis=0)
        corners = (np.abs(ends - low) < 1e-3) | (np.abs(ends - high) < 1e-3)
        return bool(corners.all() and (low <= 0.01 * reach).all() and (high >= 0.99 * reach).all())


def _sheet_of(group: Element, said: dict[str, str], beneath: _Sheet) -> _Sheet:
    name = said.get("inkscape:label") or said.get("id") or beneath.name
    return _Sheet(
        group,
        " ".join(name.split())[:100] or beneath.name,
        beneath.visible and said.get("display") != "none",
        beneath.locked or said.get("sodipodi:insensitive") in ("1", "true"),
        beneath.opacity * opacity_of(said.get("opacity")),
    )


def _layer_groups(root: Element) -> set[Element]:
    """Groups that are layers: Inkscape's, else a few named ones of which the whole is made."""
    marked = {e for e in _all(root) if e.attributes.get("inkscape:groupmode") == "layer"}
    if marked:
        return marked
    parts = root.children
    while True:
        drawn = [part for part in parts if part.tag in _GROUPS or part.tag in _SHAPES]
        if len(drawn) != 1 or drawn[0].tag != "g":
            break
        parts = drawn[0].children
    groups = [part for part in drawn if part.tag == "g" and _named(part)]
    return set(groups) if 2 <= len(groups) <= _FEW_GROUPS else set()


def _named(group: Element) -> bool:
    return bool(group.attributes.get("inkscape:label") or group.attributes.get("id"))


def _all(root: Element) -> Iterator[Element]:
    """Every element, in the order of the file."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(element.children)
