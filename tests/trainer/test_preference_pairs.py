"""Preferences: which two of a model's own candidates make a pair, and what is held of them."""

from __future__ import annotations

import copy
from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.shapes import shape_splits, tiny_run

from sketchstudio.core.sketch_codec import Box, boxed, join
from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.studio import Studio
from trainer.export import averaged_network, category_codes
from trainer.loop import Trainer, read_checkpoint
from trainer.preferences import Taste, preferences
from trainer.sketches import Sketches

EVERY = Taste(candidates=5, temperature=0.6, apart=0.05, brief=0)
"""Of a model that has learnt little, candidates differ much where they are drawn freely."""


@pytest.fixture(scope="module")
def train(tmp_path_factory: pytest.TempPathFactory) -> Sketches:
    return shape_splits(tmp_path_factory.mktemp("shapes"))["train"]


@pytest.fixture(scope="module")
def checkpoint(train: Sketches, tmp_path_factory: pytest.TempPathFactory) -> Checkpoint:
    folder = tmp_path_factory.mktemp("run")
    trainer = Trainer(tiny_run(steps=60), shape_splits(folder / "shapes"), folder)
    trainer.train()
    network = averaged_network(read_checkpoint(trainer.checkpoint))
    return Checkpoint(network, category_codes(network, train))


@pytest.fixture
def studio(checkpoint: Checkpoint) -> Studio:
    return Studio(checkpoint)


def test_the_better_is_named_more_surely(studio: Studio, train: Sketches) -> None:
    """Of a completion, the better one's category is likelier by the model's own guess."""
    taste = replace(EVERY, begun=1.0)
    liked = preferences(studio, train, 24, np.random.default_rng(1), taste)
    ended = [pair for pair in liked.pairs if pair.ended]
    assert ended
    for pair in ended:
        sketches = [boxed(one, Box.around(one)) for one in (pair.better, pair.worse)]
        shares = studio.guess_boxed(sketches, studio.encode_boxed(sketches))
        assert (shares[0] - shares[1]).max() >= taste.apart - 0.01
    assert liked.first <= liked.best


def test_both_go_on_from_the_same_ink(studio: Studio, train: Sketches) -> None:
    """What the person drew is in both as the decoder was fed it; a redraw has none of it."""
    rng = np.random.default_rng(2)
    pairs = preferences(studio, train, 24, rng, replace(EVERY, begun=1.0)).pairs
    assert {pair.open for pair in pairs} == {False, True}
    for pair in pairs:
        one, other = join(pair.better), join(pair.worse)
        assert 0 < pair.given < min(len(one[0]), len(other[0]))
        np.testing.assert_array_equal(one[0][: pair.given], other[0][: pair.given])
        known = pair.given - pair.open  # the last lift may be the model's
        np.testing.assert_array_equal(one[1][:known], other[1][:known])
    redrawn = preferences(studio, train, 16, rng, replace(EVERY, begun=0.0)).pairs
    assert redrawn
    assert all(pair.given == 0 and not pair.open for pair in redrawn)


def test_endless_candidates_are_never_the_better(checkpoint: Checkpoint, train: Sketches) -> None:
    """Where a model ends few of its sketches, it shall prefer those."""
    network = copy.deepcopy(checkpoint.network)
    with torch.no_grad():
        network.decoder.output.bias[-1] -= 4
    tireless = Studio(replace(checkpoint, network=network))
    liked = preferences(tireless, train, 24, np.random.default_rng(3), replace(EVERY, apart=2.0))
    assert 0 < liked.ended < 1
    assert liked.pairs
    assert not any(pair.ended for pair in liked.pairs)


def test_the_same_seed_prefers_the_same(studio: Studio, train: Sketches) -> None:
    """Pairs depend on the seed alone; each drawing is counted once."""
    counted: list[int] = []
    one, other = (
        preferences(studio, train, 11, np.random.default_rng(4), EVERY, counted.append)
        for _ in range(2)
    )
    assert sum(counted) == 2 * 11
    assert len(one.pairs) == len(other.pairs)
    for a, b in zip(one.pairs, other.pairs, strict=True):
        np.testing.assert_array_equal(join(a.better)[0], join(b.better)[0])
        np.testing.assert_array_equal(a.code, b.code)


def test_of_equals_the_shorter_is_better(checkpoint: Checkpoint, train: Sketches) -> None:
    """Where points cost more than a name is worth, the better is never the longer one."""
    taste = replace(EVERY, brief=10.0, apart=1.0)
    ended = [
        pair
        for pair in preferences(
            Studio(checkpoint), train, 16, np.random.default_rng(5), taste
        ).pairs
        if pair.ended
    ]
    assert ended
    for pair in ended:
        assert len(join(pair.better)[0]) < len(join(pair.worse)[0])
