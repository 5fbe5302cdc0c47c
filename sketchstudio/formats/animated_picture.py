"""Animated GIF and WebP, drawn by OpenCV and packed by Pillow.

OpenCV can pack them, too, but finds a palette of its own for every GIF, which puts coloured
fringes on black lines. Lines of one colour on paper of another need no search: the palette is the
way from the one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, BinaryIO

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Points
from sketchstudio.formats.animation import Animation

if TYPE_CHECKING:
    from PIL.Image import Image

_SHADES = 24
_FINER = 2  # times, drawn and shrunk again, for smooth edges
_BITS = 4  # OpenCV takes coordinates in sixteenths of a pixel


def write_gif(animation: Animation, file: BinaryIO) -> None:
    """Write it in shades from paper to ink."""
    _write(animation, _pictures(animation), file, "GIF", disposal=1, optimize=False)


def write_webp(animation: Animation, file: BinaryIO) -> None:
    """Write it without loss, which for lines is smaller, too."""
    pictures = [picture.convert("RGB") for picture in _pictures(animation)]
    _write(animation, pictures, file, "WEBP", lossless=True, quality=20, method=1)


def _pictures(animation: Animation) -> list[Image]:
    from PIL import Image

    share = np.linspace(0, 1, _SHADES)[:, None]
    palette = (1 - share) * _rgb(animation.paper) + share * _rgb(animation.ink)
    pictures = []
    for frame in animation.pixels():
        picture = Image.fromarray(_shades(frame, animation))
        picture.putpalette(palette.round().astype(np.uint8).tobytes())
        pictures.append(picture)
    return pictures


def _write(
    animation: Animation, pictures: Sequence[Image], file: BinaryIO, kind: str, **options: object
) -> None:
    first, *others = [pictures[number] for number in animation.order]
    first.save(
        file,
        kind,
        save_all=True,
        append_images=others,
        duration=animation.durations if others else animation.durations[0],
        loop=0,
        **options,
    )


def _shades(frame: Sequence[Points], animation: Animation) -> npt.NDArray[np.uint8]:
    """How much of each pixel is ink, (size, size), 0 to ``_SHADES`` - 1."""
    import cv2

    side = animation.size * _FINER
    image = np.zeros((side, side), dtype=np.uint8)
    # A pixel's middle is at a whole number for OpenCV, and at a half in the picture.
    fixed = [
        np.rint((points * _FINER - 0.5) * (1 << _BITS)).astype(np.int32)
        for points in (np.repeat(line, 2, axis=0) if len(line) == 1 else line for line in frame)
    ]
    thickness = max(1, round(animation.width * _FINER))
    cv2.polylines(image, fixed, False, 255, thickness, cv2.LINE_AA, _BITS)
    shrunk = cv2.resize(image, (animation.size,) * 2, interpolation=cv2.INTER_AREA)
    return np.asarray(np.rint(shrunk * ((_SHADES - 1) / 255)), dtype=np.uint8)


def _rgb(color: str) -> npt.NDArray[np.int64]:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)])
