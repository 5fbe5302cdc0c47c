"""Pictures: any that people have come in upright, and none can take all memory."""

from __future__ import annotations

import contextlib
import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest

from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.picture_file import (
    LARGEST_SIDE,
    decode_picture,
    encode_picture,
    read_picture,
)
from sketchstudio.formats.picture_header import read_header


def picture(height: int = 30, width: int = 50) -> np.ndarray:
    """Different in every corner, so that a wrong turn shows."""
    pixels = np.full((height, width, 3), 255, np.uint8)
    pixels[: height // 2, : width // 2] = 30, 60, 200
    pixels[height // 2 :, : width // 2] = 0, 180, 0
    pixels[: height // 2, width // 2 :] = 120, 120, 120
    return pixels


def encoded(pixels: np.ndarray, ending: str, *options: int) -> bytes:
    return cv2.imencode(ending, pixels, list(options))[1].tobytes()


def with_exif(jpeg: bytes, orientation: int, order: str) -> bytes:
    mark = b"II" if order == "<" else b"MM"
    tiff = mark + struct.pack(f"{order}HIHHHIHHI", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", 2 + len(body)) + body + jpeg[2:]


def png_of_size(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + packed + chunk(b"IEND", b"")


@pytest.mark.parametrize("ending", [".png", ".jpg", ".webp"])
def test_each_kind_is_read(ending: str, tmp_path: Path):
    """PNG, JPEG and WebP files give their pixels."""
    path = tmp_path / f"a{ending}"
    path.write_bytes(encoded(picture(), ending))
    assert np.abs(read_picture(path).astype(int) - picture()).mean() < 8


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_photos_stand_upright(orientation: int, order: str):
    """All eight EXIF orientations are followed, as OpenCV itself would follow them."""
    jpeg = with_exif(encoded(picture(), ".jpg"), orientation, order)
    upright = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert np.array_equal(decode_picture(jpeg, "photo"), upright)


@pytest.mark.parametrize(
    ("ending", "options", "channels"),
    [
        (".png", (), 3),
        (".jpg", (), 3),
        (".webp", (), 3),
        (".webp", (cv2.IMWRITE_WEBP_QUALITY, 101), 3),
        (".webp", (), 4),
    ],
)
def test_size_is_known_before_unpacking(ending: str, options: tuple[int, ...], channels: int):
    """The header's size is that of the pixels, in every flavour of the formats."""
    pixels = np.zeros((37, 53, channels), np.uint8)
    pixels[5:20, 7:40] = 128
    header = read_header(encoded(pixels, ending, *options))
    assert header is not None
    assert (header.width, header.height) == (53, 37)


def test_gigapixel_is_refused_unread():
    """A small file that claims a huge picture is refused in one line, before it is unpacked."""
    with pytest.raises(FormatError, match=r"bomb\.png: .*40,000 by 30,000 px; scale it down"):
        decode_picture(png_of_size(40_000, 30_000), "bomb.png")


def test_large_photos_are_scaled():
    """A photo of many megapixels comes in at a size that can be worked with, in its shape."""
    pixels = decode_picture(encoded(picture(3000, 5000), ".jpg"), "photo")
    assert max(pixels.shape[:2]) == LARGEST_SIDE
    assert pixels.shape[0] / pixels.shape[1] == pytest.approx(0.6, abs=0.01)


def test_transparent_is_white():
    """Line art on nothing is line art on white, not on black."""
    pixels = np.zeros((20, 20, 4), np.uint8)
    pixels[8:12] = 0, 0, 0, 255
    read = decode_picture(encoded(pixels, ".png"), "art")
    assert read[0, 0].tolist() == [255, 255, 255]
    assert read[10, 10].tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "pixels",
    [np.full((8, 9), 200, np.uint8), np.full((8, 9), 200 * 257, np.uint16)],
    ids=["grey", "16 bit"],
)
def test_other_depths(pixels: np.ndarray):
    """Grey and 16-bit scans are pictures, too."""
    read = decode_picture(encoded(pixels, ".png"), "scan")
    assert read.shape == (8, 9, 3)
    assert (read == 200).all()


@pytest.mark.parametrize(
    "data",
    [b"", b"no picture", encoded(picture(), ".png")[:60], encoded(picture(), ".jpg")[:40]],
    ids=["empty", "text", "cut png", "cut jpeg"],
)
def test_bad_files_are_refused(data: bytes):
    """What is no whole picture gives one line that names the file."""
    with pytest.raises(FormatError, match=r"^x\.png: "):
        decode_picture(data, "x.png")


def test_cut_anywhere_never_raises_otherwise():
    """A file cut at any byte, or with a byte changed, is read or refused."""
    for ending in (".png", ".jpg", ".webp"):
        whole = (
            with_exif(encoded(picture(), ".jpg"), 6, ">")
            if ending == ".jpg"
            else encoded(picture(), ending)
        )
        rng = np.random.default_rng(0)
        for _ in range(120):
            data = bytearray(whole[: rng.integers(1, len(whole) + 1)])
            data[rng.integers(min(len(data), 64))] = rng.integers(256)
            with contextlib.suppress(FormatError):
                decode_picture(bytes(data), "x")


def test_kept_pictures_come_back():
    """What a document keeps of a picture is that picture."""
    back = decode_picture(encode_picture(picture()), "kept")
    assert np.abs(back.astype(int) - picture()).mean() < 6
