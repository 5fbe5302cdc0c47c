"""What the first bytes of a picture file say: its kind, its size, which way is up.

So that a picture is refused by its size, and by the work it would make, before any of it is
unpacked, and a photo stands upright whatever the decoder makes of its orientation.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

PNG, JPEG, WEBP = "PNG", "JPEG", "WebP"

UPRIGHT = 1

_PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
_EXIF_MARK = b"Exif\x00\x00"
_ORIENTATION = 0x0112
_START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD9)})  # JPEG markers that no length follows
_START_OF_SCAN = 0xDA
_PALETTE = 3  # kind of colour in a PNG, unpacked to three channels
_CHANNELS = {0: 1, 2: 3, _PALETTE: 3, 4: 2, 6: 4}  # of a PNG, by its kind of colour

MOST_PARTS = 50_000
"""Of a file, by which each kind is divided; a decoder can spend minutes on millions of them."""

MOST_NOTES = 1_000
"""Parts of a PNG beside its pixels."""


@dataclass(frozen=True, slots=True)
class PictureHeader:
    """What a picture is, before it is unpacked.

    Attributes:
        kind: ``PNG``, ``JPEG`` or ``WebP``.
        width: As stored, px.
        height: As stored, px.
        orientation: As EXIF counts: 1 upright, 2 to 8 mirrored or turned.
        depth: Bytes of a pixel, unpacked.
        scans: How often a decoder goes over all pixels.
    """

    kind: str
    width: int
    height: int
    orientation: int = UPRIGHT
    depth: int = 3
    scans: int = 1

    @property
    def unpacked(self) -> int:
        """Bytes of all pixels."""
        return self.width * self.height * self.depth


def read_header(data: bytes) -> PictureHeader | None:
    """The header of a whole file; None of anything but PNG, JPEG and WebP, or where it is cut.

    Nor of one that is divided into more than ``MOST_PARTS``.
    """
    try:
        if data.startswith(_PNG_MAGIC):
            return _png(data)
        if data.startswith(b"\xff\xd8\xff"):
            return _jpeg(data)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
    except (struct.error, IndexError):
        pass
    return None


def _png(data: bytes) -> PictureHeader | None:
    width, height, bits, colour = struct.unpack_from(">IIBB", data, 16)
    orientation = UPRIGHT
    at, notes = len(_PNG_MAGIC), 0
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            break
        length, name = struct.unpack_from(">I4s", data, at)
        if at + 12 + length > len(data):
            return None  # the decoder would make room for whatever length it says
        notes += name != b"IDAT"
        if notes > MOST_NOTES:
            return None
        if name == b"eXIf":
            orientation = _orientation(data[at + 8 : at + 8 + length])
        if name == b"IEND":
            break
        at += 12 + length
    else:
        return None
    depth = _CHANNELS.get(colour, 4) * (2 if bits > 8 else 1)
    return PictureHeader(PNG, width, height, orientation, depth)


def _jpeg(data: bytes) -> PictureHeader | None:
    orientation = UPRIGHT
    for marker, at, length in _segments(data):
        if marker == 0xE1 and data[at : at + 6] == _EXIF_MARK:
            orientation = _orientation(data[at + 6 : at + length])
        elif marker in _START_OF_FRAME:
            height, width = struct.unpack_from(">HH", data, at + 1)
            # Within packed pixels no byte 255 is followed by this one.
            scans = data.count(bytes((0xFF, _START_OF_SCAN)), at)
            return PictureHeader(JPEG, width, height, orientation, scans=scans)
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and length of each JPEG segment before the picture itself."""
    at = 2
    for _ in range(MOST_PARTS):
        if at + 4 > len(data) or data[at] != 0xFF:
            return
        marker = data[at + 1]
        at += 1 if marker == 0xFF else 2
        if marker == 0xFF or marker in _BARE_MARKERS:
            continue
        (length,) = struct.unpack_from(">H", data, at)
        yield marker, at + 2, length - 2
        if marker == _START_OF_SCAN:
            return
        at += length


def _webp(data: bytes) -> PictureHeader | None:
    size: tuple[int, ...] | None = None
    orientation = UPRIGHT
    at = 12
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            break
        name, length = struct.unpack_from("<4sI", data, at)
        body = at + 8
        if name == b"VP8X":
            size = tuple(
                1 + int.from_bytes(data[at : at + 3], "little") for at in (body + 4, body + 7)
            )
        elif name == b"VP8 " and size is None:
            width, height = struct.unpack_from("<HH", data, body + 6)
            size = width & 0x3FFF, height & 0x3FFF
        elif name == b"VP8L" and size is None:
            (bits,) = struct.unpack_from("<I", data, body + 1)
            size = 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
        elif name == b"EXIF":
            exif = data[body : body + length]
            orientation = _orientation(exif.removeprefix(_EXIF_MARK))
        at = body + length + length % 2
    return None if size is None else PictureHeader(WEBP, size[0], size[1], orientation)


def _orientation(exif: bytes) -> int:
    """The orientation that TIFF fields tell; upright where they do not."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None:
        return UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, first)
        for i in range(count):
            tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, first + 2 + 12 * i)
            if tag == _ORIENTATION and kind == 3 and 1 <= value <= 8:
                return int(value)
    except struct.error:
        pass
    return UPRIGHT
