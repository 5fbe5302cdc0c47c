"""The training loop: it learns, resumes to the same curve, and survives bad numbers."""

from __future__ import annotations

import math
import pickle
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.shapes import shape_splits, tiny_run

from sketchstudio.model.config import ModelConfig
from trainer.batches import NONE, Batch, make_batch
from trainer.configuration import RunConfig
from trainer.loop import Trainer, read_checkpoint
from trainer.losses import (
    BEGUN_TRUST,
    Losses,
    Weights,
    batch_losses,
    divergence,
    held_out_losses,
)
from trainer.sketches import Sketches

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Splits:
    return shape_splits(tmp_path_factory.mktemp("shapes"))


def tiny_model() -> dict[str, object]:
    """A configuration as checkpoints hold it."""
    return ModelConfig("tiny", ("circle",)).to_dict()


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


def test_a_run_that_goes_on_otherwise_says_so(splits: Splits, tmp_path: Path) -> None:
    """A changed batch or learning rate bends the curve; more steps do not."""
    run = tiny_run()
    Trainer(run, splits, tmp_path).save()
    for change, said in (({"steps": 99}, []), ({"ema": 0.5}, ["training.ema 0.999 → 0.5"])):
        resumed = Trainer(replace(run, training=replace(run.training, **change)), splits, tmp_path)
        resumed.resume()
        assert resumed.changes == said


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


def test_a_run_can_begin_with_a_models_weights(splits: Splits, tmp_path: Path) -> None:
    """The first validation is that of the model, which must be of the same sizes."""
    run = tiny_run()
    known = Trainer(run, splits, tmp_path)
    known.train()
    trainer = Trainer(run, splits, tmp_path / "again")
    trainer.begin_with(known.average)
    assert trainer.validate() == known.validate()
    assert trainer.step == 0
    smaller = replace(run, model={**run.model, "code": 8})
    with pytest.raises(ValueError, match="tiny cannot be begun with: other code than here"):
        Trainer(smaller, splits, tmp_path).begin_with(known.average)


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


def test_held_out_losses_do_not_depend_on_the_batches(splits: Splits, tmp_path: Path) -> None:
    """Batches of short sketches count by their points, not as much as those of long ones."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    sketches, rng = splits["train"], np.random.default_rng(0)
    order = np.argsort(sketches.lengths)
    config = trainer.config
    parts = [make_batch(sketches, part, config, NONE, rng) for part in np.array_split(order, 3)]
    whole = held_out_losses(trainer.average, [make_batch(sketches, order, config, NONE, rng)])
    parted = held_out_losses(trainer.average, parts)
    for key in ("nll", "offset", "pen", "category", "named"):
        assert parted[key] == pytest.approx(whole[key], rel=1e-5), key


def test_a_head_that_counts_nothing_has_a_gradient(splits: Splits, tmp_path: Path) -> None:
    """Processes that share gradients wait for every parameter's."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    loss, _ = batch_losses(trainer.network, trainer.stream.batch(0), Weights(category=0))
    loss.backward()
    assert [name for name, p in trainer.network.named_parameters() if p.grad is None] == []


def test_the_name_of_a_beginning_counts_less(splits: Splits, tmp_path: Path) -> None:
    """The head names what is there; what it might become counts a little."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    batch = trainer.validation[0]

    def surprise(begun: list[int]) -> float:
        marked = np.zeros(len(batch.labels), dtype=bool)
        marked[begun] = True
        category = batch_losses(trainer.average, replace(batch, begun=marked))[1].category
        assert category is not None
        return category

    count, everyone = len(batch.labels), surprise([])
    alone = (everyone * count - surprise([0]) * (count - 1 + BEGUN_TRUST)) / (1 - BEGUN_TRUST)
    others = (everyone * count - alone) / (count - 1)
    expected = (others * (count - 1) + BEGUN_TRUST * alone) / (count - 1 + BEGUN_TRUST)
    assert surprise([0]) == pytest.approx(expected, rel=1e-4)
    assert surprise(list(range(count))) == pytest.approx(everyone, rel=1e-5)
    assert surprise([0]) != pytest.approx(everyone, rel=1e-5)


def test_the_rate_warms_up_holds_and_decays() -> None:
    """A longer run has the same beginning."""
    training = tiny_run(steps=100).training
    longer = RunConfig.from_dict(tiny_run(steps=200).to_dict()).training
    rates = [training.rate(step) for step in range(100)]
    assert rates[0] < rates[1] == rates[50] == training.learning_rate
    assert 0 < rates[-1] < rates[-2] < rates[50]
    assert rates[:90] == [longer.rate(step) for step in range(90)]


def test_the_run_ends_when_nothing_gets_better(splits: Splits, tmp_path: Path) -> None:
    """After ``patience`` validations, with the best weights kept; a resumed run is over, too."""
    run = tiny_run(steps=40)
    run = replace(run, training=replace(run.training, patience=2, validate_every=2))
    trainer = Trainer(run, splits, tmp_path)
    scores = iter([3.0, 2.0, 2.5, 2.0, 1.0])
    trainer.validate = lambda: {"nll": next(scores)}  # type: ignore[method-assign]
    trainer.train()
    assert trainer.step == 8
    assert read_checkpoint(tmp_path / "best.pt")["step"] == 4
    assert read_checkpoint(tmp_path / "last.pt")["step"] == 8
    resumed = Trainer(run, splits, tmp_path)
    assert resumed.resume()
    resumed.train()
    assert resumed.step == 8


def test_a_run_from_before_licences_were_kept_goes_on(splits: Splits, tmp_path: Path) -> None:
    """And keeps the licence from then on."""
    run = replace(tiny_run(), licence="CC0: mine")
    trainer = Trainer(run, splits, tmp_path)
    trainer.save()
    saved = read_checkpoint(trainer.checkpoint)
    del saved["run"]["licence"]
    torch.save(saved, trainer.checkpoint)
    assert trainer.resume()
    trainer.save()
    assert read_checkpoint(trainer.checkpoint)["run"]["licence"] == "CC0: mine"


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a checkpoint", pickle.dumps(print, protocol=2)],
    ids=["empty", "cut", "text", "code"],
)
def test_a_damaged_or_foreign_checkpoint_is_one_line(
    splits: Splits, tmp_path: Path, content: bytes
) -> None:
    """It says which file, and what to do; nothing in it is run."""
    (tmp_path / "last.pt").write_bytes(content)
    with pytest.raises(ValueError, match=r"last\.pt.*remove it to start anew") as caught:
        Trainer(tiny_run(), splits, tmp_path).resume()
    assert "\n" not in str(caught.value)


def test_half_a_checkpoint_is_one_line(splits: Splits, tmp_path: Path) -> None:
    """As a full disk leaves it."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    trainer.save()
    whole = trainer.checkpoint.read_bytes()
    for keep in (len(whole) // 2, len(whole) - 10):
        trainer.checkpoint.write_bytes(whole[:keep])
        with pytest.raises(ValueError, match="damaged"):
            trainer.resume()


@pytest.mark.parametrize(
    "saved", [{"step": 1}, {"model_config": {}}, {"model_config": tiny_model()}, [1, 2]]
)
def test_another_programs_checkpoint_is_one_line(
    splits: Splits, tmp_path: Path, saved: object
) -> None:
    """Whatever it holds."""
    torch.save(saved, tmp_path / "last.pt")
    with pytest.raises(ValueError, match=r"last\.pt.*remove it to start anew"):
        Trainer(tiny_run(), splits, tmp_path).resume()


@pytest.mark.parametrize("variant", ["sketch-rnn", "sketch-rnn-nokl", "cnn-kl", "sketch-pix2seq"])
def test_the_papers_variants_learn_with_a_live_code(
    variant: str, splits: Splits, tmp_path: Path
) -> None:
    """From their configuration files, only smaller: the decoder comes to need its code."""
    paper = RunConfig.load(variant)
    small = {"code": 16, "hidden": 32, "mixtures": 3, "encoder_hidden": 16, "max_points": 32}
    shape_run = tiny_run(steps=100)
    training = replace(
        paper.training, steps=100, decay_steps=10, warmup=2, batch=16, learning_rate=1e-2, ema=0.9
    )
    run = replace(shape_run, model={**paper.model, **small}, training=training)
    trainer = Trainer(replace(run, augmentation=paper.augmentation), splits, tmp_path)
    before = trainer.validate()
    trainer.train()
    scores = trainer.validate()
    assert scores["nll"] < before["nll"] - 1
    assert scores["code_use"] > 0.02


def test_the_divergence_is_weighed_as_in_sketch_rnn(splits: Splits, tmp_path: Path) -> None:
    """Beside the likelihood of a whole sketch over the longest; without pull below the floor."""
    model = {**tiny_run().model, "encoder": "lstm"}
    trainer = Trainer(replace(tiny_run(), model=model), splits, tmp_path)
    batch = trainer.stream.batch(0)
    plain, losses = batch_losses(trainer.network, batch)
    assert losses.kl is not None
    weights = Weights(kl=0.5 * 32, kl_tolerance=losses.kl / 2)
    steps_a_sketch = batch.real.sum() / len(batch.labels)
    expected = plain + 0.5 * 32 * losses.kl / steps_a_sketch
    torch.testing.assert_close(batch_losses(trainer.network, batch, weights)[0], expected)
    floored = replace(weights, kl_tolerance=losses.kl * 2)
    torch.testing.assert_close(batch_losses(trainer.network, batch, floored)[0], plain)


def test_the_divergence_of_the_prior_is_zero() -> None:
    """And grows with distance and with narrowness (Kingma and Welling 2014, appendix B)."""
    codes = torch.tensor([[0.0, 0.0], [2.0, 0.0]])
    torch.testing.assert_close(divergence(codes, torch.zeros(2, 2)), torch.tensor([0.0, 1.0]))
    narrow = divergence(codes[:1], torch.full((1, 2), -2.0))
    torch.testing.assert_close(narrow, torch.tensor([0.5 * (1 + math.exp(-2))]))


def test_the_weight_of_the_divergence_is_annealed() -> None:
    """From its start to its end, by a share of the rest each step."""
    training = RunConfig.load("sketch-rnn").training
    weights = [training.divergence_weight(step) for step in range(0, 60_000, 100)]
    assert weights[0] == pytest.approx(0.01)
    assert all(one < other for one, other in pairwise(weights))
    assert weights[-1] == pytest.approx(0.5, abs=0.01)
    assert RunConfig.load("sketch-rnn-nokl").training.divergence_weight(1000) == 0
