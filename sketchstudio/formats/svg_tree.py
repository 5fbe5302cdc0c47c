"""The elements of an SVG file from anywhere: no entities, nothing fetched, bounded in every way."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from xml.parsers import expat

from sketchstudio.formats.errors import FormatError

SVG = "http://www.w3.org/2000/svg"
INKSCAPE = "http://www.inkscape.org/namespaces/inkscape"
SODIPODI = "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"
OURS = "https://sketchstudio.invalid/document"
"""Of the element that holds the whole drawing, so that the file opens again as it was."""

MAX_BYTES = 32 << 20
"""Of the text, unpacked; pictures within drawings take most of what is larger."""

MAX_ELEMENTS = 100_000
MAX_DEPTH = 100
MAX_ATTRIBUTES = 100
"""Of one element; the longest that drawing programs write have thirty."""

MAX_ALL_ATTRIBUTES = 1_000_000
"""Of all elements, those that a declaration gives to each of them included."""

MAX_VALUE = 4_000
"""Characters of an attribute that are read, but of path data: a picture within is left out."""


_XLINK = "http://www.w3.org/1999/xlink"
_PREFIXES = {"": "", _XLINK: "", INKSCAPE: "inkscape:", SODIPODI: "sodipodi:"}
_LONG = frozenset({"d", "points"})
_WITH_TEXT = frozenset({"style", "title", "document"})
_GZIP = b"\x1f\x8b"


@dataclass(slots=True, eq=False)
class Element:
    """One element and what is within it.

    Attributes:
        tag: Its name without a namespace; empty where that is neither SVG's nor ours.
        attributes: By name; those of Inkscape with a prefix, ``xlink:href`` as ``href``.
        children: Elements within, in order.
        text: Of a style sheet, a title or an embedded drawing.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""


def parse(data: bytes) -> Element:
    """The root element.

    Raises:
        FormatError: Not SVG, not well formed, too large, or with entities.
    """
    data = _unpacked(data)
    builder = _Builder()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.add_text
    parser.EntityDeclHandler = builder.refuse_entity
    parser.ExternalEntityRefHandler = builder.refuse_entity
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        why = expat.errors.messages.get(error.code, "broken")
        raise FormatError(f"not a whole SVG file: {why}, line {error.lineno}") from None
    except (ValueError, LookupError) as error:
        if isinstance(error, FormatError):
            raise
        raise FormatError("not an SVG file: its encoding is not known") from None
    root = builder.root
    if root is None or root.tag != "svg":
        raise FormatError("not an SVG file: it has no svg element")
    return root


def _unpacked(data: bytes) -> bytes:
    if data.startswith(_GZIP):
        inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
        try:
            data = inflate.decompress(data, MAX_BYTES + 1)
        except zlib.error:
            raise FormatError("not a whole .svgz file") from None
    if len(data) > MAX_BYTES:
        raise FormatError(f"larger than {MAX_BYTES >> 20} MiB")
    return data


class _Builder:
    """Builds the tree as expat reads it."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self._open: list[Element] = []
        self._texts: list[str] = []
        self._count = self._attributes = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MAX_ELEMENTS:
            raise FormatError(f"more than {MAX_ELEMENTS:,} elements")
        if len(self._open) >= MAX_DEPTH:
            raise FormatError(f"elements nested more than {MAX_DEPTH} deep")
        if len(attributes) > MAX_ATTRIBUTES:
            raise FormatError(f"an element of more than {MAX_ATTRIBUTES} attributes")
        self._attributes += len(attributes)
        if self._attributes > MAX_ALL_ATTRIBUTES:
            raise FormatError(f"more than {MAX_ALL_ATTRIBUTES:,} attributes")
        element = Element(_local(name), _known(attributes))
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _name: str) -> None:
        element = self._open.pop()
        if element.tag in _WITH_TEXT:
            element.text = "".join(self._texts)
        self._texts.clear()

    def add_text(self, text: str) -> None:
        if self._open[-1].tag in _WITH_TEXT:
            self._texts.append(text)

    def refuse_entity(self, *_: object) -> int:
        raise FormatError("it declares entities, which are not read since they can do harm")


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in ("", SVG, OURS) else ""


def _known(attributes: dict[str, str]) -> dict[str, str]:
    """Those of SVG and Inkscape; an ``id`` of another program's own is none of ours."""
    known = {}
    for name, value in attributes.items():
        space, _, local = name.rpartition(" ")
        if space in _PREFIXES:
            known[_PREFIXES[space] + local] = value if local in _LONG else value[:MAX_VALUE]
    return known
