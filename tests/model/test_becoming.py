"""What ink that is only begun shall become."""

from __future__ import annotations

import numpy as np
import pytest
from helpers.tiny import CONFIG, SQUARE, TWO_STROKES, tiny_studio

from sketchstudio.model.becoming import CLARITY, CLEAR, Becoming, spread
from sketchstudio.model.latent import unit_rms


def test_being_told_a_category_moves_the_code_towards_it() -> None:
    """It is named so more, and still a code; what is left open stays where it is."""
    studio = tiny_studio()
    codes = studio.encode([SQUARE, TWO_STROKES])
    told = np.tile(np.arange(1 + len(CONFIG.categories)), (2, 1))
    marked = studio.becoming.marked(codes, told)
    np.testing.assert_allclose(marked[:, 0], codes, atol=1e-6)  # its marks are zero as yet
    for i, code in enumerate(codes):
        for category, sent in enumerate(marked[i, 1:]):
            before, after = studio.guess(np.stack([code, sent]))[:, category]
            assert after > before
            assert np.mean(sent**2) == pytest.approx(1, abs=1e-5)


def test_a_clearer_code_is_named_so_more() -> None:
    """It goes towards what it looks like already, and stays near where it was."""
    studio = tiny_studio()
    codes = studio.encode([SQUARE, TWO_STROKES])
    looks = studio.guess(codes).argmax(axis=1)
    clearer = studio.becoming.clearer(codes, studio.guess(codes))
    rows = np.arange(len(codes))
    assert (studio.guess(clearer)[rows, looks] > studio.guess(codes)[rows, looks]).all()
    assert (np.mean(clearer * codes, axis=1) > 0.7).all()


def test_a_code_goes_no_farther_than_it_must() -> None:
    """What is clear already stays; the rest goes until it is, or as far as it is sure."""
    head = 8 * np.eye(2, 4, dtype=np.float32), np.zeros(2, np.float32)
    becoming = Becoming(np.zeros((3, 4), np.float32), head, np.ones((2, 1, 4), np.float32))
    codes = unit_rms([[1.8, 0, 0.8, 0], [1.2, 0.2, 1, 1], [0.1, 0, 1, 1]])
    sent = becoming.clearer(codes, np.array([[1, 0], [1, 0], [0.2, 0.1]], np.float32))
    margins = 8 * (sent[:, 0] - sent[:, 1])
    np.testing.assert_array_equal(sent[0], codes[0])
    assert CLEAR <= margins[1] < CLEAR + 1
    assert margins[2] < CLEAR
    assert np.linalg.norm(sent[2] - codes[2]) <= np.sqrt(4) * CLARITY * np.sqrt(0.2)


def test_candidates_share_the_seats_by_the_guess() -> None:
    """The likeliest comes first and most often; what is unlikely gets no seat."""
    told = spread(np.array([[0.6, 0.3, 0.1], [0.0, 0.02, 0.98]], np.float32), 9)
    assert [np.bincount(row, minlength=4).tolist() for row in told] == [[0, 6, 3, 0], [0, 0, 0, 9]]
    assert told[0, 0] == 1
