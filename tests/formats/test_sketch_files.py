"""Any drawing file by its ending: pages, grids and refusals."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from helpers.drawings import same_strokes, write_lines

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats import native, page
from sketchstudio.formats.drawing import Drawing, rounded
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings
from sketchstudio.formats.sketch_files import read_page, read_sketches, write_sketches

LINE = '{"word":"cat","drawing":[[[0,200.5],[3,4]],[[7],[80]]]}'


def test_a_single_drawing_keeps_its_place(tmp_path: Path) -> None:
    """What is exported and read again is the same ink."""
    (drawing,) = read_sketches(write_lines(tmp_path / "a.ndjson", LINE))
    write_sketches(tmp_path / "a.sketch", [drawing])
    (again,) = read_sketches(tmp_path / "a.sketch")
    assert same_strokes(drawing, again)
    assert again.word == "cat"


def test_many_drawings_make_a_grid_without_overlaps() -> None:
    """A layer each, row by row, each in its own cell."""
    ink = (np.array([[0.0, 0], [1000, 500]]),)
    document = page.page_of([Drawing(ink, "cat")] * 5 + [Drawing(())], columns=3)
    boxes = [Document((layer,)).bounds for layer in document.layers]
    assert boxes[5] is None
    shown = [box for box in boxes if box]
    assert all(not a.intersects(b) for i, a in enumerate(shown) for b in shown[:i])
    assert [round(box.left / (page.CELL + page.GAP)) for box in shown] == [0, 1, 2, 0, 1]


def test_more_drawings_than_layers_are_written_on_one(tmp_path: Path) -> None:
    """A grid of as many as a page holds is a file that opens, with every drawing in its cell."""
    drawing = Drawing((np.array([[0.0, 0], [1000, 500]]),), "cat")
    write_sketches(tmp_path / "a.sketch", [drawing] * page.MAX_DRAWINGS)
    document = native.load(tmp_path / "a.sketch")
    (layer,) = document.layers
    assert layer.name == "2,500 drawings"
    assert len(layer.strokes) == page.MAX_DRAWINGS
    side = page.CELL + page.GAP
    cells = {tuple(stroke.points.mean(axis=0) // side) for stroke in layer.strokes}
    assert cells == {(column, row) for column in range(50) for row in range(50)}
    write_sketches(tmp_path / "b.sketch", [drawing] * native.MAX_LAYERS)
    assert len(native.load(tmp_path / "b.sketch").layers) == native.MAX_LAYERS


def test_a_tiny_drawing_is_made_legible() -> None:
    """Ink in a unit square would be a blot of one pixel."""
    bounds = page.page_of([Drawing((np.array([[0.0, 0], [1, 0.5]]),))]).bounds
    assert bounds is not None
    assert bounds.width > 200


def test_hidden_layers_are_not_part_of_the_drawing(tmp_path: Path) -> None:
    """What is not on the screen is not handed on."""
    shown, hidden = (Stroke.from_points([[x, 0], [x, 100]]) for x in (1, 2))
    document = Document((Layer(strokes=(shown,)), Layer(strokes=(hidden,), visible=False)))
    native.save(document, tmp_path / "a.sketch")
    (drawing,) = read_sketches(tmp_path / "a.sketch")
    assert [stroke.tolist() for stroke in drawing.strokes] == [[[1, 0], [1, 100]]]


def test_rounding_keeps_small_drawings() -> None:
    """Two decimals are enough for pixels, and would wipe out a unit square."""
    ink = np.array([[0.123456, 0.5]])
    assert rounded([ink], 255)[0].tolist() == [[0.12, 0.5]]
    assert rounded([ink], 1)[0].tolist() == [[0.1235, 0.5]]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.ndjson", "", "holds no drawing"),
        ("a.ndjson", LINE + '\n{"drawing":[]}', "line 2: the drawing is empty"),
        ("a.ndjson", '{"drawing":[[[],[]]]}', "line 1: the drawing is empty"),
        ("a.ndjson", '{"drawing":[[[1e10],[1]]]}', "line 1: the drawing has coordinates beyond"),
        ("a.ndjson", "x", "line 1: not a sketch"),
        ("a.svg", "<svg/>", "it shows no lines"),
        ("a.txt", "", "not a drawing file"),
        ("a", "", "not a drawing file"),
        ("a.sketch", "", "not a sketchstudio document"),
    ],
)
def test_what_is_no_drawing_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    """One line with the file, and where there are lines its number."""
    path = write_lines(tmp_path / name, text)
    with pytest.raises(FormatError, match=says) as raised:
        list(read_sketches(path))
    assert str(raised.value).startswith(str(path))


def test_an_empty_page_is_no_drawing(tmp_path: Path) -> None:
    """There is nothing to convert or to go on from."""
    native.save(Document(), tmp_path / "a.sketch")
    for read in (read_page, lambda path: list(read_sketches(path))):
        with pytest.raises(FormatError, match="empty"):
            read(tmp_path / "a.sketch")


def test_a_page_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole category on one page would be a file that nothing can show."""
    monkeypatch.setattr("sketchstudio.formats.sketch_files.MAX_DRAWINGS", 3)
    path = write_lines(tmp_path / "a.ndjson", *[LINE] * 4)
    with pytest.raises(FormatError, match="room for 3"):
        read_page(path)
    with pytest.raises(FormatError, match="room for 3"):
        write_sketches(tmp_path / "a.svg", read_sketches(path))
    assert [p.name for p in tmp_path.iterdir()] == ["a.ndjson"]


def test_a_picture_is_read_as_its_lines(tmp_path: Path):
    """Whatever takes a drawing takes a picture of one: two lines drawn, two strokes read."""
    import cv2

    pixels = np.full((200, 300, 3), 255, np.uint8)
    cv2.line(pixels, (30, 40), (270, 40), (0, 0, 0), 4)
    cv2.line(pixels, (30, 120), (270, 170), (0, 0, 0), 4)
    path = tmp_path / "lines.png"
    assert cv2.imwrite(str(path), pixels)
    (drawing,) = read_sketches(path)
    ends = sorted(sorted(np.rint(stroke[[0, -1]]).tolist()) for stroke in drawing.strokes)
    assert np.allclose(ends, [[[30, 40], [270, 40]], [[30, 120], [270, 170]]], atol=4)
    blank = tmp_path / "blank.png"
    assert cv2.imwrite(str(blank), np.full_like(pixels, 255))
    with pytest.raises(FormatError, match=r"blank\.png: there are no lines in the picture"):
        next(read_sketches(blank))


def test_a_page_has_room_for_so_many_points(tmp_path: Path) -> None:
    """A few huge drawings would keep the window waiting as many small ones would."""
    path = tmp_path / "a.ndjson"
    line = json.dumps({"drawing": [[list(range(40_000))] * 2]})
    path.write_text("\n".join([line] * 14))
    with pytest.raises(FormatError, match="room for drawings of 500,000 points"):
        read_page(path)


def test_blank_lines_without_end(tmp_path: Path) -> None:
    """Packed, a small file can hold more of them than anyone will wait for."""
    path = tmp_path / "a.ndjson.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(5):
            file.write(b" " * (16 << 20))
    with pytest.raises(FormatError, match="of blank lines"):
        list(read_drawings(path))
