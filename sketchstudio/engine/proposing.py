"""Proposals in the worker: the best of the first is shown at once, the others after it."""

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

    Somebody waits for the first, so no more are drawn before it is told than make it better: one
    alone is told stroke by stroke. The others come after it, the best first: what is seen already
    stays.

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

    def drawn(which: slice, see: Callable[[Decode], None]) -> list[Drawn]:
        return drafts.draw(studio, [draft], temperature, see, which)[0]

    def ranked(some: Sequence[Drawn]) -> list[Drawn]:
        return drafts.ranked(studio, draft, some, stop)  # by what they come to in the end

    some = drawn(slice(draft.first_of), look if draft.first_of == 1 else lambda _: stop())
    best, *others = ranked(some)
    (first,) = cut([best])
    tell(Progress(id, task, first, name, whole=True))
    if rest := drawn(slice(draft.first_of, None), lambda _: stop()):
        others = ranked([*others, *rest])
    return Finished(id, task, (first, *cut(others)), (), 0.0, name)


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
