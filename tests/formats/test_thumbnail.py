"""The small picture within a file shows what the page does."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest

from sketchstudio.core.document import Document, Layer, Page
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.formats import native
from sketchstudio.formats.thumbnail import HEIGHT, WIDTH, thumbnail_of

RED, BLUE = StrokeStyle("#ff0000", 20, pressure=False), StrokeStyle("#0000ff", 20, pressure=False)


def shown(document: Document) -> npt.NDArray[np.uint8]:
    """Its pixels (H, W, 3), red, green, blue."""
    data = np.frombuffer(thumbnail_of(document), np.uint8)
    pixels = cv2.imdecode(data, cv2.IMREAD_COLOR)
    assert pixels is not None
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    return np.asarray(pixels[..., ::-1], dtype=np.uint8)


def line(style: StrokeStyle, *points: tuple[float, float]) -> Stroke:
    return Stroke.from_points(points, style)


def page(*layers: Layer) -> Document:
    return Document(layers, Page("#fdf6e3"))


@pytest.mark.parametrize("far", [0.0, 1e6])
@pytest.mark.parametrize("size", [1.0, 100.0, 1e5])
def test_all_ink_is_in_it(far: float, size: float) -> None:
    """Wherever on the page it lies and however large it is; the paper is round it."""
    style = replace(RED, width=size / 20)
    corners = [(0, 0), (size, 0), (size, size), (0, size), (0, 0)]
    picture = shown(page(Layer(strokes=(line(style, *((x + far, y - far) for x, y in corners)),))))
    ink = np.abs(picture.astype(int) - (253, 246, 227)).sum(axis=2) > 60
    assert ink.any()
    assert not ink[[0, -1]].any()
    assert not ink[:, [0, -1]].any()
    rows, columns = ink.any(axis=1).nonzero()[0], ink.any(axis=0).nonzero()[0]
    assert abs(rows[0] + rows[-1] - (HEIGHT - 1)) <= 2
    assert abs(columns[0] + columns[-1] - (WIDTH - 1)) <= 2
    assert size == 1.0 or rows[-1] - rows[0] > HEIGHT * 0.8


def test_later_ink_covers_earlier_and_hidden_ink_is_not_seen() -> None:
    """In the order it is painted, with a layer's and a highlighter's opacity."""
    across, down = ((0, 50), (100, 50)), ((50, 0), (50, 100))
    middle = HEIGHT // 2, WIDTH // 2
    under, over = Layer(strokes=(line(RED, *across),)), Layer(strokes=(line(BLUE, *down),))
    assert tuple(shown(page(under, over))[middle]) == (0, 0, 255)
    assert tuple(shown(page(over, under))[middle]) == (255, 0, 0)
    assert tuple(shown(page(under, replace(over, visible=False)))[middle]) == (255, 0, 0)
    half = shown(page(under, replace(over, opacity=0.5)))[middle]
    assert np.allclose(half, (128, 0, 128), atol=2)
    marker = replace(BLUE, highlighter=True)
    marked = page(Layer(strokes=(line(RED, *across), line(marker, *down))))
    assert tuple(shown(marked)[middle]) == (255, 0, 0)


def test_it_depends_on_what_the_styles_are_not_on_which_objects() -> None:
    """A file read again gives the same picture, and each layer covers what is beneath by itself."""
    one = line(RED, (0, 0), (100, 0))
    shared = page(Layer("low", (one,), opacity=0.3), Layer("high", (one,), opacity=0.3))
    other = replace(one, style=replace(RED))
    apart = page(Layer("low", (one,), opacity=0.3), Layer("high", (other,), opacity=0.3))
    assert thumbnail_of(shared) == thumbnail_of(apart)
    alone = page(Layer("low", (one,), opacity=0.3))
    assert shown(shared)[HEIGHT // 2, WIDTH // 2, 2] < shown(alone)[HEIGHT // 2, WIDTH // 2, 2] - 20


def test_an_empty_page_is_its_paper() -> None:
    """And a single dot is a dot."""
    assert (shown(page(Layer())) == (253, 246, 227)).all()
    dot = shown(page(Layer(strokes=(line(RED, (5, 5)),))))
    assert tuple(dot[HEIGHT // 2, WIDTH // 2]) == (255, 0, 0)
    assert (dot[0] == (253, 246, 227)).all()


def test_many_strokes_are_all_there() -> None:
    """Points are left out, strokes are not."""
    rng = np.random.default_rng(0)
    strokes = []
    for number in range(3000):
        samples = np.ones((40, 4))
        samples[:, 0] = number % 60 * 10 + rng.uniform(0, 4, 40)
        samples[:, 1] = number // 60 * 10 + rng.uniform(0, 4, 40)
        strokes.append(Stroke(samples, RED))
    picture = shown(page(Layer(strokes=tuple(strokes))))
    covered = (picture == (255, 0, 0)).all(axis=2)
    assert covered.mean() > 0.7


def test_a_file_holds_it(tmp_path: Path) -> None:
    """Read without the drawing; none of older files, and nothing that is no such file has one."""
    path = tmp_path / "a.sketch"
    document = page(Layer(strokes=(line(RED, (0, 0), (9, 9)),)))
    native.save(document, path)
    assert native.thumbnail(path) == thumbnail_of(document)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
    old = Path(__file__).parent / "files" / "version-1.sketch"
    assert native.thumbnail(old) == b""
    path.write_bytes(b"no zip")
    assert native.thumbnail(path) == b""
    assert native.thumbnail(tmp_path / "none.sketch") == b""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(native.THUMBNAIL, bytes(native.MAX_THUMBNAIL_BYTES + 1))
    assert native.thumbnail(path) == b""


def test_without_it_the_drawing_is_still_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong with a picture must not cost the ink."""

    def fail(_: Document) -> bytes:
        raise MemoryError

    monkeypatch.setattr(native, "thumbnail_of", fail)
    path = tmp_path / "a.sketch"
    native.save(page(Layer(strokes=(line(RED, (0, 0)),))), path)
    assert len(native.load(path).layers[0].strokes) == 1
