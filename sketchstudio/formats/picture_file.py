"""PNG, JPEG and WebP files as pixels, upright and of a size that can be worked with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.picture_header import JPEG, PictureHeader, read_header

ENDINGS = (".png", ".jpg", ".jpeg", ".webp")

MAX_PIXELS = 120_000_000
"""More than any phone's photo of a sheet of paper; unpacked, a third of a gigabyte."""

MAX_UNPACKED = 3 * MAX_PIXELS
"""Bytes; a PNG can have eight for each pixel."""

MAX_SCANNED = 1_200_000_000
"""Pixels a decoder goes over: those of a progressive JPEG in each of its scans, usually ten."""

MAX_BYTES = 256 << 20

LARGEST_SIDE = 2048
"""Pictures are scaled down to this, px: finer lines are not drawn by hand."""

Pixels = npt.NDArray[np.uint8]
"""(H, W, 3) blue, green, red."""

_ROWS = 256  # laid on white at a time

_TURNED_BY = {3: (2, False), 4: (2, True), 5: (1, True), 6: (3, False), 7: (3, True), 8: (1, False)}
"""By EXIF orientation: quarter turns anticlockwise, and whether left and right change first."""


def is_picture(path: Path) -> bool:
    """Whether a file's ending is that of a picture."""
    return path.suffix.lower() in ENDINGS


def read_picture(path: Path) -> Pixels:
    """The pixels of a picture file.

    Raises:
        FormatError: It is no picture that can be read, or far too large.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        return decode_picture(file.read(MAX_BYTES + 1), str(path))


def decode_picture(data: bytes, name: str) -> Pixels:
    """The pixels of a whole file, upright, on white where they are transparent.

    Args:
        data: PNG, JPEG or WebP.
        name: Stands for it in errors.

    Returns:
        (H, W, 3) uint8, blue, green, red, sides of at most ``LARGEST_SIDE``.

    Raises:
        FormatError: It is no picture that can be read, or far too large.
    """
    import cv2  # here: the window comes first

    if len(data) > MAX_BYTES:
        raise FormatError(f"{name}: the picture's file is larger than {MAX_BYTES >> 20} MiB")
    header = read_header(data)
    if header is None:
        raise FormatError(f"{name}: not a PNG, JPEG or WebP picture, or cut off")
    count = header.width * header.height
    if count > MAX_PIXELS or header.unpacked > MAX_UNPACKED:
        size = f"{header.width:,} by {header.height:,} px"
        most = f"{min(MAX_PIXELS, MAX_UNPACKED // header.depth) // 1_000_000} megapixels"
        raise FormatError(f"{name}: the picture has {size}; scale it down below {most} first")
    if count * header.scans > MAX_SCANNED:
        raise FormatError(f"{name}: the picture is packed in {header.scans:,} scans, too many")
    if count == 0:
        raise FormatError(f"{name}: the picture is empty")
    try:
        decoded = cv2.imdecode(np.frombuffer(data, np.uint8), _flags(header))
    except cv2.error:
        decoded = None
    if decoded is None:
        raise FormatError(f"{name}: the picture is damaged")
    return _upright(_within(_on_white(decoded), LARGEST_SIDE), header.orientation)


def encode_picture(pixels: Pixels) -> bytes:
    """Pixels as a JPEG file, for a picture that is kept in a document."""
    import cv2  # here: the window comes first

    _, data = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 88])
    return bytes(data.tobytes())


def _flags(header: PictureHeader) -> int:
    """How OpenCV shall read it; large photos are unpacked at half or a quarter of their size."""
    import cv2  # here: the window comes first

    if header.kind != JPEG:
        return int(cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION)
    spare = max(header.width, header.height) / LARGEST_SIDE
    flags = cv2.IMREAD_COLOR
    for factor, reduced in ((4, cv2.IMREAD_REDUCED_COLOR_4), (2, cv2.IMREAD_REDUCED_COLOR_2)):
        if spare >= factor:
            flags = reduced
            break
    return int(flags | cv2.IMREAD_IGNORE_ORIENTATION)


def _on_white(decoded: npt.NDArray[np.generic]) -> Pixels:
    """Any decoded picture as (H, W, 3) uint8."""
    if decoded.ndim == 2:
        decoded = decoded[..., None]
    if decoded.dtype == np.uint8 and decoded.shape[2] == 3:
        return np.asarray(decoded, dtype=np.uint8)
    laid = np.empty((*decoded.shape[:2], 3), np.uint8)
    for top in range(0, len(laid), _ROWS):  # so that no large picture is in memory thrice
        laid[top : top + _ROWS] = _rows_on_white(decoded[top : top + _ROWS])
    return laid


def _rows_on_white(decoded: npt.NDArray[np.generic]) -> Pixels:
    if decoded.dtype == np.uint16:
        decoded = (decoded.astype(np.uint16, copy=False) >> 8).astype(np.uint8)
    elif decoded.dtype != np.uint8:
        scaled = np.nan_to_num(decoded.astype(np.float32)) * 255
        decoded = np.clip(scaled, 0, 255).astype(np.uint8)
    pixels = decoded.astype(np.uint8, copy=False)
    if pixels.shape[2] in (2, 4):
        alpha = pixels[..., -1:].astype(np.uint16)
        laid = pixels[..., :-1] * alpha + np.uint16(255) * (255 - alpha)
        pixels = ((laid + 127) // 255).astype(np.uint8)
    return pixels


def _within(pixels: Pixels, side: int) -> Pixels:
    import cv2  # here: the window comes first

    share = side / max(pixels.shape[:2])
    if share >= 1:
        return pixels
    height, width = (max(1, round(length * share)) for length in pixels.shape[:2])
    scaled = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(scaled, dtype=np.uint8)


def _upright(pixels: Pixels, orientation: int) -> Pixels:
    """Turn and mirror pixels as EXIF says."""
    if orientation == 2:
        return np.ascontiguousarray(pixels[:, ::-1])
    turns, mirrored = _TURNED_BY.get(orientation, (0, False))
    if mirrored:
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(np.rot90(pixels, turns))
