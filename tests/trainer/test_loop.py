"""The training loop: it learns, resumes to the same curve, and survives bad numbers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.shapes import shape_splits, tiny_run

from trainer.batches import Batch
from trainer.configuration import RunConfig
from trainer.loop import Trainer
from trainer.losses import Losses, Weights, batch_losses
from trainer.sketches import Sketches

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Splits:
    return shape_splits(tmp_path_factory.mktemp("shapes"))


def curve(trainer: Trainer) -> list[Losses]:
    """Losses of every step of the run."""
    losses: list[Losses] = []
    learn = trainer.learn

    def noted(batch: Batch) -> Losses | None:
        result = learn(batch)
        assert result is not None
        losses.append(result)
        return result

    trainer.learn = noted  # type: ignore[method-assign]
    trainer.train()
    return losses


def test_resume_goes_on_with_the_same_curve(splits: Splits, tmp_path: Path) -> None:
    """A run killed between checkpoints ends bit for bit like one that was not."""
    whole = Trainer(tiny_run(), splits, tmp_path / "whole")
    expected = curve(whole)

    killed = Trainer(tiny_run(), splits, tmp_path / "killed")
    for batch in (killed.stream.batch(step) for step in range(6)):
        killed.learn(batch)
        killed.step += 1
        if killed.step == 4:
            killed.save()
    resumed = Trainer(tiny_run(), splits, tmp_path / "killed")
    assert resumed.resume()
    assert resumed.step == 4
    assert curve(resumed) == expected[4:]
    ours, theirs = resumed.average.state_dict(), whole.average.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_it_learns(splits: Splits, tmp_path: Path) -> None:
    """After a hundred steps shapes are told apart and drawn better than by chance."""
    run = tiny_run(steps=120)
    run = replace(run, training=replace(run.training, ema=0.9, validate_every=60))
    trainer = Trainer(run, splits, tmp_path)
    before = trainer.validate()
    scores: list[dict[str, float]] = []
    validate = trainer.validate
    trainer.validate = lambda: scores.append(validate()) or scores[-1]  # type: ignore[method-assign]
    trainer.train()
    assert len(scores) == 2
    assert scores[-1]["nll"] < before["nll"] - 1
    assert scores[-1]["named"] > 0.8
    assert scores[-1]["code_use"] > 0


def test_a_batch_that_is_not_a_number_is_skipped_and_reported(
    splits: Splits, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One bad batch changes no weight and does not end the run."""
    trainer = Trainer(tiny_run(steps=2), splits, tmp_path)
    batch = trainer.stream.batch(0)
    offsets = batch.offsets.copy()
    offsets[0] = np.nan
    before = {name: weight.clone() for name, weight in trainer.network.named_parameters()}
    averaged = {name: weight.clone() for name, weight in trainer.average.state_dict().items()}
    assert trainer.learn(replace(batch, offsets=offsets)) is None
    assert trainer.skipped == 1
    for name, weight in trainer.network.named_parameters():
        assert torch.equal(weight, before[name])
    for name, weight in trainer.average.state_dict().items():
        assert torch.equal(weight, averaged[name])
    trainer.train()
    assert "1 batches gave a loss that is not a number" in capsys.readouterr().out
    assert all(torch.isfinite(w).all() for w in trainer.network.state_dict().values())


def test_a_checkpoint_of_another_model_is_refused(splits: Splits, tmp_path: Path) -> None:
    """It is not overwritten either."""
    Trainer(tiny_run(), splits, tmp_path).save()
    run = tiny_run()
    other = Trainer(replace(run, model={**run.model, "hidden": 16}), splits, tmp_path)
    with pytest.raises(ValueError, match="another model"):
        other.resume()
    assert not Trainer(run, splits, tmp_path / "new").resume()


def test_code_use_is_zero_for_a_decoder_that_ignores_its_code(
    splits: Splits, tmp_path: Path
) -> None:
    """A dead code shows."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    with torch.no_grad():
        trainer.average.decoder.lstm.weight_ih_l0[:, 7:] = 0
        trainer.average.decoder.state.weight.zero_()
    assert trainer.validate()["code_use"] == pytest.approx(0, abs=1e-6)


def test_the_loss_is_the_sum_of_its_parts(splits: Splits, tmp_path: Path) -> None:
    """The category head counts by its weight."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    loss, parts = batch_losses(trainer.average, trainer.validation[0], Weights(category=0.5))
    assert float(loss.detach()) == pytest.approx(parts.nll + 0.5 * parts.category, rel=1e-5)


def test_the_rate_warms_up_holds_and_decays() -> None:
    """A longer run has the same beginning."""
    training = tiny_run(steps=100).training
    longer = RunConfig.from_dict(tiny_run(steps=200).to_dict()).training
    rates = [training.rate(step) for step in range(100)]
    assert rates[0] < rates[1] == rates[50] == training.learning_rate
    assert 0 < rates[-1] < rates[-2] < rates[50]
    assert rates[:90] == [longer.rate(step) for step in range(90)]
