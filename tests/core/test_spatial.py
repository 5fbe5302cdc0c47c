from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sketchstudio.core.spatial import GridIndex
from sketchstudio.core.stroke import Bounds

number = st.floats(-5000, 5000)
size = st.floats(0, 3000)
boxes = st.builds(lambda x, y, w, h: Bounds(x, y, x + w, y + h), number, number, size, size)


@settings(max_examples=60, deadline=None)
@given(st.lists(boxes, max_size=20), st.sets(st.integers(0, 19)), boxes)
def test_query_equals_looking_at_every_box(stored, removed, wanted):
    """The grid finds what a look at each box finds, after removals and replacements, too."""
    index = GridIndex(cell=100)
    there: dict[str, Bounds] = {}
    for i, box in enumerate(stored):
        index.insert(str(i // 2), box)
        there[str(i // 2)] = box
    for i in removed:
        index.remove(str(i))
        there.pop(str(i), None)
    assert index.query(wanted) == {k for k, box in there.items() if box.intersects(wanted)}
    assert len(index) == len(there)
