"""Weights files: read whole and checked, or refused in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.tiny import CONFIG, tiny_checkpoint
from safetensors.torch import save_file

from sketchstudio.model.checkpoint import FORMAT, VERSION, ModelError, load_checkpoint, packed


def write(path: Path, *, config: object = None, **changes: torch.Tensor) -> Path:
    checkpoint = tiny_checkpoint()
    tensors = {
        name: tensor
        for name, tensor in checkpoint.network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
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


def test_the_map_is_kept_beside_the_codes(tmp_path: Path) -> None:
    """It comes back as it was; one that is not of these codes is refused."""
    places = np.random.default_rng(0).uniform(-1, 1, (3, 4, 2)).astype(np.float32)
    path = tmp_path / "m.safetensors"
    path.write_bytes(packed(replace(tiny_checkpoint(), places=places), {}))
    np.testing.assert_array_equal(load_checkpoint(path).places, places)
    path.write_bytes(packed(replace(tiny_checkpoint(), places=places[:2]), {}))
    with pytest.raises(ModelError, match="map"):
        load_checkpoint(path)


def test_usual_codes_are_kept(tmp_path: Path) -> None:
    """They come back as they were; those of other categories or sizes are refused."""
    usual = np.random.default_rng(0).normal(size=(3, 5, 8)).astype(np.float16).astype(np.float32)
    path = tmp_path / "m.safetensors"
    path.write_bytes(packed(replace(tiny_checkpoint(), usual_codes=usual), {}))
    np.testing.assert_array_equal(load_checkpoint(path).usual_codes, usual)
    for wrong in (usual[:2], usual[..., :3], usual[:, :0], usual[0]):
        path.write_bytes(packed(replace(tiny_checkpoint(), usual_codes=wrong), {}))
        with pytest.raises(ModelError):
            load_checkpoint(path)


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


HOSTILE = {
    "hidden": 2**40,
    "code": -1,
    "raster": 2**20,
    "channels": [8] * 10_000,
    "mixtures": 2.5,
    "max_points": True,
    "offset_std": float("nan"),
    "name": 7,
    "categories": "cat",
}


@pytest.mark.parametrize("field", HOSTILE)
def test_absurd_configurations_are_refused_by_name(tmp_path: Path, field: str) -> None:
    """No file makes the app ask for memory without end, or fail later and elsewhere."""
    config = {**CONFIG.to_dict(), field: HOSTILE[field]}
    with pytest.raises(ModelError, match=field) as caught:
        load_checkpoint(write(tmp_path / "m.safetensors", config=config))
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is counted in KiB there")
def test_a_large_configuration_costs_what_the_file_holds(tmp_path: Path) -> None:
    """Within bounds, yet of a gigabyte: the tensors are compared before anything is laid out.

    Nor is torch's compiler imported, of 150 MB, which no network here needs.
    """
    config = {**CONFIG.to_dict(), "hidden": 8192}
    path = write(tmp_path / "m.safetensors", config=config)
    code = (
        "import resource, sys;"
        "from pathlib import Path;"
        "from sketchstudio.model.checkpoint import ModelError, load_checkpoint;"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "try: load_checkpoint(Path(sys.argv[1]))\n"
        "except ModelError: pass\n"
        "else: raise SystemExit('it was loaded')\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 100_000  # KiB; the LSTM would have 1 GiB


def test_wrong_shapes_and_configurations(tmp_path: Path) -> None:
    """A file that contradicts itself is refused in one line."""
    wrong = [
        write(tmp_path / "a.safetensors", **{"category.bias": torch.zeros(7)}),
        write(tmp_path / "b.safetensors", **{"codes.exemplars": torch.zeros(2, 4, 8)}),
        write(tmp_path / "c.safetensors", config={"name": "x"}),
        write(tmp_path / "d.safetensors", config=["not", "a", "config"]),
        write(tmp_path / "e.safetensors", config={**CONFIG.to_dict(), "hidden": 99}),
    ]
    for path in wrong:
        with pytest.raises(ModelError) as caught:
            load_checkpoint(path)
        assert "\n" not in str(caught.value)
