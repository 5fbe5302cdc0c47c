"""Every action once: menus, bars, keys and the cheat sheet read this table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QWidget

from sketchstudio.ui.icons import set_icon

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What the person can do.

    Attributes:
        id: Also the name of its handler.
        text: In menus.
        keys: Shortcuts, portable text; the first is shown.
        icon: Name of the icon; none for most menu entries.
        tip: What a tooltip says, where the text is not enough.
        group: Actions of one group are checked one at a time; ``toggle`` is checked alone.
        needs_model: Disabled once it is known that there is no usable model.
        needs_categories: Disabled until the model is loaded, too.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    group: str = ""
    needs_model: bool = False
    needs_categories: bool = False


PALETTE = (
    "#1b1b1f",
    "#6b7280",
    "#dc2626",
    "#ea8a0b",
    "#15924a",
    "#2563eb",
    "#7c3aed",
    "#db2777",
)
"""The swatches, ``#rrggbb``."""

_COLOR_NAMES = ("Black", "Grey", "Red", "Orange", "Green", "Blue", "Violet", "Pink")

ACTIONS = (
    ActionSpec("new", "New", ("Ctrl+N",)),
    ActionSpec("open", "Open…", ("Ctrl+O",)),
    ActionSpec("save", "Save", ("Ctrl+S",)),
    ActionSpec("save_as", "Save As…", ("Ctrl+Shift+S",)),
    ActionSpec("export", "Export SVG…", ("Ctrl+E",), "export"),
    ActionSpec("quit", "Quit", ("Ctrl+Q",)),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("cut", "Cut", ("Ctrl+X",)),
    ActionSpec("copy", "Copy", ("Ctrl+C",)),
    ActionSpec("paste", "Paste", ("Ctrl+V",)),
    ActionSpec("delete", "Delete", ("Del", "Backspace")),
    ActionSpec("select_all", "Select All", ("Ctrl+A",)),
    ActionSpec("clear", "Clear Page", ("Ctrl+Shift+Del",)),
    ActionSpec("pressure", "Pen Pressure", group="toggle", tip="Let pressure thin the line"),
    ActionSpec("zoom_in", "Zoom In", ("Ctrl++", "Ctrl+=", "+")),
    ActionSpec("zoom_out", "Zoom Out", ("Ctrl+-", "-")),
    ActionSpec("zoom_100", "Zoom to 100 %", ("Ctrl+0",)),
    ActionSpec("zoom_fit", "Zoom to Drawing", ("Ctrl+1",)),
    ActionSpec("theme_system", "As the System", group="theme"),
    ActionSpec("theme_light", "Light", group="theme"),
    ActionSpec("theme_dark", "Dark", group="theme"),
    ActionSpec("blend", "Blend", ("Ctrl+B",), "blend", "Show the Blend panel", "toggle"),
    ActionSpec(
        "complete",
        "Complete",
        ("C", "Ctrl+Return"),
        "complete",
        "The model goes on from your drawing",
        needs_model=True,
    ),
    ActionSpec(
        "complete_as",
        "Complete As…",
        ("Shift+C",),
        tip="Choose what the model shall make of it",
        needs_model=True,
        needs_categories=True,
    ),
    ActionSpec(
        "redraw",
        "Redraw",
        ("R",),
        "redraw",
        "The model draws the selected strokes, or all, anew",
        needs_model=True,
    ),
    ActionSpec("accept", "Accept", ("Tab",), "accept", "Keep the proposal"),
    ActionSpec("again", "Again", ("N",), "again", "Another proposal, with the next seed"),
    ActionSpec("reject", "Reject", ("Esc",), "reject", "Drop the proposal"),
    ActionSpec("sampling", "Temperature and Seed…", ("T",), needs_model=True),
    ActionSpec("shortcuts", "Keyboard Shortcuts", ("F1", "?")),
    ActionSpec("about", "About sketchstudio"),
    ActionSpec("pen", "Pen", ("P", "B"), "pen", group="tool"),
    ActionSpec("eraser", "Eraser", ("E",), "eraser", group="tool"),
    ActionSpec("select", "Select", ("S", "V"), "select", group="tool"),
    ActionSpec("hand", "Hand", ("H",), "hand", "Move the page", "tool"),
    ActionSpec("thinner", "Thinner Line or Eraser", ("[",)),
    ActionSpec("thicker", "Thicker Line or Eraser", ("]",)),
    *(
        ActionSpec(f"color_{number}", name, (str(number),))
        for number, name in enumerate(_COLOR_NAMES, start=1)
    ),
)

MENUS = {
    "&File": ("new", "open", "-", "save", "save_as", "-", "export", "-", "quit"),
    "&Edit": (
        *("undo", "redo", "-", "cut", "copy", "paste", "delete", "-", "select_all", "clear"),
        *("-", "pressure"),
    ),
    "&View": (
        *("zoom_in", "zoom_out", "zoom_100", "zoom_fit", "-"),
        *("theme_system", "theme_light", "theme_dark", "-", "blend"),
    ),
    "&Model": (
        *("complete", "complete_as", "redraw", "-", "accept", "again", "reject", "-"),
        "sampling",
    ),
    "&Help": ("shortcuts", "about"),
}
"""Menus from left to right: ids of actions, or ``SEPARATOR``."""

SHEET = {
    "Draw": (
        *("pen", "eraser", "select", "hand", "thinner", "thicker"),
        *(f"color_{number}" for number in range(1, 9)),
    ),
    "With the model": (
        *("complete", "complete_as", "redraw", "accept", "again", "reject", "sampling", "blend"),
    ),
    "Edit": ("undo", "redo", "cut", "copy", "paste", "delete", "select_all", "clear"),
    "File and view": (
        *("new", "open", "save", "save_as", "export", "quit"),
        *("zoom_in", "zoom_out", "zoom_100", "zoom_fit", "shortcuts"),
    ),
}
"""The cheat sheet: headings with ids of actions that have keys."""

SPECS = {spec.id: spec for spec in ACTIONS}


def make_actions(
    window: QWidget, handlers: Mapping[str, Callable[[], object]]
) -> dict[str, QAction]:
    """An action of ``window`` for every spec, by id.

    Args:
        window: Its keys work anywhere in it.
        handlers: What each does, by id.

    Raises:
        KeyError: An action has no handler.
    """
    groups: dict[str, QActionGroup] = {}
    made = {}
    for spec in ACTIONS:
        action = QAction(spec.text, window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setToolTip(tip(spec))
        if spec.icon:
            set_icon(action, spec.icon)
            action.setIconVisibleInMenu(False)
        if spec.group:
            action.setCheckable(True)
        if spec.group not in ("", "toggle"):
            if spec.group not in groups:
                groups[spec.group] = QActionGroup(window)
            groups[spec.group].addAction(action)
        _connect(action, handlers[spec.id])
        window.addAction(action)
        made[spec.id] = action
    return made


def _connect(action: QAction, handler: Callable[[], object]) -> None:
    """Without the ``checked`` argument, which handlers with optional arguments would take."""
    action.triggered.connect(lambda: handler())


def tip(spec: ActionSpec, reason: str = "") -> str:
    """The tooltip: what it does with its key, or why it cannot be used."""
    if reason:
        return f"{spec.text.rstrip('…')}: {reason}"
    text = spec.tip or spec.text.rstrip("…")
    return f"{text} ({keys_text(spec.keys[0])})" if spec.keys else text


def keys_text(keys: str) -> str:
    """A shortcut as the desktop writes it."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
