"""Damaged and hostile files are refused in one line, and none is written that would be."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from sketchstudio.core.document import Document, Layer, Page, View
from sketchstudio.core.picture import Picture
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.native import TooLargeError
from tests.helpers.sketch_file import DOCUMENT, rewritten

PNG = cv2.imencode(".png", np.zeros((1, 1, 3), np.uint8))[1].tobytes()

DAMAGE: list[Callable[[dict[str, Any]], object]] = [
    lambda index: index.clear(),
    lambda index: index.update(format_version="1"),
    lambda index: index.update(format_version=0),
    lambda index: index.update(format_version=True),
    lambda index: index.update(layers=[]),
    lambda index: index.update(layers=5),
    lambda index: index.update(title=5),
    lambda index: index["page"].update(paper="red"),
    lambda index: index["page"].update(pattern="tartan"),
    lambda index: index["page"].update(spacing=0),
    lambda index: index["page"].update(size=[100]),
    lambda index: index["page"].update(size=[100, -1]),
    lambda index: index.update(view={"x": 0, "y": 0, "zoom": 0, "angle": 0}),
    lambda index: index.update(mood=float("nan")),
    lambda index: index["layers"][0].update(opacity=2),
    lambda index: index["layers"][0].update(visible=1),
    lambda index: index["layers"][1].update(id=index["layers"][0]["id"]),
    lambda index: index["layers"][0]["strokes"][0].update(color="url(javascript:)"),
    lambda index: index["layers"][0]["strokes"][0].update(width=float("nan")),
    lambda index: index["layers"][0]["strokes"][0].update(width="3"),
    lambda index: index["layers"][0]["strokes"][0].update(smoothing=2),
    lambda index: index["layers"][0]["strokes"][0].update(grain=0),
    lambda index: index["layers"][0]["strokes"][0].update(origin="thief"),
    lambda index: index["layers"][0]["strokes"][0].update(offset=1),
    lambda index: index["layers"][0]["strokes"][0].update(count=0),
    lambda index: index["layers"][0]["strokes"][0].update(count=-1),
    lambda index: index["layers"][0]["strokes"][0].update(count=1 << 60),
    lambda index: index["layers"][0]["strokes"][1].update(offset=0),
    lambda index: index["layers"][0]["strokes"][1].update(count=2),
    lambda index: index["layers"][0]["strokes"].pop(),
    lambda index: index["layers"][0]["strokes"].append(None),
    lambda index: index["layers"][0]["strokes"][0]["provenance"].update(seed=1.5),
    lambda index: index["layers"][0]["strokes"][0]["provenance"].update(position=["left"]),
    lambda index: index["layers"][0]["strokes"][0]["provenance"].update(code=7),
    lambda index: index.update(codes={"a": "no base64"}),
    lambda index: index.update(codes={"a": "AHwAfA=="}),  # infinite
    lambda index: index.update(codes=[]),
    lambda index: index.update(proposals=[{}]),
    lambda index: index.update(proposals=5),
    lambda index: index["layers"][0]["strokes"][0]["provenance"].pop("model"),
]


@pytest.mark.parametrize("change", DAMAGE)
def test_a_damaged_index_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    """Never a traceback, never a document that breaks the window later."""
    path = rewritten(tmp_path / "a.sketch", change)
    with pytest.raises(FormatError, match=r"a\.sketch: ") as raised:
        native.load(path)
    assert "\n" not in str(raised.value)


def test_damaged_members_are_refused(tmp_path: Path) -> None:
    """Cut ink, numbers that are none, other archives, other files and half ones."""
    samples = np.ones((3, 4), "<f4")
    samples[1, 2] = np.nan
    path = tmp_path / "a.sketch"
    for members in (
        {"samples_f32": b"x" * 47},
        {"samples_f32": b"x" * 32},
        {"samples_f32": samples.tobytes()},
        {"document_json": b"{"},
        {"document_json": b"[" * 100_000},
        {"mimetype": b"application/zip"},
    ):
        rewritten(path, **members)
        with pytest.raises(FormatError, match=r"a\.sketch: "):
            native.load(path)
    for method in (zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2):  # which fail in ways of their own
        with zipfile.ZipFile(path, "w", method) as archive:
            archive.writestr("mimetype", native.MIME_TYPE)
        with pytest.raises(FormatError, match=r"a\.sketch: .*mimetype"):
            native.load(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "")
    with pytest.raises(FormatError, match=r"a\.sketch: damaged: mimetype is missing"):
        native.load(path)
    native.save(DOCUMENT, path)
    whole = path.read_bytes()
    for cut in range(0, len(whole), 97):
        path.write_bytes(whole[:cut])
        with pytest.raises(FormatError, match=r"a\.sketch: "):
            native.load(path)


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to gigabytes is not unpacked."""
    monkeypatch.setattr(native, "MAX_SAMPLE_BYTES", 1000)
    path = tmp_path / "a.sketch"
    native.save(DOCUMENT, path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        pytest.warns(match="Duplicate"),
    ):
        archive.writestr("samples.f32", bytes(1 << 20))
    with pytest.raises(FormatError, match="larger than"):
        native.load(path)


def test_a_missing_file_stays_an_os_error(tmp_path: Path) -> None:
    """The window tells a file that is gone from one that is broken."""
    with pytest.raises(FileNotFoundError):
        native.load(tmp_path / "none.sketch")


def test_a_million_empty_lists_are_not_read(tmp_path: Path) -> None:
    """They take little room and many seconds."""
    path = tmp_path / "a.sketch"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", native.MIME_TYPE)
        archive.writestr("document.json", "[" + "[]," * native.MAX_JSON_PARTS + "1]")
        archive.writestr("samples.f32", b"")
    with pytest.raises(FormatError, match="too many parts"):
        native.load(path)


@pytest.mark.parametrize(
    ("limit", "most", "line"),
    [
        ("MAX_STROKES", 1, "the drawing has 2 strokes; a file holds up to 1"),
        ("MAX_LAYERS", 1, "the drawing has 2 layers; a file holds up to 1"),
    ],
)
def test_more_than_a_file_holds_is_refused_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, line: str
) -> None:
    """A huge file opens in a sentence, not in a minute; and none is written that would not open."""
    path = tmp_path / "a.sketch"
    native.save(DOCUMENT, path)
    before = path.read_bytes()
    monkeypatch.setattr(native, limit, most)
    with pytest.raises(TooLargeError, match=line):
        native.save(DOCUMENT, path)
    assert path.read_bytes() == before
    with pytest.raises(FormatError, match=rf"a\.sketch: {line}"):
        native.load(path)


@pytest.mark.parametrize("far", [2e30, -2e30])
def test_ink_that_would_not_be_read_is_not_written(tmp_path: Path, far: float) -> None:
    """A sentence now is better than a file that does not open."""
    drawing = Document((Layer(strokes=(Stroke.from_points([[0, 0], [far, 0]]),)),))
    with pytest.raises(TooLargeError, match="beyond all measure"):
        native.save(drawing, tmp_path / "a.sketch")
    near = Document((Layer(strokes=(Stroke.from_points([[0, 0], [far / 4, 0]]),)),))
    native.save(near, tmp_path / "a.sketch")
    assert len(native.load(tmp_path / "a.sketch").layers[0].strokes) == 1


def test_names_without_end_are_cut(tmp_path: Path) -> None:
    """A title of megabytes would hold up the window, and nobody reads it."""

    def extend(index: dict[str, Any]) -> None:
        index["title"] = "x" * 1_000_000
        index["layers"][0]["name"] = "y" * 1_000_000

    document = native.load(rewritten(tmp_path / "a.sketch", extend))
    assert len(document.title) == len(document.layers[0].name) == 10_000


def test_a_view_from_far_away_leaves_the_drawing_readable(tmp_path: Path) -> None:
    """Ink may lie anywhere, and the window goes there."""
    picture = Picture(PNG, 1, 1, x=1e12, y=-1e12)
    far = Document(view=View(3e38, -3e38), page=Page(picture=picture))
    native.save(far, tmp_path / "a.sketch")
    document = native.load(tmp_path / "a.sketch")
    assert document.view == View(1e9, -1e9)
    assert document.page.picture == replace(picture, x=1e9, y=-1e9)


@pytest.mark.parametrize("limit", ["MAX_SAMPLE_BYTES", "MAX_JSON_BYTES"])
def test_more_ink_than_a_file_holds_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    """It could not be read again."""
    monkeypatch.setattr(native, limit, 40)
    with pytest.raises(TooLargeError, match=r"the drawing has 0 MiB of .*; a file holds up to"):
        native.save(DOCUMENT, tmp_path / "a.sketch")
    assert not list(tmp_path.iterdir())


def test_more_parts_than_a_file_holds_are_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Commas of names count when it is read, so they count when it is written."""
    monkeypatch.setattr(native, "MAX_JSON_PARTS", 4_000)
    path = tmp_path / "a.sketch"
    native.save(Document((Layer("," * 3_900),)), path)
    assert native.load(path).layers[0].name == "," * 3_900
    before = path.read_bytes()
    line = r"the drawing has 4,\d\d\d parts, .*; a file holds up to 4,000"
    with pytest.raises(TooLargeError, match=line):
        native.save(Document((Layer("," * 2_000), Layer("," * 2_000))), path)
    assert path.read_bytes() == before


def test_the_largest_drawing_is_within_all_limits(tmp_path: Path) -> None:
    """So that a drawing within the limit of strokes is never refused for another."""
    made = Provenance("studio", "complete", 1 << 40, 0.1, ("cat", "pig"), (0.123456789, 0.5))
    stroke = Stroke.from_points([[1.5, 2.5]], StrokeStyle(), Origin.MODEL, made)
    path = tmp_path / "a.sketch"
    for count in (10, 20):
        strokes = tuple(replace(stroke, id=f"{number:032}") for number in range(count))
        native.save(Document((Layer(strokes=strokes),)), path)
        with zipfile.ZipFile(path) as archive:
            text = archive.read("document.json")
        sizes = len(text), sum(map(text.count, (b",", b"[", b"{")))
        if count == 10:
            first = sizes
    bytes_each, parts_each = ((b - a) / 10 for a, b in zip(first, sizes, strict=True))
    picture = 44 << 20  # 32 MiB in base64
    assert bytes_each * native.MAX_STROKES + picture < native.MAX_JSON_BYTES
    assert parts_each * native.MAX_STROKES < native.MAX_JSON_PARTS


def test_ink_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    """Sums of such numbers are infinite: a single stroke would hold up the canvas for seconds."""
    samples = np.full((3, 4), 3e38, np.float32)
    path = rewritten(tmp_path / "far.sketch", samples_f32=samples.tobytes())
    with pytest.raises(FormatError, match="beyond all measure"):
        native.load(path)
