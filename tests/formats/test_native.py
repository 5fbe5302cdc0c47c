"""Documents come back as they were saved, and damaged files are refused in one line."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sketchstudio.core.document import Document, Layer, Page, Pattern, View
from sketchstudio.core.past_proposal import MOST, MOST_FAVOURITES, PastProposal
from sketchstudio.core.picture import Picture
from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.native import TooLargeError

numbers = st.floats(-(2.0**99), 2.0**99, width=32)
colors = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
styles = st.builds(
    StrokeStyle,
    colors,
    st.floats(0.1, 500),
    st.booleans(),
    st.floats(0, 1),
    st.floats(0.01, 100),
)
codes = arrays(np.float16, 3, elements=st.floats(-9, 9, width=16)).map(packed_code)
makers = st.builds(
    Provenance,
    st.text(),
    st.text(),
    st.integers(),
    st.floats(0, 2),
    st.lists(st.text(), max_size=2).map(tuple),
    st.lists(st.floats(-9, 9), max_size=2).map(tuple),
    st.just(b"") | codes,
    st.sampled_from(["", '{"mood": ["calm", 1.5]}']),
)
lines = st.integers(1, 5).flatmap(lambda n: arrays(np.float32, (n, 2), elements=numbers))
proposals = st.builds(
    PastProposal,
    makers,
    st.lists(lines, min_size=1, max_size=3).map(tuple),
    colors,
    st.floats(0, 99),
    st.lists(lines, max_size=2).map(tuple),
    st.lists(st.text(), max_size=2).map(tuple),
    st.booleans(),
    st.booleans(),
)
strokes = st.builds(
    Stroke,
    st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, 4), elements=numbers)),
    styles,
    st.sampled_from(Origin),
    st.none() | makers,
)
layers = st.builds(
    Layer,
    st.text(),
    st.lists(strokes, max_size=4).map(tuple),
    st.booleans(),
    st.booleans(),
    st.floats(0, 1),
)
pages = st.builds(
    Page,
    colors,
    st.sampled_from(Pattern),
    st.floats(2, 500),
    st.none() | st.tuples(st.floats(1, 9999), st.floats(1, 9999)),
)
views = st.builds(
    View, numbers.map(lambda x: x % 99), st.just(3), st.floats(0.1, 9), st.floats(-9, 9)
)
documents = st.builds(
    Document,
    st.lists(layers, min_size=1, max_size=3).map(tuple),
    pages,
    st.text(),
    st.none() | views,
    st.just(""),
    st.lists(proposals, max_size=3).map(tuple),
)

PNG = cv2.imencode(".png", np.zeros((1, 1, 3), np.uint8))[1].tobytes()
STROKE = Stroke.from_points(
    [[1, 2], [3, 4]], StrokeStyle(), Origin.MODEL, Provenance("m", "a", 1, 0.5)
)
DOCUMENT = Document((Layer("Ink", (STROKE, Stroke.from_points([[5, 6]]))), Layer("Empty")))


def rewritten(
    path: Path, change: Callable[[dict[str, Any]], object] = lambda _: None, **members: bytes
) -> Path:
    """DOCUMENT's file with its index changed or members replaced."""
    native.save(DOCUMENT, path)
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    index = json.loads(found["document.json"])
    change(index)
    found["document.json"] = json.dumps(index).encode()
    found |= {name.replace("_", "."): data for name, data in members.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return path


@settings(max_examples=30)
@given(document=documents)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, document: Document) -> None:
    """Everything a document holds survives, to the byte."""
    one, two = (tmp_path_factory.getbasetemp() / name for name in ("one.sketch", "two.sketch"))
    native.save(document, one)
    again = native.load(one)
    native.save(again, two)
    assert one.read_bytes() == two.read_bytes()
    assert (again.page, again.view) == (document.page, document.view)
    assert [replace(a, strokes=()) for a in again.layers] == [
        replace(b, strokes=()) for b in document.layers
    ]
    for a, b in zip(
        (s for layer in again.layers for s in layer.strokes),
        (s for layer in document.layers for s in layer.strokes),
        strict=True,
    ):
        assert a.samples.tobytes() == b.samples.tobytes()
        assert (a.style, a.origin, a.provenance, a.id) == (b.style, b.origin, b.provenance, b.id)
    for one, other in zip(again.proposals, document.proposals, strict=True):
        for name in ("made", "color", "width", "replaces", "accepted", "favourite", "id"):
            assert getattr(one, name) == getattr(other, name)
        for a, b in zip((*one.strokes, *one.ink), (*other.strokes, *other.ink), strict=True):
            assert a.tobytes() == b.tobytes()


def made_of(code: bytes) -> Provenance:
    return Provenance("m", "complete", 1, 0.1, code=code)


def test_a_code_is_written_once(tmp_path: Path) -> None:
    """A hundred strokes of one sketch, and its proposal, cost its code once."""
    made = made_of(packed_code(np.linspace(-2, 2, 128)))
    stroke = Stroke.from_points([[1, 2], [3, 4]], StrokeStyle(), Origin.MODEL, made)
    many = tuple(replace(stroke, id=str(i)) for i in range(100))
    past = PastProposal(made, (stroke.points,), "#112233", 3.0)
    path = tmp_path / "a.sketch"
    native.save(Document((Layer("Ink", many),), proposals=(past,)), path)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("document.json"))
    (written,) = index["codes"].values()
    assert len(written) == 344
    again = native.load(path)
    assert {stroke.provenance for stroke in again.strokes()} == {made}
    assert again.proposals[0].made == made


def test_a_code_that_is_not_there_is_not_known(tmp_path: Path) -> None:
    """Ink is worth more than what it was made of."""
    path = rewritten(
        tmp_path / "a.sketch",
        lambda index: index["layers"][0]["strokes"][0]["provenance"].update(code="0123"),
    )
    made = next(native.load(path).strokes()).provenance
    assert made is not None
    assert made.code == b""


@pytest.mark.parametrize("wild", [np.nan, np.inf, 1e6])
def test_a_code_that_is_none_leaves_the_drawing_readable(tmp_path: Path, wild: float) -> None:
    """Half precision ends at 65,504; a file with an infinite number would not open again."""
    made = replace(STROKE.provenance, code=packed_code([0.5, wild]))
    path = tmp_path / "a.sketch"
    native.save(Document((Layer(strokes=(replace(STROKE, provenance=made),)),)), path)
    (stroke,) = native.load(path).layers[0].strokes
    assert stroke.provenance == made
    assert made.code == b""


def test_the_history_of_proposals_is_bounded(tmp_path: Path) -> None:
    """The oldest go, and favourites after all others."""
    past = [
        PastProposal(made_of(b""), (STROKE.points,), "#112233", 3.0, favourite=i % 2 == 0)
        for i in range(2 * MOST_FAVOURITES + 20)
    ]
    path = tmp_path / "a.sketch"
    native.save(replace(DOCUMENT, proposals=tuple(past)), path)
    again = native.load(path).proposals
    assert sum(one.favourite for one in again) == MOST_FAVOURITES
    assert sum(not one.favourite for one in again) == MOST
    assert again[-1].id == past[-1].id


def test_the_first_bytes_tell_the_format(tmp_path: Path) -> None:
    """As other zip formats do it: tools find the type at a fixed place, uncompressed."""
    native.save(DOCUMENT, tmp_path / "a.sketch")
    head = (tmp_path / "a.sketch").read_bytes()[:64]
    assert head[30:64].startswith(b"mimetypeapplication/x-sketchstudio")


def test_a_newer_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """Half reading it would lose what only the newer version knows."""
    path = rewritten(tmp_path / "a.sketch", lambda index: index.update(format_version=3))
    with pytest.raises(FormatError, match=r"a\.sketch: written by a newer sketchstudio .*update"):
        native.load(path)


def test_a_file_of_the_first_version_opens() -> None:
    """A drawing from before smoothing and paper could be chosen looks as it did."""
    document = native.load(Path(__file__).parent / "files" / "version-1.sketch")
    assert (document.title, document.page) == ("Old", Page("#fdf6e3"))
    low, high = document.layers
    assert (low.name, low.visible, low.locked, low.opacity) == ("Ink", True, False, 1)
    assert (high.name, high.visible, high.locked, high.opacity) == ("Above", False, True, 0.5)
    assert low.strokes[0].style == StrokeStyle("#dc2626", 4.0, True)
    assert low.strokes[0].samples.shape == (6, 4)
    assert high.strokes[0].provenance == Provenance("studio", "complete", 7, 0.1, ("cat",))


def test_a_file_of_the_second_version_opens() -> None:
    """A drawing from before fields of others were kept is read to the last of its own."""
    document = native.load(Path(__file__).parent / "files" / "version-2.sketch")
    paper = Page("#fdf6e3", Pattern.DOTS, 32.0, (600.0, 400.0))
    assert (document.title, document.page, document.view) == ("Not so old", paper, None)
    low, high = document.layers
    assert (low.name, low.visible, low.locked, low.opacity) == ("Ink", True, False, 1)
    assert (high.name, high.visible, high.locked, high.opacity) == ("Above", False, True, 0.5)
    assert [stroke.id for stroke in low.strokes] == ["s1", "s2"]
    assert low.strokes[0].style == StrokeStyle("#dc2626", 4.0, True, 0.5, 0.25)
    assert low.strokes[1].style == StrokeStyle("#facc15", 18.0, False, 0.0, 1.0, True)
    assert [len(stroke.samples) for stroke in low.strokes] == [6, 2]
    assert high.strokes[0].provenance == Provenance("studio", "complete", 7, 0.1, ("cat",))


def test_a_later_file_of_the_second_version_opens() -> None:
    """One with all that was added without a new version: view, picture, proposals and codes."""
    path = Path(__file__).parent / "files" / "version-2-later.sketch"
    document = native.load(path)
    assert (document.title, document.view) == ("Later", View(12.0, 34.0, 1.5, -30.0))
    assert document.unknown == '{"mood": "calm"}'
    picture = document.page.picture
    assert picture is not None
    assert (picture.width, picture.height, picture.x, picture.y) == (3, 2, 5.0, 6.0)
    assert (picture.scale, picture.opacity, picture.locked) == (2.0, 0.5, True)
    (layer,) = document.layers
    assert [stroke.id for stroke in layer.strokes] == ["s1", "s2"]
    made = layer.strokes[1].provenance
    assert made is not None
    assert (made.action, made.categories, made.position) == ("blend", ("cat", "pig"), (0.5,))
    assert np.frombuffer(made.code, "<f2").tolist() == [0.0, 0.125, 0.25, 0.375]
    (proposal,) = document.proposals
    assert (proposal.id, proposal.made, proposal.replaces) == ("p1", made, ("s1",))
    assert (proposal.accepted, proposal.favourite) == (True, True)
    assert proposal.strokes[0].tolist() == [[1, 2], [3, 4]]
    assert proposal.ink[0].tolist() == [[5, 6], [7, 8]]
    assert native.thumbnail(path).startswith(b"\x89PNG")


def test_every_version_has_a_fixture() -> None:
    """Whoever raises the version leaves a file of the one before, and a step that reads it."""
    files = (Path(__file__).parent / "files").glob("version-*.sketch")
    found = set()
    for path in files:
        with zipfile.ZipFile(path) as archive:
            found.add(json.loads(archive.read("document.json"))["format_version"])
    assert found == set(range(1, native.FORMAT_VERSION + 1))
    assert len(native._MIGRATIONS) == native.FORMAT_VERSION - 1


def test_fields_of_a_later_app_survive(tmp_path: Path) -> None:
    """What this version does not know is written again, wherever it stood, edited or not."""
    path = tmp_path / "a.sketch"
    view = {"x": 1.0, "y": 2.0, "zoom": 0.5, "angle": -30.0, "eye": 1}

    def extend(index: dict[str, Any]) -> None:
        index.update(mood="calm", view=view)
        index["page"]["grain"] = [1, {"fine": None}]
        index["layers"][0]["blend_mode"] = "multiply"
        index["layers"][0]["strokes"][0]["tilt"] = {"x": 0.5}

    rewritten(path, extend)
    document = native.load(path)
    assert document.view == View(1, 2, 0.5, -30, '{"eye": 1}')
    layer = document.layers[0]
    restyled = layer.strokes[0].with_style(StrokeStyle("#ff0000"))
    layer = replace(layer, name="Renamed", strokes=(restyled, *layer.strokes[1:]))
    native.save(document.with_layer(layer), path)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("document.json"))
    assert (index["mood"], index["view"]) == ("calm", view)
    assert index["page"]["grain"] == [1, {"fine": None}]
    assert index["layers"][0]["blend_mode"] == "multiply"
    assert index["layers"][0]["strokes"][0]["tilt"] == {"x": 0.5}
    assert index["layers"][0]["name"] == "Renamed"


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
