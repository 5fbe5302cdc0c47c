"""Quick, Draw! packed ``.bin``: the simplified drawings of one category in bytes.

Little-endian, one drawing after the other: key_id u64, country 2 bytes, recognized i8, timestamp
u32 (seconds since 1970), strokes u16, then for each stroke points u16, all x u8, all y u8.
https://github.com/googlecreativelab/quickdraw-dataset#binary-files-bin
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import numpy as np

from sketchstudio.core.sketch_codec import MAX_INK_POINTS
from sketchstudio.formats.archive import open_unpacked
from sketchstudio.formats.drawing import Drawing, Numbers, word_of
from sketchstudio.formats.errors import FormatError

_HEADER = struct.Struct("<Q2sbIH")
_COUNT = struct.Struct("<H")
_SIDE = 255


def read_packed(path: Path) -> Iterator[Drawing]:
    """Drawings in the file's order, of the category that the file's name says.

    Raises:
        FormatError: The file ends within a drawing, or one has more points than any by hand.
        OSError: The file cannot be read.
    """
    with open_unpacked(path) as file:
        number = 0
        while head := file.read(_HEADER.size):
            number += 1
            place = f"{path}, drawing {number}"
            try:
                key, country, recognized, seconds, count = _HEADER.unpack(head)
                strokes = _read_strokes(file, count, place)
            except struct.error:
                raise FormatError(f"{place}: the file ends within it; it was cut off") from None
            extra = {
                "countrycode": country.rstrip(b"\0").decode("ascii", "replace"),
                "timestamp": f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M:%S} UTC",
                "recognized": bool(recognized),
            }
            yield Drawing(strokes, word_of(path), str(key), extra, place=place)


def write_packed(file: BinaryIO, drawings: Iterable[Drawing]) -> None:
    """Write drawings as bytes.

    The format has whole coordinates from 0 to 255 only: those of a drawing within that range are
    rounded, any other drawing is moved to 0 and its longest side scaled to 255, as Quick, Draw!
    does. Fields of ``extra`` other than the format's own, and times, are not kept.

    Raises:
        FormatError: More than 65,535 strokes, or points in one.
    """
    for drawing in drawings:
        key = int(drawing.key) if re.fullmatch("[0-9]{1,20}", drawing.key) else 0
        country = str(drawing.extra.get("countrycode", "")).encode("ascii", "replace")[:2]
        recognized = bool(drawing.extra.get("recognized", True))
        try:
            file.write(
                _HEADER.pack(
                    key % (1 << 64), country, recognized, _seconds(drawing), len(drawing.strokes)
                )
            )
            for pixels in _pixels(drawing.strokes):
                file.write(_COUNT.pack(len(pixels)) + pixels.T.tobytes())
        except struct.error:
            place = drawing.place or "a drawing"
            raise FormatError(f"{place}: .bin holds at most 65,535 strokes and points") from None


def _read_strokes(file: BinaryIO, count: int, place: str) -> tuple[Numbers, ...]:
    strokes: list[Numbers] = []
    points = 0
    for _ in range(count):
        strokes.append(_read_stroke(file))
        points += max(len(strokes[-1]), 1)  # empty ones are read, too
        if points > MAX_INK_POINTS:
            raise FormatError(f"{place}: the drawing has more than {MAX_INK_POINTS:,} points")
    return tuple(strokes)


def _read_stroke(file: BinaryIO) -> Numbers:
    (points,) = _COUNT.unpack(file.read(_COUNT.size))
    data = file.read(2 * points)
    if len(data) < 2 * points:
        raise struct.error
    return np.frombuffer(data, dtype=np.uint8).reshape(2, points).T.astype(np.float64)


def _pixels(strokes: tuple[Numbers, ...]) -> list[np.ndarray[tuple[int, int], np.dtype[np.uint8]]]:
    filled = [stroke for stroke in strokes if len(stroke)]
    points = np.concatenate(filled) if filled else np.zeros((1, 2))
    low, high = points.min(axis=0), points.max(axis=0)
    scale = 1.0
    if np.rint(low).min() < 0 or np.rint(high).max() > _SIDE:
        scale = _SIDE / max(float((high - low).max()), 1e-9)
    else:
        low = np.zeros(2)
    return [np.rint((stroke - low) * scale).astype(np.uint8) for stroke in strokes]


def _seconds(drawing: Drawing) -> int:
    """The time of a drawing, such as ``2017-03-09 15:28:55.94750 UTC``; 0 where it has none."""
    text = str(drawing.extra.get("timestamp", "")).removesuffix(" UTC")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(int(moment.timestamp()), 0), (1 << 32) - 1)
