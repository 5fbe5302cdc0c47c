"""What the model proposed before: kept with a document, so that nothing good is lost for ever."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import Points

MOST = 48
"""So many are kept, beside the favourites; the oldest go first."""

MOST_FAVOURITES = 200

MOST_POINTS = 4_000
"""Of one of them, with the ink it was about: far more than the model draws."""

MOST_REPLACED = 500
"""A proposal that would replace more strokes than this adds where it is applied later."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class PastProposal:
    """One proposal that was shown. Equality is identity.

    Attributes:
        made: What made it.
        strokes: (N, 2) float32 each, page px.
        color: Of its ink, ``#rrggbb``.
        width: Of its lines, page px.
        ink: What it was about, simplified, (N, 2) float32 each, page px.
        replaces: Ids of the strokes that it would replace; none where it adds.
        accepted: Whether it became ink.
        favourite: Whether it is kept for good.
        id: Unique.
        unknown: As in `Stroke`.
    """

    made: Provenance
    strokes: tuple[Points, ...]
    color: str
    width: float
    ink: tuple[Points, ...] = ()
    replaces: tuple[str, ...] = ()
    accepted: bool = False
    favourite: bool = False
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    unknown: str = ""

    @property
    def points(self) -> int:
        """How many there are, those of the ink included."""
        return sum(map(len, (*self.strokes, *self.ink)))


@dataclass(frozen=True, slots=True)
class ProposalChange:
    """A proposal is marked, or discarded: one step of the history, which others may come between.

    Attributes:
        proposal: Which, as it was.
        index: Its place among the others, before or after.
        before: Whether it was a favourite; None where it was not there.
        after: Whether it is one; None where it is gone.
        name: What the history shows, in the imperative.
    """

    proposal: PastProposal
    index: int
    before: bool | None
    after: bool | None
    name: str

    def apply(self, proposals: Sequence[PastProposal]) -> tuple[PastProposal, ...]:
        """The proposals after it; one that has been crowded out meanwhile stays away."""
        changed = list(proposals)
        at = next((i for i, one in enumerate(changed) if one.id == self.proposal.id), None)
        if self.after is None:
            return tuple(one for one in changed if one.id != self.proposal.id)
        if at is not None:
            changed[at] = replace(changed[at], favourite=self.after)
        elif self.before is None:
            changed.insert(self.index, replace(self.proposal, favourite=self.after))
        return tuple(changed)

    def inverse(self) -> ProposalChange:
        """The change that takes this one back."""
        return replace(self, before=self.after, after=self.before)


def bounded(proposals: Iterable[PastProposal]) -> tuple[PastProposal, ...]:
    """As many as may be kept, in their order, oldest first."""
    kept = list(proposals)
    for favourite, most in ((False, MOST), (True, MOST_FAVOURITES)):
        alike = [one for one in kept if one.favourite is favourite]
        for one in alike[: max(0, len(alike) - most)]:
            kept.remove(one)
    return tuple(kept)
