"""A picture to line art: paper made even, ink told from paper, specks gone, lines one pixel thin.

A photo of a drawing has shadows, so ink is what is darker than the paper round it, not what is
dark. Areas that are painted out become their outlines: a pen draws those.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Grey = npt.NDArray[np.uint8]
"""(H, W), 0 black to 255 white."""

Mask = npt.NDArray[np.bool_]
"""(H, W)."""

WORKING_SIDE = 900
"""Pictures are cleaned at this longest side, px: a line drawn by hand is some px wide there."""

_PAPER = 0.06  # share of the longest side: darker things wider than this are no lines
_FAINTEST = 12.0  # of 255: fainter than this against its paper is noise at any threshold
_LEAST_CONTRAST = 24.0  # of 255: an empty sheet must not become a drawing of its own grain
_OVER_NOISE = 5.0  # standard deviations of the grain
_DARKEST_PAPER = 80  # of 255: in a shadow all is fainter, but so deep there is mostly noise
_SOLID = 3.3  # times as wide as the lines are, a dark area is painted out
_MOST_SPECK = 0.06  # share of the longest side: what `despeckle` 1 takes for a speck
_EDGE = 60, 160  # Canny's thresholds for the edges of painted areas


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How a picture is cleaned.

    Attributes:
        threshold: 0 takes only the darkest for ink, 1 the faintest, too.
        despeckle: 0 keeps every dot, 1 drops all that is small.
        join: 0 to 1; gaps in lines up to this much of 1 % of the longest side are closed.
        invert: Ink is lighter than paper, as chalk on a board is.
        edges: The edges of large areas are lines, too.
    """

    threshold: float = 0.5
    despeckle: float = 0.25
    join: float = 0.2
    invert: bool = False
    edges: bool = True


def is_light_on_dark(grey: Grey) -> bool:
    """Whether a picture's border, which mostly is paper, is dark."""
    border = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    return bool(np.median(border) < 100)


def to_grey(pixels: npt.NDArray[np.uint8]) -> Grey:
    """Grey of (H, W, 3) blue, green, red, at the size that it is cleaned at."""
    import cv2  # here: the window comes first

    grey: npt.NDArray[Any] = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    share = WORKING_SIDE / max(grey.shape)
    if share < 1:
        height, width = (max(1, round(length * share)) for length in grey.shape)
        grey = cv2.resize(grey, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(grey, dtype=np.uint8)


def ink_of(grey: Grey, cleaning: Cleaning) -> Mask:
    """Which pixels of a picture are lines.

    Args:
        grey: As from `to_grey`.
        cleaning: What the person adjusts.
    """
    import cv2  # here: the window comes first

    side = max(grey.shape)
    positive = 255 - grey if cleaning.invert else grey
    blurred = cv2.GaussianBlur(positive, (0, 0), max(0.6, side / 1000))
    light = np.asarray(blurred, dtype=np.uint8)
    smooth = cv2.GaussianBlur(light, (0, 0), max(1.0, side / 250))  # grain is not the paper's white
    paper = cv2.morphologyEx(smooth, cv2.MORPH_CLOSE, _disc(_PAPER * side / 2))
    darkness = paper.astype(np.float32) - light
    darkness *= 255 / np.maximum(paper.astype(np.float32), _DARKEST_PAPER)
    ink = darkness > _level(darkness, cleaning.threshold)
    thick = line_width(ink)
    ink |= _edges(light, cleaning, thick)
    if cleaning.join > 0:
        radius = cleaning.join * 0.01 * side / 2
        ink = cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_CLOSE, _disc(radius)) > 0
    ink = _outlined(ink, thick)
    return without_specks(ink, cleaning.despeckle)


def _level(darkness: npt.NDArray[np.float32], threshold: float) -> float:
    """The darkness that parts ink from paper: Otsu's, moved as the person likes."""
    import cv2  # here: the window comes first

    faintest = max(_FAINTEST, _OVER_NOISE * _noise(darkness))
    marked = darkness[darkness > faintest]
    if not len(marked) or marked.max() < _LEAST_CONTRAST:
        return float("inf")
    dark = np.clip(darkness, 0, 255).astype(np.uint8)
    otsu = max(faintest, cv2.threshold(dark, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])
    darkest = 0.9 * float(np.percentile(marked, 95))
    return float(np.interp(threshold, [0, 0.5, 1], [max(otsu, darkest), otsu, faintest]))


def _noise(darkness: npt.NDArray[np.float32]) -> float:
    """Standard deviation of the paper's grain where it is strongest, as in a shadow."""
    strongest = 0.0
    for row in np.array_split(darkness, 6):
        for part in np.array_split(row, 6, axis=1):
            if part.size:  # of a part, too, most is paper
                deviation = np.abs(part - np.median(part))
                strongest = max(strongest, 1.5 * float(np.median(deviation)))
    return strongest


def _edges(light: Grey, cleaning: Cleaning, thick: float) -> Mask:
    """The edges of areas too wide for lines, about as wide as lines are; none of soft shadows."""
    import cv2  # here: the window comes first

    if not cleaning.edges:
        return np.zeros(light.shape, dtype=bool)
    areas = cv2.morphologyEx(light, cv2.MORPH_CLOSE, _disc(_PAPER * max(light.shape) / 2))
    edges = cv2.Canny(cv2.medianBlur(areas, 5), *_EDGE)
    return np.asarray(cv2.dilate(edges, _disc(thick / 4)) > 0)


def _outlined(ink: Mask, thick: float) -> Mask:
    """Ink whose painted areas are hollow."""
    import cv2  # here: the window comes first

    whole = ink.astype(np.uint8)
    solid = cv2.morphologyEx(whole, cv2.MORPH_OPEN, _disc(_SOLID * thick / 2 + 1))
    inside = cv2.erode(solid, _disc(max(1.0, thick / 2)))
    return np.asarray((whole > 0) & (inside == 0))


def line_width(ink: Mask) -> float:
    """How wide the lines of ink are, px, by the usual depth of their middles; 2 at least."""
    import cv2  # here: the window comes first

    if not ink.any():
        return 2.0
    depth = cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 3)
    middles = depth[(depth >= cv2.dilate(depth, np.ones((3, 3), np.uint8))) & (depth > 0)]
    return float(max(2.0, 2 * np.median(middles) - 1))


def without_specks(ink: Mask, despeckle: float) -> Mask:
    """Ink without the parts that hang together and are small in both directions."""
    import cv2  # here: the window comes first

    if despeckle <= 0 or not ink.any():
        return ink
    small = despeckle**2 * _MOST_SPECK * max(ink.shape) + 1
    count, parts, boxes, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    extent = boxes[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    kept = extent > small
    kept[0] = False  # the paper
    return np.asarray(kept[parts]) if count > 1 else ink


def thinned(ink: Mask) -> Mask:
    """The middle of every line, one pixel wide and as connected as before (Guo and Hall 1989)."""
    import cv2  # here: the window comes first

    image = np.pad(ink.astype(np.uint8), 1)
    first, second = _GUO_HALL
    while True:
        before = int(image.sum())
        for removable in (first, second):
            around = cv2.filter2D(image, cv2.CV_8U, _WEIGHTS, borderType=cv2.BORDER_CONSTANT)
            image[removable[around] & (image > 0)] = 0
        if int(image.sum()) == before:
            return np.asarray(image[1:-1, 1:-1] > 0)


def _disc(radius: float) -> npt.NDArray[np.uint8]:
    import cv2  # here: the window comes first

    size = 2 * max(0, round(radius)) + 1
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)), dtype=np.uint8)


# Neighbours clockwise from the one above are bits 0 to 7.
_WEIGHTS = np.array([[128, 1, 2], [64, 0, 4], [32, 16, 8]], dtype=np.float32)


def _guo_hall() -> tuple[Mask, Mask]:
    """Whether a pixel with such neighbours (256,) goes, in each of the two turns."""
    turns = np.zeros((2, 256), dtype=bool)
    for code in range(256):
        n, ne, e, se, s, sw, w, nw = (code >> bit & 1 for bit in range(8))
        crossings = ((not n and (ne or e)) + (not e and (se or s)) + (not s and (sw or w))) + (
            not w and (nw or n)
        )
        pairs = min(
            (n or ne) + (e or se) + (s or sw) + (w or nw),
            (ne or e) + (se or s) + (sw or w) + (nw or n),
        )
        if crossings == 1 and 2 <= pairs <= 3:
            turns[0, code] = not ((n or ne or not se) and e)
            turns[1, code] = not ((s or sw or not nw) and w)
    return turns[0], turns[1]


_GUO_HALL = _guo_hall()
