"""What the attributes of SVG say: style sheets, lengths and transforms."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sketchstudio.core.transform import Affine
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.svg_tree import Element

MAX_RULES = 2_000
"""In all style sheets of a file; drawing programs write one for each look."""

MAX_STYLE = 2 << 20
"""Characters of all style sheets, and of all elements' own styles that are drawn."""

_MOST_MATCHES = 3_000_000  # of rules with looks: about a second

_PROPERTIES = frozenset(
    (
        *("clip-path", "color", "d", "display", "fill", "fill-opacity", "filter", "marker-end"),
        *("marker-mid", "marker-start", "mask", "opacity", "stop-color", "stop-opacity", "stroke"),
        *("stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-opacity"),
        *("stroke-width", "transform", "vector-effect", "visibility"),
        *("cx", "cy", "height", "r", "rx", "ry", "width", "x", "y"),
    )
)
"""All of CSS that is read: others are dropped, since a rule for all can declare any number."""

_PX = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
}
"""CSS px of each unit; those of fonts for a font of 16 px."""

NUMBER = r"[-+]?+(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][-+]?+\d++)?+"
"""A number as SVG writes it; possessive, so that no text makes matching it slow."""

_LENGTH = re.compile(rf"\s*+({NUMBER})\s*+([a-zA-Z]*+|%)\s*+")
_TRANSFORM = re.compile(r"[\s,]*+([a-zA-Z]{1,10}+)\s*+\(([^()]{0,500}+)\)")
_NUMBERS = re.compile(NUMBER)
_SELECTOR = re.compile(r"(\*|[a-zA-Z]++)?+((?:[.#][\w-]++)*+)")
_HUGE = 1e9


def length(text: str | None, whole: float) -> float | None:
    """A length in px, or None where there is none to be understood.

    Args:
        text: As written, such as ``12mm``.
        whole: What 100 % are, px.
    """
    found = _LENGTH.fullmatch((text or "")[:100])
    if found is None:
        return None
    number, unit = float(found[1]), found[2].lower()
    if not abs(number) < _HUGE or unit not in {*_PX, "%"}:
        return None
    return number * (whole / 100 if unit == "%" else _PX[unit])


def numbers(text: str) -> list[float]:
    """All numbers in a short text; none where one of them is beyond all measure."""
    found = [float(number) for number in _NUMBERS.findall(text[:1000])]
    return found if all(abs(number) < _HUGE for number in found) else []


def transform(text: str | None) -> Affine:
    """What a ``transform`` does; what follows a mistake is left out."""
    made, at = Affine(), 0
    text = text or ""
    while step := _TRANSFORM.match(text, at):
        affine = _step(step[1], numbers(step[2]))
        if affine is None:
            break
        made, at = combined(made, affine), step.end()
    return made


def combined(outer: Affine, inner: Affine) -> Affine:
    """The transform that does ``inner`` first, then ``outer``."""
    dx, dy = outer.of_point((inner.dx, inner.dy))
    return Affine(
        outer.xx * inner.xx + outer.xy * inner.yx,
        outer.xx * inner.xy + outer.xy * inner.yy,
        outer.yx * inner.xx + outer.yy * inner.yx,
        outer.yx * inner.xy + outer.yy * inner.yy,
        dx,
        dy,
    )


def _step(name: str, n: list[float]) -> Affine | None:
    match name, len(n):
        case "matrix", 6:
            return Affine(n[0], n[2], n[1], n[3], n[4], n[5])
        case "translate", 1 | 2:
            return Affine(dx=n[0], dy=n[1] if len(n) > 1 else 0.0)
        case "scale", 1 | 2:
            return Affine(xx=n[0], yy=n[-1])
        case "rotate", 1 | 3:
            about = (n[1], n[2]) if len(n) > 1 else (0.0, 0.0)
            return Affine.turning(math.radians(n[0] % 360), about)
        case "skewX", 1:
            return Affine(xy=math.tan(math.radians(n[0])))
        case "skewY", 1:
            return Affine(yx=math.tan(math.radians(n[0])))
    return None


@dataclass(frozen=True, slots=True)
class _Rule:
    """One selector with what it declares; all that it names must be so of an element."""

    tag: str
    id: str
    classes: frozenset[str]
    declared: dict[str, str]

    @property
    def weight(self) -> tuple[int, int, int]:
        return bool(self.id), len(self.classes), bool(self.tag)

    def fits(self, tag: str, id: str, classes: frozenset[str]) -> bool:
        return self.tag in ("", tag) and self.id in ("", id) and self.classes <= classes


class StyleSheet:
    """The rules of a file's ``style`` elements: by name, class and id, as drawing programs write.

    Args:
        texts: Of the elements.

    Raises:
        FormatError: More than ``MAX_RULES`` rules.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        texts = list(texts)
        if sum(map(len, texts)) > MAX_STYLE:
            raise FormatError(f"more than {MAX_STYLE >> 20} MiB of style")
        rules: list[_Rule] = []
        for text in texts:
            for selectors, declared in _rules(text):
                found = (_rule(selector, declared) for selector in selectors)
                rules += [rule for rule in found if rule is not None]
                if len(rules) > MAX_RULES:
                    raise FormatError(f"more than {MAX_RULES:,} rules of style")
        self._rules = sorted(rules, key=lambda rule: rule.weight)
        self._ids = {rule.id for rule in rules} - {""}
        self._ruled_looks: dict[tuple[str, str, str], dict[str, str]] = {}
        self._looks: dict[Element, dict[str, str]] = {}
        self._styled = 0

    def look(self, element: Element) -> dict[str, str]:
        """Attributes, rules and the element's own style, the later over the earlier.

        Raises:
            FormatError: The elements are styled in too many ways.
        """
        look = self._looks.get(element)
        if look is None:
            attributes = look = element.attributes
            if self._rules:
                id, classes = attributes.get("id", ""), attributes.get("class", "")
                look = look | self._ruled(element.tag, id, classes)
            if own := attributes.get("style"):
                self._styled += len(own)
                if self._styled > MAX_STYLE:
                    raise FormatError(f"more than {MAX_STYLE >> 20} MiB of style")
                look = look | declarations(own)
            self._looks[element] = look
        return look

    def _ruled(self, tag: str, id: str, classes: str) -> dict[str, str]:
        key = tag, id if id in self._ids else "", classes
        if key not in self._ruled_looks:
            if len(self._ruled_looks) * len(self._rules) > _MOST_MATCHES:
                raise FormatError("its styles are too involved")
            words = frozenset(classes.split())
            ruled: dict[str, str] = {}
            for rule in self._rules:
                if rule.fits(tag, id, words):
                    ruled |= rule.declared
            self._ruled_looks[key] = ruled
        return self._ruled_looks[key]


def _rules(text: str) -> Iterator[tuple[list[str], dict[str, str]]]:
    """Selectors and what they declare; rules for some media count for all."""
    kept, *others = text.split("/*")
    plain = kept + " ".join(part.partition("*/")[2] for part in others)
    for block in plain.split("}"):
        head, brace, body = block.rpartition("{")
        if brace:
            yield head.rpartition("{")[2].split(","), declarations(body)


def _rule(selector: str, declared: dict[str, str]) -> _Rule | None:
    """A rule of a selector without descendants or states; None for another."""
    found = _SELECTOR.fullmatch(selector.strip()[:200])
    if found is None or not found[0]:
        return None
    marks = re.findall(r"[.#][\w-]+", found[2])
    ids = [mark[1:] for mark in marks if mark[0] == "#"]
    classes = frozenset(mark[1:] for mark in marks if mark[0] == ".")
    return _Rule((found[1] or "").replace("*", ""), ids[0] if ids else "", classes, declared)


def declarations(text: str) -> dict[str, str]:
    """What CSS declares of the properties that are read."""
    pairs = (part.partition(":") for part in text[:4_000].split(";"))
    return {
        name: value.replace("!important", "").strip()
        for head, colon, value in pairs
        if colon and (name := head.strip().lower()) in _PROPERTIES
    }
