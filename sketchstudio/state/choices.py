"""The alternatives of a proposal: places that are filled one by one, some of them pinned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sketchstudio.core.sampling import Drawn


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from.

    Attributes:
        places: An alternative each, or None while it is being drawn.
        chosen: Which of them is shown; None while the one that shall be is not there.
        pinned: Those that stay when the others are drawn anew.
    """

    places: tuple[Drawn | None, ...] = ()
    chosen: int | None = None
    pinned: frozenset[Drawn] = frozenset()

    @property
    def there(self) -> tuple[Drawn, ...]:
        """The alternatives that are drawn."""
        return tuple(one for one in self.places if one is not None)

    @property
    def current(self) -> Drawn | None:
        """The one that is shown."""
        return None if self.chosen is None else self.places[self.chosen]

    @property
    def free(self) -> int:
        """Places without an alternative."""
        return self.places.count(None)

    def emptied(self, count: int, keep: Drawn | None = None) -> Choices:
        """``count`` places with those that are pinned, each where it was, and one more to keep.

        The one to keep stays shown; else nothing is.
        """
        stays = self.pinned if keep is None else self.pinned | {keep}
        before = (*self.places, *[None] * count)[:count]
        places = tuple(one if one in stays else None for one in before)
        return Choices(places, None if keep is None else places.index(keep), self.pinned)

    def filled(self, drawn: Sequence[Drawn]) -> Choices:
        """With these in the free places, but for those that are there already.

        Where nothing is shown, the first of them is.
        """
        new = iter([one for one in drawn if one not in self.places])
        places = tuple(next(new, None) if one is None else one for one in self.places)
        chosen = self.chosen
        if chosen is None and drawn and drawn[0] in places:
            chosen = places.index(drawn[0])
        return replace(self, places=places, chosen=chosen)

    def stepped(self, by: int) -> Choices:
        """Another alternative is shown, that many after it; beyond the last comes the first."""
        if self.chosen is None:
            return self
        there = [i for i, one in enumerate(self.places) if one is not None]
        return replace(self, chosen=there[(there.index(self.chosen) + by) % len(there)])

    def at(self, place: int) -> Choices:
        """The alternative of that place is shown, where there is one."""
        if not 0 <= place < len(self.places) or self.places[place] is None:
            return self
        return replace(self, chosen=place)

    def with_pin(self, one: Drawn, pinned: bool) -> Choices:
        """With an alternative pinned or not."""
        return replace(self, pinned=self.pinned | {one} if pinned else self.pinned - {one})
