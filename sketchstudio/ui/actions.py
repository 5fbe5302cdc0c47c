"""Every action once: menus, bars, keys, the palette and the cheat sheet read this table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

SEPARATOR = "-"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """What the person can do.

    Attributes:
        id: Also the name of its handler.
        text: In menus, in English.
        keys: Shortcuts, portable text; the first is shown. The person may choose others.
        icon: Name of the icon; none for most menu entries.
        tip: What a tooltip says, where the text is not enough.
        group: Actions of one group are checked one at a time; ``toggle`` is checked alone.
        needs_model: Disabled once it is known that there is no usable model.
        needs_categories: Disabled until the model is loaded, too.
        on_canvas: Its keys work only while the canvas has the focus; elsewhere they mean
            something else.
    """

    id: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    group: str = ""
    needs_model: bool = False
    needs_categories: bool = False
    on_canvas: bool = False


@dataclass(frozen=True, slots=True)
class Submenu:
    """A menu within a menu.

    Attributes:
        title: In English.
        ids: Of actions, or ``SEPARATOR``; none where the window fills it.
        name: By which the window finds one that it fills.
    """

    title: str
    ids: tuple[str, ...] = ()
    name: str = ""


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

_MOVES = "The selected strokes, to the next layer that is shown and not locked"

_COLOR_NAMES = ("Black", "Grey", "Red", "Orange", "Green", "Blue", "Violet", "Pink")

ACTIONS = (
    ActionSpec("new", "New", ("Ctrl+N",)),
    ActionSpec("new_window", "New Window", ("Ctrl+Shift+N",)),
    ActionSpec("open", "Open…", ("Ctrl+O",)),
    ActionSpec("save", "Save", ("Ctrl+S",)),
    ActionSpec("save_as", "Save As…", ("Ctrl+Shift+S",)),
    ActionSpec(
        "export",
        "Export…",
        ("Ctrl+E",),
        "export",
        "As SVG, PNG, PDF or as a replay, with a preview",
    ),
    ActionSpec(
        "import_picture",
        "Import Picture…",
        ("Ctrl+I",),
        tip="Redraw a picture or photo, trace it to ink, or lay it under the page",
    ),
    ActionSpec("crash_report", "Crash Report…", tip="What happened when the app crashed last"),
    ActionSpec("recover", "Recover Drawings…", tip="Those that a crash left"),
    ActionSpec("close", "Close Window", ("Ctrl+W",)),
    ActionSpec("quit", "Quit", ("Ctrl+Q",)),
    ActionSpec("undo", "Undo", ("Ctrl+Z",), "undo"),
    ActionSpec("redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("cut", "Cut", ("Ctrl+X",)),
    ActionSpec("copy", "Copy", ("Ctrl+C",)),
    ActionSpec("paste", "Paste", ("Ctrl+V",)),
    ActionSpec("duplicate", "Duplicate", ("Ctrl+D",)),
    ActionSpec("delete", "Delete", ("Del", "Backspace")),
    ActionSpec("move_to_above", "Move to Layer Above", ("Shift+PgUp",), tip=_MOVES),
    ActionSpec("move_to_below", "Move to Layer Below", ("Shift+PgDown",), tip=_MOVES),
    ActionSpec("select_all", "Select All", ("Ctrl+A",)),
    ActionSpec("clear", "Clear Page", ("Ctrl+Shift+Del",)),
    ActionSpec("preferences", "Preferences…", ("Ctrl+,",)),
    ActionSpec("zoom_in", "Zoom In", ("Ctrl++", "Ctrl+=", "+")),
    ActionSpec("zoom_out", "Zoom Out", ("Ctrl+-", "-")),
    ActionSpec("zoom_100", "Zoom to 100 %", ("Ctrl+0",)),
    ActionSpec("zoom_fit", "Zoom to Drawing", ("Ctrl+1",)),
    ActionSpec("zoom_selection", "Zoom to Selection", ("Ctrl+2",)),
    ActionSpec("turn_left", "Turn Left", ("Ctrl+[",)),
    ActionSpec("turn_right", "Turn Right", ("Ctrl+]",)),
    ActionSpec("turn_reset", "Turn Upright", ("Ctrl+\\",)),
    ActionSpec("page", "Page…", tip="Size, colour and pattern of the paper"),
    ActionSpec("paper_plain", "Plain Paper", group="pattern"),
    ActionSpec("paper_grid", "Grid Paper", group="pattern"),
    ActionSpec("paper_dots", "Dotted Paper", group="pattern"),
    ActionSpec("paper_lines", "Lined Paper", group="pattern"),
    ActionSpec("picture", "Move Picture", tip="Drag it, or its corners to scale it", group="tool"),
    ActionSpec("picture_options", "Opacity and More…", tip="Of the picture under the ink"),
    ActionSpec("picture_fit", "Bring Picture into View", tip="Large, in the middle of the window"),
    ActionSpec("picture_visible", "Show Picture", group="toggle"),
    ActionSpec("picture_locked", "Lock Picture", group="toggle"),
    ActionSpec("picture_lines", "Lines from Picture…", tip="Redraw it, or trace it to ink"),
    ActionSpec("picture_remove", "Remove Picture"),
    ActionSpec("layers", "Layers", ("Ctrl+L",), "layers", "Show the Layers panel", "toggle"),
    ActionSpec("history", "History", ("Ctrl+H",), "history", "Show every step", "toggle"),
    ActionSpec(
        "proposals",
        "Past Proposals",
        ("Ctrl+Shift+H",),
        "proposals",
        "Show what the model proposed before",
        "toggle",
    ),
    ActionSpec("layer_add", "Add Layer", ("Ctrl+Shift+L",)),
    ActionSpec("layer_delete", "Delete Layer"),
    ActionSpec(
        "layer_merge",
        "Merge Layer Down",
        ("Ctrl+Shift+M",),
        tip="Its ink joins that of the layer below, whose name and opacity stay",
    ),
    ActionSpec("layer_raise", "Raise Layer", ("Ctrl+PgUp",)),
    ActionSpec("layer_lower", "Lower Layer", ("Ctrl+PgDown",)),
    ActionSpec("layer_above", "Choose Layer Above", ("PgUp",)),
    ActionSpec("layer_below", "Choose Layer Below", ("PgDown",)),
    ActionSpec("layer_visible", "Show Layer", group="toggle"),
    ActionSpec("layer_locked", "Lock Layer", group="toggle"),
    ActionSpec("theme_system", "As the System", group="theme"),
    ActionSpec("theme_light", "Light", group="theme"),
    ActionSpec("theme_dark", "Dark", group="theme"),
    ActionSpec("full_screen", "Full Screen", ("F11",), group="toggle"),
    ActionSpec("focus", "Focus Mode", ("F",), tip="Only the page, no bars", group="toggle"),
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
    ActionSpec(
        "replace_as",
        "Replace As…",
        ("Shift+R",),
        "replace",
        "Choose what the model shall draw in the place of the selected strokes, or of all",
        needs_model=True,
        needs_categories=True,
    ),
    ActionSpec(
        "last_object",
        "Only the Last Object",
        ("O",),
        tip="Without a selection, proposals are about what you drew last, not the whole drawing",
        group="toggle",
    ),
    ActionSpec("accept", "Accept", ("Tab",), "accept", "Keep the proposal", on_canvas=True),
    ActionSpec("again", "Again", ("N",), "again", "Another proposal, with the next seed"),
    ActionSpec(
        "more_like_this",
        "More Like This",
        ("Shift+N",),
        "alike",
        "Others near the alternative that is shown",
    ),
    ActionSpec(
        "pin", "Pin", ("Shift+P",), "pin", "The alternative stays when others are drawn", "toggle"
    ),
    ActionSpec("reject", "Reject", ("Esc",), "reject", "Drop the proposal"),
    ActionSpec(
        "accept_stroke",
        "Accept One Stroke",
        ("Ctrl+Right",),
        tip="Keep the first stroke of the proposal, and go on proposing the others",
    ),
    ActionSpec("next_alternative", "Next Alternative", ("Alt+]",)),
    ActionSpec("previous_alternative", "Previous Alternative", ("Alt+[",)),
    ActionSpec(
        "live",
        "Live",
        ("L",),
        "live",
        "The model goes on by itself whenever your pen rests",
        "toggle",
        needs_model=True,
    ),
    ActionSpec("blend_put", "Put Blend on Canvas", ("Ctrl+Shift+B",), "place"),
    ActionSpec("blend_put_strip", "Put All Blends on Canvas", tip="All that lie on the way"),
    ActionSpec("blend_swap", "Swap A and B", icon="swap"),
    ActionSpec("blend_play", "Play Morph", icon="play", tip="To and fro", group="toggle"),
    ActionSpec("blend_export", "Export Animation…", tip="As GIF, WebP or animated SVG"),
    ActionSpec(
        "blend_pad", "Blend Four on a Pad", icon="pad", tip="A pad between four", group="toggle"
    ),
    ActionSpec(
        "blend_straight",
        "Blend in a Straight Line",
        tip="Through the codes' space, rather than round the sphere they lie on",
        group="toggle",
    ),
    ActionSpec(
        "blend_beyond", "Blend Beyond the Ends", tip="Past A and past B, too", group="toggle"
    ),
    ActionSpec("blend_keep", "Keep This Blend", icon="keep", tip="Among your codes, with a name"),
    ActionSpec("codes_import", "Import Codes…"),
    ActionSpec("codes_export", "Export Codes…"),
    ActionSpec(
        "sampling",
        "Influence and Seed…",
        ("T",),
        tip="From tidying your drawing to surprising you",
        needs_model=True,
    ),
    ActionSpec("past_apply", "Apply Proposal", tip="Make the past proposal ink"),
    ActionSpec("past_favourite", "Favourite", tip="Keep the past proposal", group="toggle"),
    ActionSpec("past_copy_seed", "Copy Seed", tip="Of the past proposal"),
    ActionSpec("past_discard", "Discard Proposal", tip="Forget the past proposal"),
    ActionSpec(
        "latent_map",
        "Latent Map",
        ("Shift+M",),
        tip="Where your drawing lies among all that the model knows",
        needs_model=True,
    ),
    ActionSpec(
        "compare_models",
        "Compare Models",
        tip="Your drawing, redrawn by each model there is",
        needs_model=True,
    ),
    ActionSpec(
        "turing_test",
        "Human or Machine?",
        tip="Twenty sketches: who drew which?",
        needs_model=True,
    ),
    ActionSpec("teach", "Teach…", tip="Teach the model to draw something new", needs_model=True),
    ActionSpec(
        "palette", "Find an Action…", ("Ctrl+Shift+P", "Ctrl+/"), "search", "Run anything by name"
    ),
    ActionSpec("shortcuts", "Keyboard Shortcuts", ("F1", "?")),
    ActionSpec("about", "About sketchstudio"),
    ActionSpec("pen", "Pen", ("P", "B"), "pen", group="tool"),
    ActionSpec("highlighter", "Highlighter", ("M",), "highlighter", group="tool"),
    ActionSpec("eraser", "Eraser", ("E",), "eraser", group="tool"),
    ActionSpec(
        "picker", "Pick Colour", ("I",), "picker", "Draw on in a colour that is on the page", "tool"
    ),
    ActionSpec("select", "Select", ("S", "V"), "select", "Select by a box", "tool"),
    ActionSpec("lasso", "Lasso", ("Q",), "lasso", "Select by going round it", "tool"),
    ActionSpec("hand", "Hand", ("H",), "hand", "Move the page", "tool"),
    ActionSpec(
        "zoom", "Magnifier", ("Z",), "zoom", "Click to see it larger, with Shift smaller", "tool"
    ),
    ActionSpec(
        "eraser_splits",
        "Eraser Cuts Strokes",
        ("Shift+E",),
        "cut",
        "Erase what is touched rather than whole strokes; Alt does it for once",
        "toggle",
    ),
    ActionSpec("thinner", "Thinner Line or Eraser", ("[",)),
    ActionSpec("thicker", "Thicker Line or Eraser", ("]",)),
    ActionSpec("pressure", "Pen Pressure", group="toggle", tip="Let pressure thin the line"),
    ActionSpec("pressure_curve", "Pressure Curve…", tip="Suit the pen to a light or heavy hand"),
    ActionSpec(
        "simulate_pressure",
        "Simulate Pressure",
        tip="Quick movements of a mouse or finger draw thinner",
        group="toggle",
    ),
    ActionSpec(
        "shape_assist",
        "Hold to Straighten",
        tip="A stroke held still at its end becomes the shape it comes near to",
        group="toggle",
    ),
    ActionSpec("tablet_test", "Test Pen and Tablet…", tip="See what your device sends"),
    *(
        ActionSpec(f"color_{number}", name, (str(number),))
        for number, name in enumerate(_COLOR_NAMES, start=1)
    ),
)

_PAST = ("past_apply", "past_favourite", "past_copy_seed", "past_discard")

_COLORS = tuple(f"color_{number}" for number in range(1, 9))

_BLENDS = (
    *("blend_put", "blend_put_strip", "blend_play", "blend_export", "-"),
    *("blend_swap", "blend_pad", "blend_straight", "blend_beyond", "-"),
    *("blend_keep", "codes_import", "codes_export"),
)

MENUS: dict[str, tuple[str | Submenu, ...]] = {
    "&File": (
        *("new", "new_window", "open", Submenu("Open Recent", name="recent"), "recover", "-"),
        *("save", "save_as", "-", "import_picture", "export", "-", "close", "quit"),
    ),
    "&Edit": (
        *(
            "undo",
            "redo",
            "-",
            "cut",
            "copy",
            "paste",
            "duplicate",
            "delete",
            "-",
            Submenu("Move to Layer", ("move_to_above", "move_to_below", "-"), name="layers"),
            "-",
            "select_all",
            "clear",
        ),
        *("-", "preferences"),
    ),
    "&View": (
        *("zoom_in", "zoom_out", "zoom_100", "zoom_fit", "zoom_selection", "-"),
        *("turn_left", "turn_right", "turn_reset", "-", "full_screen", "focus", "-"),
        Submenu("Theme", ("theme_system", "theme_light", "theme_dark")),
        *("-", "layers", "history", "proposals", "blend"),
    ),
    "&Page": (
        "page",
        Submenu("Paper", ("paper_plain", "paper_grid", "paper_dots", "paper_lines")),
        Submenu(
            "Picture under the Ink",
            (
                *("picture", "picture_fit", "picture_options"),
                *("picture_visible", "picture_locked", "-", "picture_lines", "picture_remove"),
            ),
        ),
        *("-", "layer_add", "layer_delete", "layer_merge", "-", "layer_raise", "layer_lower"),
        *("layer_above", "layer_below", "-", "layer_visible", "layer_locked"),
    ),
    "&Tools": (
        *("pen", "highlighter", "eraser", "picker", "select", "lasso", "hand", "zoom", "-"),
        *("thinner", "thicker", Submenu("Colour", _COLORS), "-"),
        *("eraser_splits", "shape_assist", "-"),
        *("pressure", "pressure_curve", "simulate_pressure", "tablet_test"),
    ),
    "&Model": (
        *("complete", "complete_as", "redraw", "replace_as", "last_object", "live"),
        Submenu("Past Proposals", _PAST),
        *("-", "accept", "accept_stroke", "next_alternative", "previous_alternative", "again"),
        *("more_like_this", "pin"),
        *("reject", "-"),
        Submenu("Blend", _BLENDS),
        *("sampling", "teach", "-", "latent_map", "compare_models", "turing_test"),
    ),
    "&Help": (
        *("palette", "shortcuts", Submenu("Open Sample", name="samples"), "-"),
        *("crash_report", "about"),
    ),
}
"""Menus from left to right: ids of actions, ``SEPARATOR``, or menus of their own."""

SPECS = {spec.id: spec for spec in ACTIONS}


def ids_of(menu: str) -> Iterator[str]:
    """The actions of a menu of `MENUS` in order, with those of its submenus."""
    for entry in MENUS[menu]:
        ids = entry.ids if isinstance(entry, Submenu) else (entry,)
        yield from (id for id in ids if id != SEPARATOR)
