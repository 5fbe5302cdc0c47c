"""Weights files of tiny models, written as the trainer writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import safetensors.torch
import torch

from sketchstudio.model.checkpoint import CODES_EXEMPLARS, FORMAT, VERSION, Checkpoint
from tests.helpers.tiny import tiny_checkpoint


def write_model(
    folder: Path, name: str, seed: int = 0, checkpoint: Checkpoint | None = None
) -> Path:
    """A file of random weights that the app takes for the model ``name``."""
    checkpoint = checkpoint or tiny_checkpoint(seed)
    tensors = {
        key: tensor.contiguous()
        for key, tensor in checkpoint.network.state_dict().items()
        if not key.endswith("num_batches_tracked")
    }
    tensors[CODES_EXEMPLARS] = torch.from_numpy(checkpoint.exemplar_codes)
    config = replace(checkpoint.network.config, name=name)
    metadata = {"format": FORMAT, "version": VERSION, "config": json.dumps(config.to_dict())}
    path = folder / f"{name}.safetensors"
    safetensors.torch.save_file(tensors, path, metadata)
    return path
