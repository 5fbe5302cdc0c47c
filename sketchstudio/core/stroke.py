"""Ink: one stroke, how it looks and where it came from."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from sketchstudio.core.provenance import Provenance as Provenance

Points = npt.NDArray[np.float32]
"""(N, 2) float32: x to the right, y down."""

EVENED = 0.2
"""Smoothing that takes out tremor and the device's grid, and nothing else."""


class Origin(enum.StrEnum):
    """Who drew a stroke."""

    USER = "user"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class StrokeStyle:
    """How a stroke is drawn.

    Attributes:
        color: ``#rrggbb``.
        width: Line width at full pressure, page px.
        pressure: Whether pressure thins the line; False draws a constant width.
        smoothing: How much the samples are smoothed, 0..1; see `smoothing`.
        grain: Page px of one screen px where it was drawn; smoothing reckons in screen px.
        highlighter: Whether it is translucent and lies beneath the other ink of its layer.
    """

    color: str = "#1b1b1f"
    width: float = 3.0
    pressure: bool = True
    smoothing: float = EVENED
    grain: float = 1.0
    highlighter: bool = False

    @property
    def opacity(self) -> float:
        """How much the ink covers what is beneath it."""
        return 0.4 if self.highlighter else 1.0

    def smoothed(self, amount: float) -> StrokeStyle:
        """The same style, smoothed by another amount."""
        return replace(self, smoothing=amount)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Stroke:
    """One pen-down to pen-up movement. Immutable; equality is identity.

    Attributes:
        samples: (N, 4) float32, read-only: x, y in page px, pressure 0..1, time in ms since the
            stroke began. Raw: what is drawn is derived from them.
        style: Colour and width.
        origin: The person or the model.
        provenance: For model strokes, what made them.
        id: Unique over documents.
        unknown: Fields of its file that this version of the app does not know, as a JSON object,
            kept to be written again; empty where there are none.
    """

    samples: npt.NDArray[np.float32]
    style: StrokeStyle = StrokeStyle()
    origin: Origin = Origin.USER
    provenance: Provenance | None = None
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    unknown: str = ""

    def __post_init__(self) -> None:
        samples = np.array(self.samples, dtype=np.float32, copy=True)
        if samples.ndim != 2 or samples.shape[1] != 4 or len(samples) == 0:
            raise ValueError(f"samples must be (N, 4) with N > 0, got {samples.shape}")
        if not np.isfinite(samples).all():
            raise ValueError("samples must be finite numbers")
        samples.setflags(write=False)
        object.__setattr__(self, "samples", samples)

    @classmethod
    def from_points(
        cls,
        points: npt.ArrayLike,
        style: StrokeStyle | None = None,
        origin: Origin = Origin.USER,
        provenance: Provenance | None = None,
    ) -> Stroke:
        """A stroke of full, even pressure through ``points`` (N, 2), page px."""
        xy = np.asarray(points, dtype=np.float32).reshape(-1, 2)
        samples = np.ones((len(xy), 4), dtype=np.float32)
        samples[:, :2] = xy
        samples[:, 3] = np.arange(len(xy))
        return cls(samples, style or StrokeStyle(pressure=False), origin, provenance)

    @property
    def points(self) -> Points:
        """(N, 2) float32, page px; a view."""
        return self.samples[:, :2]

    @property
    def pressure(self) -> npt.NDArray[np.float32]:
        """(N,) float32, 0..1; a view."""
        return self.samples[:, 2]

    @property
    def bounds(self) -> Bounds:
        """Bounding box of the drawn line, half its width included."""
        low = self.points.min(axis=0) - self.style.width / 2
        high = self.points.max(axis=0) + self.style.width / 2
        return Bounds(float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def with_style(self, style: StrokeStyle) -> Stroke:
        """The same stroke, same id, in another style."""
        return replace(self, style=style)


@dataclass(frozen=True, slots=True)
class Bounds:
    """An axis-aligned rectangle, page px; ``left <= right`` and ``top <= bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def united(self, other: Bounds) -> Bounds:
        return Bounds(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersects(self, other: Bounds) -> bool:
        return (
            self.left <= other.right
            and other.left <= self.right
            and self.top <= other.bottom
            and other.top <= self.bottom
        )

    def expanded(self, margin: float) -> Bounds:
        return Bounds(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )


def depicting(strokes: Iterable[Stroke]) -> tuple[Stroke, ...]:
    """Those that depict something: all but highlighter, which only marks it."""
    return tuple(stroke for stroke in strokes if not stroke.style.highlighter)


def bounds_of(strokes: Sequence[Stroke]) -> Bounds | None:
    """The box round all ``strokes``, or None where there are none."""
    return box_round([stroke.bounds for stroke in strokes])


def box_round(boxes: Sequence[Bounds]) -> Bounds | None:
    """The box round all ``boxes``, or None where there are none; quick for ten thousand."""
    if not boxes:
        return None
    return Bounds(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )
