"""The paper's variants: what they read, and that the app can use them like its own model."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from helpers.tiny import CONFIG, SQUARE, TWO_STROKES, point_by_point
from helpers.variants import VARIANTS, network_of, variant_checkpoint
from torch import nn

from sketchstudio.core.sampling import Sampling
from sketchstudio.model import sampling
from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.encoder import NormalEncoder, SmallCNN, StrokeReader
from sketchstudio.model.reading import seen
from sketchstudio.model.sampling import Decode, Primer
from sketchstudio.model.studio import Studio

STUDIO = {"cnn": CONFIG, **VARIANTS}


@pytest.fixture(scope="module", params=VARIANTS)
def studio(request: pytest.FixtureRequest) -> Studio:
    return Studio(variant_checkpoint(request.param))


def test_the_small_cnn_is_the_papers() -> None:
    """976 weights of convolutions, 288 features, and two heads of 128."""
    config = replace(VARIANTS["small-cnn"], code=128)
    encoder = NormalEncoder(config)
    assert isinstance(encoder.reader, SmallCNN)
    assert encoder.reader.width == 6 * 6 * 8
    assert sum(weight.numel() for weight in encoder.reader.parameters()) == 976
    assert sum(weight.numel() for weight in encoder.parameters()) == 976 + 73_984


def test_the_high_pass_sees_edges_alone() -> None:
    """An even picture has none but at its border; a line has some."""
    reader = SmallCNN(VARIANTS["small-cnn"])
    seen_by_first: list[torch.Tensor] = []
    reader.convolutions[0].register_forward_pre_hook(
        lambda _, inputs: seen_by_first.append(inputs[0])
    )
    empty, line = torch.zeros(1, 48, 48), torch.zeros(1, 48, 48)
    line[0, 20, 10:30] = 1
    reader(empty)
    reader(line)
    inside = [picture[0, 0, 2:-2, 2:-2] for picture in seen_by_first]
    torch.testing.assert_close(inside[0], torch.zeros_like(inside[0]), atol=1e-2, rtol=0)
    assert inside[1].min() < -1000  # 255 a neighbour, as the paper's pixels go from 0 to 255


def test_the_stroke_reader_is_a_bidirectional_lstm_over_packed_strokes() -> None:
    """Padding changes nothing, and both ways end where they should."""
    config = VARIANTS["lstm"]
    torch.manual_seed(1)
    reader = StrokeReader(config)
    both = nn.LSTM(5, config.encoder_hidden, batch_first=True, bidirectional=True)
    both.load_state_dict(
        {
            **{f"{name}": weight for name, weight in reader.onwards.state_dict().items()},
            **{f"{name}_reverse": w for name, w in reader.backwards.state_dict().items()},
        }
    )
    strokes = seen([[s / 200 for s in SQUARE], [s / 200 for s in TWO_STROKES[:1]]], config)
    packed = nn.utils.rnn.pack_padded_sequence(
        strokes, torch.tensor([5, 3]), batch_first=True, enforce_sorted=False
    )
    _, (states, _) = both(packed)
    torch.testing.assert_close(reader(strokes), torch.cat([states[0], states[1]], dim=1))


@pytest.mark.parametrize("config", STUDIO.values(), ids=STUDIO)
def test_steps_equal_the_trained_network(
    config: ModelConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A decoder without positions draws what torch says it should, too."""
    network = network_of(config)
    exemplars = np.zeros((3, 1, config.code), np.float32)
    decoder = Studio(Checkpoint(network, exemplars)).decoder
    rng = np.random.default_rng(2)
    points = rng.normal(0, 0.2, (6, 2)).astype(np.float32)
    rows = np.zeros((1, 7, 7), np.float32)
    rows[0, 0, 2] = 1
    rows[0, 1:, :2] = np.diff(points, axis=0, prepend=np.zeros((1, 2))) / config.offset_std
    rows[0, 1:, 2], rows[0, 1:, 5:] = 1, points
    rows[0, -1, 2:4] = 0, 1
    code = rng.normal(size=(1, config.code)).astype(np.float32)
    with torch.no_grad():
        every = torch.ones(1, 7, dtype=torch.bool)
        expected = network.decoder(torch.from_numpy(rows), torch.from_numpy(code), every).numpy()
    lifts = np.array([False] * 5 + [True])
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    decode = Decode(decoder, code, [1], 0.5, [Primer(points, lifts)], limit=1)
    ours = point_by_point(decoder, decode)
    np.testing.assert_allclose(ours[:6], expected[:6], atol=2e-3)


def test_all_the_app_asks_for_works(studio: Studio) -> None:
    """Encode, guess, redraw, complete, generate and blend."""
    sampling = Sampling(0.3, 1)
    codes = studio.encode([SQUARE, TWO_STROKES])
    assert np.abs(codes[0] - codes[1]).max() > 1e-3
    np.testing.assert_allclose(studio.guess(codes).sum(axis=1), 1, atol=1e-5)
    assert studio.redraw([SQUARE], sampling)[0].strokes
    assert studio.complete([SQUARE], sampling, candidates=2)[0].strokes
    assert studio.complete([SQUARE], sampling, category="sun")[0].strokes
    assert len(studio.generate("cat", 2, sampling)) == 2
    ends = studio.blend(codes[0], codes[1], [0, 0.5, 1], sampling)
    expected = studio.decode(codes[:1], [sampling.seed], sampling.temperature)
    np.testing.assert_allclose(ends[0].strokes[0], expected[0].strokes[0], atol=1e-2)


def test_without_a_head_the_nearest_category_is_guessed(studio: Studio) -> None:
    """A category's own typical codes are named by it."""
    for label, codes in enumerate(studio.exemplar_codes):
        centre = codes.mean(axis=0, keepdims=True)
        assert studio.guess(centre)[0].argmax() == label


def test_place_and_size_are_ignored(studio: Studio) -> None:
    """A drawing's code is the drawing's, wherever it lies on the page."""
    here, there = studio.encode([SQUARE, [SQUARE[0] * 3 + np.float32(5000)]])
    np.testing.assert_allclose(here, there, atol=1e-2 * np.abs(here).max())


def test_training_draws_from_the_codes_distribution() -> None:
    """With noise the codes move by the encoder's own standard deviation; in use they stay."""
    config = VARIANTS["lstm"]
    network = network_of(config)
    assert isinstance(network.encoder, NormalEncoder)
    nn.init.constant_(network.encoder.presigma.bias, 2 * np.log(0.5))
    nn.init.zeros_(network.encoder.presigma.weight)
    strokes = seen([[s / 200 for s in SQUARE]], config)
    inputs, real = torch.zeros(1, 3, 7), torch.ones(1, 3, dtype=torch.bool)
    mean = network.encoder(strokes)
    met: list[torch.Tensor] = []
    network.decoder.register_forward_pre_hook(lambda _, fed: met.append(fed[1]))
    noise = torch.randn(1, config.code)
    read = network(strokes, inputs, real, noise)
    network(strokes, inputs, real)
    torch.testing.assert_close(met[0], mean + 0.5 * noise)
    torch.testing.assert_close(met[1], mean)
    torch.testing.assert_close(read.codes, mean)
