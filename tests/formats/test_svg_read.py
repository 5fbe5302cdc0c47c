"""SVG from anywhere becomes the strokes it shows, and nothing in it does harm."""

from __future__ import annotations

import gzip
import itertools
from pathlib import Path

import numpy as np
import pytest
from helpers.renderers import drawn_by, on_canvas
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.document import Document
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats import svg_read, svg_tree
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_path import parse_path

FILES = Path(__file__).parent / "svg"
_CLIPS = "".join(
    f"<clipPath id='c{n}'><path d='M0 0H900V900Z'/></clipPath><g clip-path='url(#c{n})'/>"
    for n in range(120)
)
ICONS = Path("/usr/share/icons")


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits that are reached soon, so that the tests of them are quick."""
    monkeypatch.setattr(svg_read, "MAX_STROKES", 500)
    monkeypatch.setattr(svg_read, "MAX_DRAWN", 1000)
    monkeypatch.setattr(svg_read, "MAX_NUMBERS", 5000)


def opened(body: str, attributes: str = 'width="100" height="100"', head: str = "") -> Document:
    text = f'{head}<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'
    return svg_read.read(text.encode(), "a.svg").document


def only_stroke(body: str, attributes: str = 'width="100" height="100"') -> Stroke:
    (stroke,) = opened(body, attributes).strokes()
    return stroke


@pytest.mark.parametrize("name", ["shapes", "paths", "styles", "transforms", "layers", "clips"])
@pytest.mark.parametrize("reader", ["rsvg-convert"])
def test_a_file_looks_as_others_show_it(name: str, reader: str, tmp_path: Path) -> None:
    """Shapes, arcs, styles, units, references and layers come in where they belong."""
    path = FILES / f"{name}.svg"
    document = svg_read.load(path).document
    assert document.page.size is not None
    across, down = document.page.size
    width, height = round(across), round(down)
    theirs = drawn_by(reader, path, width, height, tmp_path)
    difference = np.abs(on_canvas(document, Bounds(0, 0, across, down), width, height) - theirs)
    assert (theirs < 128).any(), "there is ink"
    assert difference.mean() < 0.5
    assert np.percentile(difference, 99.5) < 40


@pytest.mark.skipif(len([*ICONS.rglob("*.svg")]) < 200, reason="needs 200 SVG icons")
def test_two_hundred_icons_are_read() -> None:
    """Files of many hands and programs: not one of them fails."""
    icons = sorted(ICONS.rglob("*.svg"))
    for path in icons[:: len(icons) // 200][:200]:
        document = svg_read.load(path).document
        ink = document.bounds
        assert ink is not None, path
        assert max(ink.width, ink.height) > 20, f"{path} is large enough to draw in"


def test_layers_stay_layers() -> None:
    """Names, visibility, locks and opacity of Inkscape's layers, and the order they are seen in."""
    imported = svg_read.load(FILES / "layers.svg")
    layers = imported.document.layers
    assert [layer.name for layer in layers] == ["Sketch", "Ink", "Details", "Ink"]
    assert [layer.visible for layer in layers] == [False, True, True, True]
    assert [layer.locked for layer in layers] == [True, False, False, False]
    assert [layer.opacity for layer in layers] == [1, 0.5, 0.5, 0.5]
    assert imported.document.title == "Layers"
    assert imported.left_out == {"text": 1}


def test_a_few_named_groups_are_layers() -> None:
    """What other programs than Inkscape call layers; a group without a name is none."""
    line = '<path d="M0 0H50" stroke="red"/>'
    named = opened(f'<g><g id="a">{line}</g><g id="b">{line}{line}</g>{line}</g>')
    assert [(layer.name, len(layer.strokes)) for layer in named.layers] == [
        ("a", 1),
        ("b", 2),
        ("Layer 1", 1),
    ]
    assert len(opened(f"<g>{line}</g><g>{line}</g>").layers) == 1


def test_units_and_small_pictures() -> None:
    """A page in mm has its size in px; an icon is made large enough to draw in."""
    page = opened('<path d="M0 0H210" stroke="red"/>', 'width="210mm" viewBox="0 0 210 297"')
    assert page.page.size == pytest.approx((793.7, 1122.5), abs=0.1)
    (stroke,) = page.strokes()
    assert stroke.points[-1, 0] == pytest.approx(793.7, abs=0.1)
    assert stroke.style.width == pytest.approx(3.78, abs=0.01)
    icon = opened('<path d="M8 8H16" stroke="red"/>', 'width="16" height="16"')
    assert icon.page.size == (255, 255)
    assert next(icon.strokes()).points[0].tolist() == [127.5, 127.5]


def test_filled_shapes_become_their_outlines() -> None:
    """A fill is no stroke, but its edge can be one; one that covers all is the paper."""
    outline = only_stroke('<path d="M10 10H50V50" fill="#208040"/>')
    assert outline.style.color == "#208040"
    assert outline.points[0].tolist() == outline.points[-1].tolist()
    night = opened(
        '<rect width="100%" height="100%" fill="#102030"/><circle r="9" cx="50" cy="50"/>'
    )
    assert night.page.paper == "#102030"
    assert len(night.layers[0].strokes) == 1
    pale = only_stroke('<circle r="30" cx="50" cy="50" fill="white"/>')
    assert pale.style.color != "#ffffff", "it can be told from the paper"


def test_a_gradient_is_its_mean_colour() -> None:
    """Of all stops by the way that each counts for, also through references; a pattern's first."""
    stops = '<stop offset="{}" stop-color="#fff"/><stop offset=".5"/><stop offset="1"/>'
    line = '<path d="M0 0H50" stroke="url(#{})"/>'
    gradient = (
        f'<linearGradient id="a">{stops.format(0)}</linearGradient>'
        '<radialGradient id="b" href="#a"/>'
    )
    assert only_stroke(gradient + line.format("a")).style.color == "#404040"
    assert only_stroke(gradient + line.format("b")).style.color == "#404040"
    faint = (
        '<linearGradient id="a"><stop stop-opacity="0"/><stop offset="1" stop-color="red"/>'
        "</linearGradient>"
    )
    assert only_stroke(faint + line.format("a")).style.color == "#ff8080", "half of it on white"
    pattern = '<pattern id="p"><rect fill="#eee"/><path stroke="#00f" d="M0 0H9"/></pattern>'
    assert only_stroke(pattern + line.format("p")).style.color == "#0000ff"


def test_dashes_become_strokes() -> None:
    """Where the file has them, and of one style; too fine ones are a line."""
    document = opened('<path d="M0 5H100" stroke="red" stroke-width="2" stroke-dasharray="20 10"/>')
    spans = [(s.points[0, 0], s.points[-1, 0]) for s in document.strokes()]
    # Round ends beyond each dash reach as far as its own flat ones.
    assert np.round(spans, 3).tolist() == [[0, 19], [31, 49], [61, 79], [91, 100]]
    dots = opened(
        '<path d="M0 5H100" stroke="red" stroke-width="2" stroke-linecap="round"'
        ' style="stroke-dasharray: 0, 40; stroke-dashoffset: -10"/>'
    )
    assert [s.points.tolist() for s in dots.strokes()] == [[[10, 5]], [[50, 5]], [[90, 5]]]
    told = '<path d="M0 5H100" stroke="red" stroke-dasharray="1 1" pathLength="10"/>'
    assert len([*opened(told).strokes()]) == 5
    for pattern in ("none", "0", "-3 2", "0.01", "red", "1e999"):
        assert only_stroke(f'<path d="M0 5H100" stroke="red" stroke-dasharray="{pattern}"/>')


def test_clip_paths_cut() -> None:
    """What is outside is not drawn, in a clip within a clip neither."""
    clips = (
        '<clipPath id="a"><rect x="20" width="60" height="100"/></clipPath>'
        '<clipPath id="b"><rect x="50" width="50" height="100"/></clipPath>'
        '<clipPath id="c" clipPathUnits="objectBoundingBox"><rect width="1" height="1"/></clipPath>'
    )
    line = '<path d="M0 50H100" stroke="red"/>'

    def ends(body: str) -> list[float]:
        stroke = only_stroke(clips + body)
        return [float(stroke.points[0, 0]), float(stroke.points[-1, 0])]

    assert ends(f'<g clip-path="url(#a)">{line}</g>') == pytest.approx([20, 80], abs=0.3)
    both = f'<g clip-path="url(#a)"><g clip-path="url(#b)">{line}</g></g>'
    assert ends(both) == pytest.approx([50, 80], abs=0.3)
    assert ends(f'<g clip-path="url(#nowhere)">{line}</g>') == [0, 100]
    gone = f'{clips}<g clip-path="url(#a)"><path d="M0 5H10" stroke="red"/></g>{line}'
    assert only_stroke(gone).points[0, 1] == 50
    ignored = svg_read.read(f'<svg>{clips}<g clip-path="url(#c)">{line}</g></svg>'.encode(), "a")
    assert ignored.note == "left out: 1 clip"


def test_what_cannot_be_ink_is_counted() -> None:
    """One line says what is missing, as often as it is shown and not where it is hidden."""
    body = (
        '<text id="t">a<tspan>b</tspan></text><use href="#t"/><image/><g display="none"><text/></g>'
        '<defs><text/></defs><path d="M0 0H9V9" filter="url(#f)" marker-end="url(#m)"/>'
        '<g mask="url(#n)"/>'
    )
    note = svg_read.read(f"<svg>{body}</svg>".encode(), "a.svg").note
    assert note == "left out: 2 texts, 1 image, 1 effect, 1 marker, 1 mask"


def test_corners_stay_corners() -> None:
    """The smooth line through the points does not round what the file has sharp."""
    stroke = only_stroke('<polygon points="20,50 35,24 65,24 80,50 65,76 35,76" stroke="red"/>')
    from sketchstudio.core.outline import centre_line

    line = centre_line(stroke)
    for corner in [(35, 24), (65, 24), (80, 50)]:
        assert np.hypot(*(line - corner).T).min() < 0.05
    assert line[:, 1].min() > 23.9, "nothing bulges beyond the edge"


@given(st.text(alphabet="MmLlHhVvCcSsQqTtAaZz 0123456789.,-+eE\n", max_size=60))
def test_any_path_data_is_read(data: str) -> None:
    """What follows a mistake is left out, and nothing else goes wrong."""
    parts, count = parse_path("M0 0" + data, 500)
    assert count <= 500
    for part in parts:
        assert part.shape[1:] == (4, 2)
        assert np.isfinite(part).all()
        np.testing.assert_array_equal(part[1:, 0], part[:-1, 3])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a whole SVG file: no element found"),
        ("<html/>", "it has no svg element"),
        ("<svg><path d='M0 0H9'", "not a whole SVG file"),
        ('<?xml version="1.0" encoding="klingon"?><svg/>', "not "),
        ("<svg/>", "it shows no lines"),
        ("<svg><text>Hi</text><image/></svg>", r"shows no lines \(left out: 1 text, 1 image\)"),
        ('<!DOCTYPE a [<!ENTITY a "b">]><svg/>', "declares entities"),
        ('<!DOCTYPE a [<!ENTITY % a SYSTEM "file:///etc/passwd">%a;]><svg/>', "declares entities"),
        ("<svg>" + "<g>" * 200, "nested more than 100 deep"),
        ("<svg>" + "<g/>" * 100_001 + "</svg>", "more than 100,000 elements"),
        ("<svg><path d='M0 0" + "h1" * 5_001 + "'/></svg>", "too many numbers"),
        ("<svg><style>" + ".a{b:c}" * 2_001 + "</style></svg>", "rules of style"),
        ("<svg>" + "<path d='M0 0h9' stroke='red'/>" * 501 + "</svg>", "more than 500 lines"),
    ],
    ids=itertools.count(),
)
def test_what_is_refused(text: str, says: str, low_limits: None) -> None:
    """Each in one line that says why."""
    with pytest.raises(FormatError, match=says) as caught:
        svg_read.read(text.encode(), "a.svg")
    assert str(caught.value).startswith("a.svg: ")
    assert "\n" not in str(caught.value)


def test_uses_of_uses_are_counted(low_limits: None) -> None:
    """A few lines that ask for a billion strokes are refused, and a circle of uses ends."""
    uses = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, 10)
    )
    body = f'<defs><g id="g0"><path d="M0 0H9" stroke="red"/></g>{uses}</defs><use href="#g9"/>'
    with pytest.raises(FormatError, match="draws more than 1,000 elements"):
        opened(body)
    ring = '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g><path d="M0 0H9V9"/>'
    assert len([*opened(ring).strokes()]) == 1
    chain = "".join(f'<g id="c{n}"><use href="#c{n + 1}"/></g>' for n in range(300))
    with pytest.raises(FormatError, match="deep"):
        opened(chain)


def test_an_empty_clip_is_left_out_for_every_user() -> None:
    """Clips that show nothing take no room from those that do."""
    empty = "".join(
        f"<clipPath id='e{n}'><rect/></clipPath><g clip-path='url(#e{n})'/>" * 2 for n in range(101)
    )
    line = "<path d='M0 5H100' stroke='red' clip-path='url(#a)'/>"
    whole = f"<clipPath id='a'><rect x='20' width='60' height='9'/></clipPath>{line}"
    imported = svg_read.read(f"<svg>{empty}{whole}</svg>".encode(), "a.svg")
    assert imported.note == "left out: 202 clips"
    (stroke,) = imported.document.strokes()
    assert stroke.points[0, 0] == pytest.approx(20, abs=0.3)


def test_a_zip_bomb_is_not_unpacked() -> None:
    """An .svgz is read, up to a size."""
    small = gzip.compress((FILES / "paths.svg").read_bytes())
    assert len([*svg_read.read(small, "a.svgz").document.strokes()]) == 7
    with pytest.raises(FormatError, match="larger than 32 MiB"):
        svg_read.read(gzip.compress(bytes(svg_tree.MAX_BYTES + 1)), "a.svgz")
    with pytest.raises(FormatError, match=r"not a whole \.svgz"):
        svg_read.read(b"\x1f\x8bxxxxxxxxxxxxx", "a.svgz")


def test_numbers_beyond_measure_are_left_out() -> None:
    """Infinities, and lines far beyond any page."""
    body = '<path d="M0 0L1e999 5"/><path d="M0 0H1e8" stroke="red"/><path d="M0 0H9V9"/>'
    huge = '<path transform="scale(1e8)" d="M0 0H9" stroke="red"/>'
    (stroke,) = opened(body + huge).strokes()
    assert np.isfinite(stroke.samples).all()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<style>" + "}" * (3 << 20) + "</style>", "MiB of style"),
        ("<title>" + "a<!---->" * 200_000 + "</title>", "no lines"),
        ("<path " + "".join(f"a{i}='' " for i in range(101)) + "/>", "more than 100 attributes"),
        ("<path id='p' d='" + "M0 0" * 9_000 + "'/>" + "<use href='#p'/>" * 9_000, "no lines"),
        ("<path d='" + "M0 0" * 300_000 + "'/>", "too many numbers"),
        (("<path d='M0 0H9' style='" + "a:b;" * 900 + "'/>") * 700, "MiB of style"),
        ("<path d='M0 0H9' transform='" + "scale(1)" * 300_000 + "'/>", "no lines"),
        ("<path d='M0 0 " + "1" * 3_000_000 + "'/>", "no lines"),
        ("<path d='M0 0" + " " * 3_000_000 + "x'/>", "no lines"),
        ("<path d='M0 0H9' stroke='" + "a" * 3_000_000 + "'/>", "no lines"),
        ("<style>" + "/*" * 500_000 + "</style>", "no lines"),
        (_CLIPS + "<path d='M0 0H9'/>" * 20_000, "more than 20,000 elements"),
        ("<path stroke='red' stroke-dasharray='1' d='M0 0H900'/>" * 19_000, "10,000 lines"),
        (
            _CLIPS + "<g clip-path='url(#c1)'><path d='M0 0" + "V9V0" * 30_000 + "'/></g>",
            "no lines",
        ),
    ],
    ids=itertools.count(),
)
def test_what_would_take_long_is_refused_soon(text: str, says: str) -> None:
    """Each was made so that a careless reader works on it for minutes."""
    with pytest.raises(FormatError, match=says):
        svg_read.read(f"<svg>{text}</svg>".encode(), "a.svg")
