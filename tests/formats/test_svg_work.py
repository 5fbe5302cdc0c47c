"""The work that an SVG makes is bounded by its size, however often things in it are used."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator

import pytest

from sketchstudio.core.transform import Affine
from sketchstudio.formats import svg_read, svg_tree
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_look import opacity_of
from sketchstudio.formats.svg_path import Curves, Points, points_along
from sketchstudio.formats.svg_sheets import elements_of
from sketchstudio.formats.svg_style import StyleSheet, transform

_COLOURED = "<path d='M0 0H9' stroke='url(#a)' color='rgb({},0,0)'/>"


def _read(body: str) -> svg_read.Imported:
    return svg_read.read(f"<svg>{body}</svg>".encode(), "a.svg")


class _Walked(list[svg_tree.Element]):
    """The children of an element, which count how many of all are walked over."""

    count = 0

    def __iter__(self) -> Iterator[svg_tree.Element]:
        for element in super().__iter__():
            _Walked.count += 1
            yield element


@pytest.mark.parametrize(
    ("used", "part", "user"),
    [
        ("<clipPath id='a'>{}</clipPath>", "<rect/>", "<g clip-path='url(#a)'/>"),
        (
            "<clipPath id='a'>{}</clipPath>",
            "<rect/>",
            "<g transform='scale({})' clip-path='url(#a)'/>",
        ),
        (
            "<clipPath id='a'>{}<path d='M0 0H9V9'/></clipPath>",
            "<z/>",
            "<g transform='scale({})' clip-path='url(#a)'/>",
        ),
        ("<radialGradient id='a'>{}</radialGradient>", "<stop/>", _COLOURED),
        ("<radialGradient id='a'>{}</radialGradient>", "<z/>", _COLOURED),
        ("<pattern id='a'><g>{}</g></pattern>", "<z/>", _COLOURED),
        ("<g id='a'>{}</g>", "<z/>", "<use href='#a'/>"),
        ("<symbol id='a'>{}</symbol>", "<z/>", "<use href='#a'/>"),
        ("<switch id='a'>{}</switch>", "<z requiredExtensions=''/>", "<use href='#a'/>"),
    ],
    ids=itertools.count(),
)
def test_what_is_used_often_is_walked_over_a_bounded_number_of_times(
    used: str, part: str, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Users times parts is far more than a file has; the reader stops, or remembers."""

    def counted(data: bytes) -> svg_tree.Element:
        root = svg_tree.parse(data)
        for element in elements_of(root):
            element.children = _Walked(element.children)
        return root

    monkeypatch.setattr(svg_read, "parse", counted)
    monkeypatch.setattr(svg_read, "MAX_VISITS", 2000)
    _Walked.count = 0
    users = "".join(user.format(number) for number in range(1, 201))
    with contextlib.suppress(FormatError):
        _read(used.format(part * 300) + users + "<path d='M0 0H9' stroke='red'/>")
    assert _Walked.count < 5_000, "not 60,000"


def test_a_transform_is_read_once_however_often_it_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long one takes milliseconds, and a few lines use it a hundred thousand times."""
    read: list[str | None] = []

    def counted(text: str | None) -> Affine:
        read.append(text)
        return transform(text)

    monkeypatch.setattr(svg_read, "transform", counted)
    clip = "<clipPath id='c' transform='scale(3)'><rect transform='scale(1)scale(2)'/></clipPath>"
    users = "".join(f"<g transform='scale({n})' clip-path='url(#c)'/>" for n in range(3, 9))
    moved = "<path id='p' transform='scale(1)scale(2)' d='M0 0H9' stroke='red'/>"
    _read(clip + users + moved + "<use href='#p'/>" * 9)
    assert len(read) == len(set(read))


def test_an_opacity_that_is_none_is_as_if_it_were_not_said() -> None:
    """Whole or in per cent; and a long text is not searched for numbers."""
    said = ["0.5", " 50% ", "-1", "7", "1e999", "nan", "none", "0.5 0.5", "0.5" + " " * 200]
    assert [opacity_of(text, 0.3) for text in said] == [0.5, 0.5, 0, 1, *[0.3] * 4, 0.5]


def test_the_shapes_of_a_clip_are_bent_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each on its own takes a third of a millisecond, and a small file asks for 50,000."""
    bent: list[int] = []

    def counted(parts: list[Curves], most: int) -> list[Points]:
        bent.append(len(parts))
        return points_along(parts, most)

    monkeypatch.setattr(svg_read, "points_along", counted)
    squares = "".join(f"<rect x='{10 * n}' width='5' height='9'/>" for n in range(10))
    line = "<path d='M0 5H100' stroke='red' clip-path='url(#c)'/>"
    document = _read(f"<clipPath id='c'>{squares}</clipPath>{line}").document
    assert bent == [10, 1]
    assert len([*document.strokes()]) == 10, "each shows its own part of the line"


def test_a_rule_for_all_gives_each_element_only_what_is_read() -> None:
    """Else ten thousand names declared for ten thousand elements would fill the memory."""
    others = "".join(f"*{{a{n}:b;c{n}:d}}" for n in range(1000))
    sheet = StyleSheet([others + "*{ Stroke : red !important; --x: 1; stroke-width: 2 }"])
    own = {"id": "a", "style": "opacity:.5;z:1"}
    look = sheet.look(svg_tree.Element("g", own))
    assert look == own | {"stroke": "red", "stroke-width": "2", "opacity": ".5"}
