"""What floats over the canvas keeps out of the way."""

from __future__ import annotations

from sketchstudio.core.stroke import Stroke
from tests.ui.conftest import Studio


def test_nothing_to_say_leaves_no_box(loading: Studio):
    """In focus mode lines lie over the canvas; an empty one takes the last away."""
    area = loading.window.area
    loading.trigger("focus")
    loading.window.tell("Something")
    assert area.note.isVisible()
    loading.window.tell("")
    assert not area.note.isVisible()


def test_the_bar_leaves_the_proposal_to_be_seen(loading: Studio):
    """Its place is at the foot; where ghost ink is there, it goes to the head, and comes back."""
    area, canvas = loading.window.area, loading.window.canvas
    bar = area.proposal_bar
    middle, foot = area.width() / 2, area.height() - 40
    at_foot, at_head = (
        Stroke.from_points([canvas.viewport.to_page(middle + dx, y) for dx in (-60, 60)])
        for y in (foot, 40)
    )
    canvas.set_ghost((at_head,))
    area.show_proposal(True)
    assert bar.geometry().bottom() > foot
    canvas.set_ghost((at_foot,))
    area.show_proposal(True)
    assert bar.geometry().bottom() < area.height() / 2
    canvas.set_ghost((at_foot, at_head))
    area.show_proposal(True)
    assert bar.geometry().bottom() > foot
    canvas.set_ghost((at_foot,))
    area.show_error("Trouble")
    assert not bar.geometry().intersects(area.banner.geometry())
