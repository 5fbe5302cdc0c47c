"""Refining: the decoder comes to prefer what is better, and nothing else changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from helpers.shapes import shape_splits, tiny_run, write_shapes

from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.model.checkpoint import load_checkpoint
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.rehearsal import fed
from trainer.__main__ import main
from trainer.export import export, training_of
from trainer.loop import Trainer, read_checkpoint
from trainer.losses import batch_losses
from trainer.preferences import Pair, Taste
from trainer.refining import Refiner, Refining, surprise
from trainer.sketches import load

FREE = Taste(candidates=5, temperature=0.6, apart=0.05)


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of shapes, beside the folder of its drawings."""
    folder = tmp_path_factory.mktemp("refining")
    splits = shape_splits(folder / "data")
    trainer = Trainer(tiny_run(steps=60), splits, folder / "run")
    trainer.train()
    export(read_checkpoint(trainer.checkpoint), splits, folder / "tiny.safetensors")
    return folder / "tiny.safetensors"


LINE: Polylines = [np.array([[-0.5, 0], [0, 0.1], [0.5, 0]], np.float32)]
HOOK: Polylines = [*LINE, np.array([[0.5, 0], [0.4, 0.3]], np.float32)]


def test_only_what_the_model_drew_surprises(weights: Path) -> None:
    """Points it was given do not count, nor does an end that was not drawn."""
    network = load_checkpoint(weights).network
    config = network.config
    code = np.ones(config.code, np.float32)
    steps = fed([HOOK], config)
    parameters = network.decoder(steps.inputs, torch.from_numpy(code[None]), steps.real)
    targets = steps.targets[0]
    offsets = offset_nll(parameters, targets[:, :2]).detach()
    pens = pen_nll(parameters, targets[:, 2:].argmax(dim=1)).detach()

    def worse(**more: bool) -> float:
        with torch.no_grad():
            offset, pen = surprise(network, [Pair(code, LINE, HOOK, given=3, **more)])
        return float((offset + pen)[0, 1])

    drawn = float(offsets[3:5].sum() + pens[3:6].sum())  # two points, and the end
    assert worse() == pytest.approx(drawn, rel=1e-4)
    assert worse(open=True) == pytest.approx(drawn + float(pens[2]), rel=1e-4)
    assert worse(ended=False) == pytest.approx(drawn - float(pens[5]), rel=1e-4)


def test_the_better_becomes_likelier_beside_the_worse(weights: Path) -> None:
    """Most pairs are agreed on after a round; encoder, names and the model given stay."""
    known = load_checkpoint(weights)
    before = {key: tensor.clone() for key, tensor in known.network.state_dict().items()}
    train = load(weights.parent / "data")["train"]
    refining = Refining(drawings=24, steps=30, pairs=8, people=8, learning_rate=2e-3, taste=FREE)
    refiner = Refiner(known, train, refining)
    done = refiner.round()
    assert done.agreed > 0.7
    assert np.isfinite(done.nll)
    changed = {
        key
        for key, tensor in refiner.checkpoint.network.state_dict().items()
        if not torch.equal(tensor, before[key])
    }
    assert changed
    assert all(key.startswith("decoder.") for key in changed)
    for key, tensor in known.network.state_dict().items():
        assert torch.equal(tensor, before[key])
    np.testing.assert_array_equal(refiner.checkpoint.exemplar_codes, known.exemplar_codes)


def test_weights_go_part_of_the_way(weights: Path) -> None:
    """The result lies between what the model was and what it learnt, and is a copy."""
    known = load_checkpoint(weights)
    refining = Refining(kept=0.25)
    refiner = Refiner(known, load(weights.parent / "data")["train"], refining)
    bias = refiner.checkpoint.network.decoder.output.bias
    bias.add_(4.0)
    result = refiner.result()
    torch.testing.assert_close(
        result.network.decoder.output.bias, known.network.decoder.output.bias + 1.0
    )
    for key, tensor in result.network.state_dict().items():
        if key != "decoder.output.bias":
            assert torch.equal(tensor, known.network.state_dict()[key])
    assert result.network.decoder.output.bias is not bias


def test_steps_without_a_number_change_nothing(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are skipped and counted; where there is no other step, that is said."""
    train = load(weights.parent / "data")["train"]
    refining = Refining(steps=4, pairs=2, people=4)
    refiner = Refiner(load_checkpoint(weights), train, refining)
    code = np.ones(refiner.checkpoint.network.config.code, np.float32)
    pairs = [Pair(code, LINE, HOOK), Pair(code, HOOK, LINE)]
    calls = iter(range(100))

    def broken(*args: Any) -> tuple[torch.Tensor, Any]:
        likelihood, losses = batch_losses(*args)
        return (likelihood * float("nan") if next(calls) < 3 else likelihood), losses

    monkeypatch.setattr("trainer.refining.batch_losses", broken)
    _, nll, skipped = refiner.learn(pairs, np.random.default_rng(1))
    assert skipped == 3
    assert np.isfinite(nll)
    for tensor in refiner.checkpoint.network.state_dict().values():
        assert torch.isfinite(tensor).all()
    calls = iter([0] * 4)
    with pytest.raises(ValueError, match="no step"):
        refiner.learn(pairs, np.random.default_rng(1))


def test_a_seed_refines_the_same(weights: Path) -> None:
    """Two runs of a seed end with the same weights, two rounds with others than one."""
    train = load(weights.parent / "data")["train"]
    refining = Refining(drawings=8, steps=3, pairs=4, people=4, taste=FREE)

    def output(rounds: int) -> torch.Tensor:
        refiner = Refiner(load_checkpoint(weights), train, replace(refining, rounds=rounds))
        for _ in range(rounds):
            refiner.round()
        return refiner.checkpoint.network.decoder.output.weight

    assert torch.equal(output(1), output(1))
    assert not torch.equal(output(1), output(2))


def test_the_command_writes_what_the_app_loads(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file has the model's history, says how it was refined, and its checksum is right."""
    out = tmp_path / "refined.safetensors"
    data = str(weights.parent / "data")
    few = ["--rounds", "2", "--drawings", "24", "--steps", "2", "--threads", "1"]
    assert main(["refine", str(weights), data, "-o", str(out), *few]) == 0
    said = capsys.readouterr().out
    assert "round 2: " in said
    load_checkpoint(out)
    training = training_of(out)
    assert training["steps"] == 60
    assert training["refined"]["rounds"] == 2
    assert training["refined"]["drawings"] == 24
    assert np.isfinite(training["validation"]["nll"])
    few[1] = "1"
    assert main(["refine", str(out), data, "-o", str(out), *few]) == 0
    assert training_of(out)["refined"]["rounds"] == 3


def test_what_cannot_be_refined_is_one_line(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No such model, drawings of other categories."""
    out = ["-o", str(tmp_path / "out.safetensors")]
    other = write_shapes(tmp_path / "other")
    (other / "zigzag.ndjson").unlink()
    for model, data, says in [
        (tmp_path / "none.safetensors", other, "no model weights"),
        (weights, other, "zigzag"),
    ]:
        assert main(["refine", str(model), str(data), *out]) == 2
        said = capsys.readouterr().err
        assert says in said
        assert said.count("\n") == 1
    assert not (tmp_path / "out.safetensors").exists()
