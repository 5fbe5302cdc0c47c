"""Drawings that anyone can tell apart, made by a few lines: circles, squares and zigzags."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.quickdraw import write_drawings
from trainer.batches import Augmentation
from trainer.configuration import RunConfig, TrainingConfig
from trainer.sketches import Sketches, load

SHAPES = ("circle", "square", "zigzag")

Strokes = tuple[npt.NDArray[np.float64], ...]


def shape(name: str, rng: np.random.Generator) -> Strokes:
    """A shape of uneven width, height and lines, 0 to 255; two strokes, so that the pen lifts."""
    if name == "circle":
        angles = np.linspace(0, 2 * np.pi, 12)
        points = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    elif name == "square":
        points = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]], dtype=np.float64)
    else:
        points = np.stack([np.linspace(-1, 1, 8), np.tile([-1.0, 1.0], 4)], axis=1)
    points = points * rng.uniform(0.7, 1, 2) + rng.normal(0, 0.04, points.shape)
    low, size = points.min(axis=0), np.ptp(points, axis=0).max()
    points = np.rint((points - low) / size * 255)
    cut = int(rng.integers(2, len(points) - 1))
    return points[:cut], points[cut - 1 :]


def write_shapes(folder: Path, count: int = 60, seed: int = 0) -> Path:
    """A folder of ``circle.ndjson``, ``square.ndjson`` and ``zigzag.ndjson``."""
    rng = np.random.default_rng(seed)
    folder.mkdir(parents=True, exist_ok=True)
    for name in SHAPES:
        drawings = [Drawing(shape(name, rng), name, f"{name} {i}") for i in range(count)]
        write_drawings(folder / f"{name}.ndjson", drawings)
    return folder


def shape_splits(folder: Path, count: int = 60, seed: int = 0) -> dict[str, Sketches]:
    """The three splits of such a folder."""
    return load(write_shapes(folder, count, seed))


def tiny_run(steps: int = 12) -> RunConfig:
    """A training run of milliseconds a step."""
    return RunConfig(
        "tiny",
        SHAPES,
        {
            "raster": 32,
            "channels": [4, 8],
            "code": 16,
            "hidden": 32,
            "mixtures": 3,
            "max_points": 32,
        },
        TrainingConfig(
            steps=steps,
            decay_steps=4,
            warmup=2,
            batch=16,
            learning_rate=5e-3,
            validate_every=6,
            checkpoint_every=4,
        ),
        Augmentation(),
    )
