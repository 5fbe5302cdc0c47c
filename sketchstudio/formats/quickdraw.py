"""Quick, Draw! files by their ending: ``.ndjson``, stroke-3 ``.npz`` and packed ``.bin``.

``.ndjson.gz`` and ``.bin.gz`` are read as well; ``.npz`` is packed already.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from sketchstudio.formats.archive import unpacked
from sketchstudio.formats.drawing import Drawing, OnError
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.ndjson import read_ndjson, write_ndjson
from sketchstudio.formats.packed import read_packed, write_packed
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.formats.stroke3 import read_stroke3, write_stroke3

__all__ = ["ENDINGS", "Drawing", "read_drawings", "write_drawings"]

_WRITERS = {".ndjson": write_ndjson, ".npz": write_stroke3, ".bin": write_packed}

ENDINGS = frozenset(_WRITERS)
"""Of the files that `read_drawings` reads and `write_drawings` writes."""


def read_drawings(
    path: Path, on_error: OnError | None = None, most: int | None = None
) -> Iterator[Drawing | None]:
    """Drawings of a file in its order, read as they are asked for.

    Args:
        path: The file; its ending says what it is.
        on_error: Called for each line that is no drawing.
        most: How many there may be, where a file says so before they are read.

    Yields:
        A drawing, or None for a line that is none.

    Raises:
        FormatError: An ending that is none of these, or a file that is cut off or broken.
        OSError: The file cannot be read.
    """
    try:
        match unpacked(path).suffix.lower():
            case ".ndjson":
                yield from read_ndjson(path, on_error)
            case ".npz" if unpacked(path) == path:
                yield from read_stroke3(path, most)
            case ".bin":
                yield from read_packed(path)
            case _:
                raise FormatError(f"{path}: not a Quick, Draw! file; they end in {_endings()}")
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FormatError(f"{path}: not a whole .gz file ({error})") from None


def write_drawings(path: Path, drawings: Iterable[Drawing]) -> None:
    """Write drawings whole or not at all, taking them one by one.

    What each format keeps is said in its module. The place is tried before the first drawing is
    asked for.

    Raises:
        FormatError: An ending that is none of these, or a drawing the format has no room for.
        WriteError: The place cannot be written.
    """
    if path.suffix.lower() not in ENDINGS:
        raise FormatError(f"{path}: not a Quick, Draw! file; they end in {_endings()}")
    with safe_write(path) as file:
        _WRITERS[path.suffix.lower()](file, drawings)


def _endings() -> str:
    return ", ".join(sorted(ENDINGS))
