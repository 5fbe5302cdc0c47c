"""Morphs as files: what viewers will show, in the order and for the time it should be shown."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from sketchstudio.formats import animated_picture
from sketchstudio.formats.animated_svg import animated_svg
from sketchstudio.formats.animation import WRITERS, Animation, there_and_back, write_animation
from sketchstudio.formats.errors import FormatError

SVG = "{http://www.w3.org/2000/svg}"


def frames(count: int = 4):
    """A line that turns, with a dot in the middle."""
    angles = np.linspace(0, 1.5, count)
    return [
        [
            np.array([[0, 0], [np.cos(a), np.sin(a)]], np.float32),
            np.array([[0.5, 0.5]], np.float32),
        ]
        for a in angles
    ]


def test_there_and_back_shows_the_ends_once() -> None:
    """It goes to and fro without a stutter at either end."""
    assert there_and_back(4) == [0, 1, 2, 3, 2, 1]
    assert there_and_back(1) == [0]
    animation = Animation(frames())
    assert animation.durations == [500, 50, 50, 500, 50, 50]
    assert Animation(frames(), back=False).order == [0, 1, 2, 3]
    assert Animation(frames(), back=False).durations == [50] * 4


@pytest.mark.parametrize("ending", [".gif", ".webp"])
def test_pictures_play(tmp_path: Path, ending: str) -> None:
    """Frames, times and colours are what was asked for, and it never stops."""
    path = tmp_path / f"a{ending}"
    animation = Animation(frames(), size=96, ink="#dc2626", paper="#fffbe6", width=5)
    write_animation(animation, path)
    with Image.open(path) as picture:
        assert picture.size == (96, 96)
        assert picture.n_frames == 6
        assert picture.info["loop"] == 0
        shown, times = [], []
        for number in range(6):
            picture.seek(number)
            shown.append(np.asarray(picture.convert("RGB")).astype(int))
            times.append(picture.info.get("duration"))
    assert times in (animation.durations, [None] * 6)  # Pillow does not tell those of WebP
    assert (shown[0][2, 2] == (0xFF, 0xFB, 0xE6)).all()
    reddest = np.abs(shown[0] - (0xDC, 0x26, 0x26)).sum(axis=-1)
    assert reddest.min() == 0
    assert (shown[1] == shown[5]).all()
    assert (shown[0] != shown[3]).any()


def test_edges_are_smooth_and_of_no_other_colour() -> None:
    """Between paper and ink lie only their mixtures: no fringes."""
    animation = Animation(frames(), size=64, ink="#000000", paper="#ffffff")
    file = io.BytesIO()
    animated_picture.write_gif(animation, file)
    with Image.open(file) as picture:
        pixels = np.asarray(picture.convert("RGB"))
    assert (pixels == pixels[..., :1]).all()
    assert len(np.unique(pixels)) > 4


def test_svg_shows_one_frame_at_a_time() -> None:
    """Whenever one looks, one frame is there, and the first where nothing moves."""
    animation = Animation(frames(), size=100, title="a <cat> & a car")
    root = ElementTree.fromstring(animated_svg(animation))
    assert root.findtext(f"{SVG}title") == "a <cat> & a car"
    groups = root.findall(f"{SVG}g/{SVG}g")
    assert [group.get("display") for group in groups] == ["inline", "none", "none", "none"]
    total = sum(animation.durations)
    now, seen = 0, []
    for duration in animation.durations:
        seen.append([shown_at(group, (now + duration / 2) / total) for group in groups].index(True))
        assert sum(shown_at(group, (now + duration / 2) / total) for group in groups) == 1
        now += duration
    assert seen == animation.order
    assert {group.find(f"{SVG}animate").get("dur") for group in groups} == {f"{total / 1000:g}s"}


def shown_at(group: ElementTree.Element, moment: float) -> bool:
    """Whether a frame is displayed at a share of the round, as SMIL has it."""
    animate = group.find(f"{SVG}animate")
    times = [float(time) for time in animate.get("keyTimes").split(";")]
    assert times[0] == 0
    assert times == sorted(times)
    values = animate.get("values").split(";")
    return values[max(i for i, time in enumerate(times) if time <= moment)] == "inline"


@pytest.mark.parametrize("ending", WRITERS)
def test_odd_animations_are_written(tmp_path: Path, ending: str) -> None:
    """A single frame, and a frame without ink, are animations too."""
    path = tmp_path / f"a{ending}"
    for odd in (frames(1), [[], *frames(2)], [[]]):
        write_animation(Animation(odd, size=32), path)
        assert path.stat().st_size > 30


def test_other_endings_are_refused(tmp_path: Path) -> None:
    """A name that no viewer would open is refused before anything is written."""
    with pytest.raises(FormatError, match=r"\.svg, \.gif, \.webp"):
        write_animation(Animation(frames()), tmp_path / "a.mp4")
    assert not list(tmp_path.iterdir())


def test_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle does not cost the file of before."""
    path = tmp_path / "a.gif"
    path.write_bytes(b"before")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Image.Image, "save", fail)
    with pytest.raises(OSError, match="No space"):
        write_animation(Animation(frames()), path)
    assert path.read_bytes() == b"before"
