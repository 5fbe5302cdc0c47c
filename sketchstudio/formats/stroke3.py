"""Quick, Draw! stroke-3 ``.npz``, the format of sketch-rnn: arrays ``train``, ``valid``, ``test``.

Each is an object array of (N, 3) rows: the offset from the point before (the first from 0, 0) and
1 where the pen lifts. NumPy keeps object arrays as pickles, which can run any code, so they are
read here by an unpickler that knows arrays and nothing else.
"""

from __future__ import annotations

import io
import pickle
import pickletools
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.archive import open_zip, read_member
from sketchstudio.formats.drawing import Drawing, word_of
from sketchstudio.formats.errors import FormatError

SETS = ("train", "valid", "test")

MAX_SET_BYTES = 1 << 28
"""Of one unpacked set, which is read whole; the official ones are far smaller."""

MAX_OPCODES = 10_000_000
"""Of one pickled set: a byte of a pickle can take a hundred of memory."""

_OPCODES_EACH = 64  # of a drawing; NumPy writes about twenty

_OPCODE_NAMES = """
    APPEND APPENDS BINBYTES BINGET BININT BININT1 BININT2 BINPUT BINSTRING BINUNICODE BUILD
    EMPTY_LIST FRAME GET GLOBAL INT LIST LONG LONG1 LONG_BINGET LONG_BINPUT MARK MEMOIZE NEWFALSE
    NEWTRUE NONE PROTO PUT REDUCE SHORT_BINBYTES SHORT_BINSTRING SHORT_BINUNICODE STACK_GLOBAL STOP
    STRING TUPLE TUPLE1 TUPLE2 TUPLE3 UNICODE
"""
_OPCODES = frozenset(_OPCODE_NAMES.split())
"""All that NumPy writes, from Python 2 on."""

_NUMBERS = frozenset("biuf")

_BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    UnicodeDecodeError,
    struct.error,
)


def read_stroke3(path: Path, most: int | None = None) -> Iterator[Drawing]:
    """Drawings of the three sets in turn; ``extra["set"]`` says which one each is of.

    Args:
        path: The file.
        most: Refuse a set of more drawings than this before it is read.

    Raises:
        FormatError: No such archive, cut off, or holding too much or other things than numbers.
        OSError: The file cannot be read.
    """
    try:
        with path.open("rb") as file, open_zip(file) as archive:
            names = [name for name in SETS if f"{name}.npy" in archive.namelist()]
            if not names:
                raise FormatError("not a sketch archive: no train, valid or test set")
            for name in names:
                data = read_member(archive, f"{name}.npy", MAX_SET_BYTES)
                for number, rows in enumerate(_set(data, most), 1):
                    strokes = _strokes(rows, f"{name} {number}")
                    place = f"{path}, {name} {number}"
                    yield Drawing(strokes, word_of(path), extra={"set": name}, place=place)
    except FormatError as error:
        raise FormatError(f"{path}: {error}") from None
    except _BROKEN_ZIP as error:
        raise FormatError(f"{path}: not a whole .npz archive ({error})") from None


def write_stroke3(file: BinaryIO, drawings: Iterable[Drawing]) -> None:
    """Write drawings to the sets their ``extra["set"]`` names, ``train`` where there is none.

    Whole numbers are written as int16 as in the official files, others as float32. Empty strokes,
    words, keys, times and other fields have no place in the format.
    """
    sets: dict[str, list[npt.NDArray[Any]]] = {name: [] for name in SETS}
    for drawing in drawings:
        name = drawing.extra.get("set")
        sets[name if name in SETS else "train"].append(_rows(drawing))
    train, valid, test = (_object_array(sets[name]) for name in SETS)
    np.savez_compressed(file, train=train, valid=valid, test=test)


def _object_array(rows: list[npt.NDArray[Any]]) -> npt.NDArray[np.object_]:
    array = np.empty(len(rows), dtype=object)
    for index, row in enumerate(rows):  # all at once would join arrays of the same length
        array[index] = row
    return array


def _rows(drawing: Drawing) -> npt.NDArray[Any]:
    strokes = [stroke for stroke in drawing.strokes if len(stroke)]
    rows = np.zeros((sum(map(len, strokes)), 3))
    if strokes:
        rows[:, :2] = np.diff(np.concatenate(strokes), axis=0, prepend=np.zeros((1, 2)))
        rows[np.cumsum([len(stroke) for stroke in strokes]) - 1, 2] = 1
    whole = np.abs(rows).max(initial=0) < 1 << 15 and (rows == np.rint(rows)).all()
    return rows.astype(np.int16 if whole else np.float32)


def _strokes(rows: npt.NDArray[Any], place: str) -> tuple[npt.NDArray[np.float64], ...]:
    if rows.ndim != 2 or rows.shape[1] != 3 or rows.dtype.kind not in _NUMBERS:
        raise FormatError(f"{place}: not stroke-3 rows but {rows.dtype} of shape {rows.shape}")
    if not np.isfinite(rows).all():
        raise FormatError(f"{place}: the drawing has coordinates that are not finite numbers")
    points = np.cumsum(rows[:, :2], axis=0, dtype=np.float64)
    lifts = np.flatnonzero(rows[:, 2]) + 1
    return tuple(part for part in np.split(points, lifts) if len(part))


def _set(data: bytes, most: int | None) -> Iterable[npt.NDArray[Any]]:
    """The (N, 3) arrays of a ``.npy`` file."""
    stream = io.BytesIO(data)
    try:
        if np.lib.format.read_magic(stream) == (1, 0):
            shape, _, dtype = np.lib.format.read_array_header_1_0(stream)
        else:
            shape, _, dtype = np.lib.format.read_array_header_2_0(stream)
        count = shape[0] if shape else 1
        if most is not None and count > most:
            raise FormatError(f"a set of {count:,} drawings; there is room for {most:,}")
        if dtype.hasobject:
            return _unpickled(data[stream.tell() :], count)
        stream.seek(0)
        array = np.lib.format.read_array(stream, allow_pickle=False)
    except FormatError:
        raise
    except Exception as error:  # a broken header can raise anything
        raise FormatError(f"not a whole array ({_one_line(error)})") from None
    if array.ndim == 0:
        raise FormatError(f"not an array of arrays but a single {array.dtype}")
    return array if array.size else ()


def _unpickled(data: bytes, count: int) -> list[npt.NDArray[Any]]:
    """The arrays of a pickled set that says to have ``count``."""
    most = min(_OPCODES_EACH * (count + 16), MAX_OPCODES)
    try:
        for done, (opcode, argument, _) in enumerate(pickletools.genops(data)):
            if opcode.name not in _OPCODES or done > most:
                what = "too much" if done > most else f"a pickled {opcode.name}"
                raise FormatError(f"holds {what}, which a sketch archive never does")
            # A memo grows to the largest index it is given, whatever the size of the file.
            if opcode.name in ("LONG_BINPUT", "PUT") and int(argument or 0) > len(data):
                raise FormatError("not a whole array (memo index out of range)")
        array = _ArrayUnpickler(io.BytesIO(data), encoding="latin1").load()
        if not isinstance(array, _PickledArray) or not isinstance(array.data, list):
            raise FormatError("not an array of arrays")
        return [_numbers(item) for item in array.data]
    except FormatError:
        raise
    except Exception as error:  # a broken pickle can raise anything
        raise FormatError(f"not a whole array ({_one_line(error)})") from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())


def _numbers(item: object) -> npt.NDArray[Any]:
    if not isinstance(item, _PickledArray):
        raise FormatError(f"holds {type(item).__name__} where an array of numbers should be")
    return item.numbers()


class _PickledType:
    """Stands for numpy.dtype while a pickle is read."""

    def __init__(self, code: str, *_: object) -> None:
        self.code = str(code)
        self.order = "<"

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        self.order = str(state[1])

    def numpy(self) -> np.dtype[Any]:
        if self.code[:1] not in _NUMBERS or not self.code[1:].isdecimal():
            raise FormatError(f"holds {self.code!r} where numbers should be")
        return np.dtype((">" if self.order == ">" else "<") + self.code)


class _PickledArray:
    """Stands for numpy.ndarray while a pickle is read: nothing of the file reaches NumPy's own."""

    def __init__(self) -> None:
        self.shape: tuple[int, ...] = (0,)
        self.type = _PickledType("O")
        self.fortran = False
        self.data: object = None

    def __setstate__(self, state: tuple[Any, ...]) -> None:
        _, self.shape, self.type, self.fortran, self.data = state

    def numbers(self) -> npt.NDArray[Any]:
        data = self.data.encode("latin1") if isinstance(self.data, str) else self.data  # Python 2
        if not isinstance(data, bytes):
            raise FormatError("holds objects where numbers should be")
        flat = np.frombuffer(data, self.type.numpy())
        return flat.reshape(self.shape, order="F") if self.fortran else flat.reshape(self.shape)


class _ArrayUnpickler(pickle.Unpickler):
    """Reads NumPy arrays and refuses everything else."""

    def find_class(self, module: str, name: str) -> Any:
        match module, name:
            case (("numpy.core.multiarray" | "numpy._core.multiarray"), "_reconstruct"):
                return lambda *_: _PickledArray()
            case "numpy", "ndarray":
                return _PickledArray
            case "numpy", "dtype":
                return _PickledType
            case "_codecs", "encode":  # how Python 3 writes bytes in old protocols
                return lambda text, _: text.encode("latin1")
        raise FormatError(f"holds {module}.{name}, which a sketch archive never does")
