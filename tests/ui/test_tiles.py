from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.edits import ChangeSet, StrokesEdit, add_strokes, remove_strokes
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.ui.canvas.renderer import map_to_page, paint_document
from sketchstudio.ui.canvas.tiles import TileCache
from sketchstudio.ui.canvas.viewport import Viewport

pytestmark = pytest.mark.usefixtures("qapp")


def scribbles(count: int, seed: int = 0) -> list[Stroke]:
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        rows = np.ones((40, 4), np.float32)
        rows[:, :2] = rng.uniform(0, 500, 2) + np.cumsum(rng.normal(0, 12, (40, 2)), axis=0)
        rows[:, 2] = rng.uniform(0.2, 1, 40)
        color = f"#{rng.integers(0, 1 << 24):06x}"
        made.append(Stroke(rows, StrokeStyle(color, float(rng.uniform(1, 12)))))
    return made


def document_of(*layers: list[Stroke], opacity: float = 1.0) -> Document:
    made = [Layer(f"Layer {i}", tuple(strokes)) for i, strokes in enumerate(layers)]
    made[0] = replace(made[0], opacity=opacity)
    return Document(tuple(made), Page("#fdf6e3"))


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(image.constBits(), np.uint8)
    return data.reshape(image.height(), image.width(), 4)[..., :3].astype(int)


def direct(document: Document, view: Viewport) -> np.ndarray:
    """The document painted at once, without tiles."""
    image = blank(view)
    painter = QPainter(image)
    map_to_page(painter, view)
    paint_document(painter, document)
    painter.end()
    return pixels(image)


def tiled(tiles: TileCache, view: Viewport, budget: float = 1.0) -> np.ndarray:
    tiles.follow(view)
    while tiles.pending(view):
        tiles.refine(view, (0, 0), budget)
    image = blank(view)
    painter = QPainter(image)
    tiles.paint(painter, view, QRectF(0, 0, view.width, view.height))
    painter.end()
    return pixels(image)


def blank(view: Viewport) -> QImage:
    width, height = round(view.width * view.ratio), round(view.height * view.ratio)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(view.ratio)
    return image


TURNED = Viewport(0, 0, 1, 1, 1).resized(500, 400, 1.25).turned(33, 90, 70).zoomed(0.8, 9, 9)
VIEW = Viewport(-20, -35, 1, 600, 560)
THICK = StrokeStyle("#000000", 8, False)
CROSSING = ([200, 20], [200, 300])


@pytest.mark.parametrize(
    "view",
    [
        VIEW,
        Viewport(0, 0, 1, 1, 1).resized(600, 500, 1).zoomed(0.37, 100, 90),
        Viewport(0, 0, 1, 1, 1).resized(300, 250, 2).panned(-77, 31).zoomed(3.1, 100, 90),
        Viewport(0, 0, 1, 1, 1).resized(500, 400, 1.25).zoomed(1.3, 100, 90),
        TURNED,
    ],
    ids=["plain", "small", "large on a fine screen", "at 125 %", "turned"],
)
@pytest.mark.parametrize("opacity", [1.0, 0.5])
def test_tiles_equal_direct_painting(view, opacity):
    """Tiles show what painting everything at once would, borders of tiles included."""
    document = document_of(scribbles(20), scribbles(5, seed=1), opacity=opacity)
    difference = np.abs(tiled(TileCache(document), view) - direct(document, view))
    assert difference.max() <= 4  # rounding of coverage at another origin
    assert (difference.max(axis=2) > 1).mean() < 0.002


def apply(tiles: TileCache, document: Document, edit: StrokesEdit) -> Document:
    document = edit.apply(document)
    tiles.set_document(document, edit.changes)
    return document


def test_tiles_follow_edits():
    """After adding, erasing and undoing, the tiles equal freshly painted ones."""
    document = document_of(scribbles(12))
    tiles = TileCache(document)
    tiled(tiles, VIEW)
    added = add_strokes(document.layers[0], scribbles(2, seed=5), "Draw")
    document = apply(tiles, document, added)
    np.testing.assert_array_equal(tiled(tiles, VIEW), tiled(TileCache(document), VIEW))
    gone = [stroke.id for stroke in document.layers[0].strokes[3:6]]
    erased = remove_strokes(document.layers[0], gone, "Erase")
    document = apply(tiles, document, erased)
    np.testing.assert_array_equal(tiled(tiles, VIEW), tiled(TileCache(document), VIEW))
    document = apply(tiles, document, erased.inverse())
    np.testing.assert_array_equal(tiled(tiles, VIEW), tiled(TileCache(document), VIEW))


def test_edits_while_tiles_are_being_painted():
    """A change in the middle of the painting leaves nothing stale."""
    document = document_of(scribbles(30), opacity=0.6)
    tiles = TileCache(document)
    for step in range(6):
        tiles.refine(VIEW, (300, 300), 0.0)
        edit = add_strokes(document.layers[0], scribbles(1, seed=50 + step), "Draw")
        document = apply(tiles, document, edit)
        tiles.refine(VIEW, (300, 300), 0.0)
        ids = [document.layers[0].strokes[step].id]
        document = apply(tiles, document, remove_strokes(document.layers[0], ids, "Erase"))
    result = tiled(tiles, VIEW, budget=0.0)
    np.testing.assert_array_equal(result, tiled(TileCache(document), VIEW))


def test_hidden_strokes_are_left_out():
    """Strokes that a tool holds are not shown, and come back."""
    document = document_of(scribbles(6))
    tiles = TileCache(document)
    whole = tiled(tiles, VIEW)
    kept, held = document.layers[0].strokes[:4], document.layers[0].strokes[4:]
    tiles.set_hidden(frozenset(stroke.id for stroke in held))
    np.testing.assert_array_equal(
        tiled(tiles, VIEW), tiled(TileCache(document_of(list(kept))), VIEW)
    )
    tiles.set_hidden(frozenset())
    np.testing.assert_array_equal(tiled(tiles, VIEW), whole)


def test_hidden_layers_stay_hidden():
    """Ink that comes to a hidden layer is not shown."""
    document = document_of(scribbles(3), [])
    hidden = replace(document.layers[0], visible=False)
    document = document.with_layer(hidden)
    tiles = TileCache(document)
    empty = tiled(tiles, VIEW)
    document = apply(tiles, document, add_strokes(hidden, scribbles(2, seed=3), "Draw"))
    np.testing.assert_array_equal(tiled(tiles, VIEW), empty)


def test_only_touched_tiles_are_painted_anew():
    """Erasing in one corner leaves the other tiles alone."""
    dots = [Stroke.from_points([(x, 100)]) for x in (100, 400, 700)]
    document = document_of(dots)
    view = Viewport(0, 0, 1, 768, 256)
    tiles = TileCache(document)
    tiled(tiles, view)
    apply(tiles, document, remove_strokes(document.layers[0], [dots[1].id], "Erase"))
    assert tiles.pending(view) == [(1, 0)]


def test_zoom_shows_old_tiles_until_new_ones_are_there():
    """Right after a zoom the page is not blank."""
    document = document_of([Stroke.from_points([(0, 128), (250, 128)], StrokeStyle(width=40))])
    tiles = TileCache(document)
    view = Viewport(0, 0, 1, 256, 256)
    tiled(tiles, view)
    closer = replace(view, zoom=2.0)
    tiles.follow(closer)
    image = blank(closer)
    painter = QPainter(image)
    tiles.paint(painter, closer, QRectF(0, 0, 256, 256))
    painter.end()
    assert pixels(image)[-4:, 100].max() < 60


def test_whole_change_shows_the_other_document():
    """Opening another document leaves nothing of the first."""
    tiles = TileCache(document_of(scribbles(4)))
    tiled(tiles, VIEW)
    other = Document(page=Page("#202020"))
    tiles.set_document(other, ChangeSet(whole=True))
    assert (tiled(tiles, VIEW) == 0x20).all()


def test_faded_strokes_are_pale_and_come_back():
    """Strokes that may soon be gone are pale beneath the others, which keep every pixel."""
    low, high = (Stroke.from_points(line, THICK) for line in (([50, 100], [350, 100]), CROSSING))
    document = document_of([low, high])
    tiles = TileCache(document)
    before = tiled(tiles, VIEW)
    tiles.set_faded(frozenset([high.id]))
    after = tiled(tiles, VIEW)
    alone = tiled(TileCache(document_of([low])), VIEW)
    changed = np.abs(before - after).max(axis=2) > 0
    assert (after >= before)[changed].all()
    assert after[changed].min() > 150
    ink = alone.max(axis=2) < 30
    np.testing.assert_array_equal(after[ink], alone[ink])
    tiles.set_faded(frozenset())
    np.testing.assert_array_equal(tiled(tiles, VIEW), before)


def test_a_full_page_is_shown_roughly_first_and_then_as_it_is():
    """Nobody waits for the shapes of all strokes; in the end each has its own."""
    document = document_of(scribbles(150, seed=77))
    tiles = TileCache(document)
    tiles.follow(VIEW)
    while not tiles.covers(VIEW):
        tiles.refine(VIEW, (0, 0), 0.0)
    assert tiles.pending(VIEW)
    image = blank(VIEW)
    painter = QPainter(image)
    tiles.paint(painter, VIEW, QRectF(0, 0, VIEW.width, VIEW.height))
    painter.end()
    rough, exact = pixels(image), tiled(tiles, VIEW)
    paper = np.array([0xE3, 0xF6, 0xFD])
    inked = (np.abs(exact - paper).max(axis=2) > 60).mean()
    wrong = (np.abs(exact - rough).max(axis=2) > 60).mean()
    assert 0 < wrong < 0.6 * inked
    np.testing.assert_array_equal(exact, tiled(TileCache(document), VIEW))
