"""Packed Quick, Draw! files: read as what is in them, or refused in one line."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from sketchstudio.formats.drawing import Drawing, word_of
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings, write_drawings

DRAWINGS = [Drawing((np.array([[0.0, 0], [i, 9]]),), "cat") for i in range(50)]


@pytest.fixture(params=["ndjson", "bin"])
def packed(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    plain = tmp_path / f"cat.{request.param}"
    write_drawings(plain, DRAWINGS)
    path = tmp_path / f"{plain.name}.gz"
    path.write_bytes(gzip.compress(plain.read_bytes()))
    return path


def test_packed_files_are_read_as_what_is_in_them(packed: Path) -> None:
    """The same drawings, of the category that the name says."""
    assert word_of(packed) == "cat"
    read = list(read_drawings(packed))
    assert len(read) == len(DRAWINGS)
    for drawing, original in zip(read, DRAWINGS, strict=True):
        assert drawing is not None
        np.testing.assert_array_equal(drawing.strokes[0], original.strokes[0])


def test_damaged_packed_files_are_refused_in_one_line(packed: Path) -> None:
    """Cut off, flipped, or never packed at all."""
    whole = packed.read_bytes()
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :]
    for content in (whole[:-12], flipped, b"plain text"):
        packed.write_bytes(content)
        with pytest.raises(FormatError, match=packed.name) as caught:
            list(read_drawings(packed))
        assert "\n" not in str(caught.value)


def test_a_packed_npz_is_none_of_them(tmp_path: Path) -> None:
    """It is packed already; the message says what can be read."""
    with pytest.raises(FormatError, match="they end in"):
        list(read_drawings(tmp_path / "cat.npz.gz"))
