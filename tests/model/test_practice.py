"""Learning from a few drawings, with the shipped weights: learning the new, keeping the old."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch.distributions import MultivariateNormal, kl_divergence

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Polylines, SketchError
from sketchstudio.model.checkpoint import Checkpoint, ModelError, load_checkpoint, packed
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.practice import Exercise, Practice, examples_of, introduced
from sketchstudio.model.rehearsal import codes_near, fed, forgotten
from sketchstudio.model.studio import Studio, available_models

NAME = "ladder"


def ladder(rungs: int, width: float) -> list[np.ndarray]:
    """Two long strokes and some short ones between them."""
    rails = [np.array([[x, 0.0], [x + 2, 100.0]]) for x in (0.0, width)]
    heights = np.linspace(10, 90, rungs)
    return [*rails, *(np.array([[0.0, y], [width, y + 1]]) for y in heights)]


EXAMPLES = [ladder(rungs, width) for rungs in (4, 5, 6) for width in (25.0, 35.0)]
LONG = [ladder(rungs, width) for rungs in (9, 10, 11) for width in (12.0, 15.0)]


@pytest.fixture(scope="module")
def known() -> Checkpoint:
    return load_checkpoint(available_models()["studio"])


@pytest.fixture(scope="module")
def examples(known: Checkpoint) -> list[Polylines]:
    return examples_of(EXAMPLES, known.network.config.max_points)


@pytest.fixture(scope="module")
def new(known: Checkpoint, examples: list[Polylines]) -> Checkpoint:
    return introduced(known, NAME, examples)


def test_known_at_once_and_nothing_else_changes(
    known: Checkpoint, new: Checkpoint, examples: list[Polylines]
):
    """A category is there by its codes alone; others are named and drawn as before."""
    before, after = Studio(known), Studio(new)
    assert after.config.categories == (*before.config.categories, NAME)
    guesses = after.guess(after.encode(examples))
    assert (guesses.argmax(axis=1) == after.category_index(NAME)).all()
    codes = known.exemplar_codes.reshape(-1, known.exemplar_codes.shape[-1])
    same = before.guess(codes).argmax(axis=1) == after.guess(codes).argmax(axis=1)
    assert same.mean() > 0.98
    drawn = [studio.generate("cat", 2, Sampling(0.1, 5)) for studio in (before, after)]
    for one, other in zip(*drawn, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one.strokes, other.strokes, strict=True))
    assert after.generate(NAME, 1, Sampling())[0].strokes
    begun = [EXAMPLES[0][:2]]
    assert after.complete(begun, Sampling(), category=NAME)


def test_usual_codes_are_known_of_what_was_taught(known: Checkpoint, examples: list[Polylines]):
    """What is taught next is told from it, too."""
    assert known.usual_codes is not None
    new = introduced(known, NAME, examples)
    assert new.usual_codes is not None
    assert np.array_equal(new.usual_codes[:-1], known.usual_codes)
    codes = Studio(known).encode(examples)
    assert (np.abs(new.usual_codes[-1][:, None] - codes).max(axis=2).min(axis=1) < 1e-5).all()
    again = introduced(new, "longer ladder", examples_of(LONG, known.network.config.max_points))
    assert (
        Studio(again).guess(codes).argmax(axis=1) == again.network.config.categories.index(NAME)
    ).all()


def test_codes_near_peoples_drawings_are_named_as_these(known: Checkpoint):
    """Usual codes stray as people's drawings do, and still are of all categories in turn."""
    count = len(known.network.config.categories)
    for model in (known, replace(known, usual_codes=None)):
        codes = codes_near(model, 0, 4 * count, np.random.default_rng(0))
        named = Studio(model).guess(codes).argmax(axis=1)
        assert (named == np.tile(np.arange(count), 4)).mean() > 0.6
        without = codes_near(model, 0, count - 1, np.random.default_rng(0), fresh=count - 1)
        assert (Studio(model).guess(without).argmax(axis=1) == count - 1).mean() < 0.1


def test_weights_from_before_usual_codes_are_taught_too(
    known: Checkpoint, examples: list[Polylines]
):
    """They are told from typical drawings, the more cautiously: others keep their names."""
    before = replace(known, usual_codes=None)
    new = introduced(before, NAME, examples)
    assert new.usual_codes is None
    studio, label = Studio(new), len(known.network.config.categories)
    assert (studio.guess(studio.encode(examples)).argmax(axis=1) == label).all()
    assert known.usual_codes is not None
    others = known.usual_codes.reshape(-1, known.usual_codes.shape[-1])
    assert (studio.guess(others).argmax(axis=1) == label).mean() < 0.05


def surprise(checkpoint: Checkpoint, examples: list[Polylines]) -> float:
    """Nats a step that examples surprise a model by, drawn from their own codes."""
    network = checkpoint.network
    steps = fed(examples, network.config)
    with torch.no_grad():
        codes = torch.from_numpy(Studio(checkpoint).encode(examples))
        parameters = network.decoder(steps.inputs, codes, steps.real)
    targets = steps.targets[steps.real]
    pen = targets[:, 2:].argmax(dim=1)
    offsets = offset_nll(parameters, targets[:, :2])[pen != 2]
    return float(offsets.mean() + pen_nll(parameters, pen).mean())


def test_practice_learns_the_new_and_keeps_the_old(new: Checkpoint, examples: list[Polylines]):
    """After a few steps the examples surprise it less, and what it drew before hardly more."""
    practice = Practice(new, NAME, examples, Exercise(steps=12, new=6, old=6, rehearsals=64))
    steps = []
    while not practice.done:
        steps.append(practice.step())
    taught = practice.result()
    assert surprise(taught, examples) < surprise(new, examples) - 0.2
    assert steps[0][1] == pytest.approx(0, abs=1e-4)  # nothing is forgotten at first
    assert max(lost for _, lost in steps) < 1.0
    codes = [Studio(one).encode(examples) for one in (new, taught)]
    assert np.array_equal(*codes)  # the encoder stays
    for name in ("category", "beginning"):
        old, now = (getattr(one.network, name).weight[:-1] for one in (new, taught))
        assert torch.equal(old, now)
    assert surprise(new, examples) != surprise(taught, examples)  # a copy was taught


def test_it_is_a_weights_file_like_any_other(new: Checkpoint, tmp_path):
    """What was taught is written and read as every model is."""
    path = tmp_path / "taught.safetensors"
    path.write_bytes(packed(new, {"taught": NAME}))
    again = load_checkpoint(path)
    assert again.network.config == new.network.config
    assert np.allclose(again.exemplar_codes, new.exemplar_codes, atol=1e-2)


def test_what_cannot_be_taught(known: Checkpoint, examples: list[Polylines]):
    """Too few drawings, a category that it has, and what is no drawing are refused in a line."""
    with pytest.raises(SketchError, match="3 to 100 drawings, not 2"):
        examples_of(EXAMPLES[:2], 128)
    with pytest.raises(SketchError, match="empty"):
        examples_of([*EXAMPLES, []], 128)
    with pytest.raises(ModelError, match="'cat' already"):
        introduced(known, "cat", examples)


def test_long_drawings_are_coarsened():
    """A drawing of more points than the model was trained on is simplified, not refused."""
    way = np.cumsum(np.random.default_rng(0).normal(size=(3000, 2)), axis=0)
    (one, *_) = examples_of([[way]] * 3, 128)
    assert sum(map(len, one)) <= 128


def test_forgetting_is_a_divergence():
    """It is zero for equal densities, and for single normals the exact divergence."""
    rng = np.random.default_rng(1)
    before = torch.from_numpy(rng.normal(0, 0.4, (5, 9)).astype(np.float32))
    now = torch.from_numpy(rng.normal(0, 0.4, (5, 9)).astype(np.float32))
    assert torch.allclose(forgotten(before, before), torch.zeros(5), atol=1e-6)

    def normal(row: torch.Tensor) -> MultivariateNormal:
        _, x, y, log_sx, log_sy, rho = row[:6].double()
        sx, sy, rho = log_sx.exp(), log_sy.exp(), torch.tanh(rho) * 0.98
        covariance = torch.stack(
            [torch.stack([sx * sx, rho * sx * sy]), torch.stack([rho * sx * sy, sy * sy])]
        )
        return MultivariateNormal(torch.stack([x, y]), covariance)

    for p, q, told in zip(before, now, forgotten(now, before), strict=True):
        pen, pen_now = (torch.log_softmax(row[-3:].double(), 0) for row in (p, q))
        exact = kl_divergence(normal(p), normal(q)) + (pen.exp() * (pen - pen_now)).sum()
        assert float(told) == pytest.approx(float(exact), rel=1e-3)
