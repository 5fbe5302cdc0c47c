"""Files that are small to send and large to read are refused before they do harm."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from fuzz.targets import target

from sketchstudio.formats.errors import FormatError


def _zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("_", "."), data)
    return file.getvalue()


def _sketch(index: bytes, samples: bytes = b"") -> bytes:
    return _zip(mimetype=b"application/x-sketchstudio", document_json=index, samples_f32=samples)


def _npz(opcodes: bytes) -> bytes:
    head = f"{{'descr': '|O', 'fortran_order': False, 'shape': ({10**7},), }}".ljust(117) + "\n"
    array = b"\x93NUMPY\1\0" + struct.pack("<H", len(head)) + head.encode() + b"\x80\2"
    return _zip(train_npy=array + opcodes + b".")


def _png(width: int, height: int, bits: int = 8, colour: int = 2, more: bytes = b"") -> bytes:
    """One that claims a size, and has no pixels."""

    def part(name: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(name + data))
        return struct.pack(">I", len(data)) + name + data + check

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + more
        + part(b"IDAT", zlib.compress(b""))
        + part(b"IEND", b"")
    )


def _jpeg(scans: int) -> bytes:
    """A progressive one whose last scan comes again and again."""
    progressive = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1]
    data = cv2.imencode(".jpg", np.zeros((3000, 3000), np.uint8), progressive)[1].tobytes()
    return data[:-2] + data[data.rfind(b"\xff\xda") : -2] * scans + data[-2:]


def _safetensors(said: dict[str, str]) -> bytes:
    head = json.dumps({"__metadata__": said}).encode()
    return struct.pack("<Q", len(head)) + head


def _declared_attributes() -> bytes:
    declared = "".join(f"<!ATTLIST g a{number} CDATA 'x'>" for number in range(95))
    return f"<!DOCTYPE svg [{declared}]><svg>{'<g/>' * 90_000}</svg>".encode()


_CODES = {"format": "sketchstudio-codes", "version": "1", "codes": "[" + "[]," * 9_000_000 + "[]]"}
_EMPTY = b'{"drawing":[' + b"[[],[]]," * 19_999 + b"[[1,5],[1,9]]]}\n"
_DRAWING = struct.Struct("<Q2sbIH")


@pytest.mark.parametrize(
    ("name", "bomb", "says"),
    [
        ("sketch", lambda: _sketch(b'{"x":[' + b"0," * 25_000_000 + b"0]}"), "more tightly"),
        ("sketch", lambda: _sketch(b"{}", bytes(100 << 20)), "more tightly"),
        ("sketch", lambda: _sketch(b"[" * 500_000 + b"]" * 500_000), "damaged"),
        ("npz", lambda: _npz(b"]" * 20_000_000), "more tightly"),
        ("npz", lambda: _npz(b"c" + b"a" * 40_000_000 + b"\nb\n"), "more tightly"),
        (
            "ndjson",
            lambda: b'{"drawing":[' + b"[[],[]]," * 400_000 + b"[[1],[1]]]}",
            "50,000 str",
        ),
        ("ndjson", lambda: _EMPTY * 30, "a page has room for drawings of"),
        ("ndjson", lambda: b"\n" * (5 << 20), "MiB of blank lines"),
        ("ndjson", lambda: b"[" * (3 << 20), "nested too deeply"),
        (
            "bin",
            lambda: (_DRAWING.pack(1, b"DE", 1, 1, 65_535) + bytes(2 * 65_535)) * 40,
            "more than 50,000 points",
        ),
        ("picture", lambda: _png(100_000, 100_000), "100,000 by 100,000 px"),
        ("picture", lambda: _png(10_900, 10_900, 16, 6), "below 45 megapixels"),
        (
            "picture",
            lambda: _png(9, 9, more=struct.pack(">I4sI", 0, b"tEXt", 0) * 3_000_000),
            "not a PNG",
        ),
        ("picture", lambda: _jpeg(5_000), "scans, too many"),
        ("picture", lambda: _jpeg(0)[:2] + b"\xff" * 40_000_000, "not a PNG"),
        ("picture", lambda: _jpeg(0)[:2] + b"\xff\xe5\0\2" * 15_000_000, "not a PNG"),
        ("picture", lambda: b"RIFF    WEBP" + b"XXXX\0\0\0\0" * 10_000_000, "not a PNG"),
        ("svg", _declared_attributes, "more than 1,000,000 attributes"),
        ("svg", lambda: gzip.compress(bytes(40 << 20)), "larger than 32 MiB"),
        ("codes", lambda: _safetensors(_CODES), "names are too long"),
    ],
)
def test_what_was_made_to_take_long_is_refused_soon(
    name: str, bomb: Callable[[], bytes], says: str, tmp_path
) -> None:
    """Each keeps a careless reader busy for many seconds or fills the memory; ours takes two."""
    chosen = target(name)
    data = bomb()
    chosen(data)  # sees to the time, of the processor
    path = tmp_path / f"file{chosen.ending}"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=says):
        chosen.read(path)
