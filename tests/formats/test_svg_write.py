"""SVG text stays as it is, is valid, and a browser draws what the canvas draws."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from formats.test_native import documents
from helpers.renderers import READERS, drawn_by, on_canvas
from hypothesis import given, settings
from hypothesis import strategies as st

from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.outline import centre_line
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle
from sketchstudio.formats import native, svg_embedded, svg_read, svg_tree
from sketchstudio.formats.export_options import Area, ExportOptions, Unit, only
from sketchstudio.formats.safe_write import WriteError
from sketchstudio.formats.svg_write import to_svg_string, write_svg

SVG = "{http://www.w3.org/2000/svg}"
LINE = Stroke.from_points([[10, 10], [60, 10]], StrokeStyle("#ff0000", 4, False))
DOT = Stroke.from_points([[30, 30]], StrokeStyle("#00ff00", 5.5, False))

PLAIN = ExportOptions(background=True)
FITTED = ExportOptions(background=True, tolerance=0.1, outlines=True, layers=False, embed=True)

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
    assert to_svg_string(document, ExportOptions(background=True)) == GOLDEN


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
    root = ET.fromstring(
        to_svg_string(Document((Layer(strokes=(swinging,)),)), ExportOptions(margin=0))
    )
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
    root = ET.fromstring(to_svg_string(document, ExportOptions(pattern=True), debug=True))
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


@pytest.mark.parametrize("options", [PLAIN, FITTED], ids=["plain", "fitted"])
@pytest.mark.parametrize("reader", READERS)
def test_others_draw_what_the_canvas_draws(
    reader: str, options: ExportOptions, tmp_path: Path
) -> None:
    """Pressure, even lines, dots, corners and a translucent layer, pixel by pixel."""
    part, width, height = Bounds(0, 0, 400, 300), 400, 300
    document = _every_kind_of_stroke()
    svg = tmp_path / "drawing.svg"
    write_svg(document, svg, options, bounds=part)
    theirs = drawn_by(reader, svg, width, height, tmp_path)
    ours = on_canvas(document, part, width, height)
    assert ours.shape == theirs.shape
    difference = np.abs(ours - theirs)
    assert ours.min() < 60, "there is ink"
    assert difference.mean() < (0.35 if options.tolerance == 0 else 0.5)
    assert np.percentile(difference, 99.5) < (24 if options.tolerance == 0 else 40)


def test_a_replay_draws_stroke_by_stroke(tmp_path: Path) -> None:
    """Each line grows at its time; whoever does not animate shows the whole drawing."""
    document = _every_kind_of_stroke()
    text = to_svg_string(document, ExportOptions(seconds=4), replay=True, debug=True)
    root = ET.fromstring(text)
    dashes = [a for a in root.iter(f"{SVG}animate") if a.get("attributeName") == "stroke-dasharray"]
    starts = []
    for animation in dashes:
        assert animation.get("dur") == "5.500s"
        times = [float(time) for time in animation.get("keyTimes", "").split(";")]
        assert len(times) == len(animation.get("values", "").split(";"))
        assert times == sorted(times)
        assert (times[0], times[-1]) == (0, 1)
        starts.append(times[1])
    assert len(dashes) == 4, "all strokes but the two dots"
    assert len(set(starts)) == 4
    assert len([*root.iter(f"{SVG}mask")]) == 2, "those of pressure are uncovered"
    still = tmp_path / "still.svg"
    write_svg(document, still, bounds=Bounds(0, 0, 400, 300), replay=True)
    shown = drawn_by("rsvg-convert", still, 400, 300, tmp_path)
    write_svg(document, still, bounds=Bounds(0, 0, 400, 300))
    whole = drawn_by("rsvg-convert", still, 400, 300, tmp_path)
    assert np.abs(shown - whole).mean() < 0.3


def test_a_browser_plays_a_replay(tmp_path: Path) -> None:
    """Soon there is little ink, in the middle more, and in the end all of it."""
    document = _every_kind_of_stroke()
    svg = tmp_path / "replay.svg"
    write_svg(document, svg, ExportOptions(seconds=4), bounds=Bounds(0, 0, 400, 300), replay=True)
    moments = (300, 2000, 4800)
    shown = [drawn_by("chromium", svg, 400, 300, tmp_path, at_ms=at) for at in moments]
    inked = [int((picture < 200).any(axis=2).sum()) for picture in shown]
    assert 0 < inked[0] < inked[1] < inked[2]
    write_svg(document, svg, bounds=Bounds(0, 0, 400, 300))
    assert np.abs(drawn_by("chromium", svg, 400, 300, tmp_path) - shown[2]).mean() < 0.3


def test_an_embedded_drawing_opens_as_it_was(tmp_path: Path) -> None:
    """With pressure, times, ids and hidden layers; once the picture is changed, that counts."""
    document = _every_kind_of_stroke()
    path = tmp_path / "a.svg"
    write_svg(document, path, ExportOptions(embed=True, tolerance=0.5))
    imported = svg_read.load(path)
    assert imported.whole
    assert [s.id for s in imported.document.strokes()] == [s.id for s in document.strokes()]
    for ours, theirs in zip(document.strokes(), imported.document.strokes(), strict=True):
        np.testing.assert_array_equal(ours.samples, theirs.samples)
    assert ET.fromstring(path.read_text()).find(f"{SVG}metadata") is not None

    text = path.read_text()
    path.write_text(text.replace(' id="layer-', ' data-by="other" id="layer-'))
    assert svg_read.load(path).whole, "what another program notes changes nothing"
    path.write_text(text.replace("#c02020", "#20c020"))
    changed = svg_read.load(path)
    assert not changed.whole
    assert "#20c020" in {stroke.style.color for stroke in changed.document.strokes()}
    path.write_text(text.replace("</document>", "AAAA</document>").replace(">eJ", ">eK"))
    assert not svg_read.load(path).whole, "a damaged drawing leaves the picture"


def test_an_embedded_drawing_that_could_not_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Just within each limit of reading it opens whole; beyond, one line and no file."""
    document, path = _every_kind_of_stroke(), tmp_path / "a.svg"
    file = BytesIO()
    native.write(document, file)
    text = to_svg_string(document, ExportOptions(embed=True))
    limits = [
        (svg_tree, "MAX_BYTES", len(text.encode())),
        (svg_tree, "MAX_ELEMENTS", text.count("<") - text.count("</") - 1),  # one is the head's
        (svg_embedded, "MAX_UNPACKED", len(file.getvalue()) + 1),
    ]
    for module, name, enough in limits:
        with monkeypatch.context() as patched:
            patched.setattr(module, name, enough)
            write_svg(document, path, ExportOptions(embed=True))
            assert svg_read.load(path).whole
            path.unlink()
            patched.setattr(module, name, enough - 1)
            with pytest.raises(SketchError, match=r"too large to be held in an SVG; save it as"):
                write_svg(document, path, ExportOptions(embed=True))
            assert not path.exists()
            write_svg(document, path)


_places = st.lists(st.tuples(*[st.integers(0, 500)] * 2), min_size=2, max_size=6, unique=True)


@settings(max_examples=25)
@given(
    lines=st.lists(_places, min_size=1, max_size=4),
    width=st.integers(1, 40),
    tolerance=st.sampled_from([0.0, 0.25]),
)
def test_even_lines_come_back_as_they_were(
    lines: list[list[tuple[int, int]]], width: int, tolerance: float
) -> None:
    """Without the drawing within, too: as many strokes, of their widths, along the same way."""
    style = StrokeStyle("#c02020", width, pressure=False)
    strokes = tuple(Stroke.from_points(line, style) for line in lines)
    document = Document((Layer("Ink", strokes, opacity=0.5),), Page("#fbf7ee", size=(500, 500)))
    text = to_svg_string(document, ExportOptions(background=True, tolerance=tolerance))
    again = svg_read.read(text.encode(), "a.svg").document
    assert again.page == document.page
    assert (again.layers[0].name, again.layers[0].opacity) == ("Ink", 0.5)
    for ours, theirs in zip(strokes, again.strokes(), strict=True):
        assert theirs.style.color == style.color
        assert theirs.style.width == pytest.approx(width, abs=0.01)
        way = centre_line(theirs).astype(float)
        off = [_distance(way, point) for point in centre_line(ours)[::5].astype(float)]
        assert max(off) < 0.1 + 1.5 * tolerance


def _distance(way: np.ndarray, point: np.ndarray) -> float:
    """From a point to a line (N, 2), px."""
    steps = np.diff(way, axis=0)
    share = ((point - way[:-1]) * steps).sum(axis=1) / np.maximum((steps**2).sum(axis=1), 1e-9)
    nearest = way[:-1] + steps * share.clip(0, 1)[:, None]
    return float(np.hypot(*(nearest - point).T).min())


@settings(max_examples=8)
@given(document=documents)
def test_any_embedded_drawing_comes_back(document: Document) -> None:
    """With all that a document can hold, byte for byte."""
    text = to_svg_string(document, ExportOptions(embed=True), bounds=Bounds(0, 0, 9, 9))
    imported = svg_read.read(text.encode(), "a.svg")
    assert imported.whole
    files = [BytesIO(), BytesIO()]
    for file, one in zip(files, (document, imported.document), strict=True):
        native.write(one, file)
    assert files[0].getvalue() == files[1].getvalue()


def test_few_nodes_within_a_tolerance() -> None:
    """A fitted export is many times smaller than one of every point."""
    document = _every_kind_of_stroke()
    exact, few = (
        to_svg_string(document, ExportOptions(tolerance=tolerance)) for tolerance in (0.0, 0.5)
    )
    assert len(few) < len(exact) / 3
    assert "C" in few


def test_size_units_and_precision() -> None:
    """The picture is as large as asked for, and its coordinates as exact."""
    document = Document((Layer(strokes=(LINE,)),), Page(size=(96, 192)))
    options = ExportOptions(scale=2, unit=Unit.MM, decimals=0)
    root = ET.fromstring(to_svg_string(document, options, debug=True))
    assert (root.get("width"), root.get("height")) == ("50.8mm", "101.6mm")
    assert root.get("viewBox") == "0 0 96 192"
    drawn = ET.fromstring(to_svg_string(document, ExportOptions(area=Area.DRAWING, margin=3)))
    assert drawn.get("viewBox") == "5 5 60 10"


def test_outlines_and_plain_groups() -> None:
    """For cutters and programs that know neither line widths nor Inkscape's layers."""
    options = ExportOptions(outlines=True, layers=False)
    text = to_svg_string(_every_kind_of_stroke(), options, debug=True)
    assert "inkscape" not in text
    paths = [*ET.fromstring(text).iter(f"{SVG}path")]
    assert all(path.get("fill-rule") == "nonzero" for path in paths)
    assert not any(path.get("stroke") for path in paths)


def test_only_some_strokes() -> None:
    """What is selected, and nothing of hidden layers."""
    document = Document((Layer(strokes=(LINE, DOT)), Layer("b", (LINE.with_style(DOT.style),))))
    chosen = only(document, {DOT.id})
    assert [stroke.id for stroke in chosen.strokes()] == [DOT.id]
    assert len(chosen.layers) == 1


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
