"""The judge: it learns to name shapes, from disk as from memory, and can be interrupted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from helpers.shapes import SHAPES, shape, shape_splits

import trainer as trainer_package
from sketchstudio.core.sketch_codec import join, split
from sketchstudio.model.classifier import TIMED, ClassifierConfig
from trainer.configuration import RunConfig
from trainer.recogniser import Recogniser, boxed_each
from trainer.recogniser_training import RecogniserTrainer, RecogniserTraining
from trainer.sketches import Sketches

Splits = dict[str, Sketches]
CONFIG = ClassifierConfig(SHAPES, raster=32, channels=(8, 16), hidden=16)
POINTS = ClassifierConfig(SHAPES, hidden=16, units=16)


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Splits:
    return shape_splits(tmp_path_factory.mktemp("shapes"))


def trainer(
    splits: Splits, folder: Path, steps: int, checkpoint_every: int = 4
) -> RecogniserTrainer:
    training = RecogniserTraining(
        steps=steps, batch=32, ema=0.9, checkpoint_every=checkpoint_every, validate_every=1000
    )
    return RecogniserTrainer(CONFIG, training, splits, folder)


def test_it_learns_three_shapes(splits: Splits, tmp_path: Path) -> None:
    """After sixty steps it names shapes it has not seen, at any place and size."""
    report = trainer(splits, tmp_path, 60).train()
    assert set(report["valid"]["categories"]) <= set(SHAPES)
    recogniser, kept = Recogniser.load(tmp_path / "recogniser.safetensors")
    assert kept["test"] == report["test"]
    rng = np.random.default_rng(99)
    unseen = [
        [stroke.astype(np.float32) * 7 - 1000 for stroke in shape(name, rng)]
        for name in SHAPES
        for _ in range(30)
    ]
    right = recogniser.name(unseen) == np.repeat(np.arange(3), 30)
    assert right.mean() > 0.95
    assert recogniser.name([[], *unseen[:1]])[0] == -1
    assert recogniser.name([]).shape == (0,)


@pytest.mark.parametrize("config", [replace(CONFIG, pictures=TIMED), POINTS])
def test_a_guesser_learns_from_beginnings(
    splits: Splits, tmp_path: Path, config: ClassifierConfig
) -> None:
    """It names shapes of which half of the points are there, as a judge's training does not."""
    training = RecogniserTraining(steps=60, batch=32, ema=0.9, unfinished=0.75)
    guesser = RecogniserTrainer(config, training, splits, tmp_path)
    guesser.train()
    rng = np.random.default_rng(99)
    begun = []
    for name in SHAPES * 30:
        points, lifts = join(shape(name, rng))
        shown = len(points) // 2
        begun.append(split(points[:shown].astype(np.float32), lifts[:shown]))
    right = guesser.average.eval().name(begun) == np.tile(np.arange(3), 30)
    assert right.mean() > 0.6


def test_weights_come_back_in_half_precision(tmp_path: Path) -> None:
    """What is loaded is what was saved, to the precision of its file."""
    torch.manual_seed(0)
    recogniser = Recogniser(CONFIG)
    recogniser.save(tmp_path / "r.safetensors", {"steps": 3})
    again, training = Recogniser.load(tmp_path / "r.safetensors")
    assert training == {"steps": 3}
    assert again.config == CONFIG
    rng = np.random.default_rng(0)
    rasters = rng.integers(0, 255, (5, 1, 32, 32)).astype(np.uint8)
    np.testing.assert_allclose(
        recogniser.probabilities(rasters), again.probabilities(rasters), atol=5e-3
    )


def test_resume_ends_with_the_same_weights(splits: Splits, tmp_path: Path) -> None:
    """A killed run loses nothing but time."""
    whole = trainer(splits, tmp_path / "whole", 8)
    whole.train()
    killed = trainer(splits, tmp_path / "killed", 8)
    for _ in range(5):
        killed.learn(*killed.batches.batch(killed.step))
        if killed.step == 4:
            killed.save()
    resumed = trainer(splits, tmp_path / "killed", 8)
    assert resumed.resume()
    assert resumed.step == 4
    resumed.train()
    ours, theirs = resumed.average.state_dict(), whole.average.state_dict()
    assert all(torch.equal(ours[name], theirs[name]) for name in theirs)


def test_another_recogniser_is_not_overwritten(splits: Splits, tmp_path: Path) -> None:
    """Resuming into the folder of another one is refused."""
    trainer(splits, tmp_path, 8).save()
    other = ClassifierConfig(SHAPES, raster=32, channels=(8, 8), hidden=16)
    with pytest.raises(ValueError, match="another recogniser"):
        RecogniserTrainer(other, RecogniserTraining(), splits, tmp_path).resume()


def test_a_damaged_checkpoint_is_one_line(splits: Splits, tmp_path: Path) -> None:
    """Cut off or foreign, it says what to do."""
    run = trainer(splits, tmp_path, 8)
    run.save()
    path = tmp_path / "last.pt"
    assert [file.name for file in tmp_path.iterdir()] == ["last.pt"]
    whole = path.read_bytes()
    for content in (b"", whole[: len(whole) // 2]):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"last\.pt is damaged.*start anew"):
            run.resume()
    torch.save({"config": {}}, path)
    with pytest.raises(ValueError, match="start anew"):
        run.resume()


def test_weights_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    """Of other sizes than the file says, with some missing, or without saying any."""
    path = tmp_path / "r.safetensors"
    Recogniser(CONFIG).save(path, {})
    with safetensors.safe_open(path, framework="pt") as file:
        metadata = file.metadata()
        tensors = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118
    key = next(iter(tensors))
    for broken, about in (
        ({**tensors, key: torch.zeros(3)}, metadata),
        ({name: tensor for name, tensor in tensors.items() if name != key}, metadata),
        ({**tensors, "more": torch.zeros(3)}, metadata),
        (tensors, {"format": metadata["format"]}),
        (tensors, {**metadata, "config": '{"categories": 3, "channels": []}'}),
    ):
        path.write_bytes(safetensors.torch.save(broken, about))
        with pytest.raises(ValueError, match="is no whole recogniser") as raised:
            Recogniser.load(path)
        assert "\n" not in str(raised.value)


def test_other_files_are_refused(tmp_path: Path) -> None:
    """A model's weights, or anything else, are no judge."""
    path = tmp_path / "model.safetensors"
    path.write_bytes(safetensors.torch.save({"x": torch.zeros(1)}, {"format": "other"}))
    with pytest.raises(ValueError, match="is no recogniser"):
        Recogniser.load(path)
    path.write_bytes(b"nothing")
    with pytest.raises(ValueError, match="is no recogniser"):
        Recogniser.load(path)
    with pytest.raises(OSError, match=r"absent\.safetensors"):
        Recogniser.load(tmp_path / "absent.safetensors")


def test_drawings_are_boxed_before_they_are_judged() -> None:
    """Place and size do not matter; an empty drawing is blank paper."""
    square = [np.array([[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], np.float32)]
    far = [square[0] * np.float32(40) + np.float32(3000)]
    rasters = Recogniser(CONFIG).read(boxed_each([square, far, []]))
    np.testing.assert_array_equal(rasters[0], rasters[1])
    assert rasters[0].any()
    assert not rasters[2].any()


def test_the_kept_judge_knows_the_studio_categories() -> None:
    """It is whole, learnt the categories of the studio model, and names what anyone would."""
    path = Path(trainer_package.__file__).parent / "weights" / "recogniser.safetensors"
    judge, training = Recogniser.load(path)
    assert set(judge.config.categories) == set(RunConfig.load("studio").categories)
    assert training["test"]["named"] >= 0.88
    angles = np.linspace(0, 2 * np.pi, 25)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    rays = [circle[i] * np.array([[1.2], [1.6]], np.float32) for i in range(0, 24, 3)]
    named = judge.name([[circle], [circle, *rays]])
    assert [judge.config.categories[i] for i in named] == ["circle", "sun"]
