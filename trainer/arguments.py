"""What may be written on the command line, and how what is wrong with it is said."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from typing import NoReturn


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        raise ValueError(f"{message} (see '{self.prog} --help')")


def whole(low: int) -> Callable[[str], int]:
    """Takes whole numbers from ``low`` on."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < low:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {low} on")
        return int(text)

    return number


def temperature(text: str) -> float:
    """Takes 0 to 2."""
    with contextlib.suppress(ValueError):
        if 0 <= float(text) <= 2:
            return float(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no temperature from 0 to 2")
