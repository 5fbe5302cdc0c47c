"""The whole drawing within an exported SVG, so that it opens again as it was.

It is the ``.sketch`` file, deflated and in base64, in an element of our own within ``metadata``.
With it goes a digest of what the picture shows: once another program has changed that, the picture
counts, not the drawing it was made of.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import zlib
from io import BytesIO

from sketchstudio.core.document import Document
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_tree import OURS, Element, parse

MAX_UNPACKED = 128 << 20

_TOO_LARGE = (
    "the drawing is too large to be held in an SVG; save it as .sketch, or export the picture alone"
)

_SHOWN = (
    *("d", "transform", "style", "class", "display", "visibility", "opacity", "fill", "stroke"),
    *("stroke-width", "stroke-linecap", "x", "y", "width", "height"),
)
_BESIDE = frozenset({"", "metadata", "defs", "title", "desc", "style", "namedview"})


def embed(text: str, document: Document) -> str:
    """The text of an SVG file with the drawing that it was made of.

    Args:
        text: Well-formed, and its root element has children.
        document: The drawing.

    Raises:
        SketchError: It is too large to be opened again.
    """
    file = BytesIO()
    try:
        native.write(document, file)
    except native.TooLargeError as error:
        raise SketchError(str(error)) from None
    if file.getbuffer().nbytes >= MAX_UNPACKED:
        raise SketchError(_TOO_LARGE)
    data = base64.b64encode(zlib.compress(file.getvalue(), 6)).decode()
    head, end, rest = text.rpartition("</svg>")

    def holding(digest: str) -> str:
        element = f'<document xmlns="{OURS}" digest="{digest}">{data}</document>'
        return f"{head}<metadata>{element}</metadata>{end}{rest}"

    try:
        root = parse(holding("0" * 64).encode())  # within all limits that it is read with
    except FormatError:
        raise SketchError(_TOO_LARGE) from None
    return holding(_digest(root))


def embedded(root: Element) -> Document | None:
    """The drawing within a file; None where there is none, or the picture was changed since."""
    for metadata in root.children:
        for element in metadata.children if metadata.tag == "metadata" else ():
            if element.tag == "document" and element.attributes.get("digest") == _digest(root):
                return _unpacked(element.text)
    return None


def _unpacked(text: str) -> Document | None:
    inflate = zlib.decompressobj()
    try:
        packed = base64.b64decode("".join(text.split()), validate=True)
        data = inflate.decompress(packed, MAX_UNPACKED)
        return None if inflate.unconsumed_tail else native.read(BytesIO(data), "drawing")
    except (binascii.Error, ValueError, zlib.error, FormatError):
        return None  # the picture is still there


def _digest(root: Element) -> str:
    """Of what the elements show; names, and what programs note for themselves, do not count."""
    digest = hashlib.sha256()
    waiting = [(root, True)]
    while waiting:
        element, is_root = waiting.pop()
        said = element.attributes
        shown = {} if is_root else {key: said[key] for key in _SHOWN if key in said}
        digest.update(repr((element.tag, shown)).encode())
        waiting += [(e, False) for e in element.children if e.tag not in _BESIDE]
    return digest.hexdigest()
