"""A picture that lies on the page to be traced: faint, beneath all ink, and no part of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sketchstudio.core.stroke import Bounds

FAINT = 0.35
"""Opacity of a new one: it is seen, and ink on it is seen better."""

SMALLEST, LARGEST = 1e-3, 1e3
"""Of its scale."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its place on the page.

    Attributes:
        data: A PNG, JPEG or WebP file, upright.
        width: Of the picture, px.
        height: Of the picture, px.
        x: Left edge, page px.
        y: Top edge, page px.
        scale: Page px for each of its pixels.
        opacity: 0 to 1.
        visible: Whether it is shown.
        locked: Whether it stays where it is.
        unknown: As in `Stroke`.
    """

    data: bytes = field(repr=False)
    width: int
    height: int
    x: float = 0.0
    y: float = 0.0
    scale: float = 1.0
    opacity: float = FAINT
    visible: bool = True
    locked: bool = False
    unknown: str = ""

    @property
    def bounds(self) -> Bounds:
        """Where it lies, page px."""
        width, height = self.width * self.scale, self.height * self.scale
        return Bounds(self.x, self.y, self.x + width, self.y + height)

    def moved(self, dx: float, dy: float) -> Picture:
        """The same, elsewhere; page px."""
        return replace(self, x=self.x + dx, y=self.y + dy)

    def scaled(self, factor: float, x: float, y: float) -> Picture:
        """The same, larger or smaller about a place on the page (page px)."""
        scale = min(max(self.scale * factor, SMALLEST), LARGEST)
        factor = scale / self.scale
        return replace(self, x=x + (self.x - x) * factor, y=y + (self.y - y) * factor, scale=scale)

    def fitted(self, box: Bounds, share: float = 1.0) -> Picture:
        """The same in the middle of a box, as large as goes into that share of it."""
        scale = share * min(box.width / self.width, box.height / self.height)
        scale = min(max(scale, SMALLEST), LARGEST)
        return replace(
            self,
            scale=scale,
            x=(box.left + box.right - self.width * scale) / 2,
            y=(box.top + box.bottom - self.height * scale) / 2,
        )
