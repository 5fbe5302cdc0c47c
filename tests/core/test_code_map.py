"""The map of codes: known drawings keep their place and their code, and what is between is so."""

from __future__ import annotations

import numpy as np
import pytest

from sketchstudio.core.code_map import CodeMap


@pytest.fixture
def code_map() -> CodeMap:
    """Three far clusters of eight codes, each round a corner of a triangle."""
    rng = np.random.default_rng(0)
    corners = np.eye(3, 16, dtype=np.float32) * 4
    spread = rng.normal(scale=0.05, size=(3, 8, 16)).astype(np.float32)
    codes = (corners[:, None] + spread).reshape(-1, 16)
    middles = np.array([[-1, -1], [1, -1], [0, 1]], dtype=np.float32)
    points = (middles[:, None] + rng.normal(scale=0.05, size=(3, 8, 2))).reshape(-1, 2)
    labels = np.repeat(np.arange(3), 8)
    return CodeMap("m", ("cat", "sun", "car"), codes, labels, points.astype(np.float32), False)


def test_known_codes_lie_on_their_points(code_map: CodeMap) -> None:
    """A typical drawing is found where its mark is, and its mark gives its code."""
    places = np.array(code_map.places(code_map.codes))
    np.testing.assert_allclose(places, code_map.points, atol=1e-4)
    code = code_map.code_at((float(code_map.points[5, 0]), float(code_map.points[5, 1])))
    np.testing.assert_allclose(code, code_map.codes[5], atol=1e-4)


def test_a_new_code_lies_among_those_it_is_like(code_map: CodeMap) -> None:
    """Ink that was never seen is placed at once, in the cluster it belongs to."""
    new = code_map.codes[code_map.labels == 2].mean(axis=0)
    (place,) = code_map.places(new[None])
    assert code_map.shares(place)[0][0] == "car"
    assert np.hypot(place[0] - 0, place[1] - 1) < 0.2


def test_what_it_looks_like_decides_between_far_clusters(code_map: CodeMap) -> None:
    """A code amid several lies in one of them, never in the empty space between."""
    amid = code_map.codes.reshape(3, 8, 16)[:, 0].mean(axis=0, keepdims=True)
    for label in range(3):
        shares = np.full((1, 3), 0.1, np.float32)
        shares[0, label] = 0.8
        (place,) = code_map.places(amid, shares)
        assert code_map.labels[code_map.nearest(place)] == label
        own = code_map.points[code_map.labels == label]
        assert np.linalg.norm(own - np.float32(place), axis=1).min() < 0.1


def test_codes_of_a_sphere_stay_on_it(code_map: CodeMap) -> None:
    """Between clusters the decoder is asked for a code of the size it knows."""
    sizes = np.sqrt(np.mean(code_map.codes**2, axis=1, keepdims=True))
    sphere = CodeMap(
        "m", code_map.categories, code_map.codes / sizes, code_map.labels, code_map.points, True
    )
    code = sphere.code_at((0.0, -1.0))
    assert np.sqrt(np.mean(code**2)) == pytest.approx(1, abs=1e-4)
    names = dict(sphere.shares((0.0, -1.0)))
    assert names.keys() == {"cat", "sun"}
    assert sum(names.values()) == pytest.approx(1, abs=1e-5)


def test_a_centre_is_one_of_the_categorys_own_points(code_map: CodeMap) -> None:
    """A name lies on its cluster, even where the cluster is in two parts."""
    place = np.float32(code_map.centre("sun"))
    own = code_map.points[code_map.labels == 1]
    assert np.linalg.norm(own - place, axis=1).min() < 1e-6
    with pytest.raises(ValueError, match="not in"):
        code_map.centre("whale")
