"""Packed drawings are read and written byte for byte as the official reader has them."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest
from helpers.drawings import pixels, same_strokes, strokes
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings, write_drawings

RECORD = (
    struct.pack("<Q2sbIH", 5891796615823360, b"DE", 1, 1489073335, 2)
    + struct.pack("<H", 3) + bytes([0, 10, 255, 7, 8, 9])
    + struct.pack("<H", 1) + bytes([1, 2])
)  # fmt: skip


def test_the_documented_layout(tmp_path: Path) -> None:
    """Written by hand from the format's description."""
    path = tmp_path / "full simplified cat.bin"
    path.write_bytes(RECORD * 2)
    drawings = [d for d in read_drawings(path) if d]
    assert len(drawings) == 2
    assert drawings[0].key == "5891796615823360"
    assert drawings[0].extra == {
        "countrycode": "DE",
        "timestamp": "2017-03-09 15:28:55 UTC",
        "recognized": True,
    }
    assert drawings[0].strokes[0].T.tolist() == [[0, 10, 255], [7, 8, 9]]
    write_drawings(tmp_path / "again.bin", drawings)
    assert (tmp_path / "again.bin").read_bytes() == RECORD * 2


@given(ink=strokes(pixels), key=st.integers(0, 2**64 - 1))
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, ink: tuple, key: int) -> None:
    """Whole numbers from 0 to 255 stay as they are."""
    path = tmp_path_factory.getbasetemp() / "cat.bin"
    drawing = Drawing(ink, "cat", str(key), {"countrycode": "FR", "recognized": False})
    write_drawings(path, [drawing])
    (again,) = read_drawings(path)
    assert again is not None
    assert same_strokes(again, drawing)
    assert (again.word, again.key) == ("cat", str(key))
    assert again.extra["recognized"] is False


@given(ink=strokes(st.floats(-1e8, 1e8)))
def test_any_drawing_fits(tmp_path_factory: pytest.TempPathFactory, ink: tuple) -> None:
    """Ink beyond 0 to 255 is scaled, not wrapped round."""
    path = tmp_path_factory.getbasetemp() / "cat.bin"
    write_drawings(path, [Drawing(ink)])
    (again,) = read_drawings(path)
    assert again is not None
    before, after = np.concatenate(ink), np.concatenate(again.strokes)
    size = (before.max(axis=0) - before.min(axis=0)).max()
    if before.min() < -1 or before.max() > 256:
        expected = (before - before.min(axis=0)) * (255 / max(size, 1e-9))
        np.testing.assert_allclose(after, expected, atol=0.51)


@pytest.mark.parametrize("cut", range(1, len(RECORD)))
def test_a_truncated_file_is_said_once(tmp_path: Path, cut: int) -> None:
    """Wherever it was cut, the drawing before is read and the cut is named."""
    path = tmp_path / "cat.bin"
    path.write_bytes(RECORD + RECORD[:cut])
    drawings = read_drawings(path)
    assert next(drawings) is not None
    with pytest.raises(FormatError, match=r"cat\.bin, drawing 2: the file ends within it"):
        next(drawings)


def test_too_many_points(tmp_path: Path) -> None:
    """The format counts points in 16 bits."""
    with pytest.raises(FormatError, match="65,535"):
        write_drawings(tmp_path / "cat.bin", [Drawing((np.zeros((70_000, 2)),))])
    assert not list(tmp_path.iterdir())


def test_a_drawing_that_claims_the_memory_is_refused(tmp_path: Path) -> None:
    """Two bytes a stroke could claim four thousand million points."""
    path = tmp_path / "cat.bin"
    stroke = struct.pack("<H", 65_535) + bytes(2 * 65_535)
    path.write_bytes(struct.pack("<Q2sbIH", 1, b"DE", 1, 0, 65_535) + stroke)
    with pytest.raises(FormatError, match="drawing 1: the drawing has more than"):
        list(read_drawings(path))


@pytest.mark.parametrize("stamp", ["", "yesterday", "1950-01-01 00:00:00 UTC", 7])
def test_odd_fields_do_not_stop_it(tmp_path: Path, stamp: object) -> None:
    """Keys and times that the format has no room for become 0."""
    extra = {"timestamp": stamp, "countrycode": "Deutschland", "recognized": None}
    drawing = Drawing((np.zeros((1, 2)),), key="9" * 30, extra=extra)
    write_drawings(tmp_path / "cat.bin", [drawing])
    (again,) = read_drawings(tmp_path / "cat.bin")
    assert again is not None
    assert again.key == "0"
    assert again.extra["timestamp"] == "1970-01-01 00:00:00 UTC"
