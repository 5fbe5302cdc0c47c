"""What the app remembers between runs, declared in one schema.

A setting with a page and a label is a preference: the preferences dialog shows it by itself.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sketchstudio.core.pressure import LINEAR
from sketchstudio.core.stroke import EVENED
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.state.influence import USUAL
from sketchstudio.state.setting_kinds import (
    Bindings,
    Choice,
    Curve,
    Flag,
    Kind,
    Number,
    Text,
    Texts,
    Whole,
)
from sketchstudio.system.language import mark
from sketchstudio.system.weights import OWN_MODEL, available_models

log = logging.getLogger(__name__)

MAX_SEED = 2**31 - 1

SAVE_AFTER_MS = 500
"""From a change to the file, so that a crash loses little and a dragged slider writes once."""


@dataclass(frozen=True)
class Setting:
    """One entry of the schema.

    Attributes:
        kind: What it may be.
        page: Page of the preferences; empty for what is only remembered.
        label: What it is called there.
        tip: What it does, where the label is not enough.
        at_start: It takes effect when the app starts the next time.
    """

    kind: Kind
    page: str = ""
    label: str = ""
    tip: str = ""
    at_start: bool = False


def _entry(*entry: Any, **named: Any) -> dict[str, Setting]:
    return {"setting": Setting(*entry, **named)}


def _setting(default: Any, *entry: Any, **named: Any) -> Any:
    return field(default=default, metadata=_entry(*entry, **named))


THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
LANGUAGES = {"system": "As the system", "en": "English", "zh_CN": "简体中文"}
"""Interface languages; those but English have a file in ``resources/translations``."""

_MOTION = {"system": "As the system", "full": "Always", "reduced": "Never"}
_DEVICES = {"auto": "The fastest there is", "cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}
MODELS = {name: name for name in dict.fromkeys((OWN_MODEL, *available_models()))}
_MODEL_ENTRY = (
    ("Model", mark("The app draws with"), mark("What you taught is of the model “studio” alone."))
    if len(MODELS) > 1
    else ()  # a choice of one is none
)
_BARREL = {
    "nothing": "Nothing",
    "erase": "Erases",
    "pan": "Moves the page",
    "select": "Selects",
    "pick": "Picks a colour",
}
_TOUCH = {
    "auto": "Automatic",
    "draw": "Draws",
    "pan": "Moves the page",
}
_FEW = 12

RECENT_CATEGORIES = 8
"""So many are remembered, the last one first."""


@dataclass
class Settings:
    """The settings and what each may be."""

    theme: str = _setting("system", Choice(THEMES), "Interface", "Theme")
    language: str = _setting("system", Choice(LANGUAGES), "Interface", "Language", at_start=True)
    motion: str = _setting(
        "system",
        Choice(_MOTION),
        "Interface",
        "Animations",
        "Whether a proposal is drawn before your eyes or appears at once.",
    )
    welcome: bool = _setting(
        True,
        Flag(),
        "Interface",
        "Hints on an empty page",
        "Recent drawings, samples and the first keys to know.",
    )
    pen_color: str = _setting("#1b1b1f", Text(r"#[0-9a-fA-F]{6}"))
    pen_width: float = _setting(3.0, Number(0.5, 200))
    pen_pressure: bool = _setting(
        True, Flag(), "Pen", "Pressure thins the line", "For pens that feel how hard you press."
    )
    pressure_curve: list[float] = field(
        default_factory=lambda: list(LINEAR.handles),
        metadata=_entry(
            Curve(), "Pen", "Pressure curve", "From how hard you press to how hard it draws"
        ),
    )
    simulate_pressure: bool = _setting(
        True,
        Flag(),
        "Pen",
        "Simulate pressure for a mouse",
        "The quicker a mouse or finger moves, the thinner its line",
    )
    barrel: str = _setting(
        "erase", Choice(_BARREL), "Pen", "Side button", "While it is held, the pen does this"
    )
    touch: str = _setting(
        "auto",
        Choice(_TOUCH),
        "Pen",
        "One finger",
        "Automatic: it draws until a pen is seen. Two always move and zoom the page.",
    )
    shape_assist: bool = _setting(
        True,
        Flag(),
        "Pen",
        "Hold to straighten",
        "A stroke held still at its end becomes the line, box, ellipse or polygon it comes near to",
    )
    eraser_splits: bool = _setting(
        False, Flag(), "Pen", "Eraser cuts strokes", "It takes what it touches, not whole strokes"
    )
    eraser_width: float = _setting(20.0, Number(4, 200))
    highlighter_color: str = _setting("#facc15", Text(r"#[0-9a-fA-F]{6}"))
    highlighter_width: float = _setting(20.0, Number(0.5, 100))
    recent_colors: list[str] = field(default_factory=list, metadata=_entry(Texts(6)))
    pen_smoothing: float = _setting(
        EVENED,
        Number(0, 1),
        "Pen",
        "Smoothing",
        "0: as drawn. To 0.6: less jitter. Beyond: the line is pulled along on a string.",
    )
    influence: float = _setting(
        USUAL,
        Number(0, 1),
        "Model",
        "Influence on proposals",
        "From 0, which tidies your drawing, to 1, which surprises you.",
    )
    most_strokes: int = _setting(
        0,
        Whole(0, 99),
        "Model",
        "Strokes a completion adds at most",
        "For taking turns; 0: as many as the model draws.",
    )
    last_object: bool = _setting(False, Flag())
    temperature: float = _setting(
        0.1,
        Number(0.01, 1),
        "Model",
        "Temperature of proposals",
        "Low: the likeliest lines. High: as varied as people draw.",
    )
    seed: int = _setting(
        1,
        Whole(0, MAX_SEED),
        "Model",
        "Seed of proposals",
        "The same seed draws the same sketch again.",
    )
    blend_temperature: float = _setting(
        0.1,
        Number(0.01, 1),
        "Model",
        "Temperature of blends",
        "Low: the likeliest lines. High: as varied as people draw.",
    )
    blend_seed: int = _setting(
        1,
        Whole(0, MAX_SEED),
        "Model",
        "Seed of blends",
        "The same seed draws the same sketch again.",
    )
    model: str = _setting(OWN_MODEL, Choice(MODELS), *_MODEL_ENTRY, at_start=True)
    device: str = _setting(
        "auto",
        Choice(_DEVICES),
        "Model",
        "The model runs on",
        "A device that is not there is passed over.",
        at_start=True,
    )
    last_folder: str = _setting("", Text())
    export: str = _setting("", Text())
    recent_files: list[str] = field(default_factory=list, metadata=_entry(Texts(_FEW)))
    recent_categories: list[str] = field(
        default_factory=list, metadata=_entry(Texts(RECENT_CATEGORIES))
    )
    recent_actions: list[str] = field(default_factory=list, metadata=_entry(Texts(_FEW)))
    shortcuts: dict[str, list[str]] = field(default_factory=dict, metadata=_entry(Bindings()))
    geometry: str = _setting("", Text(r"[A-Za-z0-9+/=]*"))
    blend_panel: bool = _setting(True, Flag())
    blend_pad: bool = _setting(False, Flag())
    blend_straight: bool = _setting(False, Flag())
    blend_beyond: bool = _setting(False, Flag())
    blend_folds: list[str] = field(
        default_factory=lambda: ["sampling"], metadata=_entry(Texts(_FEW))
    )
    layers_panel: bool = _setting(False, Flag())
    history_panel: bool = _setting(False, Flag())
    proposals_panel: bool = _setting(False, Flag())


SCHEMA: dict[str, Setting] = {entry.name: entry.metadata["setting"] for entry in fields(Settings)}
"""What each setting is, by name, in the order of the preferences."""


class Preferences(QObject):
    """The settings in use, shared by all windows.

    Attributes:
        values: What is set. Reading is free; what others must hear of is changed by `set`.

    Signals:
        changed: A setting is another; carries its name.
    """

    changed = Signal(str)

    def __init__(self, values: Settings | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values = values or Settings()

    def set(self, name: str, value: Any) -> None:
        """Change a setting and tell of it.

        Raises:
            ValueError: The setting may not be that.
        """
        if not SCHEMA[name].kind.allows(value):
            raise ValueError(f"setting {name} may not be {value!r}")
        if getattr(self.values, name) != value:
            setattr(self.values, name, value)
            self.changed.emit(name)

    def reset(self, name: str) -> None:
        """Give a setting its default back."""
        self.set(name, default(name))


class SavedPreferences(Preferences):
    """Settings of a file, written soon after each change.

    Args:
        path: The file; it may be missing.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(load(path), parent)
        self._path = path
        self._timer = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._timer.timeout.connect(self.save)
        self.changed.connect(self._timer.start)

    @Slot()
    def save(self) -> None:
        """Write them now."""
        self._timer.stop()
        save(self.values, self._path)


def default(name: str) -> Any:
    """What a setting is before anyone changes it."""
    return getattr(Settings(), name)


def load(path: Path) -> Settings:
    """The settings of a file; what is missing or wrong in it takes its default."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, RecursionError) as error:
        log.warning("settings are not readable, starting with the defaults: %s", error)
        return Settings()
    if not isinstance(values, dict):
        log.warning("settings are not a JSON object, starting with the defaults")
        return Settings()
    good: dict[str, Any] = {}
    for name in SCHEMA.keys() & values.keys():
        if SCHEMA[name].kind.allows(values[name]):
            good[name] = values[name]
        else:
            log.warning("setting %s: %r is not valid", name, values[name])
    return Settings(**good)


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all; a failure is only logged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with safe_write(path) as file:
            file.write(json.dumps(asdict(settings), indent=2).encode())
    except OSError as error:
        log.warning("settings could not be saved: %s", error)
