"""What a value on the command line may be."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from decimal import Decimal


def whole(low: int, high: int) -> Callable[[str], int]:
    """Takes whole numbers from ``low`` to ``high``."""

    def number(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {low} to {high}")
        return int(text)

    return number


def between(low: float, high: float, what: str = "number") -> Callable[[str], float]:
    """Takes numbers from ``low`` to ``high``, called ``what``."""

    def number(text: str) -> float:
        with contextlib.suppress(ValueError):
            if low <= float(text) <= high:
                return float(text)
        raise argparse.ArgumentTypeError(f"{text!r} is no {what} from {low:g} to {high:g}")

    return number


def share(text: str) -> Decimal:
    """A share as it is written: 0.1 of 30 points are 3, which binary fractions make 4."""
    with contextlib.suppress(ArithmeticError):
        if 0 < Decimal(text) <= 1:
            return Decimal(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no share over 0 and up to 1")
