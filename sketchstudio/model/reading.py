"""Sketches as an encoder reads them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from sketchstudio.core.sketch_codec import Polylines, rasterise, to_stroke5
from sketchstudio.model.config import PEN_STATE, ModelConfig


def seen(sketches: Sequence[Polylines], config: ModelConfig) -> Tensor:
    """What the encoder of ``config`` reads of sketches in box units.

    Returns:
        Rasters (N, raster, raster), 0 (paper) to 1 (ink), or stroke-5 rows (N, T, 5) without the
        end's, zero after a sketch's last; float32.
    """
    if not config.reads_strokes:
        rasters = np.stack([rasterise(sketch, config.raster) for sketch in sketches])
        return torch.from_numpy(rasters).float() / 255
    rows = [to_stroke5(sketch, config.offset_std)[:-1] for sketch in sketches]
    strokes = np.zeros((len(rows), max(map(len, rows)), PEN_STATE), dtype=np.float32)
    for padded, own in zip(strokes, rows, strict=True):
        padded[: len(own)] = own
    return torch.from_numpy(strokes)
