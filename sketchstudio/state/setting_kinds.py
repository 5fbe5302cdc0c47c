"""What a setting may be: each kind tells good values from bad, and which control it wants."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Flag:
    """On or off."""

    def allows(self, value: Any) -> bool:
        return isinstance(value, bool)


@dataclass(frozen=True)
class Choice:
    """One of some words.

    Attributes:
        labels: What each word is called, by word.
    """

    labels: dict[str, str]

    def allows(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.labels


@dataclass(frozen=True)
class Number:
    """A number within a range, changed by ``step``; ``unit`` is written behind it."""

    low: float
    high: float
    step: float = 0.01
    unit: str = ""

    def allows(self, value: Any) -> bool:
        # A bool is an int to Python, and NaN is in no range.
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return number and self.low <= value <= self.high


@dataclass(frozen=True)
class Whole:
    """A whole number within a range."""

    low: int
    high: int

    def allows(self, value: Any) -> bool:
        return type(value) is int and self.low <= value <= self.high


@dataclass(frozen=True)
class Text:
    """Text that matches a pattern as a whole."""

    pattern: str = ".*"

    def allows(self, value: Any) -> bool:
        return isinstance(value, str) and re.fullmatch(self.pattern, value) is not None


@dataclass(frozen=True)
class Texts:
    """Up to ``most`` pieces of text, newest first."""

    most: int

    def allows(self, value: Any) -> bool:
        texts = isinstance(value, list) and len(value) <= self.most
        return texts and all(isinstance(text, str) for text in value)


@dataclass(frozen=True)
class Bindings:
    """Keys by action: only of actions that the person gave other keys."""

    def allows(self, value: Any) -> bool:
        return isinstance(value, dict) and all(
            isinstance(id, str) and Texts(8).allows(keys) for id, keys in value.items()
        )


@dataclass(frozen=True)
class Curve:
    """The handles of a `PressureCurve`: x1, y1, x2, y2."""

    def allows(self, value: Any) -> bool:
        return (
            isinstance(value, list)
            and len(value) == 4
            and all(Number(0, 1).allows(number) for number in value)
        )


Kind = Curve | Flag | Choice | Number | Whole | Text | Texts | Bindings
