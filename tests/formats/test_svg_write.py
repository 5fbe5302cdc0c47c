"""SVG text stays as it is, is valid, and a browser draws what the canvas draws."""

from __future__ import annotations

import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle
from sketchstudio.formats.safe_write import WriteError
from sketchstudio.formats.svg_write import to_svg_string, write_svg

SVG = "{http://www.w3.org/2000/svg}"
LINE = Stroke.from_points([[10, 10], [60, 10]], StrokeStyle("#ff0000", 4, False))
DOT = Stroke.from_points([[30, 30]], StrokeStyle("#00ff00", 5.5, False))

GOLDEN = """<?xml version="1.0" encoding="utf-8" ?>
<svg baseProfile="full" height="44.75" version="1.1" viewBox="-2 -2 74 44.75" width="74" \
xmlns="http://www.w3.org/2000/svg" xmlns:ev="http://www.w3.org/2001/xml-events" \
xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" \
xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" \
xmlns:xlink="http://www.w3.org/1999/xlink">\
<title>Two &amp; one</title><desc>Drawn with sketchstudio</desc><defs />\
<rect fill="#fffff0" height="44.75" id="paper" width="74" x="-2" y="-2" />\
<g fill="none" id="layer-a" inkscape:groupmode="layer" inkscape:label="Ink" opacity="0.5" \
stroke-linecap="round" stroke-linejoin="round">\
<path d="M10,10L60,10" stroke="#ff0000" stroke-width="4" />\
<path d="M30,30L30,30" stroke="#00ff00" stroke-width="5.5" /></g>\
<g display="none" fill="none" id="layer-b" inkscape:groupmode="layer" inkscape:label="Draft" \
sodipodi:insensitive="1" stroke-linecap="round" stroke-linejoin="round">\
<path d="M10,10L60,10" stroke="#ff0000" stroke-width="4" /></g></svg>"""


def test_golden() -> None:
    """The text other programs meet; a change here changes everybody's files."""
    layer = Layer("Ink", (LINE, DOT), opacity=0.5, id="a")
    hidden = Layer("Draft", (LINE,), visible=False, locked=True, id="b")
    document = Document((layer, hidden), Page("#fffff0"), "Two & one")
    assert to_svg_string(document, background=True) == GOLDEN


def test_pressure_strokes_are_filled_outlines() -> None:
    """Their width changes, which no line of SVG can do."""
    samples = np.array([[0, 0, 0.2, 0], [40, 5, 1, 9], [90, 0, 0.1, 20]], np.float32)
    text = to_svg_string(Document((Layer(strokes=(Stroke(samples),)),)))
    (path,) = ET.fromstring(text).iter(f"{SVG}path")
    assert path.get("fill-rule") == "nonzero"
    assert path.get("fill") == "#1b1b1f"
    assert path.get("stroke") is None
    assert path.get("d", "").endswith("Z")


@given(
    points=st.lists(st.tuples(*[st.floats(-1e5, 1e5, width=32)] * 2), min_size=1, max_size=8),
    pressure=st.booleans(),
    title=st.text(),
)
def test_any_document_is_valid_svg(
    points: list[tuple[float, float]], pressure: bool, title: str
) -> None:
    """svgwrite's own check of every element passes, and no number has an exponent."""
    stroke = Stroke.from_points(points, StrokeStyle(pressure=pressure))
    document = Document((Layer(title, (stroke,)),), title=title)
    text = to_svg_string(document, debug=True)
    (path,) = ET.fromstring(text).iter(f"{SVG}path")
    assert set(path.get("d", "")) <= set("MLZ0123456789.,-")


def test_bounds_choose_the_part(tmp_path: Path) -> None:
    """The frame a person has chosen is the picture's."""
    document = Document((Layer(strokes=(LINE,)),))
    root = ET.fromstring(to_svg_string(document, bounds=Bounds(0, 5, 200, 105)))
    assert root.get("viewBox") == "0 5 200 100"
    assert (root.get("width"), root.get("height")) == ("200", "100")


def test_the_picture_holds_the_whole_curve() -> None:
    """A curve swings out beyond its samples, and nothing of it is cut off."""
    style = StrokeStyle(width=4, pressure=False)
    swinging = Stroke.from_points([[0, 0], [60, 40], [60, 90], [0, 120]], style)
    root = ET.fromstring(to_svg_string(Document((Layer(strokes=(swinging,)),)), margin=0))
    left, top, width, height = map(float, root.get("viewBox", "").split())
    (path,) = root.iter(f"{SVG}path")
    ink = np.array([pair.split(",") for pair in path.get("d", "")[1:].split("L")], dtype=float)
    assert ink[:, 0].max() > 62  # it does swing out
    np.testing.assert_allclose(ink.min(axis=0) - 2, [left, top], atol=0.02)
    np.testing.assert_allclose(ink.max(axis=0) + 2, [left + width, top + height], atol=0.02)


def test_a_page_with_edges_is_written_whole() -> None:
    """A sheet of A4 is exported as a sheet of A4, even an empty one."""
    root = ET.fromstring(to_svg_string(Document(page=Page(size=(794, 1123)))))
    assert root.get("viewBox") == "0 0 794 1123"


@pytest.mark.parametrize("pattern", [Pattern.GRID, Pattern.DOTS, Pattern.LINES])
def test_what_is_printed_on_the_paper_is_written_only_if_asked(pattern: Pattern) -> None:
    """Guides for the hand are no part of the drawing."""
    page = Page(pattern=pattern, spacing=20)
    document = Document((Layer(strokes=(LINE,)),), page)
    assert "pattern" not in to_svg_string(document)
    root = ET.fromstring(to_svg_string(document, pattern=True, debug=True))
    (cell,) = root.iter(f"{SVG}pattern")
    assert (cell.get("width"), cell.get("patternUnits")) == ("20", "userSpaceOnUse")
    (area,) = root.iter(f"{SVG}rect")
    assert area.get("fill") == "url(#pattern)"


def test_nothing_to_export(tmp_path: Path) -> None:
    """An empty page is refused before the old file is touched."""
    with pytest.raises(SketchError, match="empty"):
        write_svg(Document(), tmp_path / "a.svg")
    with pytest.raises(WriteError):
        write_svg(Document((Layer(strokes=(LINE,)),)), tmp_path / "none" / "a.svg")
    assert not list(tmp_path.iterdir())


CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium to draw the SVG")
def test_a_browser_draws_what_the_canvas_draws(tmp_path: Path) -> None:
    """Pressure, even lines, dots, corners and a translucent layer, pixel by pixel."""
    from PySide6.QtGui import QImage, QPainter

    from sketchstudio.ui.canvas.renderer import paint_document

    width, height = 400, 300
    document = _every_kind_of_stroke()
    svg = tmp_path / "drawing.svg"
    write_svg(document, svg, bounds=Bounds(0, 0, width, height), background=True)
    shot = tmp_path / "shot.png"
    subprocess.run(
        [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
            *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
            *("--hide-scrollbars", "--force-device-scale-factor=1"),
            f"--user-data-dir={tmp_path / 'profile'}",
            f"--window-size={width},{height}",
            f"--screenshot={shot}",
            svg.as_uri(),
        ],
        capture_output=True,
        check=True,
        timeout=120,
    )
    canvas = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    paint_document(painter, document)
    painter.end()

    ours, browser = _pixels(canvas), _pixels(QImage(str(shot)))
    assert ours.shape == browser.shape
    difference = np.abs(ours - browser)
    assert ours.min() < 60, "there is ink"
    assert difference.mean() < 0.35
    assert np.percentile(difference, 99.5) < 24


def _every_kind_of_stroke() -> Document:
    t = np.linspace(0, 6, 60)
    spiral = np.stack([120 + 14 * t * np.cos(2 * t), 150 + 14 * t * np.sin(2 * t)], axis=1)
    samples = np.column_stack([spiral, 0.5 + 0.5 * np.sin(3 * t), t]).astype(np.float32)
    zigzag = [[220, 40], [380, 60], [230, 80], [370, 100]]
    return Document(
        (
            Layer(
                strokes=(
                    Stroke(samples, StrokeStyle("#1b1b1f", 9)),
                    Stroke.from_points(zigzag, StrokeStyle("#c02020", 5, False)),
                    Stroke.from_points([[40, 40]], StrokeStyle("#2040c0", 20, False)),
                    Stroke.from_points([[90, 40]], StrokeStyle("#2040c0", 20)),
                )
            ),
            Layer(
                strokes=(
                    Stroke.from_points([[220, 200], [380, 260]], StrokeStyle("#208040", 24, False)),
                    Stroke.from_points([[220, 260], [380, 200]], StrokeStyle("#208040", 24, False)),
                ),
                opacity=0.5,
            ),
        ),
        Page("#fbf7ee"),
    )


def _pixels(image: object) -> np.ndarray:
    from PySide6.QtGui import QImage

    assert isinstance(image, QImage)
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].astype(int)
