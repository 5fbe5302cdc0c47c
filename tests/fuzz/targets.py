"""What is fuzzed: every reader of files from strangers, as a function of bytes.

A target may end in one of the errors that its reader promises, in one line; anything else that it
raises, a result with numbers that are not finite, or more than ``SECONDS`` of work is a defect.
"""

from __future__ import annotations

import atexit
import functools
import io
import json
import shutil
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.past_proposal import PastProposal
from sketchstudio.core.picture import Picture
from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.formats import code_files, native, picture_file, sketch_files
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings, write_drawings
from sketchstudio.formats.stroke3 import SETS
from sketchstudio.formats.svg_embedded import embed
from sketchstudio.formats.svg_write import to_svg_string
from sketchstudio.recovery import journal

SECONDS = 2.0
"""Of the processor: longer is a hang to whoever waits for it."""

Read = Callable[[Path], object]
Pack = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Target:
    """A reader and what to begin with.

    Attributes:
        ending: Of the file the bytes are written to.
        read: Reads it whole.
        refusals: What it may raise.
        pack: Makes the file of the bytes, so that checksums do not hide what is within.
        seeds: Bytes to begin with.
        words: That the format knows.
    """

    ending: str
    read: Read
    seeds: Callable[[], list[bytes]]
    refusals: tuple[type[Exception], ...] = (FormatError,)
    pack: Pack = bytes
    words: tuple[bytes, ...] = field(default=())

    def __call__(self, data: bytes) -> None:
        """Read the bytes as such a file.

        Raises:
            AssertionError: A refusal of more than one line, or a hang.
        """
        path = _folder() / f"file{self.ending}"
        path.write_bytes(self.pack(data))
        if self._seconds(path) > SECONDS:  # perhaps of importing what it needs
            spent = self._seconds(path)
            assert spent < SECONDS, f"a hang of {spent:.1f} s"
        assert [*path.parent.iterdir()] == [path], "a reader writes nothing"
        path.unlink()

    def _seconds(self, path: Path) -> float:
        start = time.process_time()
        try:
            self.read(path)
        except self.refusals as error:
            text = str(error)
            assert len(text.splitlines()) == 1, f"no line: {text!r}"
            assert len(text) < 400, f"no short line: {text[:1000]!r}"
        return time.process_time() - start


@functools.cache
def _folder() -> Path:
    """In memory, where there is such a place; gone when the process ends."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    folder = Path(tempfile.mkdtemp(dir=memory))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _document() -> Document:
    line = Stroke.from_points([[10, 10], [60, 10], [60, 40]], StrokeStyle("#ff0000", 4, False))
    return Document((Layer("Ink", (line, Stroke.from_points([[5, 5]])), id="a"), Layer("Draft")))


def _full_document() -> Document:
    """With all that a document can hold beside ink."""
    made = Provenance("studio", "blend", 5, 0.1, ("cat", "car"), (0.5,), packed_code([0.5, -1]))
    line = np.array([[1, 2], [3, 4]], np.float32)
    proposal = PastProposal(made, (line,), "#1b1b1f", 3, (line,), ("a",), favourite=True)
    ink = Stroke.from_points(line, provenance=made)
    layers = (*_document().layers, Layer("Model", (ink,), opacity=0.5))
    page = Page(picture=Picture(_pictures()[0], 16, 12))
    return Document(layers, page, proposals=(proposal,))


def _native_file(document: Document) -> bytes:
    file = io.BytesIO()
    native.write(document, file)
    return file.getvalue()


def _native_parts() -> list[bytes]:
    parts = []
    for document in (_document(), _full_document()):
        with zipfile.ZipFile(io.BytesIO(_native_file(document))) as archive:
            index, samples = archive.read("document.json"), archive.read("samples.f32")
        small = json.dumps(json.loads(index), separators=(",", ":")).encode()
        parts.append(small + b"\0" + samples)
    return parts


def _packed_native(data: bytes) -> bytes:
    """A whole ``.sketch`` of an index and ink, parted by a zero byte."""
    index, _, samples = data.partition(b"\0")
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", native.MIME_TYPE)
        archive.writestr("document.json", index)
        archive.writestr("samples.f32", samples)
    return file.getvalue()


_RECORD_END = b"\0~\0"


def _journal_parts() -> list[bytes]:
    """The records of a journal: a document whole, then two changes of it."""
    drafts = [journal.Draft(document) for document in (_document(), _full_document(), _document())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal"
        writer = journal.Journal(path)
        for draft in drafts:
            writer.write(draft)
        writer.close()
        data = path.read_bytes()
    records = []
    at = data.index(b"\n") + 1
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at)
        records.append(data[at + 8 : at + 8 + length])
        at += 8 + length
    return [_RECORD_END.join(records)]


def _packed_journal(data: bytes) -> bytes:
    """A journal of these records, each with its length and checksum."""
    records = (
        struct.pack("<II", len(record), zlib.crc32(record)) + record
        for record in data.split(_RECORD_END)
    )
    return b"sketchstudio journal 1\n" + b"".join(records)


def _code_files() -> list[bytes]:
    """A file of two codes, one of them without a picture."""
    line = np.array([[0, 1], [2, 3]], np.float32)
    codes = [
        code_files.NamedCode("a cat", np.ones(3, np.float32), (line, line), "e", "1"),
        code_files.NamedCode("owl", np.zeros(2, np.float32), (), "e", "2"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.codes"
        code_files.write_codes(codes, path)
        return [path.read_bytes()]


def _packed_npz(data: bytes) -> bytes:
    """A whole ``.npz`` whose train set is these bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("train.npy", data)
    return file.getvalue()


def _drawings_file(ending: str) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        lines = [
            {"word": "cat", "key_id": "5", "drawing": [[[0, 10, 255], [0, 7, 255]], [[1], [2]]]},
            {"countrycode": "DE", "drawing": [[[0.5, 1.5], [0, 1], [0, 20]]]},
        ]
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "in.ndjson"
            source.write_text("".join(json.dumps(line) + "\n" for line in lines))
            made = Path(folder) / f"out{ending}"
            write_drawings(made, (d for d in read_drawings(source) if d is not None))
            return [made.read_bytes()]

    return seeds


def _npy_sets() -> list[bytes]:
    """Sets as NumPy of today writes them, and in the oldest pickle protocol."""
    with zipfile.ZipFile(io.BytesIO(_drawings_file(".npz")()[0])) as archive:
        sets = [archive.read(f"{name}.npy") for name in SETS]
    plain = io.BytesIO()
    np.save(plain, np.arange(12, dtype=np.int16).reshape(2, 2, 3))
    return [*sets[:1], plain.getvalue()]


def _pictures() -> list[bytes]:
    """One small picture in each format."""
    import cv2

    pixels = np.full((12, 16, 3), 255, np.uint8)
    pixels[3:9, 5] = 0
    return [cv2.imencode(ending, pixels)[1].tobytes() for ending in (".png", ".jpg", ".webp")]


def _read_picture(path: Path) -> None:
    pixels = picture_file.read_picture(path)
    assert pixels.dtype == np.uint8
    assert max(pixels.shape) <= picture_file.LARGEST_SIDE


def _read_drawings(path: Path) -> None:
    for drawing in read_drawings(path):
        if drawing is not None:
            assert all(np.isfinite(stroke).all() for stroke in drawing.strokes)


def _read_page(path: Path) -> None:
    document = sketch_files.read_page(path)
    assert all(np.isfinite(stroke.samples).all() for stroke in document.strokes())


def _read_journal(path: Path) -> None:
    draft = journal.read(path)
    assert all(np.isfinite(stroke.samples).all() for stroke in draft.document.strokes())


def _read_codes(path: Path) -> None:
    for code in code_files.read_codes(path):
        assert np.isfinite(code.code).all()
        assert all(np.isfinite(stroke).all() for stroke in code.sketch)


def _weights() -> list[bytes]:
    from sketchstudio.model.config import ModelConfig

    config = ModelConfig(name="a", categories=("cat",), channels=(4,), code=2, hidden=4)
    said = {"format": "sketchstudio-model", "version": "1", "config": json.dumps(config.to_dict())}
    header = {
        "__metadata__": said,
        "codes.exemplars": {"dtype": "F32", "shape": [1, 1, 2], "data_offsets": [0, 8]},
    }
    text = json.dumps(header).encode()
    return [struct.pack("<Q", len(text)) + text + bytes(8)]


def _read_weights(path: Path) -> None:
    from sketchstudio.model.checkpoint import load_checkpoint

    load_checkpoint(path)


def _weights_refusals() -> tuple[type[Exception], ...]:
    from sketchstudio.model.checkpoint import ModelError

    return (ModelError,)


def _svg_files() -> list[bytes]:
    folder = Path(__file__).parent.parent / "formats" / "svg"
    own = embed(to_svg_string(_document()), _document()).encode()
    return [own, *(path.read_bytes() for path in sorted(folder.glob("*.svg")))]


_JSON = (b'"', b"{", b"}", b"[", b"]", b"null", b"NaN", b"Infinity", b"-1e999", b"\\u0000")
_INDEX = tuple(
    f'"{name}":'.encode()
    for name in (
        *("format_version", "title", "page", "layers", "id", "name", "visible", "locked"),
        *("opacity", "strokes", "offset", "count", "color", "width", "pressure", "smoothing"),
        *("grain", "highlighter", "origin", "provenance", "paper", "pattern", "spacing", "size"),
    )
)
_SVG = tuple(
    word.encode()
    for word in (
        *("<svg ", "</svg>", "<g ", "<path d='", "<use href='#", "<symbol ", "<style>", "viewBox="),
        *("transform='rotate(", "stroke=", "fill=", "url(#", "<!ENTITY ", "<!DOCTYPE ", "&#x0;"),
        *("rgb(", "hsl(", "1e999", "NaN", "%", "inherit", "<![CDATA[", "preserveAspectRatio="),
        *("A1 1 0 0 1", "<rect ", "<circle ", "rx=", "points=", "class=", "{stroke:", "width="),
    )
)
_CHUNKS = (
    b"IHDR",
    b"IDAT",
    b"IEND",
    b"\xff\xd8",
    b"\xff\xc0",
    b"Exif\0\0",
    b"RIFF",
    b"VP8X",
    b"VP8L",
)
_PICKLE = (b"cnumpy\ndtype\n", b"cbuiltins\neval\n", b"\x80\x04", b"\x93", b"R", b"b", b"(", b"r")


def target(name: str) -> Target:
    """The target of that name."""
    if name == "weights":
        return Target(".safetensors", _read_weights, _weights, _weights_refusals(), words=_JSON)
    return TARGETS[name]


TARGETS = {
    "sketch": Target(".sketch", _read_page, lambda: [_native_file(_document())]),
    "sketch-parts": Target(
        ".sketch", _read_page, _native_parts, pack=_packed_native, words=(*_JSON, *_INDEX)
    ),
    "journal": Target(
        ".journal", _read_journal, _journal_parts, pack=_packed_journal, words=(*_JSON, *_INDEX)
    ),
    "codes": Target(".codes", _read_codes, _code_files, words=(*_JSON, b'"F32"', b'"I32"')),
    "ndjson": Target(
        ".ndjson",
        _read_page,
        _drawings_file(".ndjson"),
        (FormatError, SketchError),
        words=(*_JSON, b'"drawing":', b'"word":', b'"key_id":'),
    ),
    "svg": Target(".svg", _read_page, _svg_files, words=_SVG),
    "picture": Target(".png", _read_picture, _pictures, words=_CHUNKS),
    "bin": Target(".bin", _read_drawings, _drawings_file(".bin")),
    "npz": Target(".npz", _read_drawings, _drawings_file(".npz")),
    "npz-parts": Target(
        ".npz",
        _read_drawings,
        _npy_sets,
        pack=_packed_npz,
        words=(*_PICKLE, b"'descr': '|O'", b"'shape': (1,)", b"'fortran_order': True"),
    ),
}
"""By name; `target` knows the weights, too, which need torch."""

NAMES = (*TARGETS, "weights")
