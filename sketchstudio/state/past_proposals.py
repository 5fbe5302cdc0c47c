"""The proposals of before: to be taken after all, marked as favourites, or discarded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from sketchstudio.core.edits import add_strokes, replace_strokes
from sketchstudio.core.past_proposal import (
    MOST_POINTS,
    MOST_REPLACED,
    PastProposal,
    ProposalChange,
)
from sketchstudio.core.sketch_codec import Box, Coordinates, boxed
from sketchstudio.core.stroke import EVENED, Origin, Stroke, StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.system.language import mark

STEPS = {
    "complete": mark("Apply completion"),
    "redraw": mark("Apply redrawing"),
    "replace": mark("Apply replacement"),
}
"""What the history calls it, by the proposal's action."""

_MOST_INK = 5 * MOST_POINTS  # points; more are not looked at: this is done as the pen touches


class PastProposals(QObject):
    """What a session remembers of its proposals.

    Args:
        session: Keeps them.

    Signals:
        changed: They are others.
    """

    changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        session.proposals_changed.connect(self.changed)

    @property
    def all(self) -> tuple[PastProposal, ...]:
        """Oldest first."""
        return self._session.proposals

    def remember(
        self, strokes: Sequence[Stroke], ink: Sequence[Stroke], replaces: bool, accepted: bool
    ) -> None:
        """Keep a proposal that was shown, or note that one was accepted after all.

        Args:
            strokes: Its strokes, all with their provenance.
            ink: What it was about.
            replaces: Whether it takes the ink's place.
            accepted: Whether it became ink.
        """
        made, style = strokes[0].provenance, strokes[0].style
        assert made is not None
        room = MOST_POINTS - sum(len(stroke.points) for stroke in strokes)
        if room < 0:
            return
        known = next((one for one in reversed(self.all) if one.made == made), None)
        new = PastProposal(
            made,
            tuple(stroke.points for stroke in strokes),
            style.color,
            style.width,
            _simplified([stroke.points for stroke in ink], room),
            tuple(stroke.id for stroke in ink) if replaces and len(ink) <= MOST_REPLACED else (),
            accepted,
        )
        others = self.all
        if known is not None and _same(known, new):  # shown again, as by undo and the same seed
            new = replace(
                new, id=known.id, favourite=known.favourite, accepted=accepted or known.accepted
            )
            others = tuple(one for one in others if one is not known)
        self._session.set_proposals((*others, new))

    def set_favourite(self, proposal: PastProposal, favourite: bool) -> None:
        """Keep it for good, or as long as there is room; one undo step."""
        step = mark("Mark favourite") if favourite else mark("Unmark favourite")
        self._change(proposal, favourite, step)

    def discard(self, proposal: PastProposal) -> None:
        """Forget it; one undo step."""
        self._change(proposal, None, mark("Discard proposal"))

    def apply(self, proposal: PastProposal) -> bool:
        """Make it ink of the active layer, in one step.

        It takes the place of the ink that it was about, as far as that is still there.

        Returns:
            False where the layer is locked or hidden.
        """
        style = StrokeStyle(proposal.color, proposal.width, pressure=False, smoothing=EVENED)
        strokes = [
            Stroke.from_points(points, style, Origin.MODEL, proposal.made)
            for points in proposal.strokes
        ]
        layer, step = self._session.active_layer, STEPS.get(proposal.made.action, STEPS["complete"])
        there = {stroke.id for stroke in layer.strokes} & set(proposal.replaces)
        if there:
            edit = replace_strokes(layer, there, strokes, step)
        else:
            edit = add_strokes(layer, strokes, step)
        if not self._session.execute(edit):
            return False
        accepted = replace(proposal, accepted=True)
        self._session.set_proposals(accepted if one is proposal else one for one in self.all)
        return True

    def _change(self, proposal: PastProposal, favourite: bool | None, step: str) -> None:
        index = self.all.index(proposal)
        change = ProposalChange(proposal, index, proposal.favourite, favourite, step)
        self._session.change_proposal(change)


def _same(one: PastProposal, other: PastProposal) -> bool:
    return len(one.strokes) == len(other.strokes) and all(
        np.array_equal(a, b) for a, b in zip(one.strokes, other.strokes, strict=True)
    )


def _simplified(ink: Sequence[Coordinates], room: int) -> tuple[np.ndarray, ...]:
    """Ink with as few points as show it, page px; nothing where that is more than ``room``."""
    if sum(map(len, ink)) > _MOST_INK:
        return ()
    box = Box.around(ink)
    simple = boxed(ink, box)
    if sum(map(len, simple)) > room:
        return ()
    return tuple(box.to_page(points).astype(np.float32) for points in simple)
