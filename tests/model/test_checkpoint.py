"""Weights files: read whole and checked, or refused in one line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.tiny import CONFIG, tiny_checkpoint
from safetensors.torch import save_file

from sketchstudio.model.checkpoint import FORMAT, VERSION, ModelError, load_checkpoint


def write(path: Path, *, config: object = None, **changes: torch.Tensor) -> Path:
    checkpoint = tiny_checkpoint()
    tensors = {
        name: tensor
        for name, tensor in checkpoint.network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    tensors["codes.mean"] = torch.from_numpy(checkpoint.mean_codes)
    tensors["codes.exemplars"] = torch.from_numpy(checkpoint.exemplar_codes)
    metadata = {
        "format": FORMAT,
        "version": VERSION,
        "config": json.dumps(CONFIG.to_dict() if config is None else config),
    }
    save_file({**tensors, **changes}, path, metadata)
    return path


def test_round_trip(tmp_path: Path) -> None:
    """What was written is what draws."""
    loaded = load_checkpoint(write(tmp_path / "m.safetensors"))
    original = tiny_checkpoint()
    assert loaded.network.config == CONFIG
    np.testing.assert_array_equal(loaded.exemplar_codes, original.exemplar_codes)
    for name, tensor in original.network.state_dict().items():
        assert torch.equal(loaded.network.state_dict()[name], tensor), name


def test_missing_file(tmp_path: Path) -> None:
    """The message says what is missing and what to do."""
    with pytest.raises(ModelError, match="reinstall"):
        load_checkpoint(tmp_path / "none.safetensors")


@pytest.mark.parametrize("keep", [0, 4, 100, 2000])
def test_truncated_file(tmp_path: Path, keep: int) -> None:
    """Half a download is no model."""
    path = write(tmp_path / "m.safetensors")
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(ModelError) as caught:
        load_checkpoint(path)
    assert "\n" not in str(caught.value)


def test_not_finite(tmp_path: Path) -> None:
    """Weights that would draw NaN are refused at the door."""
    bad = torch.full((3,), float("nan"))
    with pytest.raises(ModelError, match="finite"):
        load_checkpoint(write(tmp_path / "m.safetensors", **{"category.bias": bad}))


def test_wrong_shapes_and_configurations(tmp_path: Path) -> None:
    """A file that contradicts itself is refused in one line."""
    wrong = [
        write(tmp_path / "a.safetensors", **{"category.bias": torch.zeros(7)}),
        write(tmp_path / "b.safetensors", **{"codes.mean": torch.zeros(2, 8)}),
        write(tmp_path / "c.safetensors", config={"name": "x"}),
        write(tmp_path / "d.safetensors", config=["not", "a", "config"]),
        write(tmp_path / "e.safetensors", config={**CONFIG.to_dict(), "hidden": 99}),
    ]
    for path in wrong:
        with pytest.raises(ModelError) as caught:
            load_checkpoint(path)
        assert "\n" not in str(caught.value)
