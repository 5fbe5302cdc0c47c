"""A morph as a moving picture: animated SVG, GIF or WebP, by the file's ending.

SVG stays lines that can be edited; GIF plays everywhere; WebP is smaller and as sharp. There is no
MP4: the encoders that may be shipped with a Python wheel make files that browsers do not play.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from sketchstudio.core.outline import centre_line
from sketchstudio.core.sketch_codec import Coordinates
from sketchstudio.core.stroke import Points, Stroke
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import safe_write

FRAMES_A_SECOND = 20

REST = 0.5
"""Seconds that the first and the last frame stay."""

_MARGIN = 0.06  # of the side of the picture


@dataclass(frozen=True, slots=True, eq=False)
class Animation:
    """Sketches shown one after the other, for ever.

    Attributes:
        frames: In the same units each, y down; at least one.
        back: After the last they are shown back to the first; else the first comes at once.
        size: Width and height of the picture, px.
        width: Of the lines, px.
        ink: Colour of the lines, ``#rrggbb``.
        paper: Colour behind them.
        title: What is shown.
    """

    frames: Sequence[Sequence[Coordinates]]
    back: bool = True
    size: int = 512
    width: float = 4.0
    ink: str = "#1b1b1f"
    paper: str = "#ffffff"
    title: str = ""

    @property
    def order(self) -> list[int]:
        """The frames as they are shown, once through."""
        count = len(self.frames)
        return there_and_back(count) if self.back else list(range(count))

    @property
    def durations(self) -> list[int]:
        """How long each frame of ``order`` is shown, ms."""
        usual, rest = 1000 // FRAMES_A_SECOND, round(REST * 1000)
        last = len(self.frames) - 1
        ends = (0, last) if self.back else ()
        return [rest if frame in ends else usual for frame in self.order]

    def pixels(self) -> list[list[Points]]:
        """The lines of each frame as they are drawn, smooth, all in the same view, px."""
        everything = [np.asarray(points) for frame in self.frames for points in frame]
        if not everything:
            return [[] for _ in self.frames]
        points = np.concatenate(everything)
        low, high = points.min(axis=0), points.max(axis=0)
        room = self.size * (1 - 2 * _MARGIN) - self.width
        scale = room / max(float((high - low).max()), 1e-6)
        shift = self.size / 2 - (low + high) / 2 * scale
        return [
            [centre_line(Stroke.from_points(stroke * scale + shift)) for stroke in frame]
            for frame in self.frames
        ]


def there_and_back(count: int) -> list[int]:
    """Frames from the first to the last and back, the ends once each."""
    return [*range(count), *range(count - 2, 0, -1)]


def check_ending(path: Path) -> None:
    """See that a file's name is that of an animation.

    Raises:
        FormatError: It is not.
    """
    if path.suffix.lower() not in WRITERS:
        raise FormatError(f"{path}: not an animation; those end in {', '.join(WRITERS)}")


def write_animation(animation: Animation, path: Path) -> None:
    """Write an animation whole or not at all.

    Raises:
        FormatError: The ending is of no moving picture.
        WriteError: The place cannot be written.
    """
    check_ending(path)
    with safe_write(path) as file:
        WRITERS[path.suffix.lower()](animation, file)


def _write_svg(animation: Animation, file: BinaryIO) -> None:
    from sketchstudio.formats.animated_svg import animated_svg

    file.write(animated_svg(animation).encode())


def _write_gif(animation: Animation, file: BinaryIO) -> None:
    from sketchstudio.formats.animated_picture import write_gif

    write_gif(animation, file)


def _write_webp(animation: Animation, file: BinaryIO) -> None:
    from sketchstudio.formats.animated_picture import write_webp

    write_webp(animation, file)


WRITERS: dict[str, Callable[[Animation, BinaryIO], None]] = {
    ".svg": _write_svg,
    ".gif": _write_gif,
    ".webp": _write_webp,
}
"""How each kind of file is written, by its ending."""

MOVING = (".gif", ".webp")
"""Endings that are of animations only."""
