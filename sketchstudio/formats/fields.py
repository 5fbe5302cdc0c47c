"""Checks of single values in a file that anyone may have written; they raise `FormatError`."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.formats.errors import FormatError

FAR = 1e9
"""Page px to which things may lie from the origin; ink may lie anywhere."""

encode = json.JSONEncoder(allow_nan=False).encode
"""JSON of a value, on one line."""


def text(value: object) -> str:
    """The text that a value must be."""
    if not isinstance(value, str):
        raise FormatError(f"damaged: {value!r:.40} where text should be")
    return value


def flag(value: object) -> bool:
    """The true or false that a value must be."""
    if not isinstance(value, bool):
        raise FormatError(f"damaged: {value!r:.40} where true or false should be")
    return value


def whole(value: object) -> int:
    """The whole number that a value must be."""
    if type(value) is not int:
        raise FormatError(f"damaged: {value!r:.40} where a whole number should be")
    return value


def number(value: object, low: float, high: float) -> float:
    """The number from ``low`` to ``high`` that a value must be."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise FormatError(f"damaged: {value!r:.40} where a number should be")
    if not (math.isfinite(value) and low <= value <= high):
        raise FormatError(f"damaged: {value!r:.40} is not within {low} to {high}")
    return float(value)


def within(value: float, low: float, high: float) -> float:
    """The nearest number that `number` takes."""
    return min(max(float(value), low), high)


def color(value: object) -> str:
    """The colour ``#rrggbb`` that a value must be."""
    if not isinstance(value, str) or not re.fullmatch("#[0-9a-fA-F]{6}", value):
        raise FormatError(f"damaged: {value!r:.40} where a colour #rrggbb should be")
    return value


def packed(value: object, kind: str, most: int) -> npt.NDArray[Any]:
    """The numbers, all finite, whose bytes a value must be in base64.

    Args:
        value: What should be text.
        kind: ``<f2`` or ``<f4``.
        most: So many there may be.
    """
    try:
        found = np.frombuffer(base64.b64decode(text(value), validate=True), dtype=kind)
    except (binascii.Error, ValueError):
        raise FormatError(f"damaged: {value!r:.40} where numbers in base64 should be") from None
    if len(found) > most:
        raise FormatError(f"damaged: {len(found):,} numbers where {most:,} may be")
    if not np.isfinite(found).all():
        raise FormatError("damaged: a number that is not finite")
    return found


def in_base64(data: bytes) -> str:
    """Bytes as `packed` reads them."""
    return base64.b64encode(data).decode()


def unknown(record: Mapping[str, Any], known: set[str]) -> str:
    """The fields that this version does not know, as JSON; empty where there are none."""
    rest = record.keys() - known
    return encode({name: record[name] for name in record if name in rest}) if rest else ""


def more(kept: str) -> str:
    """Fields that `unknown` kept, to follow others."""
    return f", {kept[1:-1]}" if kept else ""
