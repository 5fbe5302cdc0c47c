"""Proposals in the worker: the first candidate is shown while it is drawn, the others after it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sketchstudio.core.sampling import Drawn
from sketchstudio.engine.messages import Complete, Finished, Progress, Proposing, Redraw

if TYPE_CHECKING:
    from sketchstudio.model.drafts import Draft
    from sketchstudio.model.sampling import Decode
    from sketchstudio.model.studio import Studio

TELL_EVERY = 0.008
"""Seconds from one look at a sketch under way to the next: half a frame."""

Stop = Callable[[], None]
"""Raises when the request is not wanted any more, or something more urgent is."""


def propose(
    id: int, task: Proposing, studio: Studio, stop: Stop, tell: Callable[[Progress], None]
) -> Finished:
    """Draw the candidates of a proposal; ``seconds`` of the answer is left open.

    The first is drawn alone and told stroke by stroke, since somebody waits for it. The others are
    drawn together and come after it, the best first: what is seen already stays. Where the best is
    worth waiting for, all are drawn together, and it is the first.

    Raises:
        SketchError: Ink that cannot be a sketch.
    """
    from sketchstudio.model import drafts

    draft = _draft(task, studio)
    temperature, name = task.sampling.temperature, studio.config.name
    shown = slice(task.strokes if isinstance(task, Complete) else None)
    begun = Drawn((), draft.seeds[0], False, draft.told[0], draft.codes[0])
    told_at = 0.0

    def look(decode: Decode) -> None:
        nonlocal told_at
        stop()
        if time.perf_counter() - told_at >= TELL_EVERY and (whole := decode.whole_strokes()[shown]):
            tell(Progress(id, task, replace(begun, strokes=draft.place(whole)), name))
            told_at = time.perf_counter()

    def cut(drawn: Sequence[Drawn]) -> tuple[Drawn, ...]:
        return tuple(replace(one, strokes=one.strokes[shown]) for one in drawn)

    def ranked(which: slice) -> tuple[Drawn, ...]:
        (some,) = drafts.draw(studio, [draft], temperature, lambda _: stop(), which)
        return cut(drafts.ranked(studio, draft, some, stop))  # by what they come to in the end

    if draft.best_first:
        every = ranked(slice(None))
        tell(Progress(id, task, every[0], name, whole=True))
        return Finished(id, task, every, (), 0.0, name)
    (first,) = cut(drafts.draw(studio, [draft], temperature, look, slice(0, 1))[0])
    tell(Progress(id, task, first, name, whole=True))
    return Finished(id, task, (first, *ranked(slice(1, None))), (), 0.0, name)


def _draft(task: Proposing, studio: Studio) -> Draft:
    from sketchstudio.model import drafts

    ink, seed, count, reach = task.ink, task.sampling.seed, task.candidates, task.reach
    if isinstance(task, Complete):
        (draft,) = drafts.completions(studio, [ink], [seed], count, task.category, reach=reach)
    elif isinstance(task, Redraw):
        (draft,) = drafts.redrawings(studio, [ink], [seed], count, reach)
    else:
        draft = drafts.replacements(studio, ink, seed, count, task.category, reach)
    like = task.like
    if like is None or like.code is None:
        return draft
    return drafts.alike(draft, like.code, like.seed, like.category)
