"""SVG from anywhere as strokes: what it shows as lines, in layers, on a page of its size.

The file is read by expat and drawn from here rather than by a library, since those expand what is
used by reference before anyone can count it; here everything is counted. A shape that is filled and
has no line becomes its outline, a gradient its mean colour, a dashed line its dashes; clip paths
cut. What cannot be ink, such as texts and pictures, is left out and counted.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.core.transform import Affine
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_clip import Clip
from sketchstudio.formats.svg_dashes import Dashes, read_dashes
from sketchstudio.formats.svg_embedded import embedded
from sketchstudio.formats.svg_look import Look, Paints, seen_on
from sketchstudio.formats.svg_path import (
    Curves,
    Points,
    closed,
    parse_path,
    points_along,
    shape_path,
)
from sketchstudio.formats.svg_path import placed as put
from sketchstudio.formats.svg_sheets import (
    GROUPS,
    SHAPES,
    Line,
    Sheet,
    elements_of,
    layer_groups,
    sheet_of,
)
from sketchstudio.formats.svg_style import StyleSheet, combined, length, numbers, transform
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

MAX_VISITS = 200_000
"""Of elements of any kind, each as often as it is met: what is not drawn is walked past, too."""

MAX_LAYERS = 200

_LENGTHS = ("x", "y", "width", "height", "rx", "ry", "r", "cx", "cy", "x1", "y1", "x2", "y2")
_ACROSS = frozenset({"x", "width", "rx", "cx", "x1", "x2"})
_DOWN = frozenset({"y", "height", "ry", "cy", "y1", "y2"})
_LEFT_OUT = {"text": "text", "foreignObject": "text", "image": "image", "video": "image"}
_EFFECTS = {
    "mask": "mask",
    "filter": "effect",
    "marker-start": "marker",
    "marker-mid": "marker",
    "marker-end": "marker",
}
MOST_CLIPS = 100
_FARTHEST = 1e6  # page px
_LINE = 1.5  # page px, of an outline round what was only filled
_THINNEST, _THICKEST = 0.05, 1e4  # page px


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        document: The drawing.
        whole: It is the very drawing that was exported, not what can be told from the picture.
        left_out: How many there are of what it shows and strokes cannot: ``text``, ``image``,
            ``mask``, ``effect``, ``marker`` and ``clip``.
    """

    document: Document
    whole: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def note(self) -> str:
        """What is left out, one line; empty where nothing is."""
        found = (f"{n} {kind}{'s' if n > 1 else ''}" for kind, n in self.left_out.items())
        return f"left out: {', '.join(found)}" if self.left_out else ""


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
        document = reader.document()
    except FormatError as error:
        raise FormatError(f"{name}: {error}") from None
    if not any(layer.strokes for layer in document.layers):
        only = Imported(document, left_out=reader.left_out).note
        raise FormatError(f"{name}: it shows no lines" + (f" ({only})" if only else ""))
    return Imported(document, left_out=reader.left_out)


class _Reader:
    """Draws the elements of a file, counting what it does.

    Attributes:
        left_out: How many it met of each kind of things that it cannot draw.
    """

    def __init__(self, root: Element) -> None:
        self.left_out: Counter[str] = Counter()
        self._root = root
        self._by_id: dict[str, Element] = {}
        styles: list[str] = []
        for element in elements_of(root):
            if id := element.attributes.get("id"):
                self._by_id.setdefault(id, element)
            if element.tag == "style":
                styles.append(element.text)
        self._styles = StyleSheet(styles)
        self._paints = Paints(self._by_id, self._styles, self._within)
        self._layer_groups = layer_groups(root)
        self._sheets: list[Sheet] = []
        self._sheet = Sheet()
        self._paper = Page().paper
        self._parts: list[Curves] = []
        self._drawn = self._visits = self._curves = self._numbers = 0
        self._parsed: dict[Element, list[Curves]] = {}
        self._transform = functools.cache(transform)
        self._using: list[Element] = []
        self._clip: Clip | None = None
        self._clips: dict[tuple[Element, Affine, Clip | None], Clip | None] = {}
        self._clips_left = MOST_CLIPS
        self._view = viewport(root.attributes, enlarge=True)

    def document(self) -> Document:
        """Draw everything, on a page of the picture's size."""
        look = Look().within(self._styles.look(self._root))
        self._draw_all(self._within(self._root), look, self._view.placed, 0)
        title = next((child.text for child in self._root.children if child.tag == "title"), "")
        page = Page(self._paper, size=self._view.size)
        return Document(tuple(self._layers()) or (Layer(),), page, " ".join(title.split())[:200])

    def _within(self, element: Element) -> list[Element]:
        """The children of an element, each counted as met."""
        self._visits += len(element.children)
        if self._visits > MAX_VISITS:
            raise FormatError(f"its elements are used more than {MAX_VISITS:,} times")
        return element.children

    def _draw_all(self, elements: list[Element], look: Look, placed: Affine, depth: int) -> None:
        for element in elements:
            self._draw(element, look, placed, depth + 1)

    def _draw(self, element: Element, look: Look, placed: Affine, depth: int) -> None:
        tag = element.tag
        if tag not in GROUPS and tag not in SHAPES and tag not in _LEFT_OUT:
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
        if tag in _LEFT_OUT:
            self.left_out[_LEFT_OUT[tag]] += 1
            return
        for name, effect in _EFFECTS.items():
            if said.get(name, "none").strip().startswith("url("):
                self.left_out[effect] += 1
        look = look.within(said, as_layer=is_layer)
        placed = combined(placed, self._transform(said.get("transform")))
        beneath, around = self._sheet, self._clip
        self._clip = self._clipped(said, placed)
        if is_layer:
            self._sheet = sheet_of(element, said, beneath)
        match tag:
            case "use":
                self._use(said, look, placed, depth)
            case "svg":
                inner = viewport(element.attributes, self._view.frame).placed
                placed = combined(combined(placed, self._moving(said)), inner)
                self._draw_all(self._within(element), look, placed, depth)
            case "switch":
                parts = self._within(element)
                fit = [part for part in parts if "requiredExtensions" not in part.attributes]
                self._draw_all(fit[:1], look, placed, depth)
            case "g" | "a":
                self._draw_all(self._within(element), look, placed, depth)
            case _ if tag in SHAPES:
                self._stroke(element, said, look, placed)
        self._sheet, self._clip = beneath, around

    def _clipped(self, said: dict[str, str], placed: Affine) -> Clip | None:
        """The clip of an element within the one round it."""
        around = self._clip
        reference = said.get("clip-path", "none").strip()
        if not reference.startswith("url("):
            return around
        element = self._by_id.get(reference[4:].partition(")")[0].strip(" \"'#"))
        if element is None or element.tag != "clipPath":
            return around
        key = element, placed, around
        if key not in self._clips:
            shapes = self._clip_shapes(element, placed) if self._clips_left else []
            self._clips_left -= bool(shapes)
            self._clips[key] = Clip(shapes, around) if shapes else None
        clip = self._clips[key]
        if clip is None:
            self.left_out["clip"] += 1
        return clip or around

    def _clip_shapes(self, element: Element, placed: Affine) -> list[list[Points]]:
        """What a clip path shows; nothing where it is measured by what it cuts."""
        said = self._styles.look(element)
        if said.get("clipPathUnits") == "objectBoundingBox":
            return []
        placed = combined(placed, self._transform(said.get("transform")))
        shapes: list[list[Curves]] = []
        for child in self._within(element):
            said, inner = self._styles.look(child), placed
            if child.tag == "use":
                inner = combined(
                    combined(inner, self._transform(said.get("transform"))), self._moving(said)
                )
                target = self._by_id.get(said.get("href", "").strip().removeprefix("#"))
                if target is None:
                    continue
                child, said = target, self._styles.look(target)
            if child.tag not in SHAPES:
                continue
            inner = combined(inner, self._transform(said.get("transform")))
            parts = [put(part, inner) for part in self._parts_of(child, said)]
            shapes.append([part for part in parts if np.abs(part).max() < _FARTHEST])
        together = [part for parts in shapes for part in parts]
        ways = iter(points_along(together, MAX_POINTS) if together else ())
        return [[next(ways) for _ in parts] for parts in shapes if parts]

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
            parts = self._within(target)
            self._draw_all(parts, look, combined(placed, inner), depth + 1)
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
        dashes = None if outlined else self._dashes(said, look, placed, width)
        for part in parts:
            low, high = part.min(axis=(0, 1)), part.max(axis=(0, 1))
            if not (max(-low.min(), high.max()) < _FARTHEST):
                continue
            if look.dots or (high != low).any():
                self._add(part, Line(style, dashes, self._clip))

    def _dashes(
        self, said: dict[str, str], look: Look, placed: Affine, width: float
    ) -> Dashes | None:
        if look.dashes == "none":
            return None
        scale = 1.0 if look.fixed else placed.magnification
        whole = float(np.hypot(*self._view.frame)) / np.sqrt(2)
        dashes = read_dashes(look.dashes, look.dash_offset, whole, scale)
        if dashes is None:
            return None
        told = (numbers(said.get("pathLength", "")) or [0.0])[0] * scale
        return replace(dashes, dots=look.dots, trim=0.0 if look.dots else width / 2, told=told)

    def _add(self, part: Curves, line: Line) -> None:
        if len(self._parts) >= MAX_STROKES:
            raise FormatError(f"it draws more than {MAX_STROKES:,} lines")
        last = self._sheets[-1] if self._sheets else None
        if last is None or (last.group is not self._sheet.group and len(self._sheets) < MAX_LAYERS):
            last = replace(self._sheet, lines=[])
            self._sheets.append(last)
        last.lines.append(line)
        self._parts.append(part)

    def _layers(self) -> Iterator[Layer]:
        ways = iter(points_along(self._parts, MAX_POINTS) if self._parts else ())
        left = MAX_STROKES
        for sheet in self._sheets:
            strokes: list[Stroke] = []
            for line in sheet.lines:
                for piece in line.pieces(next(ways), left):
                    if left <= 0:
                        raise FormatError(f"it draws more than {MAX_STROKES:,} lines")
                    strokes.append(Stroke.from_points(piece, line.style))
                    left -= 1
            if strokes:
                yield Layer(sheet.name, tuple(strokes), sheet.visible, sheet.locked, sheet.opacity)

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
