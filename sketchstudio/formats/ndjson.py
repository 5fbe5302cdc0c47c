"""Quick, Draw! ``.ndjson``: a drawing a line, simplified ``[x, y]`` or raw ``[x, y, t]``.

https://github.com/googlecreativelab/quickdraw-dataset describes both.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from sketchstudio.core.sketch_codec import MAX_INK_POINTS
from sketchstudio.formats.archive import open_unpacked
from sketchstudio.formats.drawing import Drawing, Numbers, OnError
from sketchstudio.formats.errors import FormatError

MAX_LINE_BYTES = 4 << 20
"""No drawing by hand comes near; a file without line ends must not fill the memory."""

MAX_BLANK_BYTES = 4 << 20
"""Of blank lines in all; packed, a small file can hold them by the terabyte."""


def read_ndjson(path: Path, on_error: OnError | None = None) -> Iterator[Drawing | None]:
    """Drawings in the file's order; None for a line that is none. Blank lines are passed over.

    Raises:
        FormatError: There is next to nothing but blank lines.
        OSError: The file cannot be read.
    """
    with open_unpacked(path) as file:
        number = blank = 0
        while line := file.readline(MAX_LINE_BYTES):
            number += 1
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.isspace():
                blank += len(line)
                if blank > MAX_BLANK_BYTES:
                    raise FormatError(f"{path}: {blank >> 20} MiB of blank lines")
                continue
            place = f"{path}, line {number}"
            whole = len(line) < MAX_LINE_BYTES or line.endswith(b"\n")
            try:
                if not whole:
                    raise ValueError(f"longer than {MAX_LINE_BYTES >> 20} MiB")
                yield _drawing(line, place)
            except ValueError as error:
                if on_error:
                    on_error(f"{place}: {error}")
                if not whole:
                    _skip_line(file)
                yield None


def write_ndjson(file: BinaryIO, drawings: Iterable[Drawing]) -> None:
    """Write a drawing a line; whole numbers are written without a point.

    Raises:
        FormatError: A number is not finite.
    """
    for drawing in drawings:
        record: dict[str, Any] = {"word": drawing.word} if drawing.word else {}
        record |= drawing.extra
        if drawing.key:
            record.setdefault("key_id", drawing.key)
        record["drawing"] = [
            [_plain(row) for row in (*stroke.T, times) if row is not None]
            for stroke, times in zip(drawing.strokes, _times(drawing), strict=True)
        ]
        try:
            text = json.dumps(record, separators=(",", ":"), allow_nan=False)
        except ValueError:
            raise FormatError(f"{drawing.place or 'a drawing'}: numbers must be finite") from None
        file.write(text.encode() + b"\n")


def _drawing(line: bytes, place: str) -> Drawing:
    """Read one line.

    Raises:
        ValueError: It is no drawing; the message says why, without the place.
    """
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not a sketch: not UTF-8 text") from None
    except RecursionError:
        raise ValueError("not a sketch: lists nested too deeply") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"not a sketch: not JSON ({error.msg}, column {error.colno})") from None
    except ValueError:  # Python refuses whole numbers of thousands of digits
        raise ValueError("not a sketch: a number of too many digits") from None
    if not isinstance(record, dict) or not isinstance(record.get("drawing"), list):
        raise ValueError('not a sketch: no "drawing" list of strokes')
    strokes, times = _strokes(record.pop("drawing"))
    word = record.pop("word", None) or ""
    if not isinstance(word, str):
        raise ValueError('"word" must be text')
    key = record.pop("key_id", "")
    if not isinstance(key, str):  # an unusual kind of key goes back as it came
        record["key_id"] = key
    return Drawing(strokes, word, str(key), record, times, place)


def _strokes(
    lists: list[Any],
) -> tuple[tuple[Numbers, ...], tuple[Numbers | None, ...]]:
    """Strokes (N, 2) and times of ``[[x…], [y…]]`` or ``[[x…], [y…], [t…]]`` lists.

    One array is made of all numbers, several times faster than one for each stroke.
    """
    if len(lists) > MAX_INK_POINTS:
        raise ValueError(f"the drawing has more than {MAX_INK_POINTS:,} strokes")
    numbers: list[Any] = []
    shapes: list[tuple[int, int]] = []
    for index, stroke in enumerate(lists, 1):
        if not isinstance(stroke, list) or not 2 <= len(stroke) <= 3:
            raise ValueError(f"stroke {index} must be [x, y] or [x, y, t]")
        if not all(isinstance(row, list) for row in stroke):
            raise ValueError(f"stroke {index} must hold lists of numbers")
        length = len(stroke[0])
        for row in stroke:
            if len(row) != length:
                raise ValueError(f"stroke {index} has {length} x but {len(row)} y or t")
            numbers += row
        shapes.append((len(stroke), length))
    try:
        flat = np.array(numbers)
    except ValueError:  # lists within lists
        flat = np.array(None)
    if flat.ndim != 1 or flat.dtype.kind not in "iuf":
        raise ValueError("coordinates must be numbers")
    if not np.isfinite(flat).all():
        raise ValueError("the drawing has coordinates that are not finite numbers")
    flat = flat.astype(np.float64, copy=False)
    strokes: list[Numbers] = []
    times: list[Numbers | None] = []
    start = 0
    for rows, length in shapes:
        block = flat[start : start + rows * length].reshape(rows, length)
        start += rows * length
        strokes.append(block[:2].T)
        times.append(block[2] if rows == 3 else None)
    return tuple(strokes), tuple(times) if any(t is not None for t in times) else ()


def _skip_line(file: BinaryIO) -> None:
    while (part := file.readline(MAX_LINE_BYTES)) and not part.endswith(b"\n"):
        pass


def _times(drawing: Drawing) -> tuple[Numbers | None, ...]:
    return drawing.times or (None,) * len(drawing.strokes)


def _plain(row: np.ndarray[Any, Any]) -> list[int | float]:
    """Numbers for JSON: float32 by its own shortest digits, whole numbers as int."""
    values = row.tolist() if row.dtype != np.float32 else [float(str(value)) for value in row]
    return [int(value) if float(value).is_integer() else value for value in values]
