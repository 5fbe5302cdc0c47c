"""Drawing: the numpy decoder is the trained network, and batches change nothing."""

from __future__ import annotations

import numpy as np
import torch
from helpers.tiny import CONFIG, tiny_checkpoint

from sketchstudio.model.sampling import Decode, Primer, StrokeDecoder, gumbel, sample

NETWORK = tiny_checkpoint().network
DECODER = StrokeDecoder(
    {name: tensor.numpy() for name, tensor in NETWORK.state_dict().items()}, CONFIG
)
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


def test_steps_equal_the_trained_network() -> None:
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
    decode = Decode(DECODER, CODES[:1], [1], 0.5, [ink], limit=1)
    seen = []
    for _ in decode:
        state = decode._input[:, : CONFIG.hidden]
        seen.append(state @ DECODER.output_weight + DECODER.output_bias)
    np.testing.assert_allclose(np.concatenate(seen)[:9], expected[:9], atol=1e-4)


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
        if decode._open[0]:
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
