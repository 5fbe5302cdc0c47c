"""Requests, results and state of the engine: frozen data that crosses threads. No Qt.

A request holds all that decides its result, so that equal requests draw the same.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.code_map import CodeMap
from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Box, Coordinates

Sketch = tuple[Coordinates, ...]
"""Strokes (N, 2) each."""

Code = npt.NDArray[np.float32]
"""A latent code, (code,) float32."""

Codes = npt.NDArray[np.float32]
"""Latent codes, (N, code) float32."""


class Lane(enum.StrEnum):
    """Requests of one lane replace each other; lanes take turns."""

    PROPOSAL = "proposal"
    BLEND = "blend"
    STRIP = "strip"
    PORTRAITS = "portraits"
    MORPH = "morph"
    GUESS = "guess"
    THUMBNAILS = "thumbnails"
    LOOK = "look"
    PLACE = "place"
    STUDY = "study"


@dataclass(frozen=True, eq=False)
class Complete:
    """Go on from ink; the result holds only what is added.

    Attributes:
        ink: Page px.
        sampling: Temperature and seed.
        category: What it shall become; None leaves it to the model.
        candidates: So many are drawn.
        reach: How far from the ink's the codes may be: 0 to 1 of the way to other drawings'.
        like: Draw round the code of this candidate instead, which an answer before held.
        strokes: No more are added; None for as many as it takes.
    """

    ink: Sketch
    sampling: Sampling
    category: str | None = None
    candidates: int = 9
    reach: float = 0.0
    like: Drawn | None = None
    strokes: int | None = None

    lane = Lane.PROPOSAL


@dataclass(frozen=True, eq=False)
class Redraw:
    """Draw ink anew, in its place and size; attributes as of `Complete`."""

    ink: Sketch
    sampling: Sampling
    candidates: int = 9
    reach: float = 0.0
    like: Drawn | None = None

    lane = Lane.PROPOSAL


@dataclass(frozen=True, eq=False)
class Replace:
    """Draw something of a category in the place and size of ink; attributes as of `Complete`.

    Without a category it is what the ink looks like.
    """

    ink: Sketch
    sampling: Sampling
    category: str | None = None
    candidates: int = 9
    reach: float = 0.0
    like: Drawn | None = None

    lane = Lane.PROPOSAL


@dataclass(frozen=True, eq=False)
class CodeOf:
    """Where a code comes from, one of: a category, ink, or the code itself.

    A picture is traced to ink first: of photos of drawings, more redrawings are named right so
    (75 % of 333) than from the cleaned pixels themselves (69 %).

    Attributes:
        category: By name.
        ink: Page px.
        code: (code,) of the model that is asked.
        example: Which of the category's typical drawings, counted round; 0 is the most typical.
    """

    category: str | None = None
    ink: Sketch | None = None
    code: Code | None = None
    example: int = 0

    def __post_init__(self) -> None:
        sources = (self.category, self.ink, self.code)
        if sum(source is not None for source in sources) != 1:
            raise ValueError("a code comes from a category, from ink, or is given: one of them")


@dataclass(frozen=True)
class Difference:
    """What is added to codes: ``strength`` times the way from one code to another.

    Attributes:
        plus: Of a drawing that has something.
        minus: Of one that lacks it.
        strength: 0 adds nothing, 1 the whole difference; may be negative.
    """

    plus: CodeOf
    minus: CodeOf
    strength: float


@dataclass(frozen=True)
class Manner:
    """How codes are blended.

    Attributes:
        straight: Along lines, and not along the sphere that the codes lie on.
        difference: Added to every blend; None adds nothing.
    """

    straight: bool = False
    difference: Difference | None = None


Place = tuple[float, float]
"""Where among codes: x from the first to the second, y from these two to two others; 0 to 1 lies
between them, what is less or more beyond."""


@dataclass(frozen=True, eq=False)
class Blend:
    """Draw a sketch between two codes, or four, in box units.

    Attributes:
        corners: Two at the ends of a line; or four: top left, top right, bottom left, bottom right.
        place: Where; of two codes y means nothing.
        sampling: Temperature and seed.
        manner: How.
    """

    corners: tuple[CodeOf, ...]
    place: Place
    sampling: Sampling
    manner: Manner = Manner()

    lane = Lane.BLEND

    @property
    def places(self) -> tuple[Place, ...]:
        """The one place, as in the tasks that have many."""
        return (self.place,)


@dataclass(frozen=True, eq=False)
class Strip:
    """Draw many blends of the same codes at once, with the same seed, in box units.

    Attributes:
        corners: As of `Blend`.
        places: One for each sketch.
        sampling: Temperature and seed.
        manner: How.
    """

    corners: tuple[CodeOf, ...]
    places: tuple[Place, ...]
    sampling: Sampling
    manner: Manner = Manner()

    lane = Lane.STRIP


class Morph(Strip):
    """The same for the frames of an animation."""

    lane = Lane.MORPH


@dataclass(frozen=True, eq=False)
class Portraits:
    """Draw each of some codes once, in box units.

    Attributes:
        codes: Of whom.
        sampling: Temperature and seed.
    """

    codes: tuple[CodeOf, ...]
    sampling: Sampling

    lane = Lane.PORTRAITS


@dataclass(frozen=True, eq=False)
class Guess:
    """Name ink (page px)."""

    ink: Sketch

    lane = Lane.GUESS


@dataclass(frozen=True, eq=False)
class Thumbnails:
    """Draw every category once, in box units, in the order of the categories."""

    sampling: Sampling

    lane = Lane.THUMBNAILS


@dataclass(frozen=True, eq=False)
class Encode:
    """Find the codes of sketches.

    Attributes:
        inks: Page px, each boxed by itself.
        model: Whose codes; empty for the main one, as in the tasks below.
    """

    inks: tuple[Sketch, ...]
    model: str = ""

    lane = Lane.PLACE


@dataclass(frozen=True, eq=False)
class DrawCodes:
    """Draw codes (N, code), all with the same seed, in box units."""

    codes: npt.NDArray[np.float32]
    sampling: Sampling
    model: str = ""

    lane = Lane.LOOK


@dataclass(frozen=True, eq=False)
class Walk:
    """Draw the way from one code to another, ``count`` sketches with both ends, in box units."""

    a: Code
    b: Code
    count: int
    sampling: Sampling
    model: str = ""

    lane = Lane.LOOK


@dataclass(frozen=True, eq=False)
class LayOut:
    """Lay the codes of a model's typical drawings out as a map."""

    model: str = ""

    lane = Lane.STUDY


@dataclass(frozen=True, eq=False)
class RedrawEach:
    """Draw each ink (page px) anew, in its place and size; the seed of ink i is the seed + i."""

    inks: tuple[Sketch, ...]
    sampling: Sampling
    model: str = ""

    lane = Lane.STUDY


Exploring = Encode | DrawCodes | Walk | LayOut | RedrawEach
"""Tasks that may be asked of any model there is, and that wait for all others."""

Proposing = Complete | Redraw | Replace
"""What the model may be asked to propose about ink."""

Drawing = Blend | Strip | Portraits | Guess | Thumbnails
"""Tasks of the main model, which come first."""

Task = Proposing | Drawing | Exploring


@dataclass(frozen=True, eq=False)
class Request:
    """A task with its number; numbers grow.

    Attributes:
        id: The number.
        task: What to do.
        client: Who asks: one window's requests never replace another's.
    """

    id: int
    task: Task
    client: int = 0


@dataclass(frozen=True, eq=False)
class Progress:
    """What can be seen of a proposal so far, page px, sent before all of it is drawn.

    Attributes:
        id: Of the request.
        task: Of the request.
        drawn: A beginning of the result's first sketch, in whole strokes.
        model: Name of the model.
        whole: That sketch is all there; others may follow.
    """

    id: int
    task: Task
    drawn: Drawn
    model: str
    whole: bool = False


@dataclass(frozen=True, eq=False)
class Finished:
    """The whole result.

    Attributes:
        id: Of the request.
        task: Of the request.
        drawn: Of proposals every candidate, page px: the one that was told of while it was drawn,
            then the others, the best first; Blend (box units): one;
            Strip, Portraits: all; Thumbnails: one for each category; Guess: none.
        guesses: Guess: categories with their probabilities, likeliest first.
        seconds: What it took in the worker.
        model: Name of the model.
        codes: Blend, Strip, Portraits, DrawCodes, Walk: what each sketch was drawn from,
            (N, code); Encode: what was found; else None.
        shares: Encode: probability of each category, (N, C); else None.
        code_map: LayOut: the map; else None.
    """

    id: int
    task: Task
    drawn: tuple[Drawn, ...]
    guesses: tuple[tuple[str, float], ...]
    seconds: float
    model: str
    codes: Codes | None = None
    code_map: CodeMap | None = None
    shares: npt.NDArray[np.float32] | None = None


@dataclass(frozen=True, eq=False)
class Failed:
    """A request that came to nothing; the message is one line for the person."""

    id: int
    task: Task
    message: str


class Status(enum.StrEnum):
    """What the engine is doing."""

    LOADING = "loading"
    READY = "ready"
    BUSY = "busy"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EngineState:
    """The engine as the window shows it.

    Attributes:
        status: What it is doing.
        detail: One line: device when ready, reason when failed.
        categories: What the model has learnt; empty until it is loaded.
        model: Name of the model; empty until it is loaded.
        encoder: Models of which this is the same understand each other's codes.
        examples: So many typical drawings of each category it knows.
        loaded: How often weights were loaded: what was drawn by others is stale.
    """

    status: Status = Status.LOADING
    detail: str = ""
    categories: tuple[str, ...] = ()
    model: str = ""
    encoder: str = ""
    examples: int = 0
    loaded: int = 0

    @property
    def usable(self) -> bool:
        return self.status in (Status.READY, Status.BUSY)


def place(sketch: Sketch, box: Box) -> Sketch:
    """A sketch in box units, put on the page."""
    return tuple(box.to_page(stroke) for stroke in sketch)
