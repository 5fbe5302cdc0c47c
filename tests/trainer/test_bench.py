"""The benchmark: what it compares trains, and the ratios are those of the rates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from helpers.shapes import shape_splits, tiny_run, write_shapes

from trainer.__main__ import main
from trainer.bench import PlainTrainer, bench, table
from trainer.sketches import Sketches


@pytest.fixture(scope="module")
def sketches(tmp_path_factory: pytest.TempPathFactory) -> Sketches:
    return shape_splits(tmp_path_factory.mktemp("shapes"))["train"]


def test_the_plain_trainer_learns(sketches: Sketches) -> None:
    """It is a whole trainer: slow, not fake."""
    torch.manual_seed(0)
    plain = PlainTrainer(sketches, 0.3, 16, "cpu")
    assert plain.longest == 13
    strokes = []
    plain.network.register_forward_pre_hook(lambda _, given: strokes.append(given[0]))
    losses: list[float] = []
    plain.network.register_forward_hook(lambda _, __, loss: losses.append(loss.item()))
    for _ in range(24):
        assert plain.step() == 16
    assert losses[-1] < losses[0] - 1
    assert strokes[0].shape == (16, 15, 5)  # start token, points, end
    torch.testing.assert_close(strokes[0][..., 2:].sum(dim=-1), torch.ones(16, 15))


def test_ratios_are_of_one_run(sketches: Sketches) -> None:
    """And the table says the same."""
    result = bench(tiny_run(), sketches, "cpu", rounds=1, steps=2)
    rates = result["sketches_per_second"]
    assert result["over_plain"] == pytest.approx(rates["ours"] / rates["plain"], rel=0.05)
    for name in rates.keys() - {"ours", "plain"}:
        assert result[f"over_{name}"] == pytest.approx(rates["ours"] / rates[name], rel=0.05)
        precision = "bfloat16" if name.endswith("bfloat16") else "float32"
        assert f"{rates[name]:.1f}  bare LSTM, {precision}" in table(result)
    assert 0 <= result["waited"] < 1
    assert result["padded_to"] == 13
    assert f"{rates['plain']:.1f}  plain sketch-rnn, float32, padded to 13" in table(result)


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line, for scripts."""
    config = tmp_path / "tiny.toml"
    config.write_text(
        'name = "shapes"\n[model]\nraster = 32\nchannels = [4, 8]\nhidden = 16\n'
        "[training]\nbatch = 16\n",
        encoding="utf-8",
    )
    data = write_shapes(tmp_path / "data")
    command = ["bench", str(data), "--config", str(config), "--rounds", "1", "--json"]
    assert main([*command, "--device", "cpu", "--threads", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["config"] == "shapes"
