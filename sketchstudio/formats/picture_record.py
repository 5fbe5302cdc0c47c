"""The picture of a page as a JSON record, its file in base64."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sketchstudio.core.picture import LARGEST, SMALLEST, Picture
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.fields import FAR, encode, flag, more, number, text, unknown, within
from sketchstudio.formats.picture_header import UPRIGHT, read_header

MOST_BYTES = 32 << 20
MOST_PIXELS = 16_000_000
"""The app keeps pictures of 2048 px; others may keep larger ones, but not any."""

_KNOWN = {"file", "x", "y", "scale", "opacity", "visible", "locked"}


def picture_record(picture: Picture) -> str:
    """The record of a picture."""
    known = {
        "x": within(picture.x, -FAR, FAR),
        "y": within(picture.y, -FAR, FAR),
        "scale": float(picture.scale),
        "opacity": float(picture.opacity),
        "visible": picture.visible,
        "locked": picture.locked,
    }
    file = _in_base64(picture.data)
    return f'{encode(known)[:-1]}, "file": "{file}"{more(picture.unknown)}}}'


def read_picture_record(record: Mapping[str, Any]) -> Picture:
    """The picture of a record.

    Raises:
        FormatError, KeyError, TypeError, ValueError: It is damaged.
    """
    written = text(record["file"])
    if len(written) > MOST_BYTES * 4 // 3 + 4:
        raise FormatError(f"a picture of more than {MOST_BYTES >> 20} MiB")
    try:
        data = base64.b64decode(written, validate=True)
    except binascii.Error:
        raise FormatError("damaged: a picture that is not base64") from None
    header = read_header(data)
    if header is None or header.orientation != UPRIGHT:
        raise FormatError("damaged: a picture that is not an upright PNG, JPEG or WebP file")
    if not 0 < header.width * header.height <= MOST_PIXELS:
        raise FormatError(f"a picture of {header.width:,} by {header.height:,} px")
    return Picture(
        data,
        header.width,
        header.height,
        x=number(record["x"], -FAR, FAR),
        y=number(record["y"], -FAR, FAR),
        scale=number(record["scale"], SMALLEST, LARGEST),
        opacity=number(record["opacity"], 0, 1),
        visible=flag(record["visible"]),
        locked=flag(record["locked"]),
        unknown=unknown(record, _KNOWN),
    )


@lru_cache(maxsize=8)
def _in_base64(data: bytes) -> str:
    """Kept, since a picture that is dragged is written down often."""
    return base64.b64encode(data).decode("ascii")
