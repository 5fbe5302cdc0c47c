"""The paper's variants as tiny models: what reads strokes, and what reads pictures as they did."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import torch
from torch import nn

from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.encoder import NormalEncoder
from sketchstudio.model.network import SketchPix2Seq
from tests.helpers.tiny import CONFIG

PAPER = replace(CONFIG, position=False, category_head=False)
VARIANTS = {
    "small-cnn": replace(PAPER, encoder="small-cnn", raster=48, channels=(4, 4, 8, 8, 8, 8)),
    "lstm": replace(PAPER, encoder="lstm", encoder_hidden=12),
}


def network_of(config: ModelConfig) -> SketchPix2Seq:
    """Random weights whose codes differ between drawings."""
    torch.manual_seed(0)
    network = SketchPix2Seq(config).eval()
    with torch.no_grad():
        network.decoder.output.bias[-1] = -2
        if isinstance(network.encoder, NormalEncoder):
            nn.init.normal_(network.encoder.mean.weight)
    return network


def variant_checkpoint(encoder: str, name: str = "tiny") -> Checkpoint:
    """An untrained model of one of `VARIANTS`."""
    config = replace(VARIANTS[encoder], name=name)
    exemplars = np.random.default_rng(0).normal(size=(3, 4, config.code)).astype(np.float32)
    return Checkpoint(network_of(config), exemplars)
