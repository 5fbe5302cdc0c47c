"""The things on a page: strokes that belong together by where they lie."""

from __future__ import annotations

from collections.abc import Sequence

from sketchstudio.core.stroke import Bounds, Stroke

_REACH = 0.08  # of the larger of two boxes: whiskers leave a head, suns have rays apart
_LEAST_REACH = 4.0  # page px


def objects_of(strokes: Sequence[Stroke]) -> list[tuple[Stroke, ...]]:
    """Groups of strokes whose boxes meet or nearly do, each in drawing order.

    Args:
        strokes: In drawing order.

    Returns:
        The groups, by their first strokes.
    """
    groups: list[tuple[list[int], Bounds]] = []
    for index, stroke in enumerate(strokes):
        members, box = [index], stroke.bounds
        apart = []
        while True:  # a group that grew may reach others
            for other in groups:
                if _meet(box, other[1]):
                    members, box = other[0] + members, box.united(other[1])
                else:
                    apart.append(other)
            if len(apart) == len(groups):
                break
            groups, apart = apart, []
        groups.append((members, box))
    ordered = sorted(sorted(members) for members, _ in groups)
    return [tuple(strokes[i] for i in members) for members in ordered]


def _meet(one: Bounds, other: Bounds) -> bool:
    largest = max(one.width, one.height, other.width, other.height)
    return one.expanded(max(_REACH * largest, _LEAST_REACH)).intersects(other)
