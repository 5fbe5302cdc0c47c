"""A test of twenty sketches: who can tell the machine's from people's?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from sketchstudio.core.sketch_codec import Box, Coordinates, Polylines, boxed

SKETCHES = 20
"""Of a test, where there are enough drawings by people."""

FEWEST = 2
"""Drawings by people that a test can be made of."""

_Z = 1.959964  # of a normal distribution: 95 % lie within so many standard deviations


@dataclass(frozen=True, eq=False)
class Subject:
    """A drawing by a person.

    Attributes:
        ink: (N, 2) each, any units.
        name: Where it is from, such as ``cats.ndjson, line 3``.
    """

    ink: tuple[Coordinates, ...]
    name: str


@dataclass(frozen=True, eq=False)
class Question:
    """A sketch to be judged.

    Attributes:
        sketch: Box units, simplified like all others: only the drawing tells who drew it.
        by_machine: Whether the model drew it, after the subject.
        subject: Name of the person's drawing.
        seed: The model's; None of a person's own.
    """

    sketch: Polylines
    by_machine: bool
    subject: str
    seed: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What was said of a question.

    Attributes:
        question: About what.
        said_machine: Whether the person took it for the machine's.
        seconds: That it took.
    """

    question: Question
    said_machine: bool
    seconds: float

    @property
    def right(self) -> bool:
        return self.said_machine == self.question.by_machine


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """How a test went.

    Attributes:
        answers: All of them.
    """

    answers: Sequence[Answer]

    @property
    def right(self) -> int:
        """How many were told right."""
        return sum(answer.right for answer in self.answers)

    @property
    def interval(self) -> tuple[float, float]:
        """Where the share told right lies, with 95 % confidence."""
        return wilson(self.right, len(self.answers))

    def mistaken(self, by_machine: bool) -> tuple[int, int]:
        """How many of the machine's, or of people's, were told wrong, and of how many."""
        own = [answer for answer in self.answers if answer.question.by_machine == by_machine]
        return sum(not answer.right for answer in own), len(own)


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share, by its score (Wilson 1927); unlike the plain one good for few.

    Args:
        right: How many.
        total: Of how many; nothing is known of none.
    """
    if total == 0:
        return 0.0, 1.0
    share, spread = right / total, _Z * _Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = _Z / (1 + spread) * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    return max(0.0, middle - half), min(1.0, middle + half)


def presented(ink: Sequence[Coordinates]) -> Polylines:
    """A sketch as all are shown: in its box, and simplified as the model's training drawings."""
    return boxed(ink, Box.around(ink))
