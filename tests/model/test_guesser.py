"""A guesser that ships with a model: it has its say beside the category head, and travels along."""

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
from sketchstudio.model.studio import GUESSER_SAY, Studio

SQUARE = [np.array([[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]], np.float32)]
WAVE = [np.array([[x, np.sin(x)] for x in range(9)], np.float32)]


def with_guesser(*categories: str) -> Checkpoint:
    """The tiny model and a guesser of these, of random weights."""
    torch.manual_seed(1)
    config = ClassifierConfig(categories, 16, (4, 8), 8, TIMED)
    return replace(tiny_checkpoint(), guesser=Classifier(config).eval())


def test_head_and_guesser_agree_on_the_mean() -> None:
    """Shares are the normalised geometric mean of theirs, with weights."""
    checkpoint = with_guesser(*CONFIG.categories)
    assert checkpoint.guesser is not None
    studio, guesser = Studio(checkpoint), checkpoint.guesser
    head = studio.guess(studio.encode([SQUARE, WAVE]))
    both = studio.guess_ink([SQUARE, WAVE])
    parts = [[(SQUARE[0] - 4.5) / 9], [(WAVE[0] - [4, 0]) / 8]]
    other = guesser.probabilities(guesser.read([[p.astype(np.float32)] for [p] in parts]))
    expected = head ** (1 - GUESSER_SAY) * other**GUESSER_SAY
    np.testing.assert_allclose(both, expected / expected.sum(axis=1, keepdims=True), atol=0.02)
    assert not np.allclose(both, head, atol=0.02)
    assert studio.guess_ink([]).shape == (0, 3)


def test_what_it_does_not_know_is_left_to_the_head() -> None:
    """A category that was taught later keeps its share, and the others theirs together."""
    studio = Studio(with_guesser("sun", "cat"))
    head, both = studio.guess(studio.encode([SQUARE])), studio.guess_ink([SQUARE])
    circle = CONFIG.categories.index("circle")
    assert both[0, circle] == head[0, circle]
    assert both.sum() == pytest.approx(1)
    assert not np.allclose(both, head, atol=0.01)


def test_without_a_guesser_the_head_says_it_all() -> None:
    """As in models of other makers, and of before."""
    studio = Studio(tiny_checkpoint())
    np.testing.assert_array_equal(studio.guess_ink([SQUARE]), studio.guess(studio.encode([SQUARE])))


def test_it_is_written_and_read_with_the_model(tmp_path: Path) -> None:
    """In half precision, in the same file."""
    before = with_guesser("cat", "sun")
    path = tmp_path / "m.safetensors"
    path.write_bytes(packed(before, {}))
    after = load_checkpoint(path)
    assert before.guesser is not None
    assert after.guesser is not None
    assert after.guesser.config == before.guesser.config
    rasters = before.guesser.read([[SQUARE[0] / 9 - np.float32(0.5)]])
    np.testing.assert_allclose(
        before.guesser.probabilities(rasters), after.guesser.probabilities(rasters), atol=5e-3
    )


@pytest.mark.parametrize(
    ("about", "why"),
    [
        ({"categories": ["owl"]}, "names owl"),
        ({"channels": [4, 16]}, "does not fit"),
        ({"raster": 10**9}, "whole numbers"),
        ({"more": 1}, "more"),
        ([], "cannot be read"),
    ],
)
def test_one_that_does_not_fit_is_one_line(tmp_path: Path, about: object, why: str) -> None:
    """A stranger's file says one thing and holds another."""
    content = packed(with_guesser("cat", "sun"), {})
    path = tmp_path / "m.safetensors"
    path.write_bytes(content)
    with safetensors.safe_open(path, framework="pt") as file:
        metadata = dict(file.metadata())
    tensors = safetensors.torch.load(content)
    config = json.loads(metadata["guesser"])
    metadata["guesser"] = json.dumps({**config, **about} if isinstance(about, dict) else about)
    path.write_bytes(safetensors.torch.save(tensors, metadata))
    with pytest.raises(ModelError, match=why) as raised:
        load_checkpoint(path)
    assert "\n" not in str(raised.value)
