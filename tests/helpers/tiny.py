"""A whole model of a few thousand untrained weights: real code, in milliseconds."""

from __future__ import annotations

import numpy as np
import torch

from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.latent import unit_rms
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.sampling import Decode, StrokeDecoder, fastest_steps
from sketchstudio.model.studio import Studio

CONFIG = ModelConfig(
    "tiny",
    ("cat", "circle", "sun"),
    raster=16,
    channels=(4, 8),
    code=8,
    hidden=16,
    mixtures=3,
    max_points=24,
)


def tiny_checkpoint(seed: int = 0) -> Checkpoint:
    """Random weights; sketches rarely end by themselves."""
    torch.manual_seed(seed)
    network = SketchPix2Seq(CONFIG).eval()
    with torch.no_grad():
        network.decoder.output.bias[-1] = -2
    rng = np.random.default_rng(seed)
    exemplars = unit_rms(rng.normal(size=(len(CONFIG.categories), 4, CONFIG.code)))
    return Checkpoint(network, exemplars)


def tiny_studio(seed: int = 0) -> Studio:
    """A studio of `tiny_checkpoint` on the CPU."""
    return Studio(tiny_checkpoint(seed))


SQUARE = [np.array([[10, 20], [110, 20], [110, 120], [10, 120], [10, 20]], np.float32)]
TWO_STROKES = [
    np.array([[0, 0], [50, 10], [100, 0]], np.float32),
    np.array([[20, 40], [80, 45]], np.float32),
]


def point_by_point(decoder: StrokeDecoder, decode: Decode) -> np.ndarray:
    """Mixture-density parameters (N, 6M + 3) of one sketch, before each of its points.

    `sampling.POINTS_AT_ONCE` must be 1.
    """
    weights, seen = decoder.weights, []
    output = slice(4 * decoder.config.hidden, 4 * decoder.config.hidden + len(weights.bias))
    for _ in decode:
        sums = decode.batch.sums[0, output]
        seen.append(sums * weights.scale[output] + weights.bias)
    return np.array(seen)


fastest_steps()  # compiles, where that was not done yet: no test waits for it
