"""Many processes: the curve is that of one, and one of them alone writes."""

from __future__ import annotations

import itertools
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from helpers.shapes import write_shapes

from trainer.__main__ import main
from trainer.distributed import Group
from trainer.journal import read_history
from trainer.loop import has_fast_bf16

ROOT = Path(__file__).parents[2]

TOML = """
name = "shapes"
categories = ["circle", "square", "zigzag"]
[model]
{model}
code = 16
hidden = 32
mixtures = 3
max_points = 32
[training]
batch = 15
steps = 6
learning_rate = 5e-3
warmup = 2
decay_steps = 2
validate_every = 1
checkpoint_every = 3
{training}
"""

PRECISION = 1e-2 if has_fast_bf16(torch.device("cpu")) else 1e-3
"""In bfloat16, halves of a batch are rounded otherwise than the whole."""

OURS = {"model": "raster = 32\nchannels = [4, 8]", "training": ""}
PAPERS = {
    "model": 'encoder = "lstm"\nencoder_hidden = 8\nposition = false\ncategory_head = false',
    "training": "category_weight = 0.0\nkl_weight = 0.5\nkl_start = 0.5\nkl_tolerance = 0.001",
}


def command(folder: Path, data: Path, config: Path) -> list[str]:
    """``trainer train``'s arguments."""
    run = ["train", str(data), "--config", str(config), "--out", str(folder)]
    return [*run, "--device", "cpu", "--threads", "1"]


def train_in_two_processes(arguments: list[str]) -> None:
    """Start them as ``torchrun`` does: what each is to know is in its environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "trainer", *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "OMP_NUM_THREADS": "1",
                "MASTER_ADDR": "127.0.0.1",
                "MASTER_PORT": str(port),
                "WORLD_SIZE": "2",
                "RANK": str(rank),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        for rank in range(2)
    ]
    try:
        for process in started:
            printed, _ = process.communicate(timeout=600)
            assert process.returncode == 0, printed.decode()
    finally:
        for process in started:
            process.kill()


@pytest.mark.parametrize("parts", [OURS, PAPERS], ids=["batch norm, category head", "strokes, KL"])
def test_two_processes_have_the_curve_of_one(tmp_path: Path, parts: dict[str, str]) -> None:
    """The same global batch, normalised and averaged together: the same losses and weights."""
    data = write_shapes(tmp_path / "data")
    config = tmp_path / "shapes.toml"
    config.write_text(TOML.format(**parts), encoding="utf-8")
    one, two = tmp_path / "one", tmp_path / "two"
    assert main(command(one, data, config)) == 0
    train_in_two_processes(command(two, data, config))
    expected, ours = read_history(one), read_history(two)
    assert [line["step"] for line in ours] == [1, 2, 3, 4, 5, 6]
    for theirs, line in zip(expected, ours, strict=True):
        for part in ("train", "valid"):
            assert line[part] == pytest.approx(theirs[part], abs=0.2 * PRECISION)
    weights = [
        torch.nn.utils.parameters_to_vector(
            torch.load(folder / "last.pt", weights_only=True)["average"].values()
        )
        for folder in (one, two)
    ]
    assert torch.linalg.norm(weights[1] - weights[0]) < PRECISION * torch.linalg.norm(weights[0])
    assert not list(two.glob("*.partial"))


@pytest.mark.parametrize("count", [1, 7, 16])
def test_every_sketch_is_in_one_part(count: int) -> None:
    """However a batch is divided, nothing is learnt twice or not at all."""
    rows = list(range(count))
    parts = [rows[Group(rank, 3).part(count)] for rank in range(3)]
    assert list(itertools.chain(*parts)) == rows
    assert max(map(len, parts)) - min(map(len, parts)) <= 1
