"""What candidates are drawn from: codes, seeds and ink to go on from, before a line is drawn.

A draft belongs to one drawing. Its candidates can be drawn a few at a time, each alike whatever
is drawn beside it, so that the first is there long before the others.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sampling import Drawn
from sketchstudio.core.sketch_codec import Box, Coordinates, Polylines, boxed, checked
from sketchstudio.model.becoming import spread
from sketchstudio.model.blending import moved
from sketchstudio.model.latent import unit_rms
from sketchstudio.model.sampling import Decode, Primer

if TYPE_CHECKING:
    from sketchstudio.model.studio import Studio

Codes = npt.NDArray[np.float32]
OnStep = Callable[[Decode], None]
Score = Callable[[Sequence[Polylines], Codes], Codes]

CANDIDATE_STRIDE = 100_003
"""Candidate k of a drawing has its seed plus k times this, far from its neighbours' seeds."""

ALIKE = 0.2
"""How far codes like another lie from it, in its own size, in any direction."""

AT_ONCE = 9
"""Candidates are ranked so many at a time, with a moment to say stop twice in each."""

AT_FIRST = 3
"""The best of so many is shown first: of completions, the best of more is named right no more
often (see the model card)."""

_ALIKE_SURE = 0.05  # names as sure as that, more or less, are as good: the first seed goes first
_AIM, _NOISE = 2, 3  # random numbers of their own, beside the decoder's


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """The candidates of one drawing.

    Attributes:
        codes: (K, code), one for each.
        seeds: K of them.
        told: What each is told to become; None leaves it to the model.
        box: Where the drawing lies.
        start: Ink in box units that they go on from; none where they stand alone.
        primer: The same for the decoder.
        score: Of whole drawings in their own boxes (N) and their codes (N, code); higher is better.
        fitted: Whether they take the box's place and size, and not those of the code.
        first_of: The best of so many is worth waiting for; one alone is shown while it is drawn.
    """

    codes: Codes
    seeds: tuple[int, ...]
    told: tuple[str | None, ...]
    box: Box
    score: Score
    start: Polylines
    primer: Primer | None = None
    fitted: bool = False
    first_of: int = 1

    def place(self, sketch: Sequence[Coordinates]) -> tuple[Coordinates, ...]:
        """A candidate in box units, put where the drawing lies."""
        if self.fitted and sketch:
            own = Box.around(sketch)
            sketch = [own.to_box(points) for points in sketch]
        return tuple(self.box.to_page(points) for points in sketch)

    def whole(self, drawn: Drawn) -> Polylines:
        """A candidate where it belongs with the ink it goes on from, in a box of their own."""
        sketch = [*self.start, *(self.box.to_box(points) for points in drawn.strokes)]
        return boxed(sketch, Box.around(sketch))


def redrawings(
    studio: Studio,
    sketches: Sequence[Sequence[npt.ArrayLike]],
    seeds: Sequence[int],
    candidates: int,
    reach: float = 0.0,
) -> list[Draft]:
    """Each sketch anew, in its place and size; the nearer its code, the better.

    Args:
        studio: The model.
        sketches: In any units.
        seeds: One for each.
        candidates: So many of each.
        reach: How much of the way their codes go from the sketch's to other drawings', 0 to 1.

    Raises:
        SketchError: One of them is not a sketch.
    """
    drafts = []
    for (start, box, code), seed in zip(_read(studio, sketches), seeds, strict=True):
        own = _seeds(seed, candidates)
        shares = studio.guess_boxed([start], code[None])
        codes = np.repeat(studio.becoming.clearer(code[None], shares), candidates, axis=0)
        if reach > 0:
            aims = [_aim(studio, shares[0], each, reach) for each in own]
            codes = _towards(studio, codes, aims, reach)

        def score(_: Sequence[Polylines], others: Codes, code: Codes = code) -> Codes:
            return np.asarray(-np.mean((others - code) ** 2, axis=1))

        none, first_of = (None,) * candidates, min(AT_FIRST, candidates)
        drafts.append(Draft(codes, own, none, box, score, [], first_of=first_of))
    return drafts


def completions(
    studio: Studio,
    sketches: Sequence[Sequence[npt.ArrayLike]],
    seeds: Sequence[int],
    candidates: int,
    category: str | None = None,
    lifted: bool = True,
    reach: float = 0.0,
) -> list[Draft]:
    """What each sketch lacks; the more it then looks like its category, the better.

    Args:
        studio: The model.
        sketches: In any units.
        seeds: One for each.
        candidates: So many of each.
        category: What they shall become. None leaves it to the model, which tells itself what
            the ink looks like; of several candidates the more of them, the likelier it is. Those
            are better, then, that look like something the ink was likely to become.
            A model that has no marks for it draws on from the ink's code alone, or where a
            category is given from the category's.
        lifted: The pen was lifted at the end. False lets the model go on with a last stroke
            that may have been cut; what it adds to it then starts at its last point.
        reach: As of `redrawings`; with it, less likely categories are told, too.

    Raises:
        SketchError: One of them is not a sketch.
        UnknownCategory: The model has not learnt the category.
    """
    wanted = None if category is None else studio.category_index(category)
    drafts = []
    for (start, box, code), seed in zip(_read(studio, sketches), seeds, strict=True):
        own = _seeds(seed, candidates)
        shares = studio.guess_boxed([start], code[None])
        likely = _flattened(shares, reach)
        told = np.full(candidates, 0 if wanted is None else 1 + wanted)
        if wanted is None and studio.becoming.tells:
            told = spread(likely, candidates)[0]
        codes = np.repeat(code[None], candidates, axis=0)
        if reach > 0:
            aims = [
                _example(studio, row - 1, each) if row else _aim(studio, shares[0], each, reach)
                for row, each in zip(told.tolist(), own, strict=True)
            ]
            codes = _towards(studio, codes, aims, reach)
        marked = studio.becoming.marked(codes, told[:, None])[:, 0]
        names = tuple(studio.config.categories[row - 1] if row else None for row in told.tolist())
        score = _likeness(studio, np.sqrt(likely[0]) if wanted is None else _only(studio, wanted))
        primer = studio.primer(start, lifted)
        first_of = min(AT_FIRST, candidates) if wanted is None else candidates
        drafts.append(Draft(marked, own, names, box, score, start, primer, first_of=first_of))
    return drafts


def replacements(
    studio: Studio,
    sketch: Sequence[npt.ArrayLike],
    seed: int,
    candidates: int,
    category: str | None = None,
    reach: float = 0.0,
) -> Draft:
    """Other drawings of a category, in the place and size of a sketch.

    Args:
        studio: The model.
        sketch: In any units.
        seed: Of the first.
        candidates: So many.
        category: Of what; None is what the sketch looks like most.
        reach: 0 takes the typical drawings most like the sketch first, 1 any.

    Raises:
        SketchError: It is not a sketch.
        UnknownCategory: The model has not learnt the category.
    """
    ((start, box, code),) = _read(studio, [sketch])
    if category is None:
        wanted = int(studio.guess_boxed([start], code[None])[0].argmax())
    else:
        wanted = studio.category_index(category)
    examples = studio.exemplar_codes[wanted]
    alike = np.argsort(-(unit_rms(examples) @ code), kind="stable")
    own = _seeds(seed, candidates)
    codes = np.empty((candidates, len(code)), dtype=np.float32)
    for k, each in enumerate(own):
        rng = np.random.default_rng([each, _AIM])
        jump = int(reach * rng.uniform(0, len(examples)))
        one, other = examples[alike[(k + jump) % len(alike)]], examples[rng.integers(len(alike))]
        codes[k] = studio.between(one, other, [rng.uniform(0, 0.5)])[0]
    names = (studio.config.categories[wanted],) * candidates
    score = _likeness(studio, _only(studio, wanted))
    return Draft(codes, own, names, box, score, [], fitted=True, first_of=candidates)


def alike(draft: Draft, code: Codes, seed: int, told: str | None) -> Draft:
    """The same drawing's candidates round the code (code,) of one of them, from its seed."""
    codes = np.empty_like(draft.codes)
    size = float(np.sqrt(np.mean(code * code)))
    for k, each in enumerate(draft.seeds):
        noise = np.random.default_rng([each, _NOISE]).standard_normal(len(code), dtype=np.float32)
        codes[k] = moved(code, np.float32(ALIKE * size) * noise)
    count = len(draft.seeds)
    return replace(draft, codes=codes, seeds=(seed,) * count, told=(told,) * count)


def draw(
    studio: Studio,
    drafts: Sequence[Draft],
    temperature: float,
    on_step: OnStep | None = None,
    which: slice = slice(None),
) -> list[list[Drawn]]:
    """Candidates of each draft, all at once and where they belong, in their order.

    Args:
        studio: The model.
        drafts: Either all go on from ink, or none.
        temperature: See `core.sampling.Sampling`.
        on_step: Called after every point; stops it by raising.
        which: Of the candidates.
    """
    rows = [(d, k) for d in drafts for k in range(len(d.seeds))[which]]
    primers = [d.primer for d, _ in rows if d.primer is not None]
    drawn = iter(
        studio.sketches(
            np.stack([d.codes[k] for d, k in rows]),
            [d.seeds[k] for d, k in rows],
            temperature,
            primers or None,
            on_step,
        )
        if rows
        else []
    )
    return [
        [
            replace(one, strokes=draft.place(one.strokes), category=draft.told[k])
            for k, one in zip(range(len(draft.seeds))[which], drawn, strict=False)
        ]
        for draft in drafts
    ]


def _go_on() -> None:
    """Nobody says stop."""


def ranked(
    studio: Studio, draft: Draft, drawn: Sequence[Drawn], between: Callable[[], None] = _go_on
) -> list[Drawn]:
    """Candidates that are finished first, then by their score; the best is the first.

    Args:
        studio: The model.
        draft: Theirs.
        drawn: Where they belong.
        between: Called now and then; stops it by raising.
    """
    if len(drawn) < 2:
        return list(drawn)
    ranks = []
    for at in range(0, len(drawn), AT_ONCE):
        between()
        part = drawn[at : at + AT_ONCE]
        wholes = [draft.whole(one) for one in part]
        codes = studio.encode_boxed(wholes)
        between()
        scores = draft.score(wholes, codes).tolist()
        ranks += [(one.finished, score) for one, score in zip(part, scores, strict=True)]
    order = sorted(range(len(ranks)), key=ranks.__getitem__, reverse=True)
    return [drawn[k] for k in order]


def _read(
    studio: Studio, sketches: Sequence[Sequence[npt.ArrayLike]]
) -> list[tuple[Polylines, Box, Codes]]:
    """Each in box units, its box and its code (code,)."""
    inks = [checked(sketch) for sketch in sketches]
    boxes = [Box.around(ink) for ink in inks]
    codes = studio.encode(inks, boxes)
    starts = [boxed(ink, box) for ink, box in zip(inks, boxes, strict=True)]
    return list(zip(starts, boxes, codes, strict=True))


def _seeds(seed: int, candidates: int) -> tuple[int, ...]:
    return tuple(seed + k * CANDIDATE_STRIDE for k in range(candidates))


def _flattened(shares: Codes, reach: float) -> Codes:
    """Probabilities (N, C) that are the less far apart, the farther the reach."""
    flat = np.maximum(shares, 1e-9) ** (1 - min(reach, 1.0))
    return np.asarray(flat / flat.sum(axis=1, keepdims=True), dtype=np.float32)


def _aim(studio: Studio, shares: Codes, seed: int, reach: float) -> Codes:
    """The code of a typical drawing, of a category that is likely by ``shares`` (C,)."""
    votes = _flattened(shares[None], reach)[0].astype(np.float64)
    rng = np.random.default_rng([seed, _AIM])
    return _example(studio, int(rng.choice(len(votes), p=votes / votes.sum())), seed)


def _example(studio: Studio, category: int, seed: int) -> Codes:
    examples = studio.exemplar_codes[category]
    rng = np.random.default_rng([seed, _AIM, category])
    return np.asarray(examples[rng.integers(len(examples))])


def _towards(studio: Studio, codes: Codes, aims: Sequence[Codes], reach: float) -> Codes:
    """Codes (K, code), each a share of the way to its aim."""
    pairs = zip(codes, aims, strict=True)
    return np.concatenate([studio.between(code, aim, [reach]) for code, aim in pairs])


def _only(studio: Studio, category: int) -> Codes:
    return np.asarray(np.arange(len(studio.config.categories)) == category, dtype=np.float32)


def _likeness(studio: Studio, wanted: Codes) -> Score:
    """How much drawings are of one category, as far as that is ``wanted`` (C,)."""

    def score(sketches: Sequence[Polylines], codes: Codes) -> Codes:
        sure = (studio.guess_boxed(sketches, codes) * wanted).max(axis=1)
        return np.asarray(np.round(sure / _ALIKE_SURE))

    return score
