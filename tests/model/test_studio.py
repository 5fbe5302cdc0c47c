"""The one door to the model: places, seeds, candidates and refusals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
import torch
from helpers.tiny import CONFIG, SQUARE, TWO_STROKES, tiny_checkpoint, tiny_studio

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import MAX_INK_POINTS, Box, SketchError
from sketchstudio.model import drafts
from sketchstudio.model.sampling import Decode
from sketchstudio.model.studio import Studio, UnknownCategory


@pytest.fixture(scope="module")
def studio() -> Studio:
    return tiny_studio()


def test_codes_are_on_the_sphere_and_ignore_place_and_size(studio: Studio) -> None:
    """A drawing's code is the drawing's, wherever it lies on the page."""
    moved = [SQUARE[0] * 3 + np.float32(5000)]
    codes = studio.encode([SQUARE, moved, TWO_STROKES])
    np.testing.assert_allclose(np.sqrt(np.mean(codes**2, axis=1)), 1, atol=1e-3)
    np.testing.assert_allclose(codes[0], codes[1], atol=0.05)
    assert np.abs(codes[0] - codes[2]).max() > 0.05


def test_auto_falls_back_to_what_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """A driver that is there but broken does not stop anyone; one asked for is said."""
    broken = torch.device("meta")  # takes networks, and never gives a number back
    monkeypatch.setattr("sketchstudio.model.studio.pick_device", lambda _: broken)
    monkeypatch.setattr("sketchstudio.model.studio.load_checkpoint", lambda _: tiny_checkpoint())
    studio = Studio.load("tiny.safetensors")
    assert studio.device.type == "cpu"
    assert studio.encode([SQUARE]).shape == (1, CONFIG.code)
    assert Studio.load("tiny.safetensors", "cuda").device == broken


def test_redraw_comes_back_in_place(studio: Studio) -> None:
    """The same drawing elsewhere is redrawn the same, there."""
    moved = [SQUARE[0] * 2 + np.float32(1000)]
    sampling = Sampling(0.3, 5)
    (here,), (there,) = studio.redraw([SQUARE], sampling), studio.redraw([moved], sampling)
    a = [Box.around(SQUARE).to_box(stroke) for stroke in here.strokes]
    b = [Box.around(moved).to_box(stroke) for stroke in there.strokes]
    assert len(a) == len(b)
    for one, other in zip(a, b, strict=True):
        np.testing.assert_allclose(one, other, atol=0.05)


def test_redraw_far_from_the_origin_is_as_sharp_as_near_it(studio: Studio) -> None:
    """A drawing of side 1 at a million is drawn as at 0, only there."""
    near = [np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])]
    (here,), (there,) = (
        studio.redraw([[near[0] + place]], Sampling(0.3, 5)) for place in (0.0, 1e6)
    )
    for one, other in zip(here.strokes, there.strokes, strict=True):
        np.testing.assert_allclose(other - 1e6, one, atol=1e-4)


def test_a_candidates_seed_draws_it_again(studio: Studio) -> None:
    """The seed that a proposal remembers is enough to repeat it."""
    (best,) = studio.redraw([TWO_STROKES], Sampling(0.5, 9), candidates=6)
    (again,) = studio.redraw([TWO_STROKES], Sampling(0.5, best.seed))
    assert len(best.strokes) == len(again.strokes)
    for one, other in zip(best.strokes, again.strokes, strict=True):
        np.testing.assert_allclose(one, other, atol=0.2)


def test_candidates_come_nearer_to_the_drawing(studio: Studio) -> None:
    """Re-ranking picks what the encoder finds nearest, among finished ones."""
    code = studio.encode([TWO_STROKES])[0]

    def distance(candidates: int) -> tuple[bool, float]:
        (drawn,) = studio.redraw([TWO_STROKES], Sampling(0.8, 2), candidates=candidates)
        return not drawn.finished, float(np.mean((studio.encode([drawn.strokes])[0] - code) ** 2))

    assert distance(12) <= distance(1)


def test_completion_adds_and_leaves_the_ink_alone(studio: Studio) -> None:
    """Only what is new comes back, in the ink's units."""
    before = [stroke.copy() for stroke in TWO_STROKES]
    (added,) = studio.complete([TWO_STROKES], Sampling(0.4, 3), category="sun")
    assert added.strokes
    for was, now in zip(before, TWO_STROKES, strict=True):
        np.testing.assert_array_equal(was, now)


def test_the_decoder_is_told_the_category_asked_for() -> None:
    """Each category has a mark of its own; to others it changes nothing."""
    plain, marked = tiny_studio(), tiny_checkpoint()
    with torch.no_grad():
        marked.network.beginning.weight[1 + CONFIG.categories.index("sun")] = 2.0
    told = Studio(marked)
    same = {}
    for category in (None, *CONFIG.categories):
        one, other = (
            studio.complete([SQUARE], Sampling(0.3, 5), category)[0] for studio in (plain, told)
        )
        same[category] = np.array_equal(np.concatenate(one.strokes), np.concatenate(other.strokes))
    assert same["cat"]
    assert same["circle"]
    assert not same["sun"]


def test_long_ink_is_primed_coarser_not_refused(studio: Studio) -> None:
    """A drawing longer than any in training still gets a completion."""
    angles = np.linspace(0, 40, 3000)
    spiral = [np.stack([angles * np.cos(angles), angles * np.sin(angles)], 1)]
    assert studio.complete([spiral], Sampling())[0].strokes


def test_the_longest_ink_allowed_can_be_completed_with_candidates(studio: Studio) -> None:
    """What candidates add is not counted as the person's points."""
    hatching = np.random.default_rng(0).uniform(0, 500, (MAX_INK_POINTS // 2, 2, 2))
    assert studio.complete([hatching], Sampling(), candidates=2)[0].strokes


def test_generate_varies_and_repeats(studio: Studio) -> None:
    """Sketches of a category differ from each other and come again with the seed."""
    first, again = (studio.generate("cat", 3, Sampling(0.3, 4)) for _ in range(2))
    assert not np.array_equal(first[0].strokes[0][:1], first[1].strokes[0][:1])
    for one, other in zip(first, again, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one.strokes, other.strokes, strict=True))


def test_blend_ends_are_the_codes(studio: Studio) -> None:
    """Position 0 and 1 draw what the two codes draw."""
    a, b = studio.category_code("cat"), studio.category_code("sun")
    ends = studio.blend(a, b, [0, 1], Sampling(0.2, 6))
    expected = studio.decode(np.stack([a, b]), [6, 6], 0.2)
    for one, other in zip(ends, expected, strict=True):
        np.testing.assert_allclose(one.strokes[0], other.strokes[0], atol=1e-2)


def test_unknown_category_names_near_ones(studio: Studio) -> None:
    """A typing slip is answered with what was meant."""
    with pytest.raises(UnknownCategory, match="circle"):
        studio.category_code("cirlce")


def test_bad_ink_is_refused(studio: Studio) -> None:
    """NaN never reaches the network."""
    with pytest.raises(SketchError):
        studio.encode([[[[0, 0], [float("nan"), 1]]]])


def test_a_running_decode_can_be_stopped(studio: Studio) -> None:
    """Whoever looks at each step may end the work by raising."""
    seen = []

    def look(decode: Decode) -> None:
        seen.append(decode)
        if len(seen) == 3:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        studio.redraw([SQUARE], Sampling(1.0, 1), candidates=8, on_step=look)
    assert len(seen) == 3


def test_only_completions_are_told_that_the_ink_is_a_beginning() -> None:
    """A drawing redrawn is taken as whole: what marks beginnings must not change it."""
    plain, marked = tiny_studio(), tiny_checkpoint()
    with torch.no_grad():
        marked.network.beginning.weight.fill_(2.0)
    told = Studio(marked)
    sampling = Sampling(0.3, 5)
    for one, other in zip(
        plain.redraw([SQUARE], sampling)[0].strokes,
        told.redraw([SQUARE], sampling)[0].strokes,
        strict=True,
    ):
        np.testing.assert_array_equal(one, other)
    added = [studio.complete([SQUARE], sampling)[0].strokes[0] for studio in (plain, told)]
    assert not np.allclose(added[0][:1], added[1][:1])


def completed(
    studio: Studio,
    sketches: Sequence[Sequence[npt.NDArray[np.float32]]],
    candidates: int,
    category: str | None = None,
) -> list[Drawn]:
    """Candidates of the first sketch, in the order they were drawn."""
    drafted = drafts.completions(studio, sketches, [5], candidates, category)
    return drafts.draw(studio, drafted, 0.3)[0]


def test_candidates_are_told_what_the_ink_looks_like(studio: Studio) -> None:
    """Undecided ink gets endings of several kinds, and each says of which."""
    drawn = completed(studio, [SQUARE], candidates=9)
    told = [one.category for one in drawn]
    shares = dict(zip(CONFIG.categories, studio.guess_ink([SQUARE])[0], strict=True))
    for name, share in shares.items():
        assert abs(told.count(name) - 9 * share) < len(shares)
    (alone,) = studio.complete([SQUARE], Sampling(0.3, 5))
    assert alone.category == max(shares, key=shares.__getitem__)
    given = completed(studio, [SQUARE], 4, "sun")
    assert [one.category for one in given] == ["sun"] * 4


def test_every_candidate_can_be_drawn_again_alone(studio: Studio) -> None:
    """Its seed and category are all it takes."""
    candidates = completed(studio, [TWO_STROKES], 4)
    assert len({drawn.seed for drawn in candidates}) == 4
    for drawn in candidates:
        (again,) = studio.complete([TWO_STROKES], Sampling(0.3, drawn.seed), drawn.category)
        np.testing.assert_allclose(
            np.concatenate(again.strokes), np.concatenate(drawn.strokes), atol=1e-2
        )


def test_the_best_comes_first(studio: Studio) -> None:
    """What is proposed first is what a single answer would have been."""
    (draft,) = drafts.redrawings(studio, [SQUARE], [2], 6)
    (tries,) = drafts.draw(studio, [draft], 0.5)
    ranked = drafts.ranked(studio, draft, tries)
    (best,) = studio.redraw([SQUARE], Sampling(0.5, 2), candidates=6)
    np.testing.assert_array_equal(np.concatenate(best.strokes), np.concatenate(ranked[0].strokes))
    code = studio.encode([SQUARE])[0]
    far = [
        (not drawn.finished, float(np.mean((studio.encode([drawn.strokes])[0] - code) ** 2)))
        for drawn in ranked
    ]
    assert far == sorted(far)
