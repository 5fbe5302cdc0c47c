"""Drawing: the decoder is the trained network, compiled or not, and batches change nothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from helpers.tiny import CONFIG, point_by_point, tiny_checkpoint

from sketchstudio.model import compiled_steps, sampling, steps
from sketchstudio.model.sampling import Decode, Primer, StrokeDecoder, gumbel
from sketchstudio.model.steps import STATE_SCALE, sample, whole_numbers

NETWORK = tiny_checkpoint().network
WEIGHTS = {name: tensor.numpy() for name, tensor in NETWORK.state_dict().items()}
DECODER = StrokeDecoder(WEIGHTS, CONFIG)
PLAIN = StrokeDecoder(WEIGHTS, CONFIG, steps)
RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(5, CONFIG.code)).astype(np.float32)


def primer(points: int, **options: bool) -> Primer:
    rng = np.random.default_rng(points)
    return Primer(
        rng.normal(0, 0.2, (points, 2)).astype(np.float32), rng.random(points) < 0.3, **options
    )


def run(decode: Decode) -> list[list[np.ndarray]]:
    for _ in decode:
        pass
    return decode.sketches()


def test_the_compiled_steps_are_taken() -> None:
    """Where numba is installed, drawing is as fast as it can be."""
    assert sampling.fastest_steps() is compiled_steps


def test_without_a_compiler_plain_steps_are_taken(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In a frozen app there may be nothing to compile from: the model draws all the same."""

    def refuse(*_: object) -> object:
        raise AttributeError("no code to compile")

    monkeypatch.setattr(compiled_steps, "go_on", refuse)
    assert sampling.fastest_steps.__wrapped__() is steps
    assert "no code to compile" in caplog.text


@pytest.mark.parametrize("decoder", [DECODER, PLAIN])
def test_steps_equal_the_trained_network(
    decoder: StrokeDecoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is trained by torch is what draws: every step's parameters agree."""
    ink = primer(9)
    rows = np.zeros((1, 10, 7), np.float32)
    rows[0, 0, 2] = 1
    before = np.vstack([np.zeros((1, 2), np.float32), ink.points[:-1]])
    rows[0, 1:, :2] = (ink.points - before) / CONFIG.offset_std
    rows[0, 1:, 2], rows[0, 1:, 3], rows[0, 1:, 5:] = ~ink.lifts, ink.lifts, ink.points
    with torch.no_grad():
        expected = NETWORK.decoder(
            torch.from_numpy(rows), torch.from_numpy(CODES[:1]), torch.ones(1, 10, dtype=torch.bool)
        ).numpy()
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    seen = point_by_point(decoder, Decode(decoder, CODES[:1], [1], 0.5, [ink], limit=1))
    np.testing.assert_allclose(seen[:9], expected[:9], atol=2e-3)


def test_compiled_steps_draw_what_plain_ones_draw() -> None:
    """A machine where nothing can be compiled gives the same drawings, only later."""
    primers = [primer(n, open=n == 8) for n in (3, 8, 1, 5, 8)]
    for given in (None, primers):
        ours, theirs = (
            run(Decode(decoder, CODES, range(5), 0.7, given)) for decoder in (DECODER, PLAIN)
        )
        for one, other in zip(ours, theirs, strict=True):
            for a, b in zip(one, other, strict=True):
                np.testing.assert_allclose(a, b, atol=1e-3)


def test_compiled_products_are_exact_for_any_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of nine, four, two and one leave none out and none wrong."""
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    for count in range(1, 20):
        decode = Decode(DECODER, np.resize(CODES, (count, CONFIG.code)), range(count), 0.5)
        next(iter(decode))
        batch, alive = decode.batch, decode._alive
        exact = batch.states.astype(np.int64) @ DECODER.weights.product.T.astype(np.int64)
        np.testing.assert_array_equal(batch.sums[:alive], exact[:alive])


def test_whole_numbers_are_near_and_never_overflow() -> None:
    """Rows of any size keep their digits, and the largest sum there can be fits 32 bits."""
    rows = RNG.normal(size=(6, 50)).astype(np.float32)
    rows[1:] *= np.array([[1e-3], [1e3], [0], [1], [1]], np.float32)
    rows[4], rows[5] = 1, np.eye(1, 50)[0]
    whole, scale = whole_numbers(rows)
    assert whole.shape == (8, 64)
    assert np.abs(whole.astype(np.int64)).sum(axis=1).max() * STATE_SCALE < 2**31
    back = whole[:6, :50] * scale[:6, None] * STATE_SCALE
    np.testing.assert_allclose(back, rows, atol=1e-3 * np.abs(rows).max())
    assert not whole[6:].any()
    assert not whole[:, 50:].any()


def test_whole_strokes_are_those_that_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shown of a sketch under way is a beginning of what it becomes."""
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    decode = Decode(DECODER, CODES[:1], [4], 1.0)
    seen = [decode.whole_strokes() for _ in decode]
    (whole,) = decode.sketches()
    assert 0 < len(seen[-1]) <= len(whole)
    for early in seen:
        for a, b in zip(early, whole, strict=False):
            np.testing.assert_array_equal(a, b)


def test_a_sketch_is_the_same_alone_and_in_a_batch() -> None:
    """A seed means one drawing, whatever is drawn beside it and however long its primer."""
    primers = [primer(n) for n in (3, 8, 1, 5, 8)]
    seeds = [3, 1, 4, 1, 5]
    together = run(Decode(DECODER, CODES, seeds, 0.4, primers))
    for i in range(5):
        (alone,) = run(Decode(DECODER, CODES[i : i + 1], [seeds[i]], 0.4, [primers[i]]))
        assert len(alone) == len(together[i])
        for a, b in zip(alone, together[i], strict=True):
            np.testing.assert_allclose(a, b, atol=1e-3)


def test_seed_decides() -> None:
    """The same seed draws the same, another seed something else."""
    one, again, other = (run(Decode(DECODER, CODES[:1], [s], 0.5))[0] for s in (7, 7, 8))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not np.allclose(one[0][:1], other[0][:1])


def test_never_longer_than_the_limit_and_never_empty() -> None:
    """A model that does not end is ended, one that ends at once has drawn a point."""
    for limit in (1, 2, 7):
        decode = Decode(DECODER, CODES, range(5), 1.0, limit=limit)
        for sketch in run(decode):
            assert 1 <= sum(map(len, sketch)) <= limit


def test_cut_stroke_may_go_on_from_its_last_point() -> None:
    """Where the model keeps the pen down, the added stroke starts at the person's last point."""
    ink = primer(6, open=True)
    joined = 0
    for seed in range(20):
        decode = Decode(DECODER, CODES[:1], [seed], 1.0, [ink])
        (sketch,) = run(decode)
        if decode.batch.open[0]:
            joined += 1
            np.testing.assert_array_equal(sketch[0][0], ink.points[-1])
        else:
            assert not np.array_equal(sketch[0][0], ink.points[-1])
    assert 0 < joined < 20


def test_samples_follow_the_density() -> None:
    """At temperature 1 the moments of the samples are those of the component."""
    count = 40_000
    row = np.zeros((1, 6 * 2 + 3), np.float32)
    row[0, :2] = 5, -5  # the first component, nearly always
    row[0, [2, 4, 6, 8, 10]] = 1.5, -0.5, 0.2, -0.3, 0.6
    row[0, -3:] = np.log([0.7, 0.2, 0.1])
    rng = np.random.default_rng(1)
    noise = gumbel(rng, (count, 2 + 3))
    normal = rng.standard_normal((count, 2), dtype=np.float32)
    offsets, pen = sample(np.repeat(row, count, axis=0), noise, normal, 1.0)
    np.testing.assert_allclose(offsets.mean(axis=0), [1.5, -0.5], atol=0.05)
    np.testing.assert_allclose(offsets.std(axis=0), np.exp([0.2, -0.3]), rtol=0.03)
    np.testing.assert_allclose(np.corrcoef(offsets.T)[0, 1], np.tanh(0.6) * 0.98, atol=0.03)
    np.testing.assert_allclose(np.bincount(pen) / count, [0.7, 0.2, 0.1], atol=0.02)


def test_temperature_sharpens_the_choice_and_narrows_the_spread() -> None:
    """Ha and Eck 2017, equation 8: logits over T, sigmas times its root; the pen is left looser."""
    count, temperature = 40_000, 0.4
    row = np.zeros((1, 6 * 2 + 3), np.float32)
    row[0, :2], row[0, 2:4] = (0.5, 0.0), (-50, 50)  # means so far apart that x tells which
    row[0, -3:] = np.log([0.5, 0.3, 0.2])
    rng = np.random.default_rng(2)
    noise, normal = gumbel(rng, (count, 5)), rng.standard_normal((count, 2), dtype=np.float32)
    offsets, pen = sample(np.repeat(row, count, axis=0), noise, normal, temperature)
    shares = np.array([0.5, 0.3, 0.2]) ** (1 / np.sqrt(temperature))
    np.testing.assert_allclose(np.bincount(pen) / count, shares / shares.sum(), atol=0.01)
    first = offsets[:, 0] < 0
    assert abs(first.mean() - 1 / (1 + np.exp(-0.5 / temperature))) < 0.01
    assert abs(offsets[first, 0].std() - np.sqrt(temperature)) < 0.01


def test_low_temperature_is_nearly_the_likeliest() -> None:
    """Towards zero the most likely component's mean and pen state come back."""
    row = np.zeros((1, 6 * 2 + 3), np.float32)
    row[0, :2], row[0, 2:4], row[0, -3:] = (1.0, 0.0), (2.0, -2.0), (0, 1, 0)
    noise = gumbel(np.random.default_rng(3), (1, 2 + 3))
    offsets, pen = sample(row, noise, np.ones((1, 2), np.float32), 0.01)
    assert abs(offsets[0, 0] - 2) < 0.2
    assert pen[0] == 1
