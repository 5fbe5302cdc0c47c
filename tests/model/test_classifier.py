"""The network that names drawings: what it sees of them, and of nothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from sketchstudio.core.sketch_codec import join
from sketchstudio.model.classifier import TIMED, Classifier, ClassifierConfig, pictures
from sketchstudio.model.point_reader import ROW

STROKES = [
    np.array([[-0.5, -0.4], [0.0, -0.4], [0.5, -0.4]], np.float32),
    np.array([[-0.5, 0.0], [0.5, 0.0]], np.float32),
    np.array([[-0.5, 0.4], [0.5, 0.4]], np.float32),
]


def rows(raster: np.ndarray) -> list[bool]:
    """Whether there is ink at the heights of the three lines."""
    return [bool(raster[round(31.5 + y * 59)].any()) for y in (-0.4, 0.0, 0.4)]


def test_a_guesser_sees_what_came_last() -> None:
    """All ink, that of the later half of the points, and the last stroke; a judge all ink alone."""
    seen = pictures(*join(STROKES), 64, TIMED)
    assert [rows(one) for one in seen] == [
        [True, True, True],
        [False, True, True],
        [False, False, True],
    ]
    np.testing.assert_array_equal(pictures(*join(STROKES), 64, 1)[0], seen[0])


def test_what_is_not_lifted_yet_is_the_last_stroke() -> None:
    """A beginning may end in the middle of a stroke."""
    points, lifts = join(STROKES)
    lifts[-1] = False
    assert rows(pictures(points, lifts, 64, TIMED)[2]) == [False, False, True]
    single = pictures(points[:1], lifts[:1], 64, TIMED)
    assert all(one.any() for one in single)


def test_nothing_is_blank_paper() -> None:
    """Probabilities sum to one, also of a sketch without strokes, and there may be no sketch."""
    config = ClassifierConfig(("a", "b"), 16, (4, 4), 8, TIMED)
    classifier = Classifier(config)
    rasters = classifier.read([STROKES, []])
    assert rasters.shape == (2, TIMED, 16, 16)
    assert rasters[0].any()
    assert not rasters[1].any()
    np.testing.assert_allclose(classifier.probabilities(rasters).sum(axis=1), 1, rtol=1e-5)
    assert classifier.probabilities(classifier.read([])).shape == (0, 2)


POINTS = ClassifierConfig(("a", "b"), hidden=8, units=5)


def test_rows_tell_where_strokes_begin_and_end() -> None:
    """Offset, place, begin, end, and a 1 of each point; nothing of a sketch without strokes."""
    rows = Classifier(POINTS).read([STROKES[:2], [], STROKES[:1]])
    assert rows.shape == (3, 5, ROW)
    np.testing.assert_array_equal(rows[0, :, 4], [1, 0, 0, 1, 0])
    np.testing.assert_array_equal(rows[0, :, 5], [0, 0, 1, 0, 1])
    np.testing.assert_array_equal(rows[..., -1].sum(axis=1), [5, 0, 3])
    np.testing.assert_allclose(rows[0, 3, :4], [-5, 2, -1, 0], atol=1e-6)


def test_a_sketch_is_named_alike_beside_others() -> None:
    """Padding says nothing, and what order points are in does."""
    torch.manual_seed(3)
    reader = Classifier(POINTS).eval()
    alone = reader.probabilities(reader.read([STROKES[:1]]))
    beside = reader.probabilities(reader.read([STROKES, STROKES[:1], []]))
    np.testing.assert_allclose(beside[1], alone[0], atol=1e-6)
    other = reader.probabilities(reader.read([STROKES[::-1]]))
    assert not np.allclose(beside[0], other[0], atol=1e-6)
    assert reader.probabilities(reader.read([])).shape == (0, 2)


def test_long_ink_is_read_in_few_points() -> None:
    """A page full of ink takes no longer than the longest drawing that was learnt from."""
    angles = np.linspace(0, 300, 20_000)
    spiral = np.stack([angles * np.cos(angles), angles * np.sin(angles)], axis=1) / 600
    dots = [np.array([[x, 0]], np.float32) / 999 for x in range(999)]
    for sketch in ([spiral.astype(np.float32)], dots):
        assert Classifier(POINTS).read([sketch]).shape[1] <= 128


@pytest.mark.parametrize(
    "wrong",
    [
        {"categories": ()},
        {"categories": ("a", "a")},
        {"raster": 10**9},
        {"channels": (4,) * 9},
        {"channels": (10**6,)},
        {"hidden": -1},
        {"pictures": 2},
        {"raster": 2.5},
        {"units": -1},
        {"units": 10**6},
        {"units": True},
    ],
)
def test_sizes_of_a_strange_file_are_refused(wrong: dict[str, object]) -> None:
    """None asks for more memory than a machine has."""
    good = {"categories": ["a", "b"], "channels": [4, 8]}
    assert ClassifierConfig.from_dict(good).channels == (4, 8)
    with pytest.raises((ValueError, TypeError)):
        ClassifierConfig.from_dict({**good, **wrong})
