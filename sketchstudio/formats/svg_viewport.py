"""Where an ``svg`` or ``symbol`` element of a file lies: its units, view box and size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sketchstudio.core.transform import Affine
from sketchstudio.formats.svg_style import combined, length, numbers

SMALLEST = 64.0
"""Page px; a smaller picture, such as an icon, is made ``ENLARGED`` large."""

ENLARGED = 255.0
_LARGEST = 1e6  # page px
_UNKNOWN = (300.0, 150.0)  # px, of a picture that does not say; as browsers have it


@dataclass(frozen=True, slots=True)
class Viewport:
    """Where an element's own units lie in those round it.

    Attributes:
        placed: From its units to those round it; for the root, page px.
        frame: What 100 % across and down are, its units.
        size: Page px of the root; None where the file does not say.
    """

    placed: Affine
    frame: tuple[float, float]
    size: tuple[float, float] | None


def viewport(
    said: Mapping[str, str], around: tuple[float, float] | None = None, enlarge: bool = False
) -> Viewport:
    """The viewport of an element.

    Args:
        said: Its attributes.
        around: What 100 % are of the element round it; None for the root.
        enlarge: Whether to make a small picture large enough to draw in.
    """
    box = numbers(said.get("viewBox", ""))
    known = len(box) == 4 and box[2] > 0 and box[3] > 0
    whole = around or ((box[2], box[3]) if known else _UNKNOWN)
    across, down = (
        length(said.get(key), full) for key, full in zip(("width", "height"), whole, strict=True)
    )
    sized = known or (across is not None and down is not None)
    if known:
        if across is None:
            across = whole[0] if around or down is None else down * box[2] / box[3]
        if down is None:
            down = whole[1] if around else across * box[3] / box[2]
    width, height = across or whole[0], down or whole[1]
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        width, height = whole
        sized = sized and max(whole) <= _LARGEST
    placed, frame = Affine(), (width, height)
    if known:
        frame = box[2], box[3]
        placed = _fitted(box, width, height, said.get("preserveAspectRatio", ""))
    made = Viewport(placed, frame, (width, height) if sized else None)
    return _enlarged(made) if enlarge and sized else made


def _enlarged(view: Viewport) -> Viewport:
    assert view.size is not None
    width, height = view.size
    if max(width, height) >= SMALLEST:
        return replace(view, size=(max(width, 1.0), max(height, 1.0)))
    scale = ENLARGED / max(width, height)
    size = max(width * scale, 1.0), max(height * scale, 1.0)
    return replace(view, placed=combined(Affine(xx=scale, yy=scale), view.placed), size=size)


def _fitted(box: list[float], width: float, height: float, aspect: str) -> Affine:
    """A view box laid into a width and a height as ``preserveAspectRatio`` says."""
    left, top, across, down = box
    xx, yy = width / across, height / down
    words = aspect.split() or ["xMidYMid"]
    if words[0] == "none":
        return Affine(xx=xx, yy=yy, dx=-left * xx, dy=-top * yy)
    scale = max(xx, yy) if "slice" in words else min(xx, yy)
    shares = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    aside = shares.get(words[0][1:4], 0.5) * (width - across * scale)
    below = shares.get(words[0][5:8], 0.5) * (height - down * scale)
    return Affine(xx=scale, yy=scale, dx=aside - left * scale, dy=below - top * scale)
