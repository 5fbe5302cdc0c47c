"""Finding actions by a few letters."""

from __future__ import annotations

from sketchstudio.ui.fuzzy import match


def best(query, *texts):
    scores = {text: match(query, text) for text in texts}
    return max((text for text in texts if scores[text] is not None), key=scores.get, default=None)


def test_letters_in_order():
    """Scattered letters find, letters out of order do not."""
    assert match("zfd", "Zoom to Drawing") is None
    assert match("ztd", "Zoom to Drawing") is not None
    assert match("", "anything") is not None


def test_words_beat_scattered_letters():
    """Initials and runs of letters are what people type."""
    assert best("sa", "Paste as", "Save As…") == "Save As…"
    assert best("redo", "Red Orange", "Redo") == "Redo"
    assert best("com", "Copy to me", "Complete") == "Complete"
    assert best("new win", "New", "New Window") == "New Window"
