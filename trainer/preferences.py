"""What a model likes better of what it draws itself, told by its own guess.

It redraws and completes people's training drawings, several times each, just as in the app. Of the
candidates of one drawing some are seen at once for what they should be, others are not: such two
make a pair to learn from (`trainer.refining`). The judge of ``evaluate`` has no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sampling import Drawn
from sketchstudio.core.sketch_codec import Polylines, join, split
from sketchstudio.core.stroke import Points
from sketchstudio.model import drafts
from sketchstudio.model.drafts import Draft
from sketchstudio.model.sampling import Primer
from sketchstudio.model.studio import Studio
from trainer.evaluation.held_out import beginning
from trainer.sketches import Sketches

_DRAWN_AT_ONCE = 8  # drawings, with all their candidates
_ENDLESS = 10  # points more than the better one's are kept of a candidate that does not end
_LONGEST = 180  # points of a pair's sketches: few are longer, and all are padded to the longest


@dataclass(frozen=True, slots=True)
class Taste:
    """How candidates are drawn, and which two of them make a pair.

    Attributes:
        candidates: Of each drawing.
        temperature: They are drawn at.
        begun: Share of drawings that are completed, their category given; others are redrawn.
        shortest: A beginning has at least this share of the points.
        longest: And at most this one.
        apart: The better one's score is this much higher. Of a completion it is the probability
            of its category.
        brief: So much is taken off for each point: what a few strokes say need not be said by many,
            and who adds leg after leg to a horse comes to no end.
        likeness: Of a redraw, so much times the mean squared distance of its code from the
            drawing's is taken off: it shall also be that drawing.
        pairs: At most so many of one drawing, the best with the worst first.
    """

    candidates: int = 9
    temperature: float = 0.1
    begun: float = 0.65
    shortest: float = 0.2
    longest: float = 0.8
    apart: float = 0.2
    brief: float = 0.004
    likeness: float = 0.5
    pairs: int = 2


@dataclass(frozen=True, slots=True, eq=False)
class Pair:
    """Two candidates of one drawing, whole and in the units of their code's box.

    Attributes:
        code: (code,) that both were drawn from.
        better: The one that is more like what it should be.
        worse: The other.
        given: So many of their first points are the person's.
        open: The pen had not surely been lifted after those.
        ended: Whether the worse one was brought to an end; if not, these are its first points.
    """

    code: npt.NDArray[np.float32]
    better: Polylines
    worse: Polylines
    given: int = 0
    open: bool = False
    ended: bool = True

    @property
    def drawn(self) -> int:
        """Steps in which the model drew the better one, its end among them."""
        return sum(map(len, self.better)) - self.given + 1

    @property
    def longest(self) -> int:
        """Points of the longer one."""
        return max(sum(map(len, sketch)) for sketch in (self.better, self.worse))


@dataclass(frozen=True, slots=True)
class Liked:
    """The pairs, and how the candidates were that they are from.

    Attributes:
        pairs: In no order.
        first: Mean score of the first candidates: what one try is worth.
        best: Of the best of each drawing.
        ended: Share of all candidates that the model brought to an end.
    """

    pairs: list[Pair]
    first: float
    best: float
    ended: float


def preferences(
    studio: Studio,
    sketches: Sketches,
    count: int,
    rng: np.random.Generator,
    taste: Taste | None = None,
    on_drawn: Callable[[int], None] = lambda _: None,
) -> Liked:
    """Redraw and complete ``count`` drawings, of all categories as often, and find pairs.

    Args:
        studio: The model.
        sketches: People's, of categories that it has learnt.
        count: So many of them are drawn.
        rng: Chooses them.
        taste: How.
        on_drawn: Told how many have been drawn since it was last told.
    """
    taste = taste or Taste()
    members = [np.flatnonzero(sketches.labels == label) for label in np.unique(sketches.labels)]
    liked: list[Pair] = []
    firsts, bests, ends = [], [], []
    for start in range(0, count, _DRAWN_AT_ONCE):
        chosen = [
            int(rng.choice(members[rng.integers(len(members))]))
            for _ in range(min(_DRAWN_AT_ONCE, count - start))
        ]
        for group in _drafted(studio, sketches, chosen, rng, taste):
            for draft, drawn, scores in _scored(studio, group, taste):
                liked += _pairs(draft, drawn, scores, taste)
                firsts.append(scores[0])
                bests.append(scores.max())
                ends.append(np.mean([one.finished for one in drawn]))
        on_drawn(len(chosen))
    return Liked(liked, float(np.mean(firsts)), float(np.mean(bests)), float(np.mean(ends)))


_Drafted = tuple[Draft, int]
"""A draft, and the category it should be of."""


def _drafted(
    studio: Studio,
    sketches: Sketches,
    chosen: Sequence[int],
    rng: np.random.Generator,
    taste: Taste,
) -> list[list[_Drafted]]:
    """Completions and redraws of some drawings, apart: they cannot be drawn together."""
    begun: list[_Drafted] = []
    anew: list[_Drafted] = []
    for i in chosen:
        name, seed = sketches.categories[sketches.labels[i]], int(rng.integers(2**30))
        label = studio.category_index(name)
        if rng.random() < taste.begun:
            share = float(rng.uniform(taste.shortest, taste.longest))
            ink, lifted = beginning(sketches.polylines(i), share)
            (draft,) = drafts.completions(studio, [ink], [seed], taste.candidates, name, lifted)
            begun.append((draft, label))
        else:
            ink = sketches.polylines(i)
            (draft,) = drafts.redrawings(studio, [ink], [seed], taste.candidates)
            anew.append((draft, label))
    return [group for group in (begun, anew) if group]


def _scored(
    studio: Studio, group: Sequence[_Drafted], taste: Taste
) -> Iterator[tuple[Draft, list[Drawn], npt.NDArray[np.float32]]]:
    """Each draft with its candidates and their scores; higher is better."""
    drawn = drafts.draw(studio, [draft for draft, _ in group], taste.temperature)
    wholes = [draft.whole(one) for (draft, _), of in zip(group, drawn, strict=True) for one in of]
    codes = studio.encode_boxed(wholes)
    shares = studio.guess_boxed(wholes, codes)
    for k, ((draft, label), of) in enumerate(zip(group, drawn, strict=True)):
        its = slice(k * taste.candidates, (k + 1) * taste.candidates)
        lengths = [sum(map(len, one.strokes)) for one in of]
        scores = shares[its, label] - taste.brief * np.array(lengths, dtype=np.float32)
        if draft.primer is None:  # its own score is how near the codes are to the drawing's
            scores = scores + taste.likeness * draft.score(wholes[its], codes[its])
        yield draft, of, scores


def _pairs(
    draft: Draft, drawn: Sequence[Drawn], scores: npt.NDArray[np.float32], taste: Taste
) -> list[Pair]:
    """The best with one without end, and with the worst; then the second best with the next."""
    ranked = np.argsort(-scores, kind="stable").tolist()
    ended = [k for k in ranked if drawn[k].finished]
    endless = [k for k in ranked if not drawn[k].finished]
    found = [(ended[0], endless[0])] if ended and endless else []
    matched = zip(ended[: len(ended) // 2], reversed(ended), strict=False)
    found += [(a, b) for a, b in matched if scores[a] - scores[b] >= taste.apart][: taste.pairs]
    pairs = []
    for better, worse in found:
        ends = drawn[worse].finished
        given, is_open = (
            (0, False) if draft.primer is None else (len(draft.primer.points), draft.primer.open)
        )
        good = _sketch(draft, drawn[better])
        most = sum(map(len, good)) + _ENDLESS
        pair = Pair(
            draft.codes[better],
            good,
            _sketch(draft, drawn[worse], None if ends else most),
            given,
            is_open,
            ends,
        )
        if pair.longest <= _LONGEST:
            pairs.append(pair)
    return pairs


def _sketch(draft: Draft, drawn: Drawn, most: int | None = None) -> Polylines:
    """The first points of a candidate with the ink it goes on from, as the decoder was fed both."""
    points, lifts = join([draft.box.to_box(stroke) for stroke in drawn.strokes])
    if draft.primer is not None:
        points, lifts = _after(draft.primer, points, lifts)
    return split(points[:most], lifts[:most])


def _after(
    primer: Primer, points: Points, lifts: npt.NDArray[np.bool_]
) -> tuple[Points, npt.NDArray[np.bool_]]:
    """Ink after a primer's, whose last stroke it may go on with."""
    lifted = primer.lifts.copy()
    lifted[-1] = True
    if primer.open and np.allclose(points[0], primer.points[-1], atol=1e-4):
        lifted[-1], points, lifts = False, points[1:], lifts[1:]
    return np.concatenate([primer.points, points]), np.concatenate([lifted, lifts])
