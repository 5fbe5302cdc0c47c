"""What a blend is of: codes at the ends of a line or the corners of a pad, and where between."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Box, Coordinates, boxed
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import (
    Blend,
    CodeOf,
    Difference,
    Manner,
    Morph,
    Place,
    Sketch,
    Strip,
)
from sketchstudio.formats.code_files import NamedCode

STRIP_SKETCHES = 9
"""Along the line, its ends among them; on the pad three by three."""

BEYOND = 0.5
"""How far beyond its ends a line may be followed, of its length."""


@dataclass(frozen=True, eq=False)
class End:
    """One of the codes that are blended.

    Attributes:
        code: Where it comes from.
        name: A category, ``my drawing``, or what the person calls it.
        sketch: What to show for it in box units; None until it is known.
        box: Where the drawing lay on the page; None where it lay nowhere.
    """

    code: CodeOf
    name: str
    sketch: Sketch | None = None
    box: Box | None = None

    @classmethod
    def of_strokes(cls, strokes: Sequence[Stroke], name: str) -> End:
        """The code of ink on the page; there is at least one stroke."""
        return cls.of_lines(tuple(drawn_points(stroke) for stroke in strokes), name)

    @classmethod
    def of_lines(cls, lines: Sequence[Coordinates], name: str) -> End:
        """The code of polylines (N, 2) each, page px, such as a picture was traced to."""
        box = Box.around(lines)
        return cls(CodeOf(ink=tuple(lines)), name, tuple(boxed(lines, box)), box)

    @classmethod
    def of_kept(cls, kept: NamedCode, encoder: str) -> End:
        """A code of the library; a model of another encoder reads its picture instead."""
        own = kept.encoder == encoder or not kept.sketch
        code = CodeOf(code=kept.code) if own else CodeOf(ink=kept.sketch)
        return cls(code, kept.name, kept.sketch or None)


@dataclass(frozen=True, eq=False)
class Mixture:
    """All that decides what a blend is.

    Attributes:
        corners: A, B, C and D; none before the categories are known.
        square: All four are blended, on a pad; else A and B, on a line.
        position: On the line, from A at 0 to B at 1.
        spot: On the pad, from A at (0, 0) to D at (1, 1).
        straight: Along lines rather than the sphere that codes lie on.
        beyond: The line goes on beyond its ends.
        plus: Has what is added.
        minus: Lacks what is added.
        strength: How much of the difference is added.
        sampling: Temperature and seed.
    """

    corners: tuple[End, ...] = ()
    square: bool = False
    position: float = 0.5
    spot: Place = (0.5, 0.5)
    straight: bool = False
    beyond: bool = False
    plus: End | None = None
    minus: End | None = None
    strength: float = 1.0
    sampling: Sampling = field(default_factory=Sampling)

    @property
    def ends(self) -> tuple[End, ...]:
        """Those of the corners that are blended."""
        return self.corners if self.square else self.corners[:2]

    @property
    def everyone(self) -> tuple[End, ...]:
        """The corners, and what a difference is made of."""
        return (*self.corners, *(end for end in (self.plus, self.minus) if end))

    @property
    def names(self) -> tuple[str, ...]:
        """Of the ends."""
        return tuple(end.name for end in self.ends)

    @property
    def span(self) -> tuple[float, float]:
        """The positions from which and to which the line can be followed."""
        return (-BEYOND, 1 + BEYOND) if self.beyond else (0.0, 1.0)

    @property
    def place(self) -> Place:
        """Where among the ends."""
        return self.spot if self.square else (self.position, 0.0)

    @property
    def manner(self) -> Manner:
        """How the codes are blended."""
        if self.plus is None or self.minus is None or self.strength == 0:
            return Manner(self.straight)
        return Manner(self.straight, Difference(self.plus.code, self.minus.code, self.strength))

    @property
    def way(self) -> tuple[object, ...]:
        """Equal as long as the sketches at all places stay the same."""
        return (self.codes, self.span, self.manner, self.sampling)

    @property
    def codes(self) -> tuple[CodeOf, ...]:
        """Of the ends."""
        return tuple(end.code for end in self.ends)

    @property
    def strip_places(self) -> tuple[Place, ...]:
        """Evenly from one end to the other, or over the pad, row by row."""
        if self.square:
            steps = (0.0, 0.5, 1.0)
            return tuple((x, y) for y in steps for x in steps)
        return self._along(STRIP_SKETCHES)

    def journey(self, frames: int) -> tuple[Place, ...]:
        """From one end to the other, or once round the pad and back to where it began."""
        return _round(frames) if self.square else self._along(frames)

    def blend(self) -> Blend:
        """What is drawn at the place."""
        return Blend(self.codes, self.place, self.sampling, self.manner)

    def strip(self) -> Strip:
        """What is drawn on the way."""
        return Strip(self.codes, self.strip_places, self.sampling, self.manner)

    def morph(self, frames: int) -> Morph:
        """The frames of the journey."""
        return Morph(self.codes, self.journey(frames), self.sampling, self.manner)

    def _along(self, count: int) -> tuple[Place, ...]:
        low, high = self.span
        return tuple((low + (high - low) * i / (count - 1), 0.0) for i in range(count))


def _round(count: int) -> tuple[Place, ...]:
    """Round the unit square from its upper left corner, to the right first."""
    places = []
    for i in range(count):
        side, part = divmod(4 * i / count, 1)
        turned = ((part, 0.0), (1.0, part), (1 - part, 1.0), (0.0, 1 - part))
        places.append(turned[math.floor(side)])
    return tuple(places)
