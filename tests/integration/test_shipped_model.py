"""The weights in the box, on drawings the project makes itself."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from sketchstudio.core.sampling import Sampling
from sketchstudio.model.studio import Studio
from sketchstudio.system.weights import weights_folder

Sketch = list[npt.NDArray[np.float64]]

MOST_BYTES = 24_000_000


def ring(x: float, y: float, width: float, height: float, points: int = 24) -> Sketch:
    """An ellipse as a hand draws it: closed."""
    angle = np.linspace(-np.pi / 2, 1.5 * np.pi, points)
    return [np.stack([x + width / 2 * np.cos(angle), y + height / 2 * np.sin(angle)], axis=1)]


def line(*points: tuple[float, float]) -> Sketch:
    """A stroke with those corners."""
    return [np.array(points, dtype=np.float64)]


def sun() -> Sketch:
    rays = [
        line(*[(r * np.cos(a), r * np.sin(a)) for r in (62, 95)])[0]
        for a in np.linspace(0, 2 * np.pi, 11)[:-1]
    ]
    return [*ring(0, 0, 100, 100), *rays]


def cat() -> Sketch:
    ears = [
        line((x - 38, -58), (x - 20 * s, -125), (x + 38, -60))[0] for x, s in ((-45, -1), (45, 1))
    ]
    whiskers = [
        line((20 * s, 22 + 9 * k), (105 * s, 14 + 22 * k))[0] for s in (-1, 1) for k in (-1, 0, 1)
    ]
    eyes = [*ring(-32, -18, 16, 16, 9), *ring(32, -18, 16, 16, 9)]
    nose = line((-9, 10), (9, 10), (0, 22), (-9, 10))
    return [*ring(0, 0, 180, 150), *ears, *eyes, *nose, *whiskers]


def snowman() -> Sketch:
    return [*ring(0, -95, 70, 70), *ring(0, -20, 95, 90), *ring(0, 85, 130, 125)]


DRAWINGS = {"sun": sun(), "cat": cat(), "snowman": snowman(), "circle": ring(0, 0, 200, 200)}


@cache
def studio() -> Studio:
    return Studio.load(device="cpu")


def test_the_weights_are_those_of_their_checksum() -> None:
    """A file that was cut or swapped on its way is noticed here first."""
    path = weights_folder() / "studio.safetensors"
    content = path.read_bytes()
    written = path.with_name("studio.safetensors.sha256").read_text().split()[0]
    assert hashlib.sha256(content).hexdigest() == written
    assert len(content) <= MOST_BYTES


def test_it_knows_its_categories() -> None:
    """Blends and completions offer what it was trained on."""
    assert len(studio().config.categories) == 42
    assert {*DRAWINGS, "pig", "car"} <= set(studio().config.categories)


@pytest.mark.parametrize("name", ["sun", "cat", "snowman"])  # a circle may become anything
def test_plain_drawings_are_named(name: str) -> None:
    """A drawing without doubt is among its first three guesses."""
    shares = studio().guess_ink([DRAWINGS[name]])[0]
    best = [studio().config.categories[i] for i in np.argsort(-shares)[:3]]
    assert name in best


def test_codes_tell_drawings_apart() -> None:
    """A decoder that ignored its code would draw the same for all (a dead code)."""
    codes = studio().encode(list(DRAWINGS.values()))
    drawn = studio().redraw(list(DRAWINGS.values()), Sampling(0.1, 1), seeds=[1] * len(DRAWINGS))
    for (a, b), (one, other) in zip(pairwise(codes), pairwise(drawn), strict=True):
        assert np.sqrt(np.mean((a - b) ** 2)) > 0.3
        assert [len(s) for s in one.strokes] != [len(s) for s in other.strokes]


@pytest.mark.parametrize("name", ["sun", "cat", "snowman"])
def test_redrawings_keep_place_size_and_meaning(name: str) -> None:
    """What comes back lies where the drawing lay, and is still that thing."""
    drawing = [points * 2 + (400, 300) for points in DRAWINGS[name]]
    (drawn,) = studio().redraw([drawing], Sampling(0.1, 1), candidates=9)
    assert drawn.finished
    was, now = np.concatenate(drawing), np.concatenate(drawn.strokes)
    size = np.ptp(was, axis=0).max()
    for corner in (np.min, np.max):
        assert np.abs(corner(was, axis=0) - corner(now, axis=0)).max() < 0.3 * size
    shares = studio().guess_ink([drawn.strokes])[0]
    best = [studio().config.categories[i] for i in np.argsort(-shares)[:3]]
    assert name in best


def test_a_completion_becomes_what_was_asked() -> None:
    """A face's outline becomes a cat for who wants a cat, and a sun for who wants a sun."""
    for wanted in ("sun", "cat"):
        outline = ring(0, 0, 180, 150)
        (added,) = studio().complete([outline], Sampling(0.1, 1), wanted, candidates=9)
        shares = studio().guess_ink([[*outline, *added.strokes]])[0]
        best = [studio().config.categories[i] for i in np.argsort(-shares)[:3]]
        assert wanted in best


def test_blends_change_little_by_little() -> None:
    """Neighbours of a strip have near codes; the ends are the categories."""
    a, b = (studio().category_code(name) for name in ("cat", "pig"))
    drawn = studio().blend(a, b, np.linspace(0, 1, 9).tolist(), Sampling(0.1, 1))
    shares = studio().guess_ink([one.strokes for one in drawn])
    names = studio().config.categories
    assert names[int(shares[0].argmax())] == "cat"
    assert names[int(shares[-1].argmax())] == "pig"
