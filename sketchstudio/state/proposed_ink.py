"""A sketch of the model as ink: in the look of the person's, with what made it."""

from __future__ import annotations

from dataclasses import replace

from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.sampling import Drawn
from sketchstudio.core.stroke import EVENED, Origin, Stroke, StrokeStyle
from sketchstudio.engine.messages import Complete, Proposing, Redraw, Replace
from sketchstudio.system.language import mark

ACTIONS: dict[type[Proposing], str] = {
    Complete: "complete",
    Redraw: "redraw",
    Replace: "replace",
}
"""What provenance calls it."""

STEPS: dict[type[Proposing], str] = {
    Complete: mark("Accept completion"),
    Redraw: mark("Accept redrawing"),
    Replace: mark("Accept replacement"),
}
"""What the history calls it when it is accepted."""


def proposed_ink(
    drawn: Drawn, task: Proposing, model: str, like: StrokeStyle, begun: tuple[Stroke, ...] = ()
) -> tuple[Stroke, ...]:
    """Strokes of a candidate.

    Args:
        drawn: The candidate, page px.
        task: What was asked for.
        model: Name of the model that drew it.
        like: The person's ink.
        begun: Its first strokes, where they are made already.
    """
    made = Provenance(
        model,
        ACTIONS[type(task)],
        drawn.seed,
        task.sampling.temperature,
        (drawn.category,) if drawn.category else (),
        code=packed_code(drawn.code),
    )
    style = replace(like, smoothing=EVENED, grain=1.0)
    new = drawn.strokes[len(begun) :]
    return begun + tuple(Stroke.from_points(one, style, Origin.MODEL, made) for one in new)
