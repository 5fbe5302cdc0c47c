"""Raster to latent code."""

from __future__ import annotations

import math
from itertools import pairwise

import torch
from torch import Tensor, nn

from sketchstudio.model.config import ModelConfig


class Encoder(nn.Module):
    """A CNN that reads a sketch's raster into its latent code.

    The paper's encoder has no normalisation and eight channels, and on small data its code can
    die (all drawings get the same one). Batch normalisation and width prevent that. Codes have
    a root mean square of 1: without a KL term nothing else bounds them, and on a sphere a blend
    never leaves the region that the decoder knows.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for i, (before, after) in enumerate(pairwise((1, *config.channels))):
            kernel = 5 if i == 0 else 3
            layers += [
                nn.Conv2d(before, after, kernel, stride=2, padding=kernel // 2, bias=False),
                nn.BatchNorm2d(after),
                nn.ReLU(inplace=True),
            ]
        self.convolutions = nn.Sequential(*layers)
        side = math.ceil(config.raster / 2 ** len(config.channels))
        self.code = nn.Linear(config.channels[-1] * side * side, config.code)

    def forward(self, rasters: Tensor) -> Tensor:
        """Codes (B, code) of rasters (B, size, size), float 0 (paper) to 1 (ink)."""
        pictures = rasters.unsqueeze(1).contiguous(memory_format=torch.channels_last)
        features = self.convolutions(pictures)  # (B, C, side, side)
        return unit_rms(self.code(features.flatten(1)))


def unit_rms(codes: Tensor) -> Tensor:
    """Codes (..., code) scaled to a root mean square of 1."""
    return nn.functional.normalize(codes, dim=-1) * math.sqrt(codes.shape[-1])
