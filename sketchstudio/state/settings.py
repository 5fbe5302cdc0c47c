"""What the app remembers between runs, declared in one schema."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from sketchstudio.formats.safe_write import safe_write

log = logging.getLogger(__name__)

MAX_SEED = 2**31 - 1

Check = Callable[[Any], bool]


def _setting(default: Any, check: Check) -> Any:
    return field(default=default, metadata={"check": check})


def _one_of(*values: str) -> Check:
    return lambda value: value in values


def _number(low: float, high: float) -> Check:
    # A bool is an int to Python, and NaN is in no range.
    return lambda value: (
        isinstance(value, int | float) and not isinstance(value, bool) and low <= value <= high
    )


def _whole(low: int, high: int) -> Check:
    return lambda value: type(value) is int and low <= value <= high


def _text(pattern: str = "") -> Check:
    return lambda value: isinstance(value, str) and re.fullmatch(pattern or ".*", value) is not None


@dataclass
class Settings:
    """The settings and what each may be.

    Attributes:
        theme: ``system``, ``light`` or ``dark``.
        pen_color: ``#rrggbb``.
        pen_width: Page px.
        pen_pressure: Whether pressure thins the line.
        temperature: Of proposals, 0.01 to 1.
        seed: Of proposals.
        blend_temperature: Of blends, 0.01 to 1.
        blend_seed: Of blends.
        last_folder: Where the last file dialog was.
        geometry: The window's place, Qt's bytes in base64.
        blend_panel: Whether the Blend panel is open.
    """

    theme: str = _setting("system", _one_of("system", "light", "dark"))
    pen_color: str = _setting("#1b1b1f", _text(r"#[0-9a-fA-F]{6}"))
    pen_width: float = _setting(3.0, _number(0.5, 200))
    pen_pressure: bool = _setting(True, lambda value: isinstance(value, bool))
    temperature: float = _setting(0.1, _number(0.01, 1))
    seed: int = _setting(1, _whole(0, MAX_SEED))
    blend_temperature: float = _setting(0.1, _number(0.01, 1))
    blend_seed: int = _setting(1, _whole(0, MAX_SEED))
    last_folder: str = _setting("", _text())
    geometry: str = _setting("", _text(r"[A-Za-z0-9+/=]*"))
    blend_panel: bool = _setting(True, lambda value: isinstance(value, bool))


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
    for entry in fields(Settings):
        if entry.name not in values:
            continue
        if entry.metadata["check"](values[entry.name]):
            good[entry.name] = values[entry.name]
        else:
            log.warning("setting %s: %r is not valid", entry.name, values[entry.name])
    return Settings(**good)


def save(settings: Settings, path: Path) -> None:
    """Write the settings whole or not at all; a failure is only logged."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with safe_write(path) as file:
            file.write(json.dumps(asdict(settings), indent=2).encode())
    except OSError as error:
        log.warning("settings could not be saved: %s", error)
