"""Contact sheets: every drawing in its own square, in its own colour."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.evaluation.sheets import (
    ADDED,
    CAPTION,
    CELL,
    HEADER,
    INK,
    LABEL_WIDTH,
    Cell,
    Row,
    sheet,
    write_png,
)

LINE = [np.array([[0, 0], [100, 100]], np.float32)]
OTHER = [np.array([[100, 0], [0, 100]], np.float32)]
DOT = [np.array([[5, 5]], np.float32)]


def square(image: np.ndarray, row: int, column: int, top: int = 0) -> np.ndarray:
    """A cell's pixels without the lines round it."""
    y, x = top + row * CELL, LABEL_WIDTH + column * CELL
    return image[y + 2 : y + CELL - 2, x + 2 : x + CELL - 2]


def test_drawings_stay_in_their_squares() -> None:
    """A row may be shorter, a cell empty, and a drawing of any size fills its square."""
    huge = [LINE[0] * 1000]
    image = sheet([Row("a", [Cell(LINE), Cell()]), Row("b", [Cell(huge)])])
    assert image.shape == (2 * CELL + 1, LABEL_WIDTH + 2 * CELL + 1, 3)
    np.testing.assert_array_equal(square(image, 0, 0), square(image, 1, 0))
    assert (square(image, 0, 0) < 100).any()
    assert (square(image, 0, 1) == 255).all()
    assert (square(image, 1, 1) == 255).all()


def test_what_was_added_has_its_own_colour() -> None:
    """Ink and addition keep their places relative to each other."""
    image = square(sheet([Row("a", [Cell(LINE, OTHER)])]), 0, 0).reshape(-1, 3).astype(int)
    for colour in (INK, ADDED):
        assert np.abs(image - colour).sum(axis=1).min() < 30
    alone = square(sheet([Row("a", [Cell(LINE)])]), 0, 0).reshape(-1, 3).astype(int)
    assert np.abs(alone - ADDED).sum(axis=1).min() > 90


def test_a_dot_is_drawn() -> None:
    """One point is a drawing too."""
    assert (square(sheet([Row("a", [Cell(DOT)])]), 0, 0) < 128).any()


def test_labels_and_header_are_written_within_their_space() -> None:
    """A long name is made smaller, not cut by the first drawing."""
    row = Row("a very long name of a category that does not fit", [Cell()])
    image = sheet([row], header=["drawn"], group=1)
    label = image[HEADER + 2 : HEADER + CELL, :LABEL_WIDTH]
    assert (label < 200).any()
    assert (label[:, LABEL_WIDTH - 8 : LABEL_WIDTH - 1] == 255).all()
    assert (square(image, 0, 0, HEADER) == 255).all()
    assert (image[: HEADER - 1, LABEL_WIDTH + 2 : LABEL_WIDTH + CELL] < 200).any()


def test_a_caption_stands_under_its_drawing() -> None:
    """Neither covers the other, and without labels no room is kept for them."""
    image = sheet([Row("", [Cell(LINE, caption="a cat"), Cell(caption="gone")])])
    assert image.shape == (CELL + 1, 2 * CELL + 1, 3)
    foot = CELL - CAPTION
    assert (image[foot:-2, 3 : CELL - 3] < 200).any()
    assert (image[3 : foot - 4, CELL + 3 : 2 * CELL - 3] == 255).all()
    alone = sheet([Row("", [Cell(caption="a cat")])])
    drawn = (image[:, :CELL] != alone[:, :CELL]).any(axis=(1, 2))
    assert drawn[:foot].any()
    assert not drawn[foot:].any()


def test_a_written_sheet_reads_back(tmp_path: Path) -> None:
    """PNG keeps every pixel; a place that is not there is an error that names it."""
    image = sheet([Row("a", [Cell(LINE)])])
    write_png(tmp_path / "s.png", image)
    np.testing.assert_array_equal(cv2.imread(str(tmp_path / "s.png")), image)
    with pytest.raises(OSError, match="absent"):
        write_png(tmp_path / "absent" / "s.png", image)
