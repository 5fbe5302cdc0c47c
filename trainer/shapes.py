"""Drawings made by a few lines of code, to try training without a download."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.quickdraw import write_drawings

Points = npt.NDArray[np.float64]
Strokes = list[Points]


def write_shapes(folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Write ``count`` drawings of each shape, a file each, as Quick, Draw! files hold them.

    Args:
        folder: Where ``circle.ndjson`` and the others go.
        count: Drawings of each.
        seed: Draws the same again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, (name, draw) in enumerate(SHAPES.items()):
        rng = np.random.default_rng([seed, number])
        drawings = (
            Drawing(tuple(by_hand(draw(rng), rng)), name, f"{name} {i}") for i in range(count)
        )
        paths.append(folder / f"{name}.ndjson")
        write_drawings(paths[-1], drawings)
    return paths


def by_hand(strokes: Strokes, rng: np.random.Generator) -> Strokes:
    """Strokes bent a little, no two the same, in whole pixels from 0 to 255."""
    turn = rng.normal(0, 0.08)
    bend = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    bend *= rng.uniform(0.75, 1.25, (1, 2))
    bent = [stroke @ bend + rng.normal(0, 0.02, stroke.shape) for stroke in strokes]
    everything = np.concatenate(bent)
    low, size = everything.min(axis=0), np.ptp(everything, axis=0).max()
    return [np.rint((stroke - low) / size * 255) for stroke in bent]


def _arc(
    start: float, end: float, points: int, size: float = 1.0, x: float = 0.0, y: float = 0.0
) -> Points:
    """Points (N, 2) on a circle round (x, y), angles in radians; y is down."""
    angles = np.linspace(start, end, points)
    return np.stack([x + size * np.cos(angles), y + size * np.sin(angles)], axis=1)


def _polygon(*corners: tuple[float, float]) -> Points:
    """A closed line."""
    return np.array([*corners, corners[0]], dtype=np.float64)


def _circle(rng: np.random.Generator) -> Strokes:
    start = rng.uniform(0, 2 * np.pi)
    return [_arc(start, start + 2 * np.pi, 14)]


def _square(rng: np.random.Generator) -> Strokes:
    return [_polygon((-1, -1), (1, -1), (1, 1), (-1, 1))]


def _triangle(rng: np.random.Generator) -> Strokes:
    return [_polygon((rng.uniform(-0.5, 0.5), -1), (1, 1), (-1, 1))]


def _star(rng: np.random.Generator) -> Strokes:
    tips = _arc(-np.pi / 2, 1.5 * np.pi, 6)
    return [tips[[0, 2, 4, 1, 3, 0]]]


def _zigzag(rng: np.random.Generator) -> Strokes:
    teeth = int(rng.integers(3, 6))
    across = np.linspace(-1, 1, 2 * teeth)
    return [np.stack([across, np.tile([-0.5, 0.5], teeth)], axis=1)]


def _spiral(rng: np.random.Generator) -> Strokes:
    turns = _arc(0, rng.uniform(4, 6) * np.pi, 26)
    return [turns * np.linspace(0.05, 1, len(turns))[:, None]]


def _house(rng: np.random.Generator) -> Strokes:
    door = np.array([[-0.2, 1], [-0.2, 0.4], [0.2, 0.4], [0.2, 1]])
    return [
        _polygon((-0.8, 0), (0.8, 0), (0.8, 1), (-0.8, 1)),
        np.array([[-1, 0], [0, -1], [1, 0]], dtype=np.float64),
        door + np.array([rng.uniform(-0.4, 0.4), 0]),
    ]


def _smiley(rng: np.random.Generator) -> Strokes:
    eyes = [_arc(0, 2 * np.pi, 7, 0.2, x, -0.3) for x in (-0.4, 0.4)]
    smile = _arc(0.85 * np.pi, 0.15 * np.pi, 7, 0.55, 0, 0.05)
    return [_arc(-np.pi / 2, 1.5 * np.pi, 14), *eyes, smile]


SHAPES: dict[str, Callable[[np.random.Generator], Strokes]] = {
    "circle": _circle,
    "square": _square,
    "triangle": _triangle,
    "star": _star,
    "zigzag": _zigzag,
    "spiral": _spiral,
    "house": _house,
    "smiley": _smiley,
}
"""Each draws its shape in strokes about the origin, -1 to 1."""
