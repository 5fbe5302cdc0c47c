"""The cartoons: twenty, different, and drawings the codec takes."""

from __future__ import annotations

import numpy as np

from sketchstudio.core.sketch_codec import Box, boxed, rasterise
from trainer.evaluation.cartoons import cartoons


def test_there_are_twenty_different_ones() -> None:
    """Each is a drawing of several strokes within the points that models were trained on."""
    pictures = []
    for strokes in cartoons().values():
        box = Box.around(strokes)
        sketch = boxed(strokes, box)
        assert len(sketch) > 2
        assert sum(map(len, sketch)) <= 192
        pictures.append(rasterise(sketch, 48))
    assert len(pictures) == 20
    for i, one in enumerate(pictures):
        assert all(np.abs(one.astype(int) - other).mean() > 2 for other in pictures[:i])


def test_faces_are_the_same_on_both_sides() -> None:
    """A cat's picture is its own mirror image."""
    strokes = cartoons()["cat"]
    points = np.concatenate(strokes)
    assert points[:, 0].min() == -points[:, 0].max()
    image = rasterise(boxed(strokes, Box.around(strokes)), 65)
    assert np.abs(image.astype(int) - image[:, ::-1]).mean() < 12
