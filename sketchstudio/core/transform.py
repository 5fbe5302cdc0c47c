"""Moving, scaling and turning ink."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from sketchstudio.core.geometry import Point
from sketchstudio.core.stroke import Bounds, Points, Stroke

_WIDTHS = (0.05, 1e5)  # page px a line can be scaled to
_LEAST = 1e-3  # a scale nearer to none would leave nothing to scale back


@dataclass(frozen=True, slots=True)
class Affine:
    """(x, y) becomes (xx·x + xy·y + dx, yx·x + yy·y + dy), page px."""

    xx: float = 1.0
    xy: float = 0.0
    yx: float = 0.0
    yy: float = 1.0
    dx: float = 0.0
    dy: float = 0.0

    @classmethod
    def moving(cls, dx: float, dy: float) -> Affine:
        return cls(dx=dx, dy=dy)

    @classmethod
    def scaling(cls, across: float, down: float, about: Point) -> Affine:
        """Away from a point that stays; negative factors mirror, and none is quite 0."""
        across, down = _not_flat(across), _not_flat(down)
        x, y = about
        return cls(xx=across, yy=down, dx=x - across * x, dy=y - down * y)

    @classmethod
    def turning(cls, angle: float, about: Point) -> Affine:
        """Clockwise as seen, by an angle in radians."""
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = about
        return cls(cos, -sin, sin, cos, x - cos * x + sin * y, y - sin * x - cos * y)

    @property
    def magnification(self) -> float:
        """What becomes of lengths, on average over directions."""
        return math.sqrt(abs(self.xx * self.yy - self.xy * self.yx))

    def of(self, points: Points) -> Points:
        """Where points (N, 2) go; reckoned in float64."""
        matrix = np.array([[self.xx, self.yx], [self.xy, self.yy]])
        moved: Points = (points.astype(np.float64) @ matrix + (self.dx, self.dy)).astype(np.float32)
        return moved

    def of_point(self, point: Point) -> Point:
        x, y = point
        return self.xx * x + self.xy * y + self.dx, self.yx * x + self.yy * y + self.dy


def transformed(stroke: Stroke, affine: Affine) -> Stroke:
    """The same stroke, same id, elsewhere; its width and smoothing grow with it."""
    samples = stroke.samples.copy()
    samples[:, :2] = affine.of(stroke.points)
    size = affine.magnification
    style = stroke.style
    if abs(size - 1.0) > 1e-6:
        width = min(max(style.width * size, _WIDTHS[0]), _WIDTHS[1])
        style = replace(style, width=width, grain=min(max(style.grain * size, 1e-4), 1e4))
    return replace(stroke, samples=samples, style=style)


def middle(bounds: Bounds) -> Point:
    """The centre of a box."""
    return (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2


def _not_flat(factor: float) -> float:
    return factor if abs(factor) >= _LEAST else math.copysign(_LEAST, factor)
