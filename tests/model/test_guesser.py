"""Guessers that ship with a model: they have their say beside the head, and travel along."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from helpers.tiny import CONFIG, tiny_checkpoint

from sketchstudio.model.checkpoint import Checkpoint, ModelError, load_checkpoint, packed
from sketchstudio.model.classifier import TIMED, Classifier, ClassifierConfig
from sketchstudio.model.studio import GUESSERS_SAY, Studio

SQUARE = [np.array([[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], np.float32)]
WAVE = [np.array([[x, np.sin(x)] for x in range(9)], np.float32)]


def with_guessers(*categories: str, points: bool = True) -> Checkpoint:
    """The tiny model and guessers of these, of random weights."""
    torch.manual_seed(1)
    config = ClassifierConfig(categories, 16, (4, 8), 8, TIMED)
    configs = [config, replace(config, pictures=1, units=4)] if points else [config]
    guessers = tuple(Classifier(config).eval() for config in configs)
    return replace(tiny_checkpoint(), guessers=guessers)


@pytest.mark.parametrize("points", [False, True])
def test_head_and_guessers_agree_on_the_mean(points: bool) -> None:
    """Shares are the normalised geometric mean of theirs, with weights."""
    checkpoint = with_guessers(*CONFIG.categories, points=points)
    studio = Studio(checkpoint)
    head = studio.guess(studio.encode([SQUARE, WAVE]))
    shares = studio.guess_ink([SQUARE, WAVE])
    parts = [[(SQUARE[0] - 4.5) / 9], [(WAVE[0] - [4, 0]) / 8]]
    sketches = [[p.astype(np.float32)] for [p] in parts]
    expected = head ** (1 - GUESSERS_SAY)
    for guesser in checkpoint.guessers:
        share = GUESSERS_SAY / len(checkpoint.guessers)
        expected *= guesser.probabilities(guesser.read(sketches)) ** share
    np.testing.assert_allclose(shares, expected / expected.sum(axis=1, keepdims=True), atol=0.02)
    assert not np.allclose(shares, head, atol=0.02)
    assert studio.guess_ink([]).shape == (0, 3)


def test_what_they_do_not_know_is_left_to_the_head() -> None:
    """A category that was taught later keeps its share, and the others theirs together."""
    studio = Studio(with_guessers("sun", "cat"))
    head, shares = studio.guess(studio.encode([SQUARE])), studio.guess_ink([SQUARE])
    circle = CONFIG.categories.index("circle")
    assert shares[0, circle] == head[0, circle]
    assert shares.sum() == pytest.approx(1)
    assert not np.allclose(shares, head, atol=0.01)


def test_without_guessers_the_head_says_it_all() -> None:
    """As in models of other makers, and of before."""
    studio = Studio(tiny_checkpoint())
    np.testing.assert_array_equal(studio.guess_ink([SQUARE]), studio.guess(studio.encode([SQUARE])))


@pytest.mark.parametrize("points", [False, True])
def test_they_are_written_and_read_with_the_model(tmp_path: Path, points: bool) -> None:
    """In half precision, in the same file."""
    before = with_guessers("cat", "sun", points=points)
    path = tmp_path / "m.safetensors"
    path.write_bytes(packed(before, {}))
    after = load_checkpoint(path)
    for one, other in zip(before.guessers, after.guessers, strict=True):
        assert one.config == other.config
        seen = one.read([[SQUARE[0] / 9 - np.float32(0.5)]])
        np.testing.assert_allclose(one.probabilities(seen), other.probabilities(seen), atol=5e-3)


@pytest.mark.parametrize("which", ["guesser", "point_guesser"])
@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"categories": ["owl"]}, "names owl"),
        ({"hidden": 9}, "does not fit"),
        ({"categories": ["sun", "cat"]}, "different categories"),
        ({"raster": 10**9}, "whole numbers"),
        ({"more": 1}, "more"),
        ([], "cannot be read"),
    ],
)
def test_one_that_does_not_fit_is_one_line(
    tmp_path: Path, which: str, about: object, why: str
) -> None:
    """A stranger's file says one thing and holds another."""
    content = packed(with_guessers("cat", "sun"), {})
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    with safetensors.safe_open(path, framework="pt") as file:
        metadata = dict(file.metadata())
    tensors = safetensors.torch.load(content)
    config = json.loads(metadata[which])
    metadata[which] = json.dumps({**config, **about} if isinstance(about, dict) else about)
    path.write_bytes(safetensors.torch.save(tensors, metadata))
    with pytest.raises(ModelError, match=why) as raised:
        load_checkpoint(path)
    assert "\n" not in str(raised.value)
