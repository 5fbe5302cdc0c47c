"""Latent codes with names and pictures, as a safetensors file that can be passed on.

Nothing in such a file is ever run, and what it claims is checked before it is believed: it may
come from anybody.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import MAX_INK_POINTS
from sketchstudio.core.stroke import Points
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import safe_write

ENDING = ".codes"
FORMAT, VERSION = "sketchstudio-codes", "1"

MAX_CODES = 1000
MAX_BYTES = 64 << 20
MAX_NAME = 60
"""Characters."""

_MAX_CODE = 4096  # numbers
_MAX_SAID = 1 << 20  # characters of all names
_FAR = 1e5  # no number of a code, coordinate in box units or count of points is beyond


@dataclass(frozen=True, slots=True, eq=False)
class NamedCode:
    """A code that was kept.

    Attributes:
        name: What the person calls it, one line.
        code: (code,) float32.
        sketch: What it was drawn as, box units: its picture, and what a model of another encoder
            reads instead.
        encoder: Of which model; see `EngineState.encoder`.
        id: Tells it from others of the same name.
    """

    name: str
    code: npt.NDArray[np.float32]
    sketch: tuple[Points, ...]
    encoder: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


def write_codes(codes: Sequence[NamedCode], path: Path) -> None:
    """Write codes whole or not at all.

    Raises:
        WriteError: The place cannot be written.
    """
    from safetensors.numpy import save

    tensors: dict[str, npt.NDArray[Any]] = {}
    for number, one in enumerate(codes):
        lengths = [len(stroke) for stroke in one.sketch]
        points = np.concatenate([*one.sketch, np.empty((0, 2))])
        tensors[f"{number}.code"] = np.ascontiguousarray(one.code, dtype=np.float32)
        tensors[f"{number}.points"] = np.ascontiguousarray(points, dtype=np.float32)
        tensors[f"{number}.lengths"] = np.array(lengths, dtype=np.int32)
    said = [{"name": one.name, "encoder": one.encoder, "id": one.id} for one in codes]
    about = {"format": FORMAT, "version": VERSION, "codes": json.dumps(said)}
    with safe_write(path) as file:
        file.write(save(tensors, about))


def read_codes(path: Path) -> tuple[NamedCode, ...]:
    """The codes of a file.

    Raises:
        FormatError: Not such a file, damaged, too large, or of a newer version.
        OSError: The file cannot be read.
    """
    from safetensors import SafetensorError, safe_open

    if path.stat().st_size > MAX_BYTES:
        raise FormatError(f"{path}: larger than {MAX_BYTES >> 20} MiB, so no file of codes")
    with path.open("rb"):  # one that may not be read says so, and not that it is damaged
        pass
    try:
        with safe_open(path, framework="np") as file:
            about = file.metadata() or {}
            if about.get("format") != FORMAT:
                raise FormatError("not a file of codes")
            if about.get("version") != VERSION:
                raise FormatError("written by a newer sketchstudio; please update")
            if len(about["codes"]) > _MAX_SAID:
                raise FormatError("damaged: its names are too long")
            said = json.loads(about["codes"])
            if not isinstance(said, list) or len(said) > MAX_CODES:
                raise FormatError(f"damaged, or more than {MAX_CODES:,} codes")
            return tuple(_code(file, number, one) for number, one in enumerate(said))
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from None
    except SafetensorError:
        raise FormatError(f"{path}: not a file of codes, or damaged") from None
    except (KeyError, TypeError, ValueError, RecursionError, OverflowError) as error:
        raise FormatError(f"{path}: damaged: {' '.join(str(error).split())[:80]}") from None


def clean_name(text: str) -> str:
    """A name as it is kept: one line of printable characters, not too long; may be empty."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:MAX_NAME]


def _code(file: Any, number: int, said: Any) -> NamedCode:
    code = _array(file, f"{number}.code", np.float32)
    points = _array(file, f"{number}.points", np.float32)
    lengths = _array(file, f"{number}.lengths", np.int32)
    if code.ndim != 1 or not 1 <= len(code) <= _MAX_CODE:
        raise FormatError(f"damaged: code {number + 1} has the shape {code.shape}")
    drawn = points.ndim == 2 and points.shape[1] == 2 and len(points) <= MAX_INK_POINTS
    if not drawn or (lengths < 1).any() or int(lengths.sum(dtype=np.int64)) != len(points):
        raise FormatError(f"damaged: code {number + 1} has a picture that cannot be drawn")
    name, encoder, id = (said[key] for key in ("name", "encoder", "id"))
    if not all(isinstance(text, str) for text in (name, encoder, id)):
        raise FormatError(f"damaged: code {number + 1} has no name")
    sketch = tuple(np.split(points, np.cumsum(lengths)[:-1])) if len(points) else ()
    return NamedCode(clean_name(name) or "?", code, sketch, encoder[:64], id[:64])


def _array(file: Any, name: str, kind: type[np.generic]) -> npt.NDArray[Any]:
    array = np.asarray(file.get_tensor(name))
    if array.dtype != kind:
        raise FormatError(f"damaged: {name} holds {array.dtype}")
    if not (np.abs(array.astype(np.float64)) <= _FAR).all():  # nor is NaN
        raise FormatError(f"damaged: {name} holds numbers that cannot be")
    return array
